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
