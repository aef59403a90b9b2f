### What moderators and owners steer with

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
setting-quiet-value =
    { $value ->
        [0] For good
        [60] 1 minute
        [300] 5 minutes
        [3600] 1 hour
       *[other] { COUNT($value, "second") }
    }
setting-consent = New members start
setting-consent-ask =
    {""}**What may I do with new members before they say anything?**
    {""}*Counted*: points and totals, nothing personal. *Personal*: also whom they talk with, by name; on Discord they start as counted all the same, until they agree. *Left out*: nothing, until they ask. Everybody changes it with /consent.
setting-consent-counted = Counted
setting-consent-personal = Personal
setting-consent-out = Left out
setting-anonymous = Anonymous moderators
setting-anonymous-ask = **May moderators who hide behind the group's name use moderators' commands?** I can't tell them apart, so the audit log will name the group instead of a person.
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
settings-choose = Choose a setting
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
setup-now-say = – Members say /me, /points and /leaderboard; you say /rules, /tiers and /settings, and /activities for what is to happen on a schedule.
setup-now-invite = – Lists name nobody who didn't agree: an invitation, put up as a post, asks everybody with buttons.
setup-invite = Ask everybody
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
rooms-choose = Switch points on or off in a room
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
tiers-choose-role = Choose a role
tiers-no-role = No role
tiers-ask-role = Which role do people get with { $name }? Before anything changes I show who gets it and who loses it.
tiers-roles-none = I see no role here that I may give. Ask me in the Discord server, and put my own role above the one I am to give.
tiers-form = Name, benefits and all
form-change_tier = Change a tier
field-change_tier-name = What it is called
field-change_tier-level = From which level
field-change_tier-days = Active days of the last 30
field-change_tier-days-help = How many of them it takes, apart from the level
field-change_tier-benefits = What it gives
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
shop-choose = Withdraw a benefit
shop-title = **On offer for points** (members: /redeem)
shop-line =
    { $stock ->
        [-1] { NUMBER($cost) } · { $name }
        [0] { NUMBER($cost) } · { $name } (none left)
       *[other] { NUMBER($cost) } · { $name } ({ NUMBER($stock) } left)
    }
shop-how = Another: `/shop 300 Early access`
shop-offered = “{ $name }” is on offer for { COUNT($cost, "point") }. How many of them are there?
shop-add = Offer something
form-offer_benefit = Offer a benefit
field-offer_benefit-name = What is it?
field-offer_benefit-name-help = Such as “Early access to the next course”
field-offer_benefit-cost = Points it costs
field-offer_benefit-stock = How many there are
field-offer_benefit-stock-help = Empty: as many as are wanted
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

## /grant, /take, /undo, /history

button-undo = Undo
menu-grant = Grant points
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
grant-ask = How many points for { $name }, and what for?
grant-fill-in = Fill in
form-grant_points = Give points
field-grant_points-amount = Points
field-grant_points-reason = What for
field-grant_points-reason-help = Everybody may read it.
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
menu-history = History
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
audit-plan = { $actor } wrote the plan “{ $name }”
audit-plan-end = { $actor } ended the plan “{ $name }”
audit-plan-trial = { $actor } let the plan “{ $name }” be tried for { COUNT($days, "day") }
audit-plan-stars = { $actor } set the price of the plan “{ $name }” to { COUNT($stars, "Star") }
audit-stars-refund = { $actor } asked Telegram to give { $amount } back to { $subject }
audit-stars-refund-refused = Stars weren’t given back to { $subject }: { $why }
audit-stars-found = Found in Telegram’s list and not told: { $kind ->
        [refunded] { COUNT($stars, "Star") } that came back to { $subject }
       *[other] { COUNT($stars, "Star") } that { $subject } paid
    }
audit-plan-gift = { $actor } gave { $subject } “{ $name }” { $days ->
        [0] for good
       *[other] for { COUNT($days, "day") }
    }
audit-plan-gift-back = { $actor } took back what { $subject } got as a gift
audit-plan-coupon = { $actor } made a coupon of { NUMBER($percent) } % for the plan “{ $name }”, for { COUNT($uses, "member") }
audit-plan-code = { $actor } made a code for the plan “{ $name }”, for { COUNT($uses, "member") }
audit-purchase-secret = { $actor } gave shops another secret
audit-stripe-secret = { $actor } set what Stripe signs with
audit-stripe-price = { $actor } let Stripe’s price { $price } give the plan “{ $name }”
audit-stripe-price-off = { $actor } let Stripe’s price { $price } give no plan any more
audit-stripe-unknown = Stripe told of { $price }, which no plan has
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
audit-publish = { $actor } published “{ $title }”
audit-item = { $actor } changed “{ $title }”
audit-retire = { $actor } retired “{ $title }”
audit-feed = { $actor } let the catalogue follow { $address }
audit-unfeed = { $actor } let the catalogue follow { $address } no more
audit-activity = { $actor } changed activity number { $number }
audit-activity-undo = { $actor } took back the run { $slot } of activity number { $number }: { COUNT($points, "point") } of { COUNT($people, "member") }
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
rule-activities_a_day = activities a day that give somebody points
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
