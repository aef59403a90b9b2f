### 社群关系网与图

## 社群关系网

network-counting = 正在统计谁和谁有往来，稍等片刻就给你结果。
network-no-ties = 目前还没有人互相回复、提及或感谢，暂时画不出关系网。等大家聊一阵再来问我吧。
network-too-few = 往来关系太少，还谈不上圈子：需要 { NUMBER($needed) } 条，现在有 { NUMBER($ties) } 条。
network-others-only = { NUMBER($count) } 人
network-and-others = { $names } 等 { NUMBER($count) } 位其他成员
circle-name = 圈子 { NUMBER($id, useGrouping: 0) }
circle-name-room = #{ $room }{ $known ->
        [yes] {" "}· { $people }
       *[no] {""}
    }
circle-name-number-room = #{ $room } · 圈子 { NUMBER($id, useGrouping: 0) }

circle-people = { $few ->
        [yes] 不到五人
       *[no] { NUMBER($size) } 人
    }

## /network

command-network = 查看社群关系图：有哪些圈子，谁把大家连在一起
network-title-plain = { $community }：谁和谁有往来
network-title = { $community } 形成了 { NUMBER($circles) } 个圈子
network-foot = { NUMBER($people) } 人，累计 { NUMBER($ties) } 条往来（回复、提及、表情、感谢）· 截至 { $day } · 往来的分量每 30 天减半
network-people = 截至 { $day }，共有 { NUMBER($people) } 人发过言、点过表情或被人找过{ $quiet ->
        [0] {""}
       *[other] （其中 { NUMBER($quiet) } 人自己没发过言）
    }；{ NUMBER($tied) } 人和别人有往来，累计 { NUMBER($ties) } 条。
network-no-circles = 还没有形成三人以上的圈子。
network-circles =
    { $circles ->
        [1] 三人以上的圈子只有一个：「{ $largest }」，{ $people }
       *[other] 三人以上的圈子有 { NUMBER($circles) } 个，最大的是「{ $largest }」，{ $people }
    }{ $apart ->
        [one] 。
        [parts] ；彼此没有来往。
        [clear] ；交流大多在圈子内部。
        [some] ；圈子分明，彼此也有来往。
       *[little] ；大家来往密切，圈子的边界并不明显。
    }
network-hub = { $name } 被 { NUMBER($people) } 人找过，占其他有往来成员的 { NUMBER($share) }%。
network-no-bridge = 没有谁在中间牵线：有往来的人都是直接交流。
network-bridge = 任意两人之间的最短路径，有 { NUMBER($share) }% 要经过 { $name }。
network-bridge-bot =
    { $people ->
        [0] { $name } 在替别处的人转发消息。
       *[other] { $name } 在替别处的 { NUMBER($people) } 人转发消息。
    }从现在起要不要逐个统计？
network-bridge-each = 要，逐个统计
network-bridge-none = 不用，不统计
network-answered = 这些往来里有 { NUMBER($share) }% 是双向的；{ $parts ->
        [1] 顺着往来，谁都能找到谁。
       *[other] 关系图分成 { NUMBER($parts) } 块，没和人往来过的各算一块。
    }
network-nobody-named = 这里一个名字都不能提：{ NUMBER($people) } 位成员里，还没有谁同意出现在名单上（或还没有名字）。
network-invite = 想让谁出现在名单里，得由本人同意：发 `/consent personal`，或者私聊我发 /start，再点「{ $button }」。不妨请大家试试。
network-only-personal = 只列出同意的成员：{ NUMBER($of) } 人中的 { NUMBER($named) } 人。截至 { $day }。
error-personal-only = 未经本人同意，我不会分析单个成员。想看自己的，请先用 /consent personal。

## /keypeople

