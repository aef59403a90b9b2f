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

## /stats

command-stats = 查看消息数、活跃人数、高峰时段、语音、加入与离开，并与之前对比
option-stats-member-name = 成员
option-stats-member = 同意被单独查看的成员；不填就看整个社群
option-stats-room-name = 频道
option-stats-room = 某个频道（含子区），填「频道」就看当前所在的
option-stats-days-name = 天数
option-stats-days = 7、30 或 90
stats-word-community = 社群
stats-word-room = 频道
stats-title = **{ $name }** · 截至 { $day }的 { NUMBER($days) } 天
stats-note = ⚠ { $note }
stats-messages = 消息：**{ NUMBER($now) }** 条{ $than }
stats-before = （此前 { $before }）
stats-before-change = （此前 { $before }，{ $change }%）
stats-people = 活跃人数：平均每天 **{ $day }**，近 7 天 { NUMBER($week) }，近 30 天 { NUMBER($month) }{ $than }
stats-writers = 共 { NUMBER($people) } 人有过互动，其中 { NUMBER($writers) } 人发过言。
stats-stickiness = 粘性（日活 / 月活）：**{ $share }%**{ $than }
stats-peak = 最热闹：{ $weekday } { $from }–{ $to }（{ $zone }）
stats-voice = 语音：{ NUMBER($minutes) } 分钟{ $than }
stats-moves = 加入 { NUMBER($joined) } 人{ $joined_than } · 离开 { NUMBER($left) } 人{ $left_than }
stats-rooms = { $more ->
    [0] 频道：{ $rooms }
   *[other] 频道：{ $rooms }，另有 { NUMBER($more) } 个
    }
stats-room = #{ $name } { NUMBER($messages) }
stats-sees = 我能看到消息、回应、语音和按钮操作；只看不说的人，我看不到。
stats-room-share = 占全社群消息的 { $share }%。
stats-room-threads = 含 { NUMBER($count) } 个子区。
stats-room-sees = 单个频道我只知道消息和语音；活跃人数只有全社群的。
stats-room-unnamed = 未命名频道
stats-nothing = 「{ $community }」里还没有可以统计的互动。
stats-too-young = 开始统计还不到一天：目前有 { NUMBER($messages) } 条消息。明天再来看吧。
stats-silent = 这段时间没有任何互动，最近一次是 { $day }。
stats-no-room-here = 你所在的地方不分频道。请写明频道，例如 /stats #general；只发 /stats 就看全部。
stats-room-unknown = 没有叫「{ $name }」的频道或成员。可以发送 /stats #频道、/stats @成员，或只发 /stats 看全部。
stats-member-counted = { $name }没有同意被单独查看，只计入总数。本人发送 /consent personal 之后，管理员才能看到。
stats-days = { NUMBER($days) } 天
stats-view-messages = 消息
stats-view-people = 活跃人数
stats-view-joined = 加入
stats-view-left = 离开
stats-view-moves = 加入与离开
stats-view-hours = 高峰时段
stats-figure-messages = 消息数
stats-figure-people = 活跃人数
stats-figure-joined = 加入人数
stats-figure-left = 离开人数
stats-break = { $way ->
    [stopped] { $since }（{ $weekday }）起，{ $figure }降到零，此前平均每天 { $before }
    [halved] { $since }（{ $weekday }）起，{ $figure }减半：平均每天 { $after }，此前 { $before }
    [fell] { $since }（{ $weekday }）起，{ $figure }下降 { $by }%：平均每天 { $after }，此前 { $before }
    [doubled] { $since }（{ $weekday }）起，{ $figure }翻倍：平均每天 { $after }，此前 { $before }
    [rose] { $since }（{ $weekday }）起，{ $figure }上升 { $by }%：平均每天 { $after }，此前 { $before }
   *[times] { $since }（{ $weekday }）起，{ $figure }升至 { $times } 倍：平均每天 { $after }，此前 { $before }
    }
stats-daily-title = { $figure }：平均每天 { $mean }，最少 { $least }，最多 { $most }
stats-daily-foot = { $name ->
    [messages] 截至 { $day }的 { NUMBER($days) } 天，共 { NUMBER($sum) } 条消息（按 UTC 日）
    [people] 截至 { $day }的 { NUMBER($days) } 天，每天发言、回应、语音或参与活动的人数（按 UTC 日）
    [joined] 截至 { $day }的 { NUMBER($days) } 天，共 { NUMBER($sum) } 人次加入（按 UTC 日）
   *[left] 截至 { $day }的 { NUMBER($days) } 天，共 { NUMBER($sum) } 人次离开（按 UTC 日）
    }{ $ranged ->
    [yes] 。阴影：按星期几计算，20 天里有 19 天落在其中
   *[no] 。满四周才能判断平常的范围
    }
stats-moves-title = { NUMBER($weeks) } 周内加入 { NUMBER($joined) } 人次，离开 { NUMBER($left) } 人次
stats-moves-foot = 以平台通知为准，按周统计（UTC 日），截至 { $day }；离开后再来的重复计算
stats-hours-title = { $what ->
    [all] { $weekday } { $from }–{ $to } 最热闹
   *[other] { $room } · { $weekday } { $from }–{ $to } 消息最多
    }
stats-hours-foot = { $what ->
    [messages] 截至 { $day }的 { NUMBER($days) } 天，共 { NUMBER($done) } 条消息，按 { $zone } 的钟点
   *[all] 截至 { $day }的 { NUMBER($days) } 天，共 { NUMBER($done) } 次互动（消息、回应、语音、投票、致谢），按 { $zone } 的钟点
    }
chart-messages_by_day = 每日消息数
chart-active_people = 每日活跃人数
chart-joins_and_leaves = 加入与离开
chart-peak_hours = 高峰时段

## /mystats

command-mystats = 查看你最近十二周的活跃天数、消息、回应和积分
weeks-days = { $whose ->
    [own] 最近 84 天你活跃了 **{ NUMBER($days) }** 天，12 周里有 { $weeks } 周来过。
   *[other] 最近 84 天**{ $name }**活跃了 { NUMBER($days) } 天，12 周里有 { $weeks } 周来过。
    }
weeks-deeds = 发了 { NUMBER($messages) } 条消息，回应 { NUMBER($reactions) } 次。
weeks-points = 期间获得 { NUMBER($points) } 积分。
weeks-standing = { NUMBER($level) } 级 · { $tier }{ $streak ->
    [0] {""}
    [1] {""}
   *[other] {" "}· 连续签到 { NUMBER($streak) } 天
    }
weeks-nothing = { $whose ->
    [own] 最近十二周没有可以统计的互动。发言、回应或签到之后，这里就会有记录。
   *[other] 最近十二周没有{ $name }的互动。
    }
weeks-agree = 发送 /consent personal 后，还会按周显示你的消息和回应，你自己和管理员可见。
weeks-title = { $whose ->
    [own] 84 天里活跃 { NUMBER($sum) } 天，最多的一周从 { $week }起：{ NUMBER($days) } 天
   *[other] { $name }84 天里活跃 { NUMBER($sum) } 天，最多的一周从 { $week }起：{ NUMBER($days) } 天
    }
weeks-foot = { $standing } · 按周统计（七天，UTC 日），最后一周截至 { $day }
weeks-messages-panel = 消息
weeks-days-panel = 活跃天数
weeks-reactions-panel = 回应
weeks-points-panel = 获得积分
