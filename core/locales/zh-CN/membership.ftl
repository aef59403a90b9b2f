### 成员用的命令

## /points

command-points = 查看积分和最近的明细
option-points-member-name = 成员
option-points-member = 看谁的积分，不填就是自己
points-summary =
    { $spent ->
        [0] **{ NUMBER($balance) } 积分**
       *[other] **{ NUMBER($balance) } 积分**（累计获得 { NUMBER($earned) }，已使用 { NUMBER($spent) }）
    }

## /checkin 与 /thanks

command-checkin = 每日签到，连续签到积分更多
error-checked-in =
    { $streak ->
        [0] 今天已经签到过了，明天再来。
        [1] 今天已经签到过了，明天再来。
       *[other] 今天已经签到过了，连续第 { $streak } 天。明天再来。
    }
checkin-done =
    { $streak ->
        [1] 签到成功，+{ NUMBER($points) } 积分，当前 { NUMBER($balance) } 积分。明天签到 +{ NUMBER($tomorrow) }。
       *[other] 连续签到第 { $streak } 天，+{ NUMBER($points) } 积分，当前 { NUMBER($balance) } 积分。明天签到 +{ NUMBER($tomorrow) }。
    }
menu-thanks = 致谢
command-thanks = 感谢一位成员，送上积分
option-thanks-member-name = 成员
option-thanks-member = 要感谢谁；也可以直接回复对方的消息
option-thanks-reason-name = 缘由
option-thanks-reason = 为什么感谢；会一起说出来，不会留存
thanks-given =
    { $from } 感谢 { $to }{ $reasoned ->
        [yes] （{ $reason }）
       *[no] {""}
    }，+{ NUMBER($points) } 积分。{ $left ->
        [0] 今天的感谢次数用完了。
       *[other] 今天还能感谢 { NUMBER($left) } 次。
    }
thanks-received =
    { $from } 感谢了你{ $reasoned ->
        [yes] （{ $reason }）
       *[no] {""}
    }，+{ NUMBER($points) } 积分。
error-thanks-self = 感谢要送给别人。用法：/thanks @成员
error-thanks-bot = 机器人用不上积分，感谢一位成员吧。
error-thanks-bridge = { $name } 是通过桥接机器人发言的，没法用这种方式得积分。
error-thanks-left = { $name } 已经不在社群里了。
error-thanks-summed-up = 你今天刚选过「不要记录我」，明天才能再感谢别人。
error-thanks-used-up =
    { $allowed ->
        [0] 本社群没有开启 /thanks。
       *[other] 今天的 { $allowed } 次感谢已经用完，明天再来。
    }

## /start 与 /help

command-start = 认识一下社群管家
start-group = 我是「{ $community }」的社群管家，负责积分、等级和称号，也按管理员的安排组织活动。发送 /help 看看我能做什么，只和你有关的事请私聊我。
start-direct =
    { $name }，你好，我是「{ $community }」的社群管家：记积分、等级和称号，组织定时活动。/me 看你自己的，/activities 看近期活动，/help 看我还能做什么。
    { $state ->
        [personal] 我会看你和谁聊得多、打开了哪些内容：/mycircle 和 /recommend 给你自己看，社群的名单里也可能出现你的名字。随时可用 /privacy 更改。
        [out] 目前除积分账目总额外，我不记录你的任何信息。随时可用 /privacy 更改。
       *[counted] 目前我只统计互动次数。可以也看看你和谁聊得多、打开了哪些内容吗？这样 /mycircle 和 /recommend 就能给你用，社群的名单里也可能出现你的名字。随时可用 /privacy 更改。
    }
