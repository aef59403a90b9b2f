### Insight

## How long people stay

survival-row-negative = { $file }, line { $line }: “{ $column }” is below 0.
survival-row-order = { $file }, line { $line }: “{ $entry }” lies after “{ $duration }”. Nobody ends before they were first seen.
survival-people = { NUMBER($n) } people, { NUMBER($events) } of them left.
survival-median = Half stay longer than { $time }.
survival-median-none = More than half are still there at the end, so no time says when half have left.
survival-row = After { $time }: { $share } are there, between { $low } and { $high }.
survival-left-out =
    { $count ->
        [one] One row ended when it began, so it says nothing.
       *[other] { NUMBER($count) } rows ended when they began, so they say nothing.
    }
survival-broken = At some time all who were seen had left, and others came later: from there on the curve says nothing.

## What a table foretells

learn-row-date = { $file }, line { $line }: “{ $text }” under “{ $column }” is no day. Write days as 2026-03-01.
learn-row-future = { $file }, line { $line }: “{ $column }” is { $date }, a day to come. What will be known then can't be learned from.
learn-row-leak = { $file }, line { $line }: “{ $column }” is { $date }, after the row's own day { $cutoff }. What wasn't known by then can't foretell.
learn-test-from = “{ $text }” is no day. Write --test-from as 2026-03-01.
learn-test-without-date = --test-from needs --date COLUMN, the day by which each row was known.
learn-model-unknown = { $file } is no model of this version. Make one with kith learn --out.
learn-model-unwritable = { $file } can't be written: { $reason }.
learn-not-too-few = Not enough history yet: 30 rows of each answer are needed to learn from, and 10 later ones to judge by.
learn-not-no-features = Not enough history yet: no column differs between rows, so there is nothing to learn from.
learn-not-no-gain = Not enough history yet: no better than saying the same of everybody.
learn-served = { $model } serves; on average { $base }.
learn-figures = AUC { $auc }; Brier { $brier } against { $brier_base } of the base rate; calibration error { $ece }, { $ece_floor } at most for a perfect model.
learn-calibrated = The probabilities mean what they say.
learn-uncalibrated = The probabilities rank people but don't mean quite what they say.
learn-feature = { $name }: { $weight }
learn-base = “{ $label }” on average: { $base }.
learn-row = { $id }: { $chance } ({ $reasons })
learn-reason-raises = { $column } { $cell } makes it likelier
learn-reason-lowers = { $column } { $cell } makes it less likely

## Groups of customers

segments-none = No stable groups: no division into 3 to 6 groups is found again in samples of these customers and is more than slices of an even spread.
segments-aside = Left aside, as it doesn't tell these groups apart: { $columns }.
segments-column-recency = how lately they came
segments-column-frequency = how often they came
segments-column-value = value
segments-recent = recent
segments-past = past
segments-often = often
segments-seldom = seldom
segments-much = high value
segments-little = low value
segments-row = { $name }: { NUMBER($n) } in all; days since the last time { $recency }, days with a transaction { $frequency }.

## Surveys

activity-survey = Survey
activity-survey-about = How likely members are to recommend you, how satisfied they are, or questions of your own: answered with a tap, bit by bit, directly or from the post. Only sums are told, once it is over, and nothing of fewer than five people.
activity-field-scale = Asks first
activity-field-rest = Days until somebody is asked the same again
activity-choice-nps = NPS: would they recommend it, 0 to 10
activity-choice-csat = CSAT: are they satisfied, 1 to 5
activity-choice-own = only your own questions
activity-trouble-survey = It has no questions. Let it ask NPS or CSAT first, or write questions of your own.
error-survey-question = Line { $number } can't be asked: “{ $given }”. Write “How was it?” for an answer in words, “Which? A / B / C” for a choice of up to { $most } (each of up to { $limit } characters), “How many hours? 0-40” for a number.
error-survey-option = That answer is no longer among them.
error-survey-ends = It ends before tomorrow: you can answer until { $until }.
survey-head =
    { $count ->
        [one] **A question from { $community }**
       *[other] **{ NUMBER($count) } questions from { $community }**
    } · until { $until }
    Moderators see sums of five people or more, never who said what.
survey-again = **{ $community }**: you wanted to answer later.
survey-question =
    { $count ->
        [one] { $question }
       *[other] { $number }/{ $count } · { $question }
    }
survey-ask-nps = How likely are you to recommend { $community } to a friend? 0 is not at all, 10 is very likely.
survey-ask-csat = How satisfied are you with { $community }? 1 is not at all, 5 is very.
survey-later = Later
survey-skip = Skip
survey-write = Answer
survey-change = Change my answer
survey-changed = Changed.
survey-thanks = Thank you, that helps. You can change it until { $until }.
survey-later-said = I'll ask you again { $at }, directly. What you answered so far is kept.
survey-over = This survey is over. Thanks to everybody who answered.
survey-over-told = Survey { $number } of { $community } is over.
survey-see = See what it says
form-survey_written = Your answer
field-survey_written-answer = Answer

## /survey

command-survey = See what surveys say, and set one up
option-survey-which = Its number; all there are if left out
option-survey-which-name = survey
error-survey-unknown = There is no survey “{ $given }”. /survey lists those there are.
survey-none = No survey yet. I ask members by direct message, or from a post where nobody may be written to, and tell you sums: never of fewer than five people, never who said what.
survey-list = **Surveys of { $community }**
survey-line = { $name } · { $state ->
        [active] { $count ->
            [0] no round is over yet
            [one] one round
           *[other] { NUMBER($count) } rounds
        }
        [draft] not started
        [paused] paused
       *[stopped] stopped
    }
