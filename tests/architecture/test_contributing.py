"""What the documents say can be done: the example that adds a command is run, and every command named is there."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path

import pytest
from fluent.runtime import FluentResource

import core.activities
import core.features.community
from bot.__main__ import COMMANDS
from bot.cli.chart import drawn
from bot.cli.report import told
from bot.settings import Settings
from bot.web.report.page import written
from core.domain.events import WroteDirectly
from core.domain.kinds import Kind
from core.domain.outgoing import Edit
from core.domain.people import Person
from core.domain.pictures import Chart
from core.engine import discover
from core.files.sheet import csv_of
from core.kit import texts
from tests.architecture.source import ROOT
from tests.world import World

DOCUMENTS = [path for path in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / ".env.example") if path.exists()]


def blocks(section: str) -> dict[str, list[str]]:
    """Return the fenced blocks of a section of CONTRIBUTING.md, by language."""
    document = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    (body,) = re.findall(rf"^## {re.escape(section)}\n(.*?)(?=^## |\Z)", document, re.M | re.S)
    found: dict[str, list[str]] = {}
    for language, block in re.findall(r"^```(\w+)\n(.*?)^```", body, re.M | re.S):
        found.setdefault(language, []).append(block)
    return found


@pytest.fixture
def example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Add the document's examples and their words, and give the name of the package that holds them."""
    package = tmp_path / "added_features"
    package.mkdir()
    (package / "__init__.py").write_text('"""Features that a reader of the document added."""\n', "utf-8")
    sections = {
        "wave": "Adding a command, in one file",
        "song": "An activity, in one file",
        "greet": "A setting, in its feature's file",
        "writers": "A chart, in one file",
        "idea": "A form, in one file",
    }
    for name, section in sections.items():
        found = blocks(section)
        (source,), (words,) = found["python"], found["fluent"]
        (package / f"{name}.py").write_text(source, "utf-8")
        for language in texts.LANGUAGES:
            texts._bundle(language).add_resource(FluentResource(words))
    monkeypatch.syspath_prepend(str(tmp_path))
    yield package.name
    texts._bundle.cache_clear()
    for name in [name for name in sys.modules if name.split(".")[0] == package.name]:
        del sys.modules[name]


@pytest.mark.usefixtures("example")
async def test_the_command_of_the_document_works_as_it_stands(world: World) -> None:
    import added_features  # noqa: PLC0415  the fixture makes it

    registry = discover(core.features, core.activities, added_features)
    assert set(registry.commands) - set(discover().commands) == {"wave", "greet", "idea"}
    world.engine.registry = registry
    await world.say("ana", "/wave")
    assert world.last == "Hello, Ana."
    await world.say("ana", "/help wave")
    assert "Say hello" in world.last


@pytest.mark.usefixtures("example")
async def test_the_activity_of_the_document_works_as_it_stands(world: World) -> None:
    import added_features  # noqa: PLC0415  the fixture makes it

    registry = discover(core.features, core.activities, added_features)
    assert set(registry.actions) - set(discover().actions) == {"song_added", "suggest"}
    world.engine.registry = registry
    world.moderator("olga")
    for who in ("ana", "bo", "olga"):
        await world.join(who)
    await world.say("ana", "/song_added 1")
    assert world.last.startswith("I don't know /song_added")
    await world.say("olga", "/activities song daily 10:00 theme=rain hours=2 points=3")
    await world.press("olga", "Start")
    await world.advance(hours=1)
    song = world.sent[-1]
    assert world.last == "Post a song about rain. 0 songs so far."
    for who in ("ana", "bo", "ana"):
        await world.press(who, "I posted one")
    assert world.texts[-3:] == ["Good: +3 points.", "Good: +3 points.", "You are in already."]
    await world.advance(hours=2)
    changed = [each for each in world.platforms["fake"].changed if isinstance(each, Edit) and each.content]
    assert [each.content.text for each in changed if each.content] == [
        "Post a song about rain. 1 song so far.",
        "Post a song about rain. 2 songs so far.",
        "Closed, with 2 songs.",
    ]
    assert {each.message for each in changed} == {song.id}
    kept = await world.community()
    async with world.store.read() as unit:
        assert len(await unit.interactions.who_did(kept.id, Kind.TOOK_PART, "run:1")) == 2
    await world.advance(hours=22)
    assert world.last == "Post a song about rain. 0 songs so far."


