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

## /browse、/search、/library

command-browse = 浏览全部内容，或只看某个话题
option-browse-topic-name = 话题
option-browse-topic = 想看哪方面的内容
command-search = 按关键词找内容
option-search-item-name = 关键词
option-search-item = 想找什么，写错一两个字也没关系
command-rate = 给内容评分
option-rate-item-name = 内容
option-rate-item = 给哪个内容评分
option-rate-stars-name = 星数
option-rate-stars = 一到五星
rate-ask = 你觉得「{ $title }」怎么样？
command-library = 看看在学的、收藏的、已拥有的和学完的
browse-all = 可以看、可以学的内容共 **{ NUMBER($count) }** 项
browse-topic = **{ $topic }**：{ NUMBER($count) } 项
browse-empty = 这里还没有发布内容。
browse-choose = 换个话题
search-how = 想找什么？例如发送 `/search pandas`，也可以直接选话题。
search-found = 与「{ $words }」有关的内容：
search-nothing = 没有找到与「{ $words }」有关的内容。换个关键词，或者选个话题试试。
error-no-topic = 没有关于「{ $topic }」的内容。
error-no-item = 没有叫「{ $name }」的内容。
error-no-item-near = 没有叫「{ $name }」的内容。是不是下面这些？
error-item-gone = 这项内容已经不在了。
library-empty = 你的书架还空着。在 /browse 和 /recommend 里打开或收藏的内容都会放在这里。
library-started = **接着学**（{ NUMBER($count) }）
library-saved = **已收藏**（{ NUMBER($count) }）
library-owned = **已拥有**（{ NUMBER($count) }）
library-finished = **已学完**（{ NUMBER($count) }）
library-open-started = 在学 { NUMBER($count) }
library-open-saved = 收藏 { NUMBER($count) }
library-open-owned = 已拥有 { NUMBER($count) }
library-open-finished = 学完 { NUMBER($count) }

## 一项内容

item-choose = 查看其中一项
item-line =
    { $state ->
        [finished] ✓ **{ $title }**（{ $about }）
        [opened] ▸ **{ $title }**（{ $about }）
        [closed] 🔒 **{ $title }**（{ $about }）
       *[none] • **{ $title }**（{ $about }）
    }
item-title = **{ $title }**
item-description = { $text }
item-by = 作者：{ $author }
item-part = { $series } 第 { NUMBER($place) } 节
item-kind-course = 课程
item-kind-column = 专栏
item-kind-article = 文章
item-kind-live = 直播
item-kind-recording = 回放
item-kind-book = 书
item-kind-event = 线下活动
item-depth-beginner = 入门
item-depth-intermediate = 进阶
item-depth-advanced = 高阶
item-needs-tier = 「{ $tier }」及以上称号可看，怎样达到见 /tier。
item-needs-points = 需要 { NUMBER($price) } 积分，你有 { NUMBER($balance) }。
item-needs-plan = 需要「{ $name }」会员{ $priced ->
        [no] { "。" }
       *[other] （{ $price }）。
    }
item-alone = 可单独购买{ $priced ->
        [no] { "。" }
       *[other] （{ $price }）。
    }
item-plan-gone = 所需的会员已经不在了，请联系管理员。
item-owned = 你已拥有。
item-opened-on = 你在 { $day }打开过。
item-finished-on = 你在 { $day }学完了。
item-open = 打开
item-see = 看看
item-save = 收藏
item-unsave = 取消收藏
item-done = 学完了
item-refuse = 不感兴趣
item-back = 撤销
item-buy = 用 { NUMBER($price) } 积分换取
item-buy-sure = 换取，花 { NUMBER($price) } 积分
item-buy-not = 再想想
item-buy-ask = 用 { NUMBER($price) } 积分换取 **{ $title }**？你现在有 { NUMBER($balance) } 积分。
item-here = 给你：{ $link }
item-no-link = **{ $title }** 没有链接，要知道的都在上面。
item-finished = 真棒！**{ $title }** 已记为学完，在 /library 里可以找到。觉得怎么样？
item-rated = 谢谢！你给 **{ $title }** 打了 { $stars }。
alike-open = 类似内容
alike-title = 和 **{ $title }** 类似：
alike-none = 还没有和 **{ $title }** 类似的内容。
item-progress =
    { $done ->
        [0] **{ $series }**：共 { NUMBER($count) } 节
       *[other] **{ $series }**：已学完 { NUMBER($done) } / { NUMBER($count) } 节
    }
