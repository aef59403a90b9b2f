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

segments-none = 没有稳定的分群：分成 3 到 6 群，要么换一批样本就无法重现，要么只是把均匀的分布切成几段。
segments-aside = 与分群无关、没有计入：{ $columns }。
segments-column-recency = 多久没来
segments-column-frequency = 来得多勤
segments-column-value = 价值
segments-recent = 近期来过
segments-past = 久未出现
segments-often = 常来
segments-seldom = 少来
segments-much = 高消费
segments-little = 低消费
segments-row = { $name }：{ NUMBER($n) } 位客户，平均 { $recency } 天前来过，每人来过 { $frequency } 天。

## 问卷

activity-survey = 问卷
activity-survey-about = 了解成员有多愿意推荐、是否满意，也可以问自己的问题：点一下就能答，可以分几次答完，私信或频道里都行。只在结束后公布汇总，不足五人的一概不显示。
activity-field-scale = 先问
activity-field-rest = 同类问题间隔天数
activity-choice-nps = NPS：是否愿意推荐，0 到 10 分
activity-choice-csat = 满意度（CSAT），1 到 5 分
activity-choice-own = 只问自己的问题
activity-trouble-survey = 还没有题目。请选择先问 NPS 或满意度，或者写下自己的问题。
error-survey-question = 第 { $number } 行没法问：「{ $given }」。写「感觉如何？」可用文字回答，「选哪个？甲 / 乙 / 丙」为选择题（最多 { $most } 项，每项不超过 { $limit } 字），「每周几小时？0-40」为数字题。
error-survey-option = 这个选项已经不在了。
error-survey-ends = 明天之前就结束了：可以答到 { $until }。
survey-head = **{ $community } 想听听你的看法**（{ NUMBER($count) } 题）· 截至 { $until }
    管理员只能看到五人以上的汇总，看不到谁答了什么。
survey-again = **{ $community }**：你说过稍后再答。
survey-question =
    { $count ->
        [one] { $question }
       *[other] { $number }/{ $count } · { $question }
    }
survey-ask-nps = 你有多愿意把 { $community } 推荐给朋友？0 为完全不愿意，10 为非常愿意。
survey-ask-csat = 你对 { $community } 满意吗？1 为很不满意，5 为非常满意。
survey-later = 稍后
survey-skip = 跳过
survey-write = 回答
survey-change = 修改回答
survey-changed = 已修改。
survey-thanks = 谢谢，很有帮助。{ $until } 之前都可以修改。
survey-later-said = { $at } 我会再私信问你，已答的都会保留。
survey-over = 问卷已结束，感谢每位参与的成员。
survey-over-told = 「{ $community }」的问卷 { $number } 已结束。
survey-see = 查看结果
form-survey_written = 你的回答
field-survey_written-answer = 回答

## /survey

command-survey = 查看问卷结果，或新建问卷
option-survey-which = 问卷编号；不填则列出全部
option-survey-which-name = 问卷
error-survey-unknown = 没有问卷「{ $given }」。用 /survey 查看有哪些。
survey-none = 还没有问卷。我会私信询问成员，不能私信的地方则在频道里发帖；你看到的只有汇总：不足五人的一概不显示，也看不到谁答了什么。
survey-list = **{ $community } 的问卷**
survey-line = { $name } · { $state ->
        [active] { $count ->
            [0] 还没有结束的轮次
           *[other] 已结束 { NUMBER($count) } 轮
        }
        [draft] 未启用
        [paused] 已暂停
       *[stopped] 已停止
    }
survey-new = 新建问卷
survey-scale-nps = NPS
survey-scale-csat = 满意度
survey-scale-own = 自己的问题
form-set_up_survey = 新建问卷
field-set_up_survey-scale = 先问什么？
field-set_up_survey-scale-nps = 是否愿意推荐，0 到 10 分（NPS）
field-set_up_survey-scale-csat = 是否满意，1 到 5 分（CSAT）
field-set_up_survey-scale-own = 只问自己的问题
field-set_up_survey-often = 多久问一次？
field-set_up_survey-often-once = 只问一次，明天 10:00
field-set_up_survey-often-monthly = 每月 1 号
field-set_up_survey-often-quarterly = 每十三周
field-set_up_survey-questions = 自己的问题，每行一个
field-set_up_survey-questions-help = 「选哪个？甲 / 乙」变成按钮，「几小时？0-40」为数字
survey-made = 问卷 { $number } 已建好，还没有问任何人。请先看一眼：问谁、开放多久，以及预览。
survey-look = 去看看
survey-title = **{ $name }** · { $community }
survey-open = 本轮截至 { $until }，目前{ $count ->
        [0] 不足 5 人回答
       *[other] 约 { NUMBER($count) } 人回答
    }。答了什么，结束后才公布。
