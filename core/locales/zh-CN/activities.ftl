### 活动

## 活动：/activities

command-activities = 看看这里有哪些定时活动；管理员在这里设置
option-activities-which-name = 哪个
option-activities-which = 活动编号，或要新建的类型
option-activities-settings-name = 设置
option-activities-settings = 时间和其他设置：每天 09:00 积分=5 时长=12
activities-title = **{ $community } 的活动**
activities-none = **可以在这里组织：**
activities-new = 新活动
activities-choose = 点一个活动，查看或修改。
activities-nothing = 这里目前没有安排活动。
activities-line =
    { $number }. **{ $name }** · { $room } · { $when } · { $state ->
        [active] 下次 { $next }
        [paused] 已暂停
        [stopped] 已停止
       *[draft] 未开始
    }
activities-open = **{ $name }**（{ $room }）开放至 { $until }，去那里参加吧。
activities-coming =
    { $name } · { $room }{ $when ->
        [none] {""}
       *[other] {" "}· { $when }
    } · 下次 { $next }{ $joined ->
        [in] {" "}· 你已加入
        [out] {" "}· 加入后才能参加
       *[open] {""}
    }
activities-join = 加入：{ $name }
activities-leave = 退出：{ $name }
activities-joined = 你已加入「{ $name }」。
activities-left = 你已退出「{ $name }」。
error-activity-not-joinable = 这个活动不能加入：它没有在进行，或者不用加入就能参加。/activities 可以查看全部。
activity-time = { $day } { $time }
activity-when-daily = 每天 { $time }
activity-when-weekdays = 周一至周五 { $time }
activity-when-weekly =
    { $every ->
        [1] 每{ $days } { $time }
       *[other] 每 { $every } 周的{ $days } { $time }
    }
activity-when-monthly =
    { $number ->
        [-1] 每月最后一天 { $time }
       *[other] 每月 { $number } 日 { $time }
    }
activity-when-monthly-weekday =
    { $number ->
        [-1] 每月最后一个{ $day } { $time }
       *[other] 每月第 { $number } 个{ $day } { $time }
    }
activity-when-once = 仅一次，{ $day } { $time }
activity-cost = 每次参加默认得 { NUMBER($points) } 积分，可以修改；每人每天最多 { NUMBER($most) } 次活动计分。
activity-free = 不发积分。
activity-need-pin = 置顶需要有置顶消息的权限。
activity-need-events = 在 Discord 上，下一场会显示在服务器的活动列表里，需要「创建活动」权限。
activity-how-kind = 也可以直接输入：`/activities { $kind } 每天 09:00 { $fields }`
activity-set-up = 在这里设置
activity-head = **{ $name }** · 编号 { $number }
activity-state-draft = 尚未开始。
activity-state-active = 没有后续场次了。
activity-state-paused = 已暂停。
activity-state-stopped = 已停止。
activity-state-trouble = 已自动暂停：{ $why }
activity-next =
    { $moved ->
        [yes] 下次：{ $at }（已改期）。
       *[no] 下次：{ $at }。
    }
activity-written-to =
    { $done ->
        [yes] 私信：已发送 { $count } / { $every } 人。
       *[no] 私信：目前已发送 { $count } / { $every } 人。
    }{ $failed ->
        [0] {""}
       *[other] { $failed } 人无法送达。
    }{ $unsure ->
        [0] {""}
       *[other] { $unsure } 人可能已收到：发送途中被打断，为免重复不再补发。
    }
activity-left-out = 上一场没有举行：{ $why }
activity-where = 地点：{ $room }
activity-when = 时间：{ $when }
activity-for = 对象：{ $whom }
activity-whom-everybody = 所有人
activity-whom-newcomers = 本周新来的人
activity-whom-joined = 加入了这个活动的人
activity-whom-tier = { $tier } 及以上
activity-nobody = 目前没有符合条件的人。
activity-empty = 现在开始的话不会举行：{ $why }
activity-setting = { $name }：{ $value }
activity-lines =
    { $count ->
        [0] 没有自己写的
       *[other] { NUMBER($count) } 条
    }
activity-lacks = 「{ $name }」还没有填写。
activity-clash = 同一频道在相近的时间还有「{ $name }」（{ $at }）。
activity-too-many = 加上其他私信通知的活动，未来七天一共会发 { NUMBER($times) } 条。有 { NUMBER($count) } 人在 /quiet 里设得更少，超出的不会发给他们。
activity-how = 也可以直接输入：`/activities { $number } 时间=周一 09:00{ $more }`
activity-change = 「{ $name }」（编号 { $number }）要改什么？
activity-ask-lines = `{ $word }+=…` 在已有的后面添加，一行一条，或用 | 隔开。
activity-ask = 「{ $name }」改成什么？请选择，或输入 `/activities { $number } { $word }=…`
activity-write = 自己填写
bank-open = 从表格导入
form-fill_bank = 从表格导入题目
field-fill_bank-table = 表格
field-fill_bank-table-help = 第一行写列名：question；测验要写 question、right、wrong1、wrong2……以及 why。
field-fill_bank-anew = 题库里已有的题目怎么办？
field-fill_bank-anew-no = 保留
field-fill_bank-anew-yes = 用表格里的替换
bank-reading = 正在读取「{ $name }」。
bank-filled =
    新增 { NUMBER($added) } 道题{ $known ->
        [0] {""}
       *[other] ，{ NUMBER($known) } 道本来就有
    }。题库现有 { NUMBER($total) } 道。
form-fill_setting = 改成什么？
field-fill_setting-value = 新的内容，多条时一行一条
activity-ask-when = 例如：每天 09:00 · 工作日 09:00 · 每周一、四 18:00 · 每两周周一 18:00 · 每月 15 日 09:00 · 每月第二个周二 09:00 · 2026-12-24 18:00
activity-field-when = 时间
activity-field-room = 频道
activity-field-whom = 对象
activity-field-tier = 最低称号
activity-field-move = 改期
activity-field-points = 积分
activity-field-hours = 时长
activity-field-stays = 几小时后撤下（0 为不撤）
activity-field-questions = 题目
activity-field-task = 任务
activity-field-goal = 目标人数（0 为不设）
activity-field-tell = 私信通知
activity-field-holdout = 私信留对照组
activity-field-trial = 分段试验
activity-field-text = 内容
activity-field-pinned = 置顶
activity-choice-no = 否
activity-choice-yes = 是
activity-choice-room = 只发在频道里
activity-choice-direct = 同时私信已开通的成员
activity-offer-daily = 每天 9:00
activity-offer-weekdays = 工作日 9:00
activity-offer-monday = 周一 9:00
activity-offer-friday = 周五 18:00
activity-offer-sunday = 周日 20:00
activity-offer-monthly = 每月 1 日
activity-do-preview = 预览
activity-do-rehearse = 试运行
activity-do-start = 开始
activity-do-pause = 暂停
activity-do-begin = 立即进行一次
activity-do-skip = 跳过下次
activity-do-hour = 推迟 1 小时
activity-do-day = 推迟 1 天
activity-do-change = 修改
activity-do-copy = 复制到本频道
activity-do-stop = 停止
activity-do-discard = 放弃
activity-do-undo = 撤销一场
activity-do-look = 刷新进度
activity-undo-which = 要撤销哪一场？
activity-undo-none = 没有可以撤销的场次。
activity-undo-run = { $at }
activity-undo-ask =
    要撤销 { $at } 的「{ $name }」吗？{ $people ->
        [0] 这一场没有发过积分。
       *[other] 会收回 { NUMBER($people) } 人共 { NUMBER($points) } 积分。
    }这一场不再计入连续打卡，原消息会注明。撤销后无法恢复。
