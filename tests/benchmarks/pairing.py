"""What it takes to pair a thousand people round by round: seconds, who met again, and who met one of their circle."""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import defaultdict
from pathlib import Path

from core.domain.pairing import groups

CIRCLES = 30
CANDIDATES = 20  # of each person, where hardly anybody is left to meet


def rounds(people: int, count: int) -> dict[str, float]:
    """Pair the same people so many times, each time others."""
    circles = {each: 1 + each % CIRCLES for each in range(people)}
    met: dict[int, set[int]] = defaultdict(set)
    longest, again, same = 0.0, 0, 0
    for number in range(count):
        began = time.perf_counter()
        made = groups(range(people), met, circles, f"run:{number}")
        longest = max(longest, time.perf_counter() - began)
        for group in made:
            again += sum(other in met[one] for one in group for other in group)
            same += circles[group[0]] == circles[group[1]]
            for one in group:
                met[one] |= set(group) - {one}
    return {"longest round, s": round(longest, 2), "met again": again, "of one circle": same}


def scarce(people: int) -> dict[str, float]:
    """Pair people each of whom met all but a few of the others: all can be paired, since a pairing is left for them."""
    draw = random.Random(1)
    left: dict[int, set[int]] = {each: set() for each in range(people)}
    for _ in range(CANDIDATES):
        order = draw.sample(range(people), people)
        for one, other in zip(order[::2], order[1::2], strict=True):
            left[one].add(other)
            left[other].add(one)
    met = {each: set(range(people)) - some - {each} for each, some in left.items()}
    began = time.perf_counter()
    made = groups(range(people), met, {}, "scarce")
    took = time.perf_counter() - began
    return {"seconds": round(took, 2), "met again": sum(other in met[one] for one, other in made)}


def main() -> None:
    """Print the table and write JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=1_000)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    results = {
        "12 rounds": rounds(given.people, 12),
        "odd, 12 rounds": rounds(given.people + 1, 12),
        f"{CANDIDATES} candidates each": scarce(given.people),
    }
    for name, found in results.items():
        print(f"{name:<20} {given.people:,} people: {found}")
    if given.json is not None:
        given.json.write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