item-next = 继续：{ $title }
item-after = 学完 *{ $before }* 后开放。
error-item-turn = 「{ $title }」要学完「{ $before }」后才能打开。
course-heading = 结业证书
course-did = 学完了
course-steps = 全部 { NUMBER($count) } 节
course-finished = 你学完了 **{ $series }**，这是你的结业证书。
course-certificate = 证书：{ $series }
error-course-unfinished = 全部学完后才有证书。
item-refused = 以后不再给你推荐 **{ $title }**。
error-item-tier = 「{ $title }」要「{ $tier }」及以上称号才能看，怎样达到见 /tier。
error-item-price = 「{ $title }」需要 { NUMBER($price) } 积分，请先在它的卡片上换取。
error-item-plan = 「{ $title }」需要「{ $plan }」会员，怎样开通见 /plans。
error-item-alone = 「{ $title }」需单独购买，怎样购买见内容卡片。
error-item-points = 「{ $title }」需要 { NUMBER($price) } 积分，你还差 { NUMBER($missing) }。
error-item-yours = 「{ $title }」你已经可以打开了。
error-item-title = 内容要有标题。
error-item-link = 「{ $link }」不是链接。请写以 https:// 开头的地址，或者留空。

## /recommend

command-recommend = 推荐几项你可能想看的内容，并说明原因
recommend-title = **你接下来可能想看**
recommend-title-many = **大家在看**
recommend-agree = 发送 /consent personal，我就会按你打开、收藏和学完的内容来推荐，不会为此读取消息。
recommend-all-seen = 适合你的内容你都看过了。有新内容会出现在这里。
picks-ask = 要不要每周给你发一次精选？每周最多一条，只在你方便的时段。
picks-want = 好，每周一次
picks-stop = 不再发精选
picks-title = **给你的几项精选**，来自「{ $community }」
picks-wanted =
    { $agreed ->
        [yes] 每周给你发几项精选，避开你的免打扰时段（/quiet），并计入每周主动消息的次数。
       *[no] 记下了。不过要先发送 /consent personal，我才会为你挑选。
    }{ $reached ->
        [yes] {""}
       *[no] {""}请先打开和我的私聊、发送 /start，我才能写给你；想收多少消息用 /quiet 设置。
    }
picks-unwanted = 不再发精选了。想看时随时用 /recommend。
because-topic = ↳ 你想了解 { $topic }
because-like = ↳ 和 *{ $title }* 讲的内容相近
because-wanted = ↳ 喜欢 *{ $title }* 的人也喜欢它
because-popular = ↳ 最近有 { NUMBER($count) } 人打开
because-new = ↳ 新内容，或者还没什么人知道

## /interests

command-interests = 告诉我你对什么感兴趣
option-interests-topic-name = 话题
option-interests-topic = 想了解的话题，多个用逗号隔开
interests-none = 你还没有选话题。选了之后，推荐会优先考虑它们。
interests-wanted = 你想了解：{ $topics }。
interests-refused = 不想看：{ $topics }。
interests-add = 加一个话题
interests-drop = 去掉一个
interests-never = 不想看这类
error-interest = 请写上话题，例如 /interests 统计。
error-interests-full = 最多选 { NUMBER($limit) } 个话题，请先去掉一个。

## /plans、/code

command-plans = 查看有哪些会员，以及你已开通的
command-code = 用兑换码开通会员，或使用优惠码
option-code-code-name = 兑换码
option-code-code = 别人给你的或商店发给你的兑换码
plans-none = 这里没有设会员：内容都开放，或者按称号、积分开放。
plans-none-owner = 还没有设会员。会员可以通过付费、兑换码或加入某个群获得，目录里的内容可以要求某种会员。
plans-choose = 查看会员
plans-add = 新建会员
plan-named = **{ $name }**{ $priced ->
        [no] { "" }
       *[other] { " · " }{ $price }
    }
plan-text = { $text }
plan-how = 怎样开通：{ $how }
plan-how-ask = 怎样开通请问主理人。
plan-stars = { $where ->
        [here] ★ { $period ->
            [month] 每月 { NUMBER($stars) } 颗星星
           *[once] { NUMBER($stars) } 颗星星，一次买断
        }。
       *[there] ★ 可在 Telegram 开通，{ $period ->
            [month] 每月 { NUMBER($stars) } 颗星星
           *[once] { NUMBER($stars) } 颗星星，一次买断
        }：在那边给我发 /plans，再用 /link 关联两边的账号。
    }
plan-standing = ✓ 已开通{ $how ->
        [gifted] （赠送）
        [trial] （试用）
        [place] （因为你在指定的群里）
        [role] （来自你的身份组）
       *[other] { "" }
    }。
