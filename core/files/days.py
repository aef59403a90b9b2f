"""Times as tables write them, as days since 1970."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

_DAY = 86_400.0


def scaled(numbers: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return days: numbers from 100 million on are seconds since 1970, from 100 billion on milliseconds."""
    largest = np.abs(numbers).max(initial=0.0)
    return numbers / (_DAY * 1000 if largest >= 1e11 else _DAY if largest >= 1e8 else 1.0)


def moment(cell: str) -> float | None:
    """Return a number as it is, an ISO date as days since 1970, anything else as None."""
    try:
        return float(cell)
    except ValueError:
        pass
    try:
        found = datetime.fromisoformat(cell)
    except ValueError:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp() / _DAY
