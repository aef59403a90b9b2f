### Content

## Recommenders, on the command line

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

## /browse, /search, /library

command-browse = Look through what there is, all of it or of a topic
option-browse-topic-name = topic
option-browse-topic = What it should be about
command-search = Find what there is about something
option-search-item-name = words
option-search-item = What you look for; spelling is forgiven
command-rate = Say how good something is
option-rate-item-name = item
option-rate-item = What you rate
option-rate-stars-name = stars
option-rate-stars = One to five
rate-ask = How good is “{ $title }”?
command-library = See what you began, saved, own and finished
browse-all = **{ COUNT($count, "item") }** to read, watch and join
browse-topic = **{ $topic }**: { COUNT($count, "item") }
browse-empty = Nothing is published here yet.
browse-choose = Another topic
search-how = What are you looking for? Say `/search pandas`, or choose a topic.
search-found = For “{ $words }”:
search-nothing = Nothing here is about “{ $words }”. Try other words, or choose a topic.
error-no-topic = Nothing here is about “{ $topic }”.
error-no-item = There is no item called “{ $name }”.
error-no-item-near = There is no item called “{ $name }”. Did you mean one of these?
error-item-gone = This item isn’t there any more.
library-empty = Your library is empty. What you open or save from /browse and /recommend stands here.
library-started = **Go on with** ({ NUMBER($count) })
library-saved = **Saved for later** ({ NUMBER($count) })
library-owned = **Yours** ({ NUMBER($count) })
library-finished = **Finished** ({ NUMBER($count) })
library-open-started = Begun { NUMBER($count) }
library-open-saved = Saved { NUMBER($count) }
library-open-owned = Yours { NUMBER($count) }
library-open-finished = Finished { NUMBER($count) }

## An item

item-choose = Look at one
item-line =
    { $state ->
        [finished] ✓ **{ $title }** ({ $about })
        [opened] ▸ **{ $title }** ({ $about })
        [closed] 🔒 **{ $title }** ({ $about })
       *[none] • **{ $title }** ({ $about })
    }
item-title = **{ $title }**
item-description = { $text }
item-by = by { $author }
item-part = part { NUMBER($place) } of { $series }
item-kind-course = Course
item-kind-column = Column
item-kind-article = Article
item-kind-live = Live session
item-kind-recording = Recording
item-kind-book = Book
item-kind-event = Event
item-depth-beginner = for beginners
item-depth-intermediate = intermediate
item-depth-advanced = advanced
item-needs-tier = For { $tier } and above; /tier says how to get there.
item-needs-points = { COUNT($price, "point") }; you have { NUMBER($balance) }.
item-needs-plan = With the plan **{ $name }**{ $priced ->
        [no] { "." }
       *[other] { " " }({ $price }).
    }
item-alone = It is sold alone{ $priced ->
        [no] { "." }
       *[other] { " " }({ $price }).
    }
item-plan-gone = The plan that it asks for isn’t there any more. Ask a moderator.
item-owned = It is yours.
item-opened-on = You opened it on { $day }.
item-finished-on = You finished it on { $day }.
item-open = Open
item-see = Have a look
item-save = Save for later
item-unsave = Take off my list
item-done = I’m through
item-refuse = Not for me
item-back = Take that back
item-buy = Get it for { COUNT($price, "point") }
item-buy-sure = Yes, for { COUNT($price, "point") }
item-buy-not = Rather not
item-buy-ask = Get **{ $title }** for { COUNT($price, "point") }? You have { NUMBER($balance) }.
item-here = Here it is: { $link }
item-no-link = **{ $title }** has no link; what there is to know stands above.
item-finished = Well done: **{ $title }** stands in your /library as finished. How did you like it?
item-rated = Thank you: { $stars } for **{ $title }**.
alike-open = More like this
alike-title = Like **{ $title }**:
alike-none = Nothing here is like **{ $title }** yet.
item-progress =
    { $done ->
        [0] **{ $series }**: { NUMBER($count) } parts
       *[other] **{ $series }**: { NUMBER($done) } of { NUMBER($count) } done
    }
