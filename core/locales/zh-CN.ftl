### Kith 的中文。每个功能一节，键名用短横线，命令写作 command-<名称>。

## 出错时

fault = 我这边出了点问题，数据没有丢失。如果再次出现，请把编号 { $id } 告诉管理员。
error-unknown-command = 没有 /{ $name } 这个命令。发送 /help 看看我能做什么。
error-missing = 还缺「{ $option }」。用法：{ $usage }
error-number = { $option }要填整数，「{ $given }」不是。用法：{ $usage }
error-option-range = { $option }要在 { NUMBER($low) } 到 { NUMBER($high) } 之间，「{ $given }」不行。用法：{ $usage }
error-option-choice = { $option }没有「{ $given }」，可选：{ $choices }。用法：{ $usage }
error-surplus = 没看懂「{ $words }」。用法：{ $usage }
error-surplus-none = 这个命令后面不带内容，所以我什么都没做（「{ $words }」）。用法：{ $usage }
error-number-range = { $name } 需要 { NUMBER($low) } 到 { NUMBER($high) } 之间的数字。
error-choice = 「{ $given }」不在可选范围内：{ $choices }。
error-no-member = 没有找到「{ $name }」。
error-no-member-near = 没有找到「{ $name }」。是不是 { $near }？用法：{ $usage }
error-member-unknown = 没有找到「{ $name }」。用法：{ $usage }
error-two-members = 有多位成员叫「{ $name }」，请用 @ 提及对方。用法：{ $usage }
or-between = {" 还是 "}
error-button-gone = 这个按钮已过期，请重新发送命令。
error-button-not-yours = 这个按钮只有提问的人可以点。
error-moderators-only = 这是社群管理员才能用的功能。
error-owners-only = 这是社群主理人才能用的功能。
error-rights-unknown = 刚才没能向平台查到你的权限。请稍等片刻再试一次。
error-you-left = 你已经不在「{ $community }」了，要回来后才能继续使用。我保存的你的数据仍由你做主：/mydata、/forgetme、/privacy。
show-yourself = 你正以群或频道的名义发言，我看不出你是谁。点一下按钮就会带上你自己的身份，我接着办。
button-show-yourself = 是我，继续
error-group-only = /{ $name } 只能在社群里使用，私聊里不行。
error-unknown-rule = 没有「{ $name }」这条规则。
error-rule-order = 单条消息的最低分（{ NUMBER($low) }）不能高于最高分（{ NUMBER($high) }）。
direct-stranger = 你好！我还没有在任何社群见过你：先去群里说句话，再回来找我吧。
private-fallback = { $name }，这个回答只给你看。请打开与我的私聊，点「开始」后再问一次。

## /points

command-points = 查看积分和最近的明细
option-points-member-name = 成员
option-points-member = 看谁的积分，不填就是自己
points-summary =
    { $spent ->
        [0] **{ NUMBER($balance) } 积分**
       *[other] **{ NUMBER($balance) } 积分**（累计获得 { NUMBER($earned) }，已使用 { NUMBER($spent) }）
    }
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

## 称呼、称号与明细

somebody = 某位成员
tier-newcomer = 新成员
tier-regular = 常客
tier-contributor = 贡献者
tier-core = 核心成员
error-you-are-out = 你选择了不被记录，所以没有积分。想改的话用 /consent。
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
        [yes] { $name } 发放：{ $note }
       *[no] { $name } 发放
    }
entry-take =
    { $noted ->
        [yes] { $name } 扣除：{ $note }
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
       *[other] 收回（{ $what }）
    }
entry-import = 导入的历史积分
entry-rules = 积分规则调整
entry-link = 账号关联调整
entry-debt = 补扣之前花掉又被收回的积分
error-booked-already = 这笔积分已经记过了。
entry-sum = 之前的积分合计

## 设置，以及它们影响什么

error-unknown-setting = 没有「{ $given }」这项设置。可选：{ $choices }。
error-timezone = 不认识时区「{ $given }」。请用 Asia/Shanghai、Europe/London 这样的名称。
error-timezone-near = 不认识时区「{ $given }」。是不是 { $near }？
error-no-room = 这里没有这个频道。
error-role-unreachable = 平台暂时连不上
error-role-refused = 平台拒绝了：{ $why }
lacks-unknown = 没能查到我在这里的权限，平台没有回应。请过一分钟再看一次。
button-back = 返回

setting-language = 语言
setting-language-ask = **我在这里说哪种语言？**成员可以用 /language 单独选择自己的语言。
setting-language-en = English
setting-language-zh-CN = 简体中文
setting-timezone = 时区
setting-timezone-ask = **一天从什么时候算起？**签到和每日上限都按这个时区。
setting-points = 积分规则
setting-points-ask =
    {""}**积分主要鼓励什么？**
    {""}*均衡*：聊天和帮人都算，每条消息 15–25 分。*互助*：聊天少给，回答和感谢加倍。*安静*：五分钟只计一条消息，不用刷屏。
setting-points-balanced = 均衡
setting-points-helpful = 互助
setting-points-calm = 安静
setting-points-own = 自定义
setting-tiers = 称号
setting-tiers-ask =
    {""}**称号要多难拿？**
    {""}*稳健*：5、15、30 级，并且最近 30 天活跃 4、12、20 天。*轻松*：3、10、20 级，活跃 2、6、10 天。*只看等级*：5、15、30 级，不来也不掉。
setting-tiers-steady = 稳健
setting-tiers-gentle = 轻松
setting-tiers-levels = 只看等级
setting-tiers-own = 自定义
setting-notices = 升级提醒
setting-notices-ask = **有人升级时，在哪里说一声？**成员可以单独改成自己喜欢的方式。
setting-notices-room = 在群里
setting-notices-quiet = 在群里，过会儿删除
setting-notices-direct = 只告诉本人
setting-notices-off = 不提醒
setting-quiet = 提醒保留
setting-quiet-ask = **升级提醒在群里保留多久？**
setting-quiet-seconds =
    { $seconds ->
        [0] 一直保留
        [60] 1 分钟
        [300] 5 分钟
        [3600] 1 小时
       *[other] { NUMBER($seconds) } 秒
    }
