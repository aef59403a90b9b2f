### Kith's words in English. One section for each feature; keys are kebab-case, commands as command-<name>.

## What goes wrong

fault = Something broke on my side, nothing was lost. If it happens again, tell a moderator: { $id }.
error-unknown-command = I don't know /{ $name }. /help lists what I can do.
error-missing = { $option } is missing. Usage: { $usage }
error-number = { $option } takes a whole number, not “{ $given }”. Usage: { $usage }
error-option-range = { $option } takes a number from { NUMBER($low) } to { NUMBER($high) }, not “{ $given }”. Usage: { $usage }
error-option-choice = { $option } takes one of { $choices }, not “{ $given }”. Usage: { $usage }
error-surplus = I can't place “{ $words }”. Usage: { $usage }
error-surplus-none = This command takes no words, so I did nothing (“{ $words }”). Usage: { $usage }
error-number-range = { $name } takes a number from { NUMBER($low) } to { NUMBER($high) }.
error-choice = “{ $given }” is not one of: { $choices }.
error-no-member = I don't know a member called “{ $name }”.
error-no-member-near = I don't know a member called “{ $name }”. Did you mean { $near }? Usage: { $usage }
error-member-unknown = I don't know a member called “{ $name }”. Usage: { $usage }
error-two-members = More than one member is called “{ $name }”. Mention them with @ instead. Usage: { $usage }
or-between = {" or "}
error-button-gone = That button is too old. Call the command again.
error-button-not-yours = That button is for the one who asked.
error-moderators-only = That's for moderators of this community.
error-owners-only = That's for owners of this community.
error-rights-unknown = I couldn't find out just now whether you may do that: the platform gave me no answer. Try again in a moment.
error-you-left = You aren't in { $community } any more, so there is nothing I can do for you there until you come back. What I keep of you stays yours: /mydata, /forgetme, /privacy.
show-yourself = You write in the name of a group or channel, so I can't tell who you are. Press the button, which carries your own name, and I go on.
button-show-yourself = It's me, go on
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
           *[other] { COUNT($balance, "point") }
        }**
       *[other] **{ COUNT($balance, "point") }** (earned { NUMBER($earned) }, spent { NUMBER($spent) })
    }

## The playground's page

web-title = Kith playground
web-playground = playground
web-skip = Go to the message box
web-banner = A sandbox with made-up people: nothing leaves this computer.
web-connect = Connect Telegram or Discord
web-connect-title = Connect your own community
web-connect-text = The playground runs on the same engine as the real thing. Put a token into the file .env beside the Makefile and start again; the sandbox then stays away.
web-connect-telegram = Telegram: talk to @BotFather, create a bot, copy its token:
web-connect-discord = Discord: create an application in the developer portal, add a bot, switch on the server members intent, copy its token:
web-connect-run = Start again; Kith now runs where you have a token:
web-connect-doctor = If something is missing, this says what and how to mend it:
web-language = Language
web-rooms = Rooms
web-direct = Direct messages
web-direct-about = What Kith tells { $name } alone
web-memory = Kith keeps no text. What is said here lives in memory and is gone when you stop.
web-messages = Messages
web-beginning = Kith keeps no text: what was said before this is counted, and forgotten.
web-direct-beginning = This is the direct chat with Kith. Try /start.
web-newest = ↓ Newest messages
web-say = Message, or / for a command
web-say-hint = Write, or / for a command
web-send = Send
web-commands = Show the commands
web-suggestions = Suggestions
web-cancel = Cancel
web-close = Close
web-optional = optional
web-only-moderators = moderators
web-called = { $name } used
web-bot = BOT
web-moderator = Moderator
web-owner = Owner
web-edited = edited
web-only-you = Only { $name } sees this
web-enlarge = Show larger
web-picture = Picture
web-size = { NUMBER($kilobytes) } KB
web-tools = What to do with this message
web-react = React with { $emoji }
web-answer = Reply
web-delete = Delete
web-native = How Telegram and Discord show it
web-native-title = The same answer on each platform
web-native-telegram = In Telegram, in the topic where it was asked.
web-native-telegram-private = Telegram has no private answers in groups: this one goes to the direct chat with Kith.
web-native-discord = In Discord, in the channel where it was asked.
web-native-discord-private = In Discord only the one who asked sees it, in the channel itself.
web-native-dismiss = Only you can see this · Dismiss message
web-you-are = You are
web-switch = Be somebody else
web-anybody = or anybody else
web-standing = Level { NUMBER($level) } · { $points ->
    [one] 1 point
   *[other] { NUMBER($points) } points
}
web-outside = Not in the community
web-unknown = Not known to Kith yet
web-gone = not here
web-join = Join the community
web-leave = Leave the community
web-new-name = Somebody new
web-new-join = Join
web-time = Time
web-next-day = Next day
web-next-week = Next week
web-next-month = Next month
web-moving = Time is moving: watch the rooms.
web-time-note = Skip ahead; what happens meanwhile flows in.
web-try = Try a command
web-who-and-when = Who you are, and time
web-today = Today
web-yesterday = Yesterday
web-offline = Kith doesn't answer. Is it still running?
web-failed = That didn't work. Try again.
web-missing = That message is no longer here.
web-outside-write = You left the community. Join it again to write, react or press buttons here.
web-intro-label = What this is
web-intro = Kith is a bot for Telegram groups and Discord servers: it keeps a community's points, levels and tiers, and shows moderators who ties it together. Three things to try:
web-intro-card = See your card
web-intro-week = Skip a week
web-intro-network = See the network as { $name }, a moderator
web-zoom = Change the size
web-face-member = member
web-face-active = always around
web-face-regular = a regular
web-face-newcomer = new here
web-face-quiet = mostly reads
web-face-moderator = moderator
web-face-owner = owner

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
error-discord-role-power = The role “{ $role }” gives power over others, so no tier hands it out.
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
doctor-discord-server-write = Discord: on { $server } I can't do my work. Give my role “View Channels”, “Send Messages”, “Send Messages in Threads”, “Embed Links”, “Attach Files” and “Read Message History” in Server Settings → Roles.

## Edge lists and interactions from files

analysis-file-missing = There is no file { $file }.
analysis-file-unreadable = { $file } can't be read: { $reason }.
analysis-file-not-text = { $file } is not UTF-8 text.
analysis-row-short =
    { $count ->
        [one] { $file }, line { $line }: 1 column, at least { $needed } are needed.
       *[other] { $file }, line { $line }: { $count } columns, at least { $needed } are needed.
    }
analysis-row-long = { $file }, line { $line }: { COUNT($count, "column") }, the first row has { $width }.
analysis-row-nameless = { $file }, line { $line }: the source or the target is empty.
analysis-row-weight = { $file }, line { $line }: “{ $text }” is no weight. A weight is a number that is not negative.
table-row-time = { $file }, line { $line }: “{ $text }” is no time. Write days, seconds or milliseconds since 1970, or 2026-03-01.
analysis-row-day = { $file }, line { $line }: “{ $text }” is no day. Write a whole number or 2026-03-01, the same way in each row.
analysis-days-span = { $file } spans { COUNT($days, "day") }, at most { NUMBER($most) } make sense.
analysis-row-count = { $file }, line { $line }: “{ $text }” is no count. A count is a whole number.
analysis-no-column = { $file } has no column “{ $column }” for the weight. Give a name of its header or a number from 3 to { $count }.
analysis-no-header = { $file } needs a header with the columns { $columns }.
analysis-no-time-column = Ties fade by time, and { $file } has no column with a time.
analysis-half-life = A half-life is a number of days above 0.
analysis-edges-or-community = Say whose ties to analyse: --edges FILE or --community NAME, one of the two.

