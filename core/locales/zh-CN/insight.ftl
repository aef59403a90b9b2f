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

## /atrisk

command-atrisk = 谁可能沉默下去、为什么，以往说得准不准
chart-silence_record = 点到名的后来沉默了多少
atrisk-counting = 正在计算谁可能沉默下去，稍等片刻就给你结果。
atrisk-nothing = 今天之前这里还没有人活动，暂时谈不上谁会沉默。
atrisk-title = **谁可能沉默下去**：{ $day } 起的 30 天里，{ NUMBER($people) } 位常客中平均有 { $base }% 会不再出现。
atrisk-rule-title = **谁可能正在沉默**：截至 { $day }，{ NUMBER($people) } 位常客中，安静时间超过平时间隔两倍的人。
atrisk-not-too-few = 历史数据还不够算概率：沉默的和没沉默的各需 30 人用于学习，之后两次检验各需 10 人。
atrisk-not-no-features = 历史数据还不够算概率：沉默的人和其他人看不出差别。
atrisk-not-no-gain = 历史数据还不够算概率：学到的并不比对所有人说同一个数更准。
atrisk-nobody = 目前没有特别需要留意的人。
atrisk-line = { $name }：{ $chance }%（{ $why }）
atrisk-rule-line = { $name }：{ $why }
atrisk-back = 名单上有 { NUMBER($count) } 人之后又有动静了。
atrisk-unnamed =
    { $listed ->
        [0] 有 { NUMBER($count) } 人可能沉默，因为本人没有同意，这里不列名字。
       *[other] 另有 { NUMBER($count) } 人可能沉默，因为本人没有同意，这里不列名字。
    }
atrisk-newer = 还有 { NUMBER($count) } 人活动不到三天，现在说还太早。
atrisk-record = **以往说得准不准**
atrisk-no-record = 还没有战绩：名单满 30 天后才开始计算。
atrisk-month =
    { $day }：{ $named ->
        [0] 没有点名；
       *[other] 点名 { NUMBER($named) } 人，沉默 { NUMBER($silent) } 人（{ $share }%）；
    }其余 { NUMBER($rest) } 人中 { $rest_share }%。
atrisk-month-written = 另有 { NUMBER($count) } 人点名后我给他们发过消息，结果可能因此不同：其中 { NUMBER($silent) } 人沉默。
atrisk-replayed = 开始保存名单之前的月份是回放的：只用当时之前的数据学习，看我会点谁的名。
atrisk-by-rule = 数据不够学习时，点的是安静时间超过平时间隔两倍的人。
atrisk-win-back = 给沉默的人发消息
atrisk-chart-title = 点到名的 { $named }% 后来沉默，其余人 { $rest }%
atrisk-chart-named = 点名
atrisk-chart-rest = 未点名
atrisk-chart-foot = 每份名单之后 { NUMBER($days) } 天没有动静 · 点名 { NUMBER($named) } 人次，未点名 { NUMBER($rest) } 人次 · 截至 { $day }
atrisk-why-recency =
    { $count ->
        [0] 昨天还来过
       *[other] 已安静 { NUMBER($count) } 天
    }
atrisk-why-quiet = 已安静平时间隔的 { NUMBER($count) } 倍
atrisk-why-gap = 平时每 { NUMBER($count) } 天来一次
atrisk-why-active-7 =
    { $count ->
        [0] 近 7 天没有活动
       *[other] 近 7 天有 { NUMBER($count) } 天活动
    }
atrisk-why-active-30 =
    { $count ->
        [0] 近 30 天没有活动
       *[other] 近 30 天有 { NUMBER($count) } 天活动
    }
atrisk-why-active-90 =
    { $count ->
        [0] 近 90 天没有活动
       *[other] 近 90 天有 { NUMBER($count) } 天活动
    }
atrisk-why-weeks = 近 13 周有 { NUMBER($count) } 周活动
atrisk-why-streak =
    { $count ->
        [0] 近一周没有动静
       *[other] 连续活动 { NUMBER($count) } 周
    }
atrisk-why-messages =
    { $count ->
        [0] 30 天内没发消息
       *[other] 30 天内 { NUMBER($count) } 条消息
    }
atrisk-why-messages-before =
    { $count ->
        [0] 再往前 30 天没发消息
       *[other] 再往前 30 天 { NUMBER($count) } 条消息
    }
atrisk-why-replies-given =
    { $count ->
        [0] 30 天内没回复过别人
       *[other] 30 天内回复别人 { NUMBER($count) } 次
    }
atrisk-why-replies-received =
    { $count ->
        [0] 30 天内没人回复
       *[other] 30 天内被回复 { NUMBER($count) } 次
    }
atrisk-why-ties =
    { $count ->
        [0] 90 天内没和谁来往
       *[other] 90 天内与 { NUMBER($count) } 人有来往
    }
atrisk-why-partners =
    { $count ->
        [0] 90 天内没主动联系过谁
       *[other] 90 天内主动联系过 { NUMBER($count) } 人
    }
atrisk-why-tenure = { NUMBER($count) } 天前第一次活动
atrisk-why-reactions-given =
    { $count ->
        [0] 30 天内没给过表情回应
       *[other] 30 天内给过 { NUMBER($count) } 次表情回应
    }
atrisk-why-reactions-received =
    { $count ->
        [0] 30 天内没收到表情回应
       *[other] 30 天内收到 { NUMBER($count) } 次表情回应
    }
atrisk-why-other =
    { $count ->
        [0] 30 天内没有语音、投票等其他活动
       *[other] 30 天内语音、投票等其他活动 { NUMBER($count) } 次
    }
atrisk-why-opened =
    { $count ->
        [0] 30 天内没打开过内容
       *[other] 30 天内打开 { NUMBER($count) } 篇内容
    }
atrisk-why-bought =
    { $count ->
        [0] 90 天内没买过东西
       *[other] 90 天内购买 { NUMBER($count) } 件
    }
atrisk-why-took-part =
    { $count ->
        [0] 90 天内没参加活动
       *[other] 90 天内参加活动 { NUMBER($count) } 次
    }
