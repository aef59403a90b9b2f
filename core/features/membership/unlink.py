"""/unlink: part accounts that /link joined; each takes what its own ledger says."""

from __future__ import annotations

from core.domain.errors import BadInput
from core.domain.message import Reply
from core.domain.people import Account, Member
from core.domain.points import Entry, Reason, level_of
from core.kit import Context, action, command
from core.kit.words import platform_name


@command(private=True)
async def unlink(context: Context) -> Reply:
    """Part the accounts that you joined."""
    platforms = _platforms(await _owners(context))
    button = context.button(context.t.plain("button-unlink-yes"), part_accounts)
    return Reply(context.t("unlink-sure", platforms=platforms), ((button,),))


@action(private=True, formerly=("unlink", "sure"))
async def part_accounts(context: Context) -> Reply:
    """Part them, once that was asked."""
    owners = await _owners(context)
    joined = context.me
    for account, owner in owners:
        await context.unit.members.move_account(account.id, owner)
    ids = sorted({owner for _, owner in owners})
    await _even_out(context, joined.id, ids)
    parted = await context.unit.members.many(ids)
    for account, owner in owners:
        _restore(parted[owner], account, joined)
    kept = await context.unit.members.get(joined.id)
    kept.level = level_of(kept.earned)
    await context.unit.members.save([kept, *parted.values()])
    await context.unit.presences.settle([kept.id, *ids])
    await context.record("unlink", owners[0][0])
    given = sum(member.balance for member in parted.values())
    return Reply(context.t("unlink-done", platforms=_platforms(owners), given=given, kept=kept.balance))


async def _owners(context: Context) -> list[tuple[Account, int]]:
    """Return the accounts that came from another member, with that member's id; raise BadInput where none did."""
    accounts = await context.unit.members.accounts_of([context.me.id])
    firsts = [(account, await context.unit.members.first_member(account.id)) for account in accounts]
    owners = [(account, first) for account, first in firsts if first is not None and first != context.me.id]
    if not owners:
        raise BadInput("error-unlink-none")
    return owners


def _platforms(owners: list[tuple[Account, int]]) -> str:
    return " / ".join(sorted(platform_name(account.platform) for account, _ in owners))


async def _even_out(context: Context, joined: int, parted: list[int]) -> None:
    """Set sums to those of the ledger, moving points from who has them to who spent or lost more than their own."""
    ids = [joined, *parted]
    await context.unit.members.recount(ids)
    members = await context.unit.members.many(ids)
    moves: list[tuple[int, int, int]] = []
    for short in members.values():
        for rich in members.values():
            amount = max(0, min(-short.balance, rich.balance))
            earned = max(0, min(-short.earned, rich.earned))
            for member, sign in ((short, 1), (rich, -1)) if amount or earned else ():
                moves.append((member.id, sign * amount, sign * earned))
                member.balance += sign * amount
                member.earned += sign * earned
    if moves:
        entries = [await _entry(context, *move, number) for number, move in enumerate(moves)]
        await context.unit.ledger.add([(context.community.id, entry) for entry in entries])
        await context.unit.members.recount(ids)


async def _entry(context: Context, member_id: int, amount: int, earned: int, number: int) -> Entry:
    account = (await context.unit.members.accounts_of([member_id]))[0]
    asked = context.call.key if context.call else ""
    key = f"unlink:{context.my_account.platform}:{asked}:{number}"
    return Entry(account.id, amount, Reason.LINK, key, context.now, earned)


def _restore(member: Member, account: Account, joined: Member) -> None:
    """Make a member of what /link had emptied; what was decided meanwhile holds for both."""
    member.name, member.level = account.name, level_of(member.earned)
    member.tier, member.tier_grace_until = joined.tier, joined.tier_grace_until
    member.consent, member.language, member.notify = joined.consent, joined.language, joined.notify
    member.checked_in_on = max(member.checked_in_on or "", joined.checked_in_on or "") or None