setting-consent = 新成员默认
setting-consent-ask =
    {""}**新成员开口之前，我可以做什么？**
    {""}*只统计*：记积分和总数，不涉及个人画像。*个性化*：还会看谁和谁聊得多，名单里可能写名字；Discord 上的新成员仍从「只统计」开始，等本人同意。*不记录*：什么都不做，等本人来要。每个人都能用 /consent 修改。
setting-consent-counted = 只统计
setting-consent-personal = 个性化
setting-consent-out = 不记录
setting-anonymous = 匿名管理员
setting-anonymous-ask = **以群名义发言的匿名管理员，可以用管理命令吗？**我分不清是谁，操作记录里只会写群名。
setting-anonymous-no = 不可以
setting-anonymous-yes = 可以，按管理员对待
setting-bridges = 桥接机器人
setting-bridges-ask = **有机器人替别处的人转发消息（如「[discord] <名字> …」）时，要不要把每个名字算作一位成员？**他们收不到私信、不能用命令；因为没法征得本人同意，也不会出现在任何名单里。以前的消息请用 `kith import … --split-bridges`。
setting-bridges-open = 还没决定
setting-bridges-each = 逐个统计
setting-bridges-none = 不统计

## /settings

command-settings = 查看和修改社群设置
option-settings-name-name = 设置项
option-settings-name = 哪一项，不填就列出全部
option-settings-value-name = 值
option-settings-value = 改成什么
settings-title = **{ $community } · 设置**
settings-line = { $name }：{ $value }
settings-line-changed = { $name }：**{ $value }** ✓
settings-rooms =
    { $count ->
        [0] 所有频道都计积分（/rooms）
       *[other] { NUMBER($count) } 个频道不计积分（/rooms）
    }
settings-more = 逐项调整：/{ $command }
settings-how = 也可以发送：`/settings { $name } 值`

## /setup

command-setup = 一步一步设置社群
option-setup-timezone-name = 时区
option-setup-timezone = 直接设置时区，例如 Asia/Shanghai
setup-head = **{ $community }** · 第 { $place } 步，共 { $of } 步。打勾的是当前选择，不改也能用。
setup-privately = 想私下设置，就在与我的私聊里发送 /setup。
setup-timezone-type = 没有你要的？发送 `/setup Europe/London`，换成你的时区名称。
setup-keep = 保留现在的
setup-join = 这里属于我的另一个社群
setup-join-how =
    {""}**一个社群，两个地方：**先在要保留的社群里发送 /joincode，再到这里发送 `/join` 加上那个码。
    以那边的设置为准，这里的积分和历史会一起带过去。
setup-done = **{ $community } 设置好了。从现在起：**
setup-now-points = – 发言得 { $low } 到 { $high } 分，{ NUMBER($cooldown) } 秒内只计一次；回复、表情、感谢和签到也有积分。
setup-now-notices-room = – 有人升级时，会在群里说一声。
setup-now-notices-quiet = – 有人升级时，会在群里说一声，过会儿删除。
setup-now-notices-direct = – 有人升级时，我只告诉本人。
setup-now-notices-off = – 升级不提醒，用 /me 查看。
setup-now-consent-counted = – 新成员只统计次数，本人同意后才做个性化。
setup-now-consent-personal = – 新成员默认个性化，名单里可能写名字；平台要求先征得同意的除外。
setup-now-consent-out = – 新成员默认不记录，等本人来要。
setup-now-say = – 成员常用 /me、/points、/leaderboard；你常用 /rules、/tiers、/settings。
setup-lacks = **我在这里还缺：**
setup-lacks-nothing = 我需要的权限都有了。
setup-rooms = 不计积分的频道
setup-joincode = 再加一个地方
setup-look-again = 再检查一次

## /rooms

command-rooms = 选择哪些频道不计积分
option-rooms-name-name = 频道
option-rooms-name = 哪个频道；不填就列出全部
option-rooms-points-name = 积分
option-rooms-points = on 计积分，off 不计
rooms-unknown = 没有叫「{ $name }」的频道。发送 /rooms 看看有哪些。
rooms-which = 有多个频道叫「{ $name }」，请点你要的那个。
rooms-one =
    { $earns ->
        [yes] #{ $name } 计积分。
       *[no] #{ $name } 不计积分。
    }
rooms-none = 我还不知道有哪些频道，有人在里面发言后就会出现。
rooms-title =
    { $silent ->
        [0] **所有频道都计积分。**点一下可以更改。
       *[other] **{ NUMBER($count) } 个频道里有 { NUMBER($silent) } 个不计积分。**点一下可以更改。
    }
rooms-unnamed = 频道 …{ $id }

## /joincode 与 /join

command-joincode = 生成加入码，让另一个地方并入本社群
joincode-done =
    请到另一个地方发送：`/join { $code }`
    只能用一次，{ $minutes } 分钟内有效，两边都要由主理人操作。保留的是「{ $community }」，以它的设置为准。
command-join = 让这里并入你的另一个社群
option-join-code-name = 加入码
option-join-code = 在要保留的社群里用 /joincode 得到的码
join-how = 先在要保留的社群里发送 /joincode，再到这里发送 `/join` 加上那个码。
join-ask =
    {""}**把「{ $here }」并入「{ $community }」吗？**
    这里的 { NUMBER($members) } 位成员连同积分和历史会一起过去，之后以「{ $community }」的设置、称号和规则为准。合并后不能撤回。
join-yes = 并入
join-no = 先不
join-done =
    { $met ->
        [0] 这里现在属于「{ $community }」，带来了 { NUMBER($members) } 位成员。
       *[other] 这里现在属于「{ $community }」，带来了 { NUMBER($members) } 位成员，其中 { NUMBER($met) } 位两边都在，积分已合在一起。
    }
error-join-code = 这个码不对或已过期。请到另一个社群里用 /joincode 重新生成。
error-join-same = 这个码就是「{ $community }」自己的。请到要并入的那个地方发送。

## /tiers

command-tiers = 调整称号，绑定身份组或头衔
option-tiers-tier-name = 称号
option-tiers-tier = 哪个称号，名称或序号
option-tiers-what-name = 项目
option-tiers-what = 要改哪一项
option-tiers-value-name = 值
option-tiers-value = 改成什么；填「无」可解除绑定
tiers-title = **称号一览。**点一个来修改。
tiers-line =
    { $level ->
        [0] { $place } *{ $name }*：所有人，一开始就是。
       *[other] { $place } *{ $name }*：{ $level } 级{ $days ->
            [0] 。
           *[other] ，最近 { $of } 天里活跃 { $days } 天。
        }
    }
