"""Polarity of a short text in English or Chinese, by a list of words of Kith's own: nothing is learned or kept.

Each known word counts +2 or −2; a degree word before it makes that 3 or 1, a negation before it turns the sign, both
as far as `REACH` words or characters, and not past a mark that ends a clause. What is longer is found before what is
part of it (不错 before 错). The sign of the sum is the polarity: what Taboada and others (2011) do, with fewer words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from core.domain.polarity import Polarity

REACH = 4  # words, or characters of Chinese
_POSITIVE = """
good great nice awesome amazing excellent fantastic wonderful brilliant perfect lovely beautiful cool superb best
better glad happy happier pleased delighted excited exciting grateful thankful thank thanks thx love loves loved
loving enjoy enjoys enjoyed enjoying enjoyable fun funny helpful useful clear easy easier interesting inspiring
inspired impressive impressed insightful valuable recommend recommended congrats congratulations congratulation bravo
kudos welcome proud hope hopeful hoping win wins won success successful succeeded solved solves fixed works friendly
kind kindly generous supportive support appreciate appreciated appreciates yay hooray wow haha lol improved
improvement improves progress amazingly beautifully well wonderfully favorite favourite outstanding worth worthwhile
satisfied satisfying smooth smoothly elegant clever smart stunning incredible thrilled relieved cheers i|like
really|like we|like would|like look|forward looking|forward no|problem no|worries well|done not|bad can't|wait
cannot|wait great|job
不错 那么好 这么好 非常好 太好 特别好 挺好 超好 蛮好 都好 没问题 没毛病 没错 很好 真好 太好了 好棒 好用 好看 好听 好玩
好吃 好处 好消息 好评 好人 好友 好文 好课 好东西 好喜欢 好开心 最好的 更好 做得好 讲得好 写得好 棒 赞 爱 牛逼 牛人
厉害 优秀 精彩 完美 漂亮 美丽 美好 可爱 喜欢 喜爱 热爱 开心 高兴 快乐 幸福 愉快 满意 感谢 谢谢 多谢 感恩 感动 感激
恭喜 祝贺 祝福 点赞 支持 鼓励 加油 有用 有帮助 有意思 有趣 有收获 收获 受益 实用 清晰 很清楚 非常清楚 清楚易懂 易懂
简单 轻松 方便 顺利 成功 解决了 搞定 进步 提升 期待 值得 超值 推荐 强烈推荐 欢迎 友好 热情 耐心 贴心 用心 专业 靠谱
靠得住 舒服 舒适 惊喜 惊艳 佩服 崇拜 骄傲 自豪 振奋 激动 兴奋 哈哈 嘻嘻 给力 到位 良心 干货 学到了 涨知识 受用
性价比高 物美价廉 划算 安心 放心 温暖 出色 卓越 经典 感人 深刻 启发 忍不住点赞 辛苦了 爱了 真香 赞同 同意 认可 健康
迷人 细致 周到 幽默 聪明 值了 太强了 真强 很强
👍 👏 🙏 🎉 🔥 💯 🥰 😍 🤩 😊 💪 🏆 🙌 😁 😂 😀 🙂 💖 ❤ 🥳 ✨ 😄 😃 😎
"""
_NEGATIVE = """
bad worse worst terrible horrible awful poor poorly sad sadly unhappy upset angry annoyed annoying annoys mad furious
hate hates hated hating dislike disliked disappointed disappointing disappointment disappoints frustrated frustrating
frustration boring bored confused confusing useless worthless pointless wrong broken breaks broke bug bugs buggy crash
crashes crashed crashing fail fails failed failing failure error errors trouble difficult hard stuck lost lose loses
losing slow slower laggy expensive overpriced scam spam fraud cheat cheated liar lie lies fake ugly stupid dumb idiot
idiotic nonsense ridiculous rubbish garbage trash crap shit sucks suck damn hell fuck fucking wtf pain painful hurt
hurts sick tired exhausted stress stressed stressful worry worried worrying afraid scared fear fears anxious nervous
lonely regret regrets sorry unfortunately complain complaint complaints complained mess messy waste wasted wasting
rude toxic insult insulting unfair unfriendly unacceptable inferior mediocre dull lame weak cry crying cried miserable
depressed depressing hopeless impossible unclear outdated misleading refund tedious lazy unfunny shame pathetic
ashamed fed|up give|up gave|up too|long waste|of|time
坏 差 烂 糟 糟糕 差劲 太差 差评 很差 好差 好烂 垃圾 恶心 讨厌 烦 烦人 烦躁 好烦 厌烦 生气 气死 愤怒 恼火 气人 难过
伤心 悲伤 悲哀 痛苦 痛心 可怜 可惜 可恨 可恶 可怕 害怕 恐怖 担心 焦虑 紧张 压力大 郁闷 沮丧 失望 失落 绝望 后悔 遗憾
无聊 无语 无奈 无用 没用 没意思 没劲 没救 没收获 累 好累 累死 疲惫 难受 难看 难听 难吃 难用 难懂 太难 好难 很难懂 困难
麻烦死 出错 错误 报错 错了 错漏 故障 崩溃 崩了 失败 挂了 卡死 卡顿 太卡 闪退 太慢 很慢 好慢 有问题 出问题 问题严重
毛病 漏洞 骗 骗子 被骗 骗人 欺骗 上当 坑人 坑爹 太坑 被坑 假货 虚假 忽悠 浪费 不值 太贵 好贵 很贵 贵了 吐槽 投诉 退款
退货 抱怨 批评 骂 傻 傻逼 蠢 愚蠢 笨 智障 脑残 白痴 滚 他妈的 妈的 操 靠北 妈蛋 丑 丑陋 脏 臭 粗糙 粗鲁 敷衍 冷漠 恶劣
低级 低劣 劣质 混乱 乱七八糟 啰嗦 枯燥 乏味 看不下去 听不懂 看不懂 受不了 不行 不爽 不满 不好 不便 不足 不快 坑 哭
呜呜 唉 晕 倒霉 惨 悲剧 生病 疼 头疼 孤独 委屈 尴尬 失误 脱节 脆弱 破 假的 骚扰 后怕 严重 堵 吵 吵架 噪音 缺点 缺陷
损坏 破损 破烂 拖沓 俗套 做作 平庸 过时 误导
👎 😞 🙁 ☹ 😢 😭 😡 😠 🤬 😤 😩 😫 💔 🤮 🤢 😱 😨 😰
"""
_NEGATION = """
not no never none without cannot hardly barely don't doesn't didn't isn't aren't wasn't weren't won't wouldn't can't
couldn't shouldn't haven't hasn't hadn't ain't dont doesnt didnt isnt arent wasnt wont cant nothing nobody nor neither
lack lacks
不 没 没有 别 未 并非 毫无 不是 不太 不够 不怎么 不用 不要 不会 不能 不想 不再 从不 从没 从来没 缺乏 谈不上
"""
_STRONG = """
very really so extremely super totally absolutely incredibly truly highly quite too such damn|good
非常 很 太 特别 十分 极其 超 超级 真 真的 好 好好 最 更 尤其 相当 格外 无比 挺 蛮
"""
_WEAK = (
    "slightly somewhat a|bit a|little kinda kind|of sort|of little partly 有点 有点儿 有些 稍微 略 略微 还算 比较 稍"
)
# What says neither, though a part of it would.
_NEITHER = """
i'd|like would|like|to as|well hard|drive hard|disk hardware good|morning good|night good|evening good|afternoon
no|idea how|so so|far so|that so|what as|good|as not|only not|sure well|then thank|god|it's
好的 好吧 你好 您好 大家好 早上好 上午好 中午好 下午好 晚上好 各位好 好像 好多 好几 好久 好些 只好 爱好 正好 刚好 恰好
还好 好奇 好不好 好不容易 好似 最好 好歹 偏好 好比 友好城市 好了 做好 看好 写好 买好 准备好 学好 用好 设好 装好 搞好
是不是 要不要 能不能 会不会 可不可以 行不行 对不对 有没有 想不想 知不知道 不知道 不好意思 不同 不过 不仅 不但 不断
不少 不管 不如 不然 不久 不论 不一定 不只 不止 不得不 要不 差不多 差别 差异 差距 时差 出差 差点 差一点 别人 别的 区别
级别 分别 性别 类别 识别 个别 告别 别墅 辨别 没关系 没事 对不起 难道 难度 难怪 难免 难得 坏处 破解 突破 美国 慢慢 痛快
操作 操场 体操 节操 情操 假期 假如 假设 请假 放假 寒假 暑假 假日 真假 滚动 丑闻 小丑 爱情 爱国 爱心 恋爱 爱人 简单来说
简单说 有什么问题 问题 烂漫 灿烂 坑位 未来 未必 未知 哭笑不得 太阳 太太 太平 更新 更改 更换 变更 最近 最后 最终 最新
最初 真实 真正 真相 认真 超过 超市 超出 很多 很少 太多 赞助 爱奇艺 棒球 破产 打破 痛点 疼爱 错过
"""
_ENDS = frozenset('.,!?;:\n。，！？；：、…（）()"“”「」')
_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?|[一-鿿]|[.,!?;:\n。，！？；：、…（）()\"“”「」]|[☀-➿\U0001f300-\U0001faff]")
_SIGN, _DEGREE = {"+": 1, "-": -1}, {"strong": 3, "weak": 1}
_USUAL = 2
Words = tuple[str, ...]


def polarity(text: str) -> Polarity:
    """Return the polarity of a text: neutral where it has no known words, or as much of both."""
    total = _score(text)
    return Polarity.POSITIVE if total > 0 else Polarity.NEGATIVE if total < 0 else Polarity.NEUTRAL


def _score(text: str) -> int:
    total, negated, degree, left = 0, False, _USUAL, 0
    for means in _meanings(_tokens(text)):
        if means in _SIGN:
            total += _SIGN[means] * degree * (-1 if negated else 1)
            left = 0
        elif means == "not":
            negated, left = not negated, REACH
        elif means in _DEGREE:
            degree, left = _DEGREE[means], max(left, REACH)
        else:
            left = 0 if means == "end" else left - 1
        if left <= 0:
            negated, degree, left = False, _USUAL, 0
    return total


def _tokens(text: str) -> list[str]:
    """Return words of Latin letters, characters of Chinese, marks that end a clause, and emoji, in order."""
    return _TOKEN.findall(text.casefold().replace("’", "'"))


def _meanings(tokens: list[str]) -> Iterator[str]:
    """Yield what each of the tokens means, the longest known sequence of them first, "" for what isn't known."""
    at = 0
    while at < len(tokens):
        for size in _SIZES.get(tokens[at], ()):
            means = _LEXICON.get(tuple(tokens[at : at + size]))
            if means is not None:
                yield means
                at += size
                break
        else:
            yield "end" if tokens[at] in _ENDS else ""
            at += 1


def _lexicon() -> dict[Words, str]:
    """Return what each known sequence of tokens means."""
    lists = {"+": _POSITIVE, "-": _NEGATIVE, "not": _NEGATION, "strong": _STRONG, "weak": _WEAK, "": _NEITHER}
    return {tuple(_tokens(each.replace("|", " "))): means for means, words in lists.items() for each in words.split()}


def _sizes(lexicon: dict[Words, str]) -> dict[str, list[int]]:
    """Return how many tokens the known sequences have, by their first one, the most first."""
    found: dict[str, set[int]] = defaultdict(set)
    for words in lexicon:
        found[words[0]].add(len(words))
    return {first: sorted(sizes, reverse=True) for first, sizes in found.items()}


_LEXICON = _lexicon()
_SIZES = _sizes(_LEXICON)
