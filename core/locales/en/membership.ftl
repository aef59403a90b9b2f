### What members do

## /points

command-points = Show points and the last entries of the ledger
option-points-member-name = member
option-points-member = Whose points; yours if you leave it out
points-summary =
    { $spent ->
        [0] **{ $balance ->
            [one] { NUMBER($balance) } point
           *[other] { COUNT($balance, "point") }
        }**
       *[other] **{ COUNT($balance, "point") }** (earned { NUMBER($earned) }, spent { NUMBER($spent) })
    }

## /checkin and /thanks

command-checkin = Check in once a day; more points for days in a row
error-checked-in =
    { $streak ->
        [0] You checked in today already. Come back tomorrow.
        [one] You checked in today already. Come back tomorrow.
       *[other] You checked in today already, day { $streak } in a row. Come back tomorrow.
    }
checkin-done =
    { $streak ->
        [one] Checked in: +{ COUNT($points, "point") }, { NUMBER($balance) } in all. Tomorrow +{ NUMBER($tomorrow) }.
       *[other] Day { $streak } in a row: +{ COUNT($points, "point") }, { NUMBER($balance) } in all. Tomorrow +{ NUMBER($tomorrow) }.
    }
menu-thanks = Thank
command-thanks = Thank a member with points
option-thanks-member-name = member
option-thanks-member = Whom you thank; or answer their message with /thanks
option-thanks-reason-name = reason
option-thanks-reason = What for; it is said with the thanks, and not kept
thanks-given =
    { $from } thanks { $to }{ $reasoned ->
        [yes] {" "}(“{ $reason }”)
       *[no] {""}
    }: +{ COUNT($points, "point") }. { $left ->
        [0] That was the last one for today.
        [one] One more today.
       *[other] { NUMBER($left) } more today.
    }
thanks-received =
    { $from } thanks you{ $reasoned ->
        [yes] {" "}(“{ $reason }”)
       *[no] {""}
    }: +{ COUNT($points, "point") }.
error-thanks-self = Thanks go to others. Usage: /thanks @member
error-thanks-bot = Bots have no use for points. Thank a member.
error-thanks-bridge = { $name } writes here through a bridge and can't get points that way.
error-thanks-left = { $name } isn't here any more.
error-thanks-summed-up = You were left out until today: from tomorrow on you can thank others again.
error-thanks-used-up =
    { $allowed ->
        [0] This community has switched /thanks off.
        [one] You gave your thanks for today. Tomorrow there is another.
       *[other] You gave all { $allowed } thanks for today. Tomorrow there are { $allowed } more.
    }

## /start and /help

command-start = Meet the host of this community
start-group = I'm the host of *{ $community }*: I keep points, levels and tiers, and run the activities that your moderators schedule. /help lists what I can do; write to me directly for what is yours alone.
start-direct =
    Hi { $name }, I'm the host of *{ $community }*. I keep points, levels and tiers, and run the scheduled activities: /me shows your points, /activities what goes on, /help what else I do.
    { $state ->
        [personal] I may look at whom you talk with and what you open: /mycircle and /recommend are for you alone, and lists of this community may name you. You can change this any time with /privacy.
        [out] Right now I keep nothing about you but the sums of your ledger. You can change this any time with /privacy.
       *[counted] Right now I only count. May I also look at whom you talk with and what you open? Then /mycircle and /recommend are there for you, and lists of this community may name you. You can change this any time with /privacy.
    }
button-start-personal = Yes, show my circle
button-start-counted = Just count
button-start-out = Leave me out
command-help = Say what you can do here
option-help-topic-name = topic
option-help-topic = The command or topic to explain
help-choose = Choose a topic
help-head = What you can do in *{ $community }*:
help-topic-line = **{ $topic }**: { $commands }
help-topic-points = Points
help-topic-standing = Where you stand
help-topic-yours = What is yours
help-topic-activities = What goes on
help-topic-reading = To read and to learn
help-topic-people = Who talks with whom
help-topic-insight = How people stay
help-topic-ledger = The books
help-topic-community = The community
help-brief = I understand commands, not talk. Try one of these, or /help for all.
button-brief-me = My card
button-brief-points = My points
button-brief-help = What else you do
help-option = { $name }: { $text }
help-foot = /help and a command's name explains it.

## /language and /notify

command-language = Choose the language in which I speak to you
option-language-to-name = language
option-language-to = en or zh
language-which = In which language shall I speak to you?
language-set = I speak English to you from now on.
command-notify = Choose where you hear of a new level
option-notify-where-name = where
option-notify-where = room, direct or off
notify-which =
    { $where ->
        [direct] You hear of a new level in our direct chat.
        [off] You don't hear of new levels.
       *[room] Your new levels are announced in the room where you reach them.
    }