tiers-benefits = 权益：{ $value }。
tiers-role = 身份组：{ $value }。
tiers-title-word = 头衔：{ $value }。
tiers-how =
    其他项目用文字改：`/tiers { $place } name 老友`、`/tiers { $place } benefits 抢先看`；
    Discord 身份组 `/tiers { $place } role 老友`，Telegram 头衔 `/tiers { $place } title 老友`。生效前会先列出影响到谁。
tiers-level-step = 等级 { $by }
tiers-days-step = 天数 { $by }
tiers-refused = ⚠ 有 { NUMBER($people) } 人的身份组没能更改：{ $why }
tiers-retry = 重试这些
tiers-dry-run = **如果让「{ $word }」跟随称号「{ $name }」：**
tiers-dry-run-untie = **如果称号「{ $name }」不再绑定身份组或头衔：**
tiers-would-get =
    { $more ->
        [0] { NUMBER($count) } 人会得到「{ $word }」：{ $names }
       *[other] { NUMBER($count) } 人会得到「{ $word }」：{ $names } 等
    }
tiers-would-lose =
    { $more ->
        [0] { NUMBER($count) } 人会失去「{ $word }」：{ $names }
       *[other] { NUMBER($count) } 人会失去「{ $word }」：{ $names } 等
    }
tiers-nobody-moves = 目前不会影响任何人。
tiers-do-it = 就这么办
tiers-leave-it = 先不动
tiers-tied = 好了。要发放 { NUMBER($gain) } 人，收回 { NUMBER($lose) } 人，正在处理；以后会跟着称号自动变。
error-no-tier = 没有「{ $given }」这个称号。现有：{ $tiers }。
error-tier-value = 改成什么？请发送 `/tiers { $tier } { $what }` 加上新的值。
error-tier-range = 「{ $name }」的 { $what } 要在 { $low } 到 { $high } 之间，不能低于前一个称号，也不能高于后一个。
error-tier-name = 称号要有自己的名字，「{ $given }」不行。
error-too-long = 太长了，最多 { NUMBER($limit) } 个字。
error-no-role-here = 身份组是 Discord 的功能，这个社群里没有 Discord 服务器。可以用 /joincode 加一个。
error-no-title-here = 头衔是 Telegram 的功能，这个社群里没有 Telegram 群。可以用 /joincode 加一个。

## /shop

command-shop = 上架或下架用积分兑换的权益
option-shop-cost-name = 积分
option-shop-cost = 要花多少积分
option-shop-name-name = 名称
option-shop-name = 是什么，例如「抢先看」
shop-empty = 还没有可兑换的权益。发送 `/shop 300 抢先看`，成员用 /redeem 就能看到。
shop-title = **可用积分兑换**（成员用 /redeem）
shop-line =
    { $stock ->
        [-1] { NUMBER($cost) } 积分 · { $name }
        [0] { NUMBER($cost) } 积分 · { $name }（已兑完）
       *[other] { NUMBER($cost) } 积分 · { $name }（剩 { NUMBER($stock) } 份）
    }
shop-how = 再加一个：`/shop 300 抢先看`
shop-offered = 「{ $name }」已上架，{ NUMBER($cost) } 积分。一共有多少份？
shop-unlimited = 不限量
shop-withdraw = 下架 { $name }
shop-waiting = **等待发放：**
shop-waiting-line = { $name } · { $benefit } · { $day }
shop-handed = 已发放
shop-handed-to = { $benefit } 已发给 { $name }
error-shop-twice = 「{ $name }」已在架上。想重新上架，请先下架。
error-no-redemption = 没有这条兑换记录。发送 /shop 看看哪些还没发放。
error-handed-already = 这一份已经发放过了。
error-no-benefit = 这项权益已经不在架上了。
error-shop-name = 叫什么名字？请发送 `/shop 300 抢先看`。
error-shop-full = 架上已有 { $limit } 项权益，请先下架一项。

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
error-thanks-used-up =
    { $allowed ->
        [0] 本社群没有开启 /thanks。
       *[other] 今天的 { $allowed } 次感谢已经用完，明天再来。
    }

## /start 与 /help

command-start = 认识一下社群管家
start-group = 我是「{ $community }」的社群管家，负责积分、等级和称号。发送 /help 看看我能做什么，只和你有关的事请私聊我。
start-direct =
    { $name }，你好，我是「{ $community }」的社群管家：记积分、等级和称号。/me 看你自己的，/help 看我还能做什么。
    { $state ->
        [personal] 我会看你和谁聊得多：/mycircle 给你自己看，社群的名单里也可能出现你的名字。随时可用 /privacy 更改。
        [out] 目前除积分账目总额外，我不记录你的任何信息。随时可用 /privacy 更改。
       *[counted] 目前我只统计互动次数。可以也看看你和谁聊得多吗？这样 /mycircle 能给你看，社群的名单里也可能出现你的名字。随时可用 /privacy 更改。
    }
button-start-personal = 好，看我的圈子
button-start-counted = 只统计就好
button-start-out = 不要记录我
command-help = 看看你能用哪些功能
option-help-topic-name = 主题
option-help-topic = 想了解哪个命令或主题
help-head = 在「{ $community }」你可以：
help-topic-line = **{ $topic }**：{ $commands }
help-topic-points = 积分
help-topic-standing = 我的位置
help-topic-yours = 我的设置
help-topic-people = 谁和谁聊
help-topic-books = 账目
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
names-between = 、
tier-rise =
    恭喜 { $names }{ $others ->
        [0] {" "}
       *[other] {" "}和另外 { $others } 位成员
    }成为「{ $tier }」{ $benefits ->
        [none] 。
       *[other] ，享有 { $benefits }。
    }
tier-rise-direct =
    你现在是「{ $community }」的{ $tier }了{ $benefits ->
        [none] 。
       *[other] ，享有 { $benefits }。
    }
tier-warn = 你在「{ $community }」的称号「{ $held }」需要 { $level } 级、近 30 天活跃 { $days } 天，你目前是 { $present } 天。{ $day } 之前多来坐坐，就能保住。
tier-fall = 你在「{ $community }」的称号现在是「{ $now }」。近 30 天活跃满 { $days } 天，「{ $held }」就会回来。

