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

## Telegram

telegram-open-chat = 打开私聊
telegram-token-refused = Telegram 不认这个令牌。请找 @BotFather 换一个新的,填到 KITH_TELEGRAM_TOKEN。
telegram-webhook-refused = Telegram 不接受 KITH_TELEGRAM_WEBHOOK_URL 里的地址:{ $why }
doctor-telegram-token = Telegram 令牌有效,Kith 在那边叫 @{ $username }。
doctor-telegram-unreachable = 连不上 Telegram。请检查网络和 KITH_TELEGRAM_API_URL。
doctor-telegram-privacy-off = Kith 能看到群成员的发言。
doctor-telegram-privacy-on = 隐私模式开着:在 Kith 不是管理员的群里,它只看得到命令。请给 @BotFather 发 /setprivacy,选 Disable,再把 Kith 移出群重新拉进来。
doctor-telegram-webhook = 这个机器人的消息正被另一个地址接收。请停掉那个程序,或者直接启动 Kith,由它接手。
doctor-telegram-space = Kith 是「{ $space }」的管理员。
doctor-telegram-space-not-admin = Kith 还不是「{ $space }」的管理员:看不到表情回应,进退群也看不全。请到群设置里把它加为管理员。
doctor-telegram-space-gone = Kith 已经不在 Telegram 群 { $space } 里了。请重新拉它进群,或不再管理这个群。
## Discord

error-discord-token = Discord 不认这个令牌。请到 discord.com/developers → 你的应用 → Bot → Reset Token 重新复制,填入 KITH_DISCORD_TOKEN。
error-discord-intents = Discord 拒绝了所需的权限。请到 discord.com/developers → 你的应用 → Bot → Privileged Gateway Intents 打开「Server Members Intent」,然后重新启动。
error-discord-closed = Discord 彻底断开了连接(代码 { NUMBER($code, useGrouping: 0) })。请检查给这个进程分配的分片。
error-discord-role = 我没法发放身份组「{ $role }」。请给我「管理身份组」权限,并在 服务器设置 → 身份组 里把我的身份组排到它上面。
error-discord-no-role = 这个服务器上没有身份组「{ $role }」。
doctor-discord-token = Discord:已登录为 { $name }
doctor-discord-token-wrong = Discord 不认 KITH_DISCORD_TOKEN。请到 discord.com/developers → 你的应用 → Bot → Reset Token 重新复制。
doctor-discord-away = 这里连不上 Discord。
doctor-discord-members = Discord:Server Members Intent 已打开
doctor-discord-members-off = Discord:请到 discord.com/developers → 你的应用 → Bot → Privileged Gateway Intents 打开「Server Members Intent」。
doctor-discord-no-server = Discord:机器人还没进任何服务器。邀请链接:{ $url }
doctor-discord-server = Discord:{ $server } 一切就绪
doctor-discord-server-roles = Discord:我在 { $server } 不能发放身份组。如果要让等级对应身份组,请在 服务器设置 → 身份组 里给我「管理身份组」权限。
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

## 导入历史记录

import-taken =
    { NUMBER($messages) } 条消息,{ NUMBER($system) } 条平台通知,共 { NUMBER($authors) } 位发言者
    { NUMBER($replies) } 条回复({ NUMBER($reply_pairs) } 对成员,{ NUMBER($reply_weight) } 次)、{ NUMBER($mentions) } 次提及、{ NUMBER($reactions) } 个表情回应、{ NUMBER($joins) } 次入群
    { NUMBER($duplicates) } 条之前已经导入过
import-skipped = 未导入:{ NUMBER($count) } 条{ $reason }
import-reason-direct_message = 私信
import-reason-erased = 来自已要求删除数据的人
import-reason-incomplete = 缺少编号或时间
import-reason-member_without_id = 入群或移出记录只有名字、没有账号
import-reason-mention_by_handle = 只写了 @用户名、无法确定账号的提及
import-reason-out = 来自不希望被记录的人
import-reason-private_chat = 私聊
import-reason-unsupported = Telegram Desktop 无法导出的消息
import-unreadable = 无法读取 { $file }:{ $why }
import-empty = { $file } 是空的,里面没有导出的记录。
import-damaged = { $file } 在第 { NUMBER($byte) } 字节处损坏:{ $why }。没有导入任何内容。
import-bomb = { $file } 解压后超过原大小的 { $times } 倍(第 { NUMBER($byte) } 字节),不像是导出文件。没有导入任何内容。
import-broken = { $file } 在第 { NUMBER($byte) } 字节处出错,不是有效的 JSON。没有导入任何内容。
import-cut-off = { $file } 在第 { NUMBER($byte) } 字节处中断,文件不完整。没有导入任何内容。
import-too-deep = { $file } 在第 { NUMBER($byte) } 字节处嵌套超过 { $depth } 层,不像是导出文件。没有导入任何内容。
import-too-large = { $file } 在第 { NUMBER($byte) } 字节处有一条记录超过 { $megabytes } MB,不像是导出文件。没有导入任何内容。
import-wrong-kind = { $file } 不是 { $kind } 的导出文件。没有导入任何内容。
import-no-chat = { $file } 里没有要导入的群。里面有:{ $seen }。
import-space-elsewhere = { $space } 已经属于社群「{ $community }」,请使用 --community "{ $community }"。
import-no-community = 没有名为「{ $name }」的社群。
import-no-community-near = 没有名为「{ $name }」的社群。现有:{ $near }。
levels-taken = { NUMBER($members) } 位成员,{ NUMBER($points) } 分;{ NUMBER($duplicates) } 位之前已经导入过
levels-columns = { $file } 的第一行需要有 account 和 level 两列,或 account 和 points 两列。
levels-row = { $file } 第 { NUMBER($line) } 行:{ $problem }。没有导入任何内容。
levels-row-more = { $file } 第 { NUMBER($line) } 行:{ $problem }(另有 { NUMBER($more) } 行有问题)。没有导入任何内容。
levels-no-account = 缺少账号
levels-unknown = 这里没有「{ $account }」;请填平台上的编号,例如 discord:123
levels-several = 有不止一个账号叫「{ $account }」;请填平台上的编号,例如 discord:123
levels-no-number = 「{ $given }」不是有效的 { $column },应为 0 到 { NUMBER($high) } 的整数
levels-twice = 「{ $account }」在第 { NUMBER($line) } 行已经出现过
