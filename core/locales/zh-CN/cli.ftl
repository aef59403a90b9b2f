### 命令行

## 文件里的关系和互动

analysis-file-missing = 找不到文件 { $file }。
analysis-file-unreadable = 无法读取 { $file }：{ $reason }。
analysis-file-not-text = { $file } 不是 UTF-8 文本。
analysis-row-short = { $file } 第 { $line } 行：只有 { $count } 列，至少需要 { $needed } 列。
analysis-row-long = { $file } 第 { $line } 行：有 { $count } 列，而第一行是 { $width } 列。
analysis-row-nameless = { $file } 第 { $line } 行：发起人或对象为空。
analysis-row-weight = { $file } 第 { $line } 行：「{ $text }」不是有效的权重，权重须为非负数。
table-row-time = { $file } 第 { $line } 行：「{ $text }」不是有效的时间。请写 1970 年以来的天数、秒数或毫秒数，或 2026-03-01 这样的日期。
analysis-row-day = { $file } 第 { $line } 行：「{ $text }」不是有效的日期。请统一写整数，或 2026-03-01 这样的日期。
analysis-days-span = { $file } 跨越 { NUMBER($days) } 天，最多 { NUMBER($most) } 天才合理。
analysis-row-count = { $file } 第 { $line } 行：「{ $text }」不是有效的次数，次数须为整数。
analysis-no-column = { $file } 里没有可作权重的列「{ $column }」。请填表头里的列名，或 3 到 { $count } 之间的列号。
analysis-no-header = { $file } 需要表头，包含这些列：{ $columns }。
analysis-no-time-column = 关系会随时间变淡，但 { $file } 里没有时间列。
analysis-half-life = 半衰期是大于 0 的天数。
analysis-edges-or-community = 请说明要分析谁的关系：--edges 文件，或 --community 名称，二选一。

## 用户带来的表格

table-no-column = { $file } 里没有「{ $column }」列，现有的列：{ $columns }。
table-no-rows = { $file } 只有表头，没有数据。
table-row-empty = { $file } 第 { $line } 行：「{ $column }」为空。
table-row-number = { $file } 第 { $line } 行：「{ $column }」里的「{ $text }」不是数字。
table-row-flag = { $file } 第 { $line } 行：「{ $column }」里的「{ $text }」既不是 0 也不是 1。
table-row-length = { $file } 第 { $line } 行有 { $count } 格，表头却有 { $columns } 格。
table-encoding = { $file } 第 { $line } 行不是 UTF-8 编码。请把表格另存为 UTF-8 编码的 CSV。
table-separator = { $file } 第 1 行：各列以「{ $sign }」分隔。请把表格另存为以逗号分隔的 CSV。
table-column-twice = { $file } 第 1 行：有两列都叫「{ $column }」。

## 导入历史记录

import-invite = 名单只写出同意公开的成员。想一次问所有人，请在社群里发送 `/activities invitation`。
import-taken =
    { NUMBER($messages) } 条消息，{ NUMBER($system) } 条平台通知，共 { NUMBER($authors) } 位发言者
    { NUMBER($replies) } 条回复（{ NUMBER($reply_pairs) } 对成员，{ NUMBER($reply_weight) } 次）、{ NUMBER($mentions) } 次提及、{ NUMBER($reactions) } 个表情回应、{ NUMBER($joins) } 次入群
    { NUMBER($duplicates) } 条之前已经导入过
import-skipped = 未导入：{ NUMBER($count) } 条{ $reason }
import-bridge = { $name } 替{ $sources ->
        [none] {""}
       *[other] {" "}{ $sources } 的
    } { NUMBER($names) } 人转发了 { NUMBER($lines) } 条消息。加上 --split-bridges 再导入一次，就能逐个统计。
import-bridge-split = { $name } 替{ $sources ->
        [none] {""}
       *[other] {" "}{ $sources } 的
    } { NUMBER($names) } 人转发了 { NUMBER($lines) } 条消息：每人都算作一位成员{ $moved ->
        [0] 。
       *[other] ，之前导入的 { NUMBER($moved) } 条也已归到本人名下。
    }