## /privacy、/consent、/mydata、/forgetme

command-privacy = 查看我记录了你的哪些信息，并随时更改
privacy =
    我记录谁发言、回复、点表情、感谢，对谁、在什么时候，以及你的积分。说了什么，我从不保存。
    { $state ->
        [personal] 你同意我看你和谁聊得多，用于你自己的数据，社群的名单里也可能出现你的名字。
        [out] 你选择了不被记录：我只保留你的积分总额，以及你的账号（好知道不要记录你）。
       *[counted] 你选择了只统计：有积分、等级和排名，除此之外只出现在汇总数字里。
    }
    信息不出售、不外传，也不会用你写的内容训练模型。
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
    · 个性化：我会看你和谁聊得多。/mycircle 给你自己看，社群的名单里也可能出现你的名字。
    · 只统计：有积分、等级和排名，除此之外只出现在汇总数字里。
    · 不记录：只保留积分总额和你的账号，其他都不留，也不上榜。
consent-set =
    { $state ->
        [personal] 谢谢。发送 /mycircle 看你和谁聊得多，社群的名单里也可能出现你的名字。随时可用 /privacy 更改。
        [out] 好的，从现在起不再记录你。积分明细已合并成一笔总额，其余只留你的账号，好知道不要记录你。想回来随时用 /consent。
       *[counted] 好的，只统计。你有积分、等级和排名，除此之外我不了解你。
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
    我将删除你的名字、账号、设置、在这里的互动记录和 { NUMBER($balance) } 积分。账目金额会保留，但不再有你的名字。此操作无法撤销。
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
unlink-done = 已解除关联。{ $platforms }：{ NUMBER($given) } 积分；其余：{ NUMBER($kept) } 积分。

## /redeem

command-redeem = 用积分兑换权益
option-redeem-name-name = 权益
option-redeem-name = 想兑换哪一项；不填就列出全部
redeem-unknown = 没有「{ $name }」这项权益。
redeem-empty = 目前没有可兑换的权益。
redeem-head = 你有 { NUMBER($balance) } 积分，可以兑换：
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

## /grant、/take、/undo、/history

button-undo = 撤回
command-grant = 给成员发积分，写明原因
option-grant-member-name = 成员
option-grant-member = 发给谁
option-grant-amount-name = 数量
option-grant-amount = 多少积分
option-grant-reason-name = 原因
option-grant-reason = 为什么发，大家都能看到
grant-done = **{ $name } 获得 { NUMBER($amount) } 积分**，来自 { $actor }：{ $reason }
error-grant-bot = 机器人不参与积分。
command-take = 扣除成员的积分，写明原因
option-take-member-name = 成员
option-take-member = 扣谁的
option-take-amount-name = 数量
option-take-amount = 多少积分
option-take-reason-name = 原因
option-take-reason = 为什么扣，本人能看到
take-done = 已从 { $name } 扣除 { NUMBER($amount) } 积分，还剩 { NUMBER($balance) }。原因：{ $reason }
error-take-too-much = { $name } 只有 { NUMBER($balance) } 积分，不能扣成负数。
command-undo = 撤回一笔积分，编号见 /history
option-undo-entry-name = 编号
option-undo-entry = /history 里的编号
undo-done =
    { $missing ->
        [0] 已撤回 #{ $entry }（{ $words }）。{ $name } 现有 { NUMBER($balance) } 积分。
       *[other] 已尽量撤回 #{ $entry }（{ $words }），{ $owed ->
            [0] 其中 { NUMBER($missing) } 之前已经扣过
           *[other] 其中 { NUMBER($owed) } 已经花掉，会从之后的积分里扣除
        }。{ $name } 现有 { NUMBER($balance) } 积分。
    }
undo-told = { $actor } 撤回了之前在这里给 { $name } 的积分：{ $words }。
error-no-entry = 本社群没有编号 #{ $entry } 的记录。编号可以在 /history 里查到。
error-undone-already = #{ $entry } 已经撤回过了。
error-undo-rules = #{ $entry } 来自积分规则的调整。请用 /rules 把规则改回去，并重算过去的积分。
error-undo-of-sum = #{ $entry } 是多笔积分的合计，无法撤回。
error-undo-of-undo = #{ $entry } 本身就是一次撤回。要把积分还回去，请用 /grant。
command-history = 查看成员的积分明细和编号
option-history-member-name = 成员
option-history-member = 看谁的明细
history-title =
    { $count ->
        [0] **{ $name }** 还没有积分记录。
       *[other] **{ $name }** · 现有 { NUMBER($balance) } 积分，累计 { NUMBER($earned) } · 共 { NUMBER($count) } 笔
    }
history-foot = 用 `/undo { $entry }` 可以撤回一笔。

## /audit

command-audit = 查看谁改过什么
audit-title = **{ $community } · 操作记录**
audit-empty = 还没有任何改动。
audit-other = { $actor }：{ $action }
audit-grant = { $actor } 发给 { $subject } { NUMBER($amount) } 积分（#{ $entry }）：{ $reason }
audit-grant-own = { $actor } 发给*自己* { NUMBER($amount) } 积分（#{ $entry }）：{ $reason }
audit-take = { $actor } 扣除 { $subject } { NUMBER($amount) } 积分（#{ $entry }）：{ $reason }
audit-undo = { $actor } 撤回了 { $subject } 的 #{ $entry }
audit-undo-own = { $actor } 撤回了*自己*的 #{ $entry }
audit-settings = { $actor } 把「{ $name }」从 { $before } 改为 { $after }
audit-setup = { $actor } 完成了社群设置
audit-room =
    { $earns ->
        [yes] { $actor } 恢复了 #{ $name } 的积分
       *[no] { $actor } 让 #{ $name } 不再计积分
    }
audit-tier = { $actor } 把称号「{ $tier }」的 { $what } 改为「{ $value }」
audit-offer = { $actor } 上架「{ $name }」，{ NUMBER($cost) } 积分
audit-handover = { $actor } 把「{ $name }」发给了 { $subject }
audit-withdraw = { $actor } 下架「{ $name }」
audit-circle = { $actor } 在 { $where } 邀请了一个圈子：{ $way ->
        [role] 身份组
        [group] 群
       *[room] 频道
    }