command-keypeople = 查看关键人物：核心、桥梁、迎新和新星，以及少了他们会怎样
keypeople-hubs = **核心**：大家最常找的人
keypeople-hub = { $name } · { NUMBER($people) } 人找过，占全部互动的 { NUMBER($share) }%
keypeople-bridges = **桥梁**：连接不同圈子的人
keypeople-bridge = { $name } · 与 { NUMBER($circles) } 个圈子有往来，任意两人间的最短路径有 { NUMBER($share) }% 经过此人
keypeople-welcomers = **迎新**：近十二周里，新人来了先接话的人
keypeople-welcomer = { $name } · 最先回应了 { NUMBER($newcomers) } 位新人，一般在 { NUMBER($hours) } 小时内
keypeople-rising = **新星**：比四周前更受关注的人
keypeople-rise = { $name } · 关注度是四周前的 { NUMBER($times) } 倍，来自 { NUMBER($people) } 人
keypeople-unnamed-bridges = 有 { NUMBER($people) } 人同时和不止一个圈子有往来。
keypeople-unnamed-between = 其中 { NUMBER($people) } 人连着「{ $one }」和「{ $other }」。
keypeople-unnamed-share = 居中牵线最多的十个人，占全部往来分量的 { NUMBER($share) }%。
keypeople-risk = **如果他们离开**
keypeople-lost =
    { $count ->
        [0] { $name } · 牵涉 { NUMBER($share) }% 的往来，少了这个人，也没有谁会失联。
       *[other] { $name } · 牵涉 { NUMBER($share) }% 的往来，会和大家失联的有：{ $people }。
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
circles-small = 不到五人的圈子：{ $circles }。
circles-merged = 本周另有 { NUMBER($count) } 个圈子并入了「{ $into }」。
circles-split = { $there ->
        [yes] 本周从「{ $of }」分出：{ $into }。
       *[no] 上周还是一个圈子，本周已经分开：{ $into }。
    }
circles-born = 本周新出现：{ $circles }。
option-circles-circle-name = 圈子
option-circles-circle = 圈子编号，帮它张罗点事
option-circles-link-name = 链接
option-circles-link = 你为它建的 Telegram 群的邀请链接
circles-propose = 帮 { $circle } 张罗
circles-gone = 这个圈子已经不在了。用 /circles 查看现在的圈子。
circles-ways =
    {""}**{ $circle }** 有 { $people }。现在什么都还没发；不管选哪种，我都会先给你看内容。
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
circles-choose-role = 选择身份组
circles-do-role = 身份组：{ $role }
circles-dry-run =
    还没有发送。我会在 { $where } 发出：
    「{ $words }」{ $button ->
        [none] {""}
       *[other] {" "}[{ $button }]
    }
    那里的人都能看到；{ $few ->
        [yes] 圈子里在这个平台的不到五人
       *[no] 圈子的 { NUMBER($size) } 人中有 { NUMBER($reach) } 人在这个平台
    }。不点名，也不会给任何人发私信。
circles-then-room = 除此之外什么都不会发生。
circles-then-role = 圈里的人 14 天内点了按钮，就会得到身份组「{ $role }」，其他人不受影响。
circles-then-group = 圈里的人 14 天内点了按钮，就能看到链接，其他人看不到。
circles-send = 发送
circles-sent = 已发到 { $where }。
circles-join = 加入
circles-invitation-room = 你们当中有{ $few ->
        [yes] 几个人
       *[no] {" "}{ NUMBER($size) } 人
    }经常互相聊天{ $placed ->
        [yes] ，大多就在 { $room }。这里就当作你们的地盘吧：提问、约局、分享，都可以。
       *[no] 。挑一个频道当作你们的地盘吧：提问、约局、分享，都可以。
    }
circles-invitation-role = 你们当中有{ $few ->
        [yes] 几个人
       *[no] {" "}{ NUMBER($size) } 人
    }经常互相聊天。这里有个为你们准备的身份组：{ $role }。如果你是其中一员又想要，点下面的按钮；不会硬拉任何人。
circles-invitation-group = 你们当中有{ $few ->
        [yes] 几个人
       *[no] {" "}{ NUMBER($size) } 人
    }经常互相聊天。这里有个为你们准备的群。如果你是其中一员又想进，点下面的按钮；不会硬拉任何人。
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
       *[other] {" "}· 常去的频道相似度 { NUMBER($alike) }%
    }

## /chart

command-chart = 用图表看社群的数据
option-chart-name = 看哪一张；不填就列出全部
option-chart-name-name = 图表
charts-which = 想看哪一张图？
charts-unknown = 没有叫「{ $given }」的图表。现有：{ $charts }。
charts-too-little = 数据还太少，画不出这张图。
chart-health_trend = 每周健康走势

