"""Made-up figures of a history in both languages: lines with bands, cells, calendars, forests and funnels."""

from __future__ import annotations

import math
import random

from core.domain.pictures import (
    Calendar,
    Cells,
    Chart,
    Day,
    Effect,
    Forest,
    Funnel,
    Picture,
    Reference,
    Series,
    Stage,
)

WEEKDAYS = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
}


MONTHS = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "zh": tuple(f"{month}月" for month in range(1, 13)),
}


LONG_NAMES = (
    "数据分析与产品增长实战训练营第三期早起打卡互助小组（周末班）",
    "محمد علي بن عبد الرحمن",
    "שירה כהן",
    "🔥 Ana & <co>",
    'Ask "anything" with \\Noor\\, {x} [1]',
)


def waves(seed: int, base: float) -> tuple[float, ...]:
    """Return thirty figures that go up and down around one."""
    chance = random.Random(seed)
    return tuple(round(base + base / 4 * math.sin(i / 3) + chance.random() * base / 4) for i in range(30))


def wall(language: str) -> Calendar:
    """Return four weeks of a community's activities, some days full and some empty."""
    held = {
        "en": ("Daily question", "Check-in challenge", "Live session", "Digest", "Thank-you round"),
        "zh": ("每日一问", "打卡挑战", "直播", "每周回顾", "感谢时间"),
    }[language]
    called = [("25 Nov" if language == "en" else "11月25日") if i == 0 else str((24 + i) % 30 + 1) for i in range(29)]
    days = [Day(label, held[: (0, 3, 1, 5, 2)[i % 5]]) for i, label in enumerate(called)]
    return Calendar(
        title={"en": "56 events in the next four weeks", "zh": "未来四周有 56 场活动"}[language],
        foot={"en": "Data Kitchen · until 23 December", "zh": "数据厨房 · 至 12月23日"}[language],
        first="2026-11-25",
        values=tuple(float(len(each.entries)) for each in days),
        weekdays=WEEKDAYS[language],
        months=MONTHS[language],
        days=tuple(days),
    )


def _kept(loss: float, days: int = 61) -> tuple[float, ...]:
    chance, left, values = random.Random(2), 100.0, []
    for _ in range(days):
        values.append(round(left, 1))
        left *= 1 - chance.random() ** 3 * loss
    return tuple(values)


def _banded(label: str, values: tuple[float, ...], wide: float) -> Series:
    low = tuple(max(value - wide * i / len(values), 0) for i, value in enumerate(values))
    high = tuple(min(value + wide * i / len(values), 100) for i, value in enumerate(values))
    return Series(label=label, values=values, low=low, high=high)


def _busy(rows: int, columns: int) -> tuple[tuple[float | None, ...], ...]:
    def busy(row: int, i: int) -> float:
        return round(30 * (1 + math.sin((i + 3 * row) / 4)) * (1 + row % 3))

    return tuple(tuple(busy(row, i) for i in range(columns)) for row in range(rows))


def _kept_by_cohort(rows: int, columns: int) -> tuple[tuple[float | None, ...], ...]:
    """Return the shares of cohorts, one more known of each than of the next."""
    known = rows - 4
    return tuple(
        tuple(max(62 - 6 * i - row % 4, 0) if i <= max(known - row, 0) + 1 else None for i in range(columns))
        for row in range(rows)
    )


