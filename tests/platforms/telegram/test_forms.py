"""A form on Telegram: its questions in the direct chat, with the real SDK against a Bot API server."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.platforms.telegram.addresses import Address
from core.domain.errors import BadInput, NotFound
from core.domain.message import Attachment
from core.domain.outgoing import Outgoing
from tests.platforms.telegram.conftest import Running, running
from tests.world import feedback
from tests.world.feedback import Mood

GROUP = "Data Kitchen"


@pytest.fixture(autouse=True)
def nothing_taken() -> None:
    feedback.taken.clear()


def last(kith: Running, chat: str = "Ana") -> Any:
    return kith.server.messages(chat)[-1]


def buttons(message: Any) -> list[str]:
    return [b["text"] for row in message.get("reply_markup", {}).get("inline_keyboard", []) for b in row]


async def press(kith: Running, who: str, label: str, message: Any = None) -> str:
    message = message or last(kith, who)
    rows = message["reply_markup"]["inline_keyboard"]
    data = next(button["callback_data"] for row in rows for button in row if button["text"] == label)
    query: str = kith.server.press(who, message, data)
    await kith.settled()
    return query


async def write(kith: Running, who: str, text: str) -> None:
    kith.server.say(who, None, text)
    await kith.settled()


async def begin(kith: Running, who: str = "Ana") -> None:
    kith.server.say(who, GROUP, "/feedback")
    await kith.settled()
    await press(kith, who, "Take part", last(kith, GROUP))


async def test_questions_come_in_the_direct_chat_and_the_room_sees_none(kith: Running) -> None:
    kith.server.say("Li Wei", GROUP, "hello")
    await begin(kith)
    before = len(kith.server.messages(GROUP))
    assert last(kith)["text"] == "Survey · 1 of 7\nTitle"
    await write(kith, "Ana", "Owls & *stars*")
    await write(kith, "Ana", "seven")
    assert last(kith)["text"].endswith("⚠️ Stars takes a whole number, not “seven”.")
    await write(kith, "Ana", "4")
    await press(kith, "Ana", "Back")
    assert last(kith)["text"].startswith("Survey · 2 of 7")
    await press(kith, "Ana", "Keep “4”")
    await press(kith, "Ana", "Poor")
    for label in ("birds", "cats", "Done"):
        await press(kith, "Ana", label)
    await write(kith, "Ana", "@liwei")
    await write(kith, "Ana", "2026-12-24")
    await press(kith, "Ana", "Skip")
    assert "Title Owls & *stars*" in last(kith)["text"]
    assert "Who helped Li Wei" in last(kith)["text"]
    assert buttons(last(kith)) == ["Send", "Change", "Cancel"]
    await press(kith, "Ana", "Send")
    assert last(kith)["text"] == "Thanks for Owls & *stars*."
    (taken,) = feedback.taken
    assert (taken.by, taken.run) == ("Ana", 7)
    assert taken.given["mood"] is Mood.BAD
    assert taken.given["topics"] == ("cats", "birds")
    assert (taken.given["who"], taken.given["day"]) == ("Li Wei", date(2026, 12, 24))
    assert len(kith.server.messages(GROUP)) == before


async def test_whoever_never_opened_the_chat_is_led_there_and_goes_on(kith: Running) -> None:
    await begin(kith, "Noor")
    hint = last(kith, GROUP)
    assert hint["text"] == "Noor Haddad, I ask for that in our direct chat. Open it and press Start: it goes on there."
    (link,) = [button for row in hint["reply_markup"]["inline_keyboard"] for button in row]
    assert link["url"].endswith("?start=form")
    assert kith.server.messages("Noor") == []
    await write(kith, "Noor", "/start form")
    assert last(kith, "Noor")["text"] == "Survey · 1 of 7\nTitle"
    await write(kith, "Noor", "Owls")
    assert last(kith, "Noor")["text"].startswith("Survey · 2 of 7")


async def test_a_command_in_between_loses_nothing(kith: Running) -> None:
    await begin(kith)
    await write(kith, "Ana", "Owls")
    await write(kith, "Ana", "/points")
    kith.server.say("Ana", GROUP, "/points")
    await kith.settled()
    await write(kith, "Ana", "5")
    assert last(kith)["text"].startswith("Survey · 3 of 7\nMood")


async def test_what_is_no_text_is_no_answer(kith: Running) -> None:
    await begin(kith)
    kith.server.say("Ana", None, photo=[{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}])
    await kith.settled()
    assert last(kith)["text"] == "Survey · 1 of 7\nTitle"


async def test_it_goes_on_after_a_restart_and_is_over_after_a_day(kith: Running, server: Any, store: Any) -> None:
    await begin(kith)
    await write(kith, "Ana", "Owls")
    async with running(server, store, kith.clock) as after:
        await write(after, "Ana", "5")
        assert last(after)["text"].startswith("Survey · 3 of 7\nMood")
        kith.clock.advance(timedelta(hours=25))
        await write(after, "Ana", "Fine")
        assert last(after)["text"] == "“Survey” is over: a form is kept for a day."
        assert buttons(last(after)) == ["Begin anew"]


async def test_an_owner_offers_a_benefit_in_chinese(kith: Running) -> None:
    kith.server.say("Olga", GROUP, "hello")
    await kith.settled()
    for text in ("/language zh", "/shop"):
        kith.server.say("Olga", None, text)
        await kith.settled()
    await press(kith, "Olga", "上架权益")
    assert last(kith, "Olga")["text"] == "上架一项权益 · 第 1 项，共 3 项\n是什么\n例如「新课抢先看」"
    await write(kith, "Olga", "新课抢先看")
    await write(kith, "Olga", "很多")
    assert "⚠️ 需要多少积分要填整数，「很多」不是。" in last(kith, "Olga")["text"]
    await write(kith, "Olga", "３００")
    await press(kith, "Olga", "跳过")
    await press(kith, "Olga", "提交")
    assert "300 积分 · 新课抢先看" in last(kith, "Olga")["text"]


async def test_a_document_or_photo_answers_where_a_file_is_asked_for(kith: Running) -> None:
    kith.server.say("Ana", GROUP, "/submit")
    await kith.settled()
    await press(kith, "Ana", "Submit", last(kith, GROUP))
    assert last(kith)["text"] == "Essay · 1 of 2\nThe essay\nUp to 1 MB: pdf, jpg"
    video = {"file_id": "v1", "file_unique_id": "v", "width": 1, "height": 1, "duration": 1, "file_size": 9}
    kith.server.say("Ana", None, video=video)
    await kith.settled()
    assert last(kith)["text"].endswith("⚠️ The essay: “video.mp4” is none of pdf, jpg.")
    kith.server.files |= {"d1": ("owls.pdf", b"%PDF"), "p1": ("photo.jpg", b"\xff\xd8")}
    document = {"file_id": "d1", "file_unique_id": "d", "file_name": "owls.pdf", "file_size": 2**20 + 1}
    kith.server.say("Ana", None, document=document, caption="here")
    await kith.settled()
    assert last(kith)["text"].endswith("⚠️ The essay: “owls.pdf” is larger than 1 MB.")
    kith.server.say("Ana", None, document={**document, "file_size": 4})
    await kith.settled()
    await press(kith, "Ana", "Back")
    assert buttons(last(kith)) == ["Keep “owls.pdf”", "Cancel"]
    await press(kith, "Ana", "Keep “owls.pdf”")
    await press(kith, "Ana", "Skip")
    await press(kith, "Ana", "Send")
    shown = last(kith)
    assert (shown["caption"], shown["document"]["file_name"]) == ("Got owls.pdf.", "owls.pdf")
    kept = Attachment("telegram", "document:d1", "owls.pdf")
    assert await kith.telegram.fetch(kept, 4) == b"%PDF"
    with pytest.raises(BadInput, match="error-file-large"):
        await kith.telegram.fetch(kept, 3)
    del kith.server.files["d1"]
    with pytest.raises(NotFound, match="error-file-gone"):
        await kith.telegram.fetch(kept, 4)


async def test_the_largest_size_of_a_photo_is_handed_on_as_a_photo(kith: Running) -> None:
    kith.server.say("Ana", GROUP, "/submit")
    await kith.settled()
    await press(kith, "Ana", "Submit", last(kith, GROUP))
    kith.server.files["p2"] = ("photo.jpg", b"\xff\xd8")
    sizes = [{"file_id": f"p{n}", "file_unique_id": f"p{n}", "width": n, "height": n} for n in (1, 2)]
    kith.server.say("Ana", None, photo=sizes)
    await kith.settled()
    await press(kith, "Ana", "Skip")
    await press(kith, "Ana", "Send")
    assert last(kith)["caption"] == "Got photo.jpg."
    assert last(kith)["photo"]


async def test_a_photo_takes_the_place_of_what_stood_there_and_a_text_its(kith: Running) -> None:
    kith.server.say("Ana", None, "/feedback")
    await kith.settled()
    stood, count = last(kith), len(kith.server.messages("Ana"))
    kith.server.files["p1"] = ("photo.jpg", b"\xff\xd8")
    place = {"platform": "telegram", "to": str(stood["chat"]["id"]), "direct": True, "private": True}
    where = str(Address(stood["chat"]["id"], stood["message_id"]))
    card = Outgoing(text="Owls", **place, replaces=where, attachment=Attachment("telegram", "photo:p1", "owls.jpg"))
    for number, text in enumerate(("Owls", "Owls, kept")):
        await kith.telegram.perform(900 + number, replace(card, text=text), None)
        shown = last(kith)
        assert (shown["message_id"], shown["caption"], bool(shown["photo"])) == (stood["message_id"], text, True)
    await kith.telegram.perform(902, replace(card, attachment=None, text="Bears"), None)
    assert (last(kith)["text"], len(kith.server.messages("Ana"))) == ("Bears", count)
