"""The ledger as written past the compiler reads back as it was meant."""

from core.domain.points import Reason
from tests.world import World


async def test_an_entry_reads_back_as_written(world: World) -> None:
    message = await world.say("ana", "hello")
    await world.say("ben", "hi", reply_to=message)
    member = await world.member("ana")
    async with world.store.read() as unit:
        entries = await unit.ledger.of_member(member.id)
    assert {entry.reason for entry in entries} == {Reason.MESSAGE, Reason.REPLY}
    assert {entry.at for entry in entries} == {world.clock.now()}
    assert sum(entry.amount for entry in entries) == member.balance == member.earned
