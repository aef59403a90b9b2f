"""Neutral text as Telegram's: split by its own measure, nothing lost, no markup broken, nobody pinged."""

from __future__ import annotations

import io
import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.platforms.port import RetryLater, Unavailable, Unreachable
from bot.platforms.telegram.pace import Pace
from bot.platforms.telegram.render import CAPTION_LIMIT, pages, utf16
from core.domain.message import Style, escape, parse
from core.domain.outgoing import Deletion, Edit, Outgoing, Pin, SentButton

EVIL = [
    "@everyone",
    "@olga @here",
    "<b>bold</b> <a href='tg://user?id=501'>x</a>",
    "*a* **b** `c` [d](https://e.example)",
    "\u202eevil\u202c \u2067rtl\u2069 שלום",
    "Z" + "\u0301" * 10_000,
    "👨‍👩‍👧‍👦" * 40,
    "\\" * 30,
    "{ $name } { NUMBER(1) }",
]
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
styled = st.one_of(
    words.map(escape),
    words.filter(str.strip).map(lambda text: f"**{escape(text)}**"),
    words.filter(str.strip).map(lambda text: f"`{escape(text)}`"),
    words.filter(str.strip).map(lambda text: f"[{escape(text)}](https://example.org/)"),
)


def bare(text: str) -> str:
    return "".join(text.replace("\u2060", "").split())


@given(st.lists(styled, max_size=30).map(" ".join), st.integers(20, 200))
def test_pages_keep_the_text_and_its_styles(markup, limit):
    made = pages(markup, limit)
    spans = parse(markup)
    assert bare("".join(page.text for page in made)) == bare("".join(span.text for span in spans))
    marked = dict.fromkeys(("bold", "code", "text_link"), "")
    for page in made:
        assert page.text.strip()
        assert utf16(page.text) <= limit
        units = page.text.encode("utf-16-le")
        for entity in page.entities:
            cut = units[2 * entity.offset : 2 * (entity.offset + entity.length)]
            assert len(cut) == 2 * entity.length
            marked[str(entity.type)] += cut.decode("utf-16-le")
    for style, kind in ((Style.BOLD, "bold"), (Style.CODE, "code"), (Style.LINK, "text_link")):
        assert bare(marked[kind]) == bare("".join(span.text for span in spans if span.style is style))


@pytest.mark.parametrize("name", EVIL, ids=[name[:12].encode("ascii", "replace").decode() for name in EVIL])
async def test_no_name_breaks_the_text_or_pings(kith_quiet, name):
    server, telegram = kith_quiet
    chat = str(server.chat("Data Kitchen").id)
    text = f"**{escape(name)}** and {escape(name)} reached level 3."
    await telegram.send(1, Outgoing(text=text, platform="telegram", space=chat), None)
    sent = server.messages("Data Kitchen")
    whole = "".join(one["text"] for one in sent)
    assert bare(whole) == bare(f"{name} and {name} reached level 3.")
    kinds = {entity["type"] for one in sent for entity in one.get("entities", ())}
    assert kinds == {"bold"}


async def test_a_moment_is_shown_in_the_readers_zone_or_in_its_words(kith_quiet):
    server, telegram = kith_quiet
    chat = str(server.chat("Data Kitchen").id)
    said = Outgoing(text="**Since** [2 March, 09:00 (UTC)](moment:1772442000).", platform="telegram", space=chat)
    await telegram.perform(1, said, None)
    (message,) = server.messages("Data Kitchen")
    assert message["text"] == "Since 2 March, 09:00 (UTC)."
    bold, moment = message["entities"]
    assert (bold["type"], moment["type"], moment["unix_time"]) == ("bold", "date_time", 1772442000)
    assert (moment["offset"], moment["length"]) == (6, 20)
    # An older server doesn't know them: the words stand alone.
    for method, image in (("sendMessage", None), ("sendPhoto", _png())):
        server.fail(method, 400, "Bad Request: can't parse MessageEntity: Unsupported type specified")
        await telegram.perform(2, said, image)
        message = server.messages("Data Kitchen")[-1]
        assert "date_time" not in str(message)
        assert "09:00 (UTC)" in str(message)
    name = (await telegram.perform(3, said, None)).message
    server.fail("editMessageText", 400, "Bad Request: can't parse MessageEntity: Unsupported type specified")
    place = {"platform": "telegram", "space": chat, "room": None}
    await telegram.perform(4, Edit(message=name, content=replace(said, text=said.text + "!"), **place), None)
    message = server.messages("Data Kitchen")[-1]
    assert message["text"] == "Since 2 March, 09:00 (UTC).!"
    assert [each["type"] for each in message["entities"]] == ["bold"]


async def test_long_texts_and_captions_are_cut_at_telegrams_limits(kith_quiet):
    server, telegram = kith_quiet
    chat = str(server.chat("Data Kitchen").id)
    rows = ((SentButton("more", "token"),),)
    text = " ".join(f"**word{number}** 🍵" for number in range(1_200))
    await telegram.send(1, Outgoing(text=text, platform="telegram", space=chat, buttons=rows), None)
    sent = server.messages("Data Kitchen")
    assert len(sent) > 2
    assert all(utf16(one["text"]) <= 4096 for one in sent)
    assert sum(len(one["entities"]) for one in sent) == 1_200
    assert ["reply_markup" in one for one in sent] == [False] * (len(sent) - 1) + [True]
    picture = _png()
    await telegram.send(2, Outgoing(text="a" * CAPTION_LIMIT, platform="telegram", space=chat), picture)
    assert server.messages("Data Kitchen")[-1]["caption"] == "a" * CAPTION_LIMIT
    await telegram.send(3, Outgoing(text="a" * 1_025, platform="telegram", space=chat, buttons=rows), picture)
    photo, text_after = server.messages("Data Kitchen")[-2:]
    assert "caption" not in photo
    assert text_after["text"] == "a" * 1_025
    assert "reply_markup" in text_after