survey-new = New survey
survey-scale-nps = NPS
survey-scale-csat = Satisfaction
survey-scale-own = Own questions
form-set_up_survey = A new survey
field-set_up_survey-scale = What does it ask first?
field-set_up_survey-scale-nps = Would you recommend us, 0 to 10 (NPS)
field-set_up_survey-scale-csat = Are you satisfied, 1 to 5 (CSAT)
field-set_up_survey-scale-own = Only my own questions
field-set_up_survey-often = How often?
field-set_up_survey-often-once = Once, tomorrow at 10:00
field-set_up_survey-often-monthly = On the first of each month
field-set_up_survey-often-quarterly = Every thirteen weeks
field-set_up_survey-questions = Your own questions, a line each
field-set_up_survey-questions-help = “Which? A / B” gives buttons, “Hours? 0-40” a number
survey-made = Survey { $number } is set up and hasn't asked anybody. Look at it first: for whom it is, how long it stays open, and a preview.
survey-look = Look at it
survey-title = **{ $name }** · { $community }
survey-open = A round is open until { $until }; { $count ->
        [0] fewer than 5 answered
       *[other] about { NUMBER($count) } answered
    } so far. What they said is told when it is over.
survey-next = The next round begins { $at }.
survey-no-round = No round is over yet, so there is nothing to tell.
survey-round = **Round of { $day }**
survey-few = Fewer than five answered. Of so few nothing is told.
survey-answered = About { $count } answered.
survey-answered-of = About { $count } answered. Of { NUMBER($asked) } who were written to, about { $back } did: { $share } %.
survey-days = Of the 28 days before, those who answered were active on { $answered }, the others on { $others } (half of them on more).
survey-score = { $scale ->
        [nps] NPS **{ $value }**, between { $low } and { $high } (95 %).
       *[csat] **{ $value }** are satisfied (4 or 5), between { $low } and { $high } (95 %).
    }
survey-score-none = { $scale ->
        [nps] NPS: too few answered to say.
       *[csat] Satisfied: too few answered to say.
    }
survey-weighted = Weighted by how active people were before, as if all had answered: { $value }.
survey-by-tier = By tier: { $parts }.
survey-by-segment = By segment: { $parts }.
survey-by-circle = By circle: { $parts }.
survey-count = { $label }: { $count }
survey-cell-few = under 5
survey-cell-hidden = not told
survey-group-nps-low = 0 to 6
survey-group-nps-middle = 7 or 8
survey-group-nps-high = 9 or 10
survey-group-csat-low = 1 or 2
survey-group-csat-middle = 3
survey-group-csat-high = 4 or 5
survey-choice = { $question } { $groups }
survey-in-words = { $question } Answered in words.
survey-after = Active in the four weeks after: { $high_share } % of those who said { $high }, { $low_share } % of those who said { $low }. The two go together; one needn't come of the other.
survey-foot = Counts are rounded to five, and other figures are worked out from these.
survey-read = Read: { $question }
survey-texts-head = What was written, without names, by the alphabet:
survey-texts-few = Fewer than five wrote something, or the round isn't over. Nobody reads it, so that nobody is recognised.
survey-answers = answers
survey-one-nps = NPS is { $value }
survey-one-csat = { $value } are satisfied
survey-trend-nps = { $way ->
        [same] NPS stayed where it was over { NUMBER($count) } rounds: { $before } and { $now } are within chance
        [up] NPS rose from { $before } to { $now } over { NUMBER($count) } rounds
       *[down] NPS fell from { $before } to { $now } over { NUMBER($count) } rounds
    }
survey-trend-csat = { $way ->
        [same] Satisfaction stayed where it was over { NUMBER($count) } rounds: { $before } and { $now } are within chance
        [up] Satisfaction rose from { $before } to { $now } over { NUMBER($count) } rounds
       *[down] Satisfaction fell from { $before } to { $now } over { NUMBER($count) } rounds
    }
survey-trend-foot = { $community } · answers in the newest round, rounded to five: { $count }
chart-survey_trend = Survey, round by round

## /pulse

activity-pulse = Pulse
activity-pulse-about = How the week was, in five faces and one tap. Whoever wants presses; directly only who asked for it is asked. It runs only where an owner turned it on, and tells sums of five people or more.
activity-trouble-pulse = The pulse is off here. An owner turns it on with /settings pulse.
setting-pulse = Pulse
setting-pulse-ask = May members be asked how they are, once a week? Whoever wants presses one of five faces; only sums of five people or more are told.
setting-pulse-yes = On: moderators may set it up
setting-pulse-no = Off
setting-polarity = Positive and negative messages
setting-polarity-ask = May I work out of each message, as it arrives, whether its words are positive or negative, for the share of the whole community beside the pulse? I keep no text and no names, and /privacy tells members. On Discord I have no message text.
setting-polarity-yes = On: count them
setting-polarity-no = Off
pulse-ask =
    How was your week in { $community }?
    One tap, if you like, until { $until }. Nobody sees who pressed what; sums are told from five on.
pulse-face = A face
pulse-weekly = Ask me directly each week, or no more
pulse-weekly-on = I'll ask you directly each week. Press again to stop that.
pulse-weekly-off = I won't ask you directly any more.
pulse-kept = { $face } { $changed ->
        [yes] it is now.
       *[no] noted, thank you.
    } You can press another until { $until }.