item-next = Go on: { $title }
item-after = It opens once you are through with *{ $before }*.
error-item-turn = “{ $title }” opens once you are through with “{ $before }”.
course-heading = Certificate
course-did = went through to the end of
course-steps = all { NUMBER($count) } parts
course-finished = You went through **{ $series }** to the end. Here is your certificate.
course-certificate = Certificate: { $series }
error-course-unfinished = The certificate comes when all parts are finished.
item-refused = I won’t recommend **{ $title }** to you again.
error-item-tier = “{ $title }” is for { $tier } and above. /tier says how to get there.
error-item-price = “{ $title }” costs { COUNT($price, "point") }. Get it first, from its card.
error-item-plan = “{ $title }” asks for the plan “{ $plan }”. /plans says how to get it.
error-item-alone = “{ $title }” is sold alone. Its card says how to get it.
error-item-points = “{ $title }” costs { COUNT($price, "point") }; you are { NUMBER($missing) } short.
error-item-yours = You can open “{ $title }” already.
error-item-title = An item needs a title.
error-item-link = “{ $link }” is no link. Write one that begins with https://, or leave it empty.

## /recommend

command-recommend = Get a few things you may want next, each with why
recommend-title = **You may want next**
recommend-title-many = **What is read and watched here**
recommend-agree = Say /consent personal, and I choose for you by what you open, save and finish. I never read messages for it.
recommend-all-seen = You have seen everything there is for you. Whatever comes new shows up here.
picks-ask = Shall I write to you once a week with a few picks? At most one message, in your own hours.
picks-want = Yes, once a week
picks-stop = No picks any more
picks-title = **A few picks for you**, from { $community }
picks-wanted =
    { $agreed ->
        [yes] Once a week you get a few picks, outside of your quiet hours (/quiet). It counts towards what I may write unasked.
       *[no] Noted. But I choose for you only once you say /consent personal.
    }{ $reached ->
        [yes] {""}
       *[no] { " " }For that, open the chat with me and say /start; /quiet says how much you want to hear from me.
    }
picks-unwanted = No picks any more. /recommend is there whenever you ask.
because-topic = ↳ you want to hear of { $topic }
because-like = ↳ it is about the same as *{ $title }*
because-wanted = ↳ those who like *{ $title }* like it too
because-popular = ↳ { COUNT($count, "member") } opened it lately
because-new = ↳ new here, or not known to many yet

## /interests

command-interests = Say what you want to hear of
option-interests-topic-name = topic
option-interests-topic = What you want to hear of; several with commas between
interests-none = You chose no topics yet. What you choose comes first when I recommend something.
interests-wanted = You want to hear of { $topics }.
interests-refused = Nothing of { $topics }.
interests-add = Add a topic
interests-drop = Take one off
interests-never = Nothing of it
error-interest = Name a topic, such as /interests statistics.
error-interests-full = You chose { NUMBER($limit) } topics, which is all I keep. Take one off first.

## /plans and /code

command-plans = See which plans there are, and which are yours
command-code = Get a plan with a code, or for less with a coupon
option-code-code-name = code
option-code-code = A code that you were given, or that the shop gave you
plans-none = There are no plans here: everything is open to everybody, or asks for a tier or points.
plans-none-owner = There are no plans yet. A plan is what members have for money, a code or a place: items of the catalogue can ask for one.
plans-choose = Look at a plan
plans-add = Add a plan
plan-named = **{ $name }**{ $priced ->
        [no] { "" }
       *[other] { " · " }{ $price }
    }
plan-text = { $text }
plan-how = How to get it: { $how }
plan-how-ask = Ask an owner how to get it.
plan-stars = { $where ->
        [here] ★ For { COUNT($stars, "Star") }{ $period ->
            [month] { " " }a month
           *[once] , once for good
        }.
       *[there] ★ On Telegram for { COUNT($stars, "Star") }{ $period ->
            [month] { " " }a month
           *[once] , once for good
        }: say /plans to me there, and connect both accounts with /link.
    }
plan-standing = ✓ Yours{ $how ->
        [gifted] , as a gift
        [trial] , on trial
        [place] , because of where you are
        [role] , with your role
       *[other] { "" }
    }.
