"""/audit: who did what."""

from __future__ import annotations

from typing import Any

from core.domain.message import Reply
from core.domain.people import Member
from core.kit import Context, Markup, Rights, command
from core.kit.choices import CHOICES, label
from core.kit.words import name_of, turn_pages
from core.store.audit import Deed

PAGE = 10


@command(rights=Rights.MODERATOR, private=True, hidden=("page",))
async def audit(context: Context, page: int = 1) -> Reply:
    """Show who changed what in this community."""
    pages = max(1, -(-await context.unit.audit.count(context.community.id) // PAGE))
    page = min(max(page, 1), pages)
    deeds = await context.unit.audit.newest(context.community.id, PAGE, (page - 1) * PAGE)
    if not deeds:
        return Reply(context.t("audit-empty"))
    ids = {id_ for deed in deeds for id_ in (deed.actor_account_id, deed.subject_account_id) if id_ is not None}
    people = await context.unit.members.of_accounts(ids)
    accounts = {id_: (await context.unit.members.account(id_)).name for id_ in ids if people[id_].bot}
    lines = [Markup(f"{context.said_moment(deed.at)} · {_words(context, deed, people, accounts)}") for deed in deeds]
    head = context.t("audit-title", community=context.community.name)
    return Reply(Markup("\n".join([head, *lines])), turn_pages(context, "audit", page, pages))


def _words(context: Context, deed: Deed, people: dict[int, Member], accounts: dict[int, str]) -> str:
    def name(account_id: int | None) -> str:
        if account_id in accounts:
            return accounts[account_id]  # the group itself, in whose name an administrator acted
        return name_of(context.t, people.get(account_id) if account_id is not None else None)

    try:
        words = {"actor": name(deed.actor_account_id), "subject": name(deed.subject_account_id)}
        return context.t(f"audit-{deed.action}", **words, **_detail(context, deed))
    except KeyError:
        # A deed that lost its details to an erasure, or that this version has no words for.
        return context.t("audit-other", actor=name(deed.actor_account_id), action=deed.action)


def _detail(context: Context, deed: Deed) -> dict[str, Any]:
    detail = {key: value for key, value in (deed.detail or {}).items() if value is not None}
    detail = {key: tuple(value) if isinstance(value, list) else value for key, value in detail.items()}
    choice = CHOICES.get(detail.get("name", "")) if deed.action == "settings" else None
    if choice is not None:
        for key in ("before", "after"):
            detail[key] = label(context.t, choice, detail[key], context.now)
        detail["name"] = context.t.plain(f"setting-{choice.name}")
    return detail