notify-set =
    { $where ->
        [direct] From now on you hear of a new level in our direct chat.
        [off] From now on you don't hear of new levels.
       *[room] From now on your new levels are announced in the room where you reach them.
    }
button-notify-room = In the room
button-notify-direct = To me alone
button-notify-off = Not at all

## /quiet

command-quiet = Choose the hours in which I make no sound
option-quiet-hours-name = hours
option-quiet-hours = Such as 22:00-08:00, or off
option-quiet-timezone-name = timezone
option-quiet-timezone = Yours, if it isn't the community's: such as Europe/Lisbon
option-quiet-week-name = week
option-quiet-week = How many messages a week you want unasked at most, 0 for none
quiet-often =
    { $count ->
        [0] Unasked I don't write to you at all. What you asked for yourself still comes.
       *[other] Unasked I write to you at most { COUNT($count, "time") } a week. What you asked for yourself doesn't count.
    }
quiet-a-week =
    { $count ->
        [0] Never
       *[other] { $count } a week
    }
quiet-now = Between { $since } and { $until } what I write to you unasked makes no sound. Time zone: { $zone }.
quiet-now-off = You have no quiet hours: what I write to you unasked makes a sound at any time.
quiet-set = Done: between { $since } and { $until } what I write to you unasked makes no sound. Time zone: { $zone }.
quiet-set-off = Done: you have no quiet hours any more.
button-quiet-off = None
error-quiet-hours = I can't read “{ $given }” as hours. Write them as 22:00-08:00, or off.

## /remindme and /reminders

command-remindme = Be reminded of something at a time that you say
option-remindme-what-name = what
option-remindme-what = When, then what: tomorrow 9:00 read chapter 3
command-reminders = See what you asked to be reminded of, and take it back
remindme-how = Write when, then what: `/remindme tomorrow 9:00 read chapter 3`, `in 2 hours …`, `fri 18:00 …`, `2026-12-24 18:00 …`. You can have { $most } at a time, of { $limit } characters, up to a year ahead. I keep the words until you are done with them, for nobody but you.
remindme-done =
    I remind you { $at }: { $text }
    It comes at that time in your quiet hours too, without a sound.
reminders-none = You asked to be reminded of nothing. /remindme says how.
reminders-title =
    { $count ->
        [one] **1 reminder** of { $most } that you can have:
       *[other] **{ $count } reminders** of { $most } that you can have:
    }
reminders-line =
    { $place }. { $at } · { $text }{ $said ->
        [yes] {" "}· said
       *[no] {""}
    }
reminders-drop = Delete { $place }
reminders-dropped = Deleted.
reminder-said = You asked to be reminded: { $text }
reminder-done = Done, and forgotten.
reminder-later = I remind you again { $at }: { $text }
button-reminder-drop = Delete
button-reminder-hour = In 1 hour
button-reminder-day = In 1 day
button-reminder-done = Done
error-moment = I can't read a time in “{ $given }”. Begin with one: tomorrow 9:00, in 2 hours, fri 18:00 or 2026-12-24 18:00.
error-moment-over = “{ $given }” is over already, or more than a year away. Give a time that is still to come.
error-reminder-text = Say after the time what it is about, in 1 to { $limit } characters: `/remindme tomorrow 9:00 read chapter 3`
error-reminders-full = You have { $most } reminders, as many as one can have. Delete one under /reminders first.
error-no-reminder = That reminder is gone.

## Levels and tiers

level-reached = { $name } reached level { $level }.
level-reached-direct = You reached level { $level }.
level-and-more = { $said } { $more }
level-opens =
    { $days ->
        [0] { $benefits ->
            [none] { $tier } is open now.
           *[other] { $tier } is open now: { $benefits }.
        }
       *[other] { $benefits ->
            [none] That is the level of { $tier }; with { COUNT($days, "active day") } of the last 30 it is yours.
           *[other] That is the level of { $tier } ({ $benefits }); with { COUNT($days, "active day") } of the last 30 it is yours.
        }
    }
command-tier = Show what each tier asks and gives, and how far you are
tier-held = Your tier is { $tier }.
tier-held-until = Your tier is { $tier } until { $day } at least.
tier-grace = Your tier is { $tier } until { $day }. To keep it: level { $level } and active on { $days } of the last 30 days.
tier-next = For { $tier }: level { $level } (you: { $mine }) and active on { $days } of the last 30 days (you: { $present }).
tier-line =
    { $level ->
        [0] · { $tier }: everybody{ $benefits ->
            [none] {""}
           *[other] ; gives { $benefits }
        }
       *[other] · { $tier }: level { $level }, active on { $days } of 30 days{ $benefits ->
            [none] {""}
           *[other] ; gives { $benefits }
        }
    }
