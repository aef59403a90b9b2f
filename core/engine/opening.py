"""Shows the form that a button or a menu opens, to whoever presses it, where a platform shows it whole.

What a button opens only reads: whoever pressed waits for nothing that is written meanwhile.
"""

from __future__ import annotations

from core.domain.community import Community
from core.domain.events import Asked, ButtonPressed, CommandCalled
from core.domain.forms import Form
from core.domain.people import Account
from core.engine.calls import BUTTON_LIFE, Caller
from core.engine.forms import Forms
from core.kit.context import Context
from core.kit.declare import Command
from core.kit.texts import Texts, language_of
from core.store.buttons import ButtonState, new_token


async def opened(caller: Caller, event: ButtonPressed, most: int) -> Form | None:
    """Return the form that a button opens, at most so many fields of it, with what was given before.

    None where it opens none, or not for them: then the press is answered as any other.
    """
    unit = caller.unit
    kept = await unit.buttons.find(event.token, caller.now)
    command = None if kept is None else caller.registry.called(kept.command, kept.options)
    if kept is None or command is None or not command.asks:
        return None
    community = await unit.communities.get(kept.community_id)
    account = await _account(caller, event, community)
    theirs = kept.account_id is None or (account is not None and account.id == kept.account_id)
    if not theirs or not _may(caller, event, community, command):
        return None
    context = await _context(caller, event, community, account)
    return await Forms(unit, caller.sealer, caller.now).shown(context, command, event, kept.token, kept.options, most)


async def opened_by_menu(caller: Caller, call: CommandCalled, most: int) -> Form | None:
    """Return the form that a member's menu opens, once a button is kept for it that nobody sees.

    None where it opens none, or not for them, or is about somebody whom Kith never met: then the call is answered as
    any other.
    """
    unit = caller.unit
    command = caller.registry.commands.get(call.name.lower())
    form = None if command is None else caller.registry.actions.get(command.opens)
    space = (await unit.communities.spaces(call.platform, [call.space])).get(call.space)
    if form is None or space is None or call.reply_author is None:
        return None
    community = await unit.communities.get(space.community_id)
    account = await _account(caller, call, community)
    about = await unit.members.find(call.platform, {community.id: [call.reply_author.id]})
    target = about.get((community.id, call.reply_author.id))
    if account is None or target is None or call.reply_author.bot or not _may(caller, call, community, form):
        return None
    options = {form.hidden[0]: f"#{target.member_id}"}
    until = caller.now + BUTTON_LIFE
    kept = ButtonState(new_token(asks=True), community.id, account.id, form.name, options, False, until)
    await unit.buttons.add([kept])
    context = await _context(caller, call, community, account)
    return await Forms(unit, caller.sealer, caller.now).shown(context, form, call, kept.token, options, most)


async def _account(caller: Caller, event: Asked, community: Community) -> Account | None:
    if event.actor is None:
        return None
    found = await caller.unit.members.find(event.platform, {community.id: [event.actor.id]})
    return found.get((community.id, event.actor.id))


def _may(caller: Caller, event: Asked, community: Community, command: Command) -> bool:
    # Who asks in a direct chat is asked about when they send it: a platform may take longer to say than it waits.
    return event.rights is None or caller.rights(event, community.settings).covers(command.rights)


async def _context(caller: Caller, event: Asked, community: Community, account: Account | None) -> Context:
    member = await caller.unit.members.get(account.member_id) if account else None
    default = community.settings.language
    spoken = language_of(event.locale, default) if event.direct else default
    texts = Texts((member.language if member else None) or spoken)
    return Context(caller.unit, caller.now, community, texts, account=account, member=member, call=event)