pulse-over = This week's pulse is over. Thanks to everybody who pressed.
command-pulse = See how the community is, by five faces once a week
pulse-off = The pulse is off: nobody is asked how they are. An owner turns it on with /settings pulse.
pulse-turn-on = Turn it on
pulse-none = The pulse is allowed here and not set up yet: five faces in a room, once a week, one tap for whoever wants.
pulse-set-up = Set it up in this room
pulse-made = The pulse is set up as activity { $number } and hasn't asked anybody. Look at it, and start it there.
pulse-title = **Pulse of { $community }**
pulse-few = Too few pressed to say how they are.
pulse-score = Of about { $count } who pressed, **{ $value }** were well ({ $faces }), between { $low } and { $high } (95 %).
pulse-friendly = Of the reactions of that week { $share } % were friendly ones.
pulse-friendly-label = Friendly reactions
pulse-polarity = Of the messages of that week { $positive } % sounded positive and { $negative } % negative.
pulse-polarity-few = Of messages nothing is told: fewer than five people wrote, or not all of that week was counted.
pulse-positive-label = Positive messages
pulse-negative-label = Negative messages
pulse-foot =
    { $text ->
        [all] It comes from faces, reactions, and words of messages that I look for as they arrive; no text is kept.
        [some] It comes from faces, reactions, and words of messages that I look for as they arrive; no text is kept. On Discord I have no message text.
        [none] It comes from faces and reactions alone: on Discord I have no message text.
       *[off] It comes from faces and reactions alone: I don't read what people write.
    } Counts are rounded to five.
survey-scale-pulse = Were well
survey-ask-pulse = How was your week in { $community }?
survey-one-pulse = { $value } were well
pulse-group-low = Not so well
pulse-group-middle = In between
pulse-group-high = Well
survey-trend-pulse = { $way ->
        [same] { $now } were well, about as many as { NUMBER($count) } rounds ago ({ $before })
        [up] Those who were well rose from { $before } to { $now } over { NUMBER($count) } rounds
       *[down] Those who were well fell from { $before } to { $now } over { NUMBER($count) } rounds
    }
chart-pulse_trend = Pulse, week by week

## /stats

command-stats = Show messages, active people, peak hours, voice, joins and leaves, against the time before
option-stats-member-name = member
option-stats-member = A member who agreed to be looked at by name; everybody together if you leave it out
option-stats-room-name = room
option-stats-room = A room with its threads, or “room” for the one you are in
option-stats-days-name = days
option-stats-days = 7, 30 or 90
stats-word-community = community
stats-word-room = room
stats-title = **{ $name }** · { COUNT($days, "day") } to { $day }
stats-note = { $mark ->
    [bad] ⚠
    [more] ↑
   *[less] ↓
    } { $note }
stats-messages = Messages: **{ NUMBER($now) }**{ $than }
stats-before = {" "}(before: { $before })
stats-before-change = {" "}(before: { $before }, { $change } %)
stats-before-times = {" "}(before: { $before }, { $times }-fold now)
stats-people = Active people: **{ $day }** a day, { NUMBER($week) } in 7 days, { NUMBER($month) } in 30 days{ $than }
stats-writers = { $people ->
    [one] One person did something here, { $who ->
        [all] and wrote
       *[none] and wrote nothing
        }.
   *[other] { NUMBER($people) } people did something here, { $who ->
        [all] and all of them wrote
        [none] and none of them wrote
       *[some] { NUMBER($writers) } of them wrote
        }.
    }
stats-stickiness = Stickiness (a day's people, of a month's): **{ $share } %**{ $than }
stats-peak = Busiest: { $weekday }s, { $from } to { $to } ({ $zone })
stats-voice = Voice: { COUNT($minutes, "minute") }{ $than }
stats-moves = Joined: { NUMBER($joined) }{ $joined_than } · left: { NUMBER($left) }{ $left_than }
stats-sources = Came through: { $sources } (invite links of five people or more)
stats-source = { $name } { NUMBER($people) }
stats-rooms = { $more ->
    [0] Rooms: { $rooms }
   *[other] Rooms: { $rooms }, and { NUMBER($more) } more
    }
stats-room = #{ $name } { NUMBER($messages) }
stats-sees = I see messages, reactions, voice and buttons. Who only reads I don't see.
stats-room-share = That is { $share } % of all messages here.
stats-room-threads = With { COUNT($count, "thread") }.
stats-room-sees = Of a room I know messages and voice; who was active I know of the community as a whole.
stats-room-unnamed = a room without a name
stats-nothing = Nothing has happened in { $community } yet that I could count.
stats-too-young = I have been counting for less than a day: { COUNT($messages, "message") } so far. Ask again tomorrow.
stats-silent = Nothing happened in that time. The last day with anything was { $day }.
stats-no-room-here = You aren't in a room that I tell apart from others. Name one, as in `/stats #general`, or say /stats for everything.
stats-room-unknown = I know neither a room nor a member called “{ $name }”. Say /stats #room, /stats @member, or /stats for everything.
stats-member-counted = { $name } hasn't agreed to be looked at alone, so I only count them with all others. Whoever says /consent personal can be shown to moderators.
stats-days = { COUNT($days, "day") }
stats-view-messages = Messages
stats-view-people = Active people
stats-view-joined = Joins
stats-view-left = Leaves
stats-view-moves = Joins and leaves
stats-view-hours = Peak hours
stats-figure-messages = Messages
stats-figure-people = Active people
stats-figure-joined = Joins
stats-figure-left = Leaves
stats-break = { $way ->
    [stopped] { $figure }: none since { $weekday }, { $since }, where { $before } a day came before
    [halved] { $figure } fell by half since { $weekday }, { $since }: { $after } a day instead of { $before }
    [fell] { $figure } fell by { $by } % since { $weekday }, { $since }: { $after } a day instead of { $before }
    [doubled] { $figure } doubled since { $weekday }, { $since }: { $after } a day instead of { $before }
    [rose] { $figure } rose by { $by } % since { $weekday }, { $since }: { $after } a day instead of { $before }
   *[times] { $figure } rose { $times }-fold since { $weekday }, { $since }: { $after } a day instead of { $before }
    }
