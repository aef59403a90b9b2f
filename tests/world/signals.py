"""Generated communities whose members want what their topics say, and what is popular."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp

from core.recommend import Items, Signals

DAYS = 180.0


def community(
    members: int, items: int, mean: float, *, topics: int = 8, seed: int = 0, start: float = 0.4
) -> tuple[Signals, Items]:
    """Return signals and a catalogue: each item has one topic, each member two, and chose them.

    `mean` is how many items a member wants on average; members arrive evenly over `start` of the time and act on
    from then on.
    """
    rng = np.random.default_rng(seed)
    topic = rng.integers(0, topics, items)
    likes = np.argsort(rng.random((members, topics)), axis=1)[:, :2]
    fond = np.full((members, topics), 0.15)
    np.put_along_axis(fond, likes, 1.0, axis=1)
    popular = rng.permutation(1.0 / np.arange(1, items + 1) ** 0.6)
    count = np.clip(rng.geometric(1.0 / mean, members), 1, items // 2)
    # Draws without putting back, by the largest of exponential races: one sort, no loop.
    race = rng.exponential(size=(members, items)) / (fond[:, topic] * popular)
    rank = race.argsort(axis=1).argsort(axis=1)
    member, item = np.nonzero(rank < count[:, None])
    arrived = rng.random(members) * DAYS * start
    day = arrived[member] + rng.random(len(member)) * (DAYS - arrived[member])
    choices = sp.csr_array((np.ones(2 * members), (np.repeat(np.arange(members), 2), likes.ravel())))
    about = sp.csr_array((np.ones(items), (np.arange(items), topic)), shape=(items, topics))
    signals = Signals(member=member, item=item, day=day, members=members, items=items)
    texts = [f"course {number} about subject{subject}" for number, subject in enumerate(topic)]
    return signals, Items(texts=texts, topics=about, chosen=choices)
