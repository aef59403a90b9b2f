"""/undo: an entry of the ledger taken back by another; nothing is ever deleted."""

from __future__ import annotations

from dataclasses import replace

from core.domain.errors import NotFound
from core.domain.facts import EntryUndone
from core.domain.message import Reply
from core.domain.people import Member
from core.kit import Context, Markup, Rights, Texts, command
from core.kit.ledger_actions import take_back
from core.kit.words import entry_words, name_of
from core.store.ledger import Booked


async def _tell_room(context: Context, entry: Booked, member: Member) -> None:
    """Say that a grant was taken back where it was said that it was given."""
    log = await context.unit.audit.of_entry(context.community.id, ("grant", "grant-own"), entry.id)
    said_in = (log.detail or {}) if log is not None else {}
    spaces = await context.unit.communities.spaces_of(context.community.id)
    space = next((each for each in spaces if each.id == said_in.get("said_space") and not each.closed), None)
    if space is None:
        return
    t = Texts(context.community.settings.language)
    (words,) = await entry_words(replace(context, t=t), [entry])
    told = t("undo-told", actor=name_of(t, context.me), name=name_of(t, member), words=words)
    context.say(space, said_in.get("said_room") or None, Reply(told))


@command(rights=Rights.MODERATOR, private=True)
async def undo(context: Context, entry: int) -> Reply:
    """Take an entry of the ledger back, by its number in /history."""
    found = await context.unit.ledger.entry(context.community.id, entry)
    if found is None:
        raise NotFound("error-no-entry", entry=str(entry))
    words = Markup((await entry_words(context, [found]))[0])
    account = await context.unit.members.account(found.account_id)
    moved, owed = await take_back(context, found)
    action = "undo-own" if account.member_id == context.me.id else "undo"
    await context.record(action, account, entry=entry, amount=moved)
    member = await context.unit.members.get(account.member_id)
    context.raise_(EntryUndone(member=member, account=account, key=found.key))
    await _tell_room(context, found, member)
    missing = found.amount + moved
    return Reply(
        context.t(
            "undo-done",
            entry=str(entry),
            words=words,
            name=name_of(context.t, member),
            balance=member.balance,
            missing=max(missing, 0),
            owed=owed,
        )
    )
