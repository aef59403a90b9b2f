### Kith 的中文。每个功能一节,键名用短横线,命令写作 command-<名称>。

## 出错时

fault = 我这边出了点问题,数据没有丢失。如果再次出现,请把编号 { $id } 告诉管理员。
error-unknown-command = 没有 /{ $name } 这个命令。发送 /help 看看我能做什么。
error-missing = 少了点内容。用法:{ $usage }
error-number = 「{ $given }」不是整数。用法:{ $usage }
error-number-range = { $name } 需要 { NUMBER($low) } 到 { NUMBER($high) } 之间的数字。
error-choice = 「{ $given }」不在可选范围内:{ $choices }。
error-no-member = 没有找到「{ $name }」。
error-no-member-near = 没有找到「{ $name }」。是不是 { $near }?用法:{ $usage }
error-two-members = 有多位成员叫「{ $name }」,请用 @ 提及对方。
error-button-gone = 这个按钮已过期,请重新发送命令。
error-button-not-yours = 这个按钮只有提问的人可以点。
error-moderators-only = 这是社群管理员才能用的功能。
error-owners-only = 这是社群主理人才能用的功能。
error-group-only = /{ $name } 只能在群里使用。
error-unknown-rule = 没有「{ $name }」这条规则。
error-rule-order = 单条消息的最低分({ NUMBER($low) })不能高于最高分({ NUMBER($high) })。
direct-stranger = 你好!我还没有在任何社群见过你:先去群里说句话,再回来找我吧。
private-fallback = { $name },这个回答只给你看。请打开与我的私聊,点「开始」后再问一次。

## /points

command-points = 查看积分和最近的明细
option-points-member-name = 成员
option-points-member = 看谁的积分,不填就是自己
points-summary =
    { $spent ->
        [0] **{ NUMBER($balance) } 积分**
       *[other] **{ NUMBER($balance) } 积分**(累计获得 { NUMBER($earned) },已使用 { NUMBER($spent) })
    }
points-summary-of =
    { $spent ->
        [0] { $name }:**{ NUMBER($balance) } 积分**
       *[other] { $name }:**{ NUMBER($balance) } 积分**(累计获得 { NUMBER($earned) },已使用 { NUMBER($spent) })
    }
points-lately =
    { $summary }
    最近:{ $entries }
points-none = 还没有积分。发言、回复别人,或者用 /checkin 签到吧。
points-rules =
    这里怎么得积分:
    发言:{ NUMBER($message_min) } 到 { NUMBER($message_max) } 分,每 { NUMBER($cooldown) } 秒最多计一次
    你的消息收到表情:{ NUMBER($reaction) } 分,每天最多 { NUMBER($reactions_a_day) } 次
    当天第一次回复你的人:{ NUMBER($reply) } 分,每天最多 { NUMBER($replies_a_day) } 人
    签到 /checkin:{ NUMBER($checkin) } 分,连续签到再加 1 到 { NUMBER($streak_max) } 分
    收到 /thanks 感谢:{ NUMBER($thanks) } 分,每人每天可感谢 { NUMBER($thanks_a_day) } 次
    命令、编辑、机器人和给自己点表情都不计分;消息删除或表情撤回,积分也会收回。
button-more = 更多
button-what-gives-points = 怎么得积分

## 称呼、等级与明细

somebody = 某位成员
tier-newcomer = 新成员
tier-regular = 常客
tier-contributor = 贡献者
tier-core = 核心成员
error-you-are-out = 你选择了不被记录,所以没有积分。想改的话用 /consent。
error-keeps-no-points = { $name } 没有参与积分。
entry-message =
    { $placed ->
        [yes] 在 #{ $room } 发言
       *[no] 发言
    }
entry-reaction = { $name } 给你点了表情
entry-reply = { $name } 当天首次回复你
entry-checkin =
    { $noted ->
        [yes] 连续签到第 { $note } 天
       *[no] 签到
    }
entry-thanks = { $name } 的感谢
entry-grant =
    { $noted ->
        [yes] { $name } 发放:{ $note }
       *[no] { $name } 发放
    }
entry-take =
    { $noted ->
        [yes] { $name } 扣除:{ $note }
       *[no] { $name } 扣除
    }
entry-redeem =
    { $noted ->
        [yes] 兑换「{ $note }」
       *[no] 兑换权益
    }
entry-reversal =
    { $what ->
        [none] 收回
       *[other] 收回({ $what })
    }
entry-import = 导入的历史积分
entry-rules = 积分规则调整
entry-link = 账号关联调整
