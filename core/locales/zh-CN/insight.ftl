### 洞察

## 成员能留多久

survival-row-negative = { $file } 第 { $line } 行：「{ $column }」小于 0。
survival-row-order = { $file } 第 { $line } 行：「{ $entry }」晚于「{ $duration }」，离开不会早于首次出现。
survival-people = 共 { NUMBER($n) } 人，其中 { NUMBER($events) } 人已离开。
survival-median = 一半的人留存超过 { $time }。
survival-median-none = 到最后仍有过半的人在，无法说出一半人离开的时间。
survival-row = { $time } 之后：{ $share } 还在，区间 { $low } 至 { $high }。
survival-left-out = 有 { NUMBER($count) } 行开始时就已结束，不计入。
survival-broken = 某一时刻已观察到的人全部离开，之后才有人加入：从那里起曲线不可用。

## 表格能预测什么

learn-row-date = { $file } 第 { $line } 行：「{ $column }」里的「{ $text }」不是日期。请写成 2026-03-01 这样。
learn-row-future = { $file } 第 { $line } 行：「{ $column }」是 { $date }，还没到。未来的数据不能用来学习。
learn-row-leak = { $file } 第 { $line } 行：「{ $column }」是 { $date }，晚于该行的日期 { $cutoff }。当时还不知道的，不能用来预测。
learn-test-from = 「{ $text }」不是日期。--test-from 请写成 2026-03-01 这样。
learn-test-without-date = 使用 --test-from 时，须用 --date 指定日期列，即各行数据截至哪一天。
learn-model-unknown = { $file } 不是这个版本的模型。请用 kith learn --out 生成。
learn-model-unwritable = 无法写入 { $file }：{ $reason }。
learn-not-too-few = 历史数据还不够：两种结果各需 30 行用于学习，另需 10 行较晚的用于检验。
learn-not-no-features = 历史数据还不够：各行没有差别，无从学习。
learn-not-no-gain = 历史数据还不够：并不比对所有人说同一个概率更准。
learn-served = 采用 { $model }，平均 { $base }。
learn-figures = AUC { $auc }；Brier { $brier }，只看平均值时为 { $brier_base }；校准误差 { $ece }，完美模型最多为 { $ece_floor }。
learn-calibrated = 这些概率名副其实。
learn-uncalibrated = 这些概率可以用来排序，但数值不够准。
learn-feature = { $name }：{ $weight }
learn-base = 「{ $label }」平均为 { $base }。
learn-row = { $id }：{ $chance }（{ $reasons }）
learn-reason-raises = { $column } 为 { $cell }，可能性更高
learn-reason-lowers = { $column } 为 { $cell }，可能性更低

## 客户分群

segments-none = 没有稳定的分群：分成 3 到 6 群，换一批样本都无法重现。
segments-recent = 近期来过
segments-past = 久未出现
segments-often = 常来
segments-seldom = 少来
segments-much = 高消费
segments-little = 低消费
segments-row = { $name }：{ NUMBER($n) } 位客户，平均 { $recency } 天前来过，每人来过 { $frequency } 天。

## /retention

retention-nobody = { $community }还没有人来过，谈不上谁回来。
retention-no-joined = { $community }没有任何人的加入记录。请改看发过言的人，从第一条发言算起。
retention-no-wrote = { $community }还没有人发过言。
retention-no-present = { $community }的成员来了之后还没有任何动静。
retention-no-took_part = { $community }还没有人参加过活动。
retention-no-opened = { $community }还没有人打开过内容。