plan-standing-until = ✓ Yours { $how ->
        [ending] to the end of what is paid, { $until }. It won’t be renewed.
        [grace] until { $until }: the last payment didn’t go through.
        [gifted] as a gift until { $until }.
        [trial] on trial until { $until }. Nothing is paid, and nothing renews by itself.
       *[other] until { $until }.
    }
plan-standing-over = { $how ->
        [refunded] You were paid back for it.
       *[other] It has ended.
    }
plan-change = Change
plan-code = Make a code
plan-place = By place
plan-role = By role
plan-stars-price = Price in Stars
plan-coupon = Make a coupon
plan-price-kept = Whoever subscribed for { COUNT($stars, "Star") } a month keeps that price until they cancel: the new one is for new subscribers.
coupon-made = `/code { $code }` lowers **{ $name }** by { NUMBER($percent) } % to { COUNT($stars, "Star") }, for { COUNT($uses, "member") }, until { $until }. It is shown here only. A subscription that is begun by then keeps the price.
coupon-used = Done: until { $until } you get **{ $name }** for { NUMBER($stars) } instead of { COUNT($before, "Star") }{ $period ->
        [month] { " " }a month, and a subscription that you begin by then keeps the price
       *[once] , once for good
    }.{ $where ->
        [here] { "" }
       *[there] { " " }Pay on Telegram: say /plans to me there, and connect both accounts with /link.
    }
error-coupon-no-stars = A coupon lowers the price in Stars, and “{ $name }” has none. Set one with Price in Stars, or make a code that gives the plan for some days.
plan-trial = Trial
plan-trial-for = Try it free for { COUNT($days, "day") }, once a person: /plans has the button.
trial-choose = Try a plan
trial-begin = Try { $name } for { COUNT($days, "day") }
trial-begun = **{ $name }** is yours on trial until { $until }. Nothing is paid, and nothing renews by itself.
error-trial-once = You had “{ $name }” before, and it can be tried once a person, on all linked accounts together.
plan-place-ask = Where does everybody have **{ $name }** for as long as they are there?
plan-place-none = Nowhere
plan-place-set = Whoever is in { $place } has **{ $name }** for as long as they are there.
plan-place-over = **{ $name }** doesn’t come with a place.
plan-role-ask = Which role of this server gives **{ $name }**? Whoever gives that role, a shop or a subscription of Discord’s, then gives the plan.
plan-role-none = None
plan-role-set = Whoever has the role { $role } has **{ $name }** for as long as they have it.
plan-role-over = **{ $name }** doesn’t come with a role.
error-plan-no-roles = There are no such roles here. Say /plans on your Discord server.
plan-end = End
plan-ended = Nobody gets **{ $name }** any more. Whoever has it keeps it as long as it was paid for.
plan-code-made = `/code { $code }` gives **{ $name }** { $days ->
        [0] for good
       *[other] for { COUNT($days, "day") }
    }, to { COUNT($uses, "member") }, each once. It is shown here only, and holds for a year.
code-used = Done: this is yours now.
error-code = That code doesn’t work: it is mistyped, used up or too old. Ask whoever gave it to you.
error-code-once = You have used this code already. It works once a person.
error-plan-gone = This plan isn’t there any more.
error-no-plan = There is no plan called “{ $name }”. An owner makes plans with /plans.
error-plan-twice = There is a plan called “{ $name }” already.
error-plans-full = There are { NUMBER($limit) } plans, which is all I keep. End one first.
error-purchase-signature = The signature doesn’t fit. Sign the time and the body with the secret that /books shows.
error-purchase-old = The signature is more than { COUNT($minutes, "minute") } away from now. Sign again, by a clock that is right.
error-purchase-json = This is no JSON object.
error-purchase-field = “{ $text }” makes no sense under “{ $field }”.
error-purchase-missing = “{ $field }” is missing.
error-purchase-kind = “{ $text }” is no kind of payment. Known are { $options }.
error-purchase-claim = A claim has { NUMBER($least) } to { NUMBER($most) } characters.
error-currency = “{ $text }” is no currency. Write three letters of ISO 4217, such as EUR, CNY or JPY.
error-amount = “{ $text }” is no amount in { $currency }. Write digits with { $decimals ->
        [0] no decimals
       *[other] at most { NUMBER($decimals) } decimals
    }, such as { $decimals ->
        [0] 500
        [3] 1.250
       *[other] 19.99
    }.
