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

## /segments

command-segments = 查看相似成员的分群、各群特点，以及上月以来谁换了群
option-segments-segment = 其中一群：有什么特点，以及同意公开名字的人
option-segments-segment-name = 分群
segments-counting = 正在寻找彼此相似的成员，稍后给出结果。
segments-nobody = 过去一年没有人活跃，无从分群。
segments-few = 人数太少，无法分群：截至{ $day }，一年内活跃的有 { NUMBER($people) } 人，至少需要 { NUMBER($needed) } 人。
segments-unstable = 没有稳定的分群：截至{ $day }，一年内活跃的有 { NUMBER($people) } 人，无论分成 3 到 6 群中的几群，抽样后都找不回同样的分法。
segments-title = 截至{ $day }，一年内活跃的有 { NUMBER($people) } 人。以下分群在抽样中都能重新找到，特点取各群的中位成员：
segments-line = **{ $name }** · { NUMBER($size) } 人 · { $marks }{ $known ->
        [yes] {" "}· { $worth }
       *[no] {""}
    }
segments-small = **{ $name }** · 不到 5 人
segments-marks = { $recency ->
        [0] 今天还活跃
        [1] 昨天活跃过
       *[other] { NUMBER($recency) } 天前活跃过
    } · 90 天里活跃 { NUMBER($frequency) } 天
segments-value-money = 付费 { $amount }
segments-value-payments = 付款 { NUMBER($count) } 次
segments-value-spent = 花费 { NUMBER($count) } 积分
segments-value-earned = 获得 { NUMBER($count) } 积分
segments-worth-money = 价值按一年内为会员支付的金额计算，已扣除退款。
segments-worth-payments = 价值按一年内为会员付款的次数计算：不同币种的金额无法相加。
segments-worth-spent = 付费的人太少，价值按一年内花费的积分计算。
segments-worth-earned = 花过积分的人太少，价值按一年内获得的积分计算。
segments-worth-nothing = 获得积分的人太少，看不出价值，只按时间分群。
segments-first = 有了两个月的分群，才能看出谁换了群。
segments-moved = { $month } 月底以来的变动（以 5 人为单位）：
segments-move = { $before } → { $now }：约 { NUMBER($count) } 人
segments-nobody-moved = { $month } 月底以来，没有 5 人以上从同一群换到另一群。
segments-which = 想看哪一群有谁？
segments-unknown =
    { $count ->
        [0] 目前没有分群，原因见 /segments。
       *[other] 没有叫「{ $given }」的分群。现有：{ $segments }。
    }
segments-about = 名称的含义：{ $about }
segments-named =
    { $others ->
        [0] { $names }
       *[other] { $names }，另有 { NUMBER($others) } 人。只列出同意公开名字的人。
    }
segments-unnamed = 这里不列名字：只列同意公开的人，而且未列出的至少要有 5 人。
segments-whom = 为他们办活动：`/activities 编号 whom={ $word }`
segments-chart-title = { $name }：{ NUMBER($people) } 人中的 { NUMBER($size) } 人
segments-chart-people = 成员
segments-chart-foot = 截至{ $day }，一年内活跃的 { NUMBER($people) } 人 · 只画 5 人以上的群
segments-moves-title = 约 { NUMBER($count) } 人从「{ $before }」变为「{ $now }」
segments-moves-foot = { $month } 月底以来，截至{ $day } · 由行到列，以 5 人为单位，不足 5 人不显示
chart-segment_sizes = 成员分群
chart-segment_moves = 成员分群之间的变动
segment-new = 新面孔
segment-regular-buyers = 活跃买家
segment-regulars = 常客
segment-quiet-buyers = 低调买家
segment-occasional = 偶尔露面
segment-drifting = 渐行渐远
segment-lost-buyers = 流失的买家
segment-gone-quiet = 沉寂已久
segment-about-new = 来了不到 30 天，最近 30 天内活跃过。
segment-about-regular-buyers = 90 天里活跃 12 天以上，而且会购买。
segment-about-regulars = 90 天里活跃 12 天以上。
segment-about-quiet-buyers = 30 天内活跃过，但 90 天里不到 12 天，会购买。
segment-about-occasional = 30 天内活跃过，但 90 天里不到 12 天。
segment-about-drifting = 上次活跃在 31 到 90 天前。
segment-about-lost-buyers = 超过 90 天没有活跃，一年内买过东西。
segment-about-gone-quiet = 超过 90 天没有活跃。
