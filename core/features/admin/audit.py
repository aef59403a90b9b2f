"""/audit: who did what."""

from __future__ import annotations

from typing import Any

from core.domain.message import Reply
from core.domain.people import Member
from core.kit import Context, Markup, Rights, action, command
from core.kit.choices import label
from core.kit.words import name_of, turn_pages
from core.store.audit import AuditEntry

PAGE = 10


@command(rights=Rights.MODERATOR, private=True)
async def audit(context: Context) -> Reply:
    """Show who changed what in this community."""
    return await _page(context, 1)


@action(rights=Rights.MODERATOR, private=True, formerly=("audit", "page"))
async def audit_page(context: Context, page: int) -> Reply:
    """Show another page."""
    return await _page(context, page)


async def _page(context: Context, page: int) -> Reply:
    pages = max(1, -(-await context.unit.audit.count(context.community.id) // PAGE))
    page = min(max(page, 1), pages)
    entries = await context.unit.audit.newest(context.community.id, PAGE, (page - 1) * PAGE)
    if not entries:
        return Reply(context.t("audit-empty"))
    ids = {id_ for entry in entries for id_ in (entry.actor_account_id, entry.subject_account_id) if id_ is not None}
    people = await context.unit.members.of_accounts(ids)
    accounts = {id_: (await context.unit.members.account(id_)).name for id_ in ids if people[id_].bot}
    lines = [
        Markup(f"{context.said_moment(entry.at)} · {_words(context, entry, people, accounts)}") for entry in entries
    ]
    head = context.t("audit-title", community=context.community.name)
    return Reply(Markup("\n".join([head, *lines])), turn_pages(context, audit_page, page, pages))


def _words(context: Context, entry: AuditEntry, people: dict[int, Member], accounts: dict[int, str]) -> str:
    def name(account_id: int | None) -> str:
        if account_id in accounts:
            return accounts[account_id]  # the group itself, in whose name an administrator acted
        return name_of(context.t, people.get(account_id) if account_id is not None else None)

    try:
        words = {"actor": name(entry.actor_account_id), "subject": name(entry.subject_account_id)}
        return context.t(f"audit-{entry.action}", **words, **_detail(context, entry))
    except KeyError:
        # An entry that lost its details to an erasure, or that this version has no words for.
        return context.t("audit-other", actor=name(entry.actor_account_id), action=entry.action)


def _detail(context: Context, entry: AuditEntry) -> dict[str, Any]:
    detail = {key: value for key, value in (entry.detail or {}).items() if value is not None}
    detail = {key: tuple(value) if isinstance(value, list) else value for key, value in detail.items()}
    choice = context.choices.get(detail.get("name", "")) if entry.action == "settings" else None
    if choice is not None:
        for key in ("before", "after"):
            detail[key] = label(context.t, choice, detail[key], context.now)
        detail["name"] = context.t.plain(f"setting-{choice.name}")
    return detail
