"""The rules of the states: who is in each, from who was active and connected in each window of days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.analysis.ties import Ints

Flags = npt.NDArray[np.bool_]  # windows x members


@dataclass(frozen=True)
class Thresholds:
    """From when on a member is what; a *period* is one window length, periods back don't overlap."""

    window: int = 7  # days in a window
    interactions: int = 1  # interactions in a window, given and got, to be active
    people: int = 1  # ties in a window, given and got, to be active; one both ways counts twice
    tie_strength: int = 5  # interactions in a window for a tie to count for connected
    strong_ties: int = 5  # such ties, given and got, of which a connected member has *more*
    consistent_periods: int = 4  # periods looked at for consistently active
    consistent_times: int = 3  # of them active
    vital_periods: int = 4  # periods looked at for vital
    vital_times: int = 3  # of them connected
    still_periods: int = 2  # periods since newly active, looked at for still active
    still_times: int = 2  # of them active
    dropped_periods: int = 2  # periods looked back for newly active
    dropped_idle: int = 1  # periods without activity since
    paused_periods: int = 1  # periods paused before a member is disengaged

    def __post_init__(self) -> None:
        if min(vars(self).values()) < 1:
            raise ValueError("every threshold is at least 1")


@dataclass(frozen=True, eq=False)
class History:
    """The rules, each for all windows of some members at once; flags are windows x members."""

    thresholds: Thresholds
    active: Flags
    connected: Flags
    joined_at: Ints

    def all(self) -> Iterator[tuple[str, Flags]]:
        """Yield each state with who is in it."""
        chain = self._chain()
        newly, consistent, vital = chain["newly_active"], self._consistent(), self._vital()
        yield "active", self.active
        yield "connected", self.connected
        yield "consistently_active", consistent
        yield "vital", vital
        yield "still_active", self._still(newly)
        yield "dropped", self._dropped(newly)
        yield from chain.items()
        yield from self._before(chain["newly_disengaged"], newly, consistent, vital)
        yield "about_to_disengage", chain["paused"] & ~consistent
        joined = np.arange(len(self.active))[:, None] == self.joined_at
        yield "joined", joined
        yield "lurker", self._lurkers(joined, newly)

    def _consistent(self) -> Flags:
        """Return who was active in enough of the last periods, once there were enough periods."""
        rule = self.thresholds
        times = _times(self.active, rule.consistent_periods, rule.window)
        return _from((times >= rule.consistent_times), (rule.consistent_times - 1) * rule.window)

    def _vital(self) -> Flags:
        """Return who was connected in enough of the last periods; it takes one period more than consistent."""
        rule = self.thresholds
        times = _times(self.connected, rule.vital_periods, rule.window)
        return _from((times >= rule.vital_times), rule.vital_times * rule.window)

    def _still(self, newly: Flags) -> Flags:
        """Return who was newly active some periods ago and has been active often enough since."""
        rule = self.thresholds
        lag = rule.still_periods * rule.window
        often = _times(self.active, rule.still_periods, rule.window) >= rule.still_times
        return often & _shifted(newly, lag)

    def _dropped(self, newly: Flags) -> Flags:
        """Return who was newly active and then not active.

        The reference looks for newly active from the window of yesterday back, for active from today's.
        """
        rule = self.thresholds
        came = _times(_shifted(newly, 1), rule.dropped_periods, rule.window) > 0
        idle = _times(self.active, rule.dropped_idle, rule.window) == 0
        return _from(came & idle, rule.dropped_periods * rule.window)

    def _chain(self) -> dict[str, Flags]:
        """Return the states that follow from those one period ago, a period's windows at a time."""
        names = ("newly_active", "paused", "unpaused", "returned", "newly_disengaged", "disengaged")
        now = {name: np.zeros_like(self.active) for name in (*names, "disengaged_in_past")}
        step = self.thresholds.window
        now["newly_active"][:step] = self.active[:step]
        for start in range(step, len(self.active), step):
            here = slice(start, min(start + step, len(self.active)))
            self._step(now, here, slice(here.start - step, here.stop - step))
        return now

    def _step(self, now: dict[str, Flags], here: slice, ago: slice) -> None:
        active, was = self.active[here], {name: flags[ago] for name, flags in now.items()}
        away = was["paused"] | was["disengaged"] | was["unpaused"] | self.active[ago]
        now["newly_active"][here] = active & ~away
        now["unpaused"][here] = was["paused"] & active
        now["returned"][here] = was["disengaged"] & active
        paused = ((self.active[ago] & ~active) | was["paused"]) & ~now["unpaused"][here]
        gone = paused & self._long_paused(now["paused"], here)
        now["newly_disengaged"][here] = gone
        now["disengaged"][here] = (gone | was["disengaged"]) & ~now["returned"][here]
        now["disengaged_in_past"][here] = now["disengaged"][here] & ~gone
        now["paused"][here] = paused & ~now["disengaged"][here]

    def _long_paused(self, paused: Flags, here: slice) -> Flags:
        """Return who was paused in each of the last periods before this one."""
        step = self.thresholds.window
        result = np.ones_like(paused[here])
        for back in range(1, self.thresholds.paused_periods + 1):
            start = here.start - back * step
            result &= paused[start : start + len(result)] if start >= 0 else False
        return result

    def _before(self, gone: Flags, newly: Flags, consistent: Flags, vital: Flags) -> Iterator[tuple[str, Flags]]:
        """Yield what the newly disengaged were before they paused: each is counted once, in this order."""
        lag = (self.thresholds.paused_periods + 1) * self.thresholds.window
        rest = gone
        for name, were in (("vital", vital), ("consistently_active", consistent), ("newly_active", newly)):
            found = rest & _shifted(were, lag)
            yield f"disengaged_were_{name}", found
            rest = rest & ~found

    @staticmethod
    def _lurkers(joined: Flags, newly: Flags) -> Flags:
        """Return who joined and has not been newly active since."""
        window = np.arange(1, len(joined) + 1)[:, None]
        last_joined = np.maximum.accumulate(np.where(joined, window, 0), axis=0)
        last_newly = np.maximum.accumulate(np.where(newly, window, 0), axis=0)
        return np.asarray(last_joined > last_newly, np.bool_)


def _shifted(flags: Flags, windows: int) -> Flags:
    """Return the flags of so many windows before, false where there are none."""
    result = np.zeros_like(flags)
    if windows < len(flags):
        result[windows:] = flags[: len(flags) - windows]
    return result


def _times(flags: Flags, periods: int, window: int) -> npt.NDArray[np.int16]:
    """Return in how many of the last periods, this one included, the flag was set."""
    times = np.zeros(flags.shape, np.int16)
    for back in range(periods):
        times += _shifted(flags, back * window)
    return times


def _from(flags: Flags, window: int) -> Flags:
    """Return the flags with those before a window cleared."""
    flags[:window] = False
    return flags