form-write_plan = A plan
field-write_plan-name = What is it called?
field-write_plan-price = Price, in words
field-write_plan-price-help = Such as 9 € a month
field-write_plan-about = What members get
field-write_plan-how = How one gets it
field-write_plan-how-help = Sentences with a link aren’t shown on Telegram
form-make_code = A code for the plan
field-make_code-days = For how many days?
field-make_code-days-help = 0 for good
field-make_code-uses = How many members may use it?
form-trial_plan = Trial of the plan
field-trial_plan-days = For how many days can it be tried?
field-trial_plan-days-help = 0 where it can’t be tried
form-make_coupon = A coupon for the plan
field-make_coupon-percent = How many per cent less?
field-make_coupon-days = For how many days does it hold?
field-make_coupon-days-help = A subscription that is begun by then keeps the price
field-make_coupon-uses = How many members may use it?
form-price_plan = Price in Telegram Stars
field-price_plan-stars = How many Stars?
field-price_plan-stars-help = 0 where it can’t be had for Stars
field-price_plan-period = How often?
field-price_plan-period-month = Each month
field-price_plan-period-once = Once, for good

## Stars: /paysupport, /terms and /refund

command-paysupport = Get help with a payment
command-terms = See what you buy with Stars, and how to cancel
command-refund = Give a member’s Stars back
option-refund-member-name = member
option-refund-member = Whose payment
menu-refund = Give Stars back
stars-choose = Pay with Stars
stars-get = { $name }: { NUMBER($stars) } ★{ $period ->
        [month] { " " }a month
       *[once] { "" }
    }
stars-offer = **{ $name }** for { COUNT($stars, "Star") }{ $period ->
        [month] { " " }a month. It renews by itself until you cancel it in Telegram’s settings, under My Stars
       *[once] , once for good
    }. The offer is for you alone and holds for an hour. What you buy: /terms
stars-about = { $name } in { $community }{ $period ->
        [month] , each month until you cancel
       *[once] , once for good
    }
stars-pay = Pay { NUMBER($stars) } ★
stars-paid = Thank you: **{ $name }** is yours for good.
stars-paid-month = Thank you: **{ $name }** is yours until { $until }, and renews by itself until you cancel it.
stars-refunded = { COUNT($stars, "Star") } for **{ $name }** came back to you, and what they opened is closed.
stars-not-yours = This offer isn’t for you, or its price has changed. /plans shows what there is.
stars-too-late = This offer is over an hour old. /plans makes you a new one.
stars-payment = { $number }. { $day } · { $name }{ $present ->
        [yes] , as a present
       *[no] { "" }
    } · { $amount }{ $back ->
        [yes] { " " }· given back
       *[no] { "" }
    } · `{ $charge }`
paysupport = Something is wrong with a payment in **{ $community }**? Write to one of its moderators and name the payment: they can give it back. Telegram’s own support can’t help with it.
paysupport-paid = What you paid:
terms =
    { "" }**What you buy with Stars in { $community }**
    A plan, which opens content here for as long as /plans says. A monthly one renews every 30 days by itself; cancel it in Telegram’s settings under My Stars, and it stays open to the end of what is paid.
    Or a plan for somebody else: Kith gives you a code for them, and it counts from the day on which they take it.
    Stars that are given back close at once what they opened. For help with a payment: /paysupport
refund-title = **What { $name } paid in Stars**
refund-none = { $name } paid nothing in Stars.
refund-choose = Give back
refund-one = { $number }: { $amount }
refund-ask = Give { $amount } back to { $name }? What they opened closes at once and isn’t renewed.
refund-sure = Yes, give them back
refund-done = On their way to { $name }. What they opened closes when Telegram has given them back; /audit says so if it refuses.
error-refund-gone = This payment was given back already, or isn’t there.
error-plan-yours = You have “{ $name }” already.
error-stars-elsewhere = “{ $name }” is had for Stars on Telegram: say /plans to me there, and connect both accounts with /link.

## Presents, of /plans

present-open = Give a plan to somebody
present-which = Which plan is it to be? You pay once, and get a code to hand to one person of this community.
present-choose = Pay a present with Stars
present-item = Give it to somebody
present-plan = { $name }: { NUMBER($stars) } ★ { $period ->
        [month] for a month
       *[once] for good
    }
