"""A form on Discord: a modal as the first answer to a press, five fields at a time, with the real discord.py."""

from __future__ import annotations

from typing import Any

import pytest
from simcord.backend.models import Interaction, Message

import core.features
from bot.platforms.discord.forms import attachments_of, lasting_of, modal
from core.activities import homework
from core.domain.errors import BadInput, NotFound
from core.domain.forms import MEGABYTE, Field, Form, Upload
from core.domain.message import Attachment
from core.engine import discover
from core.features.content import publish
from core.store.tables.drafts import drafts
from tests.platforms.discord import features
from tests.platforms.discord.conftest import Stage
from tests.world import feedback
from tests.world.discord_forms import controls, fill_in, labels
from tests.world.feedback import Mood

EPHEMERAL = 1 << 6


@pytest.fixture
def asked(stage: Stage) -> Stage:
    """Give a server where feedback can be taken part in."""
    feedback.taken.clear()
    feedback.speak()
    stage.registry = discover(core.features, features, feedback)
    return stage


async def begin(stage: Stage, title: str | None = None) -> Message:
    await stage.space()
    options = {} if title is None else {"title": title}
    called = stage.server.slash(stage.ana, stage.room, "feedback", options)
    shown: Message = await stage.server.until(lambda: stage.server.answer(called))
    return shown


async def open_form(stage: Stage, message: Message, label: str = "Take part", who: Any = None) -> Interaction:
    pressed = stage.server.press(who or stage.ana, message, label=label)
    await stage.server.until(lambda: pressed.responded)
    return pressed


async def answered(stage: Stage, sent: Interaction) -> Message:
    shown: Message = await stage.server.until(lambda: stage.server.answer(sent))
    return shown


async def test_a_form_is_shown_at_once_five_fields_at_a_time(asked: Stage) -> None:
    async with asked.up():
        opened = await open_form(asked, await begin(asked, "Owls"))
        assert opened.modal is not None
        assert opened.modal["title"] == "Survey"
        assert labels(opened) == ["Title", "Stars", "Mood", "Topics", "Who helped"]
        assert controls(opened)["title"]["value"] == "Owls"
        first = {"stars": "4", "mood": "bad", "topics": ["birds", "cats"], "who": [asked.bo]}
        further = await answered(asked, fill_in(asked.server, asked.ana, opened, first))
        assert further.content == "5 of 7 are filled in, and kept for a day."
        assert further.flags & EPHEMERAL
        rest = await open_form(asked, further, "Go on")
        assert labels(rest) == ["Day", "Anything else"]
        done = await answered(asked, fill_in(asked.server, asked.ana, rest, {"day": "2026-12-24", "more": "a\nb"}))
        assert done.content == "Thanks for Owls."
        (taken,) = feedback.taken
        assert (taken.by, taken.run, taken.given["stars"], taken.given["mood"]) == ("Ana", 7, 4, Mood.BAD)
        assert (taken.given["topics"], taken.given["who"], taken.given["more"]) == (("cats", "birds"), "Bo", "a\nb")


async def test_what_is_wrong_is_said_to_them_alone_and_stays_filled_in(asked: Stage) -> None:
    async with asked.up():
        opened = await open_form(asked, await begin(asked, "Owls"))
        given = {"stars": "many", "mood": "good", "who": [asked.bo]}
        wrong = await answered(asked, fill_in(asked.server, asked.ana, opened, given))
        assert wrong.content == "Stars takes a whole number, not “many”."
        assert wrong.flags & EPHEMERAL
        again = await open_form(asked, wrong, "Change")
        assert controls(again)["stars"]["value"] == "many"
        assert controls(again)["who"]["default_values"] == [{"id": str(asked.bo.id), "type": "user"}]
        further = await answered(asked, fill_in(asked.server, asked.ana, again, {"stars": "5"}))
        rest = await open_form(asked, further, "Go on")
        await answered(asked, fill_in(asked.server, asked.ana, rest, {}))
        assert feedback.taken[0].given["who"] == "Bo"


async def test_it_goes_on_after_a_restart(asked: Stage) -> None:
    async with asked.up():
        opened = await open_form(asked, await begin(asked, "Owls"))
        further = await answered(asked, fill_in(asked.server, asked.ana, opened, {"stars": "4", "mood": "bad"}))
    async with asked.up():
        rest = await open_form(asked, further, "Go on")
        await answered(asked, fill_in(asked.server, asked.ana, rest, {}))
        assert feedback.taken[0].given["title"] == "Owls"
        async with asked.store.read() as unit:
            assert list(await unit.connection.execute(drafts.select())) == []


async def test_it_waits_for_nobody_who_writes(asked: Stage) -> None:
    async with asked.up():
        message = await begin(asked)
        async with asked.store.begin():
            opened = await open_form(asked, message)
        assert opened.modal is not None