activity-undo-sure = 撤销
activity-undone = 已撤销：收回 { NUMBER($people) } 人共 { NUMBER($points) } 积分。
activity-undone-post = 这一场「{ $name }」已被管理员撤销，发放的积分已收回。
error-activity-undone = 这一场已经撤销，或者没有开始过。
activity-direct =
    {""}**{ $community }**{ $room ->
        [none] {""}
       *[other] {" "}· { $room }
    }
activity-started = 已开始。
activity-begun = 这一次已经开始了。
activity-not-begun = 没能开始，原因见下。
activity-skipped-done = { $at } 这一次已取消，频道里已通知。
activity-moved-done = 下次改为 { $to }，频道里已通知。
activity-copied = 已复制到本频道，点「开始」后才会进行。
activity-skipped = { $at } 的「{ $name }」这次取消。
activity-moved = { $at } 的「{ $name }」改到 { $to }。
activity-preview-nothing = 不会发出任何内容。
activity-preview-poll = *平台自带的投票能提这个问题时，频道里会直接用它。*
activity-preview-only = 这是预览，现在还不能参加。
activity-rehearsal = 在 { $room }（尚未发送任何内容）：
activity-rehearsal-room = 频道里的人都会看到一条消息，不私信任何人：0 条推送。
activity-rehearsal-direct = 频道里的人都会看到一条消息，另外会私信 { NUMBER($count) } 人。
activity-rehearsal-letters = 频道里不发消息。今天会私信 { NUMBER($count) } 人。
activity-rehearsal-refused = 不发给 { NUMBER($count) } 人：{ $why }
activity-rehearsal-audience =
    { $count ->
        [0] 没有人能参加，
       *[other] { NUMBER($count) } 人可以参加，
    }{ $others ->
        [0] 这里没有其他人。
       *[other] 另外 { NUMBER($others) } 人不是活动对象，不能参加。
    }
activity-rehearsal-disagree-circle = 圈子里有 { NUMBER($count) } 人没有同意我了解他们和谁交流，因此不算在内。
activity-rehearsal-disagree-segment =
    { $few ->
        [yes] 这一群里有不到 5 人没有同意我了解他们的活跃情况，因此不算在内。
       *[no] 这一群里有 { NUMBER($count) } 人没有同意我了解他们的活跃情况，因此不算在内。
    }
activity-refusal-out = 机器人，或要求不被记录
activity-refusal-left = 已经离开
activity-refusal-unreachable = 没有和我开通私聊
activity-refusal-off = 不想收到推送
activity-refusal-spent = 本周的推送已达上限
activity-refusal-held_out = 留作对照，用来衡量效果
activity-paused-itself = 「{ $community }」的「{ $name }」（编号 { $number }）已自动暂停：{ $why }处理好之后，用 /activities { $number } 重新开始。
activity-forecast-holdout = 为了衡量效果，接下来八周会私信 { NUMBER($asked) } 人，另留 { NUMBER($held) } 人作对照，之后换一批。相差 { NUMBER($points) } 个百分点以上时，有 80% 的把握看得出来；目前的比例是 { NUMBER($base) }%。设置 `holdout=no` 则不留对照。
activity-forecast-few = 不留对照：八周内能私信的只有 { NUMBER($eligible) } 人，不到 50 人看不出效果。
activity-forecast-blocks = 为了衡量效果，每 { NUMBER($days) } 天为一段，每两段随机抽一段不举行。需要 { NUMBER($needed) } 段，约 { NUMBER($weeks) } 周。设置 `trial=no` 即可结束。
activity-off = 正在分段试验，这几天不举行。
activity-trouble-space = 我已被移出那里。
activity-trouble-room = 频道已不存在。
activity-trouble-refused = 平台没有接受我上次的消息，请检查我在该频道的权限。
activity-trouble-bank = 题库里没有题目。
activity-again = 你已经参加了。
activity-joined =
    { $points ->
        [0] 已参加，请在频道里写下你的回答。
       *[other] 已参加，+{ NUMBER($points) } 积分。请在频道里写下你的回答。
    }
error-no-activity = 这里没有这个活动，/activities 可以查看全部。
error-activity-over = 这一次已经结束了，/activities 可以看到下次的时间。
error-activity-tier = 这个活动面向 { $tier } 及以上，/tier 会告诉你怎么达到。
error-activity-newcomers = 这个活动面向开始前 { NUMBER($days) } 天内新来的人。
error-activity-circle = 这个活动面向某个圈子，你不在其中，或者还没有同意我了解你和谁交流（/privacy）。
error-activity-segment = 这个活动面向某一群成员，你不在其中，或者还没有同意我了解你的活跃情况（/privacy）。
error-activity-join-first = 这个活动面向已加入的人，请先在 /activities 里点「加入」。
error-activity-whom = 不认识「{ $given }」。可选：{ $options }。
error-activity-began = 这一次已经开始了。
error-activity-left-out = 这一次已经取消了。
error-activity-not-active = 它目前没有在进行，请先点「开始」。
error-activity-lacks = 「{ $name }」还没有填写，请输入 `/activities { $number } { $word }=…`
error-activity-kind = 没有「{ $given }」这种活动。可选：{ $kinds }。
error-activity-when = 看不懂时间「{ $given }」。可以写：每天 09:00、工作日 09:00、每周一、四 18:00、每两周周一 18:00、每月 15 日 09:00 或 2026-12-24 18:00。
error-activity-past = 这个时间已经过去了，请换一个。
error-activity-off = 正在分段试验，那几天不举行。请换一个时间，或把「分段试验」设为「否」。
error-activity-room = 「{ $given }」在这里{ $count ->
        [0] 找不到对应的频道
       *[other] 对应多个频道
    }，请点「频道」选择。
error-activity-text = 请填写 1 至 { NUMBER($limit) } 个字符。
error-activity-lines = 请填写 { NUMBER($least) } 至 { NUMBER($most) } 条，一行一条，或用 | 隔开。
error-activity-line-long = 每条最多 { NUMBER($limit) } 个字符，这条太长：「{ $given }…」
error-activity-number = 请填写 { NUMBER($low) } 至 { NUMBER($high) } 的整数。
error-activity-choice = 可选：{ $options }。
error-activities-full = 已经有 { NUMBER($most) } 个活动了，请先停止一个。

## /calendar