plan-standing-until = ✓ 已开通，{ $how ->
        [ending] 已付费到 { $until }，到期不再续费。
        [grace] 保留到 { $until }：上次续费没有成功。
        [gifted] 赠送，到 { $until } 为止。
        [trial] 试用到 { $until }，不收费，到期不会自动续费。
       *[other] 到 { $until } 为止。
    }
plan-standing-over = { $how ->
        [refunded] 已退款。
       *[other] 已到期。
    }
plan-change = 修改
plan-code = 生成兑换码
plan-place = 按所在的群
plan-role = 按身份组
plan-stars-price = 星星价格
plan-coupon = 生成优惠码
plan-price-kept = 已按每月 { NUMBER($stars) } 颗星星订阅的成员保持原价，直到取消；新价格只对新订阅生效。
coupon-made = 发送 `/code { $code }` 后，**{ $name }** 优惠 { NUMBER($percent) }%，只需 { NUMBER($stars) } 颗星星，共 { NUMBER($uses) } 人可用，{ $until } 前有效。优惠码只在这里显示。有效期内开始的订阅会一直保持这个价格。
coupon-used = 优惠已生效：{ $until } 前开通 **{ $name }**，{ $period ->
        [month] 每月只需 { NUMBER($stars) } 颗星星（原价 { NUMBER($before) } 颗），在此之前开始的订阅一直保持这个价格
       *[once] 只需 { NUMBER($stars) } 颗星星（原价 { NUMBER($before) } 颗），一次买断
    }。{ $where ->
        [here] { "" }
       *[there] 请在 Telegram 付款：在那边给我发 /plans，再用 /link 关联两边的账号。
    }
error-coupon-no-stars = 优惠码用来降低星星价格，而「{ $name }」还没有星星价格。请先设置星星价格，或生成一个赠送若干天的兑换码。
plan-trial = 试用
plan-trial-for = 可免费试用 { NUMBER($days) } 天，每人一次：/plans 里有按钮。
trial-choose = 试用会员
trial-begin = 试用 { $name } { NUMBER($days) } 天
trial-begun = **{ $name }** 已开始试用，到 { $until } 为止。不收费，到期不会自动续费。
error-trial-once = 你已经开通过「{ $name }」，每人只能试用一次，关联的账号算同一个人。
plan-place-ask = 在哪里的成员都有 **{ $name }**（离开即失效）？
plan-place-none = 不按群
plan-place-set = 在 { $place } 里的成员都有 **{ $name }**，离开即失效。
plan-place-over = **{ $name }** 不再按所在的群开通。
plan-role-ask = 这个服务器里哪个身份组可以获得 **{ $name }**？由商店或 Discord 订阅发放的身份组也可以。
plan-role-none = 不按身份组
plan-role-set = 拥有身份组 { $role } 的成员都有 **{ $name }**，失去身份组即失效。
plan-role-over = **{ $name }** 不再按身份组开通。
error-plan-no-roles = 这里没有可用的身份组，请在你的 Discord 服务器里使用 /plans。
plan-end = 停用
plan-ended = **{ $name }** 不再开放。已开通的成员可以用到付费期结束。
plan-code-made = 发送 `/code { $code }` 可获得 **{ $name }**，{ $days ->
        [0] 永久有效
       *[other] 为期 { NUMBER($days) } 天
    }，共 { NUMBER($uses) } 人可用，每人一次。兑换码只在这里显示，一年内有效。
code-used = 兑换成功，已为你开通。
error-code = 兑换码无效：可能输错了、已用完或已过期。请问问给你兑换码的人。
error-code-once = 这个兑换码你已经用过了，每人只能用一次。
error-plan-gone = 这种会员已经不在了。
error-no-plan = 没有叫「{ $name }」的会员。主理人可以用 /plans 新建。
error-plan-twice = 已经有叫「{ $name }」的会员了。
error-plans-full = 最多 { NUMBER($limit) } 种会员，请先停用一个。
error-purchase-signature = 签名不对。请用 /books 里给出的密钥对时间戳和正文签名。
error-purchase-old = 签名时间与现在相差超过 { NUMBER($minutes) } 分钟。请校准时钟后重新签名。
error-purchase-json = 这不是 JSON 对象。
error-purchase-field = 「{ $field }」里的「{ $text }」无法识别。
error-purchase-missing = 缺少「{ $field }」。
error-purchase-kind = 「{ $text }」不是付款类型，可用的有 { $options }。
error-purchase-claim = 领取码须为 { NUMBER($least) } 到 { NUMBER($most) } 个字符。
error-currency = 「{ $text }」不是货币代码。请写 ISO 4217 的三个字母，例如 CNY、EUR、JPY。
error-amount = 「{ $text }」不是有效的 { $currency } 金额。请写数字，{ $decimals ->
        [0] 不带小数
       *[other] 最多 { NUMBER($decimals) } 位小数
    }，例如 { $decimals ->
        [0] 500
        [3] 1.250
       *[other] 19.99
    }。
