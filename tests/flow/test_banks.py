"""Banks of questions from a table: all of it or nothing, with the line that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.activities import filled
from core.domain.activities import State
from core.domain.errors import BadInput, NotFound
from core.domain.events import FormSent
from core.domain.message import Attachment, plain_text
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


async def handed(world: World, content: bytes, **values: str) -> str:
    """Send the form with a table, and return what is said once that was read."""
    world.engine.dialogs = frozenset({"fake"})
    world.platforms["fake"].files["table"] = content
    table = Attachment("fake", "table", "bank.csv", len(content), passing=True)
    shown = [(b, each) for each in world.sent for row in each.outgoing.buttons for b in row]
    button, form = next((b, each) for b, each in reversed(shown) if b.label == "From a table")
    sent = {"values": {"table": "", **values}, "attachments": {"table": table}, "message": form.id}
    await world.happen(FormSent, "olga", token=button.token, **sent)
    assert world.last == "I'm reading “bank.csv”."
    await world.engine.answer()
    await world.deliver()
    return world.last


async def ask(world: World, said: str, name: str) -> None:
    await world.say("olga", said)
    await world.press("olga", "Change")
    await world.press("olga", name)


async def test_a_table_comes_by_form(here: World) -> None:
    await ask(here, "/activities question questions=Why?", "Questions")
    said = await handed(here, "question\nWhy?\n什么时候？\n".encode("utf-8-sig"), anew="no")
    assert said.startswith("1 question added, 1 was there already; the bank holds 2.")
    assert await bank(here, "questions") == ["Why?", "什么时候？"]
    await ask(here, "/activities 1", "Questions")
    assert (await handed(here, b"question\nHow?\n", anew="yes")).startswith("1 question added; the bank holds 1.")
    assert await bank(here, "questions") == ["How?"]


async def test_what_is_wrong_with_a_table_is_said_in_one_line_and_nothing_is_lost(here: World) -> None:
    await ask(here, "/activities question questions=Why?", "Questions")
    for content, said in (
        (b"text\nWhy?\n", "bank.csv has no column “question”. It has: text."),
        (b"question\n\xff\n", "bank.csv, line 2: this is not UTF-8. Save the table as CSV in UTF-8."),
        (b'question\n"a|b"\n', "Line 2: the column question must have 1 to 300 characters, without |."),
        (b"question\n", "bank.csv has a header and no rows."),
    ):
        assert await handed(here, content, anew="no") == said
    assert await bank(here, "questions") == ["Why?"]