command-calendar = 看看接下来四周的安排
calendar-nothing = 接下来四周没有安排活动。
calendar-title = 接下来四周有 { NUMBER($count) } 场活动
calendar-foot = { $community } · 截至 { $until }
calendar-zone = 时区：{ $zone }
option-calendar-feed-name = 订阅
option-calendar-feed = 输入 feed 获取订阅地址，加到自己的日历里
calendar-feed =
    在日历应用里订阅这个地址，活动有变化会自动更新。拿到地址的人都能看到日历，请只在社群内使用：
    `{ $address }`
calendar-feed-renew = 换新地址
calendar-feed-own = 只看我能参加的
calendar-own =
    你自己的日历：你能参加的，以及你已加入的活动。拿到这个地址的人都能看到，请不要外传：
    `{ $address }`
calendar-own-drop = 停用
calendar-own-dropped = 这个地址已停用。/calendar feed 可以再给你一个。
calendar-feed-nowhere = 还没有可订阅的地址：请让部署我的人先设置 KITH_PUBLIC_URL。
calendar-unit = { " " }场
calendar-run = { $time } { $name }（{ $room }）
calendar-line = { $day } · { $runs }
calendar-more = 另有 { NUMBER($count) } 场

## /apart

command-apart = 查看或添加不想和谁配对，只有你自己看得到
option-apart-member-name = 成员
option-apart-member = 不想和谁配对
apart-kept = 以后不会再给你们配对。别人看不到这一点，/apart 可以撤回。
apart-none = 目前没有你不想配对的人。
apart-title = 不会给你和 { $names } 配对，只有你自己看得到。
apart-take-back = 恢复 { $name }
apart-taken-back = 已撤回。
error-apart-self = 不会有人和自己配对。
error-apart-full = 名单上已经有 { $most } 人，到上限了，请先撤回一个。
error-apart-gone = 已经撤回过了。

## 活动类型

activity-question = 每日一问
activity-question-about = 每次从题库里发一道题，在频道里回答的人点一下按钮。一轮发完之前不会重复。
activity-question-post =
    {""}**{ $question }**
    { $count ->
        [0] 请在频道里写下回答，然后点按钮。
       *[other] 已有 { NUMBER($count) } 人回答。
    }
activity-question-join = 我答了
activity-question-over =
    {""}**{ $question }**
    { $count ->
        [0] 已结束，这次没有人回答。
       *[other] 已结束，共 { NUMBER($count) } 人回答。
    }
activity-challenge = 打卡挑战
activity-challenge-about = 每天或每隔一段时间一个任务，完成的人点按钮打卡，连续次数会累计。漏一次不算中断，之后连打七次可以再漏一次；每次结束时给愿意公开的人排名。
activity-challenge-post =
    {""}**{ $task }**
    { $reached ->
        [yes] 目标达成：{ NUMBER($count) }/{ NUMBER($goal) } 人已打卡。
        [no] { NUMBER($count) }/{ NUMBER($goal) } 人已打卡。
       *[none] { NUMBER($count) } 人已打卡。
    }
activity-challenge-join = 打卡
activity-challenge-joined =
    { $points ->
        [0] 打卡成功，已连续 { NUMBER($streak) } 次。
       *[other] 打卡成功，+{ NUMBER($points) } 积分，已连续 { NUMBER($streak) } 次。
    }
activity-challenge-again = 这次已经打过卡了，连续 { NUMBER($streak) } 次。
activity-challenge-make-up = 补上一次的卡
activity-challenge-made-up = 补卡成功（不加积分），已连续 { NUMBER($streak) } 次。每月可以补一次。
error-challenge-make-up = 只能在两天之内补上一次的卡，每月一次，而且之前要参加过。
activity-challenge-over =
    {""}**{ $task }**
    { $reached ->
        [yes] 已结束：{ NUMBER($count) } 人打卡，达成目标 { NUMBER($goal) } 人。
        [no] 已结束：{ NUMBER($count) } 人打卡，目标 { NUMBER($goal) } 人。
       *[none] 已结束：{ NUMBER($count) } 人打卡。
    }
activity-challenge-place = { $place }. { $name } · 连续 { NUMBER($streak) } 次
activity-thanks_round = 感谢时刻
activity-thanks_round-about = 在几个小时里邀请大家用 /thanks 感谢帮过自己的人，说了感谢就算参加。
activity-field-occasion = 开场语
activity-thanks-round-post =
    { $occasion ->
        [none] 最近谁帮过你？发送 `/thanks` 加对方的名字，说声谢谢。
       *[other] { $occasion } 谁帮过你？发送 `/thanks` 加对方的名字，说声谢谢。
    }
    { $count ->
        [0] 你来开个头吧。
       *[other] 已有 { NUMBER($count) } 人说了感谢。
    }
activity-thanks-round-over =
    { $count ->
        [0] 感谢时刻结束了，这次没有人说感谢。
       *[other] 感谢时刻结束了，共有 { NUMBER($count) } 人说了感谢。
    }
activity-poll = 投票
activity-poll-about = 一个问题，最多十个选项，点按钮投票。每人一票，结束前可以改，结束时公布结果。
activity-field-ask = 问题
activity-field-options = 选项
activity-poll-post =
    {""}**{ $ask }**
    { $count ->
        [0] 请点选项投票。
       *[other] 已有 { NUMBER($count) } 票。
    }
activity-poll-over =
    {""}**{ $ask }**
    { $count ->
        [0] 已结束，没有人投票。
       *[other] 已结束，共 { NUMBER($count) } 票：
    }
activity-poll-line = { $option } { $bar } { NUMBER($count) } 票（{ $share }%）
activity-poll-foot = { $community } · { NUMBER($count) } 票
activity-poll-votes = 票数
activity-poll-voted =
    { $points ->
        [0] 你投给了「{ $option }」，结束前可以更改。
       *[other] 你投给了「{ $option }」，+{ NUMBER($points) } 积分，结束前可以更改。
    }
activity-poll-gone = 这个选项已经不在了。
activity-quiz = 小测验
activity-quiz-about = 每次从题库里出一道题，二至六个选项，点按钮作答，只算第一次。答对才有积分，结束时公布答案、讲解，以及愿意公开的人里谁答得最快。
activity-field-items = 测验题
activity-quiz-post =
    {""}**{ $asked }**
    { $count ->
        [0] 请点选项作答，只算第一次。
       *[other] 已有 { NUMBER($count) } 人作答。
    }
activity-quiz-over =
    {""}**{ $asked }**
    正确答案：{ $answer }。{ $count ->
        [0] 这次没有人作答。
       *[other] { NUMBER($count) } 人作答，{ NUMBER($right) } 人答对。
    }
activity-quiz-why = { $why }
activity-quiz-place =
    { $place }. { $name } · { $unit ->
        [second] { NUMBER($took) } 秒
        [minute] { NUMBER($took) } 分钟
       *[hour] { NUMBER($took) } 小时
    }
activity-quiz-right =
    { $points ->
        [0] 答对了，结束时有讲解。
       *[other] 答对了，+{ NUMBER($points) } 积分，结束时有讲解。
    }
