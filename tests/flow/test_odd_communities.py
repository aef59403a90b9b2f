"""Small and odd communities: every command, the figures and the report tell the truth of them, and nothing breaks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO

import pytest
from PIL import Image

from bot.cli.network import current
from bot.cli.network import told as figures
from bot.cli.report import told
from bot.draw import draw
from bot.web.report.page import written
from core.domain.errors import NotFound
from core.domain.people import Consent
from core.domain.pictures import Picture
from core.store.plain import to_plain
from tests.world import World
from tests.world.odd import COMMUNITIES, Talk

COMMANDS = ("network", "keypeople", "circles", "newcomers", "health", "connect")
NOTHING = "Nobody has answered, mentioned or thanked anybody yet"
SAID: Mapping[str, Mapping[str, str]] = {
    "nobody": {"network": NOTHING, "newcomers": "In the 30 days to 2 March, nobody new came."},
    "one": {
        "network": NOTHING,
        "newcomers": "1 person came and wrote. 1 still waits for an answer:\nAna · wrote first",
    },
    "two": {
        "network": "2 of them have ties to others, one since the beginning",
        "keypeople": "李伟 · addressed by 1 person, 100 %",
        "circles": "Too few ties to speak of circles: 1 of 30 needed.",
    },
    "no ties": {"network": NOTHING, "newcomers": "5 people came and 5 of them wrote. 5 still wait"},
    "bots alone": {"network": NOTHING, "newcomers": NOTHING},
    "deleted accounts": {
        "network": "7 of them have ties to others",
        "keypeople": "7 people are counted, and none of them agreed and has a name",
        "connect": "0 so far",
    },
    "in all rooms": {"network": "57 % of the shortest ways between two people lead through Ana.", "circles": "#room-a"},
    "one hub": {
        "network": "100 % of the shortest ways between two people lead through Ana.",
        "keypeople": "Ana · 100 % of all ties; cut off would be 34 people.",
        "health": "Decentralisation 0 %",
    },
    "two parts": {"network": "nobody talks from one to the other", "health": "55 % of pairs of people"},
    "one circle": {
        "network": "They form one circle, “Ana, 李伟” with 8 people.\n",
        "health": "No figure moved by a percent",
    },
    "pairs": {"network": "the map falls into 32 parts", "circles": "4 of 30 needed"},
}


async def settled(world: World, name: str, consent: Consent) -> None:
    """Let a community talk as its name says, with everybody's consent set."""
    world.moderator("mod")
    talk = Talk(world.clock.now(), world.default)
    COMMUNITIES[name](talk)
    if talk.events:
        await world.hand_in(*talk.events)
    community = await world.community()
    async with world.store.begin() as unit:
        everybody = await unit.members.all(community.id)
        for member in everybody:
            member.consent = consent
        await unit.members.save(everybody)


async def asked(world: World, command: str) -> tuple[str, Picture | None]:
    """Return what a command answers, at once or a moment later."""
    await world.say("mod", f"/{command}")
    await world.engine.answer()
    await world.deliver()
    return world.last, world.sent[-1].outgoing.picture


def check_drawn(picture: Picture) -> None:
    """Check that a picture shows something: more than its title on the ground."""
    with Image.open(BytesIO(draw(picture))) as opened:
        body = opened.convert("L").crop((0, 160, opened.width, opened.height - 120))
        dark = sum(count for value, count in enumerate(body.histogram()) if value < 200)
    assert dark > 300


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", COMMUNITIES)
async def test_what_is_said_of_it_is_true_in_both_languages(world: World, name: str) -> None:
    await settled(world, name, Consent.PERSONAL)
    for language in ("zh", "en"):
        await world.say("mod", f"/language {language}")
        for command in COMMANDS:
            said, picture = await asked(world, command)
            assert said
            assert "K-" not in said
            if language == "en":
                assert SAID[name].get(command, "") in said, command
                if picture is not None:
                    check_drawn(picture)
    community, result = await current(world.store, "Data Kitchen", world.clock.now())
    people = result.baseline.members
    assert len(figures(result, {}).members) == len(people)
    if not people:
        with pytest.raises(NotFound, match="report-nothing"):
            await told(world.store, community.name, "en")
        return
    page = written(await told(world.store, community.name, "zh-CN"))
    assert page.count("<section") >= 7
    assert "<p></p>" not in page


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_where_nobody_agreed_nobody_is_named_anywhere(world: World) -> None:
    await settled(world, "one circle", Consent.COUNTED)
    said = ""
    for command in COMMANDS:
        answer, picture = await asked(world, command)
        said += f"{answer}\n{picture}\n"
    community, result = await current(world.store, "Data Kitchen", world.clock.now())
    said += str(to_plain(figures(result, {})))
    said += re.sub(r"base64,[^\"]*", "", written(await told(world.store, community.name, "en")))
    assert "I may name nobody here: 8 people are counted" in said
    for who in ("Ana", "李伟", "Noor", "高翔", "Maximiliane", "Kim"):
        assert who not in said
