"""What is said to one member unasked, in their direct chat: through the push gate, there is no other way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from core.domain.audience import Audience
from core.domain.community import Community
from core.domain.message import Button, Reply
from core.domain.outgoing import Outgoing, SentButton
from core.domain.people import Member
from core.domain.pushes import Refusal, Topic, gate
from core.store.buttons import ButtonState, new_token
from core.store.outbox import OutboxRow
from core.store.unit import UnitOfWork

LIFE = timedelta(days=30)  # of the buttons
Rows = tuple[tuple[SentButton, ...], ...]


async def push(
    unit: UnitOfWork,
    community: Community,
    member: Member,
    reply: Reply,
    now: datetime,
    *,
    topic: Topic = Topic.NOTICE,
    held_out: tuple[str, float] | None = None,
) -> OutboxRow | Refusal:
    """Return what goes out to a member if the push gate lets it through, else why it doesn't.

    Its buttons last a month. `held_out` is as in `core.domain.pushes.gate`.
    """
    (to,) = await unit.pushes.addressees(community.id, Audience(members=(member.id,)), now)
    let = gate(to, topic, now, community.settings.timezone, held_out)
    if isinstance(let, Refusal):
        return let
    account = let.account
    spaces = await unit.communities.spaces_of(community.id)
    space = next((each for each in spaces if each.platform == account.platform), None)
    outgoing = Outgoing(
        text=reply.text,
        platform=account.platform,
        space=space.external_id if space else None,
        to=account.external_id,
        private=True,
        direct=True,
        buttons=await keep(unit, community.id, reply.buttons, now + LIFE, account.id),
        picture=reply.picture,
        file=reply.file,
        silent=let.silent,
        locale=member.language or community.settings.language,
    )
    counted = None if topic is Topic.NOTICE else topic.value
    return OutboxRow(outgoing, community.id, account.id, kind="push", due_at=let.due_at, topic=counted)


async def keep(
    unit: UnitOfWork,
    community_id: int,
    rows: Sequence[Sequence[Button]],
    until: datetime,
    account_id: int | None = None,
) -> Rows:
    """Keep the buttons of what is said unasked, and return them as they are sent; without an account anybody presses.

    One that leads to an address needs no keeping.
    """
    kept: list[ButtonState] = []
    sent = []
    for row in rows:
        tokens = ["" if each.url else new_token(asks=each.asks) for each in row]
        kept += [
            ButtonState(token, community_id, account_id, each.command, dict(each.options), each.replace_message, until)
            for token, each in zip(tokens, row, strict=True)
            if each.url is None
        ]
        sent.append(
            tuple(SentButton(each.label, token, each.url, each.choice) for token, each in zip(tokens, row, strict=True))
        )
    await unit.buttons.add(kept)
    return tuple(sent)