activity-quiz-wrong = 「{ $answer }」不对，结束时公布答案。
error-activity-quiz = 第 { NUMBER($number) } 条不是题目：「{ $given }」。请写成：`题目？; *正确选项 ; 错误选项 # 讲解`
activity-review = 复习测验
activity-review-about = 按间隔重复（FSRS）私下问每位成员快要忘记的题目：记得越牢，下次出现得越晚。把该复习的都做完才算参加，只提醒要求提醒的人。
activity-field-cards = 每人题数
activity-review-post =
    {""}**该复习了：题库共 { NUMBER($questions) } 题**
    点按钮，我私下问你快要忘记的题目，答案只有你自己看得到。
    { $count ->
        [0] 还没有人完成。
       *[other] 已有 { NUMBER($count) } 人完成。
    }
activity-review-join = 开始复习
activity-review-ask =
    {""}**{ $asked }**
    待复习 { NUMBER($due) } 题，已掌握 { NUMBER($learned) } 题
activity-review-right =
    答对了。{ $why ->
        [none] {""}
       *[other] { $why }
    }
    想起来费劲吗？
activity-review-hard = 有点费劲
activity-review-good = 还行
activity-review-easy = 一下就想到
activity-review-wrong =
    正确答案：{ $answer }。{ $why ->
        [none] {""}
       *[other] { $why }
    }
    这题过一会儿再考你。
activity-review-next = 下一题
activity-review-done =
    { $done ->
        [0] 现在没有要复习的题。
       *[other] 完成，今天复习了 { NUMBER($done) } 题{ $points ->
            [0] 。
           *[other] ，+{ NUMBER($points) } 积分。
        }
    }已掌握 { NUMBER($learned) } 题。{ $next ->
        [none] {""}
       *[other] 下次复习：{ $next }。
    }
activity-review-remind = 每天提醒我
activity-review-remind-no = 不再提醒我
activity-review-reminded =
    { $reached ->
        [yes] 有题要复习的日子，{ $time } 我会私信提醒你，次数以 /quiet 为限。
       *[no] 记下了，但我现在没法私信你：请先打开和我的私聊并发送 /start，或用 /quiet 放宽推送次数。
    }
activity-review-reminded-no = 不再提醒你了。
activity-review-reminder = 「{ $community }」有题目该复习了。
activity-review-over =
    { $count ->
        [0] 复习已结束，这次没有人做完。
       *[other] 复习已结束，{ NUMBER($count) } 人做完了该复习的题。
    }
activity-raffle = 抽奖
activity-raffle-about = 点按钮领一个号码。开始时先公布随机种子的哈希，结束时公布种子本身，任何人都能核对抽奖结果。
activity-field-prize = 奖品
activity-field-winners = 中奖人数
activity-raffle-post =
    {""}**奖品：{ $prize }**
    抽 { NUMBER($winners) } 人。{ $count ->
        [0] 还没有人参加。
       *[other] 已有 { NUMBER($count) } 人参加。
    }
    { $hash ->
        [none] 有人参加之前，这里会先公布随机种子的 SHA-256。
       *[other] 随机种子的 SHA-256：`{ $hash }`
    }
activity-raffle-join = 参加抽奖
activity-raffle-joined = 你的号码是 { $number }，中奖了我会私信你，并告诉管理员你是谁。
activity-raffle-again = 你已经参加了，号码是 { $number }。
activity-raffle-over =
    {""}**奖品：{ $prize }**
    { $count ->
        [0] 已结束，没有人参加。
       *[other] 已结束，共 { NUMBER($count) } 人参加。
    }
activity-raffle-winner =
    { $named ->
        [yes] { $place }. { $name }（{ $number } 号）
       *[no] { $place }. { $number } 号
    }
activity-raffle-won = 你在「{ $community }」中奖了（{ $number } 号）：{ $prize }。管理员已经知道，会联系你。
activity-raffle-winners = 「{ $community }」的抽奖结束了：{ $prize }。{ NUMBER($count) } 位中奖者，请把奖品交给他们：
activity-raffle-whose =
    – { $name }（{ $number } 号）{ $reached ->
        [yes] {""}
       *[no] ，可能还不知道：对方没有和我开通私聊
    }
activity-raffle-check = 参加抽奖的号码：{ $numbers }。随机种子：`{ $seed }`。第 k 名取 `种子:k` 的 SHA-256 除以剩余人数的余数，从 0 数起。
activity-introductions = 互相认识
activity-introductions-about = 想认识新朋友的人点按钮，结束时我公布配对（单数时三人一组）并私信每个人。八轮之内不会重复配对，平时很少交流的人优先。
activity-introductions-post =
    想认识一位新朋友吗？点一下按钮，我会在频道里公布配对。
    { $count ->
        [0] 还没有人报名。
       *[other] 已有 { NUMBER($count) } 人报名。
    }
activity-introductions-join = 给我配对
activity-introductions-joined =
    { $points ->
        [0] 已报名，配对结果会在频道里公布。
       *[other] 已报名，+{ NUMBER($points) } 积分。配对结果会在频道里公布。
    }
activity-introductions-over =
    { $groups ->
        [0] 报名结束了，这次人数不够，没法配对。
       *[other] 这次有 { NUMBER($people) } 人互相认识，约个时间聊聊吧：
    }
activity-introductions-group = – { $names }
activity-introductions-more = 另有 { NUMBER($count) } 组，已私信本人
activity-introductions-meet = 这次在「{ $community }」里，你的新朋友是 { $names }。打个招呼，约半小时聊聊吧。
activity-introductions-apart = 别再给我配 { $name }
activity-introductions-away = 休息一个月
activity-introductions-away-until = { $until }之前不会给你配对。想提前回来，在 /activities 里退出再加入即可。
activity-introductions-alone = 这次「{ $community }」里没有合适的人能和你配对，下一轮再来。
activity-introductions-ask = 在「{ $community }」给你介绍的朋友，你们见面聊过了吗？
activity-introductions-met = 聊过了
activity-introductions-not-yet = 还没有
activity-introductions-noted = 太好了。
activity-introductions-still-time = 还来得及。
activity-introductions-met-before = 上一轮的 { $of } 人里，有 { $count } 人说已经聊过。
activity-mentors = 导师结对
activity-mentors-about = 愿意带人的说明能带几位、哪些主题，想找导师的选一个主题。结束时按主题和时区就近，尽可能多地结对，私信通知双方，两周后再问进展。说合不来的，以后不会再配到一起。
activity-field-topics = 主题
activity-mentors-post =
    {""}**导师结对** 主题：{ $topics }
    { $offered ->
        [0] 还没有导师
       *[other] 已有 { NUMBER($offered) } 位导师
    }，{ $sought ->
        [0] 还没有人在找导师。
       *[other] { NUMBER($sought) } 人在找导师。
    }结束时我会私信告诉你结果。
