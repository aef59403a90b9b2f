"""Shows the form that a button opens, to whoever presses it, where a platform shows it whole: nothing is written."""

from __future__ import annotations

from core.domain.events import ButtonPressed
from core.domain.forms import Form
from core.engine.calls import Caller
from core.engine.forms import Forms
from core.kit.context import Context
from core.kit.texts import Texts, language_of


async def opened(caller: Caller, event: ButtonPressed, most: int) -> Form | None:
    """Return the form that a button opens, at most so many fields of it, with what was given before.

    None where it opens none, or not for them: then the press is answered as any other.
    """
    unit = caller.unit
    kept = await unit.buttons.find(event.token, caller.now)
    command = None if kept is None else caller.registry.called(kept.command, kept.options)
    if kept is None or command is None or not command.asks or event.actor is None:
        return None
    found = await unit.members.find(event.platform, {kept.community_id: [event.actor.id]})
    account = found.get((kept.community_id, event.actor.id))
    community = await unit.communities.get(kept.community_id)
    theirs = kept.account_id is None or (account is not None and account.id == kept.account_id)
    # Who presses in a direct chat is asked about when they send it: a platform may take longer to say than it waits.
    may = event.rights is None or caller.rights(event, community.settings).covers(command.rights)
    if not theirs or not may:
        return None
    member = await unit.members.get(account.member_id) if account else None
    default = community.settings.language
    spoken = language_of(event.locale, default) if event.direct else default
    texts = Texts((member.language if member else None) or spoken)
    context = Context(unit, caller.now, community, texts, account=account, member=member, call=event)
    return await Forms(unit, caller.sealer, caller.now).shown(context, command, event, kept.options, most)