audit-joincode = { $actor } 生成了加入码
audit-join = { $actor } 把「{ $name }」并入，带来 { NUMBER($members) } 位成员
audit-rules =
    { $moved ->
        [0] { $actor } 修改了积分规则：{ $changes }
       *[other] { $actor } 修改积分规则并重算历史，影响 { NUMBER($moved) } 人：{ $changes }
    }
audit-retry = { $actor } 重试了 { NUMBER($count) } 个搁置的事件
audit-link = { $actor } 关联了两个账号
audit-unlink = { $actor } 解除了账号关联
audit-forgotten = 有人要求删除自己的数据
audit-names = 有人在命令行查看了带姓名的成员数据
audit-forgotten-on-request = 有人在命令行按本人要求删除了一位成员的数据
audit-redeem = { $actor } 用 { NUMBER($cost) } 积分兑换「{ $benefit }」

## /rules

command-rules = 查看积分规则，修改前先看影响
option-rules-name-name = 规则
option-rules-name = 哪条规则，或 balanced、helpful、calm
option-rules-value-name = 数值
option-rules-value = 新的数值
rules-how = 修改示例：`/rules reply 8`。生效前会先告诉你影响到谁。
rule-message_min = 每条消息最少
rule-message_max = 每条消息最多
rule-cooldown = 两次计分之间的秒数
rule-reaction = 收到一个表情
rule-reactions_a_day = 每天计分的表情数
rule-reply = 当天首次被某人回复
rule-replies_a_day = 每天计分的回复数
rule-checkin = 签到
rule-streak_max = 连续签到最多再加
rule-thanks = 收到一次感谢
rule-thanks_a_day = 每人每天可感谢次数
rules-if = **会改变的是：**
rules-line = { $name }：{ NUMBER($old) } → { NUMBER($new) }
rules-nobody = 按新规则重算历史，不会影响任何人。
rules-whom = 按新规则重算历史，会影响 { NUMBER($people) } 人：{ NUMBER($up) } 人升级，{ NUMBER($down) } 人降级。
rules-most = 变化最大：{ $people }
rules-working = 历史记录比较多，我算一下，一分钟内回复你。
rules-mover =
    { $moves ->
        [yes] { $name } { $points }（{ $level } 级 → { $new } 级）
       *[no] { $name } { $points }
    }
rules-apply = 从现在起生效
rules-replay = 连历史一起重算
rules-leave = 先不改
rules-applied = 新规则从现在起生效，以前发的积分不变。
rules-applied-replayed =
    { $people ->
        [0] 新规则已生效；按它重算历史，结果不变。
       *[other] 新规则已生效，历史也重算了：影响 { NUMBER($people) } 人，每人在明细里都有一笔调整。
    }
error-rule-unknown = 没有「{ $given }」这条规则。可选：{ $rules }；整套规则：{ $sets }。
error-rule-value = 「{ $name }」现在是 { $now }。改成多少？请发送 `/rules { $name }` 加数字。
error-rule-same = 「{ $name }」本来就是这样，没有变化。

## /parked

command-parked = 查看没能处理的事件并重试
parked-none = 没有搁置的事件，一切正常。
parked-title = **有 { NUMBER($count) } 个事件没能处理。**已加密保存，14 天后删除。
parked-line = { $day } · `{ $reason }` · 试过 { NUMBER($attempts) } 次
parked-retry = 再试一次
parked-look = 再看看
parked-wanted = 一分钟内会重试这 { NUMBER($count) } 个事件。

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

## 演练场页面

web-title = Kith 演练场
web-playground = 演练场
web-skip = 跳到输入框
web-banner = 这里是沙盒，人物都是虚构的，数据不会离开这台电脑。
web-connect = 接入 Telegram 或 Discord
web-connect-title = 接入你自己的社群
web-connect-text = 演练场用的就是正式的引擎。把令牌写进 Makefile 旁边的 .env 文件，再启动一次即可，沙盒会自动让位。
web-connect-telegram = Telegram：找 @BotFather 新建机器人，复制令牌：
web-connect-discord = Discord：在开发者后台新建应用、添加机器人，打开「Server Members Intent」，复制令牌：
web-connect-run = 重新启动，有令牌的平台就会上线：
web-connect-doctor = 如果缺了什么，下面的命令会告诉你缺什么、怎么补：
web-language = 语言
web-rooms = 频道
web-direct = 私聊
web-direct-about = Kith 只对 { $name } 说的话
web-memory = Kith 不保存聊天内容。这里说的话只在内存里，停止运行就没有了。
web-messages = 消息
web-beginning = Kith 不保存聊天内容：更早的消息只计数，不留文字。
web-direct-beginning = 这是你与 Kith 的私聊，可以试试 /start。
web-newest = ↓ 最新消息
web-say = 输入消息，或用 / 调用命令
web-say-hint = 说点什么，或输入 / 看命令
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
web-native-title = 同一条回复，在两个平台上的样子
web-native-telegram = 在 Telegram 里，发在提问的话题中。
web-native-telegram-private = Telegram 群里没有「仅自己可见」的回复，所以这条会发到与 Kith 的私聊。
web-native-discord = 在 Discord 里，发在提问的频道中。
web-native-discord-private = 在 Discord 频道里，只有提问的人能看到。
web-native-dismiss = 只有你能看到 · 关闭
web-you-are = 你现在是
web-switch = 换一个人
web-anybody = 或者其他任何人
web-standing = { NUMBER($level) } 级 · { NUMBER($points) } 积分
web-outside = 不在社群里
web-unknown = Kith 还不认识
web-gone = 已退出
web-join = 加入社群
web-leave = 退出社群
web-new-name = 新人的名字
web-new-join = 让新人加入
web-time = 时间
web-next-day = 下一天
web-next-week = 下一周
web-next-month = 下个月
web-moving = 时间正在前进，留意各个频道。
web-time-note = 快进时间，期间发生的事会陆续出现。
web-try = 试试这些命令
web-who-and-when = 身份与时间
web-today = 今天
web-yesterday = 昨天
web-offline = Kith 没有响应，它还在运行吗？
web-failed = 没有成功，请再试一次。
web-missing = 这条消息已经不在了。
web-outside-write = 你已退出社群，重新加入后才能在这里发言、回应和点按钮。
web-intro-label = 这是什么
web-intro = Kith 是 Telegram 群和 Discord 服务器里的社群机器人：替社群记积分、等级和称号，也让管理员看清是谁把大家连在一起。先试试这三件事：
web-intro-card = 看看自己的名片
web-intro-week = 快进一周
web-intro-network = 以管理员{ $name }的身份看关系网
web-zoom = 切换大小
web-face-member = 成员
web-face-active = 天天都在
web-face-regular = 老面孔
web-face-newcomer = 新来的
web-face-quiet = 潜水为主
web-face-moderator = 管理员
web-face-owner = 主理人

