"""When a question is asked again: by the Free Spaced Repetition Scheduler (FSRS 6, Ye 2022), from grade to grade."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from core.domain.cards import Card, Grade

_STEP = (timedelta(minutes=1),)  # what was answered wrong comes again in the same sitting
_FARTHEST = 365  # days


def reviewed(card: Card | None, item: str, grade: Grade, now: datetime) -> Card:
    """Return the card of a question after one more answer; None before the first."""
    from fsrs import Rating  # noqa: PLC0415  only when somebody reviews

    after, _ = _scheduler().review_card(_known(card), Rating(int(grade)), now)
    return Card(
        item=item,
        due_at=after.due,
        reviewed_at=now,
        reviews=1 if card is None else card.reviews + 1,
        stability=after.stability,
        difficulty=after.difficulty,
        state=int(after.state),
        step=after.step,
    )


def _scheduler() -> Any:
    from fsrs import Scheduler  # noqa: PLC0415  as above

    # Without fuzz the same answers lead to the same days.
    return Scheduler(learning_steps=_STEP, relearning_steps=_STEP, maximum_interval=_FARTHEST, enable_fuzzing=False)


def _known(card: Card | None) -> Any:
    from fsrs import Card as Fsrs  # noqa: PLC0415  as above
    from fsrs import State  # noqa: PLC0415

    if card is None:
        return Fsrs(card_id=0)
    return Fsrs(
        card_id=0,
        state=State(card.state),
        step=card.step,
        stability=card.stability,
        difficulty=card.difficulty,
        due=card.due_at,
        last_review=card.reviewed_at,
    )
