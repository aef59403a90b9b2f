"""Made-up pictures in both languages, and names that people give themselves to see what breaks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import scipy.sparse as sp

from core.analysis.layout import Floats, Ints, network_map
from core.domain.pictures import (
    Board,
    BoardRow,
    Card,
    Certificate,
    Chart,
    NetworkMap,
    Picture,
    Series,
)
from tests.world.figures import figures, waves

DAYS = (3, 0, 5, 8, 2, 0, 0, 6, 9, 12, 4, 7, 0, 3, 11, 8, 6, 5, 0, 9, 14, 10, 3, 7, 8, 2, 6, 13, 9, 5)

HOSTILE_NAMES = (
    "",
    " \t\n ",
    "\u202e\u2066\u200b\u0000",
    "Z" + "\u0301" * 10_000,
    "Ṱ̈̃h̷̛e̸͝ ̶N̵o̷i̸s̷y̴ ̴O̶n̵e̴",
    "\u0301\u0301Ana",
    "Maximiliana " * 40,
    "W" * 500,
    "李" * 300,
    "محمد علي بن عبد الرحمن",
    "שירה כהן",
    "สมชาย ใจดี",
    "अनिल कुमार",
    "김민수",
    "გიორგი",
    "👩‍👩‍👧‍👦🔥🏳️‍🌈",
    "Ana 🔥 Ω≈ç√",
    "a\nb\tc",
    "𝕬𝖓𝖆",
    "\ue000\U000f0000",
    "``**__[x](y)<b>&amp;",
)


def card(name: str = "Ana") -> Card:
    """Return an English card."""
    return Card(
        name=name,
        level=17,
        level_label="Level",
        progress=0.42,
        points="17,065 points earned",
        bar_label="1,310 to level 18",
        tier="Contributor",
        rank="rank 34 of 966",
        streak="9-day streak",
        days=DAYS,
        days_label="177 messages in 30 days",
    )


def card_zh(name: str = "李伟") -> Card:
    """Return a Chinese card."""
    return Card(
        name=name,
        level=17,
        level_label="等级",
        progress=0.42,
        points="累计 17,065 分",
        bar_label="距 18 级还差 1,310 分",
        tier="贡献者",
        rank="第 34 名（共 966 人）",
        streak="连续签到 9 天",
        days=DAYS,
        days_label="近 30 天 177 条消息",
    )


def crowded_card() -> Card:
    """Return a card on which every text is too long."""
    return Card(
        name="Ana María del Carmen Fernández-Santos y Hohenstein",
        level=1_234_567,
        level_label="Erfahrungsstufe der Gemeinschaft",
        progress=7.0,
        points="999,999,999,999 points earned in a lifetime of talking to people",
        bar_label="1,310,000,000 points to level 1,234,568 and a few words more",
        tier="Honorary chair of the board of the community",
        rank="rank 1,000,000 of 1,000,000 in this community",
        streak="9,999-day streak that goes on and on and on",
        days=(0,) * 29 + (1,),
        days_label="177,000,000 messages in the last 30 days of it all",
    )


def certificate(name: str = "Ana") -> Certificate:
    """Return an English certificate."""
    return Certificate(
        heading="Certificate",
        name=name,
        done="went through to the end of",
        topic="Pandas in practice",
        steps="6 milestones, all of them done",
        foot="Data Kitchen · 14 December 2026",
    )


def certificate_zh(name: str = "李伟") -> Certificate:
    """Return a Chinese certificate."""
    return Certificate(
        heading="结业证书",
        name=name,
        done="完成了共学",
        topic="Pandas 实战",
        steps="全部 6 个任务均已完成",
        foot="数据厨房 · 2026年12月14日",
    )


def board(names: tuple[str, ...] = ("李伟", "Ana", "Noor", "Dmitri Волков", "山田 太郎", "محمد علي")) -> Board:
    """Return a board with a gap and one's own row below it."""
    rows = tuple(BoardRow(rank=i + 1, name=name, points=12_612 // (i + 1)) for i, name in enumerate(names))
    me = BoardRow(rank=len(names) + 24, name="Tomás", points=61, is_me=True, after_gap=True)
    return Board(
        title="李伟 leads the last 30 days with 12,612 points",
        rows=(*rows, me),
        foot="Points earned by 966 members of Data Kitchen, 2 May to 31 May 2026",
    )


def samples() -> dict[str, Picture]:
    """Return a picture of each kind in both languages, and those that are hard to draw."""
    days_en = tuple(f"{i} May" for i in range(1, 31))
    days_zh = tuple(f"5月{i}日" for i in range(1, 31))
    weeks = tuple(f"第{i}周" for i in range(1, 13))
    counted = "Counted: 4,120 messages of 312 members in 3 rooms, 1 May to 31 May 2026, by the day in Europe/Berlin"
    return {
        "card-en": card(),
        "card-zh": card_zh(),
        "card-crowded": crowded_card(),
        "certificate-en": certificate(),
        "certificate-zh": certificate_zh(),
        "certificate-rtl": replace(certificate("محمد علي 🎓"), topic="مقدمة في بايثون 🐍"),
        "certificate-crowded": replace(
            certificate("Ana María del Carmen Fernández-Santos y Hohenstein zu Langenburg"),
            topic="Everything there is to know about data frames, " * 3,
            foot="The community of those who cook with data, " * 3,
        ),
        "board-en": board(),
        "board-zh": Board(
            title="近 30 天，李伟以 12,612 分领先",
            rows=(
                BoardRow(rank=1, name="李伟", points=12_612),
                BoardRow(rank=2, name="王芳", points=9_540, is_me=True),
                BoardRow(rank=3, name="Noor", points=8_498),
            ),
            foot="「数据厨房」966 位成员在 2026 年 5 月 2 日至 31 日获得的积分",
        ),
        "board-empty": Board(title="Nobody has points yet", rows=(), foot="0 of 3 members"),
        "line-en": Chart(
            title="#help talks more than #general and #showcase together on most days of May",
            foot=counted,
            kind="line",
            x=days_en,
            series=tuple(
                Series(label=label, values=waves(i, base))
                for i, (label, base) in enumerate((("#help", 60), ("#general", 40), ("#showcase", 38)))
            ),
        ),
        "line-zh": Chart(
            title="五月每天发言的成员多了一半",
            foot="统计范围：312 位成员的 4,120 条消息，2026 年 5 月 1 日至 31 日（上海时间）",
            kind="line",
            x=days_zh,
            series=(Series(label="发言成员", values=waves(5, 20)),),
        ),
        "line-many": Chart(
            title="Half of the newcomers of May stayed",
            foot="Counted: 96 newcomers of May, until 30 June",
            kind="line",
            x=tuple(f"week {i}" for i in range(8)),
            series=tuple(
                Series(label=f"Month {m}", values=(100, 70 - m, None, 50 - m, 40, None, None, 35 - m))
                for m in range(14)
            ),
            unit="%",
        ),
        "bar-en": Chart(
            title="The weekly teardown brings the most people back",
            foot="Members who came back within 7 days of a run, of all who took part; 14 runs until 31 May 2026",
            kind="bar",
            x=("Weekly teardown", "Ask me anything with Noor", "Study hall", "Book circle: Pandas in practice, 1–12"),
            series=(Series(label="came back", values=(71.4, 58, -22.5, None)),),
            unit="%",
        ),
        "bar-zh": Chart(
            title="每周拆解最能让人回来",
            foot="活动后 7 天内回来的成员占参与者的比例，共 14 场，截至 2026 年 5 月 31 日",
            kind="bar",
            x=("每周拆解", "问答时间", "自习室"),
            series=(
                Series(label="参与者", values=(71.4, 58, 43)),
                Series(label="对照组", values=(41, 40, 39)),
            ),
            unit="%",
        ),
        "column-en": Chart(
            title="Tuesdays are the busiest",
            foot="Counted: 4,120 messages of 312 members, May 2026",
            kind="column",
            x=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
            series=(Series(label="messages", values=(510, 880, 640, 600, 560, 410, 520)),),
        ),
        "column-zh": Chart(
            title="成员数净增 41 人，三月有所回落",
            foot="统计范围：每月加入减去离开的成员数，2025 年 6 月至 2026 年 5 月",
            kind="column",
            x=tuple(f"{month}月" for month in (6, 7, 8, 9, 10, 11, 12, 1, 2, 3, 4, 5)),
            series=(Series(label="净增", values=(12, 8, 5, -2, 6, 7, -4, 9, 3, -11, 2, 6)),),
        ),
        "multiples-en": Chart(
            title="Answers came faster, and fewer people carry the talk",
            foot="Five measures a week over 12 weeks until 31 May 2026; each panel has its own scale; 966 members",
            kind="multiples",
            x=tuple(f"week {i}" for i in range(1, 13)),
            series=(
                Series(label="Newcomers answered", values=(51, 52, 50, 55, 58, 61, 60, 66, 69, 70, 74, 78)),
                Series(label="Minutes to an answer", values=(94, 90, 97, 80, 71, 65, 66, 60, 52, 41, 40, 36)),
                Series(label="Reciprocity", values=tuple(0.3 + i / 100 for i in range(12))),
                Series(label="Concentration (Gini)", values=tuple(0.8 - i / 100 for i in range(12))),
                Series(label="Fragmentation", values=(0.22, None, 0.2, *(None,) * 8, 0.17)),
            ),
            own_scales=True,
        ),
        "multiples-zh": Chart(
            title="四个圈子里，数据圈长得最快",
            foot="统计范围：每周在圈内发言的成员数，12 周，截至 2026 年 5 月 31 日",
            kind="multiples",
            x=weeks,
            series=tuple(
                Series(label=label, values=tuple(base + slope * i + (i * 5) % 4 for i in range(12)))
                for label, base, slope in (("数据圈", 10, 4), ("写作圈", 20, 1), ("产品圈", 30, 0), ("新手圈", 12, 2))
            ),
        ),
        "line-nothing": Chart(
            title="Too few to say",
            foot="0 of 30 days",
            kind="line",
            x=("1 May",),
            series=(Series(label="a", values=(None,)), Series(label="b", values=(0,))),
        ),
        "chart-empty": Chart(title="Nothing yet", foot="0 messages", kind="bar", x=(), series=()),
        **figures(),
        "map-en": community_map(300, 6),
        "map-zh": community_map(60, 4, chinese=True),
        "map-empty": NetworkMap(title="Nobody yet", foot="0 members", people=(), ties=(), cloud=(), circles=()),
    }


def community(members: int, circles: int, *, seed: int = 1) -> tuple[sp.csr_array, Ints, Floats]:
    """Return ties, circle and importance of a community with planted circles and heavy-tailed activity."""
    chance = np.random.default_rng(seed)
    size = 1 / np.arange(1, circles + 1)
    circle = np.sort(chance.choice(circles, members, p=size / size.sum())).astype(np.int64)
    activity = chance.pareto(1.3, members) + 0.1
    drawn = members * 10
    source = chance.choice(members, drawn, p=activity / activity.sum())
    target = chance.choice(members, drawn, p=activity / activity.sum())
    for each in range(circles):
        inside = np.flatnonzero(circle == each)
        stays = np.flatnonzero((circle[source] == each) & (chance.random(drawn) < 0.85))
        if len(inside):
            target[stays] = chance.choice(inside, len(stays), p=activity[inside] / activity[inside].sum())
    ties = sp.coo_array((np.ones(drawn), (source, target)), (members, members)).tocsr()
    return ties, circle, np.asarray(ties.sum(0), np.float64).ravel()


def dense_map(*, chinese: bool = False) -> NetworkMap:
    """Return the map of 300 people in one breath of talk, with names of up to 24 letters, Latin and Chinese."""
    given = (
        "Maximiliana",
        "Jo",
        "Chukwuemeka",
        "李小龙",
        "Ana",
        "member0636",
        "欧阳娜娜",
        "Бронислава",
        "Konstantinos",
    )
    family = (" Papadopoulou", " Fernández", "", " 数据分析师", " Okonkwo-Lind", " von der Heide")
    if chinese:
        given, family = (
            (*given[3:7:3], "数据圈小助手", "陈静", "爱学习的产品经理"),
            ("", "老师", "（早起打卡第三期学员互助小组组长）"),
        )
    names = [(given[i % len(given)] + family[i // 3 % len(family)])[:24] for i in range(300)]
    ties, circle, importance = community(300, 9, seed=4)
    labels = {i: f"{i + 1} #room-{i + 1}" for i in range(6)}
    title = "九个圈子，彼此往来密切" if chinese else "Nine circles that talk with each other"
    foot = "统计范围：300 人" if chinese else "Ties of 300 people"
    return network_map(ties, circle, importance, names, labels, title=title, foot=foot)


def community_map(members: int, circles: int, *, chinese: bool = False) -> NetworkMap:
    """Return the map of a made-up community; every seventeenth member may not be named."""
    given = ("李伟", "王芳", "张敏", "刘洋", "陈静") if chinese else ("Ana", "Noor", "Mei", "Tariq", "Lucía", "李伟")
    family = ("", "老师", "同学") if chinese else ("", " Silva", " Khan", " Fernández-Santos")
    topics = ("问答", "写作圈", "产品圈", "数据圈") if chinese else ("#help", "#pandas", "#career", "#reading")
    names = [given[i % len(given)] + family[i // 7 % len(family)] if i % 17 else "" for i in range(members)]
    ties, circle, importance = community(members, circles)
    return network_map(
        ties,
        circle,
        importance,
        names,
        {i: topics[i % len(topics)] for i in range(circles)},
        title="四个圈子，彼此往来最多的是问答和产品圈" if chinese else "Ana and 李伟 hold six circles together",
        foot=f"统计范围：{members} 位成员 90 天内的往来" if chinese else f"Ties of {members} members over 90 days",
    )
