### Kith's words in English. One section for each feature; keys are kebab-case, commands as command-<name>.

## What goes wrong

fault = Something broke on my side, nothing was lost. If it happens again, tell a moderator: { $id }.
error-unknown-command = I don't know /{ $name }. /help lists what I can do.
error-missing = Something is missing. Usage: { $usage }
error-number = “{ $given }” is not a whole number. Usage: { $usage }
error-number-range = { $name } takes a number from { NUMBER($low) } to { NUMBER($high) }.
error-choice = “{ $given }” is not one of: { $choices }.
error-no-member = I don't know a member called “{ $name }”.
error-no-member-near = I don't know a member called “{ $name }”. Did you mean { $near }? { $usage }
error-two-members = More than one member is called “{ $name }”. Mention them with @ instead.
error-button-gone = That button is too old. Call the command again.
error-button-not-yours = That button is for the one who asked.
error-moderators-only = That's for moderators of this community.
error-owners-only = That's for owners of this community.
error-group-only = /{ $name } works in the group only.
error-unknown-rule = There is no rule called “{ $name }”.
error-rule-order = The least a message gives ({ NUMBER($low) }) can't be more than the most ({ NUMBER($high) }).
direct-stranger = Hello. I don't know you from any community yet: write something in the group first, then come back.
private-fallback = { $name }, I have an answer for you alone. Open our direct chat, press Start and ask again.

## /points

command-points = Show points and the last entries of the ledger
option-points-member-name = member
option-points-member = Whose points; yours if you leave it out
points-summary =
    { $spent ->
        [0] **{ $balance ->
            [one] { NUMBER($balance) } point
           *[other] { NUMBER($balance) } points
        }**
       *[other] **{ NUMBER($balance) } points** (earned { NUMBER($earned) }, spent { NUMBER($spent) })
    }
points-summary-of =
    { $spent ->
        [0] { $name }: **{ NUMBER($balance) } points**
       *[other] { $name }: **{ NUMBER($balance) } points** (earned { NUMBER($earned) }, spent { NUMBER($spent) })
    }
points-lately =
    { $summary }
    Lately: { $entries }
points-none = Nothing yet. Write, answer somebody, or say /checkin.
points-rules =
    What gives points here:
    A message: { NUMBER($message_min) } to { NUMBER($message_max) }, at most once in { NUMBER($cooldown) } seconds
    A reaction to what you wrote: { NUMBER($reaction) }, up to { NUMBER($reactions_a_day) } a day
    A reply from somebody new that day: { NUMBER($reply) }, up to { NUMBER($replies_a_day) } a day
    /checkin: { NUMBER($checkin) }, and 1 to { NUMBER($streak_max) } more for the days in a row
    /thanks from others: { NUMBER($thanks) }; each may thank { NUMBER($thanks_a_day) } times a day
    Commands, edits, bots and your own reactions give nothing. What is deleted or taken back is taken back here too.
button-more = More
button-what-gives-points = What gives points

## Names, tiers and entries in words

somebody = somebody
tier-newcomer = Newcomer
tier-regular = Regular
tier-contributor = Contributor
tier-core = Core
error-you-are-out = You asked to be left out, so I keep no points for you. /consent changes that.
error-keeps-no-points = I keep no points for { $name }.
entry-message =
    { $placed ->
        [yes] message in #{ $room }
       *[no] message
    }
entry-reaction = reaction from { $name }
entry-reply = first reply that day from { $name }
entry-checkin =
    { $noted ->
        [yes] check-in, day { $note }
       *[no] check-in
    }
entry-thanks = thanks from { $name }
entry-grant =
    { $noted ->
        [yes] given by { $name }: { $note }
       *[no] given by { $name }
    }
entry-take =
    { $noted ->
        [yes] taken by { $name }: { $note }
       *[no] taken by { $name }
    }
entry-redeem =
    { $noted ->
        [yes] *{ $note }*
       *[no] a benefit
    }