survey-next = 下一轮开始于 { $at }。
survey-no-round = 还没有结束的轮次，暂无结果。
survey-round = **{ $day } 这一轮**
survey-few = 回答的不足五人，不显示任何结果。
survey-answered = 约 { $count } 人回答。
survey-answered-of = 约 { $count } 人回答。收到私信的 { NUMBER($asked) } 人中，约 { $back } 人回答，占 { $share }%。
survey-days = 此前 28 天里，回答的人活跃 { $answered } 天，其他人 { $others } 天（均为中位数）。
survey-score = { $scale ->
        [nps] NPS **{ $value }**，区间 { $low } 至 { $high }（95%）。
       *[csat] **{ $value }** 的人满意（4 或 5 分），区间 { $low } 至 { $high }（95%）。
    }
survey-score-none = { $scale ->
        [nps] NPS：回答太少，无法得出。
       *[csat] 满意度：回答太少，无法得出。
    }
survey-weighted = 按此前活跃程度加权，相当于所有人都回答了：{ $value }。
survey-by-tier = 按称号：{ $parts }。
survey-by-segment = 按分群：{ $parts }。
survey-by-circle = 按圈子：{ $parts }。
survey-count = { $label }：{ $count }
survey-cell-few = 不足 5
survey-cell-hidden = 不显示
survey-group-nps-low = 0 到 6 分
survey-group-nps-middle = 7 或 8 分
survey-group-nps-high = 9 或 10 分
survey-group-csat-low = 1 或 2 分
survey-group-csat-middle = 3 分
survey-group-csat-high = 4 或 5 分
survey-choice = { $question } { $groups }
survey-in-words = { $question } 用文字回答。
survey-after = 此后四周仍活跃的：答 { $high }的有 { $high_share }%，答 { $low }的有 { $low_share }%。两者相伴出现，不代表有因果关系。
survey-foot = 人数按 5 取整，其他数字都由取整后的人数算出。
survey-read = 阅读：{ $question }
survey-texts-head = 大家写的内容，不具名，与先后无关：
survey-texts-few = 写的不足五人，或本轮尚未结束。为避免认出是谁，暂不显示。
survey-answers = 回答
survey-one-nps = NPS 为 { $value }
survey-one-csat = { $value } 的人满意
survey-trend-nps = { $way ->
        [same] { NUMBER($count) } 轮以来 NPS 没有明显变化：{ $before } 与 { $now } 的差别在误差之内
        [up] { NUMBER($count) } 轮以来 NPS 从 { $before } 升到 { $now }
       *[down] { NUMBER($count) } 轮以来 NPS 从 { $before } 降到 { $now }
    }
survey-trend-csat = { $way ->
        [same] { NUMBER($count) } 轮以来满意度没有明显变化：{ $before } 与 { $now } 的差别在误差之内
        [up] { NUMBER($count) } 轮以来满意度从 { $before } 升到 { $now }
       *[down] { NUMBER($count) } 轮以来满意度从 { $before } 降到 { $now }
    }
survey-trend-foot = { $community } · 最近一轮的回答数（按 5 取整）：{ $count }
chart-survey_trend = 问卷，逐轮

## /pulse

activity-pulse = 心情
activity-pulse-about = 用五个表情问问这周过得怎样，点一下就好。愿意的人才点；只有自己要求过的人才会收到私信。须由主理人开启，只显示五人以上的汇总。
activity-trouble-pulse = 这里没有开启心情调查。主理人可用 `/settings pulse` 开启。
setting-pulse = 心情
setting-pulse-ask = 可以每周问一次成员过得怎样吗？愿意的人从五个表情里点一个，只显示五人以上的汇总。
setting-pulse-yes = 开启：管理员可以设置
setting-pulse-no = 关闭
setting-polarity = 消息的语气
setting-polarity-ask = 可以在收到每条消息时判断用词积极还是消极吗？只用来在心情旁显示整个社群的占比，不保存原文和姓名，成员可在 /privacy 里看到说明。在 Discord 上我拿不到消息原文。
setting-polarity-yes = 开启：统计语气
setting-polarity-no = 关闭
pulse-ask =
    这周在 { $community } 过得怎样？
    愿意的话点一下，截至 { $until }。没人看得到谁点了什么，满五人才显示汇总。