button-start-personal = 好，看我的圈子
button-start-counted = 只统计就好
button-start-out = 不要记录我
command-help = 看看你能用哪些功能
option-help-topic-name = 主题
option-help-topic = 想了解哪个命令或主题
help-choose = 选择一个主题
help-head = 在「{ $community }」你可以：
help-topic-line = **{ $topic }**：{ $commands }
help-topic-points = 积分
help-topic-standing = 我的位置
help-topic-yours = 我的设置
help-topic-activities = 活动
help-topic-reading = 内容
help-topic-people = 谁和谁聊
help-topic-insight = 成员分析
help-topic-ledger = 账目
help-topic-community = 社群
help-brief = 我只懂命令，不会闲聊。试试下面这些，或者发送 /help 看全部。
button-brief-me = 我的名片
button-brief-points = 我的积分
button-brief-help = 还能做什么
help-option = { $name }：{ $text }
help-foot = 发送 /help 加命令名，查看具体用法。

## /language 与 /notify

command-language = 选择我和你说话用的语言
option-language-to-name = 语言
option-language-to = en 或 zh
language-which = 希望我用哪种语言和你说话？
language-set = 好的，以后我用中文和你说话。
command-notify = 选择在哪里收到升级提醒
option-notify-where-name = 位置
option-notify-where = room（群里）、direct（私聊）或 off（关闭）
notify-which =
    { $where ->
        [direct] 目前：升级时私聊提醒你。
        [off] 目前：升级时不提醒。
       *[room] 目前：升级时在你发言的地方公布。
    }
notify-set =
    { $where ->
        [direct] 好的，以后升级时私聊提醒你。
        [off] 好的，以后升级时不再提醒。
       *[room] 好的，以后升级时在你发言的地方公布。
    }
button-notify-room = 在群里公布
button-notify-direct = 私聊告诉我
button-notify-off = 不用提醒

## /quiet

command-quiet = 设置免打扰时段
option-quiet-hours-name = 时段
option-quiet-hours = 例如 22:00-08:00，或 off（关闭）
option-quiet-timezone-name = 时区
option-quiet-timezone = 与社群不同时填写，例如 Asia/Tokyo
option-quiet-week-name = 每周
option-quiet-week = 每周最多主动发给你几条消息，0 为不发
quiet-often =
    { $count ->
        [0] 我不会主动给你发消息；你自己要求的仍会送达。
       *[other] 我每周最多主动给你发 { $count } 条消息；你自己要求的不计在内。
    }
quiet-a-week =
    { $count ->
        [0] 不发
       *[other] 每周 { $count } 条
    }
quiet-now = 每天 { $since } 到 { $until }，我主动发给你的消息不会响铃。时区：{ $zone }。
quiet-now-off = 目前没有免打扰时段，我主动发给你的消息随时会响铃。
quiet-set = 好的，每天 { $since } 到 { $until }，我主动发给你的消息不会响铃。时区：{ $zone }。
quiet-set-off = 好的，已关闭免打扰时段。
button-quiet-off = 关闭
error-quiet-hours = 没看懂时段「{ $given }」。请写成 22:00-08:00，或 off（关闭）。

## /remindme 和 /reminders

command-remindme = 到你说的时间提醒你
option-remindme-what-name = 内容
option-remindme-what = 先写时间，再写事情：明天 9 点 读第三章
command-reminders = 查看、删除你设置的提醒
remindme-how = 先写时间，再写事情：`/remindme 明天 9 点 读第三章`、`2 小时后 …`、`周五 18:00 …`、`2026-12-24 18:00 …`。最多同时 { $most } 条，每条 { $limit } 字以内，一年之内。内容只为你保存，完成后就删除。
remindme-done =
    我会在 { $at } 提醒你：{ $text }
    免打扰时段也会准时送达，但不响铃。
reminders-none = 你还没有设置提醒，/remindme 会告诉你怎么设置。
reminders-title = **{ $count } 条提醒**（最多 { $most } 条）：
reminders-line =
    { $place }. { $at } · { $text }{ $said ->
        [yes] {" "}· 已提醒
       *[no] {""}
    }
