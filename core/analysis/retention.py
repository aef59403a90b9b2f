"""Who comes back: by the months in which people wrote, and by cohorts of those who joined together."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
KINDS = ("bounded", "rolling", "bracket")


def month_after(month: str) -> str:
    """Return the calendar month that follows `month`, both as YYYY-MM."""
    year, number = int(month[:4]), int(month[5:])
    return f"{year + number // 12:04}-{number % 12 + 1:02}"


def returned(months: Mapping[int, Collection[str]]) -> tuple[int, int]:
    """Return how many new authors wrote again in the calendar month after their first, and how many could have.

    `months` holds for each author the months (YYYY-MM) in which they wrote. Whoever began in the last month of the
    data is left out: nobody knows yet.
    """
    wrote = {author: set(some) for author, some in months.items() if some}
    last = max((max(some) for some in wrote.values()), default="")
    firsts = {author: min(some) for author, some in wrote.items() if min(some) < last}
    back = sum(1 for author, first in firsts.items() if month_after(first) in wrote[author])
    return back, len(firsts)


def return_rate(months: Mapping[int, Collection[str]]) -> float | None:
    """Return the share of new authors who write again in the next calendar month, None where there are none."""
    back, of = returned(months)
    return back / of if of else None


@dataclass(frozen=True, kw_only=True)
class Rate:
    """A share of people with its 95 % interval; all three are None where there is nobody."""

    back: int
    of: int
    share: float | None
    low: float | None
    high: float | None


def rate(back: int, of: int) -> Rate:
    """Return a share with its interval (Wilson 1927)."""
    if not of:
        return Rate(back=0, of=0, share=None, low=None, high=None)
    z, share = float(special.ndtri(0.975)), back / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * float(np.sqrt(share * (1 - share) / of + z * z / (4 * of * of))) / (1 + z * z / of)
    return Rate(back=back, of=of, share=share, low=max(middle - half, 0.0), high=min(middle + half, 1.0))


@dataclass(frozen=True, kw_only=True, eq=False)
class Activity:
    """When people joined and on which days they were active.

    `joined` holds a day for each person, `person` and `day` one entry for each active day; days are of any calendar,
    `until` is the last whole one.
    """

    joined: Ints
    person: Ints
    day: Ints
    until: int

    def ages(self) -> tuple[Ints, Ints]:
        """Return person and days since joining of each active day; those before joining or after the end are none."""
        age = self.day - self.joined[self.person]
        kept = (age >= 0) & (self.day <= self.until)
        return self.person[kept], age[kept]


def after_days(activity: Activity, days: int, kind: str = "bounded") -> Rate:
    """Return who was active `days` days after joining (bounded), or then or later (rolling), of all who could be.

    Who joined fewer days before the end is left out: nobody knows yet.
    """
    person, age = activity.ages()
    could = activity.joined <= activity.until - days
    back = np.zeros(len(could), bool)
    back[person[age == days if kind == "bounded" else age >= days]] = True
    return rate(int((back & could).sum()), int(could.sum()))


@dataclass(frozen=True, kw_only=True, eq=False)
class Cohorts:
    """Who came back, by the period of joining (rows) and the span since joining (columns).

    `starts` are first days of cohorts, `firsts` and `lasts` the first and last day on which somebody of it joined,
    `spans` the first and last day of each column, since joining. `back` counts people, `whole` says that the span has
    ended for everybody in the cohort, `running` that it has for some or has begun. What is neither hasn't begun.
    `mean` is over whole cells alone.
    """

    starts: Ints
    sizes: Ints
    firsts: Ints
    lasts: Ints
    spans: list[tuple[int, int]]
    back: Ints
    whole: Bools
    running: Bools
    mean: list[Rate]

    def rates(self) -> list[list[float | None]]:
        """Return the shares, None where the span hasn't begun."""
        begun = self.whole | self.running
        return [
            [back / size if there else None for back, there in zip(row, known, strict=True)]
            for row, known, size in zip(self.back.tolist(), begun.tolist(), self.sizes.tolist(), strict=True)
        ]