present-about = { $name } in { $community } for somebody else, { $period ->
        [month] for a month
       *[once] for good
    }
present-offer = **{ $name }** for somebody else, { $period ->
        [month] for 30 days
       *[once] for good
    }: { COUNT($stars, "Star") }, once. It counts from the day on which they take it. The offer holds for an hour. What you buy: /terms
present-paid = Thank you: **{ $name }** is there for whoever says `/code { $code }` first. Pass that on, or let me hand it over: /plans
presents-open = Presents to hand over ({ NUMBER($count) })
presents-title = **What you can hand to somebody**
presents-none = You have no present to hand over.
present-line = { $number }. { $name }, { $days ->
        [0] for good
       *[other] for { COUNT($days, "day") }
    }: `/code { $code }` gives it to whoever says that first.
present-hand = Hand over { $number }: { $name }
present-hand-choose = Hand one over
form-hand_present = Hand a present over
field-hand_present-member = To whom?
present-told = { $by } has a present for you: **{ $name }** in { $community }, { $days ->
        [0] for good
       *[other] for { COUNT($days, "day") } from when you take it
    }.
present-take = Take it
present-taken = **{ $name }** is yours { $lasts ->
        [days] until { $until }
       *[good] for good
    }. Nothing renews by itself.
present-handed = { $name } is told, and takes it with one press. Until then it stays yours.
present-unreachable = I can’t write to { $name } now. Pass this on to them yourself: `/code { $code }`
error-present-gone = This present was taken already, or paid back.
error-present-yours = You have “{ $name }” already, so this present would give you nothing now. It keeps: take it when yours has ended, or pass it on.

## /gift

command-gift = Give a member a plan or an item for some days
option-gift-member-name = member
option-gift-member = Who gets it
gift-which = { $what ->
        [item] Which item does { $name } get?
       *[plan] Which plan does { $name } get?
    }
gift-choose = Give …
gift-items = An item that is sold alone ({ NUMBER($count) })
form-give_plan = A gift
field-give_plan-days = For how many days?
field-give_plan-days-help = 0 for good
field-give_plan-words = A word to them
field-give_plan-words-help = Sentences with a link are left out
gift-done = { $name } has **{ $plan }** { $days ->
        [0] for good
       *[other] for { COUNT($days, "day") }
    }.{ $told ->
        [yes] { " " }They are told.
       *[no] { " " }I can’t write to them: tell them yourself.
    }
gift-told = { $by } gave you **{ $plan }** in { $community }{ $lasts ->
        [days] , until { $until }
       *[good] , for good
    }.{ $what ->
        [item] { " " }/library has it.
       *[plan] { "" }
    }{ $worded ->
        [yes] { " " }“{ $words }”
       *[no] { "" }
    }
gift-back = Take it back
gift-taken = What { $name } got as a gift is closed again.
error-gift-no-plans = There is nothing to give. An owner makes plans with /plans, and sells items alone from /catalogue.
error-gift-less = { $name } has “{ $plan }” already{ $until ->
        [none] , for good
       *[other] { " " }until { $until }, which is longer
    }.
error-gift-gone = This gift isn’t there any more.

## /books

command-books = See what came in and went back for plans, by month
books-none = Nothing was told of payments yet. A shop tells of them by a signed message, and whoever runs me brings a table in with kith books import.
books-title = **What came in for plans**
books-line = { $month }: { $income } in { COUNT($count, "payment") }{ $refunded ->
        [yes] , { $refunds } paid back, **{ $net }** left
       *[no] { "" }
    }
books-waiting = { COUNT($count, "purchase") } without a member: whoever paid isn’t known here yet.
books-sentence = { $total } came in over { COUNT($count, "month") }
books-foot = What was paid less what was paid back, in { $currency }, { $first } to { $last }
books-no-plan = No plan
books-hook = Connect a shop
books-hook-shown =
    Let the shop send each payment to
    `{ $address }`
    signed with the secret
    `{ $secret }`
    Keep it to yourself: whoever has it can give plans. How to sign stands in docs/plans.md.