stats-daily-title = { $figure }: { $mean } a day on average, from { $least } to { $most }
stats-daily-foot = { $name ->
    [messages] { COUNT($sum, "message") } in { COUNT($days, "day") } (UTC) to { $day }
    [people] Who wrote, reacted, spoke or took part, each day (UTC), { COUNT($days, "day") } to { $day }
    [joined] { COUNT($sum, "join") } in { COUNT($days, "day") } (UTC) to { $day }
   *[left] { COUNT($sum, "leave") } in { COUNT($days, "day") } (UTC) to { $day }
    }{ $ranged ->
    [yes] . Shaded: what is usual, by weekday
   *[no] .{" "}Four weeks are needed to say what is usual
    }
stats-moves-title = { NUMBER($joined) } joined and { NUMBER($left) } left in { COUNT($weeks, "week") }
stats-moves-foot = Joins and leaves as the platforms told them, by week (UTC days) to { $day }; who comes back counts again
stats-hours-title = { $what ->
    [all] Most happens on { $weekday }s from { $from } to { $to }
   *[other] { $room } · most is written on { $weekday }s from { $from } to { $to }
    }
stats-hours-foot = { $what ->
    [messages] { COUNT($done, "message") }
   *[all] Messages, reactions, voice, votes, thanks: { NUMBER($done) } together
    } in { COUNT($days, "day") } to { $day }, by hour in { $zone }
chart-messages_by_day = Messages by day
chart-active_people = Active people by day
chart-joins_and_leaves = Joins and leaves
chart-peak_hours = Peak hours

## /mystats

command-mystats = Show your last twelve weeks: active days, messages, reactions and points
weeks-days = { $whose ->
    [own] You were active on **{ COUNT($days, "day") }** of the last 84, in { $weeks } of 12 weeks.
   *[other] **{ $name }** was active on { COUNT($days, "day") } of the last 84, in { $weeks } of 12 weeks.
    }
weeks-deeds = { COUNT($messages, "message") } written, { COUNT($reactions, "reaction") } given.
weeks-points = { COUNT($points, "point") } earned in that time.
weeks-standing = Level { NUMBER($level) } · { $tier }{ $streak ->
    [0] {""}
    [1] {""}
   *[other] {" "}· { NUMBER($streak) }-day streak
    }
weeks-nothing = { $whose ->
    [own] Nothing in the last twelve weeks that I could count. Write, react or check in, and it shows up here.
   *[other] Nothing of { $name } in the last twelve weeks.
    }
weeks-agree = With /consent personal I also show your messages and reactions by week, to you and to moderators.
weeks-title = { $whose ->
    [own] Active on { COUNT($sum, "day") } of 84, most in the week from { $week }: { NUMBER($days) }
   *[other] { $name } was active on { COUNT($sum, "day") } of 84, most in the week from { $week }: { NUMBER($days) }
    }
weeks-foot = { $standing } · by week (seven days, UTC), the last to { $day }
weeks-messages-panel = Messages
weeks-days-panel = Active days
weeks-reactions-panel = Reactions
weeks-points-panel = Points earned
## /retention

retention-nobody = Nobody has come to { $community } yet, so nobody can have come back.
retention-no-joined = The books of { $community } don't hold when anybody joined. Ask for those who wrote: they count from their first message.
retention-no-wrote = Nobody has written in { $community } yet.
retention-no-present = Nobody in { $community } has given a sign since they came.
retention-no-took_part = Nobody in { $community } has taken part in an activity yet.
retention-no-opened = Nobody in { $community } has opened an item yet.
command-retention = See who comes back, by the week or month in which they came
option-retention-by-name = by
option-retention-by = week or month: who came in the same one is counted together
option-retention-kind-name = kind
option-retention-kind = bounded: back in that time; rolling: then or later; bracket: in growing spans of days
option-retention-of-name = of
option-retention-of = joined or wrote: from where people are counted
option-retention-event-name = event
option-retention-event = What counts as coming back: present (any sign), wrote, took_part, opened
chart-retention = Who comes back
retention-head = **{ COUNT($people, "member") }** { $of ->
        [joined] who joined, from the day they did
       *[wrote] who wrote, from their first message
    } until { $day }:
retention-event = Coming back is { $event ->
        [wrote] a message.
        [took_part] taking part in an activity.
        [opened] opening an item.
       *[present] any sign: a message, a reaction, a vote, time in voice, an activity.
    } Who only reads gives none, and counts as away.
