### What is said on one platform alone

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
web-pinned = pinned
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
web-native-telegram-private = In Telegram only the one who asked sees it, in the group itself, where Kith is an administrator; else it goes to the direct chat with Kith.
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
web-intro = Kith is a bot for Telegram groups and Discord servers: it keeps a community's points, levels and tiers, runs its activities on a schedule, and shows moderators who ties it together. Three things to try:
web-intro-card = See your card
web-intro-week = Skip a week
web-intro-activities = Set up an activity
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
doctor-telegram-space-pins = Kith may not pin messages in { $space }: what is to stay at the top of the group won't. Switch on “Pin messages” for it under Administrators.
doctor-telegram-space-tags = Kith may not set members' tags in { $space }: tiers won't show beside names. Switch on “Edit member tags” for it under Administrators.
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
doctor-discord-server-pins = Discord: on { $server } I may not pin messages. Give my role “Pin Messages” in Server Settings → Roles, if polls and activities are to stay at the top of a channel.
doctor-discord-server-events = Discord: on { $server } I may not create events. Give my role “Create Events” in Server Settings → Roles, if activities are to stand in the server's calendar.
doctor-discord-server-polls = Discord: on { $server } I may not create polls. Give my role “Create Polls” in Server Settings → Roles, if questions are to be asked as polls.