books-hook-renew = Another secret
books-hook-nowhere = There is no address to send to yet: whoever runs me sets KITH_PUBLIC_URL first.
stripe-open = Stripe
stripe-shown =
    In Stripe’s dashboard, under Webhooks, add an endpoint
    `{ $address }`
    for the events that docs/plans.md names. { $connected ->
        [yes] Its signing secret is set.
       *[no] Then give me its signing secret (whsec_…).
    }
stripe-price = • { $price }: { $name }{ $days ->
        [0] { "" }
       *[other] , for { COUNT($days, "day") } where it is paid once
    }
stripe-how = What else is bought there leads to nothing here; /audit names its prices.
stripe-none = No plan is sold there yet: choose one with /plans and give its *Stripe price*.
stripe-secret-set = Signing secret
stripe-price-set = Stripe price
stripe-drop = Take a price off; who has the plan goes on
form-stripe_key = Stripe’s signing secret
field-stripe_key-secret = Secret
field-stripe_key-secret-help = whsec_…, from the endpoint’s page
form-stripe_price = A price of Stripe
field-stripe_price-price = Price or payment link
field-stripe_price-price-help = price_… or plink_…
field-stripe_price-days = Paid once: for how many days?
field-stripe_price-days-help = 0 for good; a subscription’s time is told by Stripe
error-stripe-secret = That is no signing secret. It begins with whsec_ and stands on the endpoint’s page in Stripe’s dashboard.
error-stripe-price = “{ $text }” is no price. Copy its id from Stripe’s dashboard: price_… or plink_….
error-stripe-full = { NUMBER($limit) } prices are the most. Take one off first.
books-too-many = { $file } has more than { NUMBER($limit) } rows. Bring it in parts.
books-field = “{ $field }” is no field of a payment. Known are { $fields }.
books-source = “{ $text }” is no source. Write one word of at most 20 letters and digits.
books-pair = “{ $text }” isn’t read. Write a field, = and what it is, such as id=Order.

## /publish and /catalogue

command-publish = Put a course, article, book or event into the catalogue
publish-how = What you publish stands in /browse and /search. Before anybody sees it, you do.
publish-open = Publish something
publish-preview = This is what members see:
publish-tier = For the tier at place { NUMBER($tier) } and above
publish-price = { COUNT($price, "point") }
publish-from = From { $day } on
publish-now = Publish
publish-tell = Publish and tell this room
publish-change = Change
publish-terms = For whom, price, day
publish-plan = Which plan
publish-plan-ask = With which plan can members open “{ $title }”?
publish-plan-none = None: for everybody
publish-with-plan = With a plan, or bought alone
publish-alone = Sell it alone
publish-alone-how = “{ $title }” can be sold alone. Give it a price in Stars, a price of Stripe’s, a code or a trial; another shop names it as `item`. Whoever got it so has it, whatever else it asks for.
publish-alone-ways = How it is sold
publish-no-plans = There are no plans yet. An owner makes one with /plans.
publish-series = Series
publish-file = File
publish-has-file = With the file { $name }
publish-drop = Drop it
publish-dropped = “{ $title }” is dropped.
publish-retire = Retire
publish-again = Show it again
publish-pin = Put it first
publish-unpin = Not first any more
publish-new = New in the catalogue:
error-publish-tier = There are the tiers 0 to { NUMBER($most) }; 0 is for everybody.
error-publish-twice = “{ $title }” is in the catalogue with that link or title already.
error-publish-full = A catalogue holds { NUMBER($limit) } items. Retire some first.
form-publish_item = Publish something
field-publish_item-title = Title
field-publish_item-kind = What it is
field-publish_item-kind-course = A course
field-publish_item-kind-column = A column
field-publish_item-kind-article = An article
field-publish_item-kind-live = A live session
field-publish_item-kind-recording = A recording
field-publish_item-kind-book = A book
field-publish_item-kind-event = An event
field-publish_item-link = Link
field-publish_item-link-help = https://… or empty
field-publish_item-description = What it is about
field-publish_item-topics = Topics
field-publish_item-topics-help = With commas between: pandas, statistics
form-item_terms = For whom, price and day
field-item_terms-author = Author
field-item_terms-depth = For whom
field-item_terms-depth-any = Everybody
field-item_terms-depth-beginner = Beginners
field-item_terms-depth-intermediate = Those who know some of it
field-item_terms-depth-advanced = Those who know it well
field-item_terms-tier = From which tier on
field-item_terms-tier-help = 0 is for everybody
field-item_terms-price = Price in points
field-item_terms-price-help = 0 for nothing
field-item_terms-shown_from = Shown from
field-item_terms-shown_from-help = At once if you leave it out
publish-cover = Cover
form-item_cover = A cover
field-item_cover-cover = The picture
field-item_cover-cover-help = It stands on the card; empty takes it away. On Telegram send it as a photo.
form-item_file = A file
field-item_file-file = The file
field-item_file-file-help = Whoever opens it gets it; empty takes it away.
form-item_series = Part of a series
field-item_series-series = Series or course
field-item_series-series-help = Empty for none
field-item_series-place = Which part it is
field-item_series-place-help = 0 for the next one
field-item_series-in_turn = Only after the part before
field-item_series-in_turn-yes = Yes, in turn
field-item_series-in_turn-no = No, in any order
command-catalogue = See all that was published, with what members made of it
option-catalogue-item-name = item
option-catalogue-item = Which one to look at
catalogue-title = **{ COUNT($count, "item") }** in the catalogue
catalogue-empty = The catalogue is empty. Publish something, or let the operator bring a file: kith catalogue import.
catalogue-line =
    { $state ->
        [draft] ✎ { $title } ({ $about }; a draft)
        [retired] ✗ { $title } ({ $about }; retired)
        [later] ◷ { $title } ({ $about }; shown later)
        [over] ✗ { $title } ({ $about }; over)
       *[live] • { $title } ({ $about })
    }