form-write_plan = 会员
field-write_plan-name = 叫什么
field-write_plan-price = 价格说明
field-write_plan-price-help = 例如每月 68 元
field-write_plan-about = 成员能得到什么
field-write_plan-how = 怎样开通
field-write_plan-how-help = 带链接的句子在 Telegram 上不显示
form-make_code = 会员兑换码
field-make_code-days = 多少天
field-make_code-days-help = 0 表示永久
field-make_code-uses = 多少人可用
form-trial_plan = 会员试用
field-trial_plan-days = 可以试用多少天？
field-trial_plan-days-help = 填 0 表示不开放试用
form-make_coupon = 会员优惠码
field-make_coupon-percent = 优惠百分之几？
field-make_coupon-days = 有效多少天？
field-make_coupon-days-help = 有效期内开始的订阅会一直保持优惠价
field-make_coupon-uses = 多少人可用？
form-price_plan = Telegram 星星价格
field-price_plan-stars = 多少颗星星？
field-price_plan-stars-help = 填 0 表示不能用星星开通
field-price_plan-period = 怎样收费？
field-price_plan-period-month = 每月
field-price_plan-period-once = 一次买断

## 星星：/paysupport、/terms 和 /refund

command-paysupport = 付款遇到问题时求助
command-terms = 查看星星买的是什么、怎样取消
command-refund = 退还成员支付的星星
option-refund-member-name = 成员
option-refund-member = 退给谁
menu-refund = 退还星星
stars-choose = 用星星支付
stars-get = { $name }：{ $period ->
        [month] 每月 { NUMBER($stars) } ★
       *[once] { NUMBER($stars) } ★
    }
stars-offer = **{ $name }**，{ $period ->
        [month] 每月 { NUMBER($stars) } 颗星星，自动续费，可随时在 Telegram 设置的「我的星星」里取消
       *[once] { NUMBER($stars) } 颗星星，一次买断
    }。仅限你本人，一小时内有效。购买说明见 /terms
stars-about = 「{ $community }」会员「{ $name }」{ $period ->
        [month] ，按月续费，可随时取消
       *[once] ，一次买断
    }
stars-pay = 支付 { NUMBER($stars) } ★
stars-paid = 谢谢，**{ $name }** 已为你永久开通。
stars-paid-month = 谢谢，**{ $name }** 已开通到 { $until }，之后自动续费，直到你取消。
stars-refunded = 你为 **{ $name }** 支付的 { NUMBER($stars) } 颗星星已退回，对应的内容随之关闭。
stars-not-yours = 这份订单不是给你的，或者价格已经变了。请用 /plans 查看现在的会员。
stars-too-late = 这份订单已超过一小时，请用 /plans 重新下单。
stars-payment = { $number }. { $day } · { $name }{ $present ->
        [yes] （送人）
       *[no] { "" }
    } · { $amount }{ $back ->
        [yes] { " " }· 已退款
       *[no] { "" }
    } · `{ $charge }`
paysupport = 在 **{ $community }** 付款遇到问题？请联系这里的管理员，说明是哪一笔，他们可以退款。Telegram 官方客服无法处理。
paysupport-paid = 你的付款：
terms =
    { "" }**在 { $community } 用星星买到的是什么**
    会员，在 /plans 标明的期限内可以打开相应内容。按月的会员每 30 天自动续费；可在 Telegram 设置的「我的星星」里取消，取消后用到付费期结束。
    也可以买会员送人：你会拿到一个兑换码，对方领取当天开始计时。
    退款后，对应的内容立即关闭。付款遇到问题请用 /paysupport
refund-title = **{ $name } 支付的星星**
refund-none = { $name } 没有用星星付过款。
refund-choose = 退款
refund-one = 第 { $number } 笔：{ $amount }
refund-ask = 把 { $amount } 退给 { $name }？对应的内容会立即关闭，也不再续费。
refund-sure = 确认退款
refund-done = 正在退给 { $name }。Telegram 完成退款后对应的内容才会关闭；如果被拒绝，/audit 会写明。
error-refund-gone = 这笔付款已经退过，或者不存在。
error-plan-yours = 你已经有「{ $name }」了。
error-stars-elsewhere = 「{ $name }」可以在 Telegram 用星星开通：在那边给我发 /plans，再用 /link 关联两边的账号。

## Presents, of /plans