entry-reversal =
    { $what ->
        [none] taken back
       *[other] taken back ({ $what })
    }
entry-import = brought along from before
entry-rules = points rules changed
entry-link = accounts joined or parted

## /checkin and /thanks

command-checkin = Check in once a day; more points for days in a row
error-checked-in =
    { $streak ->
        [one] You checked in today already. Come back tomorrow.
       *[other] You checked in today already, day { $streak } in a row. Come back tomorrow.
    }
checkin-done =
    { $streak ->
        [one] Checked in: +{ NUMBER($points) } points, { NUMBER($balance) } in all. Tomorrow +{ NUMBER($tomorrow) }.
       *[other] Day { $streak } in a row: +{ NUMBER($points) } points, { NUMBER($balance) } in all. Tomorrow +{ NUMBER($tomorrow) }.
    }
command-thanks = Thank a member with points
option-thanks-member-name = member
option-thanks-member = Whom you thank; or answer their message with /thanks
thanks-given =
    { $from } thanks { $to }: +{ NUMBER($points) } points. { $left ->
        [0] That was the last one for today.
        [one] One more today.
       *[other] { NUMBER($left) } more today.
    }
thanks-received = { $from } thanks you: +{ NUMBER($points) } points.
error-thanks-self = Thanks go to others. Usage: /thanks @member
error-thanks-bot = Bots have no use for points. Thank a member.
error-thanks-left = { $name } isn't here any more.
error-thanks-used-up =
    { $allowed ->
        [0] This community has switched /thanks off.
        [one] You gave your thanks for today. Tomorrow there is another.
       *[other] You gave all { $allowed } thanks for today. Tomorrow there are { $allowed } more.
    }

## /start and /help

command-start = Meet the host of this community
start-group = I'm the host of *{ $community }*: I keep points and tiers and run the weekly activities. /help lists what I can do; write to me directly for what is yours alone.
start-direct =
    Hi { $name }, I'm the host of *{ $community }*. I keep points and tiers, tell you what's new for you, and run the weekly activities.
    { $state ->
        [personal] I may learn what interests you, so that I can recommend things. You can change this any time with /privacy.
        [out] Right now I keep nothing about you. You can change this any time with /privacy.
       *[counted] Right now I only count messages. Shall I also learn what interests you, so that I can recommend things? You can change this any time with /privacy.
    }
button-start-personal = Yes, recommend things
button-start-counted = Just count
button-start-out = Leave me out
command-help = Say what you can do here
option-help-topic-name = command
option-help-topic = The command to explain
help-head = What you can do in *{ $community }*:
help-member = For everybody
help-moderator = For moderators
help-owner = For owners
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
            [none] That is the level of { $tier }; with { $days } active days of the last 30 it is yours.
           *[other] That is the level of { $tier } ({ $benefits }); with { $days } active days of the last 30 it is yours.
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
tier-warn = Your tier { $held } in *{ $community }* asks for level { $level } and { $days } active days of the last 30; you have { $present }. Be around again before { $day } and it stays yours.
tier-fall = Your tier in *{ $community }* is { $now } now. { $held } is yours again as soon as you have { $days } active days of the last 30.

## /privacy, /consent, /mydata, /forgetme

command-privacy = See what I keep of you, and change it
privacy =
    I keep who wrote, replied, reacted or thanked, to whom and when, and your points. I never keep what was said.
    { $state ->
        [personal] You agreed that I learn what interests you from what you do and choose, for recommendations and figures of your own.
        [out] You are left out: I keep only the sums of your ledger.
       *[counted] You are counted: you have points, tier and rank; beyond these you appear in sums alone.
    }
    Nothing is sold or passed on, and no model is trained on what you write.
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
    · Personal: recommendations and figures of your own, learnt from what you do and choose.
    · Counted: points, tier and rank; beyond these you appear in sums alone.
    · Left out: I keep nothing but the sums of your ledger, and you aren't on the boards.
