"""Points for what people do, from the event to the answer."""

from tests.world import World


async def test_a_message_gives_its_points_once_and_the_command_says_so(world: World) -> None:
    message = await world.say("ana", "hello")
    rules = (await world.community()).settings.rules
    earned = rules.message_points(f"m:{message}")
    assert 15 <= earned <= 25
    await world.say("ana", "/points")
    assert world.last == f"{earned} points"