present-open = 买会员送人
present-which = 送哪种会员？只付一次，你会拿到一个兑换码，可以给本社群的一位成员。
present-choose = 用星星买一份礼物
present-item = 买来送人
present-plan = { $name }：{ NUMBER($stars) } ★，{ $period ->
        [month] 一个月
       *[once] 永久
    }
present-about = 「{ $community }」会员「{ $name }」，送给他人，{ $period ->
        [month] 一个月
       *[once] 永久有效
    }
present-offer = 送人的 **{ $name }**，{ $period ->
        [month] 30 天
       *[once] 永久有效
    }：一次支付 { NUMBER($stars) } 颗星星。对方领取当天开始计时。订单一小时内有效。购买说明见 /terms
present-paid = 谢谢，礼物 **{ $name }** 已备好：谁先发送 `/code { $code }` 就归谁。你可以把它转给对方，也可以用 /plans 让我送达。
presents-open = 待送出的礼物（{ NUMBER($count) }）
presents-title = **你可以送出的礼物**
presents-none = 你没有待送出的礼物。
present-line = { $number }. { $name }，{ $days ->
        [0] 永久有效
       *[other] 为期 { NUMBER($days) } 天
    }：谁先发送 `/code { $code }` 就归谁。
present-hand = 送出第 { $number } 份：{ $name }
present-hand-choose = 送出一份
form-hand_present = 送出礼物
field-hand_present-member = 送给谁？
present-told = { $by } 送你一份礼物：{ $community } 的 **{ $name }**，{ $days ->
        [0] 永久有效
       *[other] 领取后 { NUMBER($days) } 天有效
    }。
present-take = 领取
present-taken = **{ $name }** 已为你开通，{ $lasts ->
        [days] 到 { $until } 为止
       *[good] 永久有效
    }，不会自动续费。
present-handed = 已通知 { $name }，对方点一下就能领取。领取之前礼物仍归你。
present-unreachable = 我现在没法给 { $name } 发消息，请你自己转给对方：`/code { $code }`
error-present-gone = 这份礼物已被领取或已退款。
error-present-yours = 你已经有「{ $name }」了，现在领取没有用处。礼物会保留：等到期后再领，或者转送别人。

## /gift

command-gift = 赠送成员会员或单独出售的内容
option-gift-member-name = 成员
option-gift-member = 送给谁
gift-which = { $what ->
        [item] 送给 { $name } 哪个内容？
       *[plan] 送给 { $name } 哪种会员？
    }
gift-choose = 送什么
gift-items = 单独出售的内容（{ NUMBER($count) }）
form-give_plan = 赠送
field-give_plan-days = 多少天？
field-give_plan-days-help = 0 表示永久
field-give_plan-words = 想说的话
field-give_plan-words-help = 带链接的句子不会发送
gift-done = { $name } 已获得 **{ $plan }**，{ $days ->
        [0] 永久有效
       *[other] 为期 { NUMBER($days) } 天
    }。{ $told ->
        [yes] 已通知对方。
       *[no] 我没法给对方发消息，请你转告。
    }
gift-told = { $by } 在 { $community } 送了你 **{ $plan }**，{ $lasts ->
        [days] 到 { $until } 为止
       *[good] 永久有效
    }。{ $what ->
        [item] 在 /library 里可以找到。
       *[plan] { "" }
    }{ $worded ->
        [yes] 「{ $words }」
       *[no] { "" }
    }
gift-back = 收回
gift-taken = 送给 { $name } 的已经收回。
error-gift-no-plans = 还没有可以赠送的。主理人可以用 /plans 新建会员，也可以在 /catalogue 里单独出售内容。
error-gift-less = { $name } 的「{ $plan }」{ $until ->
        [none] 已经永久有效
       *[other] 要到 { $until } 才到期，比这份更久
    }。
error-gift-gone = 这份赠送已经不在了。

## /books

command-books = 按月查看会员的收入和退款
books-none = 还没有任何付款记录。商店可以用签名消息通知，运维人员也可以用 kith books import 导入表格。
books-title = **会员收入**
books-line = { $month }：{ NUMBER($count) } 笔付款，收入 { $income }{ $refunded ->
        [yes] ，退款 { $refunds }，净收入 **{ $net }**
       *[no] { "" }
    }
books-waiting = 有 { NUMBER($count) } 笔还没有归属：付款人暂时不在这里。
books-sentence = { NUMBER($count) } 个月共收入 { $total }
books-foot = 收入减退款，{ $currency }，{ $first } 至 { $last }
books-no-plan = 无会员
books-hook = 接入商店
books-hook-shown =
    让商店把每笔付款发送到
    `{ $address }`
    用这个密钥签名：
    `{ $secret }`
    请妥善保管：有密钥的人可以开通会员。签名方法见 docs/plans.md。
