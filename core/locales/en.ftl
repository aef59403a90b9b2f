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
