"""The pulse: off until an owner wants it, one tap, told from five on, directly only for who asked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.domain.events import ButtonPressed, MessageSent
from core.domain.pictures import Chart
from core.domain.polarity import Polarity
from core.store.unit import Store
from tests.flow.test_survey import PEOPLE, crowd, leap
from tests.world import World
from tests.world.activities import set_up, with_people
from tests.world.platform import FakePlatform

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


async def round_over(world: World, hours: int = 4) -> list[str]:
    """Let the next round begin, in so many hours, and end, and return what /pulse says of it."""
    await leap(world, hours=hours)
    await leap(world, hours=20)
    await world.say("olga", "/pulse")
    return world.last.splitlines()


async def talk(world: World, people: Sequence[str], **more: str) -> None:
    """Let each of these write two messages: a positive one, and a negative one or, three of four, a neutral one."""
    await world.hand_in(
        *(world.event(MessageSent, who, polarity=Polarity.POSITIVE, **more) for who in people),
        *(
            world.event(MessageSent, who, polarity=Polarity.NEUTRAL if at % 4 else Polarity.NEGATIVE, **more)
            for at, who in enumerate(people)
        ),
    )


async def kept(world: World) -> list[tuple[int, int, int]]:
    """Return the positive, negative and neutral messages of each day that are in the database."""
    async with world.store.read() as unit:
        found = await unit.polarity_days.by_day(1, (0, 100_000))
    return [(each.positive, each.negative, each.neutral) for _, each in sorted(found.items())]


UNTOLD = "Of messages nothing is told: fewer than five people wrote, or not all of that week was counted."


async def test_messages_are_told_where_an_owner_agreed_and_five_people_wrote(crowd: World) -> None:
    await crowd.say("olga", "/settings pulse yes")
    await set_up(crowd, "pulse daily 10:00 hours=20")
    await talk(crowd, PEOPLE[:8])
    assert await kept(crowd) == []  # nobody agreed
    crowd.moderator("mod")
    await crowd.say("mod", "/settings polarity yes")
    assert "for owners" in crowd.last
    await crowd.say("olga", "/settings polarity yes")
    await crowd.say("p1", "/privacy")
    assert "under no name, and keep no text" in crowd.last
    await crowd.say("p23", "/consent out")
    await crowd.press("p23", "Yes, leave me out")
    await talk(crowd, [*PEOPLE[:8], "p23"])
    await crowd.happen(MessageSent, "p1")  # a text that nobody gave
    assert await kept(crowd) == [(8, 2, 6)]
    assert UNTOLD in await round_over(crowd, 1)  # before somebody agreed more was written on that day
    await talk(crowd, PEOPLE[:4])
    assert UNTOLD in await round_over(crowd)  # four people are too few
    await talk(crowd, PEOPLE[:8])
    assert (await round_over(crowd))[-2:] == [
        # Of 4 + 8 positive, 1 + 2 negative and 3 + 6 neutral ones.
        "Of the messages of that week 50 % sounded positive and 12 % negative.".replace(" %", "\N{NO-BREAK SPACE}%"),
        "It comes from faces, reactions, and words of messages that I look for as they arrive; no text is kept. "
        "Counts are rounded to five.",
    ]
    await leap(crowd, days=20)
    await crowd.engine.keep_house()
    assert await kept(crowd) == []


async def test_the_chart_shows_how_messages_sounded_in_the_weeks_of_which_it_is_told(crowd: World) -> None:
    await crowd.say("olga", "/settings pulse yes")
    await crowd.say("olga", "/settings polarity yes")
    await set_up(crowd, "pulse daily 10:00 hours=20")
    for at, people in enumerate(((), PEOPLE[:8], PEOPLE[8:16])):
        await leap(crowd, hours=4 if at else 1)
        for who in PEOPLE:
            await tap(crowd, who, "🙂")
        await talk(crowd, people)
        await leap(crowd, hours=20)
    await crowd.say("olga", "/chart pulse_trend")
    picture = crowd.sent[-1].outgoing.picture
    assert isinstance(picture, Chart)
    assert [(each.label, each.values) for each in picture.series[1:]] == [
        ("Positive messages", (None, 50.0, 50.0)),
        ("Negative messages", (None, 12.0, 12.0)),
    ]
    told = "Positive messages: 3 March 50 %, 4 March 50 % · Negative messages: 3 March 12 %, 4 March 12 %"
    assert told in picture.alt.replace("\N{NO-BREAK SPACE}", " ")
    await crowd.say("olga", "/language zh")
    await crowd.say("olga", "/chart pulse_trend")
    picture = crowd.sent[-1].outgoing.picture
    assert isinstance(picture, Chart)
    assert [each.label for each in picture.series[1:]] == ["积极的消息", "消极的消息"]


async def test_of_a_community_in_both_places_only_telegram_is_told_of(store: Store) -> None:
    world = World(store, FakePlatform("telegram"), FakePlatform("discord"))
    await world.open("home", "Data Kitchen", platform="telegram")
    await world.open("away", "Data Yard", platform="discord")
    await with_people(world, *PEOPLE[:8])
    there = {"space": "away", "platform": "discord"}
    await world.say("olga", "/joincode")
    code = re.search(r"/join (\S+)", world.last)
    assert code
    await world.say("olga", f"/join {code[1]}", **there)
    await world.press("olga", "Join", platform="discord")
    await world.say("olga", "/settings pulse yes")
    await world.say("olga", "/settings polarity yes")
    await set_up(world, "pulse daily 10:00 hours=20")
    await leap(world, hours=24)
    await talk(world, PEOPLE[:4])
    for who in PEOPLE[8:]:
        await world.say(who, "hello", **there)
    untold = await round_over(world, 1)
    assert UNTOLD in untold  # four people on Telegram are too few, however many wrote on Discord
    assert untold[-1].endswith("no text is kept. On Discord I have no message text. Counts are rounded to five.")
    await talk(world, PEOPLE[:8])
    for who in PEOPLE[8:]:
        await world.say(who, "hello", **there)
    assert (await round_over(world))[-2:] == [
        # Of 4 + 8 positive, 1 + 2 negative and 3 + 6 neutral ones: what nobody could read isn't neutral.
        "Of the messages of that week 50 % sounded positive and 12 % negative.".replace(" %", "\N{NO-BREAK SPACE}%"),
        untold[-1],
    ]
    await world.say("olga", "/pulse", **there)
    assert world.last.endswith(untold[-1])


async def test_where_there_is_no_text_the_answer_says_so(store: Store) -> None:
    world = await with_people(World(store, FakePlatform("discord")), *PEOPLE[:6])
    await world.say("olga", "/settings pulse yes")
    await world.say("olga", "/settings polarity yes")
    await set_up(world, "pulse daily 10:00 hours=20")
    await talk(world, PEOPLE[:6])  # who writes there says nothing of how many wrote elsewhere
    lines = await round_over(world, 1)
    assert lines[-1].startswith("It comes from faces and reactions alone: on Discord I have no message text.")
    assert not any("sounded" in each for each in lines)
