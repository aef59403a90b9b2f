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

## Bringing history in

import-taken =
    { NUMBER($messages) } messages and { NUMBER($system) } notices of the platform, by { NUMBER($authors) } authors
    { NUMBER($replies) } replies ({ NUMBER($reply_pairs) } pairs, { NUMBER($reply_weight) } times), { NUMBER($mentions) } mentions, { NUMBER($reactions) } reactions, { NUMBER($joins) } joins
    { NUMBER($duplicates) } entries were here already
import-skipped = Left out: { NUMBER($count) } × { $reason }
import-reason-direct_message = direct messages
import-reason-erased = by somebody who asked to be forgotten
import-reason-incomplete = without an id or a time
import-reason-member_without_id = joins and removals that give a name and no id
import-reason-mention_by_handle = mentions by @handle, which tell nobody's id
import-reason-out = by somebody who wants nothing kept
import-reason-private_chat = direct chats
import-reason-unsupported = messages that Telegram Desktop couldn't export
import-unreadable = { $file } can't be read: { $why }
import-empty = { $file } is empty: there is no export in it.
import-damaged = { $file } is damaged at byte { NUMBER($byte) }: { $why }. Nothing was brought in.
import-bomb = { $file } unpacks to more than { $times } times its size (byte { NUMBER($byte) }): that is no export. Nothing was brought in.
import-broken = { $file } is broken at byte { NUMBER($byte) }: that is no JSON. Nothing was brought in.
import-cut-off = { $file } is cut off at byte { NUMBER($byte) }. Nothing was brought in.
import-too-deep = { $file } has more than { $depth } lists within each other at byte { NUMBER($byte) }: that is no export. Nothing was brought in.
import-too-large = { $file } has an entry of more than { $megabytes } MB at byte { NUMBER($byte) }: that is no export. Nothing was brought in.
import-wrong-kind = { $file } is no export of { $kind }. Nothing was brought in.
import-no-chat = { $file } has none of the groups that are wanted. It has: { $seen }.
import-space-elsewhere = { $space } belongs to the community { $community } already. Use --community "{ $community }".
import-no-community = There is no community called { $name }.
import-no-community-near = There is no community called { $name }. There is: { $near }.
levels-taken = { NUMBER($members) } members, { NUMBER($points) } points; { NUMBER($duplicates) } had theirs already
levels-columns = { $file } needs a first line with the columns account and level, or account and points.
levels-row = { $file }, line { NUMBER($line) }: { $problem }. Nothing was brought in.
levels-row-more = { $file }, line { NUMBER($line) }: { $problem } (and { NUMBER($more) } more lines). Nothing was brought in.
levels-no-account = there is no account
levels-unknown = nobody is called “{ $account }” here; give the platform's id, as in discord:123
levels-several = more than one account is called “{ $account }”; give the platform's id, as in discord:123
levels-no-number = “{ $given }” is no { $column }; it takes a whole number from 0 to { NUMBER($high) }
levels-twice = “{ $account }” was on line { NUMBER($line) } already
