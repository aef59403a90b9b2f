### 内容

## /points

points-summary-of =
    { $spent ->
        [0] { $name }：**{ NUMBER($balance) } 积分**
       *[other] { $name }：**{ NUMBER($balance) } 积分**（累计获得 { NUMBER($earned) }，已使用 { NUMBER($spent) }）
    }
points-lately =
    { $summary }
    最近：{ $entries }
points-none = 还没有积分。发言、回复别人，或者用 /checkin 签到吧。
points-rules =
    这里怎么得积分：
    发言：{ NUMBER($message_min) } 到 { NUMBER($message_max) } 分，每 { NUMBER($cooldown) } 秒最多计一次
    你的消息收到表情：{ NUMBER($reaction) } 分，每天最多 { NUMBER($reactions_a_day) } 次
    当天第一次回复你的人：{ NUMBER($reply) } 分，每天最多 { NUMBER($replies_a_day) } 人
    签到 /checkin：{ NUMBER($checkin) } 分，连续签到再加 1 到 { NUMBER($streak_max) } 分
    收到 /thanks 感谢：{ NUMBER($thanks) } 分，每人每天可感谢 { NUMBER($thanks_a_day) } 次
    命令、编辑、机器人和给自己点表情都不计分；消息删除或表情撤回，积分也会收回。
button-more = 更多
button-what-gives-points = 怎么得积分

## 命令行里的推荐器

recommend-split = 「{ $text }」不是切分方式。请从 last、time、random 中选择。
recommend-k = --k 须为 1 至 { NUMBER($most) } 的整数。
recommend-value = 使用 --min-value 时，请用 --value 指明评分所在的列。
recommend-none-wanted = { $file } 里没有 { $value } 及以上的评分。
recommend-nothing-to-test = { $file }：按「{ $split }」切分后，没有可学习或可检验的数据。请提供更多行，或换一种切分方式。
recommend-probability = { $file } 第 { $line } 行：「{ $column }」里的「{ $text }」不是概率。请写大于 0、不超过 1 的数。
recommend-policy-twice = { $file } 在同一位置把某个动作写了两次。
recommend-policy-sum = { $file } 里的概率之和是 { $total }，每个位置的概率之和都应为 1。
recommend-of-warm = 检验中的 { NUMBER($members) } 位成员有 { NUMBER($warm) } 位以前就有足够的记录，以下数字只算他们。
recommend-of-all = 检验中的 { NUMBER($members) } 位成员以前都没有足够的记录，以下数字算的是所有人。
recommend-judged = 每次展示 { $estimate }，区间 { $low } 至 { $high }（相当于 { $ess } 次展示）。
recommend-refused = 无法评判：对这一策略，日志只相当于 { $ess } 次展示，至少需要 100 次。