retention-unknown = { COUNT($count, "other") } left out: the books don’t hold when they joined.
retention-before = { COUNT($count, "member") } left out: they came before { $day }, where the books begin.
retention-ahead = { COUNT($count, "member") } left out: says the import, they join on a day still to come.
retention-day = Day { $day }: { NUMBER($share) } % of { NUMBER($of) } were there ({ NUMBER($low) }–{ NUMBER($high) } %), then or later { NUMBER($later) } %.
retention-day-few = Day { $day }: too few to say, it is behind { NUMBER($of) } only.
retention-day-early = Day { $day }: too early to say.
retention-early =
    { $by ->
        [month] Fewer than five have a whole month behind their first one yet: ask me again then.
       *[week] Fewer than five have a whole week behind their first one yet: ask me again then.
    }
retention-mean-line = Mean over cohorts, { $span }: { NUMBER($share) } % of { NUMBER($of) } ({ NUMBER($low) }–{ NUMBER($high) } %).
retention-returned = In the calendar month after their first message, { NUMBER($share) } % wrote again ({ NUMBER($count) } of { NUMBER($of) }).
retention-groups =
    { $what ->
        [circle] There on day 30 or later, by the circle they were in within two weeks (of those who agreed to be known): { $groups }.
        [tier] There on day 30 or later, by the tier they have now: { $groups }.
       *[source] There on day 30 or later, by where they came from: { $groups }.
    }
retention-circle-gone = circle { $number }, which is no more,
retention-group = { $name } { NUMBER($share) } % of { NUMBER($of) }
retention-span =
    { $kind ->
        [bracket] { $one ->
            [yes] on day { $first }
           *[no] on days { $first } to { $last }
        }
        [rolling] { $by ->
            [month] in month { $number } or later
           *[week] in week { $number } or later
        }
       *[bounded] { $by ->
            [month] in month { $number }
           *[week] in week { $number }
        }
    }
retention-column =
    { $by ->
        [month] M{ $number }
       *[week] W{ $number }
    }
retention-column-days =
    { $one ->
        [yes] day { $first }
       *[no] { $first }–{ $last }
    }
retention-month = { $month } { $year }
retention-mean = Mean
retention-running = not over yet
retention-title =
    Of 100 who { $of ->
        [joined] joined
       *[wrote] wrote
    }, { $share } { $event ->
        [wrote] write
        [took_part] take part
        [opened] open something
       *[present] are back
    } { $span }{ $more ->
        [no] { "" }
       *[yes] , { $last } { $lastspan }
    }
retention-title-early =
    { $by ->
        [month] Who is back month by month: too early for a mean
       *[week] Who is back week by week: too early for a mean
    }
retention-foot =
    { COUNT($people, "member") }, by the { $by ->
        [month] month
       *[week] week
    } { $of ->
        [joined] they joined in
       *[wrote] of their first message
    } · { $kind ->
        [bracket] days since that day
       *[other] { $by ->
            [month] M1: days 30–59 after
           *[week] W1: days 7–13 after
        }
    }
retention-foot-newest = the newest { $shown } of { NUMBER($cohorts) } rows
retention-foot-small =
    { $cohorts ->
        [one] one row
       *[other] { NUMBER($cohorts) } rows
    } of fewer than five people, in the mean alone
retention-foot-outlined = outlined: not over yet
retention-foot-until = until { $day }, UTC
retention-by-week = By week
retention-by-month = By month
retention-kind-bounded = In that time
retention-kind-rolling = Then or later
retention-kind-bracket = Growing spans
retention-of-joined = Who joined
retention-of-wrote = Who wrote
retention-event-present = Any sign
retention-event-wrote = Wrote
retention-event-took_part = Took part
retention-event-opened = Opened an item
retention-stay = How long they stay
retention-back = Who comes back
chart-survival = How long people stay
survival-of-joined = Until they leave
survival-of-wrote = Until they fall silent
survival-nobody =
    { $of ->
        [joined] Nobody who joined has been watched for a whole day yet, so nobody can have left.
       *[wrote] Nobody has written and been watched for a whole day yet.
    }
survival-all-there =
    { $of ->
        [joined] None of { COUNT($people, "member") } who joined is known to have left.
       *[wrote] None of { COUNT($people, "member") } who wrote has been silent for 30 days yet.
    }
survival-head =
    { $of ->
        [joined] **{ NUMBER($gone) }** of { COUNT($people, "member") } who joined have left.
       *[wrote] **{ NUMBER($gone) }** of { COUNT($people, "member") } who wrote have been silent for { COUNT($silent, "day") } or more, once at least.
    }
survival-after =
    After { COUNT($day, "day") } { NUMBER($share) } % ({ NUMBER($low) }–{ NUMBER($high) } %) are { $of ->
        [joined] there.
       *[wrote] without such a silence.
    }
survival-half = Half stay longer than { COUNT($day, "day") }.
survival-more-than-half = More than half are still there at the end, so no day says when half are gone.
survival-curve-broken = On some day everybody who was watched had gone, before others came: from there on the curve says nothing.
survival-late = { COUNT($count, "member") } came before leavings were told, and count from then on.
survival-unseen = { COUNT($count, "member") } came and went before leavings were told, or haven’t been watched for a day: left out.
survival-before-joining = { COUNT($count, "member") } left before they joined, say the books: left out.
survival-title =
    { NUMBER($share) } % { $of ->
        [joined] are still there
       *[wrote] have not fallen silent
    } { COUNT($day, "day") } after { $of ->
        [joined] they joined
       *[wrote] their first message
    }
survival-foot =
    { COUNT($people, "member") }{ $late ->
        [0] { "" }
       *[other] , { NUMBER($late) } of them watched only from later on
    } · { $of ->
        [joined] until they left
       *[wrote] silent: { COUNT($silent, "day") } without a sign
    } · band: 95 % interval · until { $day }, UTC