pulse-face = 表情
pulse-weekly = 每周私信问我／不再问
pulse-weekly-on = 以后每周我会私信问你，再点一次就不再问。
pulse-weekly-off = 不再私信问你了。
pulse-kept = { $changed ->
        [yes] 已改为
       *[no] 已记下
    } { $face }，谢谢。{ $until } 之前都可以改。
pulse-over = 本周的心情调查已结束，感谢每位参与的成员。
command-pulse = 查看社群的心情，每周五个表情
pulse-off = 心情调查没有开启，不会问任何人。主理人可用 `/settings pulse` 开启。
pulse-turn-on = 开启
pulse-none = 已允许心情调查，还没有设置：每周在频道里放五个表情，愿意的人点一下。
pulse-set-up = 设在这个频道
pulse-made = 心情调查已建好，是活动 { $number }，还没有问任何人。请先看一眼，再在那里启用。
pulse-title = **{ $community } 的心情**
pulse-few = 点的人太少，看不出大家过得怎样。
pulse-score = 约 { $count } 人点了，其中 **{ $value }** 过得不错（{ $faces }），区间 { $low } 至 { $high }（95%）。
pulse-friendly = 那一周的表情回应里，{ $share }% 是友善的。
pulse-friendly-label = 友善的回应
pulse-polarity = 那一周的消息里，语气积极的占 { $positive }%，消极的占 { $negative }%。
pulse-polarity-few = 消息的语气不便显示：发言的不到五人，或那一周没有全部统计到。
pulse-positive-label = 积极的消息
pulse-negative-label = 消极的消息
pulse-foot =
    { $text ->
        [all] 来自大家点的表情、回应，以及消息收到时其中的用词；原文不保存。
        [some] 来自大家点的表情、回应，以及消息收到时其中的用词；原文不保存。在 Discord 上我拿不到消息原文。
        [none] 只来自大家点的表情和回应：在 Discord 上我拿不到消息原文。
       *[off] 只来自大家点的表情和回应：我不读大家写的内容。
    }人数按 5 取整。
survey-scale-pulse = 过得不错
survey-ask-pulse = 这周在 { $community } 过得怎样？
survey-one-pulse = { $value } 的人过得不错
pulse-group-low = 不太好
pulse-group-middle = 一般
pulse-group-high = 不错
survey-trend-pulse = { $way ->
        [same] { $now } 的人过得不错，与 { NUMBER($count) } 轮前（{ $before }）相差不大
        [up] { NUMBER($count) } 轮以来，过得不错的人从 { $before } 升到 { $now }
       *[down] { NUMBER($count) } 轮以来，过得不错的人从 { $before } 降到 { $now }
    }
chart-pulse_trend = 心情，逐周

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
stats-note = { $mark ->
    [bad] ⚠
    [more] ↑
   *[less] ↓
    } { $note }
stats-messages = 消息：**{ NUMBER($now) }** 条{ $than }
stats-before = （此前 { $before }）
stats-before-change = （此前 { $before }，{ $change }%）
stats-before-times = （此前 { $before }，现为 { $times } 倍）
stats-people = 活跃人数：平均每天 **{ $day }**，近 7 天 { NUMBER($week) }，近 30 天 { NUMBER($month) }{ $than }
stats-writers = 共 { NUMBER($people) } 人有过互动，{ $who ->
    [all] 都发过言
    [none] 都没有发言
   *[some] 其中 { NUMBER($writers) } 人发过言
    }。
