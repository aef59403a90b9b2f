"""/undo: an entry of the ledger taken back by another; nothing is ever deleted."""

from __future__ import annotations

from core.domain.errors import NotFound
from core.domain.message import Reply
from core.kit import Audience, Context, Markup, command
from core.kit.booking import take_back
from core.kit.words import entry_words, name_of


@command(audience=Audience.MODERATOR, private=True)
async def undo(context: Context, entry: int) -> Reply:
    """Take an entry of the ledger back, by its number in /history."""
    found = await context.unit.ledger.entry(context.community.id, entry)
    if found is None:
        raise NotFound("error-no-entry", entry=str(entry))
    words = Markup((await entry_words(context, [found]))[0])
    account = await context.unit.members.account(found.account_id)
    moved = await take_back(context, found)
    await context.record(
        "undo-own" if account.member_id == context.me.id else "undo", account, entry=entry, amount=moved
    )
    member = await context.unit.members.get(account.member_id)
    missing = found.amount + moved
    return Reply(
        context.t(
            "undo-done",
            entry=str(entry),
            words=words,
            name=name_of(context.t, member),
            balance=member.balance,
            missing=max(missing, 0),
        )
    )
