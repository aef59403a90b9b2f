### The command line

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

## Bringing history in

import-invite = Lists name nobody who didn't agree. To ask everybody, say `/activities invitation` in the community.
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
import-meanwhile = { $community } changed while the history came in, so nothing was brought in. Please import it again.
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

## Banks of questions

bank-none = An activity of the kind { $kind } has no bank of questions.
bank-row = Line { NUMBER($line) }: { $why }
bank-question = the column question must have 1 to { NUMBER($limit) } characters, without |.
bank-quiz = question, right and one to five columns wrong1, wrong2 … must be filled in, each answer another and of at most 40 characters, without ; | * or #; { NUMBER($limit) } characters in all, with why.
