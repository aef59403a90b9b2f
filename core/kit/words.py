"""Words that several commands share: names, tiers, amounts, ledger entries, and buttons that turn pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from core.domain.message import Button
from core.domain.people import Member, served
from core.domain.points import Reason
from core.domain.tiers import DEFAULT_TIERS, Tier
from core.kit.context import Context
from core.kit.declare import CommandHandler
from core.kit.texts import Markup, Texts
from core.store.ledger import Booked

Rows = tuple[tuple[Button, ...], ...]
_OWN_WORDS = {tier.name for tier in DEFAULT_TIERS}


def name_of(t: Texts, member: Member | None) -> str:
    """Return what a member calls themself; whoever is unknown, erased or out is somebody."""
    return member.name if member is not None and member.name and served(member) else t.plain("somebody")


def tier_name(t: Texts, tier: Tier) -> str:
    """Return a tier's name: the catalogue's for those that Kith brings, the community's own word otherwise."""
    return t.plain(f"tier-{tier.name}") if tier.name in _OWN_WORDS else tier.name


def platform_name(platform: str) -> str:
    """Return a platform's name as its makers write it."""
    return {"telegram": "Telegram", "discord": "Discord"}.get(platform, platform.capitalize())


def signed(amount: int) -> str:
    """Return an amount with its sign, such as +18 or −1,300."""
    return f"{amount:+,}".replace("-", "−")


def one_of(prompt: str, buttons: Sequence[Button], in_a_row: int = 1) -> Rows:
    """Return rows of buttons that are one choice: where they are many, and a platform has such, a menu."""
    marked = [replace(button, choice=prompt) for button in buttons]
    return tuple(tuple(marked[start : start + in_a_row]) for start in range(0, len(marked), in_a_row))


def turn_pages(context: Context, turn: str | CommandHandler, page: int, pages: int, **options: Any) -> Rows:
    """Return a row of buttons ‹ n/m › that call an action with `page` (from 1), or no row where there is one page."""
    if pages <= 1:
        return ()
    row = [context.button(f"{page}/{pages}", turn, page=page, **options)]
    if page > 1:
        row.insert(0, context.button("‹", turn, page=page - 1, **options))
    if page < pages:
        row.append(context.button("›", turn, page=page + 1, **options))
    return (tuple(row),)


async def entry_words(context: Context, entries: Sequence[Booked]) -> list[Markup]:
    """Return each entry in words, such as "+18 message in #help"."""
    undone = await context.unit.ledger.entries([e.reverses_id for e in entries if e.reverses_id is not None])
    every = [*entries, *undone.values()]
    rooms = await _rooms(context, every)
    actors = [e.actor_account_id for e in every if e.actor_account_id is not None]
    people = await context.unit.members.of_accounts(actors) if actors else {}

    def words(entry: Booked) -> Markup:
        original = undone.get(entry.reverses_id) if entry.reverses_id is not None else None
        if entry.reason is Reason.REVERSAL and original is not None:
            return context.t("entry-reversal", what=words(original))
        actor = None if entry.actor_account_id is None else people.get(entry.actor_account_id)
        return context.t(
            f"entry-{entry.reason.value}",
            name=name_of(context.t, actor),
            room=rooms.get(entry.key, ""),
            what="none",
            note=entry.note,
            noted="yes" if entry.note else "no",
            placed="yes" if rooms.get(entry.key) else "no",
        )

    return [Markup(f"{signed(entry.amount)} {words(entry)}") for entry in entries]


async def _rooms(context: Context, entries: Sequence[Booked]) -> dict[str, str]:
    """Return the names of the rooms in which entries for messages were earned, by the entry's key."""
    messages: dict[str, dict[str, str]] = {}
    for entry in entries:
        if entry.reason is Reason.MESSAGE and entry.key.count(":") >= 2:
            _, platform, key = entry.key.split(":", 2)
            messages.setdefault(platform, {})[key] = entry.key
    found: dict[str, str] = {}
    for platform, keys in messages.items():
        rooms = await context.unit.interactions.rooms_of(platform, list(keys))
        found |= {keys[key]: room for key, room in rooms.items()}
    return found


def percent(share: float) -> int:
    """Return a share as whole per cent; what is there at all is at least one."""
    return 0 if share <= 0 else max(1, round(100 * share))