tier-rise =
    { $names }{ $others ->
        [0] {""}
       *[other] {" "}and { $others } more
    } moved up to { $tier }{ $benefits ->
        [none] .
       *[other] : { $benefits }.
    }
tier-rise-direct =
    You moved up to { $tier } in *{ $community }*{ $benefits ->
        [none] .
       *[other] : { $benefits }.
    }
tier-warn = Your tier { $held } in *{ $community }* asks for level { $level } and { COUNT($days, "active day") } of the last 30; you have { $present }. Be around again before { $day } and it stays yours.
tier-fall = Your tier in *{ $community }* is { $now } now. { $held } is yours again as soon as you have { COUNT($days, "active day") } of the last 30.

## /privacy, /consent, /mydata, /forgetme

command-privacy = See what I keep of you, and change it
privacy =
    I keep who wrote, replied, reacted or thanked, to whom and when, in which activities you took part, what you opened, saved, finished, rated, got or didn’t want of what is published here, what I recommended to you, the topics you chose, whether you want picks each week, your plans and what was paid for them, and your points. I never keep what is said in rooms; what you hand me yourself (a reminder, a question, homework) I keep for that.
    { $state ->
        [personal] You agreed that I look at whom you talk with and what you open, for figures of your own, for what I recommend to you, and for lists of this community that may name you.
        [out] You are left out: I keep the sum of your points, your plans and what was paid for them, and your account so that I know to leave you out.
       *[counted] You are counted: you have points, tier and rank; beyond these you appear in sums alone.
    }
    { $polarity ->
        [yes] The owner lets me see, as messages arrive, whether their words are positive or negative: I add that to the day's counts of the whole community, under no name, and keep no text. Who is left out isn't counted. {""}
       *[no] {""}
    }Nothing is sold or passed on, and no model is trained on what you write.
button-consent = Change this
button-mydata = Get my data
button-forgetme = Forget me
command-consent = Choose what I may keep of you
option-consent-state-name = state
option-consent-state = personal, counted or out
consent-which =
    Now: { $state ->
        [personal] *personal*.
        [out] *left out*.
       *[counted] *counted*.
    }
    · Personal: I look at whom you talk with and what you open. /mycircle and /recommend are there for you, and lists of this community may name you.
    · Counted: points, tier and rank; beyond these you appear in sums alone.
    · Left out: I keep nothing but the sum of your points and your account, and you aren't on the boards.
consent-set =
    { $state ->
        [personal] Thank you. /mycircle shows whom you talk with, /recommend what you may want next, and lists of this community may name you. /privacy changes that any time.
        [out] You are left out from now on. Your ledger is one sum, and of the rest I keep only your account, so that I know to leave you out. /consent brings you back.
       *[counted] Good, I just count. You have points, tier and rank; beyond these you stand in sums and groups that name nobody.
    }
consent-sure =
    Leaving you out drops your name, your streak and all that I know of what you did here. { $entries ->
        [0] You have no ledger to keep.
        [one] The one entry of your ledger loses its reason and its date; your { COUNT($balance, "point") } stay.
       *[other] The { NUMBER($entries) } entries of your ledger become one sum; your { COUNT($balance, "point") } stay.
    } You earn nothing more and are on no board. You can come back, but what is dropped stays gone.
consent-kept =
    Nothing was changed. You are { $state ->
        [personal] *personal*
        [out] *left out*
       *[counted] *counted*
    }.
button-consent-sure = Yes, leave me out
button-consent-stay = No, leave it as it is
button-consent-personal = Personal
button-consent-counted = Just count
button-consent-out = Leave me out
command-mydata = Get everything I keep of you as a file
mydata-file =
    { $rows ->
        [one] Everything I keep of you: one entry.
       *[other] Everything I keep of you: { NUMBER($rows) } entries.
    }
command-forgetme = Have everything about you erased
forgetme-sure =
    I'd erase your name, accounts, settings, what you did here and your { COUNT($balance, "point") }. Amounts in the ledger, and of payments, stay without your name. This can't be undone.
forgetme-sure-where =
    { $sure }
    You are in other communities of mine as well: { $others }. Shall I erase you in { $here } alone, or in all of them?