reminders-drop = 删除 { $place }
reminders-dropped = 已删除。
reminder-said = 你让我提醒你：{ $text }
reminder-done = 好的，已完成并删除。
reminder-later = 我会在 { $at } 再提醒你：{ $text }
button-reminder-drop = 删除
button-reminder-hour = 1 小时后
button-reminder-day = 1 天后
button-reminder-done = 完成
error-moment = 看不懂「{ $given }」里的时间。请以时间开头：明天 9 点、2 小时后、周五 18:00 或 2026-12-24 18:00。
error-moment-over = 「{ $given }」已经过去，或超出一年。请换一个将来的时间。
error-reminder-text = 请在时间后面写上要提醒的事，1 至 { $limit } 个字符：`/remindme 明天 9 点 读第三章`
error-reminders-full = 你已经有 { $most } 条提醒，到上限了。请先在 /reminders 里删除一条。
error-no-reminder = 这条提醒已经没有了。

## 升级与称号

level-reached = { $name } 升到了 { $level } 级。
level-reached-direct = 你升到了 { $level } 级。
level-and-more = { $said }{ $more }
level-opens =
    { $days ->
        [0] { $benefits ->
            [none] 「{ $tier }」已解锁。
           *[other] 「{ $tier }」已解锁：{ $benefits }。
        }
       *[other] { $benefits ->
            [none] 已达到「{ $tier }」的等级要求，近 30 天活跃满 { $days } 天即可获得。
           *[other] 已达到「{ $tier }」（{ $benefits }）的等级要求，近 30 天活跃满 { $days } 天即可获得。
        }
    }
command-tier = 查看各称号的要求、权益和你的进度
tier-held = 你现在是「{ $tier }」。
tier-held-until = 你现在是「{ $tier }」，至少保留到 { $day }。
tier-grace = 你的「{ $tier }」保留到 { $day }。要保住它：达到 { $level } 级，且近 30 天活跃 { $days } 天。
tier-next = 距离「{ $tier }」：需要 { $level } 级（你 { $mine } 级），近 30 天活跃 { $days } 天（你 { $present } 天）。
tier-line =
    { $level ->
        [0] · { $tier }：人人都是{ $benefits ->
            [none] {""}
           *[other] ，享有 { $benefits }
        }
       *[other] · { $tier }：{ $level } 级，近 30 天活跃 { $days } 天{ $benefits ->
            [none] {""}
           *[other] ，享有 { $benefits }
        }
    }
tier-rise =
    恭喜 { $names }{ $others ->
        [0] {" "}
       *[other] {" "}和另外 { $others } 位成员
    }成为「{ $tier }」{ $benefits ->
        [none] 。
       *[other] ，享有 { $benefits }。
    }
tier-rise-direct =
    你现在是「{ $community }」的「{ $tier }」了{ $benefits ->
        [none] 。
       *[other] ，享有 { $benefits }。
    }
tier-warn = 你在「{ $community }」的称号「{ $held }」需要 { $level } 级、近 30 天活跃 { $days } 天，你目前是 { $present } 天。{ $day } 之前多来坐坐，就能保住。
tier-fall = 你在「{ $community }」的称号现在是「{ $now }」。近 30 天活跃满 { $days } 天，「{ $held }」就会回来。

## /privacy、/consent、/mydata、/forgetme

command-privacy = 查看我记录了你的哪些信息，并随时更改
privacy =
    我记录谁发言、回复、点表情、感谢，对谁、在什么时候，参加了哪些活动，打开、收藏、学完、评价、换取或不想看这里的哪些内容，我给你推荐过什么，你选了哪些话题、要不要每周精选，开通了哪些会员、付了多少，以及你的积分。群里说了什么，我从不保存；你亲手交给我的（提醒、提问、作业），只为那件事保存。
    { $state ->
        [personal] 你同意我看你和谁聊得多、打开了哪些内容，用于你自己的数据和给你的推荐，社群的名单里也可能出现你的名字。
        [out] 你选择了不被记录：我只保留你的积分总额、开通的会员和付款记录，以及你的账号（好知道不要记录你）。
       *[counted] 你选择了只统计：有积分、称号和排名，除此之外只出现在汇总数字里。
    }
    { $polarity ->
        [yes] 主理人允许我在收到消息时判断用词积极还是消极：只计入整个社群当天的总数，不记是谁说的，也不保存原文；选择了不被记录的人不计入。
       *[no] {""}
    }信息不出售、不外传，也不会用你写的内容训练模型。