activity-mentors-offer = 我可以带人
activity-mentors-seek = 我想找导师
activity-mentors-how-many = 你最多能带几位？
activity-mentors-which = 想找哪个主题的导师？
activity-mentors-offered =
    你最多带 { NUMBER($capacity) } 位。{ $topics ->
        [none] 哪些主题？请至少点一个。
       *[other] 你的主题：{ $topics }。再点一次可以添加或取消。
    }
    你的时区：{ $zone }（可用 /quiet 修改）。
activity-mentors-wanted = 记下了：你想找「{ $topic }」的导师。你的时区：{ $zone }（可用 /quiet 修改）。结束时我会私信你。
activity-mentors-leave = 退出
activity-mentors-left = 你已退出。
activity-mentors-over =
    { $pairs ->
        [0] 导师结对已结束，这次没能配上。
       *[other] 导师结对已结束，{ NUMBER($pairs) } 人有了导师。
    }{ $waiting ->
        [0] {""}
       *[other] 另有 { NUMBER($waiting) } 人这次没有配到。
    }
activity-mentors-pair = – { $mentor } 带 { $name }（{ $topic }）
activity-mentors-meets = 你在「{ $community }」的「{ $topics }」导师是 { $names }。打个招呼，约第一次聊的时间吧。
activity-mentors-takes = 你在「{ $community }」带 { $names }（{ $topics }）。打个招呼，约第一次聊的时间吧。
activity-mentors-nobody = 这次在「{ $community }」没有给你配到合适的人，下一轮再看看。
activity-mentors-ask = 在「{ $community }」和 { $name } 进展怎么样？你的回答只有我看得到。
activity-mentors-well-yes = 很顺利
activity-mentors-well-no = 不太合适
activity-mentors-well-never = 还没聊过
activity-mentors-noted =
    { $well ->
        [yes] 那太好了。
       *[never] 谢谢。再联系一次吧，总要有一方先开口。
    }
activity-bounty = 悬赏提问
activity-bounty-about = 成员拿自己的积分悬赏提问，采纳谁的回答就归谁，到期没有采纳则退回。积分只是转手，不会因此升级。
activity-field-most = 悬赏上限
activity-field-each = 每人同时提问数
activity-field-days = 问题开放天数
activity-bounty-post =
    {""}**有想弄明白的问题吗？**拿出自己的积分悬赏，最多 { NUMBER($most) } 分；{ NUMBER($days) } 天内采纳谁的回答，积分就归谁。
    { $count ->
        [0] 还没有人提问。
       *[other] 已有 { NUMBER($count) } 人提问。
    }
activity-bounty-join = 悬赏提问
activity-bounty-over =
    { $count ->
        [0] 悬赏提问暂时结束，这次没有人提问。
       *[other] 悬赏提问暂时结束，共有 { NUMBER($count) } 人提问。
    }
form-ask_for_points = 悬赏提问
field-ask_for_points-question = 你的问题
field-ask_for_points-question-help = 频道里的人都能看到
field-ask_for_points-points = 悬赏积分
command-bounty = 看看正在悬赏的问题，或自己提一个
command-accept = 采纳对你问题的回答
option-accept-member-name = 成员
option-accept-member = 谁的回答
menu-accept = 采纳为答案
bounty-post =
    {""}**悬赏 { NUMBER($points) } 积分** · { $name } 提问：
    { $asked }
    请在这里回答，截止 { $until }。
forum-tag-open = 待解决
forum-tag-solved = 已解决
bounty-accept-one = 采纳回答
bounty-accept = 采纳回答：{ $asked }
bounty-asked = 你的问题已发到频道，悬赏 { NUMBER($points) } 积分，截止 { $until }，还剩 { NUMBER($balance) } 积分。点问题下面的按钮采纳回答，或在那条回答下回复 /accept。
bounty-title = **正在悬赏的问题：**
bounty-line = { NUMBER($points) } 积分 · { $asked } · 截止 { $until }
bounty-choose = 采纳谁的？
bounty-here = 给这个帖子加悬赏
bounty-none = 目前没有悬赏中的问题。
bounty-nothing = 目前没有悬赏中的问题，也还不能提问：管理员可以用 /activities 开启。
bounty-which = { $name } 回答的是你的哪个问题？
bounty-whose = 「{ $asked }」采纳谁的回答？积分会马上给对方。
bounty-nobody = 你提出「{ $asked }」之后，频道里还没有人发言。
bounty-accepted = 已采纳，{ $name } 得到 { NUMBER($points) } 积分。
bounty-won = { $name } 在「{ $community }」采纳了你的回答，+{ NUMBER($points) } 积分。
bounty-solved-post =
    {""}**已解决** · { $name ->
        [none] 答主得到 { NUMBER($points) } 积分
       *[other] { $name } 得到 { NUMBER($points) } 积分
    }
    { $asked }
bounty-returned = 你在「{ $community }」提的「{ $asked }」到期没有采纳回答，{ NUMBER($points) } 积分已退回。
bounty-returned-post =
    {""}**已截止** · 没有采纳回答，{ NUMBER($points) } 积分已退回
    { $asked }
bounty-undone = 管理员撤回了你在「{ $community }」提的问题「{ $asked }」，{ NUMBER($points) } 积分已退还给你。
bounty-undone-post =
    {""}**已撤回** · 管理员退还了 { NUMBER($points) } 积分
    { $asked }
bounty-lost = 你在「{ $community }」回答「{ $asked }」得到的 { NUMBER($points) } 积分被管理员撤回了。
bounty-reopened = 管理员撤回了「{ $community }」里「{ $asked }」的 { NUMBER($points) } 积分奖励，你的问题重新开放，截止 { $until }。点问题下面的按钮可以采纳另一个回答。
bounty-gone = 这个问题已撤回。
error-bounty-most = 最多悬赏 { NUMBER($most) } 积分。
error-bounty-each = 你已有 { NUMBER($each) } 个问题在悬赏，已达上限，请先采纳其中一个的回答。
error-bounty-there = 这个帖子已经有悬赏了。
error-bounty-too-dear = 你只有 { NUMBER($balance) } 积分，不够悬赏 { NUMBER($points) }。
error-bounty-none = 你没有正在悬赏的问题，/bounty 可以看怎么提问。
error-bounty-over = 这个问题已经不再悬赏了。
error-bounty-not-yours = 只有提问的人能采纳回答，你可以在频道里写下你的回答。
error-bounty-self = 不能采纳自己的回答。
error-bounty-bot = 那是机器人，用不上积分。
error-bounty-left = { $name } 已经不在这里了。
error-bounty-bridge = { $name } 是通过桥接发言的，在这里没有可以收积分的账号。
error-bounty-undone = 管理员收回了这个问题的积分，没有可给的了。
activity-homework = 作业
activity-homework-about = 用表单交作业，文字、链接或文件都行，截止前可以修改。截止后由交了作业的人互评（1 至 5 分），或由管理员评分，评分时不显示作者。结束时给愿意公开的人排名，并展示作者同意公开的精华。
activity-field-review = 其中评分时长（小时）
activity-field-peers = 每人互评份数（0 为管理员评）
activity-homework-post =
    {""}**{ $task }**
    截止 { $until }。{ $count ->
        [0] 还没有人交。
       *[other] 已有 { NUMBER($count) } 人交了。
    }