## /health

command-health = 查看社群健康状况、近 12 周趋势和最不寻常的变化
health-title = 截至 { $day } 的四周里，{ NUMBER($people) } 人之间有 { NUMBER($ties) } 条往来（累计 { NUMBER($ever) } 条）。
health-reciprocity = 你来我往的占 { NUMBER($share) }%，其余还只是一头热。
health-decentralisation = 去中心化程度 { NUMBER($share) }%：100 就是大家认识的人一样多，0 就是全围着一个人转。
health-fragmentation =
    { $apart ->
        [none] 随便挑两个人，直接或者托人，总能搭上话。
        [few] 随便挑两个人，几乎总能搭上话，怎么托人也搭不上的不到 1%。
       *[some] 随便挑两个人，有 { NUMBER($share) }% 的可能怎么托人也搭不上话。
    }
health-gini = 活跃集中度（基尼系数）{ NUMBER($share) }%：0 是人人一样活跃，100 是全靠一个人撑着。
health-newcomers = 截至 { $day } 的四周里，有 { NUMBER($count) } 位新人来了并发过言，{ NUMBER($share) }% 一周内有人接话，其中一半等了不到 { $unit ->
        [minutes] { NUMBER($wait) } 分钟
       *[hours] { NUMBER($wait) } 小时
    }。
health-newcomers-alone = 截至 { $day } 的四周里，有 { NUMBER($count) } 位新人来了并发过言，一周内都没人接话。
health-few-newcomers = 截至 { $day } 的四周里，新来并发过言的不到五人，人数太少，看不出接待得怎么样。
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
health-foot = 每个点统计此前四周，共 { NUMBER($weeks) } 周 · 最近四周 { NUMBER($people) } 人 · 截至 { $day }

## /mycircle

command-mycircle = 查看你和谁有往来、你的圈子、你常帮谁、谁常帮你
mycircle-none = 你还没有和别人往来。回复别人，或者用 /thanks 道谢吧。
mycircle-ties = 你和 { NUMBER($people) } 人有往来：你找过 { NUMBER($to) } 人，{ NUMBER($by) } 人找过你。
mycircle-circle = 你的圈子：{ $circle }，{ $people }。
mycircle-help = 你最常找的人：{ $names }。
mycircle-not-yours = 这条邀请是给某个圈子的；按目前的往来情况，你不在这个圈子里。
mycircle-role = 欢迎，身份组马上就到。
mycircle-link = 欢迎，从这里进群。
mycircle-open = 打开群
mycircle-helped = 最常找你的人：{ $names }。

## kith report

report-title = { $community } 社群报告
report-made = 截至 { $day }。只列出同意的成员。
report-section-activity = 活跃
report-section-stay = 留存
report-section-ties = 社群网络
report-section-groups = 分群
report-section-voices = 成员心声
report-section-content = 内容
report-section-effects = 效果
report-save = 保存为 PNG
report-save-svg = 保存为 SVG
report-enlarge = 放大或缩小
report-network = 关系图
report-keypeople = 关键人物
report-circles = 圈子
report-newcomers = 新人
report-connect = 值得认识
report-health = 健康状况
report-nothing = 「{ $community }」的数据还太少，没有可写进报告的内容。

## Polls, where a platform has none of its own that could ask it

poll-question = **{ $question }**
poll-option = · { $option }
poll-count = · { $option }：{ NUMBER($count) } 票
poll-how-one = 点按钮投票，再点一次就撤回。
poll-how-several = 可以多选，再点一次就撤回那一项。
poll-how-anonymous = 点按钮投票。不会告诉任何人谁选了什么。
poll-how-quiz = 以第一次的回答为准。
poll-yours = 你选了：{ $chosen }。
poll-taken-back = 已撤回你的投票。
poll-left-out = 你选择了不被记录，所以这一票不会保存。想改的话用 /privacy。
poll-quiz-right = 答对了。{ $known ->
        [yes] { $explanation }
       *[no] {""}
    }
poll-quiz-wrong = 差一点，正确答案是：{ $right }。{ $known ->
        [yes] { $explanation }
       *[no] {""}
    }
poll-quiz-again = 你已经答过了。{ $told }
