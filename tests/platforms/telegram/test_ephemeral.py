"""Private answers in a group: shown there to one person alone, else sent to the direct chat, never to the room."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.platforms.telegram.adapter import Telegram
from bot.platforms.telegram.addresses import Address
from core.domain.outgoing import Outgoing
from tests.platforms.telegram.test_events import kinds

CHAT = "Data Kitchen"
OPEN = {"en": "Open the chat", "zh-CN": "打开私聊"}


def shown(kith, who, chat=CHAT):
    """Return the texts that one person alone sees in a group."""
    return [one.get("text") or one.get("caption", "") for one in kith.server.alone(who, chat)]


async def whisper(kith, who="Ana", chat=CHAT, words="secret"):
    kith.server.say(who, chat, f"/whisper {words}")
    await kith.settled()


def methods(kith, *names):
    return [call.method for call in kith.server.calls if call.method in names]


def test_it_is_declared():
    assert not Telegram.capabilities.ephemeral
    assert Telegram.capabilities.ephemeral_where_admin


@pytest.mark.parametrize("word", ["-1001:7", "-1001:e7:501", "501:3"])
def test_an_address_reads_what_it_wrote(word):
    assert str(Address.read(word)) == word


async def test_an_administrator_shows_it_in_the_group_to_whoever_asked(kith):
    """Noor's direct chat is shut: no need for it."""
    await whisper(kith, "Noor")
    await whisper(kith, "Ana", words="mine")
    assert (shown(kith, "Noor"), shown(kith, "Ana")) == (["secret"], ["mine"])
    assert kith.texts(CHAT) == kith.texts("Noor") == kith.texts("Ana") == []


async def test_it_stands_in_the_topic_where_it_was_asked(kith):
    topic = kith.server.topic("Forum", "help", by="Olga")
    kith.server.say("Ana", "Forum", "/whisper here", topic=topic)
    await kith.settled()
    (one,) = kith.server.alone("Ana", "Forum")
    assert (one["text"], one["message_thread_id"]) == ("here", topic)


async def test_whoever_writes_to_somebody_directly_never_goes_through_a_group(kith):
    """What must arrive is direct: an ephemeral message may not."""
    ana, chat = str(kith.server.person("Ana").user["id"]), str(kith.server.chat(CHAT).id)
    warning = Outgoing(text="a warning", platform="telegram", space=chat, to=ana, private=True, direct=True)
    await kith.telegram.send(1, warning, None)
    assert kith.texts("Ana") == ["a warning"]
    assert shown(kith, "Ana") == []


async def test_who_is_no_administrator_writes_to_the_direct_chat_and_remembers(kith):
    kith.server.group("Plain", ["Ana", "Noor"], owner="Olga", bot="member")
    await whisper(kith, chat="Plain")
    assert kith.texts("Ana") == ["secret"]
    tried = len(kith.server.called("sendMessage", "Plain"))
    await whisper(kith, "Noor", "Plain")
    (hint,) = kith.server.messages("Plain")
    assert "secret" not in hint["text"]
    assert len(kith.server.called("sendMessage", "Plain")) == tried + 1  # the hint alone
    kith.server.promote_bot("Plain")
    await whisper(kith, chat="Plain", words="still direct")
    kith.clock.advance(timedelta(minutes=11))
    await whisper(kith, chat="Plain", words="here now")
    assert kith.texts("Ana") == ["secret", "still direct"]
    assert shown(kith, "Ana", "Plain") == ["here now"]


@pytest.mark.parametrize("seconds", [5, 60])
async def test_a_press_in_time_is_answered_in_the_group_by_who_is_no_administrator(kith, seconds):
    kith.server.group("Plain", ["Ana"], owner="Olga", bot="member")
    kith.server.say("Ana", "Plain", "/vault")
    await kith.settled()
    (offered,) = kith.server.messages("Plain")
    query = kith.server.press("Ana", offered, button(offered))
    kith.server.queries[query]["at"] -= seconds
    await kith.settled()
    where = kith.texts("Ana") if seconds > 15 else shown(kith, "Ana", "Plain")
    assert where == ["first"]
    assert len(kith.server.messages("Plain")) == 1


@pytest.mark.parametrize("server_is", [False, "half"])
async def test_an_older_server_shows_it_to_nobody_else_in_the_end(kith, server_is):
    kith.server.ephemeral = server_is
    await whisper(kith)
    await whisper(kith, words="again")
    assert kith.texts("Ana") == ["secret", "again"]
    assert kith.texts(CHAT) == []
    in_the_room = [call for call in kith.server.called("sendMessage", CHAT) if call.status == 200]
    assert len(in_the_room) == (0 if server_is is False else 1)
    assert len(methods(kith, "deleteEphemeralMessage")) == 1


async def test_what_fails_for_one_is_still_tried_for_another(kith):
    kith.server.fail("sendMessage", 400, "Bad Request: USER_NOT_PARTICIPANT", chat=CHAT)
    await whisper(kith)
    await whisper(kith, "Li Wei", words="next")
    assert kith.texts("Ana") == ["secret"]
    assert shown(kith, "Li Wei") == ["next"]