survival-day = day { $day }
survival-series =
    { $of ->
        [joined] still there
       *[wrote] not silent
    }

## /funnel

command-funnel = See how many newcomers write, are answered and come back, and where they are lost
option-funnel-period-name = period
option-funnel-period = 90 days, or all
chart-funnel = The first two weeks
funnel-all = All there are
funnel-lately = Last { COUNT($days, "day") }
funnel-nobody =
    { $lately ->
        [yes] Nobody { $of ->
            [joined] joined
           *[wrote] wrote for the first time
        } in those { COUNT($days, "day") }, with two whole weeks gone since.
       *[no] Nobody has two whole weeks behind them yet: ask me again then.
    }
funnel-head = **{ COUNT($came, "newcomer") }** { $of ->
        [joined] joined
       *[wrote] wrote for the first time
    } from { $since } on and had two whole weeks since.
funnel-wrote =
    { NUMBER($count) } of { NUMBER($of) }{ $share } wrote within them{ $days ->
        [none] .
        [0] , half of these on the day they joined.
        [1] , half of these within a day.
       *[other] , half of these within { $days } days.
    }
funnel-answered =
    { NUMBER($count) } of { NUMBER($of) } who wrote{ $share } { $count ->
        [one] was
       *[other] were
    } answered or mentioned{ $days ->
        [none] .
        [0] , half of these on the same day.
        [1] , half of these within a day.
       *[other] , half of these within { $days } days.
    }
funnel-back = { NUMBER($count) } of { NUMBER($of) } who were answered{ $share } { $count ->
        [one] was
       *[other] were
    } there in the second week.
funnel-share = {" "}({ NUMBER($share) } %)
funnel-lost =
    Most are lost { $step ->
        [wrote] before the first message
        [answered] before an answer
       *[back] before the second week
    }: { NUMBER($people) }.
funnel-few = Fewer than five newcomers: too few to say what others do
funnel-heard = Of those answered { $heard } % were there in the second week, of the { NUMBER($count) } nobody answered { $unheard } %. The two go together; whether the answer did it, only an experiment tells.
funnel-stage-came = Joined
funnel-stage-wrote = Wrote a first message
funnel-stage-answered = Were answered
funnel-stage-back = Were there in the second week
funnel-stage-share =
    { $share } % of those who { $of ->
        [joined] joined
       *[wrote] wrote
    }
funnel-title-all = Nobody is lost in the first two weeks
funnel-title =
    Most are lost { $step ->
        [wrote] before the first message
        [answered] before an answer
       *[back] before the second week
    }: { NUMBER($people) }
funnel-foot =
    Who { $of ->
        [joined] joined
       *[wrote] first wrote
    } from { $since } on, with two whole weeks since · until { $day }, UTC

## /segments

command-segments = See groups of members who are alike, what marks each, and who moved since last month
option-segments-segment = One of the groups: what marks it, and who of it agreed to be named
option-segments-segment-name = segment
segments-counting = I'm looking for groups of members who are alike. The answer comes in a moment.
segments-nobody = Nobody was active within the last year, so there are no groups to look for.
segments-few = Too few to look for groups: { COUNT($people, "member") } active within a year until { $day }, and it takes { NUMBER($needed) }.
segments-unstable = No stable groups: of { COUNT($people, "member") } active within a year until { $day }, no division into 3 to 6 groups is found again in samples of them and is more than slices of an even spread.
segments-title = { COUNT($people, "member") } were active within a year until { $day }. Groups that are found again in samples of them, with the median member of each:
segments-line = **{ $name }** · { NUMBER($size) } · { $marks }{ $known ->
        [yes] {" "}· { $worth }
       *[no] {""}
    }
segments-small = **{ $name }** · fewer than five
segments-marks = { $recency ->
        [0] last active today
        [one] last active yesterday
       *[other] last active { NUMBER($recency) } days ago
    } · { $frequency ->
        [0] on none of 90 days
       *[other] on { NUMBER($frequency) } of 90 days
    }
segments-value-money = paid { $amount }
segments-value-payments = { COUNT($count, "payment") }
segments-value-spent = { COUNT($count, "point") } spent
segments-value-earned = { COUNT($count, "point") } earned
segments-worth-money = Value is the money paid for plans within a year, less what was given back.
segments-worth-payments = Value is the number of payments for plans within a year: amounts in different currencies can't be added.
segments-worth-spent = Value is the points spent within a year, since too few paid money.
segments-worth-earned = Value is the points earned within a year, since too few spent any.
segments-worth-nothing = Too few earned points to tell what members are worth: the groups are by time alone.
segments-first = Who moved can be said once there are groups of two months.
segments-moved = Moved since the end of { $month }, in fives:
segments-move = { $before } → { $now }: about { NUMBER($count) }
segments-nobody-moved = Since the end of { $month } no five moved from one group to the same other.
segments-which = Who is in a group?
segments-unknown =
    { $count ->
        [0] There are no groups at the moment: /segments says why.
       *[other] “{ $given }” is no group there is. There are { $segments }.
    }
segments-about = The name says: { $about }
segments-named =
    { $others ->
        [0] { $names }
       *[other] { $names } and { NUMBER($others) } more. I name only who agreed to it.
    }