async def test_a_message_that_stopped_half_way_goes_on_from_there(kith_quiet):
    server, telegram = kith_quiet
    chat = server.chat("Data Kitchen").id
    long = Outgoing(text="word " * 2_000, platform="telegram", space=str(chat))
    fault_after_first = iter([False, True])
    original = server._throttle

    def throttle(call):
        if call.method == "sendMessage" and next(fault_after_first, False):
            server.flood(chat, 7)
        original(call)

    server._throttle = throttle
    with pytest.raises(Exception, match="retry after 7"):
        await telegram.send(9, long, None)
    server.chat(chat).flood_until = 0
    telegram._sender._turns._shut_until.clear()
    await telegram.send(9, long, None)
    assert "".join(one["text"] + " " for one in server.messages(chat)).split() == ["word"] * 2_000


async def test_pictures_take_the_place_of_text_and_text_that_of_pictures(kith_quiet):
    server, telegram = kith_quiet
    chat = str(server.chat("Data Kitchen").id)
    first = await telegram.send(1, Outgoing(text="board", platform="telegram", space=chat), None)
    second = await telegram.send(2, Outgoing(text="board 2", platform="telegram", space=chat, replaces=first), _png())
    assert second == first
    (shown,) = server.messages("Data Kitchen")
    assert (shown["caption"], "photo" in shown) == ("board 2", True)
    third = await telegram.send(3, Outgoing(text="no picture", platform="telegram", space=chat, replaces=first), None)
    assert third != first
    assert [one["text"] for one in server.messages("Data Kitchen")] == ["no picture"]
    same = await telegram.send(4, Outgoing(text="no picture", platform="telegram", space=chat, replaces=third), None)
    assert same == third


async def test_what_was_said_can_be_taken_away(kith_quiet):
    server, telegram = kith_quiet
    chat = str(server.chat("Data Kitchen").id)
    said = Outgoing(text="soon gone", platform="telegram", space=chat)
    first, second = [await telegram.send(number, said, None) for number in (1, 2)]
    await telegram.unsend(chat, None, first)
    assert len(server.messages("Data Kitchen")) == 1
    await telegram.unsend(chat, None, first)
    server.fail("deleteMessage", 400, "Bad Request: message can't be deleted for everyone")  # after 48 hours
    with pytest.raises(Unreachable):
        await telegram.unsend(chat, None, second)


async def test_what_was_put_up_is_changed_pinned_and_stripped_of_its_buttons(kith_quiet):
    server, telegram = kith_quiet
    chat = str(server.chat("Data Kitchen").id)
    rows = ((SentButton("Join", "tok"),),)
    place = {"platform": "telegram", "space": chat}
    said = Outgoing(text="Who joins? 0", buttons=rows, **place)
    message = (await telegram.perform(1, said, None)).message
    await telegram.perform(
        2, Edit(room=None, message=message, content=replace(said, text="Who joins? 1"), **place), None
    )
    (shown,) = server.messages("Data Kitchen")
    assert (shown["text"], "reply_markup" in shown) == ("Who joins? 1", True)
    same = Edit(room=None, message=message, content=replace(said, text="Who joins? 1"), **place)
    await telegram.perform(3, same, None)
    await telegram.perform(4, Pin(room=None, message=message, **place), None)
    assert server.called("pinChatMessage")
    await telegram.perform(5, Edit(room=None, message=message, **place), None)
    (shown,) = server.messages("Data Kitchen")
    assert (shown["text"], "reply_markup" in shown) == ("Who joins? 1", False)
    await telegram.perform(6, Deletion(room=None, message=message, **place), None)
    for change in (Edit(room=None, message=message, **place), Pin(room=None, message=message, **place), same):
        with pytest.raises(Unreachable):
            await telegram.perform(7, change, None)


async def test_what_never_left_waits_as_long_as_it_takes(kith_quiet):
    server, telegram = kith_quiet
    letter = Outgoing(text="later", platform="telegram", space=str(server.chat("Data Kitchen").id))
    await telegram.send(1, letter, None)
    await server.stop_serving()
    with pytest.raises(RetryLater):
        await telegram.send(2, letter, None)
    telegram._sender._turns._shut_until.clear()
    await server.start_serving()
    server.drop("sendMessage", after=True)
    with pytest.raises(Unavailable):
        await telegram.send(3, letter, None)
    assert [one["text"] for one in server.messages("Data Kitchen")] == ["later", "later"]


def test_the_pace_is_telegrams():
    pace, now, sent = Pace(), 0.0, []
    while len(sent) < 45:
        wait = pace.wait(-5, now)
        now += wait
        pace.take(-5, now)
        sent.append(now)
    assert all(later - earlier >= 1 for earlier, later in itertools.pairwise(sent))
    assert all(later - earlier >= 60 for earlier, later in zip(sent, sent[20:], strict=False))
    assert sent[19] == 19
    assert pace.wait(7, now) == 0
    for person in range(100, 130):
        assert pace.wait(person, now + 5) == 0
        pace.take(person, now + 5)
    assert pace.wait(999, now + 5) == pytest.approx(1.0)
    assert pace.wait(100, now + 5.5) == pytest.approx(0.5)


def _png():
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(file, "PNG")
    return file.getvalue()
