"""People among whom activities run, and how a moderator sets one up."""

from __future__ import annotations

from sqlalchemy import update

from core.domain.events import FormSent
from core.domain.people import Rights
from core.store.tables.members import members
from tests.world.world import World

QUESTION = "question daily 12:00 hours=3 points=7 questions=What did you learn? | Who helped you?"


async def with_people(world: World, *names: str) -> World:
    """Let people come in, Olga the owner among them."""
    for who in names or ("ana", "bo", "cleo"):
        await world.join(who)
    world.moderator("olga", Rights.OWNER)
    await world.join("olga")
    return world


async def lift(world: World, who: str, tier: int) -> None:
    """Let somebody be of a tier, until the next look at tiers."""
    member = await world.member(who)
    async with world.store.begin() as unit:
        await unit.connection.execute(update(members).where(members.c.id == member.id).values(tier=tier))


async def set_up(world: World, text: str) -> None:
    """Set an activity up by typing, and start it."""
    await world.say("olga", f"/activities {text}")
    await world.press("olga", "Start")


async def send(world: World, sender: str, label: str, /, **values: str) -> None:
    """Let somebody open the form of the newest button so labelled and send it; what they leave out stays as it is."""
    token, place = next(
        (button.token, sent)
        for sent in reversed(world.sent)
        for row in sent.outgoing.buttons
        for button in row
        if button.label == label
    )
    where = {"space": place.outgoing.space, "room": place.outgoing.room, "message": place.id}
    await world.happen(FormSent, sender, token=token, values=values, **where)


async def fill(world: World, sender: str, label: str, /, **values: str) -> None:
    """Let somebody send the form of a button, on a platform that shows it whole."""
    world.engine.dialogs = frozenset({"fake"})
    await send(world, sender, label, **values)