stats-stickiness = 粘性（日活 / 月活）：**{ $share }%**{ $than }
stats-peak = 最热闹：{ $weekday } { $from }–{ $to }（{ $zone }）
stats-voice = 语音：{ NUMBER($minutes) } 分钟{ $than }
stats-moves = 加入 { NUMBER($joined) } 人{ $joined_than } · 离开 { NUMBER($left) } 人{ $left_than }
stats-sources = 来自邀请链接：{ $sources }（只列 5 人以上的链接）
stats-source = { $name } { NUMBER($people) } 人
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
stats-no-room-here = 你所在的地方不分频道。请写明频道，例如 `/stats #general`；只发 /stats 就看全部。
stats-room-unknown = 没有叫「{ $name }」的频道或成员。可以发送 /stats #频道、/stats @成员，或只发 /stats 看全部。
stats-member-counted = { $name } 没有同意被单独查看，只计入总数。本人发送 /consent personal 之后，管理员才能看到。
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
    [yes] 。阴影：按星期几估计的平常范围
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
   *[other] 最近 84 天 **{ $name }** 活跃了 { NUMBER($days) } 天，12 周里有 { $weeks } 周来过。
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
   *[other] 最近十二周没有 { $name } 的互动。
    }
weeks-agree = 发送 /consent personal 后，还会按周显示你的消息和回应，你自己和管理员可见。
weeks-title = { $whose ->
    [own] 84 天里活跃 { NUMBER($sum) } 天，最多的一周从 { $week }起：{ NUMBER($days) } 天
   *[other] { $name } 84 天里活跃 { NUMBER($sum) } 天，最多的一周从 { $week }起：{ NUMBER($days) } 天
    }
weeks-foot = { $standing } · 按周统计（七天，UTC 日），最后一周截至 { $day }
weeks-messages-panel = 消息
weeks-days-panel = 活跃天数
weeks-reactions-panel = 回应
weeks-points-panel = 获得积分
## /retention

retention-nobody = { $community } 还没有人来过，谈不上谁回来。
retention-no-joined = { $community } 没有任何人的加入记录。请改看发过言的人，从第一条发言算起。
retention-no-wrote = { $community } 还没有人发过言。
retention-no-present = { $community } 的成员来了之后还没有任何动静。
retention-no-took_part = { $community } 还没有人参加过活动。
retention-no-opened = { $community } 还没有人打开过内容。
command-retention = 按加入的周或月，看谁回来了
option-retention-by-name = 分组
option-retention-by = week 按周，month 按月：同一时段来的算一组
option-retention-kind-name = 口径
option-retention-kind = bounded 当期回来，rolling 当期或之后回来，bracket 天数逐段放宽
option-retention-of-name = 人群
option-retention-of = joined 从加入算起，wrote 从第一条发言算起
option-retention-event-name = 动作
option-retention-event = 怎样算回来：present 任何动静，wrote 发言，took_part 参加活动，opened 打开内容
chart-retention = 留存
retention-head = **{ NUMBER($people) } 人**，{ $of ->
        [joined] 从加入当天算起
       *[wrote] 从第一条发言算起
    }，截至 { $day }：
retention-event = 算作回来：{ $event ->
        [wrote] 发言。
        [took_part] 参加活动。
        [opened] 打开内容。
       *[present] 任何动静，包括发言、回应表情、投票、语音和参加活动。
    }只看不说的人没有动静可查，算作没回来。
retention-unknown = 另有 { NUMBER($count) } 人没有加入时间的记录，不计入。
retention-before = 有 { NUMBER($count) } 人在 { $day } 开始有记录之前就来了，不计入。
retention-ahead = 有 { NUMBER($count) } 人的加入日期在未来（导入数据如此），不计入。
retention-day = 第 { $day } 天：{ NUMBER($of) } 人中 { NUMBER($share) }%（{ NUMBER($low) }–{ NUMBER($high) }%）回来；当天或之后回来的 { NUMBER($later) }%。
retention-day-few = 第 { $day } 天：满这么多天的只有 { NUMBER($of) } 人，人太少，看不出来。
retention-day-early = 第 { $day } 天：还早，看不出来。
retention-early =
    { $by ->
        [month] 过完第一个月之后整月的还不到五人，到时再问我。
       *[week] 过完第一周之后整周的还不到五人，到时再问我。
    }
