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
