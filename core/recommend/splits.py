"""The past to learn from and what came later to be judged by."""

from __future__ import annotations

import numpy as np

from core.recommend.signals import Flags, Signals

PAST = 0.8  # share of the signals that is learnt from


def by_time(signals: Signals, past: float = PAST) -> tuple[Flags, Flags]:
    """Split at one time for all: nobody learns from what came after anybody's test."""
    if not len(signals):
        return np.zeros(0, np.bool_), np.zeros(0, np.bool_)
    before = signals.day <= np.quantile(signals.day, past)
    return before, ~before


def last(signals: Signals) -> tuple[Flags, Flags]:
    """Keep each member's last signal for the test, of those who gave two or more."""
    order = np.lexsort((signals.day, signals.member))
    ends = np.append(signals.member[order][1:] != signals.member[order][:-1], np.ones(min(len(order), 1), np.bool_))
    tested = np.zeros(len(signals), np.bool_)
    tested[order[ends]] = True
    tested &= signals.counts[signals.member] > 1
    return ~tested, tested


def at_random(signals: Signals, past: float = PAST, seed: int = 0) -> tuple[Flags, Flags]:
    """Split each signal by lot."""
    before = np.random.default_rng(seed).random(len(signals)) < past
    return before, ~before


SPLITS = {"time": by_time, "last": last, "random": at_random}