activity-homework-join = 交作业
activity-homework-mine = 我交的作业
activity-homework-due =
    {""}**{ $task }**
    { $count ->
        [0] 已截止，没有人交。
       *[other] 已截止，共 { NUMBER($count) } 人交了。现在由{ $by ->
            [peers] 交了作业的人互评
           *[host] 管理员评分
        }，到 { $until } 为止。
    }
activity-homework-rate = 评分
form-hand_in = 交作业
field-hand_in-work = 你的作业
field-hand_in-work-help = 文字，或作业的链接；文件另有一项
field-hand_in-attachment = 文件
field-hand_in-attachment-help = 评分的人能看到文件名。
activity-homework-joined =
    { $points ->
        [0] 已交。
       *[other] 已交，+{ NUMBER($points) } 积分。
    }{ $until } 之前再交一次就能修改。如果评为精华，可以在频道里展示吗？
activity-homework-show-yes = 可以展示
activity-homework-show-no = 不要展示
activity-homework-show =
    { $show ->
        [yes] 评为精华的话会在频道里展示，你同意公开名字时才写名字。
       *[no] 好的，不展示。
    }
activity-homework-yours =
    这是你交的作业，{ $show ->
        [yes] 评为精华时可以展示。
       *[no] 不展示。
    }
activity-homework-to-rate = 「{ $community }」有作业等你评分，到 { $until } 为止。
activity-homework-work = 这份作业打几分（1 至 5）？还有 { NUMBER($left) } 份待评。
activity-homework-rated = 已评 { NUMBER($stars) } 分（满分 5 分）。写句评语，作者才知道为什么。
activity-homework-comment = 写评语
activity-homework-next = 下一份
form-comment_work = 给作者的评语
field-comment_work-comment = 哪里好，哪里可以更好？
activity-homework-commented = 作者会在结束时看到，不显示你的名字。
activity-homework-nothing = 没有等你评分的作业。
activity-homework-over =
    {""}**{ $task }**
    { $count ->
        [0] 已结束，没有人交作业。
       *[other] 已结束：{ NUMBER($count) } 人交了作业，{ NUMBER($rated) } 份得到了评分。
    }
activity-homework-place = { $place }. { $name } · { $stars } 分
activity-homework-best =
    {""}**精华**（{ $stars } 分{ $name ->
        [none] {""}
       *[other] ，{ $name }
    }）：{ $work }
activity-homework-result = 你在「{ $community }」的作业得到 { $stars } 分（满分 5 分），共 { NUMBER($count) } 人评分。
activity-homework-said = – { $comment }
error-homework-late = 作业已于 { $until } 截止，不能再交了。
error-homework-empty = 文字和文件至少交一样。
error-homework-early = { $until } 截止之后才开始评分。
error-homework-none = 你还没有在这里交过作业。
error-homework-not-yours = 这份作业不归你评分。
activity-announcement = 定时公告
activity-announcement-about = 按时发布一段话，可以置顶，也可以过几小时自动撤下。
activity-invitation = 公开征询
activity-invitation-about = 发一条带按钮的消息，问大家名单里能不能写出名字，列明每个选择意味着什么、已有多少人同意。答复只有本人看得到，消息里不会出现任何人的名字。
activity-invitation-post =
    { $text ->
        [none] {""}**在「{ $community }」，你愿意公开名字吗？**
       *[other] {""}**{ $text }**
    }
    · 可以公开：/mycircle 给你看你和谁聊得多，社群的名单里也可能出现你的名字。
    · 只统计：有积分、等级、称号和排名，除此之外只出现在汇总数字里。
    · 不要记录我：只保留积分总额和你的账号。
    { $count ->
        [0] 还没有人同意公开。
       *[other] 已有 { NUMBER($count) } 人同意公开。
    }答复只有你自己看得到，随时可用 /consent 更改。
activity-invitation-personal = 可以公开
activity-invitation-counted = 只统计就好
activity-invitation-out = 不要记录我
activity-invitation-over =
    { $count ->
        [0] 「{ $community }」还没有人同意公开。
       *[other] 「{ $community }」已有 { NUMBER($count) } 人同意公开。
    }随时可用 /consent 选择。
activity-sequence = 分步私信
activity-sequence-about = 在成员加入后（迎新）或沉默后（召回）的第几天，分别私信本人，直到对方发言或签到。不写步骤就用自带的文案。没打开过和我的私聊、不想收消息、或本周已收够的人都不会收到。
activity-field-trigger = 从何时算起
activity-field-steps = 步骤
activity-field-until = 目标
activity-choice-joined = 加入
activity-choice-silent = 沉默
activity-choice-wrote = 发言
activity-choice-checkin = 签到
activity-choice-none = 无，发完所有步骤
activity-sequence-day = **第 { $day } 天：**{ $text }
activity-sequence-letter =
    {""}**{ $community }**
    { $text }
activity-sequence-joined =
    0: 欢迎加入！到群里说说你是谁、为什么来，一句话就好。
    1: 你最想先学什么？到群里问问吧，问题再小都可以。
    3: /activities 看这周有什么活动，/calendar 看时间，挑一个来参加吧。
    7: 你来了一周了。有人帮过你的话，用 /thanks 谢谢对方，也可以回答别人的一个问题。
activity-sequence-silent =
    14: 两周没见了。/activities 看看最近有什么活动。
    28: 四周没见了。有想问的问题吗？到群里问问吧。想少收消息可以用 /quiet。
activity-renewal = 续费提醒
activity-renewal-about = 在成员的会员或单独得到的内容到期前第几天，分别私信本人，并附上名称；续费后不再提醒。不设对照，人人都会收到。不写步骤就用自带的文案。
activity-renewal-day =
    { $day ->
        [0] **到期当天：**{ $text }
       *[other] **到期前 { NUMBER($day) } 天：**{ $text }
    }
activity-renewal-steps =
    7: 还有一周到期。如果是自动续费，不用做什么。
    1: 明天到期。如果是自动续费，不用做什么。
activity-renewal-plan = **{ $name }**：/plans 可以查看怎样继续。
activity-renewal-item = **{ $name }**：`/search #{ $item }` 可以查看怎样继续。
error-activity-step = 第 { NUMBER($number) } 行不是步骤：「{ $given }」。请写 0 到 { NUMBER($most) } 的天数、冒号和文字，每天一条，例如：3: 最近怎么样？
activity-digest = 每周回顾
activity-digest-about = 回顾最近七天：回复和回应最多的消息（只给链接，不引用内容）、愿意公开的人里谁在帮忙、致谢、新成员、还没等到回复的人，以及接下来的活动。什么都没有的那一周会跳过。
activity-digest-title = **「{ $community }」最近七天**
activity-digest-answered = 回应最多的消息：{ $messages }
activity-digest-people = { NUMBER($count) } 人回应
activity-digest-message = { $room }（{ $people }）
activity-digest-helped =
    { NUMBER($count) } 人回复了别人{ $names ->
        [none] 。
       *[other] ，其中有 { $names }。
    }
