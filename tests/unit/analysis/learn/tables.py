"""Tables to learn from, with a truth that is known."""

from __future__ import annotations

from pathlib import Path

import numpy as np


def members(n: int = 1_200, seed: int = 1, *, truth: bool = True) -> list[dict[str, str]]:
    """Return members at the end of two months each, who leave more often the fewer days they were active."""
    draw = np.random.default_rng(seed)
    rows = []
    for number in range(n):
        days, bought = int(draw.integers(0, 28)), int(draw.poisson(1.0))
        odds = 1.0 - 0.12 * days - 0.4 * bought if truth else -0.7
        month = 1 + number * 10 // n
        rows.append({
            "member": f"m{number}",
            "month": f"2026-{month:02}-28",
            "active_days": str(days) if number % 50 else "",
            "bought": str(bought),
            "plan": ("free", "month", "year")[number % 3],
            "joined": f"2025-{1 + number % 12:02}-05",
            "always": "1",
            "left": "yes" if draw.random() < 1 / (1 + np.exp(-odds)) else "no",
        })  # fmt: skip
    return rows


def write(path: Path, rows: list[dict[str, str]]) -> str:
    """Write rows as CSV and return where."""
    lines = [",".join(rows[0]), *(",".join(row.values()) for row in rows)]
    path.write_text("\n".join(lines) + "\n")
    return str(path)