button-consent = 更改选择
button-mydata = 导出我的数据
button-forgetme = 删除我的数据
command-consent = 选择我可以记录你的哪些信息
option-consent-state-name = 选择
option-consent-state = personal（个性化）、counted（只统计）或 out（不记录）
consent-which =
    目前：{ $state ->
        [personal] *个性化*
        [out] *不记录*
       *[counted] *只统计*
    }
    · 个性化：我会看你和谁聊得多、打开了哪些内容。/mycircle 和 /recommend 给你自己用，社群的名单里也可能出现你的名字。
    · 只统计：有积分、称号和排名，除此之外只出现在汇总数字里。
    · 不记录：只保留积分总额和你的账号，其他都不留，也不上榜。
consent-set =
    { $state ->
        [personal] 谢谢。发送 /mycircle 看你和谁聊得多，发送 /recommend 看我的推荐，社群的名单里也可能出现你的名字。随时可用 /privacy 更改。
        [out] 好的，从现在起不再记录你。积分明细已合并成一笔总额，其余只留你的账号，好知道不要记录你。想回来随时用 /consent。
       *[counted] 好的，只统计。你有积分、称号和排名，除此之外只出现在不具名的汇总和分群里。
    }
consent-sure =
    选择不记录后，你的名字、连续签到和在这里的互动记录都会清除。{ $entries ->
        [0] 你还没有积分明细。
       *[other] 你的 { NUMBER($entries) } 条积分明细会合并成一笔总额，{ NUMBER($balance) } 积分仍归你。
    }之后不再得分，也不上榜。以后可以回来，但清除的内容无法恢复。
consent-kept =
    没有任何改动，目前是{ $state ->
        [personal] *个性化*
        [out] *不记录*
       *[counted] *只统计*
    }。
button-consent-sure = 确定，不要记录我
button-consent-stay = 先不改
button-consent-personal = 个性化
button-consent-counted = 只统计就好
button-consent-out = 不要记录我
command-mydata = 把我记录的你的全部信息导出成文件
mydata-file = 这是我记录的关于你的全部信息，共 { NUMBER($rows) } 条。
command-forgetme = 删除关于你的一切
forgetme-sure =
    我将删除你的名字、账号、设置、在这里的互动记录和 { NUMBER($balance) } 积分。积分账目和付款金额会保留，但不再有你的名字。此操作无法撤销。
forgetme-sure-where =
    { $sure }
    你还在我管理的其他社群里：{ $others }。只在「{ $here }」删除，还是全部社群都删除？
button-forget-yes = 全部删除
button-forget-here = 只在这里删除
button-forget-everywhere = 所有社群都删除
button-forget-no = 先不删
forgetme-kept = 没有任何改动。
forget-several = 不止一位成员叫「{ $name }」，请指明是哪一位：{ $numbers }。
forgetme-done =
    { $where ->
        [everywhere] 我所在的所有社群里，关于你的一切都已删除。
       *[other] 关于你的一切都已删除。
    }如果你再在这里发言，我会把你当作新成员；不想被记录可以用 /consent out。

## /link 与 /unlink

command-link = 关联你在不同平台的账号
option-link-code-name = 关联码
option-link-code = 我在另一个平台给你的关联码
link-code =
    请在 { $minutes } 分钟内到 { $platforms } 对我发送 **/link { $code }**。两个账号的积分、记录和等级会合为一份。
    关联码不要给别人：谁输入，谁就和你合并。