import-reason-direct_message = 私信
import-reason-erased = 来自已要求删除数据的人
import-reason-incomplete = 缺少编号或时间
import-reason-member_without_id = 入群或移出记录只有名字、没有账号
import-reason-mention_by_handle = 只写了 @用户名、无法确定账号的提及
import-reason-other_chat = 未选择的群
import-reason-private_chat = 私聊
import-reason-unsupported = Telegram Desktop 无法导出的消息
import-unreadable = 无法读取 { $file }：{ $why }
import-empty = { $file } 是空的，里面没有导出的记录。什么都没有导入。
import-damaged = { $file } 在第 { NUMBER($byte) } 字节处损坏：{ $why }。没有导入任何内容。
import-bomb = { $file } 解压后超过原大小的 { $times } 倍（第 { NUMBER($byte) } 字节），不像是导出文件。没有导入任何内容。
import-broken = { $file } 在第 { NUMBER($byte) } 字节处出错，不是有效的 JSON。没有导入任何内容。
import-cut-off = { $file } 在第 { NUMBER($byte) } 字节处中断，文件不完整。没有导入任何内容。
import-too-deep = { $file } 在第 { NUMBER($byte) } 字节处嵌套超过 { $depth } 层，不像是导出文件。没有导入任何内容。
import-too-large = { $file } 在第 { NUMBER($byte) } 字节处有一条记录超过 { $megabytes } MB，不像是导出文件。没有导入任何内容。
import-not-json = { $file } 不是 JSON。请重新导出为 JSON：Telegram Desktop 选「机器可读的 JSON」，DiscordChatExporter 选 JSON 格式。什么都没有导入。
import-several = 有 { NUMBER($count) } 个文件无法使用，因此什么都没有导入。{ $problems }
import-wrong-kind = { $file } 不是 { $kind } 的导出文件。没有导入任何内容。
import-no-chat = { $file } 里没有要导入的群。里面有：{ $seen }。
import-space-elsewhere = { $space } 已经属于社群「{ $community }」，请使用 --community "{ $community }"。
import-meanwhile = 导入期间社群「{ $community }」有了变动，因此什么都没有导入。请重新导入。
import-no-community = 没有名为「{ $name }」的社群。
import-no-community-near = 没有名为「{ $name }」的社群。现有：{ $near }。
levels-taken = { NUMBER($members) } 位成员，{ NUMBER($points) } 分；{ NUMBER($duplicates) } 位之前已经导入过
levels-columns = { $file } 的第一行需要有 account 和 level 两列，或 account 和 points 两列。
levels-row = { $file } 第 { NUMBER($line) } 行：{ $problem }。没有导入任何内容。
levels-row-more = { $file } 第 { NUMBER($line) } 行：{ $problem }（另有 { NUMBER($more) } 行有问题）。没有导入任何内容。
levels-no-account = 缺少账号
levels-unknown = 这里没有「{ $account }」；请填平台上的编号，例如 discord:123
levels-near = 这里没有「{ $account }」，但 { $near } 的开头与它相同：电子表格会把这种编号四舍五入。请重新导出，并把这一列保存为文本
levels-rounded = 「{ $account }」被电子表格四舍五入了，对不上任何人。请重新导出，并把这一列保存为文本
levels-strangers = 其中 { NUMBER($count) } 个编号这里还没有人：等他们第一次发言就会有名字
levels-several = 有不止一个账号叫「{ $account }」；请填平台上的编号，例如 discord:123
levels-no-number = 「{ $given }」不是有效的 { $column }，应为 0 到 { NUMBER($high) } 的整数
levels-twice = 「{ $account }」在第 { NUMBER($line) } 行已经出现过

## kith doctor

doctor-summary =
    { $wrong ->
        [0] 一切正常。
       *[other] 有 { NUMBER($wrong) } 处需要处理。
    }