books-hook-renew = 更换密钥
books-hook-nowhere = 还没有可用的地址，请运维人员先设置 KITH_PUBLIC_URL。
stripe-open = Stripe
stripe-shown =
    在 Stripe 后台的 Webhooks 里添加端点：
    `{ $address }`
    要勾选的事件见 docs/plans.md。{ $connected ->
        [yes] 签名密钥已设置。
       *[no] 然后把端点的签名密钥（whsec_…）填给我。
    }
stripe-price = • { $price }：{ $name }{ $days ->
        [0] { "" }
       *[other] ，一次性付款有效 { NUMBER($days) } 天
    }
stripe-how = 在那里卖的其他东西不会影响这里，它们的价格编号会记在 /audit 里。
stripe-none = 还没有会员在那里出售：用 /plans 选一个会员，填写「Stripe 价格」。
stripe-secret-set = 签名密钥
stripe-price-set = Stripe 价格
stripe-drop = 去掉一个价格（已有会员不受影响）
form-stripe_key = Stripe 签名密钥
field-stripe_key-secret = 密钥
field-stripe_key-secret-help = 端点页面上的 whsec_…
form-stripe_price = Stripe 价格
field-stripe_price-price = 价格或付款链接
field-stripe_price-price-help = price_… 或 plink_…
field-stripe_price-days = 一次性付款，有效多少天？
field-stripe_price-days-help = 0 表示永久；订阅的期限由 Stripe 通知
error-stripe-secret = 这不是签名密钥。它以 whsec_ 开头，在 Stripe 后台的端点页面上。
error-stripe-price = 「{ $text }」不是价格。请从 Stripe 后台复制编号：price_… 或 plink_…。
error-stripe-full = 最多 { NUMBER($limit) } 个价格，请先去掉一个。
books-too-many = { $file } 超过 { NUMBER($limit) } 行，请分批导入。
books-field = 「{ $field }」不是付款的字段，可用的有 { $fields }。
books-source = 「{ $text }」不能作为来源。请写一个单词，最多 20 个字母或数字。
books-pair = 无法识别「{ $text }」。请写成 `字段=列名`，例如 `id=Order`。

## /publish 和 /catalogue

command-publish = 发布课程、文章、书或活动
publish-how = 发布的内容会出现在 /browse 和 /search 里。成员看到之前，你先过目。
publish-open = 发布内容
publish-preview = 成员会看到：
publish-tier = 第 { NUMBER($tier) } 档及以上称号可看
publish-price = { NUMBER($price) } 积分
publish-from = { $day }起可见
publish-now = 发布
publish-tell = 发布并告诉大家
publish-change = 修改
publish-terms = 谁能看、价格、时间
publish-plan = 需要哪种会员
publish-plan-ask = 成员要有哪种会员才能打开「{ $title }」？
publish-plan-none = 不需要，所有人可看
publish-with-plan = 需要会员或单独购买
publish-alone = 单独出售
publish-alone-how = 「{ $title }」可以单独出售：可设星星价格、Stripe 价格、兑换码或试用；其他商店用 `item` 指明。这样得到它的成员，不管还有什么要求，都能打开。
publish-alone-ways = 怎样出售
publish-no-plans = 还没有设会员。主理人可以用 /plans 新建。
publish-series = 系列
publish-file = 文件
publish-has-file = 附文件 { $name }
publish-drop = 不要了
publish-dropped = 「{ $title }」已丢弃。
publish-retire = 下架
publish-again = 重新上架
publish-pin = 置顶
publish-unpin = 取消置顶
publish-new = 新内容上架：
error-publish-tier = 称号档位是 0 到 { NUMBER($most) }，0 表示所有人可看。
error-publish-twice = 「{ $title }」已经在目录里了（链接或标题相同）。
error-publish-full = 目录最多放 { NUMBER($limit) } 项，请先下架一些。
form-publish_item = 发布内容
field-publish_item-title = 标题
field-publish_item-kind = 类型
field-publish_item-kind-course = 课程
field-publish_item-kind-column = 专栏
field-publish_item-kind-article = 文章
field-publish_item-kind-live = 直播
field-publish_item-kind-recording = 回放
field-publish_item-kind-book = 书
field-publish_item-kind-event = 线下活动
field-publish_item-link = 链接
field-publish_item-link-help = https://…，可留空
field-publish_item-description = 简介
field-publish_item-topics = 话题
field-publish_item-topics-help = 用逗号隔开，例如：pandas，统计
form-item_terms = 谁能看、多少积分、何时可见
field-item_terms-author = 作者
field-item_terms-depth = 适合谁
field-item_terms-depth-any = 所有人
field-item_terms-depth-beginner = 入门
field-item_terms-depth-intermediate = 有一定基础
field-item_terms-depth-advanced = 已经很熟悉
field-item_terms-tier = 从哪一档称号起可看
field-item_terms-tier-help = 0 表示所有人
field-item_terms-price = 需要多少积分
field-item_terms-price-help = 0 表示免费
field-item_terms-shown_from = 从哪天起可见
field-item_terms-shown_from-help = 留空则立即可见
publish-cover = 封面
form-item_cover = 封面
field-item_cover-cover = 图片
field-item_cover-cover-help = 显示在内容卡片上；留空表示去掉。在 Telegram 上请以照片发送。
form-item_file = 附带的文件
field-item_file-file = 文件
field-item_file-file-help = 成员打开时会收到；留空表示去掉。
form-item_series = 所属系列
field-item_series-series = 系列或课程
field-item_series-series-help = 留空表示不属于系列
field-item_series-place = 第几节
field-item_series-place-help = 0 表示排在最后
field-item_series-in_turn = 学完上一节才能打开
field-item_series-in_turn-yes = 是，按顺序
field-item_series-in_turn-no = 否，随意
command-catalogue = 查看已发布的全部内容和使用情况
option-catalogue-item-name = 内容
option-catalogue-item = 要看哪一项
catalogue-title = 目录里共 **{ NUMBER($count) }** 项
catalogue-empty = 目录还是空的。可以在这里发布，也可以请运维用文件导入：kith catalogue import。
catalogue-line =
    { $state ->
        [draft] ✎ { $title }（{ $about }；草稿）
        [retired] ✗ { $title }（{ $about }；已下架）
        [later] ◷ { $title }（{ $about }；未到上架时间）
        [over] ✗ { $title }（{ $about }；已过期）
       *[live] • { $title }（{ $about }）
    }
