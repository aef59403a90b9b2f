"""What Kith answers on Telegram: where, to whom, in whose sight."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.domain.outgoing import Outgoing
from core.store.outbox import OutboxRow
from tests.platforms.telegram.conftest import running


async def test_commands_of_other_bots_are_left_alone(kith):
    for text in ("/echo@other_bot x", "/unknown_to_kith", "echo /echo x", "/echo@KITH_test_bot yes"):
        kith.server.say("Ana", "Data Kitchen", text)
    await kith.settled()
    assert kith.texts("Data Kitchen") == ["yes"]


async def test_private_answers_go_to_the_direct_chat_or_say_how_to_open_it(kith):
    kith.server.ephemeral = False
    kith.server.say("Ana", "Data Kitchen", "/whisper secret")
    await kith.settled()
    assert kith.texts("Ana") == ["secret"]
    assert kith.texts("Data Kitchen") == []
    kith.server.say("Noor", "Data Kitchen", "/whisper secret")
    await kith.settled()
    (hint,) = kith.server.messages("Data Kitchen")
    assert "Noor Haddad" in hint["text"]
    assert "secret" not in hint["text"]
    assert hint["reply_markup"]["inline_keyboard"][0][0]["url"] == "https://t.me/kith_test_bot?start=here"


async def test_deep_links_and_plain_words_in_the_direct_chat(kith):
    kith.server.say("Ana", "Data Kitchen", "hello")
    await kith.settled()
    kith.server.say("Ana", None, "/echo from home")
    await kith.settled()
    assert kith.texts("Ana") == ["from home"]
    kith.server.user("Stranger")
    kith.server.start("Stranger", "ref_ana")
    await kith.settled()
    assert "write something in the group first" in kith.texts("Stranger")[0]


async def test_buttons_change_their_message_and_answer_once(kith):
    kith.server.say("Ana", "Data Kitchen", "/page")
    await kith.settled()
    (shown,) = kith.server.messages("Data Kitchen")
    for number in (2, 3):
        data = shown["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
        assert len(data.encode()) <= 64
        query = kith.server.press("Ana", shown, data)
        await kith.settled()
        assert query in kith.server.answers
        (shown,) = kith.server.messages("Data Kitchen")
        assert shown["text"] == f"page {number}"
    data = shown["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    pressed = kith.server.press("Li Wei", shown, data)
    forged = kith.server.press("Li Wei", shown, "x" * 64, forged=True)
    await kith.settled()
    assert kith.server.answers[pressed]["text"] == "That button is for the one who asked."
    assert kith.server.answers[pressed]["show_alert"]
    assert "time is over" in kith.server.answers[forged]["text"]
    assert kith.texts("Data Kitchen") == ["page 3"]


async def test_an_answer_for_one_person_to_a_press_is_an_alert(kith):
    kith.server.say("Ana", "Data Kitchen", "/offer")
    await kith.settled()
    (shown,) = kith.server.messages("Data Kitchen")
    query = kith.server.press("Noor", shown, shown["reply_markup"]["inline_keyboard"][0][0]["callback_data"])
    await kith.settled()
    assert kith.server.answers[query] == {"text": "only you see this", "show_alert": True}


EVIL = ["@olga @everyone", "<b>x</b> *y* [z](http://e.example)", "\u202eABC", "Z" + "\u0301" * 10_000]


@pytest.mark.parametrize("name", EVIL, ids=["mention", "markup", "direction", "marks"])
async def test_no_name_pings_or_breaks_what_is_said_in_the_room(kith, name):
    kith.server.ephemeral = False
    shy = kith.server.user(name, last_name="Smith")
    kith.server.join(shy, "Data Kitchen", quiet=True)
    kith.server.say(shy, "Data Kitchen", "/whisper x")
    await kith.settled()
    (hint,) = kith.server.messages("Data Kitchen")
    assert "I have an answer for you alone" in hint["text"]
    assert len(hint["text"]) < 300
    assert "\u202e" not in hint["text"]
    assert [entity["type"] for entity in hint.get("entities", ())] == []


async def test_a_quiet_message_goes_away_though_kith_crashed_meanwhile(server, store, clock):
    chat = str(server.chat("Data Kitchen").id)
    said = Outgoing(text="soon gone", platform="telegram", space=chat, delete_after=600)
    async with running(server, store, clock) as kith:
        async with store.begin() as unit:
            await unit.outbox.add([OutboxRow(said, kind="push")], clock.now())
        await kith.settled()
        assert kith.texts("Data Kitchen") == ["soon gone"]
    clock.advance(timedelta(minutes=11))
    async with running(server, store, clock) as kith:
        await kith.settled()
        assert kith.texts("Data Kitchen") == []