## Telegram

telegram-open-chat = 打开私聊
telegram-token-refused = Telegram 不认这个令牌。请找 @BotFather 换一个新的，填到 KITH_TELEGRAM_TOKEN。
telegram-webhook-refused = Telegram 不接受 KITH_TELEGRAM_WEBHOOK_URL 里的地址：{ $why }
doctor-telegram-token = Telegram 令牌有效，Kith 在那边叫 @{ $username }。
doctor-telegram-unreachable = 连不上 Telegram。请检查网络和 KITH_TELEGRAM_API_URL。
doctor-telegram-privacy-off = Kith 能看到群成员的发言。
doctor-telegram-privacy-on = 隐私模式开着：在 Kith 不是管理员的群里，它只看得到命令。请给 @BotFather 发 /setprivacy，选 Disable，再把 Kith 移出群重新拉进来。
doctor-telegram-webhook = 这个机器人的消息正被另一个地址接收。请停掉那个程序，或者直接启动 Kith，由它接手。
doctor-telegram-space = Kith 是「{ $space }」的管理员。
doctor-telegram-space-not-admin = Kith 还不是「{ $space }」的管理员：看不到表情回应，进退群也看不全。请到群设置里把它加为管理员。
doctor-telegram-space-gone = Kith 已经不在 Telegram 群 { $space } 里了。请重新拉它进群，或不再管理这个群。

## Discord

error-discord-token = Discord 不认这个令牌。请到 discord.com/developers → 你的应用 → Bot → Reset Token 重新复制，填入 KITH_DISCORD_TOKEN。
error-discord-intents = Discord 拒绝了所需的权限。请到 discord.com/developers → 你的应用 → Bot → Privileged Gateway Intents 打开「Server Members Intent」，然后重新启动。
error-discord-closed = Discord 彻底断开了连接（代码 { NUMBER($code, useGrouping: 0) }）。请检查给这个进程分配的分片。
error-discord-role = 我没法发放身份组「{ $role }」。请给我「管理身份组」权限，并在 服务器设置 → 身份组 里把我的身份组排到它上面。
error-discord-role-power = 身份组「{ $role }」带有管理权限，不能跟随称号发放。
error-discord-no-role = 这个服务器上没有身份组「{ $role }」。
doctor-discord-token = Discord：已登录为 { $name }
doctor-discord-token-wrong = Discord 不认 KITH_DISCORD_TOKEN。请到 discord.com/developers → 你的应用 → Bot → Reset Token 重新复制。
doctor-discord-away = 这里连不上 Discord。
doctor-discord-members = Discord：「Server Members Intent」已打开
doctor-discord-members-off = Discord：请到 discord.com/developers → 你的应用 → Bot → Privileged Gateway Intents 打开「Server Members Intent」。
doctor-discord-no-server = Discord：机器人还没进任何服务器。邀请链接：{ $url }
doctor-discord-server = Discord：{ $server } 一切就绪
doctor-discord-server-roles = Discord：我在 { $server } 不能发放身份组。如果要让称号对应身份组，请在 服务器设置 → 身份组 里给我「管理身份组」权限。
doctor-discord-server-write = Discord：我在 { $server } 没法正常工作。请在 服务器设置 → 身份组 里给我的身份组打开「查看频道」「发送消息」「在子区中发送消息」「嵌入链接」「上传文件」和「阅读消息历史」。

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

# Recommenders, on the command line
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

## 导入历史记录

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

## 社群关系网

list-comma = 、
network-counting = 正在统计谁和谁有往来，稍等片刻就给你结果。
network-no-ties = 目前还没有人互相回复、提及或感谢，暂时画不出关系网。等大家聊一阵再来问我吧。
network-too-few = 往来关系太少，还谈不上圈子：需要 { NUMBER($needed) } 条，现在有 { NUMBER($ties) } 条。
network-others-only = { NUMBER($count) } 人
network-and-others = { $names }等 { NUMBER($count) } 位其他成员
circle-name = 圈子 { NUMBER($id, useGrouping: 0) }
circle-name-room = #{ $room }{ $known ->
        [yes] {" "}· { $people }
       *[no] {""}
    }
circle-name-number-room = #{ $room } · 圈子 { NUMBER($id, useGrouping: 0) }

## /network

command-network = 查看社群关系图：有哪些圈子，谁把大家连在一起
network-title-plain = { $community }：谁和谁有往来
network-title = { $community }形成了 { NUMBER($circles) } 个圈子
network-foot = { NUMBER($people) } 人，累计 { NUMBER($ties) } 条往来（回复、提及、表情、感谢）· 截至 { $day } · 往来的分量每 30 天减半
network-people = 截至 { $day }，共有 { NUMBER($people) } 人发过言、点过表情或被人找过{ $quiet ->
        [0] {""}
       *[other] （其中 { NUMBER($quiet) } 人自己没发过言）
    }；{ NUMBER($tied) } 人和别人有往来，累计 { NUMBER($ties) } 条。
network-no-circles = 还没有形成三人以上的圈子。
network-circles =
    { $circles ->
        [1] 三人以上的圈子只有一个：「{ $largest }」，{ NUMBER($size) } 人
       *[other] 三人以上的圈子有 { NUMBER($circles) } 个，最大的是「{ $largest }」，{ NUMBER($size) } 人
    }{ $apart ->
        [one] 。
        [parts] ；彼此没有来往。
        [clear] ；交流大多在圈子内部。
        [some] ；圈子分明，彼此也有来往。
       *[little] ；大家来往密切，圈子的边界并不明显。
    }
network-hub = { $named ->
        [yes] { $name } 被
       *[no] 有一位成员被
    } { NUMBER($people) } 人找过，占其他有往来成员的 { NUMBER($share) }%。