consent-set =
    { $state ->
        [personal] Thank you. I'll learn what interests you and recommend what fits. /privacy changes that any time.
        [out] You are left out from now on. What I had kept is gone but for the sums of your ledger, and you aren't on the boards. /consent brings you back.
       *[counted] Good, I just count. You have points, tier and rank, and nothing more is known of you.
    }
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
    I'd erase your name, accounts, settings, what you did here and your { NUMBER($balance) } points. Amounts in the ledger stay without your name. This can't be undone.
button-forget-yes = Erase everything
button-forget-no = Keep it
forgetme-kept = Nothing was changed.
forgetme-done = Everything about you is erased. If you write here again, I'll meet you as somebody new; /consent out keeps you out.

## /link and /unlink

command-link = Join your accounts on several platforms
option-link-code-name = code
option-link-code = The code that I gave you on the other platform
link-code =
    Say **/link { $code }** to me on { $platforms } within { $minutes } minutes. Both accounts then share points, history and tier.
    Give the code to nobody: whoever enters it joins you.
link-sure = Join this account with { $name } on { $platform }? { NUMBER($theirs) } and { NUMBER($mine) } points become { NUMBER($total) }.
button-link-yes = Join
button-link-no = Leave as it is
link-not = Nothing was changed.
link-done = Joined with { $platform }. You have { NUMBER($balance) } points on both now. /unlink parts them again.
link-told = Your account is joined with { $name } on { $platform } now. Wasn't that you? /unlink parts them again.
error-link-one-platform = This community is on { $platform } alone so far, so there is nothing to join.
error-link-code = That code is unknown, used or older than 10 minutes. Say /link on the other platform for a new one.
error-link-own = That code is your own. Enter it on the other platform.
error-link-same-platform = Both would have an account on { $platform }; one member can have one there.
command-unlink = Part the accounts that you joined
error-unlink-none = Your accounts aren't joined. /link joins them.
unlink-sure = Part { $platforms } from the rest? Each account takes the points that it earned itself.
button-unlink-yes = Part them
unlink-done = Parted. { $platforms }: { NUMBER($given) } points; the rest: { NUMBER($kept) } points.

## /redeem

command-redeem = Spend points on a benefit
redeem-empty = Nothing is on offer right now.
redeem-head = You have { NUMBER($balance) } points. On offer:
redeem-line =
    { $stock ->
        [any] · { $name }: { NUMBER($cost) } points
        [0] · { $name }: { NUMBER($cost) } points, sold out
       *[other] · { $name }: { NUMBER($cost) } points, { $stock } left
    }
redeem-sure = *{ $name }* costs { NUMBER($cost) } points; you would have { NUMBER($left) } left.
button-redeem-yes = Take it
button-redeem-no = Back
redeem-done = *{ $name }* is yours. { NUMBER($balance) } points left. The moderators see it in the log.
error-redeem-gone = That isn't on offer any more. /redeem shows what is.
error-redeem-sold-out = { $name } is sold out.
error-redeem-too-dear = { $name } costs { NUMBER($cost) } points; you have { NUMBER($balance) }.
error-redeem-done = You have taken that already. /redeem shows what else there is.

## /me and /leaderboard

command-me = Show your card: level, tier, rank, streak and the last 30 days
me-level = Level
me-points = { NUMBER($points) } points
me-to-next = { NUMBER($missing) } to level { NUMBER($next) }
me-rank = rank { NUMBER($rank) } of { NUMBER($of) }
me-streak = on a { NUMBER($streak) }-day streak
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

## Telegram