activity-digest-thanks = 大家致谢 { NUMBER($count) } 次。
activity-digest-came = 新来 { NUMBER($came) } 人，{ NUMBER($wrote) } 人发过言，{ NUMBER($answered) } 人得到了回复。
activity-digest-waiting =
    { NUMBER($count) } 位新成员还在等回复{ $rooms ->
        [none] 。
       *[other] ，在 { $rooms }。
    }
activity-digest-coming = 接下来：{ $activities }
activity-digest-activity = { $name }（{ $at }）
activity-digest-nothing = 最近七天没有可说的。
activity-digest-want = 我的那一份
activity-digest-wanted =
    以后每次回顾我都会私信你：你的积分和连续签到{ $agreed ->
        [yes] ，以及你常去的频道里错过了什么。
       *[no] 。如果用 /consent 同意我了解你和谁聊天，还会告诉你在常去的频道里错过了什么。
    }{ $reached ->
        [yes] {""}
       *[no] {""}请先打开和我的私聊、发送 /start，我才能写给你；想收多少消息用 /quiet 设置。
    }
activity-digest-unwanted = 好的，以后不再单独发给你。
activity-digest-stop = 不再接收
activity-digest-own = **你在「{ $community }」的最近七天**
activity-digest-missed = 你常去的频道里，你还没看到的：{ $messages }
activity-digest-points = 新得 { NUMBER($points) } 积分，现有 { NUMBER($balance) } 积分。
activity-digest-streak = 已连续签到 { NUMBER($streak) } 天。
activity-live = 直播与问答
activity-live-about = 直播或 AMA 问答，提前若干小时预告：可限名额，满了自动候补；成员提问、投票排序；开始前十五分钟提醒报了名的人并发链接，结束后可补发回放。进行中点「我到了」就算参加。
activity-field-topic = 主题
activity-field-lead = 提前几小时预告
activity-field-minutes = 时长（分钟）
activity-field-seats = 名额（0 为不限）
activity-field-link = 链接
error-activity-link = 请填写以 https:// 开头的网址。
activity-live-post =
    {""}**{ $topic }**
    { $on ->
        [yes] 正在进行，{ $at } 开始。
       *[no] { $at } 开始。
    }
activity-live-seats =
    { $limited ->
        [yes] 名额 { NUMBER($seats) } 个，已报名 { NUMBER($count) } 人{ $waiting ->
            [0] 。
           *[other] ，候补 { NUMBER($waiting) } 人。
        }
       *[no] { $count ->
            [0] 还没有人报名。
           *[other] 已报名 { NUMBER($count) } 人。
        }
    }
activity-live-interested = Discord 上有 { NUMBER($count) } 人感兴趣。
activity-live-here-now =
    { $count ->
        [0] 到场后请点「我到了」。
       *[other] 已到场 { NUMBER($count) } 人。
    }
activity-live-question = { $place }. { $text } · { NUMBER($votes) } 票
activity-live-done = ✓ { $text }
activity-live-seat = 报名
activity-live-leave = 取消报名
activity-live-link = 入场链接
activity-live-here = 我到了
activity-live-ask = 提问
activity-live-questions = 提问列表（{ NUMBER($count) }）
activity-live-seated = 报名成功，{ $at } 开始，开始前十五分钟我会私信提醒你。
activity-live-waiting = 名额已满，你排在候补第 { NUMBER($place) } 位，有空位我会私信你。
activity-live-let-in = 有空位了：你已报上「{ $community }」的 **{ $topic }**，{ $at } 开始。
activity-live-left =
    { $had ->
        [wait] 已退出候补。
       *[seat] 已取消，谢谢告知{ $next ->
            [yes] ，名额已让给下一位候补。
           *[no] 。
        }
    }
activity-live-no-seat-yet = 你还没有报名。
activity-live-reminder = 「{ $community }」的 **{ $topic }** 将于 { $at } 开始，你已报名。
activity-live-link-is = 入场链接：{ $link }
activity-live-here-noted =
    { $points ->
        [0] 欢迎到场。
       *[other] 欢迎到场，+{ NUMBER($points) } 积分。
    }
form-live_asked = 你的问题
field-live_asked-text = 想问什么？
field-live_asked-text-help = 大家都能看到，不显示你的名字；结束后就会删除。
activity-live-asked = 已加入提问列表，并算上你的一票。票数高的排在前面。
activity-live-page =
    {""}**{ $topic }**
    { $count ->
        [0] 还没有人提问。
       *[other] 共 { NUMBER($count) } 个问题，点 ▲ 投票，再点一次收回。
    }
activity-live-host = 指定主持人
form-live_hosted = 由谁主持
field-live_hosted-host = 成员
activity-live-hosted =
    { $name } 来主持：可以标记已回答的问题，并提供回放。{ $reached ->
        [yes] {""}
       *[no] 对方没有和我开通私聊，我可能通知不到，请你告诉对方。
    }
activity-live-you-host = 你来主持「{ $community }」的 **{ $topic }**，{ $at } 开始。在预告下面点「提问列表」，可以勾掉已回答的问题。
activity-live-over =
    {""}**{ $topic }**
    { $count ->
        [0] 已结束。
       *[other] 已结束，到场 { NUMBER($count) } 人。
    }{ $asked ->
        [0] {""}
       *[other] {""}共 { NUMBER($asked) } 个问题，回答了 { NUMBER($answered) } 个。
    }
activity-live-off = 「{ $community }」的 **{ $topic }** 取消了。
activity-live-record = 提供回放
activity-live-record-ask = 「{ $community }」的 **{ $topic }** 结束了，{ NUMBER($count) } 人参加。有回放吗？我会发到频道里。
form-live_recorded = 回放
field-live_recorded-address = 回放地址
activity-live-recorded = 已保存，并发到了频道里。
activity-live-recording = **{ $topic }** 的回放：{ $link }
activity-live-missed = 等到现在，本该已经结束了。
error-activity-live-seat = 报了名的人才能用，请先点「报名」。
error-activity-live-link = { $at } 起才能领取链接。
error-activity-live-early = 还没开始，{ $at } 开始。
error-activity-live-full = 已经有 { NUMBER($most) } 个问题在等了，先给它们投投票吧。
error-activity-live-answered = 这个问题已经回答过了。
error-activity-live-gone = 这个问题已经不在了。
error-activity-live-host = 只有主持人可以这样做。
activity-cohort = 共学营
activity-cohort-about = 开营前报名的人一起学：每周一个任务、点按钮打卡，愿意的话配一位学伴，没完成会提醒，全部完成发结业证书。积分在全部完成时发放。
activity-field-weeks = 每周任务
error-activity-week = 第 { NUMBER($number) } 行看不懂：「{ $given }」。请写第几周（1 至 52）、冒号和要做的事，每周一行，例如：3: 第五、六章
activity-cohort-post =
    {""}**{ $topic }**
    { $on ->
        [yes] { $count ->
            [0] { $at } 已开营，这次没有人报名。
           *[other] { $at } 已开营，{ NUMBER($count) } 人同行。
        }
       *[no] { $at } 开营。{ $count ->
            [0] 还没有人报名。
           *[other] 已有 { NUMBER($count) } 人报名。
        }
    }