catalogue-uses = Opened by { NUMBER($opened) }, finished by { NUMBER($finished) }, saved by { NUMBER($saved) }, not for { NUMBER($refused) }; rated by { NUMBER($rated) }, bought by { NUMBER($bought) }.

## /content

command-content = See how far members come with an item
option-content-item-name = item
option-content-item = Which one; all there is if left out
content-nothing =
    { $title ->
        [all] Nobody was shown or opened anything yet.
       *[other] Nobody was shown or opened **{ $title }** yet.
    }
content-title =
    { $title ->
        [all] **How far members come with all there is**
       *[other] **{ $title }**: how far members come
    }
content-beside = Saved by { NUMBER($saved) }, not for { NUMBER($refused) }, bought by { NUMBER($bought) }.
content-group = { $name }: opened by { NUMBER($opened) }, finished by { NUMBER($finished) }, bought by { NUMBER($bought) }
content-source = Came through { $name }
content-choose = How far did they come?
content-few = Fewer than five people of them opened something, so I don’t tell them apart.
content-look = Look at it
content-step-shown = Recommended to
content-step-opened = Opened by
content-step-finished = Finished by
content-step-rated = Rated by
content-share =
    { $of ->
        [shown] { NUMBER($share) } % of whom it was recommended to
       *[opened] { NUMBER($share) } % of those who opened it
    }
content-chart-title =
    { $title ->
        [all] { NUMBER($share) } % of those who opened something finished something
       *[other] { NUMBER($share) } % of those who opened “{ $title }” finished it
    }
content-chart-foot = { $community }, members counted once, until { $day }
chart-catalogue_funnel = From recommended to finished

## Feeds, of /catalogue

feeds-open = Feeds
feeds-none = No feed is followed. Give me the address of an RSS or Atom feed, or of your site’s sitemap: what is new there comes into the catalogue by itself.
feeds-title = { COUNT($count, "feed") } followed; what is new there comes into the catalogue by itself, every few hours.
feeds-line = • { $address } (read { $when })
feeds-line-new = • { $address } (not read yet)
feeds-line-fault = ✗ { $address }: { $why }
feeds-add = Add a feed
feeds-drop = Take one off; its items stay
feeds-drop-it = Take it off
feeds-failing = { $address } gave nothing { COUNT($count, "time") } in a row: { $why } I go on trying, more and more seldom.
form-add_feed = Add a feed
field-add_feed-address = Address
field-add_feed-address-help = https://… of RSS, Atom or a sitemap
error-feeds-full = A community follows { NUMBER($limit) } feeds at most. Take one off first.
feed-fault-nowhere = Nothing answers there.
feed-fault-private = That address is inside a network, not on the web.
feed-fault-slow = It takes too long.
feed-fault-status = It answers { $detail }.
feed-fault-round = It leads from one address to the next and never ends.
feed-fault-large = It is larger than { $detail } MB.
feed-fault-broken = That is no feed that I can read.
feed-list-empty = That list names no feed.
catalogue-feed = { $file }: { $why } Nothing was brought in.

