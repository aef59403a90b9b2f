### Activities

## What an experiment shows

effect-from-or-panel = Say what to analyse: --from FILE or --panel FILE, one of the two.
effect-no-control = Which arm is the control? Give --control with one of: { $arms }.
effect-too-few = “{ $column }” must name two arms at least, with two rows in each.
effect-split = --split must name each arm once: { $arms }.
effect-split-form = “{ $text }” is no split. Write each arm and its share, as in treated=9,control=1.
effect-panel-twice = Each “{ $unit }” may have one row for each “{ $time }”.
effect-panel-still = “{ $treated }” changes within no unit: it must be 0 before the start and 1 from then on.
effect-points = { $number } in 100
effect-difference = { $arm }: { $estimate } against { $control }, between { $low } and { $high } ({ NUMBER($n) } and { NUMBER($m) } units).
effect-unseen = { $arm }: no difference from { $control } to be seen; with { NUMBER($n) } and { NUMBER($m) } units only one above { $mde } would show.
effect-association = An association, not an effect: nobody drew who got what.
effect-unlike = { $arm } and { $control } differed before the start: an association, not an effect.
effect-ratio = The arms don't have the sizes that were drawn (p = { $p }): find out why before you believe this.
effect-ratio-equal = The arms are not of equal size (p = { $p }): if the draw was another, give it with --split; else find out why before you believe this.
effect-panel = { $estimate } while treated, between { $low } and { $high } ({ NUMBER($units) } units, { NUMBER($treated) } of them treated); weaker than a draw at random.
effect-panel-few =
    { $treated ->
        [one] With one treated unit the interval is narrower than the truth.
       *[other] With { $treated } treated units the interval is narrower than the truth.
    }
