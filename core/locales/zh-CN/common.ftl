### 各处通用

list-comma = 、
list-colon = ：

## 出错时

fault = 我这边出了点问题，数据没有丢失。如果再次出现，请把编号 { $id } 告诉管理员。
error-unknown-command = 没有 /{ $name } 这个命令。发送 /help 看看我能做什么。
usage-hint = 用法：{ $call }
error-missing = 还缺「{ $option }」。{ $usage }
error-number = { $option }要填整数，「{ $given }」不是。{ $usage }
error-option-range = { $option }要在 { NUMBER($low) } 到 { NUMBER($high) } 之间，「{ $given }」不行。{ $usage }
error-option-choice = { $option }没有「{ $given }」，可选：{ $choices }。{ $usage }
error-option-day = { $option }要填日期，例如 2026-12-24，「{ $given }」不行。{ $usage }
error-file-missing = { $option }：请以文件或图片发送。
error-file-type = { $option }：只收 { $types }，「{ $given }」不行。
error-file-size = { $option }：「{ $given }」超过了 { NUMBER($limit) } MB。
error-file-passing = { $option }：「{ $given }」没能保存。不超过 10 MB 的文件会存在我和你的私聊里：请允许我给你发私信，然后重新提交。
error-file-gone = 「{ $name }」已经不在了，需要提交的人重新提交一次。
error-file-away = 「{ $name }」暂时取不到，请稍后再试。
error-file-large = 「{ $name }」超过 { NUMBER($limit) } MB，太大了，我传不了。
error-surplus = 没看懂「{ $words }」。{ $usage }
error-surplus-none = 这个命令后面不带内容，所以我什么都没做（「{ $words }」）。{ $usage }
error-number-range = { $name } 需要 { NUMBER($low) } 到 { NUMBER($high) } 之间的数字。
error-choice = 「{ $given }」不在可选范围内：{ $choices }。
error-no-member = 没有找到「{ $name }」。
error-no-member-near = 没有找到「{ $name }」。是不是 { $near }？{ $usage }
error-member-unknown = 没有找到「{ $name }」。{ $usage }
error-two-members = 有多位成员叫「{ $name }」，请用 @ 提及对方。{ $usage }
or-between = {" 还是 "}
error-button-gone = 这个按钮已过期。如果它来自某个命令，请重新发送那个命令。
moment = { $day } { $time }（{ $zone }）
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
chat-not-open = 如果你还没有和我私聊过，请先给我发一条消息，否则我可能联系不到你。

## 表单

button-form-open = 打开表单
button-form-further = 继续填写
button-form-change = 修改
button-form-send = 提交
button-form-cancel = 取消
button-form-skip = 跳过
button-form-keep = 保留「{ $value }」
button-form-empty = 留空
button-form-ready = 好了
button-form-on = 继续填那份
button-form-instead = 放弃，填这份
button-form-anew = 重新开始
forms-question = { $title } · 第 { $place } 项，共 { $of } 项
forms-summary = **{ $title }** · 确认一下，对吗？
forms-line = **{ $label }** · { $value }
forms-nothing = 无
forms-further = 已填 { $done } 项，共 { $of } 项，会保留一天。
forms-late = 刚才太慢了，请再点一次。
forms-another = 「{ $title }」还没填完，一个聊天里一次只能填一份。
forms-cancelled = 「{ $title }」已取消，什么都没提交。
forms-gone = 「{ $title }」已过期：表单只保留一天。
forms-fallback = { $name }，这些我在私聊里问你。打开私聊，点「开始」就能接着填。
forms-file-after = { $help }{ $file }
forms-file-help = 最大 { NUMBER($limit) } MB：{ $types }
forms-file-kept = 已有「{ $name }」，再交一个会替换它。

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
entry-activity = 参加活动
entry-bounty = 悬赏提问
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
entry-purchase =
    { $noted ->
        [yes] *{ $note }*
       *[no] 一项内容
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

study-counting = 正在统计，稍等片刻就给你结果。
study-nothing = 目前还没有可以统计的内容。等大家聊一阵再来问我吧。