## Dead links, of /catalogue

dead-links-open = Dead links ({ NUMBER($count) })
dead-links-none = Every link of the catalogue answered when I last looked. I look once a week.
dead-links-title = **{ COUNT($count, "link") } of the catalogue** { $count ->
    [one] doesn’t
   *[other] don’t
} answer.
dead-links-told = **{ $community }**: { COUNT($count, "link") } of the catalogue { $count ->
    [one] doesn’t
   *[other] don’t
} answer, looked at twice.
dead-links-line = ✗ **{ $title }**: { $why } (since { $since })
dead-links-how = Choose one to change its link or to retire it. What answers again I name no more.

## The catalogue, on the command line

catalogue-too-many = { $file } has more than { NUMBER($limit) } items. Bring fewer at a time.
catalogue-too-large = { $file } is larger than { NUMBER($megabytes) } MB. Bring less at a time.
catalogue-no-json = { $file }, line { $line }: this is no JSON. Bring an array of objects with a title each.
catalogue-no-list = { $file } holds no array of items. Bring an array of objects with a title each.
catalogue-no-object = { $file }: item { $line } is no object with a title.
catalogue-column = { $file } has a column “{ $column }” that I don’t know. Known are { $columns }.
catalogue-lines = { $file }: { COUNT($count, "line") } make no sense, and nothing was brought in. { $shown }
catalogue-row = Line { $line }: { $why }
catalogue-word = “{ $text }” under “{ $column }” is none of { $options }.
catalogue-number = “{ $text }” under “{ $column }” is no whole number from 0 to { NUMBER($most) }.
catalogue-day = “{ $text }” under “{ $column }” is no day. Write it as 2026-12-24 or 2026-12-24T18:00+08:00.
catalogue-tier = “{ $title }” is for tier { NUMBER($tier) }, but this community has the tiers 0 to { NUMBER($most) }.

## /uplift

command-uplift = See whether what I recommend helps
uplift-counting = I am comparing who was recommended what. The answer follows here.
uplift-nothing = Nothing is compared yet. Once I have worked something out for 50 members who agreed to it, some get what is popular in place of their own, drawn anew every eight weeks.
uplift-title = **Do recommendations help in { $community }?**
uplift-gain-opened = opened something
uplift-gain-finished = finished something
uplift-gain-bought = got something for points
uplift-said =
    { $points } of 100 more { $gain ->
        [opened] open
        [finished] finish
       *[bought] get for points
    } something within a week with their own list than with the popular one, between { $low } and { $high } ({ NUMBER($own) } with their own, { NUMBER($popular) } with the popular){ $sure ->
        [yes] .
       *[no] : no difference to be told from chance.
    }
uplift-few =
    { $gain ->
        [opened] Opened
        [finished] Finished
       *[bought] Got for points
    }: too few to say; only a difference above { COUNT($points, "point") } of 100 could be seen so far ({ NUMBER($own) } with their own list, { NUMBER($popular) } with the popular one).
uplift-waiting =
    { $gain ->
        [opened] Opened
        [finished] Finished
       *[bought] Got for points
    }: no week is over yet; { NUMBER($waiting) } are watched.
uplift-worth = Of 100 items shown, { $own } are opened within a week from a member's own list, { $popular } from the popular one (as sure as { NUMBER($shown) } showings of either).
uplift-picture =
    { $sure ->
        [0] Recommendations made no difference beyond chance
       *[other] { NUMBER($sure) } of { NUMBER($count) } differences are beyond chance
    }
uplift-foot = { $community } · own list beside the popular one, of 100 members a week · until { $day }
chart-uplift_compared = What recommendations change
