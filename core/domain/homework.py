"""Homework: what people hand in, and how others rate it."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.domain.message import Attachment

STARS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class HandIn:
    """What an account handed in, and whether it may be shown where it is among the best."""

    account_id: int
    work: str
    attachment: Attachment | None = None
    show: bool
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """How an account rates what another handed in, from 1 to 5; None where it was given it to and hasn't yet."""

    account_id: int
    author_account_id: int
    stars: int | None = None
    comment: str = ""


def peers(people: Sequence[int], each: int, seed: str) -> dict[int, list[int]]:
    """Return whose work each rates: `each` others', fewer where there are fewer, and everybody's by as many."""
    order = sorted(people, key=lambda one: hashlib.blake2b(f"{seed}:{one}".encode()).digest())
    others = range(1, min(each, len(order) - 1) + 1)
    return {one: [order[(at + step) % len(order)] for step in others] for at, one in enumerate(order)}


def means(ratings: Iterable[Rating]) -> dict[int, float]:
    """Return the mean of what each account's work was rated, the best first; what nobody rated is in it not."""
    given: dict[int, list[int]] = defaultdict(list)
    for rating in ratings:
        if rating.stars is not None:
            given[rating.author_account_id].append(rating.stars)
    found = {author: sum(stars) / len(stars) for author, stars in given.items()}
    return dict(sorted(found.items(), key=lambda one: (-one[1], -len(given[one[0]]), one[0])))