@pytest.mark.usefixtures("example")
async def test_the_setting_of_the_document_works_as_it_stands(world: World) -> None:
    import added_features  # noqa: PLC0415  the fixture makes it

    world.engine.registry = discover(core.features, core.activities, added_features)
    world.moderator("mo")
    await world.say("ana", "/greet")
    assert world.last == "Hello, Ana."
    await world.say("mo", "/settings")
    assert "Tone: Plainly" in world.last
    await world.press("mo", "Tone")
    await world.press("mo", "Warmly")
    assert "Tone: Warmly ✓" in world.last
    await world.say("ana", "/greet")
    assert world.last == "How good to see you, Ana!"
    assert (await world.community()).settings.own == {"tone": "warm"}


@pytest.mark.usefixtures("example")
async def test_the_chart_of_the_document_is_wherever_charts_are(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    import added_features  # noqa: PLC0415  the fixture makes it

    # As if the file stood in core/features/community: the command line finds it there.
    home = core.features.community
    monkeypatch.setattr(home, "__path__", [*home.__path__, *added_features.__path__])
    try:
        world.engine.registry = discover(core.features)
        world.moderator("mo")
        for who in ("ana", "bo"):
            await world.say(who, "hello")
        await world.say("bo", "hello, Ana", reply_to="1", reply_author=Person("ana", "Ana"))
        await world.engine.due()
        await world.say("mo", "/chart")
        await world.press("mo", "Who writes, month by month")
        picture = world.sent[-1].outgoing.picture
        assert isinstance(picture, Chart)
        said = "Never more than 2 members wrote in a month · Members who wrote: 2026-03 2 · 1 month"
        assert picture.alt == said
        figures = await drawn(world.store, "Data Kitchen", "writers")
        assert (figures, figures.alt) == (picture, said)
        assert csv_of(figures.rows()) == ",Members who wrote\r\n2026-03,2\r\n"
        page = await told(world.store, "Data Kitchen", "en")
        shown = {heading: reply.picture for _, heading, reply in page.parts}
        assert shown["Who writes, month by month"] == picture
        assert escape(said) in written(page)
        await world.say("ana", "/chart writers")
        assert world.last == "That's for moderators of this community."
    finally:
        for name in [each for each in sys.modules if each in {f"core.features.community.{file}" for file in ADDED}]:
            del sys.modules[name]


ADDED = ("wave", "question", "greet", "writers")


@pytest.mark.usefixtures("example")
async def test_the_form_of_the_document_works_as_it_stands(world: World) -> None:
    import added_features  # noqa: PLC0415  the fixture makes it

    world.engine.registry = discover(core.features, added_features)
    await world.say("ana", "/idea")
    await world.press("ana", "Suggest it")
    for text in ("Owls at night", "An evening", "They are quiet."):
        await world.happen(WroteDirectly, "ana", text=text, space="direct", direct=True)
    assert world.last.splitlines() == [
        "Your suggestion · is that right?",
        "What is it called? Owls at night",
        "What would it be? An evening",
        "Why it matters They are quiet.",
    ]
    await world.press("ana", "Send", space="direct", direct=True)
    assert world.last == "Thanks for “Owls at night”."


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_what_a_document_tells_to_run_is_there(document: Path) -> None:
    said = document.read_text("utf-8")
    code = "\n".join(re.findall(r"```.*?```|`[^`\n]+`", said, re.S))
    targets = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    assert set(re.findall(r"\bmake ([a-z][a-z-]*)", code)) <= targets
    assert set(re.findall(r"(?<![\w/])kith ([a-z][a-z-]*)", code)) <= set(COMMANDS)
    assert {name.lower() for name in re.findall(r"\bKITH_([A-Z_]+)\b", said)} <= {*Settings.model_fields, *OTHERS}
    assert set(re.findall(r"(?<=`)/([a-z][a-z0-9_]*)", code)) - PATHS <= set(discover().commands)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_what_a_document_points_at_is_there(document: Path) -> None:
    links = re.findall(r"\]\((?!https?://|#)([^)#\s]+)", document.read_text("utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


OTHERS = {"shared_data", "kills"}  # what tests read
PATHS = {"health", "metrics"}  # addresses, not commands


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_of_the_command_line_has_its_file(name: str) -> None:
    assert (ROOT / "bot" / "cli" / f"{COMMANDS[name][0]}.py").is_file()
