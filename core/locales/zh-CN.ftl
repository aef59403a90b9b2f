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

## 体验页

web-title = Kith 体验场
web-playground = 体验场
web-skip = 跳到输入框
web-banner = 这里是沙盒,人物都是虚构的,数据不会离开这台电脑。
web-connect = 接入 Telegram 或 Discord
web-connect-title = 接入你自己的社群
web-connect-text = 体验场用的就是正式的引擎。把令牌写进 Makefile 旁边的 .env 文件,再启动一次即可,沙盒会自动让位。
web-connect-telegram = Telegram:找 @BotFather 新建机器人,复制令牌:
web-connect-discord = Discord:在开发者后台新建应用、添加机器人,打开「服务器成员」意图,复制令牌:
web-connect-run = 重新启动,有令牌的平台就会上线:
web-connect-doctor = 如果缺了什么,下面的命令会告诉你缺什么、怎么补:
web-language = 语言
web-rooms = 房间
web-direct = 私聊
web-direct-about = Kith 只对 { $name } 说的话
web-memory = Kith 不保存聊天内容。这里说的话只在内存里,停止运行就没有了。
web-messages = 消息
web-beginning = Kith 不保存聊天内容:更早的消息只计数,不留文字。
web-direct-beginning = 这是你与 Kith 的私聊,可以试试 /start。
web-newest = ↓ 最新消息
web-say = 输入消息,或用 / 调用命令
web-say-hint = 说点什么,或输入 / 看命令
web-send = 发送
web-commands = 查看命令
web-suggestions = 建议
web-cancel = 取消
web-close = 关闭
web-optional = 可不填
web-only-moderators = 管理员
web-called = { $name } 使用了
web-bot = 机器人
web-moderator = 管理员
web-owner = 主理人
web-edited = 已更新
web-only-you = 只有 { $name } 能看到
web-enlarge = 放大查看
web-picture = 图片
web-size = { NUMBER($kilobytes) } KB
web-tools = 对这条消息
web-react = 用 { $emoji } 回应
web-answer = 回复
web-delete = 删除
web-native = 看它在 Telegram 和 Discord 里的样子
web-native-title = 同一条回复,在两个平台上的样子
web-native-telegram = 在 Telegram 里,发在提问的话题中。
web-native-telegram-private = Telegram 群里没有「仅自己可见」的回复,所以这条会发到与 Kith 的私聊。
web-native-discord = 在 Discord 里,发在提问的频道中。
web-native-discord-private = 在 Discord 频道里,只有提问的人能看到。
web-native-dismiss = 只有你能看到 · 关闭
web-you-are = 你现在是
web-switch = 换一个人
web-anybody = 或者其他任何人
web-standing = 等级 { NUMBER($level) } · { NUMBER($points) } 积分
web-outside = 不在社群里
web-unknown = Kith 还不认识
web-gone = 不在群里
web-join = 加入社群
web-leave = 退出社群
web-new-name = 新人的名字
web-new-join = 让 TA 进群
web-time = 时间
web-next-day = 下一天
web-next-week = 下一周
web-next-month = 下个月
web-moving = 时间正在前进,留意各个房间。
web-time-note = 快进时间,期间发生的事会陆续出现。
web-try = 试试这些命令
web-who-and-when = 身份与时间
web-today = 今天
web-yesterday = 昨天
web-offline = Kith 没有响应,它还在运行吗?
web-failed = 没有成功,请再试一次。
web-face-member = 成员
web-face-active = 核心成员
web-face-regular = 常客
web-face-newcomer = 刚进群
web-face-quiet = 潜水为主
web-face-moderator = 管理员
web-face-owner = 主理人
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
