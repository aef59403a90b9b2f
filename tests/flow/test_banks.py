"""Banks of questions from a table: all of it or nothing, with the line that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.activities import filled
from core.domain.activities import State
from core.domain.errors import BadInput, NotFound
from core.domain.message import plain_text
from core.kit.texts import Texts
from tests.world import World
from tests.world.activities import with_people


@pytest.fixture
async def here(world: World) -> World:
    """Give a world with people in it, one of them a moderator."""
    return await with_people(world)


async def bank(world: World, name: str) -> list[str]:
    community = await world.community()
    async with world.store.read() as unit:
        (activity,) = await unit.activities.of(community.id, tuple(State))
    found: list[str] = activity.settings.get(name, [])
    return found


async def test_questions_are_added_without_repeats_and_put_in_place(here: World, tmp_path: Path) -> None:
    await here.say("olga", "/activities question questions=Why?")
    file = tmp_path / "bank.csv"
    file.write_text('question,note\n"How, and when?",x\nWhy?,\n\n什么时候？,\n', encoding="utf-8-sig")
    said = await filled(here.store, "Data Kitchen", 1, file, here.clock)
    assert (said["added"], said["known"], said["total"]) == (2, 1, 3)
    assert await bank(here, "questions") == ["Why?", "How, and when?", "什么时候？"]
    await filled(here.store, "Data Kitchen", 1, file, here.clock, anew=True)
    assert await bank(here, "questions") == ["How, and when?", "Why?", "什么时候？"]


async def test_a_quiz_is_filled_and_runs(here: World, tmp_path: Path) -> None:
    await here.say("olga", "/activities quiz daily 10:00 points=5 tell=direct")
    file = tmp_path / "quiz.csv"
    file.write_text("question,right,wrong1,wrong2,why\n2+2?,4,5,3,Count.\n3+3?,6,7,,\n")
    await filled(here.store, "Data Kitchen", 1, file, here.clock)
    assert await bank(here, "items") == ["2+2? ; *4 ; 5 ; 3 # Count.", "3+3? ; *6 ; 7"]
    await here.say("olga", "/activities 1")
    await here.press("olga", "Start")
    await here.advance(hours=1)
    assert here.sent[-1].outgoing.text.startswith("**2+2?**")


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ("2+2?,4,5,\n3+3?,,7,\n", 3),
        ("2+2?,4,4,\n", 2),
        ("2+2?,4,5,\n3+3?,6,7,\na;b?,1,2,\n", 4),
        (f"{'x' * 400},1,2,\n", 2),
    ],
)
async def test_a_broken_line_is_named_and_nothing_is_lost(here: World, tmp_path: Path, rows: str, line: int) -> None:
    await here.say("olga", "/activities quiz items=1+1? ; *2 ; 3")
    file = tmp_path / "quiz.csv"
    file.write_text(f"question,right,wrong1,why\n{rows}")
    with pytest.raises(BadInput) as caught:
        await filled(here.store, "Data Kitchen", 1, file, here.clock)
    assert plain_text(Texts("en").error(caught.value)).startswith(f"Line {line}: question, right and one to five")
    assert await bank(here, "items") == ["1+1? ; *2 ; 3"]


async def test_what_is_no_bank_is_said(here: World, tmp_path: Path) -> None:
    file = tmp_path / "quiz.csv"
    file.write_text("question\nWhy?\n")
    await here.say("olga", "/activities announcement text=Hi")
    for number, wrong in ((1, BadInput), (7, NotFound)):
        with pytest.raises(wrong):
            await filled(here.store, "Data Kitchen", number, file, here.clock)
    await here.say("olga", "/activities quiz items=1+1? ; *2 ; 3")
    with pytest.raises(BadInput) as caught:
        await filled(here.store, "Data Kitchen", 2, file, here.clock)
    assert caught.value.key == "table-no-column"