## Tables that people bring

table-no-column = { $file } has no column “{ $column }”. It has: { $columns }.
table-no-rows = { $file } has a header and no rows.
table-row-empty = { $file }, line { $line }: “{ $column }” is empty.
table-row-number = { $file }, line { $line }: “{ $text }” under “{ $column }” is no number.
table-row-flag = { $file }, line { $line }: “{ $text }” under “{ $column }” is neither 0 nor 1.
table-row-length = { $file }, line { $line }: { $count } cells, and the header has { $columns }.
table-encoding = { $file }, line { $line }: this is not UTF-8. Save the table as CSV in UTF-8.
table-separator = { $file }, line 1: the columns are parted by “{ $sign }”. Save the table as CSV with commas.
table-column-twice = { $file }, line 1: two columns are called “{ $column }”.

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

segments-none = No stable groups: no number of groups from 3 to 6 is found again in samples of these customers.
segments-recent = recent
segments-past = past
segments-often = often
segments-seldom = seldom
segments-much = high value
segments-little = low value
segments-row = { $name }: { NUMBER($n) } in all; days since the last time { $recency }, days with a transaction { $frequency }.

## What an experiment shows

effect-from-or-panel = Say what to analyse: --from FILE or --panel FILE, one of the two.
effect-no-control = Which arm is the control? Give --control with one of: { $arms }.
effect-too-few = “{ $column }” must name two arms at least, with two rows in each.
effect-split = --split must name each arm once: { $arms }.
effect-split-form = “{ $text }” is no split. Write each arm and its share, as in treated=9,control=1.
effect-panel-twice = Each “{ $unit }” may have one row for each “{ $time }”.
effect-panel-still = “{ $treated }” changes within no unit: it must be 0 before the start and 1 from then on.
effect-points = { $number } in 100
effect-difference = { $arm }: { $estimate } against { $control }, between { $low } and { $high } ({ NUMBER($n) } and { NUMBER($m) } units).
effect-unseen = { $arm }: no difference from { $control } to be seen; with { NUMBER($n) } and { NUMBER($m) } units only one above { $mde } would show.
effect-association = An association, not an effect: nobody drew who got what.
effect-unlike = { $arm } and { $control } differed before the start: an association, not an effect.
effect-ratio = The arms don't have the sizes that were drawn (p = { $p }): find out why before you believe this.
effect-ratio-equal = The arms are not of equal size (p = { $p }): if the draw was another, give it with --split; else find out why before you believe this.
effect-panel = { $estimate } while treated, between { $low } and { $high } ({ NUMBER($units) } units, { NUMBER($treated) } of them treated); weaker than a draw at random.
effect-panel-few =
    { $treated ->
        [one] With one treated unit the interval is narrower than the truth.
       *[other] With { $treated } treated units the interval is narrower than the truth.
    }

# Recommenders, on the command line
recommend-split = “{ $text }” is no split. Choose last, time or random.
recommend-k = --k is a whole number from 1 to { NUMBER($most) }.
recommend-value = --min-value needs --value with the column of the rating.
recommend-none-wanted = { $file } has no rating of { $value } or more.
recommend-nothing-to-test = { $file }: the split “{ $split }” leaves nothing to learn from or nothing to test on. Bring more rows, or choose another split.
recommend-probability = { $file }, line { $line }: “{ $text }” under “{ $column }” is no probability. Write a number above 0, at most 1.
recommend-policy-twice = { $file } names an action twice for one place.
recommend-policy-sum = The probabilities in { $file } add up to { $total }, not to 1 for each place.
recommend-of-warm = Over the warm members of the test: { NUMBER($warm) } of { NUMBER($members) }.
recommend-of-all = No member of the test was warm; over all of them: { NUMBER($members) }.
recommend-judged = { $estimate } a showing, between { $low } and { $high } (worth { $ess } showings).
recommend-refused = Not to be judged: for this policy the logs are worth { $ess } showings, 100 are needed.

points-summary-of =
    { $spent ->
        [0] { $name }: **{ COUNT($balance, "point") }**
       *[other] { $name }: **{ COUNT($balance, "point") }** (earned { NUMBER($earned) }, spent { NUMBER($spent) })
    }
points-lately =
    { $summary }
    Lately: { $entries }
points-none = Nothing yet. Write, answer somebody, or say /checkin.
points-rules =
    What gives points here:
    A message: { NUMBER($message_min) } to { NUMBER($message_max) }, at most once in { COUNT($cooldown, "second") }
    A reaction to what you wrote: { NUMBER($reaction) }, up to { NUMBER($reactions_a_day) } a day
    A reply from somebody new that day: { NUMBER($reply) }, up to { NUMBER($replies_a_day) } a day
    /checkin: { NUMBER($checkin) }, and 1 to { NUMBER($streak_max) } more for the days in a row
    /thanks from others: { NUMBER($thanks) }; each may thank { COUNT($thanks_a_day, "time") } a day
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
entry-debt = for points spent and taken back before
error-booked-already = That is booked already.
entry-sum = everything before, in one sum

## Settings, and what they change

error-unknown-setting = There is no setting called “{ $given }”. There are: { $choices }.
error-timezone = I don't know the time zone “{ $given }”. I take names such as Europe/Lisbon or Asia/Shanghai.
error-timezone-near = I don't know the time zone “{ $given }”. Did you mean { $near }?
error-no-room = There is no such room here.
error-role-unreachable = the platform could not be reached
error-role-refused = the platform refused: { $why }
lacks-unknown = I couldn't find out what I may do here: the platform didn't answer. Look again in a minute.
button-back = Back

setting-language = Language
setting-language-ask = **Which language do I speak here?** Members can choose their own with /language.
setting-language-en = English
setting-language-zh-CN = 简体中文
setting-timezone = Time zone
setting-timezone-ask = **Where does your day begin?** Check-ins and daily limits go by this time zone.
setting-points = Points rules
setting-points-ask =
    {""}**What do points reward most?**
    {""}*Balanced*: talk and help alike, 15–25 a message. *Helpful*: less for talk, double for answers and thanks. *Calm*: one message in five minutes counts, so nobody needs to write much.
setting-points-balanced = Balanced
setting-points-helpful = Helpful
setting-points-calm = Calm
setting-points-own = Your own
setting-tiers = Tiers
setting-tiers-ask =
    {""}**How hard are tiers to reach?**
    {""}*Steady*: levels 5, 15 and 30, and active on 4, 12 and 20 of the last 30 days. *Gentle*: levels 3, 10 and 20 on 2, 6 and 10 days. *Levels only*: 5, 15 and 30, whoever stays away keeps theirs.
