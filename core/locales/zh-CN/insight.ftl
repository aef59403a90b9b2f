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
survey-head = **{ $community }想听听你的看法**（{ NUMBER($count) } 题）· 截至 { $until }
    管理员只能看到五人以上的汇总，看不到谁答了什么。
survey-again = **{ $community }**：你说过稍后再答。
survey-question =
    { $count ->
        [one] { $question }
       *[other] { $number }/{ $count } · { $question }
    }
survey-ask-nps = 你有多愿意把{ $community }推荐给朋友？0 为完全不愿意，10 为非常愿意。
survey-ask-csat = 你对{ $community }满意吗？1 为很不满意，5 为非常满意。
survey-later = 稍后
survey-skip = 跳过
survey-write = 回答
survey-change = 修改回答
survey-changed = 已修改。
survey-thanks = 谢谢，很有帮助。{ $until } 之前都可以修改。
survey-later-said = { $at } 我会再私信问你，已答的都会保留。
survey-over = 问卷已结束，感谢每位参与的成员。
survey-over-told = 问卷 { $number } 已结束。
survey-see = 查看结果
form-survey_written = 你的回答
field-survey_written-answer = 回答

## /survey

command-survey = 查看问卷结果，或新建问卷
option-survey-which = 问卷编号；不填则列出全部
option-survey-which-name = 问卷
error-survey-unknown = 没有问卷「{ $given }」。用 /survey 查看有哪些。
survey-none = 还没有问卷。我会私信询问成员，不能私信的地方则在频道里发帖；你看到的只有汇总：不足五人的一概不显示，也看不到谁答了什么。
survey-list = **{ $community }的问卷**
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
survey-answered-of = 约 { $count } 人回答。收到私信的 { NUMBER($asked) } 人中，约 { $back } 人回答，占 { $share } %。
survey-days = 此前 28 天里，回答的人活跃 { $answered } 天，其他人 { $others } 天（均为中位数）。
survey-score = { $scale ->
        [nps] NPS **{ $value }**，区间 { $low } 至 { $high }（95 %）。
       *[csat] **{ $value }** 的人满意（4 或 5 分），区间 { $low } 至 { $high }（95 %）。
    }
survey-score-none = { $scale ->
        [nps] NPS：回答太少，无法得出。
       *[csat] 满意度：回答太少，无法得出。
    }
survey-weighted = 按此前活跃程度加权，相当于所有人都回答了：{ $value }。
survey-by-tier = 按称号：{ $parts }。
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
survey-after = 此后四周仍活跃的：答 { $high }的有 { $high_share } %，答 { $low }的有 { $low_share } %。两者相伴出现，不代表有因果关系。
survey-foot = 人数按 5 取整，其他数字都由取整后的人数算出。
survey-read = 阅读
survey-texts-head = 大家写的内容，不具名，不分先后：
survey-texts-few = 写的不足五人，或本轮尚未结束。为避免认出是谁，暂不显示。
survey-answers = 回答
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
activity-trouble-pulse = 这里没有开启心情调查。主理人可用 /settings pulse 开启。
setting-pulse = 心情
setting-pulse-ask = 可以每周问一次成员过得怎样吗？愿意的人从五个表情里点一个，只显示五人以上的汇总。
setting-pulse-yes = 开启：管理员可以设置
setting-pulse-no = 关闭
pulse-ask =
    这周在{ $community }过得怎样？
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
pulse-off = 心情调查没有开启，不会问任何人。主理人可用 /settings pulse 开启。
pulse-turn-on = 开启
pulse-none = 已允许心情调查，还没有设置：每周在频道里放五个表情，愿意的人点一下。
pulse-set-up = 设在这个频道
pulse-made = 心情调查已建好，是活动 { $number }，还没有问任何人。请先看一眼，再在那里启用。
pulse-title = **{ $community }的心情**
pulse-few = 点的人太少，看不出大家过得怎样。
pulse-score = 约 { $count } 人点了，其中 **{ $value }** 过得不错（{ $faces }），区间 { $low } 至 { $high }（95 %）。
pulse-friendly = 那一周的表情回应里，{ $share } % 是友善的。
pulse-friendly-label = 友善的回应
pulse-foot = 只来自大家点的表情和回应：我不读大家写的内容。人数按 5 取整。
survey-scale-pulse = 过得不错
survey-ask-pulse = 这周在{ $community }过得怎样？
survey-trend-pulse = { $way ->
        [same] { $now } 的人过得不错，与 { NUMBER($count) } 轮前（{ $before }）相差不大
        [up] { NUMBER($count) } 轮以来，过得不错的人从 { $before } 升到 { $now }
       *[down] { NUMBER($count) } 轮以来，过得不错的人从 { $before } 降到 { $now }
    }
chart-pulse_trend = 心情，逐周
