"""What health says of Discord."""

from __future__ import annotations

from bot.web.health import Health
from tests.platforms.discord.conftest import Stage


async def test_a_gateway_that_is_gone_is_told(stage: Stage) -> None:
    async with stage.up() as house:
        seen = (await Health(house).look())["platforms"]["discord"]
        assert (seen["ok"], seen["state"]) == (True, "running")
        assert seen["last_success"] is not None
        await stage.server.stop()

        async def falters() -> bool:
            return bool((await Health(house).look())["platforms"]["discord"]["state"] == "faltering")

        await stage.until(falters)
        assert (await Health(house).look())["status"] == "degraded"
        await stage.advance(minutes=1)
        seen = await Health(house).look()
        assert (seen["platforms"]["discord"]["state"], seen["status"]) == ("unreachable", "down")


async def test_a_session_that_is_taken_up_again_is_well(stage: Stage) -> None:
    async with stage.up() as house:
        stage.server.drop_sockets()

        async def lost() -> bool:
            return house.platforms["discord"].pulse.failures > 0

        async def back() -> bool:
            return bool((await Health(house).look())["platforms"]["discord"]["state"] == "running")

        await stage.until(lost)
        await stage.until(back)