doctor-folder = 数据目录 { $path } 可以写入。
doctor-folder-shut = 数据目录 { $path } 无法写入（{ $why }）。请给运行 Kith 的用户写权限，或用 KITH_DATA_DIR 换一个目录。
doctor-keys = KITH_SECRET_KEYS 里的密钥可用。
doctor-keys-wrong = KITH_SECRET_KEYS 里有不是密钥的内容。密钥是 32 字节的 url-safe base64，多个之间用逗号隔开；不设置的话 Kith 会自己生成。
doctor-key = 密钥 { $path } 存在，只有 Kith 能读。
doctor-key-new = 密钥 { $path } 会在第一次启动时生成。请另存一份，不要和数据库放在一起。
doctor-key-shut = 读不到密钥 { $path }（{ $why }）。请给运行 Kith 的用户读权限。
doctor-key-broken = 文件 { $path } 不是密钥。请放回备份；没有它，搁置的事件打不开。
doctor-key-open = 其他用户也能读到密钥 { $path }。请执行：chmod 600 { $path }
doctor-zones = 时区数据齐全（{ NUMBER($count) } 个时区）。
doctor-zones-missing = 缺少时区数据。请在 Kith 的环境里安装 tzdata：pip install tzdata
doctor-zone-unknown = 有社群用的时区 { $zone } 不在时区数据里。请更新 tzdata，或用 /settings timezone 换一个。
doctor-database = { $kind } 正常，已是最新。
doctor-database-new = 数据库会在第一次启动时创建。
doctor-database-old = { $kind } 能连上，但还没更新。请执行：kith migrate
doctor-database-away = 连不上 { $kind }（{ $why }）。请启动它，或把 KITH_DATABASE_URL 改成正确的地址。
doctor-database-address = KITH_DATABASE_URL 不是数据库地址。格式如 postgresql://user:password@host/name；不设置就用 SQLite。
error-database-half = 数据库只迁移了一半：表 { $table } 与版本不符。请换上备份；想从头开始，就把数据库移走。
error-database-broken = 数据库读不了（{ $why }）。请换上备份。
error-database-newer = 数据库属于更新版本的 Kith（迁移 { $revision }）。请安装那个版本，或换上备份。
doctor-parked = 有 { NUMBER($count) } 个事件没能处理。请执行：kith parked --retry
doctor-no-token = 没有设置令牌，kith run 会打开演练场。正式使用请在 .env 里填 KITH_TELEGRAM_TOKEN 或 KITH_DISCORD_TOKEN。
doctor-platform-silent = { $platform } 在 { $seconds } 秒内没有回应。请检查网络，以及自定义的 API 地址。
doctor-platform-fault = 没法询问 { $platform }（{ $why }）。请检查令牌和 API 地址。

## 终端导览

demo-title = 一分钟认识 Kith。人物是虚构的，引擎和回复都是真的。
demo-opening = 示例社群正在度过一个月……
demo-community = { $community }：{ $people } 位成员，一个月的聊天
demo-points = 每条消息都算分，一分钟最多一次。{ $name } 发了言，再来问问。
demo-message = 谢谢，问题解决了，我写个总结给大家。
demo-board = 这周谁贡献最多？自己的名次总会显示。
demo-thanks = { $name } 向别人道谢，成员之间也能送积分。
demo-private = { $name } 刚加入，问问 Kith 是谁。Kith 能记住什么，由成员自己决定。
demo-moderator = { $name } 是管理员，奖励了一个好问题。每一分都有据可查。
demo-reason = 第一个问题就问得好
demo-time = 一周过去了……
demo-day = 第 { $day } 天，共 7 天
demo-week = 又多了 { NUMBER($messages) } 条消息，等级、签到和称号都已更新：
demo-end = 导览结束。运行 make run，就能在浏览器里打开同一个社群；在 .env 里填好令牌，Kith 就会进到你自己的 Telegram 群或 Discord 服务器。

## 题库

bank-none = 「{ $kind }」这种活动没有题库。
bank-row = 第 { NUMBER($line) } 行：{ $why }
bank-question = `question` 列请填写 1 至 { NUMBER($limit) } 个字符，不能有 |。
bank-quiz = `question`、`right` 以及一至五列 `wrong1`、`wrong2`…… 都要填写，答案各不相同、每个最多 40 个字符，不能有 ; | * 或 #；连同 `why` 一共最多 { NUMBER($limit) } 个字符。