segments-unnamed = I name nobody here: only who agreed to it, and only where five or more aren't named.
segments-whom = An activity for them: `/activities NUMBER whom={ $word }`
segments-chart-title = { $name }: { NUMBER($size) } of { COUNT($people, "member") }
segments-chart-people = Members
segments-chart-foot = { COUNT($people, "member") } active within a year until { $day } · groups of five or more
segments-moves-title = About { NUMBER($count) } went from { $before } to { $now }
segments-moves-foot = Since the end of { $month }, until { $day } · from row to column, in fives, no fewer than five
chart-segment_sizes = Groups of members
chart-segment_moves = Who moved between groups of members
segment-new = New faces
segment-regular-buyers = Regular buyers
segment-regulars = Regulars
segment-quiet-buyers = Quiet buyers
segment-occasional = Now and then
segment-drifting = Drifting away
segment-lost-buyers = Buyers gone quiet
segment-gone-quiet = Gone quiet
segment-about-new = here for 30 days or less, and active within the last 30.
segment-about-regular-buyers = active on 12 of 90 days or more, and they buy.
segment-about-regulars = active on 12 of 90 days or more.
segment-about-quiet-buyers = active within 30 days but on fewer than 12 of 90, and they buy.
segment-about-occasional = active within 30 days but on fewer than 12 of 90.
segment-about-drifting = last active 31 to 90 days ago.
segment-about-lost-buyers = not active for more than 90 days; they bought something within the year.
segment-about-gone-quiet = not active for more than 90 days.

## /atrisk

command-atrisk = Who may fall silent or not renew, and how true that was before
option-atrisk-kind-name = kind
option-atrisk-kind = silence, or renewals of plans
chart-silence_record = Who fell silent of those named
atrisk-counting = I'm working out who may fall silent. The answer comes in a moment.
atrisk-nothing = Nobody has done anything here before today, so nobody can fall silent yet.
atrisk-title = **Who may fall silent** in the 30 days from { $day }: of { COUNT($people, "regular") } { $base } % do on average.
atrisk-rule-title = **Who may be falling silent**, as of { $day }: of { COUNT($people, "regular") }, who is quiet for twice their usual gap.
atrisk-not-too-few = Not enough history yet for probabilities: they take 30 people who fell silent and 30 who didn't to learn from, and 10 of each later on to check twice.
atrisk-not-no-features = Not enough history yet for probabilities: nothing tells those who fell silent from the others.
atrisk-not-no-gain = Not enough history yet for probabilities: what was learned foretells no better than saying the same of everybody.
atrisk-nobody = Nobody stands out now.
atrisk-line = { $name }: { $chance } % ({ $why })
atrisk-rule-line = { $name }: { $why }
atrisk-back =
    { $count ->
        [one] 1 person who was on the list has done something since.
       *[other] { NUMBER($count) } people who were on the list have done something since.
    }
atrisk-unnamed =
    { $listed ->
        [0] { $count ->
            [one] 1 person may, unnamed here because they haven't agreed.
           *[other] { NUMBER($count) } people may, unnamed here because they haven't agreed.
        }
       *[other] { $count ->
            [one] 1 more may, unnamed here because they haven't agreed.
           *[other] { NUMBER($count) } more may, unnamed here because they haven't agreed.
        }
    }
atrisk-newer =
    { $count ->
        [one] 1 person was active on fewer than three days so far: too early to say.
       *[other] { NUMBER($count) } people were active on fewer than three days so far: too early to say.
    }
atrisk-record = **How true this was**
atrisk-no-record = No record yet: it begins once the 30 days after a list are over.
atrisk-month =
    { $day }: { $named ->
        [0] nobody named;
        [one] 1 named, { $silent ->
            [0] who didn't fall silent;
           *[other] who fell silent;
        }
       *[other] of { NUMBER($named) } named { NUMBER($silent) } fell silent{ $known ->
            [yes] {" "}({ $share } %);
           *[no] ;
        }
    }{ $rest ->
        [0] {" "}fewer than five others.
       *[other] {" "}of { COUNT($rest, "other") } { $rest_share } %.
    }
atrisk-month-written =
    { $count ->
        [one] One more was named and written to, which may have changed things: { $silent ->
            [0] they didn't fall silent.
           *[other] they fell silent.
        }
       *[other] { NUMBER($count) } more were named and written to, which may have changed things: { NUMBER($silent) } of them fell silent.
    }
atrisk-replayed = Months before I kept lists are replayed: whom I would have named, learned from what came before alone.
atrisk-by-rule = Where there was too little to learn from, named was who had been quiet for twice their usual gap.
atrisk-win-back = Write to who falls silent
atrisk-chart-title = Of those named { $named } % fell silent, of the others { $rest } %
atrisk-chart-named = Named
atrisk-chart-rest = Not named
atrisk-chart-foot = Silent for { COUNT($days, "day") } after each list · { COUNT($named, "time") } named, { COUNT($rest, "time") } not · until { $day }
atrisk-why-recency =
    { $count ->
        [0] active yesterday
       *[other] quiet for { COUNT($count, "day") }
    }
atrisk-why-quiet =
    { $count ->
        [one] quiet for as long as the usual gap
       *[other] quiet for { NUMBER($count) } times the usual gap
    }
atrisk-why-gap = usually there every { COUNT($count, "day") }
atrisk-why-active-7 =
    { $count ->
        [0] not active in the last 7 days
       *[other] active on { NUMBER($count) } of the last 7 days
    }
atrisk-why-active-30 =
    { $count ->
        [0] not active in the last 30 days
       *[other] active on { NUMBER($count) } of the last 30 days
    }
atrisk-why-active-90 =
    { $count ->
        [0] not active in the last 90 days
       *[other] active on { NUMBER($count) } of the last 90 days
    }