retention-mean-line = 各组平均，{ $span }：{ NUMBER($of) } 人中 { NUMBER($share) }%（{ NUMBER($low) }–{ NUMBER($high) }%）。
retention-returned = 首次发言的下一个自然月又发言的：{ NUMBER($of) } 人中 { NUMBER($count) } 人，占 { NUMBER($share) }%。
retention-groups =
    { $what ->
        [circle] 第 30 天或之后还在的，按两周内最先进入的圈子（只算同意被单独查看的人）：{ $groups }。
        [tier] 第 30 天或之后还在的，按现在的称号：{ $groups }。
       *[source] 第 30 天或之后还在的，按来源：{ $groups }。
    }
retention-circle-gone = 已散的圈子 { $number }
retention-group = { $name } { NUMBER($of) } 人中 { NUMBER($share) }%
retention-span =
    { $kind ->
        [bracket] { $one ->
            [yes] 第 { $first } 天
           *[no] 第 { $first } 至 { $last } 天
        }
        [rolling] { $by ->
            [month] { $number } 个月后或更晚
           *[week] { $number } 周后或更晚
        }
       *[bounded] { $by ->
            [month] { $number } 个月后
           *[week] { $number } 周后
        }
    }
retention-column =
    { $by ->
        [month] { $number } 月
       *[week] { $number } 周
    }
retention-column-days =
    { $one ->
        [yes] { $first } 天
       *[no] { $first }–{ $last }
    }
retention-month = { $year } 年 { $month }
retention-mean = 平均
retention-running = 未结束
retention-title =
    每 100 个{ $of ->
        [joined] 加入的人
       *[wrote] 发过言的人
    }，{ $span }{ $event ->
        [wrote] 发言的有
        [took_part] 参加活动的有
        [opened] 打开内容的有
       *[present] 回来的有
    } { $share } 人{ $more ->
        [no] { "" }
       *[yes] ，{ $lastspan } { $last } 人
    }
retention-title-early =
    { $by ->
        [month] 每月留存：还早，算不出平均
       *[week] 每周留存：还早，算不出平均
    }
retention-foot =
    { NUMBER($people) } 人，按{ $of ->
        [joined] 加入
       *[wrote] 首次发言
    }的{ $by ->
        [month] 月份
       *[week] 那一周
    }分组 · { $kind ->
        [bracket] 列：此后第几天
       *[other] { $by ->
            [month] 1 月：此后第 30–59 天
           *[week] 1 周：此后第 7–13 天
        }
    }
retention-foot-newest = 只画最新的 { $shown } 组（共 { NUMBER($cohorts) } 组）
retention-foot-small = 另有 { NUMBER($cohorts) } 组不到五人，只计入平均
retention-foot-outlined = 空心：未结束
retention-foot-until = 截至 { $day }，UTC
retention-by-week = 按周
retention-by-month = 按月
retention-kind-bounded = 当期回来
retention-kind-rolling = 当期或之后
retention-kind-bracket = 逐段放宽
retention-of-joined = 加入的人
retention-of-wrote = 发过言的人
retention-event-present = 任何动静
retention-event-wrote = 发言
retention-event-took_part = 参加活动
retention-event-opened = 打开内容
retention-stay = 能留多久
retention-back = 谁回来了
chart-survival = 成员能留多久
survival-of-joined = 看离开
survival-of-wrote = 看沉默
survival-nobody =
    { $of ->
        [joined] 加入的人还没有观察满一整天的，谈不上谁离开。
       *[wrote] 发过言的人还没有观察满一整天的。
    }
survival-all-there =
    { $of ->
        [joined] 加入的 { NUMBER($people) } 人里，还没有谁离开的记录。
       *[wrote] 发过言的 { NUMBER($people) } 人里，还没有谁连续沉默 30 天。
    }
survival-head =
    { $of ->
        [joined] 加入的 { NUMBER($people) } 人里，**{ NUMBER($gone) } 人**已离开。
       *[wrote] 发过言的 { NUMBER($people) } 人里，**{ NUMBER($gone) } 人**至少有一次连续沉默了 { $silent } 天。
    }
survival-after =
    { NUMBER($day) } 天后，{ NUMBER($share) }%（{ NUMBER($low) }–{ NUMBER($high) }%）{ $of ->
        [joined] 还在。
       *[wrote] 还没有这样沉默过。
    }