network-no-bridge = 没有谁夹在别人中间：有往来的人都是直接交流。
network-bridge = 任意两人之间的最短路径，有 { NUMBER($share) }% 要经过{ $named ->
        [yes] {" "}{ $name }
       *[no] 同一个人
    }。
network-bridge-bot =
    { $people ->
        [0] { $name } 在替别处的人转发消息。
       *[other] { $name } 在替别处的 { NUMBER($people) } 人转发消息。
    }从现在起要不要逐个统计？
network-bridge-each = 要，逐个统计
network-bridge-none = 不用，不统计
network-answered = 这些往来里有 { NUMBER($share) }% 是双向的；{ $parts ->
        [1] 顺着往来，谁都能找到谁。
       *[other] 关系网断成 { NUMBER($parts) } 块，没和人往来过的各算一块。
    }
network-nobody-named = 这里一个名字都不能提：{ NUMBER($people) } 位成员里，还没有谁同意出现在名单上（或还没有名字）。
network-invite = 想让谁出现在名单里，得由本人同意：发 `/consent personal`，或者私聊我发 /start，再点「{ $button }」。不妨请大家试试。
network-only-personal = 只列出同意的成员：{ NUMBER($of) } 人中的 { NUMBER($named) } 人。截至 { $day }。
error-personal-only = 未经本人同意，我不会分析单个成员。想看自己的，请先用 /consent personal。

## /keypeople

command-keypeople = 查看核心人物、桥梁、迎新者和新星，以及他们离开的影响
keypeople-hubs = **核心**：大家最常找的人
keypeople-hub = { $name } · { NUMBER($people) } 人找过，占全部互动的 { NUMBER($share) }%
keypeople-bridges = **桥梁**：连接不同圈子的人
keypeople-bridge = { $name } · 与 { NUMBER($circles) } 个圈子有往来，{ NUMBER($share) }% 的最短路径经过此人
keypeople-welcomers = **迎新**：近十二周里，新人来了先接话的人
keypeople-welcomer = { $name } · 最先回应了 { NUMBER($newcomers) } 位新人，一般在 { NUMBER($hours) } 小时内
keypeople-rising = **新星**：比四周前更受关注的人
keypeople-rise = { $name } · 关注度是四周前的 { NUMBER($times) } 倍，来自 { NUMBER($people) } 人
keypeople-unnamed-bridges = 有 { NUMBER($people) } 人同时和不止一个圈子有往来。
keypeople-unnamed-between = 其中 { NUMBER($people) } 人连着「{ $one }」和「{ $other }」。
keypeople-unnamed-share = 最居中的十个人，牵着全部往来分量的 { NUMBER($share) }%。
keypeople-risk = **如果他们离开**
keypeople-lost =
    { $count ->
        [0] { $name } · 牵涉 { NUMBER($share) }% 的关系，少了这个人，也没谁会断线。
       *[other] { $name } · 牵涉 { NUMBER($share) }% 的关系，跟大家断了线的会有：{ $people }。
    }
keypeople-heir = 最适合接手的是 { $name }，能覆盖其中 { NUMBER($share) }%。

## /circles

command-circles = 查看圈子：人数、常去的频道、紧密程度、变化和存在时间
circles-title = 截至 { $day }，三人以上的圈子有 { NUMBER($circles) } 个：
circles-line = **{ $circle }** · { NUMBER($size) } 人{ $growth ->
        [more] （一周 +{ NUMBER($by) }）
        [less] （一周 −{ NUMBER($by) }）
       *[other] {""}
    }{ $placed ->
        [yes] {" "}· 也常去 { $rooms }
       *[no] {""}
    } · { NUMBER($cohesion) }% 的交流在圈内 · { $weeks ->
        [0] 新出现
       *[other] 已存在至少 { NUMBER($weeks) } 周
    }
circles-more = ……还有 { NUMBER($count) } 个较小的圈子。
circles-merged = 本周另有 { NUMBER($count) } 个圈子并入了「{ $into }」。
circles-split = { $there ->
        [yes] 本周从「{ $of }」分出：{ $into }。
       *[no] 上周还是一个圈子，本周已经分开：{ $into }。
    }
circles-born = 本周新出现：{ $circles }。
option-circles-circle-name = 圈子
option-circles-circle = 圈子编号，为它提个建议
option-circles-link-name = 链接
option-circles-link = 你为它建的 Telegram 群的邀请链接
circles-propose = 为 { $circle } 提建议
circles-gone = 这个圈子已经不在了。用 /circles 查看现在的圈子。
circles-ways =
    {""}**{ $circle }** 有 { NUMBER($size) } 人。现在什么都还没发；不管选哪种，我都会先给你看内容。
    不点名，也不会拉任何人进去：自己点了才算加入。
circles-way-room = *频道*：在他们最常去的 { $where } 发一条消息，把那里交给他们用。
circles-way-role = *身份组*：发一条邀请，圈里的人点「加入」就能得到本服务器的一个身份组。请在下面选。
circles-way-role-lacks = *身份组*：{ $why ->
        [elsewhere] 请到 Discord 服务器的频道里找我。
        [owner] 只有主理人能提供。
       *[none] 目前没有我能发放的。请建一个排在我之下、没有管理权限的身份组，并允许我管理身份组。
    }
circles-way-group = *群*：在 Telegram 建一个群，复制邀请链接，然后发送 `/circles { NUMBER($circle, useGrouping: 0) } <链接>`。圈里的人点「加入」就能看到链接。
circles-do-room = 用他们常去的频道
circles-do-role = 身份组：{ $role }
circles-dry-run =
    还没有发送。我会在 { $where } 发出：
    「{ $words }」{ $button ->
        [none] {""}
       *[other] {" "}[{ $button }]
    }
    那里的人都能看到；圈子的 { NUMBER($size) } 人中有 { NUMBER($reach) } 人在这个平台。不点名，也不会给任何人发私信。
circles-then-room = 除此之外什么都不会发生。
circles-then-role = 圈里的人 14 天内点了按钮，就会得到身份组「{ $role }」，其他人不受影响。
circles-then-group = 圈里的人 14 天内点了按钮，就能看到链接，其他人看不到。
circles-send = 发送
circles-sent = 已发到 { $where }。
circles-join = 加入
circles-invitation-room = 你们当中有 { NUMBER($size) } 人经常互相聊天{ $placed ->
        [yes] ，大多就在 { $room }。这里就当作你们的地盘吧：提问、约局、分享，都可以。
       *[no] 。挑一个频道当作你们的地盘吧：提问、约局、分享，都可以。
    }