telegram-open-chat = Open the chat
telegram-token-refused = Telegram refuses the token. Take a new one from @BotFather and put it into KITH_TELEGRAM_TOKEN.
telegram-webhook-refused = Telegram refuses the address in KITH_TELEGRAM_WEBHOOK_URL: { $why }
doctor-telegram-token = Telegram knows the token: Kith is @{ $username } there.
doctor-telegram-unreachable = Telegram can't be reached. Check the network and KITH_TELEGRAM_API_URL.
doctor-telegram-privacy-off = Telegram shows Kith what members write in groups.
doctor-telegram-privacy-on = Privacy mode is on: where Kith is not an administrator it sees commands only. Send /setprivacy to @BotFather, choose Disable, then take Kith out of the group and add it again.
doctor-telegram-webhook = Another address receives this bot's messages on Telegram. Stop that program, or start Kith: it takes over.
doctor-telegram-space = Kith is an administrator of { $space }.
doctor-telegram-space-not-admin = Kith is not an administrator of { $space }: it sees no reactions, and joins only in part. Open the group's settings and add it under Administrators.
doctor-telegram-space-gone = Kith is not in the Telegram chat { $space } any more. Add it again, or leave that space out.
## Discord

error-discord-token = Discord doesn't take this token. Copy it anew from discord.com/developers → your app → Bot → Reset Token, and put it into KITH_DISCORD_TOKEN.
error-discord-intents = Discord refuses an intent. Switch “Server Members Intent” on at discord.com/developers → your app → Bot → Privileged Gateway Intents, then start again.
error-discord-closed = Discord ended the connection for good (code { NUMBER($code, useGrouping: 0) }). Check the shards this process was given.
error-discord-role = I can't hand out the role “{ $role }”. Give me “Manage Roles” and put my own role above it in Server Settings → Roles.
error-discord-no-role = There is no role “{ $role }” on this server.
doctor-discord-token = Discord: logged in as { $name }
doctor-discord-token-wrong = Discord doesn't take KITH_DISCORD_TOKEN. Copy it anew from discord.com/developers → your app → Bot → Reset Token.
doctor-discord-away = Discord can't be reached from here.
doctor-discord-members = Discord: the Server Members Intent is on
doctor-discord-members-off = Discord: switch “Server Members Intent” on at discord.com/developers → your app → Bot → Privileged Gateway Intents.
doctor-discord-no-server = Discord: the bot is on no server yet. Invite it: { $url }
doctor-discord-server = Discord: { $server } is set up
doctor-discord-server-roles = Discord: on { $server } I may not hand out roles. Give my role “Manage Roles” in Server Settings → Roles, if tiers are to give roles.
## Edge lists and interactions from files

analysis-file-missing = There is no file { $file }.
analysis-file-unreadable = { $file } can't be read: { $reason }.
analysis-file-not-text = { $file } is not UTF-8 text.
analysis-no-rows = { $file } has no rows.
analysis-row-short =
    { $count ->
        [one] { $file }, line { $line }: 1 column, at least { $needed } are needed.
       *[other] { $file }, line { $line }: { $count } columns, at least { $needed } are needed.
    }
analysis-row-long = { $file }, line { $line }: { $count } columns, the first row has { $width }.
analysis-row-nameless = { $file }, line { $line }: the source or the target is empty.
analysis-row-weight = { $file }, line { $line }: “{ $text }” is no weight. A weight is a number that is not negative.
analysis-row-time = { $file }, line { $line }: “{ $text }” is no time. Write days, seconds or milliseconds since 1970, or 2026-03-01.
analysis-row-day = { $file }, line { $line }: “{ $text }” is no day. Write a whole number or 2026-03-01, the same way in each row.
analysis-days-span = { $file } spans { NUMBER($days) } days, at most { NUMBER($most) } make sense.
analysis-row-count = { $file }, line { $line }: “{ $text }” is no count. A count is a whole number.
analysis-no-column = { $file } has no column “{ $column }” for the weight. Give a name of its header or a number from 3 to { $count }.
analysis-no-header = { $file } needs a header with the columns { $columns }.
analysis-no-time-column = Ties fade by time, and { $file } has no column with a time.
analysis-half-life = A half-life is a number of days above 0.
analysis-edges-or-community = Say whose ties to analyse: --edges FILE.