activity-cohort-milestone = 第 { $week } 周：{ $what }
activity-cohort-join-no = 报名
activity-cohort-join-yes = 报名，并配学伴
activity-cohort-leave = 退出
activity-cohort-joined =
    { $partner ->
        [yes] 报名成功，并会配学伴：开营时（{ $at }）我会把你们的名字告诉彼此。
       *[no] 报名成功，{ $at } 开营。
    }任务没完成时我会提醒你，点「退出」就不再提醒。
activity-cohort-left = 已退出。
activity-cohort-not-in = 你还没有报名。
activity-cohort-partner =
    { $names ->
        [none] 「{ $community }」的 **{ $topic }** 开营了。抱歉，这次没有别人想要学伴。
       *[other] 「{ $community }」的 **{ $topic }** 开营了，你的学伴是 { $names }，打个招呼，约个时间吧。
    }
activity-cohort-week =
    {""}**{ $topic } · 第 { $week } 周（共 { $last } 周）**
    { $what }
    { NUMBER($did) }/{ NUMBER($count) } 人已完成。
activity-cohort-do = 完成
activity-cohort-done = 已记录，完成 { NUMBER($done) }/{ NUMBER($of) }。
activity-cohort-behind = 「{ $community }」的 **{ $topic }** 第 { $week } 周：「{ $what }」你还没有完成。做完后到群里点一下按钮。
activity-cohort-through =
    { $points ->
        [0] **{ $topic }** 全部完成，这是你的结业证书。
       *[other] **{ $topic }** 全部完成，+{ NUMBER($points) } 积分。这是你的结业证书。
    }
activity-cohort-certificate = 你在「{ $community }」完成了 **{ $topic }**，这是你的结业证书。
activity-cohort-over =
    {""}**{ $topic }**
    { $count ->
        [0] 已结束，这次没有人报名。
       *[other] 已结束，{ NUMBER($count) } 人中有 { NUMBER($through) } 人全部完成{ $names ->
            [none] 。
           *[other] ，其中有 { $names }。
        }
    }
activity-cohort-heading = 结业证书
activity-cohort-did = 完成了共学
activity-cohort-steps = 全部 { NUMBER($count) } 个任务均已完成
error-activity-cohort-started = 已经开营了，开营前报名的人才能参加。用 /activities 看接下来有什么。

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

## 活动效果：/effect、/effects

command-effect = 看某个活动带来了什么变化
option-effect-activity = 活动编号
option-effect-activity-name = 活动
command-effects = 看各个活动带来了什么变化
chart-effects_compared = 活动带来的变化
effects-counting = 正在比较私信的人和对照组，结果会发在这里。
effects-nothing = 还没有可以衡量的活动。在 /activities 里给活动设置 `tell=direct` 或 `trial=yes`，就会随机留出一部分人或一部分日子作对照。
effects-title = **{ $community } 的活动带来了什么变化**
effects-line = { $name }：{ $said }
effects-doubtful = { $name }（存疑）
effects-picture =
    { $sure ->
        [0] 衡量的 { NUMBER($count) } 个活动都看不出超出偶然的变化
       *[other] 衡量的 { NUMBER($count) } 个活动中，有 { NUMBER($sure) } 个的变化超出偶然
    }
effects-foot = { $community } · 百分点；频道活动按没有活动时的 100 计 · 截至 { $day }
effect-said =
    每 100 人里，{ $metric ->
        [active] 一周内回来的人数
        [answered] 一周内得到回应的人数
       *[across] 一周内有跨圈子往来的人数
    } { $points }，区间 { $low } 至 { $high }（私信 { NUMBER($asked) } 人次，对照 { NUMBER($held) } 人次，共 { NUMBER($runs) } 场）。
effect-none = 这和偶然分不开；要是相差 { NUMBER($points) } 个百分点，有 80% 的把握看得出来。
effect-few =
    人数太少，还说不准：目前只看得出 { NUMBER($points) } 个百分点以上的差别（私信 { NUMBER($asked) } 人次，对照 { NUMBER($held) } 人次，共 { NUMBER($runs) } 场）{ $weeks ->
        [-1] 。
        [0] 。
       *[other] ，大约还要 { NUMBER($weeks) } 周。
    }
effect-waiting = 还没有满一周的结果：私信的和对照的一共 { NUMBER($waiting) } 人次在观察中。
effect-any-day = 这个区间哪天看都成立；计划在 { $day }结束。
effect-planned = 在计划结束的 { $day }，只看那一次：{ $low } 至 { $high }。
effect-unbalanced = 对照组的人数和抽签该有的不符，请先查明原因，再相信这个结果。
effect-felt = 对照组里，联系的人被私信得越多，表现就越不同：影响似乎也到了他们那里，真实的变化是另一个数。
effect-blocks =
    举行期间{ $metric ->
        [active] 每天活跃的人
        [answered] 每天得到回应的新人
       *[across] 每天跨圈子往来的人
    } { $more }，区间 { $low } 至 { $high }（举行 { NUMBER($on) } 段，不举行 { NUMBER($off) } 段）。
effect-blocks-none = 这和偶然分不开。
effect-blocks-few = 还说不准：{ NUMBER($needed) } 段里完成了 { NUMBER($blocks) } 段，大约还要 { NUMBER($weeks) } 周。
effect-beside = 只是相关，不能算效果：与此前同样活跃的人相比，参加者每 100 周里活跃的周数 { $weeks }，区间 { $low } 至 { $high }（参加 { NUMBER($took) } 人，比较 { NUMBER($others) } 人）。
effect-beside-few = 人数太少，说不出参加者有什么变化：活动开始前就活跃的成员里，参加了 { NUMBER($took) } 人，没参加而同样活跃的有 { NUMBER($others) } 人；两边各要 20 人，并满四周。
effect-tomorrow = { $name }：还没有结果，请明天再看。
effect-never = { $name } 不衡量效果：它本来就不是为了让大家更活跃。
effect-not-yet = { $name }：开始衡量以来还没有私信过，或者能私信的人太少。
effect-unmeasured =
    { $name }：没有留对照，说不出它带来了什么变化。{ $how ->
        [trial] `/activities { $number } trial=yes` 会分段举行；设置 `tell=direct` 则会留一部分人作对照。
       *[direct] 设置 `/activities { $number } tell=direct holdout=yes` 会留一部分人作对照。
    }
effect-foot = { $community } · { $name } · 色带：无论哪天看，差别都在其中
effect-series = 差别（百分点）
effect-reference = 没有差别
activity-trouble-harm = 私信的人表现不如对照组，而且超出偶然，详见 /effect。
