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

## Edge lists and interactions from files

analysis-file-missing = 找不到文件 { $file }。
analysis-file-unreadable = 无法读取 { $file }:{ $reason }。
analysis-file-not-text = { $file } 不是 UTF-8 文本。
analysis-no-rows = { $file } 里没有数据行。
analysis-row-short = { $file } 第 { $line } 行:只有 { $count } 列,至少需要 { $needed } 列。
analysis-row-long = { $file } 第 { $line } 行:有 { $count } 列,而第一行是 { $width } 列。
analysis-row-nameless = { $file } 第 { $line } 行:发起人或对象为空。
analysis-row-weight = { $file } 第 { $line } 行:「{ $text }」不是有效的权重,权重须为非负数。
analysis-row-time = { $file } 第 { $line } 行:「{ $text }」不是有效的时间。请写 1970 年以来的天数、秒数或毫秒数,或 2026-03-01 这样的日期。
analysis-row-day = { $file } 第 { $line } 行:「{ $text }」不是有效的日期。请统一写整数,或 2026-03-01 这样的日期。
analysis-days-span = { $file } 跨越 { NUMBER($days) } 天,最多 { NUMBER($most) } 天才合理。
analysis-row-count = { $file } 第 { $line } 行:「{ $text }」不是有效的次数,次数须为整数。
analysis-no-column = { $file } 里没有可作权重的列「{ $column }」。请填表头里的列名,或 3 到 { $count } 之间的列号。
analysis-no-header = { $file } 需要表头,包含这些列:{ $columns }。
analysis-no-time-column = 关系会随时间变淡,但 { $file } 里没有时间列。
analysis-half-life = 半衰期是大于 0 的天数。
analysis-edges-or-community = 请说明要分析谁的关系:--edges 文件。
