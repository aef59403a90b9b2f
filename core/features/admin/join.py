"""/joincode and /join: one community in several places."""

from __future__ import annotations

import secrets
from datetime import timedelta

from core.domain.errors import BadInput, NotFound
from core.domain.message import Reply
from core.kit import Context, Rights, action, command
from core.kit.choices import SETUP, back_to_setup
from core.kit.joining import take_in
from core.store.links import LinkCode

KIND = "space"
LIFE = timedelta(minutes=30)
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that looks like another


@command(rights=Rights.OWNER, private=True)
async def joincode(context: Context) -> Reply:
    """Get a code with which another place joins this community."""
    return await _issue(context)


@action(rights=Rights.OWNER, private=True, formerly=("joincode", "origin"))
async def joincode_for_setup(context: Context) -> Reply:
    """Get it with a way back to /setup."""
    return await _issue(context, SETUP)


async def _issue(context: Context, origin: str | None = None) -> Reply:
    code = "".join(secrets.choice(_LETTERS) for _ in range(8))
    account = context.account.id if context.account else None
    await context.unit.links.add(code, KIND, context.community.id, account, context.now + LIFE)
    await context.record("joincode")
    minutes = int(LIFE.total_seconds() // 60)
    said = context.t("joincode-done", community=context.community.name, code=f"{code[:4]}-{code[4:]}", minutes=minutes)
    return Reply(said, back_to_setup(context, origin))


@command(rights=Rights.OWNER, direct=False)
async def join(context: Context, code: str | None = None) -> Reply:
    """Let this place join another community of yours."""
    if code is None:
        return Reply(context.t("join-how"), private=True)
    found = _other(context, await context.unit.links.find(_plain(code), KIND, context.now))
    target = await context.unit.communities.get(found.community_id)
    here = await context.unit.members.count(context.community.id)
    yes = context.button(context.t.plain("join-yes"), confirm_join, confirmed=found.id)
    no = context.button(context.t.plain("join-no"), "setup")
    text = context.t("join-ask", community=target.name, here=context.community.name, members=here)
    return Reply(text, ((yes, no),))


def _other(context: Context, found: LinkCode | None) -> LinkCode:
    if found is None:
        raise NotFound("error-join-code")
    if found.community_id == context.community.id:
        raise BadInput("error-join-same", community=context.community.name)
    return found


@action(rights=Rights.OWNER, formerly=("join", "confirmed"))
async def confirm_join(context: Context, confirmed: int) -> Reply:
    """Join by the code of this number."""
    found = await context.unit.links.use_up(confirmed, KIND, context.now)
    source, target_id = context.community, _other(context, found).community_id
    unit, caller = context.unit, context.my_account
    absorbed = await take_in(unit, source.id, target_id, context.now)
    target = await unit.communities.get(target_id)
    # From here on the caller is who they are in the community that stays.
    who = await unit.members.find(caller.platform, {target_id: [caller.external_id]})
    context.community, context.account = target, who[target_id, caller.external_id]
    context.member = await unit.members.get(context.account.member_id)
    context.t = context.texts_for(context.member)
    await context.record("join", name=source.name, members=absorbed.members)
    return Reply(context.t("join-done", community=target.name, members=absorbed.members, met=absorbed.met))


def _plain(code: str) -> str:
    """Return a code as it is kept: people type it with dashes and blanks."""
    return "".join(char for char in code if char.isalnum())