async def test_nobody_else_opens_or_sends_it(asked: Stage) -> None:
    async with asked.up():
        message = await begin(asked, "Owls")
        refused = await answered(asked, await open_form(asked, message, who=asked.bo))
        assert refused.content == "That button is for the one who asked."
        opened = await open_form(asked, message)
        forged = await answered(asked, fill_in(asked.server, asked.bo, opened, {"stars": "1", "mood": "bad"}))
        assert forged.content == "That button is for the one who asked."
        assert feedback.taken == []


async def test_an_owner_offers_a_benefit(asked: Stage) -> None:
    asked.guild.owner_id = asked.ana.id
    async with asked.up():
        await asked.space()
        called = asked.server.slash(asked.ana, asked.room, "shop")
        listed = await asked.server.until(lambda: asked.server.answer(called))
        opened = await open_form(asked, listed, "Offer something")
        fill_in(asked.server, asked.ana, opened, {"name": "Early access", "cost": "300"})
        await asked.server.until(lambda: "300 · Early access" in listed.content)


async def test_a_file_is_handed_over_in_the_modal_and_stays_where_the_rest_is_wrong(asked: Stage) -> None:
    async with asked.up():
        await asked.space()
        called = asked.server.slash(asked.ana, asked.room, "submit", {})
        opened = await open_form(asked, await answered(asked, called), "Submit")
        essay = controls(opened)["essay"]
        assert (essay["type"], essay["required"], essay["min_values"], essay["max_values"]) == (19, True, 1, 1)
        large = fill_in(asked.server, asked.ana, opened, {"essay": [("owls.pdf", 2**20 + 1)]})
        refused = await answered(asked, large)
        assert refused.content == "The essay: “owls.pdf” is larger than 1 MB."
        again = await open_form(asked, refused, "Change")
        text = fill_in(asked.server, asked.ana, again, {"essay": [("owls.txt", 1)]})
        assert (await answered(asked, text)).content == "The essay: “owls.txt” is none of pdf, jpg."
        assert not asked.server.from_bot(asked.server.dm(asked.ana))  # what is refused isn't put there first
        kept = {"essay": [("owls.pdf", 9)], "title": "Owls"}
        done = await answered(asked, fill_in(asked.server, asked.ana, again, kept))
        assert (done.content, _files(asked, done)) == ("Got Owls.", {"owls.pdf": b"%" * 9})


def _files(stage: Stage, message: Message) -> dict[str, bytes]:
    return {each["filename"]: stage.server.attachment(each) for each in message.attachments}


async def test_what_was_handed_over_is_kept_in_the_direct_chat_and_opens_weeks_later(asked: Stage) -> None:
    async with asked.up():
        await asked.space()
        called = asked.server.slash(asked.ana, asked.room, "submit", {})
        opened = await open_form(asked, await answered(asked, called), "Submit")
        await answered(asked, fill_in(asked.server, asked.ana, opened, {"essay": [("owls.pdf", 9)]}))
        (kept,) = [each for each in asked.server.from_bot(asked.server.dm(asked.ana)) if each.attachments]
        assert kept.content.startswith("I keep this here for you")
        asked.server.expire_uploads()
        found = Attachment("discord", f"{kept.channel_id}/{kept.id}", "owls.pdf", 9)
        assert await asked.platform.fetch(found, 9) == b"%" * 9
        with pytest.raises(BadInput, match="error-file-large"):
            await asked.platform.fetch(found, 8)
        asked.server.backend.messages[kept.channel_id].pop(kept.id)
        with pytest.raises(NotFound, match="error-file-gone"):
            await asked.platform.fetch(found, 9)


async def test_a_file_that_can_not_be_kept_is_refused_in_one_line(asked: Stage) -> None:
    async with asked.up():
        await asked.space()
        called = asked.server.slash(asked.ana, asked.room, "submit", {})
        opened = await open_form(asked, await answered(asked, called), "Submit")
        asked.server.unreachable.add(asked.ana.id)
        refused = await answered(asked, fill_in(asked.server, asked.ana, opened, {"essay": [("owls.pdf", 9)]}))
        assert refused.content.startswith("The essay: “owls.pdf” could not be kept. I keep files of up to 10 MB")


def test_what_a_field_takes_fits_into_its_id() -> None:
    takes = {"type": 19, "values": ["1"]}
    for types in (homework.TYPES, publish.TYPES):
        field = Field(name="attachment", kind=Upload(types, 10 * MEGABYTE), label="A file")
        (label,) = modal(Form(token="form.1", title="Hand in", fields=(field,)))["components"]
        wanted = label["component"]["custom_id"]
        assert len(wanted) <= 100
        for given, lasts in ((f"owls.{types[0].upper()}", True), (f"owls.{types[-1]}", True), ("owls.exe", False)):
            file = {"id": "1", "url": "u", "filename": given, "size": 9}
            for name, is_kept in ((wanted, lasts), ("lasting.attachment", True), ("attachment", False)):
                shown = [{"component": {**takes, "custom_id": name}}]
                inner = {"components": shown, "resolved": {"attachments": {"1": file}}}
                assert bool(lasting_of({"type": 5, "data": inner})) is is_kept
                assert set(attachments_of(inner)) == {"attachment"}
