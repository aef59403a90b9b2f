"""Files handed over by form: taken, refused in one line, kept over a restart, shown again, exported and erased."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.deliver import TRIES
from bot.platforms.port import RetryLater, Unavailable
from core.domain.catalogue import Item, ItemState
from core.domain.events import ButtonPressed, FormSent, WroteDirectly
from core.domain.message import Attachment, File
from core.kit.forms import fields_of
from core.kit.texts import Texts
from core.store.tables.homework import hand_ins
from core.store.unit import Store
from tests.world import World
from tests.world.activities import set_up, with_people
from tests.world.platform import FakePlatform, Sent
from tests.world.world import REGISTRY

MEGABYTE = 2**20
COVER = Attachment("fake", "photo:1", "owls.png", MEGABYTE)
ESSAY = Attachment("fake", "document:1", "essay.pdf", 3 * MEGABYTE)
PASSING = Attachment("fake", "https://files.example/essay.pdf", "essay.pdf", 10, passing=True)
ELSEWHERE = Attachment("other", "document:7", "essay.pdf", 10)
LARGE = Attachment("fake", "document:2", "essay.pdf", 20 * MEGABYTE + 1)
PHOTO = Attachment("fake", "photo:4", "photo.jpg", 10)
PROGRAM = Attachment("fake", "document:3", "essay.pdf.exe", 10)
PEERS = "homework daily 10:00 hours=10 review=4 peers=2 points=5 task=Write a query"
TYPES = "pdf, docx, odt, pptx, xlsx, csv, md, txt, ipynb, zip, png, jpg, jpeg, webp"


@pytest.fixture
async def here(world: World) -> World:
    """Give a world in which homework is to be handed in."""
    await with_people(world, "ana", "bo", "cleo")
    await set_up(world, PEERS)
    await world.advance(hours=1)
    return world


async def write(world: World, who: str, text: str = "", attachment: Attachment | None = None, **more: Any) -> None:
    place = {"space": "direct", "direct": True}
    await world.happen(WroteDirectly, who, text=text, attachment=attachment, **place, **more)


async def press(world: World, who: str, label: str, **more: Any) -> None:
    await world.press(who, label, space="direct", direct=True, **more)


async def pressed(world: World, who: str, sent: Sent) -> None:
    """Let somebody press the one button of a message."""
    ((button,),) = sent.outgoing.buttons
    await world.happen(ButtonPressed, who, token=button.token, message=sent.id, space="direct", direct=True)


async def send(world: World, who: str, work: str = "", attachment: Attachment | None = None) -> None:
    """Send the form as a whole, on a platform that shows it so."""
    world.engine.dialogs = frozenset({"fake"})
    sent = next(each for each in world.sent if any(b.label == "Hand in" for r in each.outgoing.buttons for b in r))
    token = next(b.token for row in sent.outgoing.buttons for b in row if b.label == "Hand in")
    files = {} if attachment is None else {"attachment": attachment}
    values = {"work": work, "attachment": ""}
    await world.happen(FormSent, who, token=token, message=sent.id, values=values, attachments=files)


async def ask_for_file(world: World) -> None:
    await world.press("ana", "Hand in")
    await press(world, "ana", "Skip")


async def works(world: World) -> list[tuple[str, Attachment | None]]:
    async with world.store.read() as unit:
        return [(each.work, each.attachment) for each in await unit.homework.handed_in(1)]


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Raters see its name. Up to"), ("zh-CN", "到文件名。最大 20 MB：")]
)
def test_what_a_file_may_be_follows_the_help_as_a_sentence_does(language: str, said: str) -> None:
    fields = fields_of(Texts(language), REGISTRY.actions["hand_in"], {})
    (field,) = [each for each in fields if each.name == "attachment"]
    assert said in field.help


async def test_a_question_takes_a_file_and_says_in_one_line_what_it_doesnt(here: World) -> None:
    await ask_for_file(here)
    asked = f"Homework · 2 of 2\nA file\nRaters see its name. Up to 20 MB: {TYPES}"
    assert here.last == asked
    await write(here, "ana", "SELECT 1")
    assert here.last == f"{asked}\n⚠️ A file: send it as a document or a photo."
    await write(here, "ana", attachment=PROGRAM)
    assert here.last == f"{asked}\n⚠️ A file: “essay.pdf.exe” is none of {TYPES}."
    await write(here, "ana", attachment=LARGE)
    assert here.last == f"{asked}\n⚠️ A file: “essay.pdf” is larger than 20 MB."
    await write(here, "ana", ESSAY.to_text())
    assert here.last == f"{asked}\n⚠️ A file: send it as a document or a photo."
    await write(here, "ana", attachment=ESSAY)
    assert "A file essay.pdf" in here.last
    await press(here, "ana", "Send")
    assert here.last.startswith("Handed in: +5 points.")
    assert await works(here) == [("", ESSAY)]


async def test_a_file_waits_over_a_restart(here: World) -> None:
    await ask_for_file(here)
    await write(here, "ana", attachment=ESSAY)
    after = World(here.store)
    after.clock.advance(here.clock.now() - after.clock.now())
    after.engine.registry = here.engine.registry
    await write(after, "ana", "hello", key="later")
    assert "A file essay.pdf" in after.last
    await press(after, "ana", "Send", key="last")
    assert await works(here) == [("", ESSAY)]


async def test_a_whole_form_keeps_the_file_where_the_rest_is_wrong(here: World) -> None:
    await send(here, "ana")
    assert here.last == "Hand in a text or a file: neither was there."
    await send(here, "ana", "SELECT 1", PROGRAM)
    assert here.last == f"A file: “essay.pdf.exe” is none of {TYPES}."
    await send(here, "ana", "x" * 1_501, ESSAY)
    assert here.last == "That is too long: 1,500 characters at most."
    await send(here, "ana", "SELECT 1")
    assert await works(here) == [("SELECT 1", ESSAY)]
    await send(here, "ana", "SELECT 2")
    assert await works(here) == [("SELECT 2", None)]


async def test_a_file_is_shown_again_exported_and_erased(here: World) -> None:
    await send(here, "ana", "SELECT 1", ESSAY)
    await send(here, "bo", "", PHOTO)
    await here.press("ana", "What I handed in")
    assert here.sent[-1].outgoing.attachment == ESSAY
    await here.say("ana", "/mydata")
    file = next(each.outgoing.file for each in reversed(here.sent) if each.outgoing.file)
    (kept,) = json.loads(file.content)["kept"]["hand_ins"]
    assert json.loads(kept["attachment"])["name"] == "essay.pdf"
    await here.say("ana", "/forgetme")
    await here.press("ana", "Erase everything")
    async with here.store.read() as unit:
        left = [row.attachment for row in await unit.connection.execute(select(hand_ins))]
    assert left == [PHOTO.to_text()]


@pytest.fixture
async def two(store: Store) -> World:
    """Give a world of two platforms, of which `other` keeps a file that Ana handed in and Bo is to rate."""
    world = World(store, FakePlatform(), FakePlatform("other"))
    await with_people(world, "ana", "bo", "cleo")
    await set_up(world, PEERS)
    await world.advance(hours=1)
    await send(world, "ana", "SELECT 1", ELSEWHERE)
    await send(world, "bo", "", ESSAY)
    await world.advance(hours=6)
    return world


async def rate(world: World, who: str) -> Sent:
    asked = [each for each in world.sent if each.outgoing.text.startswith("There is homework")]
    await pressed(world, who, next(each for each in asked if each.outgoing.to == who))
    return world.sent[-1]


async def test_who_rates_gets_the_file_weeks_later_wherever_it_is_kept(two: World) -> None:
    assert (await rate(two, "ana")).outgoing.attachment == ESSAY
    two.platforms["other"].files["document:7"] = b"%PDF"
    two.platforms["other"].fail_next = [RetryLater(5), Unavailable()]
    await rate(two, "bo")
    for _ in range(2):
        two.clock.advance(timedelta(seconds=10))
        await two.deliver()
    shown = two.sent[-1].outgoing
    assert (shown.file, shown.attachment) == (File("essay.pdf", b"%PDF"), None)


async def test_a_file_that_can_not_be_had_is_named_with_why(two: World) -> None:
    assert (await rate(two, "bo")).outgoing.file is None
    gone = "“essay.pdf” isn't there any more: whoever handed it over has to do so once more."
    assert two.last == f"How good is this, from 1 to 5? 1 to rate.\nSELECT 1\n{gone}"
    two.platforms["other"].fail_next = [Unavailable() for _ in range(TRIES)]
    await rate(two, "bo")
    for _ in range(TRIES):
        two.clock.advance(timedelta(minutes=1))
        await two.deliver()
    assert two.last.endswith("SELECT 1\n“essay.pdf” can't be had right now. Try again later.")


async def test_a_file_that_passes_is_not_taken_where_it_is_to_last(here: World) -> None:
    await send(here, "ana", "SELECT 1", PASSING)
    assert here.last.startswith("A file: “essay.pdf” could not be kept.")
    assert await works(here) == []


async def test_the_best_are_shown_in_the_room_with_their_files(here: World) -> None:
    await send(here, "ana", "", ESSAY)
    await here.press("ana", "Yes, show it")
    await send(here, "bo", "SELECT 1")
    await here.advance(hours=6)
    await rate(here, "bo")
    await press(here, "bo", "5")
    await here.advance(hours=5)
    (shown,) = [each.outgoing for each in here.sent if each.outgoing.attachment and not each.outgoing.private]
    assert (shown.attachment, shown.text) == (ESSAY, "**Among the best** (5.0): essay.pdf")


async def test_a_cover_stands_on_the_card_and_where_an_item_is_told_of(here: World) -> None:
    here.moderator("ana")
    here.engine.dialogs = frozenset({"fake"})
    async with here.store.begin() as unit:
        draft = Item(title="Owls", key="owls", published_at=here.clock.now(), state=ItemState.DRAFT)
        made = await unit.catalogue.add((await here.community()).id, draft)
    await here.say("ana", f"/catalogue #{made.id}")
    (cover,) = [b for row in here.sent[-1].outgoing.buttons for b in row if b.label == "Cover"]

    async def give(**files: Attachment) -> None:
        sent = FormSent, "ana"
        await here.happen(*sent, token=cover.token, message=here.sent[-1].id, values={"cover": ""}, attachments=files)

    await give(cover=ESSAY)
    assert "“essay.pdf” is none of png, jpg, jpeg, webp" in here.last
    await give(cover=COVER)
    assert here.sent[-1].outgoing.attachment == COVER
    await here.say("ana", f"/catalogue #{made.id}", room="general")
    await here.press("ana", "Publish and tell this room", room="general")
    (told,) = [each.outgoing for each in here.sent if each.outgoing.text.startswith("New in the catalogue:")]
    assert told.attachment == COVER
    await here.say("bo", f"/search #{made.id}")
    assert (here.sent[-1].outgoing.attachment, here.last.splitlines()[0]) == (COVER, "Owls")
    await give()
    await here.say("bo", f"/search #{made.id}")
    assert here.sent[-1].outgoing.attachment is None


async def test_an_item_is_a_file_that_whoever_opens_it_gets(here: World) -> None:
    here.moderator("ana")
    here.engine.dialogs = frozenset({"fake"})
    async with here.store.begin() as unit:
        made = Item(title="Owls", key="owls", published_at=here.clock.now())
        await unit.catalogue.add((await here.community()).id, made)

    async def give(**files: Attachment) -> None:
        await here.say("ana", "/catalogue Owls")
        ((token, form),) = [
            (b.token, here.sent[-1].id) for row in here.sent[-1].outgoing.buttons for b in row if b.label == "File"
        ]
        await here.happen(FormSent, "ana", token=token, message=form, values={"file": ""}, attachments=files)

    async def opened() -> Sent:
        await here.say("bo", "/search #1")
        await here.press("bo", "Open")
        return here.sent[-1]

    await give(file=PASSING)
    assert here.last.startswith("The file: “essay.pdf” could not be kept.")
    await give(file=ESSAY)
    assert here.last.endswith("With the file essay.pdf")
    assert (await opened()).outgoing.attachment == ESSAY
    assert here.last == "Here it is: Owls"
    await give()
    assert (await opened()).outgoing.attachment is None
