### Insight

## How long people stay

survival-row-negative = { $file }, line { $line }: “{ $column }” is below 0.
survival-row-order = { $file }, line { $line }: “{ $entry }” lies after “{ $duration }”. Nobody ends before they were first seen.
survival-people = { NUMBER($n) } people, { NUMBER($events) } of them left.
survival-median = Half stay longer than { $time }.
survival-median-none = More than half are still there at the end, so no time says when half have left.
survival-row = After { $time }: { $share } are there, between { $low } and { $high }.
survival-left-out =
    { $count ->
        [one] One row ended when it began, so it says nothing.
       *[other] { NUMBER($count) } rows ended when they began, so they say nothing.
    }
survival-broken = At some time all who were seen had left, and others came later: from there on the curve says nothing.

## What a table foretells

learn-row-date = { $file }, line { $line }: “{ $text }” under “{ $column }” is no day. Write days as 2026-03-01.
learn-row-future = { $file }, line { $line }: “{ $column }” is { $date }, a day to come. What will be known then can't be learned from.
learn-row-leak = { $file }, line { $line }: “{ $column }” is { $date }, after the row's own day { $cutoff }. What wasn't known by then can't foretell.
learn-test-from = “{ $text }” is no day. Write --test-from as 2026-03-01.
learn-test-without-date = --test-from needs --date COLUMN, the day by which each row was known.
learn-model-unknown = { $file } is no model of this version. Make one with kith learn --out.
learn-model-unwritable = { $file } can't be written: { $reason }.
learn-not-too-few = Not enough history yet: 30 rows of each answer are needed to learn from, and 10 later ones to judge by.
learn-not-no-features = Not enough history yet: no column differs between rows, so there is nothing to learn from.
learn-not-no-gain = Not enough history yet: no better than saying the same of everybody.
learn-served = { $model } serves; on average { $base }.
learn-figures = AUC { $auc }; Brier { $brier } against { $brier_base } of the base rate; calibration error { $ece }, { $ece_floor } at most for a perfect model.
learn-calibrated = The probabilities mean what they say.
learn-uncalibrated = The probabilities rank people but don't mean quite what they say.
learn-feature = { $name }: { $weight }
learn-base = “{ $label }” on average: { $base }.
learn-row = { $id }: { $chance } ({ $reasons })
learn-reason-raises = { $column } { $cell } makes it likelier
learn-reason-lowers = { $column } { $cell } makes it less likely

## Groups of customers

segments-none = No stable groups: no number of groups from 3 to 6 is found again in samples of these customers.
segments-recent = recent
segments-past = past
segments-often = often
segments-seldom = seldom
segments-much = high value
segments-little = low value
segments-row = { $name }: { NUMBER($n) } in all; days since the last time { $recency }, days with a transaction { $frequency }.

## /segments

command-segments = See groups of members who are alike, what marks each, and who moved since last month
option-segments-segment = One of the groups: what marks it, and who of it agreed to be named
option-segments-segment-name = segment
segments-counting = I'm looking for groups of members who are alike. The answer comes in a moment.
segments-nobody = Nobody was active within the last year, so there are no groups to look for.
segments-few = Too few to look for groups: { COUNT($people, "member") } active within a year until { $day }, and it takes { NUMBER($needed) }.
segments-unstable = No stable groups: of { COUNT($people, "member") } active within a year until { $day }, no division into 3 to 6 groups is found again in samples of them.
segments-title = { COUNT($people, "member") } were active within a year until { $day }. Groups that are found again in samples of them, with the median member of each:
segments-line = **{ $name }** · { NUMBER($size) } · { $marks }{ $known ->
        [yes] {" "}· { $worth }
       *[no] {""}
    }
segments-small = **{ $name }** · fewer than five
segments-marks = { $recency ->
        [0] last active today
        [one] last active yesterday
       *[other] last active { NUMBER($recency) } days ago
    } · { $frequency ->
        [0] on none of 90 days
       *[other] on { NUMBER($frequency) } of 90 days
    }
segments-value-money = paid { $amount }
segments-value-payments = { COUNT($count, "payment") }
segments-value-spent = { COUNT($count, "point") } spent
segments-value-earned = { COUNT($count, "point") } earned
segments-worth-money = Value is the money paid for plans within a year, less what was given back.
segments-worth-payments = Value is the number of payments for plans within a year: amounts in different currencies can't be added.
segments-worth-spent = Value is the points spent within a year, since too few paid money.
segments-worth-earned = Value is the points earned within a year, since too few spent any.
segments-worth-nothing = Too few earned points to tell what members are worth: the groups are by time alone.
segments-first = Who moved can be said once there are groups of two months.
segments-moved = Moved since the end of { $month }, in fives:
segments-move = { $before } → { $now }: about { NUMBER($count) }
segments-nobody-moved = Since the end of { $month } no five moved from one group to the same other.
segments-which = Who is in a group?
segments-unknown =
    { $count ->
        [0] There are no groups at the moment: /segments says why.
       *[other] “{ $given }” is no group there is. There are { $segments }.
    }
segments-about = The name says: { $about }
segments-named =
    { $others ->
        [0] { $names }
       *[other] { $names } and { NUMBER($others) } more. I name only who agreed to it.
    }
segments-unnamed = I name nobody here: only who agreed to it, and only where five or more aren't named.
segments-whom = An activity for them: `/activities NUMBER whom={ $word }`
segments-chart-title = { $name }: { NUMBER($size) } of { COUNT($people, "member") }
segments-chart-people = Members
segments-chart-foot = { COUNT($people, "member") } active within a year until { $day } · groups of five or more
segments-moves-title = About { NUMBER($count) } went from { $before } to { $now }
segments-moves-foot = Since the end of { $month }, until { $day } · from row to column, in fives, no fewer than five
chart-segment_sizes = Groups of members
chart-segment_moves = Who moved between groups of members
segment-new = New faces
segment-regular-buyers = Regular buyers
segment-regulars = Regulars
segment-quiet-buyers = Quiet buyers
segment-occasional = Now and then
segment-drifting = Drifting away
segment-lost-buyers = Buyers gone quiet
segment-gone-quiet = Gone quiet
segment-about-new = here for 30 days or less, and active within the last 30.
segment-about-regular-buyers = active on 12 of 90 days or more, and they buy.
segment-about-regulars = active on 12 of 90 days or more.
segment-about-quiet-buyers = active within 30 days but on fewer than 12 of 90, and they buy.
segment-about-occasional = active within 30 days but on fewer than 12 of 90.
segment-about-drifting = last active 31 to 90 days ago.
segment-about-lost-buyers = not active for more than 90 days; they bought something within the year.
segment-about-gone-quiet = not active for more than 90 days.
