"""A form in questions, one by one in the direct chat: answered, wrong, back, changed, left, too late, erased."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from cryptography.fernet import Fernet

from core.domain.events import WroteDirectly
from core.domain.people import Rights
from core.engine.seal import Sealer
from core.store.tables.drafts import drafts
from tests.world import World, feedback
from tests.world.feedback import Mood


async def begin(world: World, who: str = "ana", words: str = "") -> None:
    await world.say(who, f"/feedback {words}".strip())
    await world.press(who, "Take part")


async def write(world: World, who: str, text: str) -> None:
    """Let somebody write to Kith alone."""
    await world.happen(WroteDirectly, who, text=text, space="direct", direct=True)


async def press(world: World, who: str, label: str) -> None:
    await world.press(who, label, space="direct", direct=True)


def labels(world: World) -> list[str]:
    return [button.label for row in world.sent[-1].outgoing.buttons for button in row]


async def kept(world: World) -> list[object]:
    async with world.store.read() as unit:
        return list(await unit.connection.execute(drafts.select()))


async def fill_in(world: World, who: str = "ana", title: str = "Owls") -> None:
    await write(world, who, title)
    await write(world, who, "5")
    await press(world, who, "Fine")
    for _ in range(4):
        await press(world, who, "Skip")


async def test_every_kind_is_asked_for_and_read(asked: World) -> None:
    await asked.join("bo")
    await begin(asked)
    question = asked.sent[-1].outgoing
    assert (question.to, question.private, question.asks) == ("ana", True, True)
    assert asked.last == "Survey · 1 of 7\nTitle"
    assert labels(asked) == ["Cancel"]
    await write(asked, "ana", "Owls & *stars*")
    assert asked.last == "Survey · 2 of 7\nStars\nFrom one to five"
    assert labels(asked) == ["Back", "Cancel"]
    await write(asked, "ana", "４")
    assert labels(asked) == ["Fine", "Poor", "Back", "Cancel"]
    await press(asked, "ana", "Poor")
    await press(asked, "ana", "dogs")
    assert labels(asked)[:4] == ["cats", "✓ dogs", "birds", "Done"]
    await press(asked, "ana", "cats")
    await press(asked, "ana", "Done")
    await write(asked, "ana", "bo")
    await write(asked, "ana", "2026-12-24")
    assert labels(asked) == ["Skip", "Back", "Cancel"]
    await press(asked, "ana", "Skip")
    assert asked.last.splitlines() == [
        "Survey · is that right?",
        "Title Owls & *stars*",
        "Stars 4",
        "Mood Poor",
        "Topics cats, dogs",
        "Who helped Bo",
        "Day 2026-12-24",
        "Anything else –",
    ]
    assert labels(asked) == ["Send", "Change", "Cancel"]
    assert feedback.taken == []
    await press(asked, "ana", "Send")
    assert asked.last == "Thanks for Owls & *stars*."
    (sent,) = feedback.taken
    assert (sent.by, sent.run) == ("Ana", 7)
    day, topics = date(2026, 12, 24), ("cats", "dogs")
    assert sent.given == {
        **{"title": "Owls & *stars*", "stars": 4, "mood": Mood.BAD, "topics": topics},
        **{"who": "Bo", "day": day, "more": ""},
    }
    assert await kept(asked) == []


async def test_a_wrong_answer_says_what_was_expected_and_asks_again(asked: World) -> None:
    await asked.join("liwei")
    await begin(asked)
    await write(asked, "ana", "x" * 41)
    assert asked.last == "Survey · 1 of 7\nTitle\n⚠️ That is too long: 40 characters at most."
    await write(asked, "ana", "Owls")
    await write(asked, "ana", "six")
    assert asked.last.endswith("⚠️ Stars takes a whole number, not “six”.")
    await write(asked, "ana", "6")
    assert asked.last.endswith("⚠️ Stars takes a number from 1 to 5, not “6”.")
    await write(asked, "ana", "5")
    await write(asked, "ana", "so-so")
    assert asked.last.endswith("⚠️ Mood takes one of Fine, Poor, not “so-so”.")
    await write(asked, "ana", "FINE")
    await write(asked, "ana", "cats, mice")
    assert asked.last.endswith("⚠️ Topics takes one of cats, dogs, birds, not “mice”.")
    await write(asked, "ana", "birds、cats")
    await write(asked, "ana", "lwei")
    assert "I don't know a member called “lwei”. Did you mean Liwei?" in asked.last
    await press(asked, "ana", "Liwei")
    await write(asked, "ana", "31 February")
    assert asked.last.endswith("⚠️ Day takes a day such as 2026-12-24, not “31 February”.")
    await write(asked, "ana", "2026年12月24日")
    await press(asked, "ana", "Skip")
    await press(asked, "ana", "Send")
    assert feedback.taken[0].given["who"] == "Liwei"
    assert feedback.taken[0].given["topics"] == ("cats", "birds")


async def test_one_goes_back_changes_and_keeps(asked: World) -> None:
    await begin(asked)
    await write(asked, "ana", "Owls")
    await press(asked, "ana", "Back")
    assert labels(asked) == ["Keep “Owls”", "Cancel"]
    await write(asked, "ana", "Larks")
    assert asked.last.startswith("Survey · 2 of 7")
    await press(asked, "ana", "Back")
    await press(asked, "ana", "Keep “Larks”")
    await write(asked, "ana", "5")
    await press(asked, "ana", "Fine")
    for _ in range(4):
        await press(asked, "ana", "Skip")
    await press(asked, "ana", "Change")
    assert labels(asked)[:2] == ["Title", "Stars"]
    await press(asked, "ana", "Stars")
    await write(asked, "ana", "1")
    assert "Stars 1" in asked.last
    await press(asked, "ana", "Send")
    assert feedback.taken[0].given["title"] == "Larks"
    assert feedback.taken[0].given["stars"] == 1


async def test_cancel_drops_it_and_nothing_is_sent(asked: World) -> None:
    await begin(asked)
    await write(asked, "ana", "Owls")
    await press(asked, "ana", "Cancel")
    assert asked.last == "“Survey” is dropped: nothing was sent."
    assert await kept(asked) == []
    await write(asked, "ana", "5")
    assert "Survey" not in asked.last
    await press(asked, "ana", "Back")
    assert asked.last == "“Survey” is over: a form is kept for a day."
    assert feedback.taken == []


async def test_a_command_in_between_loses_nothing(asked: World) -> None:
    await begin(asked)
    await write(asked, "ana", "Owls")
    await asked.say("ana", "/points", space="direct", direct=True)
    await asked.say("ana", "/points")
    await write(asked, "ana", "5")
    assert asked.last.startswith("Survey · 3 of 7\nMood")


async def test_it_goes_on_after_a_restart(asked: World) -> None:
    await begin(asked)
    await write(asked, "ana", "Owls")
    after = World(asked.store)
    after.clock.advance(timedelta(hours=20))
    after.engine.registry = asked.engine.registry
    await after.happen(WroteDirectly, "ana", key="later", text="5", space="direct", direct=True)
    assert after.last.startswith("Survey · 3 of 7\nMood")


async def test_what_was_sealed_with_a_key_that_is_gone_is_asked_for_anew(asked: World) -> None:
    await begin(asked)
    await write(asked, "ana", "Owls")
    asked.engine.sealer = Sealer([Fernet.generate_key()])
    await write(asked, "ana", "5")
    assert asked.last.startswith("Survey · 1 of 7\nTitle")


async def test_what_was_written_is_sealed(asked: World) -> None:
    await begin(asked)
    await write(asked, "ana", "secret owls")
    assert asked.last.startswith("Survey · 2 of 7")
    (row,) = await kept(asked)
    assert b"secret" not in row.sealed  # type: ignore[attr-defined]
    async with asked.store.read() as unit:
        for table in drafts.metadata.sorted_tables:
            for each in await unit.connection.execute(table.select()):
                assert "secret owls" not in str(each), table.name


@pytest.mark.parametrize("typed", [True, False])
async def test_after_a_day_it_is_over_and_says_so(asked: World, typed: bool) -> None:
    await begin(asked, words="Larks")
    await asked.advance(hours=25)
    assert len(await kept(asked)) == 1
    if typed:
        await write(asked, "ana", "5")
    else:
        await press(asked, "ana", "Cancel")
    assert asked.last == "“Survey” is over: a form is kept for a day."
    assert labels(asked) == ["Begin anew"]
    assert await kept(asked) == []
    await press(asked, "ana", "Begin anew")
    await fill_in(asked)
    await press(asked, "ana", "Send")
    assert feedback.taken[0].run == 7  # what rode along goes along again


async def test_what_is_old_is_cleared_away(asked: World) -> None:
    await begin(asked)
    await asked.advance(hours=49)
    assert await kept(asked) == []


async def test_one_form_a_chat_and_whoever_opens_another_is_asked(asked: World) -> None:
    asked.moderator("ana", Rights.OWNER)
    await begin(asked)
    await write(asked, "ana", "Owls")
    await asked.say("ana", "/shop")
    await asked.press("ana", "Offer something")
    assert asked.last == "“Survey” isn't finished yet: a chat has room for one form."
    await press(asked, "ana", "Go on with it")
    assert asked.last.startswith("Survey · 2 of 7")
    await asked.press("ana", "Offer something")
    await press(asked, "ana", "Leave it, and begin this one")
    assert asked.last.startswith("Offer a benefit · 1 of 3")
    assert len(await kept(asked)) == 1


async def test_the_same_form_about_something_else_is_another(asked: World) -> None:
    asked.moderator("olga", Rights.OWNER)
    await asked.say("olga", "/tiers 2")
    await asked.press("olga", "Name, benefits and all")
    await asked.say("olga", "/tiers 3")
    await asked.press("olga", "Name, benefits and all")
    assert asked.last == "“Change a tier” isn't finished yet: a chat has room for one form."
    await press(asked, "olga", "Go on with it")
    assert "What it is called Regular" in asked.last


async def test_opening_it_again_goes_on_where_one_was(asked: World) -> None:
    await begin(asked)
    await write(asked, "ana", "Owls")
    await begin(asked)
    assert asked.last.startswith("Survey · 2 of 7")


async def test_values_that_are_known_are_filled_in_and_not_asked_for(asked: World) -> None:
    await begin(asked, words="Larks at dawn")
    assert asked.last.startswith("Survey · 2 of 7")
    await press(asked, "ana", "Back")
    assert labels(asked) == ["Keep “Larks at dawn”", "Cancel"]


async def test_nobody_else_answers_or_sends_it(asked: World) -> None:
    await asked.join("bo")
    await begin(asked)
    await write(asked, "bo", "mine")
    assert "Survey" not in asked.last
    await write(asked, "ana", "Owls")
    await write(asked, "ana", "5")
    await press(asked, "bo", "Fine")
    assert asked.last == "That button is for the one who asked."
    await press(asked, "ana", "Fine")
    for _ in range(4):
        await press(asked, "ana", "Skip")
    await press(asked, "bo", "Send")
    assert feedback.taken == []
    await press(asked, "ana", "Send")
    assert [each.by for each in feedback.taken] == ["Ana"]


@pytest.mark.parametrize(("title", "says"), [("refuse", "That is too long"), ("break", "Something broke on my side")])
async def test_what_the_action_refuses_stays_filled_in(asked: World, title: str, says: str) -> None:
    await begin(asked)
    await fill_in(asked, title=title)
    await press(asked, "ana", "Send")
    assert asked.last.startswith(says)
    assert f"Title {title}" in asked.last
    await press(asked, "ana", "Change")
    await press(asked, "ana", "Title")
    await write(asked, "ana", "Owls")
    await press(asked, "ana", "Send")
    assert [each.given["title"] for each in feedback.taken] == ["Owls"]


async def test_whoever_is_erased_leaves_nothing_filled_in(asked: World) -> None:
    await begin(asked)
    await write(asked, "ana", "Owls")
    await asked.say("ana", "/forgetme", space="direct", direct=True)
    await press(asked, "ana", "Erase everything")
    assert await kept(asked) == []


async def test_an_owner_offers_a_benefit_by_form(asked: World) -> None:
    asked.moderator("olga", Rights.OWNER)
    await asked.say("olga", "/shop")
    await asked.press("olga", "Offer something")
    await write(asked, "olga", "Early access")
    await write(asked, "olga", "300")
    await press(asked, "olga", "Skip")
    await press(asked, "olga", "Send")
    assert asked.last.splitlines()[1] == "300 · Early access"


async def test_an_owner_changes_a_tier_by_form(asked: World) -> None:
    asked.moderator("olga", Rights.OWNER)
    await asked.say("olga", "/tiers 2")
    await asked.press("olga", "Name, benefits and all")
    assert labels(asked)[:4] == ["What it is called", "From which level", "Active days of the last 30", "What it gives"]
    await press(asked, "olga", "What it is called")
    await write(asked, "olga", "Insider")
    await press(asked, "olga", "Change")
    await press(asked, "olga", "From which level")
    await write(asked, "olga", "90")
    await press(asked, "olga", "Send")
    assert "between the tiers below and above it" in asked.last
    await press(asked, "olga", "Change")
    await press(asked, "olga", "From which level")
    await write(asked, "olga", "6")
    await press(asked, "olga", "Send")
    tier = (await asked.community()).settings.tiers[1]
    assert (tier.name, tier.level) == ("Insider", 6)
    await asked.say("olga", "/audit")
    assert asked.last.count("Insider") == 1


async def test_who_is_no_owner_any_more_sends_nothing(asked: World) -> None:
    asked.moderator("olga", Rights.OWNER)
    await asked.say("olga", "/shop")
    await asked.press("olga", "Offer something")
    await write(asked, "olga", "Early access")
    asked.moderator("olga", Rights.MEMBER)
    await write(asked, "olga", "300")
    assert asked.last == "That's for owners of this community."


# Where a platform shows the whole of it