setting-tiers-steady = Steady
setting-tiers-gentle = Gentle
setting-tiers-levels = Levels only
setting-tiers-own = Your own
setting-notices = Level-up notices
setting-notices-ask = **Where do I say that somebody reached a level?** Each member can choose otherwise for themself.
setting-notices-room = In the room
setting-notices-quiet = In the room, then gone
setting-notices-direct = To the member
setting-notices-off = Nowhere
setting-quiet = Notices stay
setting-quiet-ask = **How long does a level-up notice stay in the room?**
setting-quiet-seconds =
    { $seconds ->
        [0] For good
        [60] 1 minute
        [300] 5 minutes
        [3600] 1 hour
       *[other] { COUNT($seconds, "second") }
    }
setting-consent = New members start
setting-consent-ask =
    {""}**What may I do with new members before they say anything?**
    {""}*Counted*: points and totals, nothing personal. *Personal*: also whom they talk with, by name; on Discord they start as counted all the same, until they agree. *Left out*: nothing, until they ask. Everybody changes it with /consent.
setting-consent-counted = Counted
setting-consent-personal = Personal
setting-consent-out = Left out
setting-anonymous = Anonymous admins
setting-anonymous-ask = **May admins who hide behind the group's name use moderators' commands?** I can't tell them apart, so the audit log will name the group instead of a person.
setting-anonymous-no = No
setting-anonymous-yes = Yes, as moderators
setting-bridges = Bridge bots
setting-bridges-ask = **Where a bot writes for people elsewhere (“[discord] <name> …”), shall I count each name as a member of their own?** They get no direct messages and give no commands, and are named in no list, since nobody could ask them. The past: `kith import … --split-bridges`.
setting-bridges-open = Not decided
setting-bridges-each = Count each name
setting-bridges-none = Leave them out

## /settings

command-settings = Show the community's settings and change them
option-settings-name-name = setting
option-settings-name = Which setting; all of them if you leave it out
option-settings-value-name = value
option-settings-value = What to set it to
settings-title = **{ $community }: settings**
settings-line = { $name }: { $value }
settings-line-changed = { $name }: **{ $value }** ✓
settings-rooms =
    { $count ->
        [0] Points are given in every room (/rooms)
        [one] 1 room gives no points (/rooms)
       *[other] { NUMBER($count) } rooms give no points (/rooms)
    }
settings-more = In every detail: /{ $command }
settings-how = Or say: `/settings { $name } value`

## /setup

command-setup = Set this community up, one question at a time
option-setup-timezone-name = timezone
option-setup-timezone = A time zone such as Europe/Lisbon, to set at once
setup-head = **{ $community }** · question { $place } of { $of }. What is marked works as it is.
setup-privately = Say /setup to me alone to do it out of sight.
setup-timezone-type = Another one: say `/setup Europe/Lisbon`, with the name of yours.
setup-keep = Keep mine
setup-join = It belongs to another community
setup-join-how =
    {""}**One community in two places:** say /joincode in the community that stays. Then say here: `/join` and the code.
    Its settings hold for both. Points and history of this place go along.
setup-done = **{ $community } is set up. From now on:**
setup-now-points = – A message gives { $low } to { COUNT($high, "point") }, once in { COUNT($cooldown, "second") }. Answers, reactions, thanks and check-ins give some too.
setup-now-notices-room = – Who reaches a level is named in the room.
setup-now-notices-quiet = – Who reaches a level is named in the room for a while.
setup-now-notices-direct = – Who reaches a level hears it from me alone.
setup-now-notices-off = – Nobody is told about levels; /me shows them.
setup-now-consent-counted = – New members are counted, and known only if they agree.
setup-now-consent-personal = – New members are looked at by name, except where the platform wants them to agree first.
setup-now-consent-out = – New members are left out until they ask for more.
setup-now-say = – Members say /me, /points and /leaderboard; you say /rules, /tiers and /settings.
setup-lacks = **What I still lack here:**
setup-lacks-nothing = I have all the rights I need here.
setup-rooms = Rooms without points
setup-joincode = Add another place
setup-look-again = Look again

## /rooms

command-rooms = Choose the rooms that give no points
option-rooms-name-name = room
option-rooms-name = Which room; all of them if you leave it out
option-rooms-points-name = points
option-rooms-points = on or off
rooms-unknown = I know no room called “{ $name }”. /rooms shows those that I know.
rooms-which = More than one room is called “{ $name }”. Press the one you mean.
rooms-one =
    { $earns ->
        [yes] #{ $name } gives points.
       *[no] #{ $name } gives no points.
    }
rooms-none = I know no rooms here yet. They show up once somebody writes in them.
rooms-title =
    { $silent ->
        [0] **Every room gives points.** Press one to change that.
       *[other] **{ NUMBER($silent) } of { NUMBER($count) } rooms give no points.** Press one to change that.
    }
rooms-unnamed = Room …{ $id }

## /joincode and /join

command-joincode = Get a code with which another place joins this community
joincode-done =
    In the other place, say: `/join { $code }`
    It works once, for { $minutes } minutes, for owners of both. { $community } stays; its settings hold for both.
command-join = Let this place join another community of yours
option-join-code-name = code
option-join-code = What /joincode said in the community that stays
join-how = Say /joincode in the community that stays, then here: `/join` and the code.
join-ask =
    {""}**{ $here } joins { $community }?**
    Its { NUMBER($members) } { $members ->
        [one] member
       *[other] members
    }, their points and the history go along. The settings, tiers and rules of { $community } hold from then on. This can't be taken back.
join-yes = Join
join-no = Not now
join-done =
    { $met ->
        [0] This is { $community } now. { NUMBER($members) } { $members ->
            [one] member
           *[other] members
        } came along.
       *[other] This is { $community } now. { NUMBER($members) } { $members ->
            [one] member
           *[other] members
        } came along; { NUMBER($met) } were there already, with what they had in both.
    }
error-join-code = I don't know that code, or its time is over. /joincode in the other community gives a new one.
error-join-same = That code is from { $community } itself. Say it in the place that is to join.

## /tiers

command-tiers = Change the tiers, and tie roles or titles to them
option-tiers-tier-name = tier
option-tiers-tier = Which tier, by name or number
option-tiers-what-name = what
option-tiers-what = What of it to change
option-tiers-value-name = value
option-tiers-value = What to set it to; “none” unties a role or title
tiers-title = **The tiers.** Press one to change it.
tiers-line =
    { $level ->
        [0] { $place } *{ $name }*: everybody, from the start.
       *[other] { $place } *{ $name }*: level { $level }{ $days ->
            [0] .
           *[other] , active on { $days } of the last { $of } days.
        }
    }
tiers-benefits = Gives: { $value }.
tiers-role = Role: { $value }.
tiers-title-word = Title: { $value }.
tiers-how =
    Change the rest by words: `/tiers { $place } name Insider`, `/tiers { $place } benefits early access`,
    `/tiers { $place } role Insiders` on Discord, `/tiers { $place } title Insider` on Telegram. You see whom it moves before it happens.
tiers-level-step = Level { $by }
tiers-days-step = Days { $by }
tiers-refused =
    { $people ->
        [one] ⚠ 1 person's role wasn't changed: { $why }
       *[other] ⚠ { NUMBER($people) } people's roles weren't changed: { $why }
    }
