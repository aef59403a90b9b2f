### 管理员与主理人用的命令

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
setting-quiet-value =
    { $value ->
        [0] 一直保留
        [60] 1 分钟
        [300] 5 分钟
        [3600] 1 小时
       *[other] { NUMBER($value) } 秒
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
settings-choose = 选择要修改的设置
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
setup-now-say = – 成员常用 /me、/points、/leaderboard；你常用 /rules、/tiers、/settings，定时活动用 /activities 设置。
setup-now-invite = – 名单只写出同意公开的成员：发一条公开征询，大家点按钮就能选。
setup-invite = 征询大家
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
rooms-choose = 选择频道，开启或关闭积分
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
tiers-choose-role = 选择身份组
tiers-no-role = 不绑定身份组
tiers-ask-role = 达到「{ $name }」时发哪个身份组？正式生效前，会先列出谁会得到、谁会失去。
tiers-roles-none = 这里没有我能发放的身份组。请在 Discord 服务器里操作，并把我的身份组排在要发放的身份组上面。
tiers-form = 名称、权益等一起改
form-change_tier = 修改称号
field-change_tier-name = 名称
field-change_tier-level = 从几级起
field-change_tier-days = 近 30 天要活跃几天
field-change_tier-days-help = 除了等级，还要看活跃天数
field-change_tier-benefits = 有哪些权益
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
shop-choose = 选择要下架的权益
shop-title = **可用积分兑换**（成员用 /redeem）
shop-line =
    { $stock ->
        [-1] { NUMBER($cost) } 积分 · { $name }
        [0] { NUMBER($cost) } 积分 · { $name }（已兑完）
       *[other] { NUMBER($cost) } 积分 · { $name }（剩 { NUMBER($stock) } 份）
    }
shop-how = 再加一个：`/shop 300 抢先看`
shop-offered = 「{ $name }」已上架，{ NUMBER($cost) } 积分。一共有多少份？
shop-add = 上架权益
form-offer_benefit = 上架一项权益
field-offer_benefit-name = 是什么
field-offer_benefit-name-help = 例如「新课抢先看」
field-offer_benefit-cost = 需要多少积分
field-offer_benefit-stock = 一共多少份
field-offer_benefit-stock-help = 留空表示不限量
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

## /grant、/take、/undo、/history

button-undo = 撤回
menu-grant = 发放积分
command-grant = 给成员发积分，写明原因
option-grant-member-name = 成员
option-grant-member = 发给谁
option-grant-amount-name = 数量
option-grant-amount = 多少积分
option-grant-reason-name = 原因
option-grant-reason = 为什么发，大家都能看到
grant-done = **{ $name } 获得 { NUMBER($amount) } 积分**，来自 { $actor }：{ $reason }
grant-ask = 给 { $name } 发多少积分，为什么发？
grant-fill-in = 填写
form-grant_points = 发放积分
field-grant_points-amount = 积分
field-grant_points-reason = 原因
field-grant_points-reason-help = 大家都能看到。
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
menu-history = 积分记录
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
audit-settings = { $actor } 把「{ $name }」从「{ $before }」改为「{ $after }」
audit-setup = { $actor } 完成了社群设置
audit-room =
    { $earns ->
        [yes] { $actor } 恢复了 #{ $name } 的积分
       *[no] { $actor } 让 #{ $name } 不再计积分
    }
audit-tier = { $actor } 把称号「{ $tier }」的 { $what } 改为「{ $value }」
audit-plan = { $actor } 编辑了会员「{ $name }」
audit-plan-end = { $actor } 停用了会员「{ $name }」
audit-plan-trial = { $actor } 把会员「{ $name }」的试用期设为 { NUMBER($days) } 天
audit-plan-stars = { $actor } 把会员「{ $name }」的价格设为 { NUMBER($stars) } 颗星星
audit-stars-refund = { $actor } 申请把 { $amount } 退给 { $subject }
audit-stars-refund-refused = 退还给 { $subject } 的星星被拒绝：{ $why }
audit-stars-found = 在 Telegram 的账目里发现漏报：{ $kind ->
        [refunded] 退给 { $subject } { NUMBER($stars) } 颗星星
       *[other] { $subject } 支付了 { NUMBER($stars) } 颗星星
    }
audit-plan-gift = { $actor } 送给 { $subject }「{ $name }」，{ $days ->
        [0] 永久有效
       *[other] 为期 { NUMBER($days) } 天
    }
audit-plan-gift-back = { $actor } 收回了对 { $subject } 的赠送
audit-plan-coupon = { $actor } 为会员「{ $name }」生成了优惠 { NUMBER($percent) }% 的优惠码，{ NUMBER($uses) } 人可用
audit-plan-code = { $actor } 为会员「{ $name }」生成了兑换码，{ NUMBER($uses) } 人可用
audit-purchase-secret = { $actor } 更换了商店密钥
audit-stripe-secret = { $actor } 设置了 Stripe 签名密钥
audit-stripe-price = { $actor } 把 Stripe 价格 { $price } 对应到会员「{ $name }」
audit-stripe-price-off = { $actor } 取消了 Stripe 价格 { $price } 与会员的对应
audit-stripe-unknown = Stripe 通知了 { $price }，没有会员对应这个价格
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
audit-publish = { $actor } 发布了「{ $title }」
audit-item = { $actor } 修改了「{ $title }」
audit-retire = { $actor } 下架了「{ $title }」
audit-feed = { $actor } 给目录添加了订阅源 { $address }
audit-unfeed = { $actor } 从目录去掉了订阅源 { $address }
audit-activity = { $actor } 修改了编号 { $number } 的活动
audit-activity-undo = { $actor } 撤销了编号 { $number } 的活动的一场（{ $slot }）：收回 { NUMBER($people) } 人共 { NUMBER($points) } 积分

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
rule-activities_a_day = 每人每天计分的活动次数
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