def figures() -> dict[str, Picture]:
    """Return the pictures of figures that a community's history asks for, in both languages."""
    days = tuple(f"day {i}" for i in range(61)), tuple(f"第 {i} 天" for i in range(61))
    cohorts: tuple[tuple[float | None, ...], ...] = tuple(
        (100, *(round(62 - 4 * i - row, 1) if i < 8 - row else None for i in range(1, 8))) for row in range(8)
    )
    year = tuple(None if i % 11 == 5 else float((i * i) % 23) for i in range(300))
    effects = ((4.2, 1.1, 7.3), (-1.5, -4.0, 1.0), (0.4, -0.2, 1.1), (6.0, None, None), (None, None, None))
    return {
        "steps-en": Chart(
            title="Six in ten of those who were greeted are still here after two months",
            foot="Counted: 412 people who joined until 1 May, 214 of them greeted; bands hold 95 of 100 times",
            kind="steps",
            x=days[0],
            series=(_banded("greeted", _kept(0.03), 9), _banded("not greeted", _kept(0.07), 14)),
            unit="%",
        ),
        "steps-zh": Chart(
            title="有人迎接的新成员，两个月后六成还在",
            foot="统计范围：5 月 1 日前加入的 412 人，其中 214 人有人迎接；色带为 95% 置信区间",
            kind="steps",
            x=days[1],
            series=(_banded("有人迎接", _kept(0.03), 9), _banded("无人迎接", _kept(0.07), 14)),
            unit="%",
            reference=Reference(label="目标", value=60),
        ),
        "band-en": Chart(
            title="Next month brings 30 to 50 members back a day",
            foot="Counted: members who wrote, by the day; the band holds 8 of 10 times",
            kind="line",
            x=tuple(f"{i} May" for i in range(1, 31)),
            series=(_banded("members", waves(5, 30), 12),),
            reference=Reference(label="a year ago", value=24),
        ),
        "cells-en": Cells(
            title="Each month kept fewer than the one before",
            foot="Members who wrote in the week, of those who joined in the month",
            x=tuple(f"week {i}" for i in range(8)),
            y=tuple(f"{month} 2026" for month in MONTHS["en"][:8]),
            values=cohorts,
            unit="%",
        ),
        "cells-zh": Cells(
            title="周三晚上九点最热闹",
            foot="统计范围：近 90 天的 41,200 条消息，按社群时区的小时计",
            x=tuple(f"{hour} 点" for hour in range(24)),
            y=WEEKDAYS["zh"],
            values=_busy(7, 24),
        ),
        "cells-marked-en": Cells(
            title="Of 100 who joined, 62 are back in month 1",
            foot="Members who wrote · outlined: not over yet",
            x=tuple(f"M{i}" for i in range(1, 13)),
            y=("Mean", *(f"{month} 2026 · 38" for month in MONTHS["en"] * 3))[:31],
            values=_kept_by_cohort(31, 12),
            unit=" %",
            marked=tuple(tuple(row + i in (26, 27) for i in range(12)) for row in range(31)),
            mark="not over yet",
        ),
        "cells-marked-zh": Cells(
            title="每 100 个加入的人，1 个月后回来的有 62 人",
            foot="发过言的成员 · 空心：未结束",
            x=tuple(f"{i} 月" for i in range(1, 9)),
            y=tuple(f"2026 年{month} · 38" for month in MONTHS["zh"][:8]),
            values=_kept_by_cohort(8, 8),
            unit="%",
            marked=tuple(tuple(row + i in (7, 8) for i in range(8)) for row in range(8)),
            mark="未结束",
        ),
        "cells-below-en": Cells(
            title="Every room lost in August",
            foot="Members who came less those who left",
            x=("June", "July", "August"),
            y=LONG_NAMES,
            values=((3, 0, -12), (8, None, -2), (1, 1, -1), (0, 0, 0), (None, None, None)),
        ),
        "calendar-en": Calendar(
            title="Most days of the year had somebody who checked in",
            foot="Check-ins of 312 members, by the day",
            first="2025-08-04",
            values=year,
            weekdays=WEEKDAYS["en"],
            months=MONTHS["en"],
        ),
        "calendar-zh": Calendar(
            title="四月几乎天天打卡",
            foot="统计范围：312 位成员的每日打卡",
            first="2026-03-02",
            values=year[:70],
            weekdays=WEEKDAYS["zh"],
            months=MONTHS["zh"],
            unit=" 次",
        ),
        "calendar-wall-en": wall("en"),
        "calendar-wall-zh": wall("zh"),
        "forest-en": Forest(
            title="The weekly teardown brings people back; of the others nothing can be said yet",
            foot="Percentage points more who came back within 7 days; intervals hold 95 of 100 times",
            effects=tuple(
                Effect(label=label, value=value, low=low, high=high)
                for label, (value, low, high) in zip(LONG_NAMES, effects, strict=True)
            ),
            unit="%",
        ),
        "forest-zh": Forest(
            title="只有每周拆解的效果说得准",
            foot="7 天内回来的比例之差（百分点），区间为 95% 置信区间",
            effects=tuple(
                Effect(label=label, value=value, low=low, high=high)
                for label, (value, low, high) in zip(("每周拆解", "问答时间", "自习室"), effects, strict=False)
            ),
            unit=" 个百分点",
        ),
        "funnel-en": Funnel(
            title="Half of those who join never write",
            foot="Counted: 412 people who joined in May, until 30 June",
            stages=(
                Stage(label="Joined", value=412),
                Stage(label="Wrote once", value=214, note="52% of those who joined"),
                Stage(label="Was answered", value=160, note="75% of those who wrote"),
                Stage(label="Came back within 7 days", value=0, note="0% of those who were answered"),
            ),
        ),
        "funnel-zh": Funnel(
            title="加入的人有一半从未发言",
            foot="统计范围：5 月加入的 412 人，截至 6 月 30 日",
            stages=(
                Stage(label="加入", value=412),
                Stage(label="发过言", value=214, note="加入者的 52%"),
                Stage(label=LONG_NAMES[0] * 3, value=160, note="发言者的 75%"),
            ),
        ),
    }