survival-half = 一半的人留了 { NUMBER($day) } 天以上。
survival-more-than-half = 到最后仍有过半的人在，说不出一半人离开的时间。
survival-curve-broken = 有一天，当时观察到的人全都走了，之后才有人来：从那里起曲线不说明问题。
survival-late = 有 { NUMBER($count) } 人在有离开记录之前就来了，从有记录时算起。
survival-unseen = 有 { NUMBER($count) } 人在有离开记录之前就走了，或观察不满一天，不计入。
survival-before-joining = 有 { NUMBER($count) } 人的离开时间早于加入时间，不计入。
survival-title =
    { $of ->
        [joined] 加入
       *[wrote] 首次发言
    } { NUMBER($day) } 天后，{ NUMBER($share) }% 的人{ $of ->
        [joined] 还在
       *[wrote] 没有沉默
    }
survival-foot =
    { NUMBER($people) } 人{ $late ->
        [0] { "" }
       *[other] ，其中 { NUMBER($late) } 人后来才开始观察
    } · { $of ->
        [joined] 直到离开
       *[wrote] 沉默：连续 { $silent } 天没有动静
    } · 色带：95% 区间 · 截至 { $day }，UTC
survival-day = 第 { $day } 天
survival-series =
    { $of ->
        [joined] 还在
       *[wrote] 没有沉默
    }

## /funnel

command-funnel = 看新人有多少发言、得到回应、又回来，以及在哪一步流失
option-funnel-period-name = 时段
option-funnel-period = 90（天）或 all（全部）
chart-funnel = 头两周
funnel-all = 看全部
funnel-lately = 看近 { $days } 天
funnel-nobody =
    { $lately ->
        [yes] 那 { $days } 天里没有人{ $of ->
            [joined] 加入
           *[wrote] 首次发言
        }并已满两周。
       *[no] 还没有人来满两周，到时再问我。
    }
funnel-head =
    从 { $since } 起{ $of ->
        [joined] 加入
       *[wrote] 首次发言
    }并已满两周的新人：**{ NUMBER($came) } 位**。
funnel-wrote =
    { NUMBER($of) } 人中 { NUMBER($count) } 人{ $share }两周内发了言{ $days ->
        [none] 。
        [0] ，其中一半在加入当天。
       *[other] ，其中一半在 { $days } 天之内。
    }
funnel-answered =
    发言的 { NUMBER($of) } 人中，有 { NUMBER($count) } 人{ $share }得到回复或被提到{ $days ->
        [none] 。
        [0] ，其中一半在当天。
       *[other] ，其中一半在 { $days } 天之内。
    }
funnel-back = 得到回应的 { NUMBER($of) } 人中 { NUMBER($count) } 人{ $share }第二周还在。
funnel-share = （{ NUMBER($share) }%）
funnel-lost =
    流失最多的一步：{ $step ->
        [wrote] 发言之前
        [answered] 得到回应之前
       *[back] 第二周之前
    }，{ NUMBER($people) } 人。
funnel-few = 新人不到五位，人太少，看不出规律
funnel-heard = 得到回应的人 { $heard }% 第二周还在，没人回应的 { NUMBER($count) } 人里是 { $unheard }%。两者相伴出现，是不是回应起的作用，要做实验才知道。
funnel-stage-came = 加入
funnel-stage-wrote = 首次发言
funnel-stage-answered = 得到回应
funnel-stage-back = 第二周还在
funnel-stage-share =
    占{ $of ->
        [joined] 加入
       *[wrote] 发言
    }者的 { $share }%
funnel-title-all = 头两周一个人也没有流失
funnel-title =
    流失最多的一步：{ $step ->
        [wrote] 发言之前
        [answered] 得到回应之前
       *[back] 第二周之前
    }，{ NUMBER($people) } 人
funnel-foot =
    从 { $since } 起{ $of ->
        [joined] 加入
       *[wrote] 首次发言
    }并已满两周的人 · 截至 { $day }，UTC

## /segments