link-sure = 要和 { $platform } 上的 { $name } 合并吗？{ NUMBER($theirs) } 积分与 { NUMBER($mine) } 积分将合为 { NUMBER($total) } 积分。
button-link-yes = 合并
button-link-no = 保持原样
link-not = 没有任何改动。
link-done = 已和 { $platform } 账号合并，现在两边共 { NUMBER($balance) } 积分。想解除关联用 /unlink。
link-told = 你的账号已和 { $platform } 上的 { $name } 合并。不是你本人操作？用 /unlink 解除。
error-link-one-platform = 本社群目前只在 { $platform }，没有可关联的账号。
error-link-code = 关联码不存在、已用过或超过 10 分钟。请到另一个平台发送 /link 重新获取。
error-link-own = 这是你自己的关联码，请到另一个平台输入。
error-link-same-platform = 合并后会有两个 { $platform } 账号，每人在一个平台只能有一个。
command-unlink = 解除账号关联
error-unlink-none = 你没有关联账号。用 /link 可以关联。
unlink-sure = 要解除 { $platforms } 账号的关联吗？积分是哪个账号挣的，就归哪个账号。
button-unlink-yes = 解除关联
unlink-done = 已解除关联。{ $platforms } 账号带走 { NUMBER($given) } 积分，其余账号留下 { NUMBER($kept) } 积分。

## /redeem

command-redeem = 用积分兑换权益
option-redeem-name-name = 权益
option-redeem-name = 想兑换哪一项；不填就列出全部
redeem-unknown = 没有「{ $name }」这项权益。
redeem-empty = 目前没有可兑换的权益。
redeem-choose = 选择要兑换的权益
redeem-head = 你有 { NUMBER($balance) } 积分，可以兑换：
redeem-suggestion = { $name } · { NUMBER($cost) } 积分
redeem-line =
    { $stock ->
        [any] · { $name }：{ NUMBER($cost) } 积分
        [0] · { $name }：{ NUMBER($cost) } 积分，已兑完
       *[other] · { $name }：{ NUMBER($cost) } 积分，剩 { $stock } 份
    }
redeem-sure = 兑换「{ $name }」需要 { NUMBER($cost) } 积分，兑换后剩 { NUMBER($left) } 积分。
button-redeem-yes = 兑换
button-redeem-no = 返回
redeem-done = 「{ $name }」兑换成功，剩余 { NUMBER($balance) } 积分。主理人发放后我会告诉你。
redeem-told = { $name } 在「{ $community }」兑换了「{ $benefit }」。发放后点一下按钮；还没发放的都在 /shop 里。
redeem-handed = 你在「{ $community }」兑换的「{ $name }」已发放。
error-redeem-gone = 这项权益已下架。发送 /redeem 看看现有的。
error-redeem-sold-out = 「{ $name }」已兑完。
error-redeem-too-dear = 「{ $name }」需要 { NUMBER($cost) } 积分，你有 { NUMBER($balance) } 积分。
error-redeem-done = 这项已经兑换过了。发送 /redeem 看看其他的。

## /me 与 /leaderboard

command-me = 查看你的名片：等级、称号、排名、连续签到和近 30 天
option-me-member-name = 成员
option-me-member = 看谁的名片；不填就是你自己的
me-level = 等级
me-points = { NUMBER($points) } 积分
me-to-next = 距 { NUMBER($next) } 级还差 { NUMBER($missing) } 分
me-rank = 第 { NUMBER($rank) } 名（共 { NUMBER($of) } 人）
me-streak = 连续签到 { NUMBER($streak) } 天
me-days = 近 { $days } 天活跃 { $present } 天
command-leaderboard = 查看积分排行榜
option-leaderboard-period-name = 时间
option-leaderboard-period = 7 天、30 天或 all（全部）
leaderboard-title =
    { $period ->
        [week] 近 7 天
        [month] 近 30 天
       *[ever] 总榜
    }
leaderboard-row = { NUMBER($rank) } { $name } { NUMBER($points) }
leaderboard-me = { NUMBER($rank) } **你** { NUMBER($points) }
leaderboard-not-yet = 你还没有上榜。
leaderboard-out = 你选择了不被记录，所以不在榜上。想改的话用 /consent。
leaderboard-empty =
    { $period ->
        [week] 近 7 天还没有人获得积分。
        [month] 近 30 天还没有人获得积分。
       *[ever] 还没有人获得积分。
    }
leaderboard-foot = 共 { NUMBER($total) } 位成员有积分 · { $day }
