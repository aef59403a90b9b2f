"""Who comes back: figures over the months in which people wrote."""

from __future__ import annotations

from collections.abc import Collection, Mapping


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