@pytest.mark.parametrize(("language", "code"), [("en", "en"), ("zh-CN", "zh-hans")])
async def test_where_both_fail_the_room_learns_how_to_open_the_direct_chat(kith, language, code):
    kith.server.ephemeral = False
    mia = kith.server.user("Mia", language_code=code)
    kith.server.join(mia, CHAT, quiet=True)
    kith.server.say("Mia", CHAT, f"/language {language[:2]}")
    await kith.settled()
    await whisper(kith, "Mia")
    hint = kith.server.messages(CHAT)[-1]
    assert "secret" not in hint["text"]
    assert hint["reply_markup"]["inline_keyboard"][0][0]["text"] == OPEN[language]


def button(message, number=0):
    return message["reply_markup"]["inline_keyboard"][0][number]["callback_data"]


async def test_its_buttons_change_it_and_are_for_nobody_else(kith):
    kith.server.say("Ana", CHAT, "/secrets")
    kith.server.say("Noor", CHAT, "/secrets")
    await kith.settled()
    (mine,) = kith.server.alone("Ana", CHAT)
    (hers,) = kith.server.alone("Noor", CHAT)
    with pytest.raises(KeyError):
        kith.server.press("Noor", mine, button(mine))
    kith.server.press("Ana", mine, button(mine))
    await kith.settled()
    assert (shown(kith, "Ana"), shown(kith, "Noor")) == (["second"], ["first"])
    assert kith.texts(CHAT) == []
    forged = kith.server.press("Noor", hers, button(mine), forged=True)
    await kith.settled()
    assert "for the one who asked" in kith.server.answers[forged]["text"]
    assert methods(kith, "editMessageText") == []


async def test_a_button_under_one_that_is_gone_brings_a_new_one(kith):
    kith.server.say("Ana", CHAT, "/secrets")
    await kith.settled()
    (mine,) = kith.server.alone("Ana", CHAT)
    kith.server.press("Ana", mine, button(mine))
    kith.server.chat(CHAT).ephemeral.clear()
    await kith.settled()
    assert shown(kith, "Ana") == ["second"]


async def test_a_card_is_shown_to_its_owner_and_changed_by_a_button(kith):
    kith.server.say("Ana", CHAT, "hello")
    kith.server.say("Ana", CHAT, "/portrait")
    await kith.settled()
    (card,) = kith.server.alone("Ana", CHAT)
    before = card["photo"]
    kith.server.press("Ana", card, button(card))
    await kith.settled()
    (changed,) = kith.server.alone("Ana", CHAT)
    assert changed["ephemeral_message_id"] == card["ephemeral_message_id"]
    assert changed["photo"] != before
    assert kith.server.messages(CHAT) == kith.server.messages("Ana") == []


async def test_a_command_that_nobody_sees_is_answered_and_each_counts_once(kith):
    for words in ("one", "two"):
        kith.server.say_alone("Noor", CHAT, f"/whisper {words}")
    await kith.settled()
    assert shown(kith, "Noor") == ["one", "two"]
    assert await kinds(kith) == ["command", "command"]
    kith.server.redeliver()
    await kith.settled()
    assert shown(kith, "Noor") == ["one", "two"]
    kith.server.group("Plain", ["Ana"], owner="Olga", bot="member")
    kith.server.say_alone("Ana", "Plain", "/whisper to a plain member")
    await kith.settled()
    assert shown(kith, "Ana", "Plain") == ["to a plain member"]


async def test_what_nobody_else_sees_is_nothing_said_in_the_room(kith):
    kith.server.say_alone("Ana", CHAT, "thanks, Kith")
    kith.server.say("Ana", CHAT, "hello")
    await kith.settled()
    assert await kinds(kith) == ["message"]


async def test_one_is_taken_away_by_its_own_method(kith):
    ana, chat = str(kith.server.person("Ana").user["id"]), str(kith.server.chat(CHAT).id)
    answer = Outgoing(text="soon gone", platform="telegram", space=chat, to=ana, private=True)
    sent = await kith.telegram.send(1, answer, None)
    assert shown(kith, "Ana") == ["soon gone"]
    for _ in range(2):
        await kith.telegram.unsend(chat, None, sent)
    assert shown(kith, "Ana") == []


async def test_a_flood_is_waited_out_rather_than_told_to_the_direct_chat(kith):
    kith.server.flood(CHAT, 60)
    await whisper(kith)
    assert shown(kith, "Ana") == kith.texts("Ana") == []
    kith.clock.advance(timedelta(seconds=61))
    await kith.settled()
    assert shown(kith, "Ana") == ["secret"]


async def test_the_menu_calls_private_commands_so_that_nobody_sees_it(kith):
    await kith.menus()
    for language in ("", "zh"):
        group = {one["command"]: one for one in kith.server.commands["all_group_chats", language]}
        private = {one["command"]: one for one in kith.server.commands["all_private_chats", language]}
        assert group["mydata"]["is_ephemeral"]
        assert "is_ephemeral" not in group["leaderboard"]
        assert not any("is_ephemeral" in one for one in private.values())
