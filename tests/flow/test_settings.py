"""What an owner decides, as features declare it: in /settings and /setup, kept, and for whom it is to change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from fluent.runtime import FluentResource

import core.features
from core.domain.community import Settings
from core.domain.errors import BadInput
from core.domain.people import Rights
from core.engine import discover
from core.kit import Range, setting, texts
from tests.world import World

TONE = setting("tone", "plain", options=("plain", "warm"), asked=True)
BELL = setting("bell", False, rights=Rights.OWNER)
GUESTS = setting("guests", 5, options=(5, 10), within=Range(0, 50))
WORDS = """
setting-tone = Tone
setting-tone-ask = How do I greet people?
setting-tone-plain = Plainly
setting-tone-warm = Warmly
setting-bell = Bell
setting-bell-ask = Does a bell ring?
setting-bell-yes = It rings
setting-bell-no = It is silent
setting-guests = Guests
setting-guests-ask = How many guests?
setting-guests-value = { $value } guests
"""


@pytest.fixture
def hall(world: World) -> Iterator[World]:
    """Give a community with three settings more, an owner and a moderator."""
    for language in texts.LANGUAGES:
        texts._bundle(language).add_resource(FluentResource(WORDS))
    more = {each.choice.name: each.choice for each in (TONE, BELL, GUESTS)}
    registry = world.engine.registry
    world.engine.registry = replace(registry, choices={**registry.choices, **more})
    world.moderator("olga", Rights.OWNER)
    world.moderator("mo")
    yield world
    texts._bundle.cache_clear()


async def own(world: World) -> tuple[str, bool, int]:
    settings = (await world.community()).settings
    return TONE.of(settings), BELL.of(settings), GUESTS.of(settings)


async def test_they_are_shown_and_changed_with_the_others(hall: World) -> None:
    await hall.say("olga", "/settings")
    assert "Tone: Plainly" in hall.last
    assert "Bell: It is silent" in hall.last
    assert await own(hall) == ("plain", False, 5)
    await hall.press("olga", "Tone")
    await hall.press("olga", "Warmly")
    assert "Tone: Warmly ✓" in hall.last
    await hall.say("olga", "/settings bell It rings")
    await hall.say("olga", "/settings guests 17")
    assert "Guests: 17 guests ✓" in hall.last
    assert await own(hall) == ("warm", True, 17)
    await hall.say("olga", "/settings language zh-CN")
    assert await own(hall) == ("warm", True, 17)
    assert (await hall.community()).settings.own == {"tone": "warm", "bell": True, "guests": 17}
    await hall.say("olga", "/language en")
    await hall.say("olga", "/audit")
    assert "Tone" in hall.last
    assert "Warmly" in hall.last


@pytest.mark.parametrize("given", ["51", "-1", "many", "9" * 30, "1.5"])
async def test_what_makes_no_sense_is_refused_in_one_line(hall: World, given: str) -> None:
    await hall.say("mo", f"/settings guests {given}")
    assert hall.last == "guests takes a number from 0 to 50."
    assert await own(hall) == ("plain", False, 5)
    await hall.say("mo", "/settings tone loud")
    assert hall.last == "“loud” is not one of: Plainly, Warmly."


async def test_one_of_owners_is_for_owners(hall: World) -> None:
    await hall.say("mo", "/settings bell yes")
    assert hall.last == "That's for owners of this community."
    assert await own(hall) == ("plain", False, 5)


async def test_setup_asks_for_what_wants_to_be_asked(hall: World) -> None:
    await hall.say("olga", "/setup")
    assert "question 1 of 8." in hall.last
    for _ in range(7):
        await hall.press(
            "olga", next(b.label for row in hall.sent[-1].outgoing.buttons for b in row if b.label.startswith("✓"))
        )
    assert hall.last.endswith("How do I greet people?")
    await hall.press("olga", "Warmly")
    assert hall.last.startswith("Data Kitchen is set up.")
    assert await own(hall) == ("warm", False, 5)


async def test_the_community_that_stays_keeps_its_own(hall: World) -> None:
    await hall.say("olga", "/settings tone warm")
    await hall.open("other", "Yard")
    await hall.say("olga", "/joincode")
    code = re.search(r"/join (\S+)", hall.last)
    assert code
    await hall.say("olga", f"/join {code[1]}", space="other")
    await hall.press("olga", "Join", space="other")
    assert (await hall.community("other")).id == (await hall.community()).id
    assert await own(hall) == ("warm", False, 5)


def test_what_was_kept_and_fits_no_more_reads_as_the_default() -> None:
    for odd in ({"tone": "loud", "bell": "yes", "guests": 99}, {"tone": 1, "bell": 1, "guests": True}, {"gone": "x"}):
        settings = Settings.from_json({"own": odd})
        assert (TONE.of(settings), BELL.of(settings), GUESTS.of(settings)) == ("plain", False, 5)
        assert Settings.from_json(settings.to_json()).own == odd
    before = Settings.from_json({"language": "en", "level_notice": "off"})
    assert (TONE.of(before), before.level_notice) == ("plain", "off")
    with pytest.raises(BadInput):
        GUESTS.choice.put(before, "²")


def test_what_can_never_hold_is_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="the setting tone takes"):
        setting("tone", "loud", options=("plain",))
    with pytest.raises(ValueError, match="the setting guests takes"):
        setting("guests", 5, options=(5, 100), within=Range(0, 50))
    taken = setting("language", "en", options=("en",))
    monkeypatch.setattr(core.features, "TAKEN", taken, raising=False)
    with pytest.raises(ValueError, match="the setting language is declared twice"):
        discover()
