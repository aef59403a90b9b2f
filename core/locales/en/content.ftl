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
