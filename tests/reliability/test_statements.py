"""How many statements a batch takes: each is a way to the database and back, however little it asks."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import event

from core.domain.events import Event, MessageSent
from core.domain.people import Person
from core.store.unit import Store
from tests.world import World
from tests.world.world import START

MOST = 12  # where everybody is known and nobody climbs; BEGIN or the lock of communities is one


def _batch(number: int) -> list[Event]:
    return [
        MessageSent(
            platform="fake",
            key=f"m:{number}-{place}",
            space="home",
            at=START + timedelta(minutes=2 * number),
            actor=Person(f"u{place}", f"Member {place}"),
            room="general",
            reply_to=f"{number - 1}-{place - 1}" if number and place else None,
            length=20,
        )
        for place in range(20)
    ]


async def test_a_batch_asks_nothing_that_is_known_to_be_rare(store: Store) -> None:
    world = World(store)
    await world.open()  # so that Kith knows what it planned itself
    await world.community()
    for number in range(3):
        await world.engine.accept(_batch(number))
    said: list[str] = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        said.append(statement)

    event.listen(world.store._engine.sync_engine, "before_cursor_execute", note)
    accepted = await world.engine.accept(_batch(3))
    event.remove(world.store._engine.sync_engine, "before_cursor_execute", note)
    assert accepted.new == 20
    assert len(said) <= MOST, "\n".join(said)
