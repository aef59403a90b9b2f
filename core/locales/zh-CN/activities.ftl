### 活动

## 实验的结果

effect-from-or-panel = 请说明要分析什么：--from 文件，或 --panel 文件，二选一。
effect-no-control = 哪一组是对照组？请用 --control 指定其中之一：{ $arms }。
effect-too-few = 「{ $column }」至少要有两个组，每组至少两行。
effect-split = --split 须把每个组各写一次：{ $arms }。
effect-split-form = 「{ $text }」不是有效的分配比例。请写成 treated=9,control=1 这样。
effect-panel-twice = 每个「{ $unit }」在每个「{ $time }」只能有一行。
effect-panel-still = 「{ $treated }」在任何单位内都没有变化：开始前应为 0，开始后应为 1。
effect-points = { $number } 个百分点
effect-difference = { $arm } 比 { $control }：{ $estimate }，区间 { $low } 至 { $high }（{ NUMBER($n) } 与 { NUMBER($m) } 个单位）。
effect-unseen = { $arm } 与 { $control } 看不出差别：{ NUMBER($n) } 与 { NUMBER($m) } 个单位，只能看出 { $mde } 以上的差别。
effect-association = 这只是关联，不是效果：分组不是随机抽取的。
effect-unlike = { $arm } 与 { $control } 在开始前就不同：这只是关联，不是效果。
effect-ratio = 各组人数与抽取比例不符（p = { $p }）：请先查明原因，再相信这个结果。
effect-ratio-equal = 各组人数不等（p = { $p }）：若本来就不是平均分组，请用 --split 给出比例；否则请先查明原因，再相信这个结果。
effect-panel = 处理期间 { $estimate }，区间 { $low } 至 { $high }（{ NUMBER($units) } 个单位，其中 { NUMBER($treated) } 个受处理）；不如随机分组可靠。
effect-panel-few = 只有 { $treated } 个受处理的单位，实际区间会更宽。