circles-invitation-role = 你们当中有 { NUMBER($size) } 人经常互相聊天。这里有个为你们准备的身份组：{ $role }。如果你是其中一员又想要，点下面的按钮；不会硬拉任何人。
circles-invitation-group = 你们当中有 { NUMBER($size) } 人经常互相聊天。这里有个为你们准备的群。如果你是其中一员又想进，点下面的按钮；不会硬拉任何人。
circles-role-gone = 这个身份组我已经发不了了。/circles 会列出我能发放的。
circles-group-how = 想提供群的话，先在 Telegram 建一个群，复制邀请链接（https://t.me/+…），再发送 `/circles { NUMBER($circle, useGrouping: 0) } <链接>`。
circles-no-group = 这个社群没有可以发邀请的 Telegram 群。

## /newcomers

command-newcomers = 查看哪些新人发了言却没人回应
newcomers-summary = 截至 { $day } 的 30 天里，{ $came ->
        [0] 没有新人来。
       *[other] 新来 { NUMBER($came) } 人，{ $wrote ->
            [0] 都还没发过言。
           *[other] 其中 { NUMBER($wrote) } 人发过言。
        }
    }{ $wrote ->
        [0] {""}
       *[other] { $waiting ->
            [0] 还在的人里，没有谁在等回应。
           *[other] 还有 { NUMBER($waiting) } 人没等到回应：
        }
    }
newcomers-line = { $name } · { $day } 首次发言
newcomers-others =
    { $listed ->
        [0] 都不在此列
       *[other] 其中 { NUMBER($count) } 人不在此列
    }：只列出同意（/consent personal）的成员。

newcomers-unnamed-wait = 有一半人已经等了 { NUMBER($days) } 天以上。
newcomers-unnamed-room = 其中 { NUMBER($people) } 人在 { $room } 发过言。

## /connect

command-connect = 查看值得互相认识的成员
connect-none = 暂时没有可以介绍的两个人。这里只考虑同意（/consent personal）的成员，目前 { NUMBER($named) } 人。
connect-unnamed = 在最重要的 1,000 人里，有 { NUMBER($pairs) } 对人认识至少三个共同的人，却还没说过话。
connect-title = 这几对可能聊得来，只是还没搭过话（截至 { $day }）：
connect-line =
    { $one } 和 { $other }{ $known ->
        [yes] {" "}· 都和 { $through } 有往来
       *[no] {""}
    }{ $alike ->
        [0] {""}
       *[other] {" "}· 常去的频道 { NUMBER($alike) }% 相似
    }

## /health

command-health = 查看社群健康状况、近 12 周趋势和最不寻常的变化
health-title = 截至 { $day } 的四周里，{ NUMBER($people) } 人之间有 { NUMBER($ties) } 条往来（从一开始累计 { NUMBER($ever) } 条）。
health-reciprocity = 你来我往的占 { NUMBER($share) }%，其余还只是一头热。
health-decentralisation = 去中心化程度 { NUMBER($share) }%：100 就是大家认识的人一样多，0 就是全围着一个人转。
health-fragmentation = 任挑两个人，有 { NUMBER($share) }% 的可能怎么转介绍都搭不上线。
health-gini = 活跃集中度（基尼系数）{ NUMBER($share) }%：0 是人人一样活跃，100 是全靠一个人撑着。
health-newcomers = 截至 { $day } 的四周里，有 { NUMBER($count) } 位新人来了并发过言，{ NUMBER($share) }% 一周内有人接话，其中一半等了不到 { $unit ->
        [minutes] { NUMBER($wait) } 分钟
       *[hours] { NUMBER($wait) } 小时
    }。
health-newcomers-alone = 截至 { $day } 的四周里，有 { NUMBER($count) } 位新人来了并发过言，一周内都没人接话。
health-no-newcomers = 截至 { $day } 的四周里，没有新来的人发过言。
health-changed =
    最不寻常的是「{ $figure }」：现在 { NUMBER($now) }%，{ $way ->
        [up] 高于
       *[down] 低于
    }前几周的平均值 { NUMBER($before) }%。
health-unchanged = 与之前几周的平均相比，各项变化都不到 1%。
health-too-young = 至少要有三周的往来，才能看出变化。
health-figure-reciprocity = 有来有往
health-figure-answered = 新人得到回应
health-figure-decentralisation = 去中心化
health-figure-fragmentation = 分散程度
health-figure-gini = 集中度（基尼）
health-figure-modularity = 圈子分明程度
health-chart-title-plain = { $community }：每周健康状况
health-chart-title = { $figure }：{ NUMBER($now) }%，{ $way ->
        [up] 高于
       *[down] 低于
    }前几周平均的 { NUMBER($before) }%
percent-sign = %
health-foot = 每个点统计之前四周，共 { NUMBER($weeks) } 周 · 最近四周 { NUMBER($people) } 人 · 截至 { $day }

## /mycircle

command-mycircle = 查看你和谁有往来、你的圈子、你常帮谁、谁常帮你
mycircle-none = 你还没有和别人往来。回复别人，或者用 /thanks 道谢吧。
mycircle-ties = 你和 { NUMBER($people) } 人有往来：你找过 { NUMBER($to) } 人，{ NUMBER($by) } 人找过你。
mycircle-circle = 你的圈子：{ $circle }，{ NUMBER($size) } 人。
mycircle-help = 你最常找的人：{ $names }。
mycircle-not-yours = 这条邀请是给某个圈子的；按目前的往来情况，你不在这个圈子里。
mycircle-role = 欢迎，身份组马上就到。
mycircle-link = 欢迎，从这里进群。
mycircle-open = 打开群
mycircle-helped = 最常找你的人：{ $names }。

## kith report

report-title = { $community }：谁把大家连在一起
report-made = 截至 { $day }。只列出同意的成员姓名。
report-save = 保存为 PNG
report-enlarge = 放大或缩小
report-network = 关系图
report-keypeople = 关键人物
report-circles = 圈子
report-newcomers = 新人
report-connect = 值得认识
report-health = 健康状况
report-no-ties = { $community } 还没有往来关系，没有可以报告的内容。