tiers-retry = Try those again
tiers-dry-run = **If “{ $word }” followed the tier { $name }:**
tiers-dry-run-untie = **If nothing followed the tier { $name }:**
tiers-would-get =
    { $more ->
        [0] { NUMBER($count) } would get “{ $word }”: { $names }
       *[other] { NUMBER($count) } would get “{ $word }”: { $names } and { NUMBER($more) } more
    }
tiers-would-lose =
    { $more ->
        [0] { NUMBER($count) } would lose “{ $word }”: { $names }
       *[other] { NUMBER($count) } would lose “{ $word }”: { $names } and { NUMBER($more) } more
    }
tiers-nobody-moves = Nobody would get or lose anything now.
tiers-do-it = Do it
tiers-leave-it = Leave it
tiers-tied = Done. { NUMBER($gain) } to give, { NUMBER($lose) } to take: I'm on it, and it follows the tier from now on.
error-no-tier = There is no tier called “{ $given }”. There are: { $tiers }.
error-tier-value = To what? Say `/tiers { $tier } { $what }` and the value.
error-tier-range = { $name } takes { $what } from { $low } to { $high }, between the tiers below and above it.
error-tier-name = A tier needs a name of its own, and “{ $given }” is none.
error-too-long = That is too long: { NUMBER($limit) } characters at most.
error-no-role-here = Roles are Discord's, and no Discord server belongs to this community. /joincode adds one.
error-no-title-here = Titles are Telegram's, and no Telegram group belongs to this community. /joincode adds one.

## /shop

command-shop = Offer benefits that cost points, or withdraw them
option-shop-cost-name = cost
option-shop-cost = How many points it costs
option-shop-name-name = name
option-shop-name = What it is, such as Early access
shop-empty = Nothing is on offer. Say `/shop 300 Early access` and members find it with /redeem.
shop-title = **On offer for points** (members: /redeem)
shop-line =
    { $stock ->
        [-1] { NUMBER($cost) } · { $name }
        [0] { NUMBER($cost) } · { $name } (none left)
       *[other] { NUMBER($cost) } · { $name } ({ NUMBER($stock) } left)
    }
shop-how = Another: `/shop 300 Early access`
shop-offered = “{ $name }” is on offer for { COUNT($cost, "point") }. How many of them are there?
shop-unlimited = As many as are wanted
shop-withdraw = Withdraw { $name }
shop-waiting = **To be handed over:**
shop-waiting-line = { $name } · { $benefit } · { $day }
shop-handed = Handed over
shop-handed-to = { $name } has { $benefit }
error-shop-twice = “{ $name }” is on offer already. Withdraw it first to offer it anew.
error-no-redemption = I know nothing of that. /shop shows what is to be handed over.
error-handed-already = That was handed over already.
error-no-benefit = That isn't on offer any more.
error-shop-name = What is it called? Say `/shop 300 Early access`.
error-shop-full = { $limit } benefits are on offer already. Withdraw one first.

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
error-thanks-used-up =
    { $allowed ->
        [0] This community has switched /thanks off.
        [one] You gave your thanks for today. Tomorrow there is another.
       *[other] You gave all { $allowed } thanks for today. Tomorrow there are { $allowed } more.
    }

## /start and /help

command-start = Meet the host of this community
start-group = I'm the host of *{ $community }*: I keep points, levels and tiers. /help lists what I can do; write to me directly for what is yours alone.
start-direct =
    Hi { $name }, I'm the host of *{ $community }*. I keep points, levels and tiers: /me shows yours, /help what else I do.
    { $state ->
        [personal] I may look at whom you talk with: /mycircle shows it to you, and lists of this community may name you. You can change this any time with /privacy.
        [out] Right now I keep nothing about you but the sums of your ledger. You can change this any time with /privacy.
       *[counted] Right now I only count messages. May I also look at whom you talk with? Then /mycircle shows it to you, and lists of this community may name you. You can change this any time with /privacy.
    }