catalogue-uses = { NUMBER($opened) } 人打开，{ NUMBER($finished) } 人学完，{ NUMBER($saved) } 人收藏，{ NUMBER($refused) } 人不感兴趣；{ NUMBER($rated) } 人评分，{ NUMBER($bought) } 人购买。

## /content

command-content = 查看成员对一项内容走到了哪一步
option-content-item-name = 内容
option-content-item = 哪一项，不填则看全部
content-nothing =
    { $title ->
        [all] 还没有给任何人推荐过内容，也没有人打开过。
       *[other] 还没有人看到或打开 **{ $title }**。
    }
content-title =
    { $title ->
        [all] **全部内容：成员走到了哪一步**
       *[other] **{ $title }**：成员走到了哪一步
    }
content-beside = { NUMBER($saved) } 人收藏，{ NUMBER($refused) } 人不感兴趣，{ NUMBER($bought) } 人购买。
content-group = { $name }：{ NUMBER($opened) } 人打开，{ NUMBER($finished) } 人学完，{ NUMBER($bought) } 人购买
content-source = 来自 { $name }
content-choose = 看看哪一部分成员
content-few = 其中打开过的不到五人，不单独列出。
content-look = 查看详情
content-step-shown = 推荐
content-step-opened = 打开
content-step-finished = 学完
content-step-rated = 评分
content-share =
    { $of ->
        [shown] 占被推荐者的 { NUMBER($share) }%
       *[opened] 占打开者的 { NUMBER($share) }%
    }
content-chart-title =
    { $title ->
        [all] 打开过内容的人中，{ NUMBER($share) }% 学完过
       *[other] 打开「{ $title }」的人中，{ NUMBER($share) }% 学完
    }
content-chart-foot = { $community }，每位成员计一次，截至{ $day }
chart-catalogue_funnel = 从推荐到学完

## /catalogue 里的订阅源

feeds-open = 订阅源
feeds-none = 还没有订阅源。给我一个 RSS、Atom 或网站 sitemap 的地址，那里的新内容会自动进入目录。
feeds-title = 共 { NUMBER($count) } 个订阅源，每隔几小时自动把新内容收进目录。
feeds-line = • { $address }（{ $when } 读取）
feeds-line-new = • { $address }（还没读取）
feeds-line-fault = ✗ { $address }：{ $why }
feeds-add = 添加订阅源
feeds-drop = 去掉一个（已有内容保留）
feeds-drop-it = 去掉它
feeds-failing = { $address } 连续 { NUMBER($count) } 次没有读到内容：{ $why }我会继续试，间隔越来越长。
form-add_feed = 添加订阅源
field-add_feed-address = 地址
field-add_feed-address-help = RSS、Atom 或 sitemap 的 https://…
error-feeds-full = 一个社群最多 { NUMBER($limit) } 个订阅源，请先去掉一个。
feed-fault-nowhere = 那里没有回应。
feed-fault-private = 这个地址在内网，不在公网上。
feed-fault-slow = 回应太慢。
feed-fault-status = 对方返回 { $detail }。
feed-fault-round = 跳转没有尽头。
feed-fault-large = 内容超过 { $detail } MB。
feed-fault-broken = 这不是能读懂的订阅源。
feed-list-empty = 列表里没有订阅源。
catalogue-feed = { $file }：{ $why }没有导入任何内容。

