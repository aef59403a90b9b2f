"""The pulse: off until an owner wants it, one tap, told from five on, directly only for who asked."""

from __future__ import annotations

from core.domain.events import ButtonPressed
from core.domain.pictures import Chart
from tests.flow.test_survey import PEOPLE, crowd, leap
from tests.world import World
from tests.world.activities import set_up

__all__ = ["crowd"]


async def tap(world: World, who: str, label: str) -> str:
    """Let somebody press what the newest post in the room has."""
    post = next(each for each in reversed(world.sent) if each.outgoing.text.startswith("How was your week"))
    (token,) = (button.token for row in post.outgoing.buttons for button in row if button.label == label)
    await world.happen(ButtonPressed, who, token=token, message=post.id)
    return world.last


async def test_it_is_off_until_an_owner_turns_it_on(crowd: World) -> None:
    await crowd.say("olga", "/pulse")
    assert crowd.last.startswith("The pulse is off")
    await set_up(crowd, "pulse daily 10:00 hours=20")
    await leap(crowd, hours=1)
    assert not any(each.startswith("How was your week") for each in crowd.texts)
    assert any("An owner turns it on with /settings pulse." in each for each in crowd.texts)


async def test_weeks_are_told_in_sums_beside_friendly_reactions(crowd: World) -> None:
    await crowd.say("olga", "/settings pulse yes")
    await crowd.say("olga", "/pulse")
    await crowd.press("olga", "Set it up in this room")
    await set_up(crowd, "pulse daily 10:00 hours=20")
    message = await crowd.say("p1", "hello")
    for at, who in enumerate(PEOPLE):
        await crowd.react(who, message, "👎" if at % 4 == 0 else "❤️")
    await leap(crowd, hours=1)
    assert sum(each.outgoing.direct for each in crowd.sent) == 0  # nobody asked to be asked
    for at, who in enumerate(PEOPLE):
        assert "noted, thank you" in await tap(crowd, who, "😀" if at % 3 else "😞")
    assert "😐 it is now" in await tap(crowd, "p0", "😐")
    assert "each week" in await tap(crowd, "p2", "Ask me directly each week, or no more")
    await crowd.say("olga", "/pulse")
    assert "about 25 answered so far" in crowd.last
    await leap(crowd, hours=20)
    await crowd.say("olga", "/pulse")
    assert crowd.last.splitlines()[2:] == [
        "Round of 2 March",
        "Of about 25 who pressed, 68 % were well (🙂 😀), between 47 % and 84 % (95 %).".replace(
            " %", "\N{NO-BREAK SPACE}%", 3
        ),
        "😞 🙁: 5, 😐: under 5, 🙂 😀: 15",
        "Of the reactions of that week 75 % were friendly ones.",
        "It comes from faces and reactions alone: I don't read what people write. Counts are rounded to five.",
    ]
    await leap(crowd, hours=4)
    assert [each.outgoing.to for each in crowd.sent if each.outgoing.direct] == ["p2"]
    for who in PEOPLE:
        await tap(crowd, who, "🙂")
    await leap(crowd, hours=20)
    await crowd.say("olga", "/chart pulse_trend")
    picture = crowd.sent[-1].outgoing.picture
    assert isinstance(picture, Chart)
    assert [each.label for each in picture.series] == ["Were well", "Friendly reactions"]