command-segments = 查看相似成员的分群、各群特点，以及上月以来谁换了群
option-segments-segment = 其中一群：有什么特点，以及同意公开名字的人
option-segments-segment-name = 分群
segments-counting = 正在寻找彼此相似的成员，稍后给出结果。
segments-nobody = 过去一年没有人活跃，无从分群。
segments-few = 人数太少，无法分群：截至{ $day }，一年内活跃的有 { NUMBER($people) } 人，至少需要 { NUMBER($needed) } 人。
segments-unstable = 没有稳定的分群：截至{ $day }，一年内活跃的有 { NUMBER($people) } 人，分成 3 到 6 群，要么抽样后找不回同样的分法，要么只是把均匀的分布切成几段。
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
segments-moved = { $month }底以来的变动（以 5 人为单位）：
segments-move = { $before } → { $now }：约 { NUMBER($count) } 人
segments-nobody-moved = { $month }底以来，没有 5 人以上从同一群换到另一群。
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
segments-moves-foot = { $month }底以来，截至{ $day } · 由行到列，以 5 人为单位，不足 5 人不显示
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

## /atrisk

command-atrisk = 谁可能沉默或不续费，以往说得准不准
option-atrisk-kind-name = 类型
option-atrisk-kind = silence 谁可能沉默，renewals 会员续费
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
       *[other] 点名 { NUMBER($named) } 人，沉默 { NUMBER($silent) } 人{ $known ->
            [yes] （{ $share }%）；
           *[no] ；
        }
    }{ $rest ->
        [0] 其余不到 5 人。
       *[other] 其余 { NUMBER($rest) } 人中 { $rest_share }%。
    }
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

## 续费（在 /atrisk 里）

chart-renewal_rates = 会员续费率
renewals-open = 续费情况
renewals-nothing = 还没有人付费开通会员，暂时没有要续的。
renewals-head = **续费情况**
renewals-plan = **{ $plan }**：到期 { NUMBER($of) } 次，续费 { $share }%（95% 区间 { $low }–{ $high }%）。
renewals-few = **{ $plan }**：目前只到期过 { NUMBER($count) } 次，太少，不给比例。
renewals-lost = 没续的里面：{ $why }。
renewals-lost-cancelled = 主动取消 { NUMBER($count) } 次
renewals-lost-failed = 扣款失败 { NUMBER($count) } 次
renewals-lost-refunded = 退款 { NUMBER($count) } 次
renewals-lost-ran-out = 到期没续 { NUMBER($count) } 次
renewals-numbers = 按第几次续费看：{ $numbers }。
renewals-number = 第 { NUMBER($number) } 次 { $share }%（共 { NUMBER($of) }）
renewals-not-enough = 现在预测还太早：需要 { NUMBER($enough) } 次到期记录，目前 { NUMBER($count) } 次。
renewals-none-due = 接下来 { NUMBER($days) } 天没有会员到期。
renewals-due = 接下来 { NUMBER($days) } 天有 **{ NUMBER($count) } 份会员到期**。
renewals-expected = 其中 { NUMBER($count) } 份没有取消或扣款失败的迹象，预计约 { NUMBER($expected) } 份会续。
renewals-line = { $name }：{ $plan }，{ $day }到期
renewals-line-chance = { $name }：{ $plan }，{ $day }到期，续费的可能性 { $chance }%
renewals-line-cancelled = { $name }：{ $plan }，已取消，{ $day }到期
renewals-line-failed = { $name }：{ $plan }，{ $day }到期，扣款失败
renewals-line-refunded = { $name }：{ $plan }，已退款，此前付到 { $day }
renewals-unnamed =
    { $listed ->
        [0] 这里都不列名字：不知道是谁的，或者本人没有同意。
       *[other] 还有 { NUMBER($count) } 份不列名字：不知道是谁的，或者本人没有同意。
    }
renewals-record = **以往预测得准不准**
renewals-no-record = 还没有战绩：要有一个月里至少五份可以预测的到期。
renewals-month = { $day }起的 30 天：到期 { NUMBER($due) } 份，预测续 { NUMBER($foreseen) } 份，实际续 { NUMBER($renewed) } 份。
renewals-replayed = 预测只用当时之前的记录。
renewals-remind = 到期前提醒
renewals-back = 谁可能沉默
renewals-chart-title = { $plan }：续费率 { $share }%
renewals-chart-foot = 共到期 { NUMBER($of) } 次，横轴为第几次续费，附 95% 区间 · 截至 { $day }
renewals-chart-seen = 实际
renewals-chart-curve = 拟合曲线
renewals-chart-number = 第 { NUMBER($number) } 次