def cohorts(
    activity: Activity,
    length: int,
    kind: str = "bounded",
    spans: list[tuple[int, int]] | None = None,
    begins: Ints | None = None,
) -> Cohorts:
    """Return cohorts of people who joined within the same `length` days, and who of them came back.

    bounded: active within the span; rolling: within it or later; bracket: as bounded, in `spans` of days since joining
    that the caller draws, one after another. Without `spans` each is `length` days long. Spans count from everybody's
    own first day. `begins` are first days of cohorts instead of each `length` days; nobody joined before the first.
    Raise ValueError for another kind, and for brackets without spans.
    """
    if kind not in KINDS or (kind == "bracket" and not spans):
        raise ValueError("no such kind, or brackets without spans")
    inside = activity.joined <= activity.until
    joined = activity.joined[inside]
    first_days = joined // length * length if begins is None else begins[np.searchsorted(begins, joined, "right") - 1]
    starts, row = np.unique(first_days, return_inverse=True)
    sizes = np.bincount(row, minlength=len(starts))
    if spans is None:
        longest = int(activity.until - joined.min()) // length + 1 if len(starts) else 0
        spans = [(length * each, length * (each + 1) - 1) for each in range(longest)]
    first, last = np.full(len(starts), np.iinfo(np.int64).max), np.full(len(starts), np.iinfo(np.int64).min)
    np.minimum.at(first, row, joined)
    np.maximum.at(last, row, joined)
    opens, ends = np.array([span[0] for span in spans], np.int64), np.array([span[1] for span in spans], np.int64)
    came = _came(activity, opens, ends, rolling=kind == "rolling")[inside]
    back = np.zeros((len(starts), len(spans)), np.int64)
    for column in range(len(spans)):
        back[:, column] = np.bincount(row[came[:, column]], minlength=len(starts))
    whole = last[:, None] + ends[None, :] <= activity.until
    running = ~whole & (first[:, None] + opens[None, :] <= activity.until)
    mean = [_mean(back[known, column], sizes[known]) for column, known in enumerate(whole.T)]
    return Cohorts(
        starts=starts, sizes=sizes, firsts=first, lasts=last, spans=spans, back=back, whole=whole, running=running,
        mean=mean,
    )  # fmt: skip


def _came(activity: Activity, opens: Ints, ends: Ints, *, rolling: bool) -> Bools:
    """Return who (rows) was active within each span (columns), or within it or later."""
    person, age = activity.ages()
    if rolling:
        latest = np.full(len(activity.joined), -1, np.int64)
        np.maximum.at(latest, person, age)
        later: Bools = latest[:, None] >= opens[None, :]
        return later
    came = np.zeros((len(activity.joined), len(opens)), bool)
    column = np.searchsorted(opens, age, "right") - 1
    within = (column >= 0) & (age <= ends[np.maximum(column, 0)]) if len(opens) else np.zeros(len(age), bool)
    came[person[within], column[within]] = True
    return came


def _mean(back: Ints, sizes: Ints) -> Rate:
    """Return the share of all, with the wider of Wilson's interval and that of cohorts as a ratio of sums.

    Cohorts differ by more than chance, so people of one aren't independent (Cochran 1977, 6.4).
    """
    pooled, count = rate(int(back.sum()), int(sizes.sum())), len(sizes)
    if count < 2 or pooled.share is None or pooled.low is None or pooled.high is None:
        return pooled
    apart = float(np.sum((back - pooled.share * sizes) ** 2))
    half = float(special.stdtrit(count - 1, 0.975)) * np.sqrt(count / (count - 1) * apart) / pooled.of
    return Rate(
        back=pooled.back,
        of=pooled.of,
        share=pooled.share,
        low=max(min(pooled.low, pooled.share - half), 0.0),
        high=min(max(pooled.high, pooled.share + half), 1.0),
    )