button-forget-yes = Erase everything
button-forget-here = Erase me here
button-forget-everywhere = Erase me everywhere
button-forget-no = Keep it
forgetme-kept = Nothing was changed.
forget-several = More than one member is called “{ $name }”. Say which: { $numbers }.
forgetme-done =
    { $where ->
        [everywhere] Everything about you is erased, in every community that I know.
       *[other] Everything about you is erased.
    } If you write here again, I'll meet you as somebody new; /consent out keeps you out.

## /link and /unlink

command-link = Join your accounts on several platforms
option-link-code-name = code
option-link-code = The code that I gave you on the other platform
link-code =
    Say **/link { $code }** to me on { $platforms } within { $minutes } minutes. Both accounts then share points, history and tier.
    Give the code to nobody: whoever enters it joins you.
link-sure = Join this account with { $name } on { $platform }? { NUMBER($theirs) } and { COUNT($mine, "point") } become { NUMBER($total) }.
button-link-yes = Join
button-link-no = Leave as it is
link-not = Nothing was changed.
link-done = Joined with { $platform }. You have { COUNT($balance, "point") } on both now. /unlink parts them again.
link-told = Your account is joined with { $name } on { $platform } now. Wasn't that you? /unlink parts them again.
error-link-one-platform = This community is on { $platform } alone so far, so there is nothing to join.
error-link-code = That code is unknown, used or older than 10 minutes. Say /link on the other platform for a new one.
error-link-own = That code is your own. Enter it on the other platform.
error-link-same-platform = Both would have an account on { $platform }; one member can have one there.
command-unlink = Part the accounts that you joined
error-unlink-none = Your accounts aren't joined. /link joins them.
unlink-sure = Part { $platforms } from the rest? Each account takes the points that it earned itself.
button-unlink-yes = Part them
unlink-done = Parted. { $platforms }: { COUNT($given, "point") }; the rest: { COUNT($kept, "point") }.

## /redeem

command-redeem = Spend points on a benefit
option-redeem-name-name = benefit
option-redeem-name = Which one; all of them if you leave it out
redeem-unknown = “{ $name }” isn't on offer.
redeem-empty = Nothing is on offer right now.
redeem-choose = Choose a benefit
redeem-head = You have { COUNT($balance, "point") }. On offer:
redeem-suggestion = { $name } · { COUNT($cost, "point") }
redeem-line =
    { $stock ->
        [any] · { $name }: { COUNT($cost, "point") }
        [0] · { $name }: { COUNT($cost, "point") }, sold out
       *[other] · { $name }: { COUNT($cost, "point") }, { $stock } left
    }
redeem-sure = *{ $name }* costs { COUNT($cost, "point") }; you would have { NUMBER($left) } left.
button-redeem-yes = Take it
button-redeem-no = Back
redeem-done = *{ $name }* is yours. { COUNT($balance, "point") } left. Whoever offers it will hand it over, and you hear from me then.
redeem-told = { $name } took *{ $benefit }* in { $community }. Press when it is handed over; /shop lists what still waits.
redeem-handed = *{ $name }* from { $community } was handed over to you.
error-redeem-gone = That isn't on offer any more. /redeem shows what is.
error-redeem-sold-out = { $name } is sold out.
error-redeem-too-dear = { $name } costs { COUNT($cost, "point") }; you have { NUMBER($balance) }.
error-redeem-done = You have taken that already. /redeem shows what else there is.

## /me and /leaderboard

command-me = Show your card: level, tier, rank, streak and the last 30 days
option-me-member-name = member
option-me-member = Whose card; yours if you leave it out
me-level = Level
me-points = { COUNT($points, "point") }
me-to-next = { NUMBER($missing) } to level { NUMBER($next) }
me-rank = rank { NUMBER($rank) } of { NUMBER($of) }
me-streak = { COUNT($streak, "day") } in a row
me-days = active on { $present } of { $days } days
command-leaderboard = Show who earned most points
option-leaderboard-period-name = period
option-leaderboard-period = 7 or 30 days, or all
leaderboard-title =
    { $period ->
        [week] Last 7 days
        [month] Last 30 days
       *[ever] All time
    }
leaderboard-row = { NUMBER($rank) } { $name } { NUMBER($points) }
leaderboard-me = { NUMBER($rank) } **you** { NUMBER($points) }
leaderboard-not-yet = You aren't on it yet.
leaderboard-out = You asked to be left out, so you aren't on it. /consent changes that.
leaderboard-empty =
    { $period ->
        [week] Nobody earned points in the last 7 days.
        [month] Nobody earned points in the last 30 days.
       *[ever] Nobody has points yet.
    }
leaderboard-foot =
    { $total ->
        [one] One member with points · { $day }
       *[other] { NUMBER($total) } members with points · { $day }
    }