button-start-personal = Yes, show my circle
button-start-counted = Just count
button-start-out = Leave me out
command-help = Say what you can do here
option-help-topic-name = topic
option-help-topic = The command or topic to explain
help-head = What you can do in *{ $community }*:
help-topic-line = **{ $topic }**: { $commands }
help-topic-points = Points
help-topic-standing = Where you stand
help-topic-yours = What is yours
help-topic-people = Who talks with whom
help-topic-books = The books
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
names-between = {", "}
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
    I keep who wrote, replied, reacted or thanked, to whom and when, and your points. I never keep what was said.
    { $state ->
        [personal] You agreed that I look at whom you talk with, for figures of your own and for lists of this community that may name you.
        [out] You are left out: I keep the sum of your points, and your account so that I know to leave you out.
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
    · Personal: I look at whom you talk with. /mycircle shows it to you, and lists of this community may name you.
    · Counted: points, tier and rank; beyond these you appear in sums alone.
    · Left out: I keep nothing but the sum of your points and your account, and you aren't on the boards.
consent-set =
    { $state ->
        [personal] Thank you. /mycircle shows whom you talk with, and lists of this community may name you. /privacy changes that any time.
        [out] You are left out from now on. Your ledger is one sum, and of the rest I keep only your account, so that I know to leave you out. /consent brings you back.
       *[counted] Good, I just count. You have points, tier and rank, and nothing more is known of you.
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
    I'd erase your name, accounts, settings, what you did here and your { COUNT($balance, "point") }. Amounts in the ledger stay without your name. This can't be undone.
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
redeem-head = You have { COUNT($balance, "point") }. On offer:
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

## /grant, /take, /undo, /history

button-undo = Undo
command-grant = Give points to a member, with a reason
option-grant-member-name = member
option-grant-member = Who gets them
option-grant-amount-name = amount
option-grant-amount = How many points
option-grant-reason-name = reason
option-grant-reason = What for; everybody may read it
grant-done =
    { $amount ->
        [one] **{ $name } gets 1 point** from { $actor }: { $reason }
       *[other] **{ $name } gets { NUMBER($amount) } points** from { $actor }: { $reason }
    }
error-grant-bot = Bots have no points.
command-take = Take points from a member, with a reason
option-take-member-name = member
option-take-member = From whom
option-take-amount-name = amount
option-take-amount = How many points
option-take-reason-name = reason
option-take-reason = What for; the member may read it
take-done =
    { $amount ->
        [one] Taken: 1 point from { $name }, who has { NUMBER($balance) } now. Reason: { $reason }
       *[other] Taken: { NUMBER($amount) } points from { $name }, who has { NUMBER($balance) } now. Reason: { $reason }
    }
error-take-too-much = { $name } has { COUNT($balance, "point") }, and nobody falls below zero.
command-undo = Take an entry of the ledger back, by its number in /history
option-undo-entry-name = entry
option-undo-entry = The number of the entry, as in /history
undo-done =
    { $missing ->
        [0] Undone: #{ $entry } ({ $words }). { $name } has { COUNT($balance, "point") } now.
       *[other] Undone as far as it goes: #{ $entry } ({ $words }). { $owed ->
            [0] { NUMBER($missing) } of it were taken back before
           *[other] { NUMBER($owed) } of it were spent already and come off the next points
        }; { $name } has { COUNT($balance, "point") } now.
    }
undo-told = { $actor } took back what { $name } was given here: { $words }.
error-no-entry = There is no entry #{ $entry } in this community. /history shows the numbers.
error-undone-already = #{ $entry } was taken back already.
error-undo-rules = #{ $entry } came with a change of the points rules. Change them back with /rules and replay the past.
error-undo-of-sum = #{ $entry } is the sum of many entries and can't be taken back.
error-undo-of-undo = #{ $entry } takes another entry back itself. To give the points again, use /grant.
command-history = Show a member's entries in the ledger, with their numbers
option-history-member-name = member
option-history-member = Whose entries
history-title =
    { $count ->
        [0] **{ $name }** has no entries yet.
        [one] **{ $name }** · { COUNT($balance, "point") }, { NUMBER($earned) } earned · 1 entry
       *[other] **{ $name }** · { COUNT($balance, "point") }, { NUMBER($earned) } earned · { NUMBER($count) } entries
    }
history-foot = `/undo { $entry }` takes one back.

## /audit

command-audit = Show who changed what in this community
audit-title = **{ $community }: who did what**
audit-empty = Nothing has been changed yet.
audit-other = { $actor }: { $action }
audit-grant = { $actor } gave { $subject } { COUNT($amount, "point") } (#{ $entry }): { $reason }
audit-grant-own = { $actor } gave *themself* { COUNT($amount, "point") } (#{ $entry }): { $reason }
audit-take = { $actor } took { COUNT($amount, "point") } from { $subject } (#{ $entry }): { $reason }
audit-undo = { $actor } took back #{ $entry } of { $subject }
audit-undo-own = { $actor } took back #{ $entry } of *their own*
audit-settings = { $actor } set { $name } from { $before } to { $after }
audit-setup = { $actor } set the community up
audit-room =
    { $earns ->
        [yes] { $actor } lets #{ $name } give points again
       *[no] { $actor } lets #{ $name } give no points
    }
audit-tier = { $actor } set { $what } of tier { $tier } to “{ $value }”
audit-offer = { $actor } offered “{ $name }” for { COUNT($cost, "point") }
audit-handover = { $actor } handed “{ $name }” over to { $subject }
audit-withdraw = { $actor } withdrew “{ $name }”
audit-circle = { $actor } invited a circle in { $where }: { $way ->
        [role] a role
        [group] a group
       *[room] a room
    }
audit-joincode = { $actor } asked for a joining code
audit-join = { $actor } let “{ $name }” join, with { COUNT($members, "member") }
audit-rules =
    { $moved ->
        [0] { $actor } changed the points rules: { $changes }
       *[other] { $actor } changed the points rules and replayed them (people moved: { NUMBER($moved) }): { $changes }
    }
audit-retry = { $actor } had { COUNT($count, "parked event") } tried again
audit-link = { $actor } linked two accounts
audit-unlink = { $actor } unlinked an account
audit-forgotten = Somebody asked to be forgotten
audit-names = On the command line, the names of all members were shown with their figures
audit-redeem = { $actor } took “{ $benefit }” for { COUNT($cost, "point") }
audit-forgotten-on-request = On the command line, somebody was erased at their request

## /rules

command-rules = Show the points rules, or see whom a change would move before it applies
option-rules-name-name = rule
option-rules-name = Which rule, or balanced, helpful, calm
option-rules-value-name = value
option-rules-value = Its new number
rules-how = To change one, say for example `/rules reply 8`. You see whom it moves before it happens.
rule-message_min = the least that a message gives
rule-message_max = the most that a message gives
rule-cooldown = seconds until the next message counts
rule-reaction = for a reaction received
rule-reactions_a_day = reactions a day that count
rule-reply = for a reply from somebody new that day
rule-replies_a_day = replies a day that count
rule-checkin = for a check-in
rule-streak_max = most that a streak adds
rule-thanks = for thanks received
rule-thanks_a_day = thanks that each may give a day
rules-working = There is much past to go through. I'll answer within a minute.
rules-if = **What would change:**
rules-line = { $name }: { NUMBER($old) } → { NUMBER($new) }
rules-nobody = Replayed over the past, it would move nobody.
rules-whom = Replayed over the past, it would move { NUMBER($people) } { $people ->
        [one] member
       *[other] members
    }: { NUMBER($up) } up a level or more, { NUMBER($down) } down.
rules-most = Most: { $people }
rules-mover =
    { $moves ->
        [yes] { $name } { $points } (level { $level } → { $new })
       *[no] { $name } { $points }
    }
rules-apply = From now on
rules-replay = Also replay the past
rules-leave = Leave it
rules-applied = The new rules hold from now on. What was given stays as it is.
rules-applied-replayed =
    { $people ->
        [0] The new rules hold from now on, and the past gives the same under them.
        [one] The new rules hold, for the past too: 1 member moved, by an entry of its own in the ledger.
       *[other] The new rules hold, for the past too: { NUMBER($people) } members moved, each by an entry of its own in the ledger.
    }
error-rule-unknown = There is no rule called “{ $given }”. There are { $rules }; and as a whole: { $sets }.
error-rule-value = { $name } is { $now }. To what? Say `/rules { $name }` and a number.
error-rule-same = { $name } is like that already.

## /parked

command-parked = Show events that couldn't be applied, and try them again
parked-none = Nothing is parked: everything that happened was applied.
parked-title =
    { $count ->
        [one] **1 event couldn't be applied.** It is kept sealed for 14 days.
       *[other] **{ NUMBER($count) } events couldn't be applied.** They are kept sealed for 14 days.
    }
parked-line =
    { $attempts ->
        [one] { $day } · `{ $reason }` · tried once
       *[other] { $day } · `{ $reason }` · tried { NUMBER($attempts) } times
    }
parked-retry = Try them again
parked-look = Look again
parked-wanted =
    { $count ->
        [one] I'll try it again within a minute.
       *[other] I'll try all { NUMBER($count) } again within a minute.
    }

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

## Bringing history in

import-taken =
    { COUNT($messages, "message") } and { COUNT($system, "notice") } of the platform, by { COUNT($authors, "author") }
    { $replies ->
        [one] 1 reply
       *[other] { NUMBER($replies) } replies
    } ({ COUNT($reply_pairs, "pair") }, { COUNT($reply_weight, "time") }), { COUNT($mentions, "mention") }, { COUNT($reactions, "reaction") }, { COUNT($joins, "join") }
    { $duplicates ->
        [one] 1 entry was here already
       *[other] { NUMBER($duplicates) } entries were here already
    }
import-skipped = Left out: { NUMBER($count) } × { $reason }
import-bridge = { $name } speaks for { NUMBER($names) } people{ $sources ->
        [none] {""}
       *[other] {" "}from { $sources }
    } in { COUNT($lines, "message") }. Import again with --split-bridges to count them one by one.
import-bridge-split = { $name } speaks for { NUMBER($names) } people{ $sources ->
        [none] {""}
       *[other] {" "}from { $sources }
    } in { COUNT($lines, "message") }: each counts as a member of their own{ $moved ->
        [0] .
        [one] , with 1 message that was here already.
       *[other] , with { NUMBER($moved) } messages that were here already.
    }
import-reason-direct_message = direct messages
import-reason-erased = by somebody who asked to be forgotten
import-reason-incomplete = without an id or a time
import-reason-member_without_id = joins and removals that give a name and no id
import-reason-mention_by_handle = mentions by @handle, which tell nobody's id
import-reason-other_chat = groups that weren't asked for
import-reason-private_chat = direct chats
import-reason-unsupported = messages that Telegram Desktop couldn't export
import-unreadable = { $file } can't be read: { $why }
import-empty = { $file } is empty: there is no export in it. Nothing was brought in.
import-damaged = { $file } is damaged at byte { NUMBER($byte) }: { $why }. Nothing was brought in.
import-bomb = { $file } unpacks to more than { $times } times its size (byte { NUMBER($byte) }): that is no export. Nothing was brought in.
import-broken = { $file } is broken at byte { NUMBER($byte) }: that is no JSON. Nothing was brought in.
import-cut-off = { $file } is cut off at byte { NUMBER($byte) }. Nothing was brought in.
import-too-deep = { $file } has more than { $depth } lists within each other at byte { NUMBER($byte) }: that is no export. Nothing was brought in.
import-too-large = { $file } has an entry of more than { $megabytes } MB at byte { NUMBER($byte) }: that is no export. Nothing was brought in.
import-not-json = { $file } is no JSON. Export again as JSON: in Telegram Desktop “Machine-readable JSON”, in DiscordChatExporter the format JSON. Nothing was brought in.
import-several = { NUMBER($count) } files can't be used, so nothing was brought in. { $problems }
import-wrong-kind = { $file } is no export of { $kind }. Nothing was brought in.
import-no-chat = { $file } has none of the groups that are wanted. It has: { $seen }.
import-space-elsewhere = { $space } belongs to the community { $community } already. Use --community "{ $community }".
import-no-community = There is no community called { $name }.
import-no-community-near = There is no community called { $name }. There is: { $near }.
levels-taken = { COUNT($members, "member") }, { COUNT($points, "point") }; { NUMBER($duplicates) } had theirs already
levels-columns = { $file } needs a first line with the columns account and level, or account and points.
levels-row = { $file }, line { NUMBER($line) }: { $problem }. Nothing was brought in.
levels-row-more = { $file }, line { NUMBER($line) }: { $problem } (and { COUNT($more, "more line") }). Nothing was brought in.
levels-no-account = there is no account
levels-unknown = nobody is called “{ $account }” here; give the platform's id, as in discord:123
levels-near = “{ $account }” is of nobody here, but { $near } begins with the same digits: a spreadsheet rounds such ids. Export again and keep the column as text
levels-rounded = a spreadsheet rounded “{ $account }”, so that it is of nobody. Export again and keep the column as text
levels-strangers = { NUMBER($count) } of these ids nobody here has yet: they get a name when they first write
levels-several = more than one account is called “{ $account }”; give the platform's id, as in discord:123
levels-no-number = “{ $given }” is no { $column }; it takes a whole number from 0 to { NUMBER($high) }
levels-twice = “{ $account }” was on line { NUMBER($line) } already

## kith doctor

doctor-summary =
    { $wrong ->
        [0] All is well.
        [one] 1 thing is to be mended.
       *[other] { NUMBER($wrong) } things are to be mended.
    }
doctor-folder = Data directory { $path } can be written.
doctor-folder-shut = Data directory { $path } can't be written ({ $why }). Give Kith's user the right to, or set KITH_DATA_DIR to another.
doctor-keys = KITH_SECRET_KEYS holds keys that fit.
doctor-keys-wrong = KITH_SECRET_KEYS holds something that is no key. A key is 32 bytes in url-safe base64; several stand with commas between them. Leave it out and Kith makes a key itself.
doctor-key = The key { $path } is there, for Kith alone.
doctor-key-new = The key { $path } will be made at the first start. Keep a copy of it apart from the database.
doctor-key-shut = The key { $path } can't be read ({ $why }). Give Kith's user the right to.
doctor-key-broken = The file { $path } is no key. Put the copy back; without it, parked events can't be opened.
doctor-key-open = Others can read the key { $path }. Say: chmod 600 { $path }
doctor-zones = Time zone data is there ({ NUMBER($count) } zones).
doctor-zones-missing = Time zone data is missing. Install the package tzdata into Kith's environment: pip install tzdata
doctor-zone-unknown = A community is set to the time zone { $zone }, which the data lacks. Update tzdata, or set another with /settings timezone.
doctor-database = { $kind } answers and is up to date.
doctor-database-new = The database will be made at the first start.
doctor-database-old = { $kind } answers, but isn't up to date. Say: kith migrate
doctor-database-away = { $kind } doesn't answer ({ $why }). Start it, or set KITH_DATABASE_URL to where it is.
doctor-database-address = KITH_DATABASE_URL is no address of a database. It looks like postgresql://user:password@host/name, or leave it out for SQLite.
error-database-half = The database is half migrated: the table { $table } doesn't fit its version. Put a backup in its place, or move the database away to begin anew.
error-database-broken = The database can't be read ({ $why }). Put a backup in its place.
error-database-newer = The database belongs to a newer version of Kith (migration { $revision }). Install that version, or put a backup in its place.
doctor-parked =
    { $count ->
        [one] 1 event couldn't be applied. Say: kith parked --retry
       *[other] { NUMBER($count) } events couldn't be applied. Say: kith parked --retry
    }
doctor-no-token = No token is set: kith run opens the playground. For the real thing, put KITH_TELEGRAM_TOKEN or KITH_DISCORD_TOKEN into .env.
doctor-platform-silent = { $platform } didn't answer within { COUNT($seconds, "second") }. Check the network, and the API address if one is set.
doctor-platform-fault = { $platform } couldn't be asked ({ $why }). Check the token and the API address.

## The tour in the terminal

demo-title = Kith, in less than a minute. The people are made up; the engine and its answers are real.
demo-opening = A month passes in the sample community…
demo-community = { $community }: { $people } people, a month of talk
demo-points = Every message counts, once a minute. { $name } writes, and asks.
demo-message = Thanks, that solved it. I'll write it up for the others.
demo-board = Who gave most this week? One's own place is always shown.
demo-thanks = { $name } says thanks: points from one member to another.
demo-private = { $name } is new and asks Kith who it is. What Kith may know is their choice.
demo-moderator = { $name } is a moderator and rewards a good question. Each point has its reason in the ledger.
demo-reason = a good first question
demo-time = A week passes…
demo-day = Day { $day } of 7
demo-week = { NUMBER($messages) } messages later, with levels, streaks and tiers brought up to date:
demo-end = That was the tour. “make run” opens the same community in your browser; with a token in .env Kith runs in your own Telegram group or Discord server.

## The community graph

list-comma = ,{" "}
network-counting = I'm counting who talks with whom. The answer comes in a moment.
network-no-ties = Nobody has answered, mentioned or thanked anybody yet, so there is nothing to show. Ask me again after some talk.
network-too-few = Too few ties to speak of circles: { NUMBER($ties) } of { NUMBER($needed) } needed.
network-others-only =
    { $count ->
        [one] 1 person
       *[other] { NUMBER($count) } people
    }
network-and-others =
    { $count ->
        [one] { $names } and 1 other
       *[other] { $names } and { NUMBER($count) } others
    }
circle-name = Circle { NUMBER($id, useGrouping: 0) }
circle-name-room = #{ $room }{ $known ->
        [yes] {" "}· { $people }
       *[no] {""}
    }
circle-name-number-room = #{ $room } · circle { NUMBER($id, useGrouping: 0) }

## /network

command-network = See the community as a map: circles, and who holds them together
network-title-plain = { $community }: who talks with whom
network-title =
    { $circles ->
        [one] { $community } forms one circle
       *[other] { $community } forms { NUMBER($circles) } circles
    }
network-foot = { NUMBER($people) } people, { COUNT($ties, "tie") } since the beginning (replies, mentions, reactions, thanks) · until { $day } · a tie fades by half in 30 days
network-people =
    { $people ->
        [one] 1 person has
       *[other] { NUMBER($people) } people have
    } written, reacted or been addressed until { $day }{ $quiet ->
        [0] {""}
       *[other] , { NUMBER($quiet) } of them without writing
    }; { $tied ->
        [one] 1 of them has
       *[other] { NUMBER($tied) } of them have
    } ties to others, { $ties ->
        [one] one
       *[other] { NUMBER($ties) }
    } since the beginning.
network-no-circles = No group of three or more stands out.
network-circles =
    { $circles ->
        [one] They form one circle, “{ $largest }” with { NUMBER($size) } people
       *[other] They form { NUMBER($circles) } circles of three or more, the largest “{ $largest }” with { NUMBER($size) } people
    }{ $apart ->
        [one] .
        [parts] ; nobody talks from one to the other.
        [clear] ; most talk stays inside a circle.
        [some] ; circles are clear, and talk crosses between them.
       *[little] ; talk crosses so freely that their borders are soft.
    }
network-hub =
    { $named ->
        [yes] { $name } was
       *[no] One person was
    } addressed by { $people ->
        [one] 1 person
       *[other] { NUMBER($people) } people
    }, { NUMBER($share) } % of all others with ties.
network-no-bridge = Nobody stands between others: all who talk, talk directly.
network-bridge = { NUMBER($share) } % of the shortest ways between two people lead through { $named ->
        [yes] { $name }
       *[no] one person
    }.
network-bridge-bot =
    { $people ->
        [0] { $name } writes here for people elsewhere.
        [one] { $name } speaks for one person elsewhere.
       *[other] { $name } speaks for { NUMBER($people) } people elsewhere.
    } Shall I count them one by one from now on?
network-bridge-each = Yes, each of them
network-bridge-none = No, leave them out
network-answered = { NUMBER($share) } % of these ties are answered by one the other way; { $parts ->
        [one] everybody hangs together.
       *[other] the map falls into { NUMBER($parts) } parts, each person without ties being one.
    }
network-nobody-named = I may name nobody here: { NUMBER($people) } people are counted, and none of them agreed and has a name. Whoever says /consent personal can appear in such lists.
network-invite = To be named, people agree themselves: with `/consent personal`, or the button “{ $button }” that /start shows in a direct chat with me. Invite them to.
network-only-personal = Named are only those who agreed: { NUMBER($named) } of { NUMBER($of) }. Until { $day }.
error-personal-only = I look at single people only where they agreed. /consent personal changes that for you.

## /keypeople

command-keypeople = See hubs, bridges, welcomers and rising people, and what is lost without them
keypeople-hubs = **Hubs**: whom most people turn to
keypeople-hub = { $name } · addressed by { $people ->
        [one] 1 person
       *[other] { NUMBER($people) } people
    }, { NUMBER($share) } % of all that is addressed to anybody
keypeople-bridges = **Bridges**: who joins circles
keypeople-bridge = { $name } · ties into { COUNT($circles, "circle") }, on { NUMBER($share) } % of the shortest ways between people
keypeople-welcomers = **Welcomers**: who answered newcomers first, in twelve weeks
keypeople-welcomer =
    { $newcomers ->
        [one] { $name } · first to answer 1 newcomer, after about { NUMBER($hours) } h
       *[other] { $name } · first to answer { NUMBER($newcomers) } newcomers, mostly within { NUMBER($hours) } h
    }
keypeople-rising = **Rising**: whom people turn to more than four weeks ago
keypeople-rise = { $name } · { COUNT($times, "time") } the attention of four weeks ago, from { NUMBER($people) } people
keypeople-unnamed-bridges = { NUMBER($people) } people have ties into more than one circle.
keypeople-unnamed-between = { NUMBER($people) } people have ties into both { $one } and { $other }.
keypeople-unnamed-share = At the ten who stand most between others is { NUMBER($share) } % of all tie weight.
keypeople-risk = **If they left**
keypeople-lost =
    { $count ->
        [0] { $name } · { NUMBER($share) } % of all ties; nobody would be cut off.
       *[other] { $name } · { NUMBER($share) } % of all ties; cut off would be { $people }.
    }
keypeople-heir = {" "}{ $name } could take over most, with ties to people who carry { NUMBER($share) } % of them.

## /circles

command-circles = See the circles: size, rooms, closeness, growth, and how long they have lived
circles-title =
    { $circles ->
        [one] 1 circle of three or more, until { $day }:
       *[other] { NUMBER($circles) } circles of three or more, until { $day }:
    }
circles-line = **{ $circle }** · { NUMBER($size) } people{ $growth ->
        [more] {" "}(+{ NUMBER($by) } in a week)
        [less] {" "}(−{ NUMBER($by) } in a week)
       *[other] {""}
    }{ $placed ->
        [yes] {" "}· also in { $rooms }
       *[no] {""}
    } · { NUMBER($cohesion) } % of their talk stays inside · { $weeks ->
        [0] new
        [one] 1 week or more old
       *[other] { NUMBER($weeks) } weeks or more old
    }
circles-more = … and { NUMBER($count) } smaller ones.
circles-merged =
    { $count ->
        [one] Another circle
       *[other] { NUMBER($count) } other circles
    } went into “{ $into }” this week.
circles-split =
    { $there ->
        [yes] Out of “{ $of }” came this week: { $into }.
       *[no] One circle until last week, now apart: { $into }.
    }
circles-born = New this week: { $circles }.
option-circles-circle-name = circle
option-circles-circle = The number of a circle, to propose something for it
option-circles-link-name = link
option-circles-link = The invite link of a Telegram group that you made for it
circles-propose = Propose something for { $circle }
circles-gone = That circle isn't there any more. /circles shows those of today.
circles-ways =
    {""}**{ $circle }** has { NUMBER($size) } people. Nothing is sent yet, and whatever you choose, I show you the words first.
    Nobody is named, moved or added: only who presses joins.
circles-way-room = *Room*: I write in { $where }, where they meet most, that it is theirs to use.
circles-way-role = *Role*: I post an invitation, and those of the circle who press *Join* get a role of this server. Choose it below.
circles-way-role-lacks = *Role*: { $why ->
        [elsewhere] ask me in a room of your Discord server.
        [owner] only an owner can offer one.
       *[none] I may give none yet. Make a role below mine, without power over others, and let me manage roles.
    }
circles-way-group = *Group*: make one on Telegram, copy its invite link and say `/circles { NUMBER($circle, useGrouping: 0) } <link>`. Those of the circle who press *Join* get the link.
circles-do-room = In their room
circles-do-role = Role: { $role }
circles-dry-run =
    Nothing is sent yet. In { $where } I would write:
    “{ $words }”{ $button ->
        [none] {""}
       *[other] {" "}[{ $button }]
    }
    Everybody there sees it; { NUMBER($reach) } of the circle's { NUMBER($size) } people are on that platform. Nobody is named, and nobody gets a direct message.
circles-then-room = Nothing else happens.
circles-then-role = Who is in the circle and presses within 14 days gets the role “{ $role }”. Nobody else is touched.
circles-then-group = Who is in the circle and presses within 14 days is shown the link. Nobody else gets it.
circles-send = Send it
circles-sent = Sent to { $where }.
circles-join = Join
circles-invitation-room = { NUMBER($size) } of you talk with each other a lot{ $placed ->
        [yes] , mostly here in { $room }. Take it as your room: questions, plans, whatever you share.
       *[no] . Pick a room and make it yours: questions, plans, whatever you share.
    }
circles-invitation-role = { NUMBER($size) } of you talk with each other a lot. There is a role for you, { $role }. If you are one of them and want it, press below; nobody is added unasked.
circles-invitation-group = { NUMBER($size) } of you talk with each other a lot. There is a group for you. If you are one of them and want in, press below; nobody is added unasked.
circles-role-gone = I can't give that role any more. /circles shows those that I may give.
circles-group-how = To offer a group, make one on Telegram, copy its invite link (https://t.me/+…) and say `/circles { NUMBER($circle, useGrouping: 0) } <link>`.
circles-no-group = There is no Telegram group in this community where I could invite.

## /newcomers

command-newcomers = See who joined, wrote, and got no reply
newcomers-summary =
    In the 30 days to { $day }, { $came ->
        [0] nobody new came.
        [one] 1 person came and { $wrote ->
            [0] hasn't written.
           *[other] wrote.
        }
       *[other] { NUMBER($came) } people came and { $wrote ->
            [0] none of them wrote.
           *[other] { NUMBER($wrote) } of them wrote.
        }
    }{ $wrote ->
        [0] {""}
       *[other] {" "}{ $waiting ->
            [0] Nobody who is still here waits for an answer.
            [one] 1 still waits for an answer:
           *[other] { NUMBER($waiting) } still wait for an answer:
        }
    }
newcomers-line = { $name } · wrote first on { $day }
newcomers-others =
    { $listed ->
        [0] { $count ->
            [one] Unnamed here
           *[other] All of them unnamed here
        }
       *[other] { NUMBER($count) } of them unnamed here
    }: only who agrees (/consent personal) is listed.

newcomers-unnamed-wait = Half of them have waited for { COUNT($days, "day") } or longer.
newcomers-unnamed-room = { NUMBER($people) } of them wrote in { $room }.

## /connect

command-connect = See pairs who ought to meet
connect-none = I know no pair to propose. Only people who agreed (/consent personal) count here: { NUMBER($named) } so far.
connect-unnamed =
    { $pairs ->
        [one] 1 pair knows
       *[other] { NUMBER($pairs) } pairs know
    } three or more of the same people and have no tie yet, among the 1,000 most important.
connect-title = They might get on and never talked (until { $day }):
connect-line =
    { $one } and { $other }{ $known ->
        [yes] {" "}· both talk with { $through }
       *[no] {""}
    }{ $alike ->
        [0] {""}
       *[other] {" "}· { NUMBER($alike) } % alike in the rooms they write in
    }

## /health

command-health = See how the community does, over 12 weeks, and what is most unusual
health-title = The four weeks to { $day }: { NUMBER($people) } people with { $ties ->
        [one] one tie
       *[other] { NUMBER($ties) } ties
    } in these weeks, of { NUMBER($ever) } since the beginning.
health-reciprocity = { NUMBER($share) } % of ties are answered by one the other way.
health-decentralisation = Decentralisation { NUMBER($share) } %: 100 would mean that nobody has more contacts than others.
health-fragmentation = { NUMBER($share) } % of pairs of people have no chain of ties between them.
health-gini = Activity is spread with a Gini of { NUMBER($share) } %: 0 all do as much, 100 one does it all.
health-newcomers =
    { NUMBER($share) } % of { COUNT($count, "newcomer") } who came in the four weeks to { $day } and wrote were answered within a week, half of them within { $unit ->
        [minutes] { NUMBER($wait) } min
       *[hours] { NUMBER($wait) } h
    }.
health-newcomers-alone =
    { $count ->
        [one] The one newcomer who came in the four weeks to { $day } and wrote wasn't answered within a week.
       *[other] None of { NUMBER($count) } newcomers who came in the four weeks to { $day } and wrote was answered within a week.
    }
health-no-newcomers = Nobody who came in the four weeks to { $day } wrote.
health-changed =
    Most unusual: { $figure } at { NUMBER($now) } %, { $way ->
        [up] above
       *[down] below
    } the mean of the weeks before, { NUMBER($before) } %.
health-unchanged = No figure moved by a percent against the mean of the weeks before.
health-too-young = It takes three weeks of ties to say what changed.
health-figure-reciprocity = Ties answered
health-figure-answered = Newcomers heard
health-figure-decentralisation = Decentralisation
health-figure-fragmentation = Fragmentation
health-figure-gini = Concentration
health-figure-modularity = Separate circles
health-chart-title-plain = { $community }: health week by week
health-chart-title = { $figure }: { NUMBER($now) } %, { $way ->
        [up] above
       *[down] below
    } the { NUMBER($before) } % of the weeks before
percent-sign = { " " }%
health-foot = Each point: the four weeks before it, { COUNT($weeks, "week") } in all · { NUMBER($people) } people in the last · until { $day }

## /mycircle

command-mycircle = See whom you have ties with, your circle, whom you help and who helps you
mycircle-none = You have no ties yet. Answer somebody, or thank them with /thanks.
mycircle-ties = You have ties with { $people ->
        [one] 1 person
       *[other] { NUMBER($people) } people
    }: you addressed { NUMBER($to) }, and { NUMBER($by) } addressed you.
mycircle-circle = Your circle: { $circle }, { NUMBER($size) } people.
mycircle-help = You turn most to: { $names }.
mycircle-not-yours = That invitation is for the people of one circle, and going by who talks with whom you aren't in it now.
mycircle-role = Welcome. The role is on its way to you.
mycircle-link = Welcome. Here is the way in.
mycircle-open = Open the group
mycircle-helped = Most often turn to you: { $names }.

## kith report

report-title = { $community }: who ties it together
report-made = Until { $day }. Names are of those alone who agreed to it.
report-save = Save as PNG
report-enlarge = Enlarge or reduce
report-network = The map
report-keypeople = Key people
report-circles = Circles
report-newcomers = Newcomers
report-connect = Who ought to meet
report-health = Health
report-no-ties = { $community } has no ties yet: there is nothing to report.
