"""Communities with planted segments, and without any: who came on which days, as the roll-ups have it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

import numpy as np

from tests.world.crowd import come, write
from tests.world.world import World

# Days since the last time, and days between times before it, of each kind of people.
PLANTED: Mapping[str, tuple[int, Sequence[int]]] = {
    "regular": (0, range(0, 90, 3)),
    "passing": (15, (0, 25, 50)),
    "gone": (200, (0, 5)),
}


async def planted(world: World, each: int = 14, *, kinds: Mapping[str, tuple[int, Sequence[int]]] = PLANTED) -> None:
    """Let so many of each kind have come when their kind does, a day or two more or less."""
    draw = np.random.default_rng(3)
    names = {kind: [f"{kind}{number}" for number in range(each)] for kind in kinds}
    await come(world, [one for some in names.values() for one in some], ago=timedelta(days=360))
    now = world.clock.now()
    said = []
    for kind, (last, before) in kinds.items():
        for name in names[kind]:
            shift = int(draw.integers(0, 3)) if last else 0
            said += [(name, now - timedelta(days=last + shift + back, hours=1)) for back in before]
    await write(world, sorted(said, key=lambda one: one[1]))


async def cloud(world: World, count: int = 60) -> None:
    """Let people have come without any groups: lately or long ago, often or seldom."""
    draw = np.random.default_rng(8)
    names = [f"cloud{number}" for number in range(count)]
    await come(world, names, ago=timedelta(days=360))
    now = world.clock.now()
    said = []
    for name in names:
        last = min(int(np.exp(draw.normal(2.5, 1))), 200)
        times = 1 + min(int(np.exp(draw.normal(1.5, 0.8))), 30)
        said += [(name, now - timedelta(days=last + int(back), hours=1)) for back in draw.integers(0, 90, times)]
    await write(world, sorted(said, key=lambda one: one[1]))