atrisk-why-weeks = active in { NUMBER($count) } of the last 13 weeks
atrisk-why-streak =
    { $count ->
        [0] nothing in the last week
       *[other] { COUNT($count, "week") } in a row
    }
atrisk-why-messages =
    { $count ->
        [0] no message in 30 days
       *[other] { COUNT($count, "message") } in 30 days
    }
atrisk-why-messages-before =
    { $count ->
        [0] no message in the 30 days before those
       *[other] { COUNT($count, "message") } in the 30 days before those
    }
atrisk-why-replies-given =
    { $count ->
        [0] answered nobody in 30 days
       *[other] answered others { COUNT($count, "time") } in 30 days
    }
atrisk-why-replies-received =
    { $count ->
        [0] was answered by nobody in 30 days
       *[other] was answered { COUNT($count, "time") } in 30 days
    }
atrisk-why-ties = in touch with { $count ->
        [0] nobody
        [one] 1 person
       *[other] { NUMBER($count) } people
    } in 90 days
atrisk-why-partners = wrote or reacted to { $count ->
        [0] nobody
        [one] 1 person
       *[other] { NUMBER($count) } people
    } in 90 days
atrisk-why-tenure = first active { COUNT($count, "day") } ago
atrisk-why-reactions-given =
    { $count ->
        [0] no reaction given in 30 days
       *[other] reacted { COUNT($count, "time") } in 30 days
    }
atrisk-why-reactions-received =
    { $count ->
        [0] no reaction received in 30 days
       *[other] { COUNT($count, "reaction") } received in 30 days
    }
atrisk-why-other =
    { $count ->
        [0] no voice, votes or the like in 30 days
       *[other] { COUNT($count, "other thing") } done in 30 days, such as voice or votes
    }
atrisk-why-opened =
    { $count ->
        [0] opened nothing in 30 days
       *[other] opened { COUNT($count, "item") } in 30 days
    }
atrisk-why-bought =
    { $count ->
        [0] bought nothing in 90 days
       *[other] bought { COUNT($count, "item") } in 90 days
    }
atrisk-why-took-part =
    { $count ->
        [0] took part in nothing in 90 days
       *[other] took part { COUNT($count, "time") } in 90 days
    }

## Renewals, beside /atrisk

chart-renewal_rates = How many renew a plan
renewals-open = Renewals
renewals-nothing = Nobody has paid for a plan yet, so there is nothing to renew.
renewals-head = **Renewals**
renewals-plan = **{ $plan }**: of { COUNT($of, "renewal") } due so far { $share } % were paid (95 % interval { $low }–{ $high } %).
renewals-few = **{ $plan }**: { $count ->
        [one] one renewal was due so far, too few for a share.
       *[other] { NUMBER($count) } renewals were due so far, too few for a share.
    }
renewals-lost = Of those that weren't: { $why }.
renewals-lost-cancelled = { NUMBER($count) } cancelled
renewals-lost-failed =
    { $count ->
        [one] 1 whose payment failed
       *[other] { NUMBER($count) } whose payment failed
    }
renewals-lost-refunded = { NUMBER($count) } given back
renewals-lost-ran-out =
    { $count ->
        [one] 1 that just ran out
       *[other] { NUMBER($count) } that just ran out
    }
renewals-numbers = By number: { $numbers }.
renewals-number = renewal { NUMBER($number) } { $share } % of { NUMBER($of) }
renewals-not-enough = Too few for a forecast: { NUMBER($count) } of the { NUMBER($enough) } renewals it takes.
renewals-none-due = No renewal is due in the next { COUNT($days, "day") }.
renewals-due =
    { $count ->
        [one] **One renewal is due** in the next { COUNT($days, "day") }.
       *[other] **{ NUMBER($count) } renewals are due** in the next { COUNT($days, "day") }.
    }
renewals-expected = Of { NUMBER($count) } against which nothing speaks, about { NUMBER($expected) } should be paid.
renewals-line = { $name }: { $plan }, { $day }
renewals-line-chance = { $name }: { $plan }, { $day }, likely to be renewed: { $chance } %
renewals-line-cancelled = { $name }: { $plan }, cancelled, ends on { $day }
renewals-line-failed = { $name }: { $plan }, due on { $day }, the payment failed
renewals-line-refunded = { $name }: { $plan }, given back, paid before until { $day }
renewals-unnamed =
    { $listed ->
        [0] { $count ->
            [one] It isn't named here: whose it is isn't known, or they haven't agreed.
           *[other] None of them is named here: whose they are isn't known, or they haven't agreed.
        }
       *[other] { $count ->
            [one] One more isn't named: whose it is isn't known, or they haven't agreed.
           *[other] { NUMBER($count) } more aren't named: whose they are isn't known, or they haven't agreed.
        }
    }
renewals-record = **How true this was**
renewals-no-record = No record yet: it takes a month with five renewals that could have been foreseen.
renewals-month = 30 days from { $day }: of { NUMBER($due) } due { NUMBER($foreseen) } foreseen to be paid, { NUMBER($renewed) } were.
renewals-replayed = What was foreseen comes from what had been told by then alone.
renewals-remind = Remind who is due
renewals-back = Who may fall silent
renewals-chart-title = { $plan }: { $share } % of renewals were paid
renewals-chart-foot = { COUNT($of, "renewal") } that were due, by their number, with 95 % intervals · until { $day }
renewals-chart-seen = Paid
renewals-chart-curve = Fitted curve
renewals-chart-number = { NUMBER($number) }
