### What every part of Kith says

list-comma = ,{" "}
list-colon = :{" "}

## What goes wrong

fault = Something broke on my side, nothing was lost. If it happens again, tell a moderator: { $id }.
error-unknown-command = I don't know /{ $name }. /help lists what I can do.
usage-hint = {" "}Usage: { $call }
error-missing = { $option } is missing.{ $usage }
error-number = { $option } takes a whole number, not “{ $given }”.{ $usage }
error-option-range = { $option } takes a number from { NUMBER($low) } to { NUMBER($high) }, not “{ $given }”.{ $usage }
error-option-choice = { $option } takes one of { $choices }, not “{ $given }”.{ $usage }
error-option-day = { $option } takes a day such as 2026-12-24, not “{ $given }”.{ $usage }
error-file-missing = { $option }: send it as a document or a photo.
error-file-type = { $option }: “{ $given }” is none of { $types }.
error-file-size = { $option }: “{ $given }” is larger than { NUMBER($limit) } MB.
error-file-passing = { $option }: “{ $given }” could not be kept. I keep files of up to 10 MB in our direct chat: open that to me, and hand it in once more.
error-file-gone = “{ $name }” isn't there any more: whoever handed it over has to do so once more.
error-file-away = “{ $name }” can't be had right now. Try again later.
error-file-large = “{ $name }” is larger than { NUMBER($limit) } MB, too large for me to carry.
error-surplus = I can't place “{ $words }”.{ $usage }
error-surplus-none = This command takes no words, so I did nothing (“{ $words }”).{ $usage }
error-number-range = { $name } takes a number from { NUMBER($low) } to { NUMBER($high) }.
error-choice = “{ $given }” is not one of: { $choices }.
error-no-member = I don't know a member called “{ $name }”.
error-no-member-near = I don't know a member called “{ $name }”. Did you mean { $near }?{ $usage }
error-member-unknown = I don't know a member called “{ $name }”.{ $usage }
error-two-members = More than one member is called “{ $name }”. Mention them with @ instead.{ $usage }
or-between = {" or "}
error-button-gone = That button's time is over. If it came from a command, call the command again.
moment = { $day }, { $time } ({ $zone })
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
chat-not-open = {" "}If you never wrote to me directly, do so once: else I may not be able to reach you.

## Forms

button-form-open = Open the form
button-form-further = Go on
button-form-change = Change
button-form-send = Send
button-form-cancel = Cancel
button-form-skip = Skip
button-form-keep = Keep “{ $value }”
button-form-empty = Leave it empty
button-form-ready = Done
button-form-on = Go on with it
button-form-instead = Leave it, and begin this one
button-form-anew = Begin anew
forms-question = { $title } · { $place } of { $of }
forms-summary = **{ $title }** · is that right?
forms-line = **{ $label }** { $value }
forms-nothing = –
forms-further = { $done } of { $of } are filled in, and kept for a day.
forms-late = That took me too long. Press once more.
forms-another = “{ $title }” isn't finished yet: a chat has room for one form.
forms-cancelled = “{ $title }” is dropped: nothing was sent.
forms-gone = “{ $title }” is over: a form is kept for a day.
forms-fallback = { $name }, I ask for that in our direct chat. Open it and press Start: it goes on there.
forms-file-after = { $help } { $file }
forms-file-help = Up to { NUMBER($limit) } MB: { $types }
forms-file-kept = “{ $name }” is here; another takes its place.

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
entry-activity = took part in an activity
entry-bounty = a question with points
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
entry-purchase =
    { $noted ->
        [yes] *{ $note }*
       *[no] an item
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

study-counting = I'm working it out. The answer comes in a moment.
study-nothing = There is nothing to work out yet. Ask me again after some talk.
