"""/link: join one's accounts on several platforms, so that points and history become one."""

from __future__ import annotations

import secrets
from datetime import timedelta

from core.domain.errors import BadInput
from core.domain.message import Reply
from core.domain.people import Account, Consent, Member
from core.domain.points import level_of
from core.kit import Context, action, command
from core.kit.consent import must_serve
from core.kit.words import name_of, platform_name
from core.store.links import LinkCode

KIND = "account"
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LIFE = timedelta(minutes=10)


@command(private=True)
async def link(context: Context, code: str | None = None) -> Reply:
    """Join your accounts on several platforms."""
    must_serve(context, context.me)
    if code is None:
        return await _issue(context)
    return await _ask(context, "".join(char for char in code if char.isalnum()))


async def _issue(context: Context) -> Reply:
    here = context.my_account.platform
    spaces = await context.unit.communities.spaces_of(context.community.id)
    others = sorted({platform_name(space.platform) for space in spaces if space.platform != here})
    if not others:
        raise BadInput("error-link-one-platform", platform=platform_name(here))
    code = "".join(secrets.choice(LETTERS) for _ in range(8))
    until = context.now + LIFE
    await context.unit.links.add(code, KIND, context.community.id, context.my_account.id, until)
    minutes = int(LIFE.total_seconds()) // 60
    return Reply(context.t("link-code", code=f"{code[:4]}-{code[4:]}", platforms=" / ".join(others), minutes=minutes))


async def _ask(context: Context, code: str) -> Reply:
    used = await context.unit.links.use(code, KIND, context.now)
    account, other = await _other(context, used)
    t = context.t
    row = (
        context.button(t.plain("button-link-yes"), confirm_link, confirm=used.id if used else 0),
        context.button(t.plain("button-link-no"), confirm_link, confirm=0),
    )
    sure = t(
        "link-sure",
        name=name_of(t, other),
        platform=platform_name(account.platform),
        theirs=other.balance,
        mine=context.me.balance,
        total=other.balance + context.me.balance,
    )
    return Reply(sure, (row,))


async def _other(context: Context, code: LinkCode | None) -> tuple[Account, Member]:
    """Return the account that a code stands for and its member; raise BadInput where the two can't be one."""
    if code is None or code.account_id is None or code.community_id != context.community.id:
        raise BadInput("error-link-code")
    account = await context.unit.members.account(code.account_id)
    other = await context.unit.members.get(account.member_id)
    if other.id == context.me.id:
        raise BadInput("error-link-own")
    must_serve(context, other)
    both = await context.unit.members.accounts_of([other.id, context.me.id])
    platforms = [each.platform for each in both]
    twice = next((platform for platform in platforms if platforms.count(platform) > 1), None)
    if twice is not None:
        raise BadInput("error-link-same-platform", platform=platform_name(twice))
    return account, other


@action(private=True, formerly=("link", "confirm"))
async def confirm_link(context: Context, confirm: int) -> Reply:
    """Join the accounts by the code of this number; 0 lets it be."""
    must_serve(context, context.me)
    if confirm == 0:
        return Reply(context.t("link-not"))
    account, kept = await _other(context, await context.unit.links.confirm(confirm, context.now - LIFE))
    mine = context.me
    for each in await context.unit.members.accounts_of([mine.id]):
        await context.unit.members.move_account(each.id, kept.id)
    await context.unit.members.recount([kept.id, mine.id])
    await context.unit.members.move_debt(mine.id, kept.id)
    await context.unit.ledger.settle(context.community.id, [kept.id], f"link:{confirm}", context.now)
    kept = await context.unit.members.get(kept.id)
    _merge(kept, mine)
    await context.unit.pushes.hand_on(context.community.id, mine.id, kept.id)
    # What stays behind keeps no name: it waits, without accounts, for /unlink.
    mine.name, mine.level, mine.tier, mine.tier_grace_until = "", 0, 0, None
    await context.unit.members.save([kept, mine])
    await context.unit.presences.settle([kept.id, mine.id])
    await context.record("link", account)
    words = {"platform": platform_name(context.my_account.platform), "name": context.my_account.name}
    await context.tell(kept, Reply(context.texts_for(kept)("link-told", **words)))
    context.member = kept
    return Reply(context.t("link-done", name=kept.name, platform=platform_name(account.platform), balance=kept.balance))


def _merge(kept: Member, other: Member) -> None:
    """Let `kept` have what either had, and the narrower consent of the two."""
    kept.level = level_of(kept.earned)
    if other.tier > kept.tier:
        kept.tier, kept.tier_grace_until = other.tier, other.tier_grace_until
    if (other.checked_in_on or "", other.streak) > (kept.checked_in_on or "", kept.streak):
        kept.checked_in_on, kept.streak = other.checked_in_on, other.streak
    kept.joined_at = min((at for at in (kept.joined_at, other.joined_at) if at is not None), default=None)
    kept.rewarded_at = max((at for at in (kept.rewarded_at, other.rewarded_at) if at is not None), default=None)
    kept.language = kept.language or other.language
    if other.consent is Consent.COUNTED:
        kept.consent = Consent.COUNTED
