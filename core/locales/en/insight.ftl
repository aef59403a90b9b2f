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

## /retention

retention-nobody = Nobody has come to { $community } yet, so nobody can have come back.
retention-no-joined = The books of { $community } don't hold when anybody joined. Ask for those who wrote: they count from their first message.
retention-no-wrote = Nobody has written in { $community } yet.
retention-no-present = Nobody in { $community } has given a sign since they came.
retention-no-took_part = Nobody in { $community } has taken part in an activity yet.
retention-no-opened = Nobody in { $community } has opened an item yet.
