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
        [0] **{ NUMBER($balance) } points**
       *[other] **{ NUMBER($balance) } points** (earned { NUMBER($earned) }, spent { NUMBER($spent) })
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
