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
