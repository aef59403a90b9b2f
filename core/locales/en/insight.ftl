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

## /atrisk

command-atrisk = Who may fall silent, why, and how true that was before
chart-silence_record = Who fell silent of those named
atrisk-counting = I'm working out who may fall silent. The answer comes in a moment.
atrisk-nothing = Nobody has done anything here before today, so nobody can fall silent yet.
atrisk-title = **Who may fall silent** in the 30 days from { $day }: of { COUNT($people, "regular") } { $base } % do on average.
atrisk-rule-title = **Who may be falling silent**, as of { $day }: of { COUNT($people, "regular") }, who is quiet for twice their usual gap.
atrisk-not-too-few = Not enough history yet for probabilities: they take 30 people who fell silent and 30 who didn't to learn from, and 10 of each later on to check twice.
atrisk-not-no-features = Not enough history yet for probabilities: nothing tells those who fell silent from the others.
atrisk-not-no-gain = Not enough history yet for probabilities: what was learned foretells no better than saying the same of everybody.
atrisk-nobody = Nobody stands out now.
atrisk-line = { $name }: { $chance } % ({ $why })
atrisk-rule-line = { $name }: { $why }
atrisk-back =
    { $count ->
        [one] 1 person who was on the list has done something since.
       *[other] { NUMBER($count) } people who were on the list have done something since.
    }
atrisk-unnamed =
    { $listed ->
        [0] { $count ->
            [one] 1 person may, unnamed here because they haven't agreed.
           *[other] { NUMBER($count) } people may, unnamed here because they haven't agreed.
        }
       *[other] { $count ->
            [one] 1 more may, unnamed here because they haven't agreed.
           *[other] { NUMBER($count) } more may, unnamed here because they haven't agreed.
        }
    }
atrisk-newer =
    { $count ->
        [one] 1 person was active on fewer than three days so far: too early to say.
       *[other] { NUMBER($count) } people were active on fewer than three days so far: too early to say.
    }
atrisk-record = **How true this was**
atrisk-no-record = No record yet: it begins once the 30 days after a list are over.
atrisk-month =
    { $day }: { $named ->
        [0] nobody named;
        [one] 1 named, { $silent ->
            [0] who didn't fall silent;
           *[other] who fell silent;
        }
       *[other] of { NUMBER($named) } named { NUMBER($silent) } fell silent ({ $share } %);
    } of { COUNT($rest, "other") } { $rest_share } %.
atrisk-month-written =
    { $count ->
        [one] One more was named and written to, which may have changed things: { $silent ->
            [0] they didn't fall silent.
           *[other] they fell silent.
        }
       *[other] { NUMBER($count) } more were named and written to, which may have changed things: { NUMBER($silent) } of them fell silent.
    }
atrisk-replayed = Months before I kept lists are replayed: whom I would have named, learned from what came before alone.
atrisk-by-rule = Where there was too little to learn from, named was who had been quiet for twice their usual gap.
atrisk-win-back = Write to who falls silent
atrisk-chart-title = Of those named { $named } % fell silent, of the others { $rest } %
atrisk-chart-named = Named
atrisk-chart-rest = Not named
atrisk-chart-foot = Silent for { COUNT($days, "day") } after each list · { COUNT($named, "time") } named, { COUNT($rest, "time") } not · until { $day }
atrisk-why-recency =
    { $count ->
        [0] active yesterday
       *[other] quiet for { COUNT($count, "day") }
    }
atrisk-why-quiet =
    { $count ->
        [one] quiet for as long as the usual gap
       *[other] quiet for { NUMBER($count) } times the usual gap
    }
atrisk-why-gap = usually there every { COUNT($count, "day") }
atrisk-why-active-7 =
    { $count ->
        [0] not active in the last 7 days
       *[other] active on { NUMBER($count) } of the last 7 days
    }
atrisk-why-active-30 =
    { $count ->
        [0] not active in the last 30 days
       *[other] active on { NUMBER($count) } of the last 30 days
    }
atrisk-why-active-90 =
    { $count ->
        [0] not active in the last 90 days
       *[other] active on { NUMBER($count) } of the last 90 days
    }
atrisk-why-weeks = active in { NUMBER($count) } of the last 13 weeks
atrisk-why-streak =
    { $count ->
        [0] nothing in the last week
       *[other] { COUNT($count, "week") } in a row
    }
atrisk-why-messages =
    { $count ->
        [0] no message in 30 days
       *[other] { COUNT($count, "message") } in 30 days
    }
atrisk-why-messages-before =
    { $count ->
        [0] no message in the 30 days before those
       *[other] { COUNT($count, "message") } in the 30 days before those
    }
atrisk-why-replies-given =
    { $count ->
        [0] answered nobody in 30 days
       *[other] answered others { COUNT($count, "time") } in 30 days
    }
atrisk-why-replies-received =
    { $count ->
        [0] was answered by nobody in 30 days
       *[other] was answered { COUNT($count, "time") } in 30 days
    }
atrisk-why-ties = in touch with { $count ->
        [0] nobody
        [one] 1 person
       *[other] { NUMBER($count) } people
    } in 90 days
atrisk-why-partners = wrote or reacted to { $count ->
        [0] nobody
        [one] 1 person
       *[other] { NUMBER($count) } people
    } in 90 days
atrisk-why-tenure = first active { COUNT($count, "day") } ago
atrisk-why-reactions-given =
    { $count ->
        [0] no reaction given in 30 days
       *[other] reacted { COUNT($count, "time") } in 30 days
    }
atrisk-why-reactions-received =
    { $count ->
        [0] no reaction received in 30 days
       *[other] { COUNT($count, "reaction") } received in 30 days
    }
atrisk-why-other =
    { $count ->
        [0] no voice, votes or the like in 30 days
       *[other] { COUNT($count, "other thing") } done in 30 days, such as voice or votes
    }
atrisk-why-opened =
    { $count ->
        [0] opened nothing in 30 days
       *[other] opened { COUNT($count, "item") } in 30 days
    }
atrisk-why-bought =
    { $count ->
        [0] bought nothing in 90 days
       *[other] bought { COUNT($count, "item") } in 90 days
    }
atrisk-why-took-part =
    { $count ->
        [0] took part in nothing in 90 days
       *[other] took part { COUNT($count, "time") } in 90 days
    }