## /catalogue 里的失效链接

dead-links-open = 失效链接（{ NUMBER($count) }）
dead-links-none = 上次检查时，目录里的链接全都打得开。我每周检查一次。
dead-links-title = 目录里有 **{ NUMBER($count) } 个链接**打不开。
dead-links-told = **{ $community }**：目录里有 { NUMBER($count) } 个链接打不开，已经查过两遍。
dead-links-line = ✗ **{ $title }**：{ $why }（{ $since }起）
dead-links-how = 选一项，可以修改链接或下架。恢复正常的不会再提。

## 命令行里的内容目录

catalogue-too-many = { $file } 超过 { NUMBER($limit) } 项，请分批导入。
catalogue-too-large = { $file } 超过 { NUMBER($megabytes) } MB，请分批导入。
catalogue-no-json = { $file } 第 { $line } 行：不是 JSON。请提供对象数组，每个对象要有 `title`。
catalogue-no-list = { $file } 里没有内容数组。请提供对象数组，每个对象要有 `title`。
catalogue-no-object = { $file }：第 { $line } 项不是带 `title` 的对象。
catalogue-column = { $file } 里有不认识的列「{ $column }」，可用的列：{ $columns }。
catalogue-lines = { $file } 有 { NUMBER($count) } 行无法识别，没有导入任何内容。{ $shown }
catalogue-row = 第 { $line } 行：{ $why }
catalogue-word = 「{ $column }」里的「{ $text }」不在可选范围内：{ $options }。
catalogue-number = 「{ $column }」里的「{ $text }」须为 0 至 { NUMBER($most) } 的整数。
catalogue-day = 「{ $column }」里的「{ $text }」不是日期，请写成 2026-12-24 或 2026-12-24T18:00+08:00。
catalogue-tier = 「{ $title }」要第 { NUMBER($tier) } 档称号，但这个社群只有 0 到 { NUMBER($most) } 档。

## /uplift

command-uplift = 看看推荐有没有用
uplift-counting = 正在比较谁看到了什么推荐，结果稍后发在这里。
uplift-nothing = 还没有可比较的。当我为 50 位同意的成员算好推荐后，其中一部分人会看到热门内容，而不是专属推荐，每八周重新抽取一次。
uplift-title = **「{ $community }」的推荐有用吗？**
uplift-gain-opened = 打开了内容
uplift-gain-finished = 学完了内容
uplift-gain-bought = 用积分兑换了内容
uplift-said =
    每 100 人里，看专属推荐的比看热门的，一周内{ $gain ->
        [opened] 打开
        [finished] 学完
       *[bought] 用积分兑换
    }内容的多 { $points } 人，区间 { $low } 至 { $high }（专属 { NUMBER($own) }，热门 { NUMBER($popular) }）{ $sure ->
        [yes] 。
       *[no] ，还看不出与偶然的差别。
    }
uplift-few =
    { $gain ->
        [opened] 打开
        [finished] 学完
       *[bought] 用积分兑换
    }：数据太少，目前只有每 100 人相差 { NUMBER($points) } 人以上才看得出来（专属 { NUMBER($own) }，热门 { NUMBER($popular) }）。
uplift-waiting =
    { $gain ->
        [opened] 打开
        [finished] 学完
       *[bought] 用积分兑换
    }：还没有满一周的记录，正在观察 { NUMBER($waiting) } 人次。
uplift-worth = 每展示 100 项，一周内被打开的：专属推荐 { $own } 项，热门 { $popular } 项（两者至少各相当于 { NUMBER($shown) } 次展示）。
uplift-picture =
    { $sure ->
        [0] 推荐带来的差别还看不出与偶然不同
       *[other] { NUMBER($count) } 项差别中有 { NUMBER($sure) } 项超出偶然
    }
uplift-foot = { $community } · 专属推荐与热门相比，每周每 100 位成员 · 截至 { $day }
chart-uplift_compared = 推荐的效果
