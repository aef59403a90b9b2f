"""What people write to Kith alone: an answer to a question of a form, or talk that is answered now and then."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from core.domain.events import Event, WroteDirectly
from core.store.unit import Store

QUIET = timedelta(hours=6)  # until somebody who only writes is told again what Kith does
_KEPT = 10_000


@dataclass(slots=True)
class Talk:
    """Tell answers from talk, and remember who was told lately what Kith does."""

    _told_at: dict[tuple[str, str], datetime] = field(default_factory=dict)

    @staticmethod
    async def with_drafts(store: Store, events: Sequence[Event], dialogs: Collection[str]) -> list[Event]:
        """Say of what people write which form it answers a question of, where they are asked for one."""
        wrote: dict[str, set[str]] = {}
        for event in events:
            if isinstance(event, WroteDirectly) and event.actor is not None and event.platform not in dialogs:
                wrote.setdefault(event.platform, set()).add(event.actor.id)
        if not wrote:
            return list(events)
        async with store.read() as unit:
            drafts = {each: await unit.drafts.asked(each, people) for each, people in wrote.items()}
        answers: list[Event] = []
        for event in events:
            if isinstance(event, WroteDirectly) and event.actor is not None:
                draft = drafts.get(event.platform, {}).get(event.actor.id)
                answers.append(event if draft is None else replace(event, draft=draft.id))
            else:
                answers.append(event)
        return answers

    def told_lately(self, event: Event, now: datetime) -> bool:
        """Say whether somebody only goes on writing to Kith, which need not answer each line."""
        if not isinstance(event, WroteDirectly) or event.actor is None or event.draft is not None:
            return False
        who = (event.platform, event.actor.id)
        before = self._told_at.pop(who, None)
        lately = before is not None and abs(now - before) < QUIET
        self._told_at[who] = before if lately and before is not None else now
        if len(self._told_at) > _KEPT:
            del self._told_at[next(iter(self._told_at))]
        return lately
