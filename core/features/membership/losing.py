"""Taking back what messages and reactions gave, when nothing gives it any longer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from core.domain.clock import local_day
from core.domain.events import MessageDeleted, MessageSent, ReactionRemoved, message_key
from core.domain.scoring import message_entry_key, reaction_entry_key, reply_entry_key
from core.kit import Happened, Happening, load, on
from core.store.unit import UnitOfWork

Answer = tuple[int, int, str]  # who answers whom on which day


@load(MessageSent, MessageDeleted)
async def lost(unit: UnitOfWork, happened: Happened[MessageSent | MessageDeleted]) -> dict[str, list[str]]:
    """Find, by key of the deletion, the ledger keys of what nothing gives any longer: a message and its answer went."""
    deleted = {message_key(event.message) for _, event in happened if isinstance(event, MessageDeleted)}
    if not deleted:
        return {}
    zones = {here.community.id: here.community.settings.timezone for here, _ in happened}
    rows = await unit.interactions.with_keys(happened[0][1].platform, deleted)
    written = {row.event_key for row in rows if row.account_id is not None and row.community_id in zones}
    answers = await _answers(unit, [row for row in rows if row.event_key in written and row.target_account_id], zones)
    others: dict[Answer, set[str]] = defaultdict(set)
    for key, answer in answers.items():
        others[answer].add(key)
    gone: dict[str, list[str]] = {}
    for here, event in happened:
        if isinstance(event, MessageSent):
            written.add(event.key)
            if (coming := _answer(here, event)) is not None:
                others[coming].add(event.key)
                answers[event.key] = coming
        # Of messages whose writer asked to be left out there is nobody to take from: amounts stay.
        elif (key := message_key(event.message)) in written:
            gone[event.key] = [message_entry_key(event.platform, key)]
            if key in answers:
                author, target, day = answers[key]
                others[author, target, day].discard(key)
                if not others[author, target, day]:
                    gone[event.key].append(reply_entry_key(target, author, day))
    return gone


def _answer(here: Happening, event: MessageSent) -> Answer | None:
    """Return who answers whom on which day with a message, where that may give points."""
    if not event.is_reply or here.account is None or here.target is None or not here.earns:
        return None
    return here.account.id, here.target.id, here.day(event.at)


async def _answers(unit: UnitOfWork, gone: Sequence[Any], zones: Mapping[int, str]) -> dict[str, Answer]:
    """Return who answered whom on which day with these messages and with others between the same people then."""
    if not gone:
        return {}
    authors, targets = {row.account_id for row in gone}, {row.target_account_id for row in gone}
    since, until = min(row.at for row in gone) - timedelta(days=1), max(row.at for row in gone) + timedelta(days=1)
    zone_of = {row.account_id: zones[row.community_id] for row in gone}
    others = await unit.interactions.answers(authors, targets, since, until)
    every = [*((row.event_key, row.account_id, row.target_account_id, row.at) for row in gone), *others]
    return {key: (author, target, local_day(at, zone_of[author]).isoformat()) for key, author, target, at in every}


@on(MessageDeleted)
def take_back_message(happening: Happening, event: MessageDeleted) -> None:
    """Take back what a message gave, to its writer and to whom it answered, when it goes."""
    for key in happening.loaded(lost).get(event.key, ()):
        happening.books.take_back(happening, key, event.at)


@on(ReactionRemoved)
def take_back_reaction(happening: Happening, event: ReactionRemoved) -> None:
    """Take back what somebody's reactions to a message gave when the last of them goes."""
    if event.last and happening.account is not None:
        key = reaction_entry_key(event.platform, message_key(event.message), happening.account.id)
        happening.books.take_back(happening, key, event.at)
