"""Updates as Telegram sends them, one kind after the other, and what they say to Kith."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.telegram.translate import Translator, Untranslatable, order
from core.domain import events as e
from core.domain.clock import ManualClock
from core.domain.people import Rights
from tests.world.telegram_server import TelegramServer

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def now():
    return ManualClock(START)


@pytest.fixture
def server(now):
    made = TelegramServer(now=lambda: now.now().timestamp())
    made.allowed = [
        *("message", "edited_message", "channel_post", "callback_query", "my_chat_member", "chat_member"),
        *("chat_join_request", "message_reaction", "message_reaction_count"),
    ]
    made.user("Ana", username="ana")
    made.user("李", last_name="伟", username="liwei", language_code="zh-hans")
    made.user("Olga", username="olga")
    made.group("Kitchen", ["Ana", "李"], owner="Olga")
    return made


@pytest.fixture
def told(server, now):
    """Translate what the server told since the last call, through JSON as it travels."""
    translator = Translator(server.me["id"], server.me["username"], now, {"points", "start"})
    seen = [0]

    def since():
        fresh = json.loads(json.dumps(server.told[seen[0] :]))
        seen[0] = len(server.told)
        return order([event for update in fresh for event in translator.translate(update)])

    return since


def only(found, kind):
    (one,) = [event for event in found if isinstance(event, kind)]
    return one


def test_a_message_with_its_parent_mentions_and_length(server, told):
    first = server.say("李", "Kitchen", "hello")
    server.say("Ana", "Kitchen", "🍵 @liwei and @nobody", reply_to=first)
    opened, hello, reply = told()
    space = str(server.chat("Kitchen").id)
    assert (opened.title, opened.kind, opened.space) == ("Kitchen", "group", space)
    assert (hello.actor.name, hello.key, hello.is_reply) == ("李 伟", f"m:{space}:1", False)
    assert reply.reply_to == f"{space}:1"
    assert reply.reply_author == hello.actor
    assert reply.mentions == (hello.actor,)
    assert reply.length == len("🍵 @liwei and @nobody")
    assert reply.at == START
    assert reply.room is None


def test_of_what_is_written_its_polarity_is_told_and_no_word(server, told):
    server.say("Ana", "Kitchen", "That lesson was wonderful, Kardamom")
    server.say("李", "Kitchen", "太难了，听不懂")
    server.say("Ana", "Kitchen", "Kardamom")
    sent = [event for event in told() if isinstance(event, e.MessageSent)]
    assert [event.polarity for event in sent] == ["positive", "negative", "neutral"]
    assert "Kardamom" not in repr(sent)


def test_threads_of_replies_are_no_rooms(server, told):
    first = server.say("Ana", "Kitchen", "one")
    server.say("李", "Kitchen", "two", reply_to=first)
    assert [event.room for event in told()] == [None] * 3


def test_media_with_a_caption_is_a_message_and_service_messages_are_none(server, told):
    server.say("Ana", "Kitchen", photo=[{"file_id": "x"}], caption="look")
    server.say("Ana", "Kitchen", pinned_message={"message_id": 1})
    server.say("Ana", "Kitchen", video_chat_started={})
    found = told()
    assert only(found, e.MessageSent).length == 4
    assert len(found) == 2


def test_commands(server, told):
    server.promote("Ana", "Kitchen")
    asked = server.say("李", "Kitchen", "question")
    server.say("Ana", "Kitchen", "/points@Kith_Test_Bot  @liwei  now", reply_to=asked)
    server.say("Ana", "Kitchen", "/weather")
    server.start("Ana", "ref_7")
    server.say("Ana", None, "how does this work?")
    events = told()
    assert [event.direct for event in events if isinstance(event, e.WroteDirectly)] == [True]
    found = [event for event in events if isinstance(event, e.CommandCalled)]
    points, start = found
    assert (points.name, points.text, points.rights, points.direct) == ("points", "@liwei  now", None, False)
    assert points.mentions["@liwei"].name == "李 伟"
    assert points.reply_author.name == "李 伟"
    assert (start.name, start.text, start.space, start.direct) == ("start", "", "direct", True)


@pytest.mark.parametrize(
    "sign",
    [
        {"forward_origin": {"type": "user", "sender_user": {"id": 9, "is_bot": False, "first_name": "Mo"}, "date": 1}},
        {"forward_date": 1},
        {"is_automatic_forward": True},
        {"via_bot": {"id": 8, "is_bot": True, "first_name": "Inline", "username": "inline_bot"}},
        {"entities": [{"type": kind, "offset": 0, "length": 7} for kind in ("bot_command", "blockquote")]},
    ],
    ids=["forwarded", "forwarded before 2024", "channel's copy", "inline bot's", "quoted"],
)
def test_words_of_somebody_else_are_no_command(server, told, sign):
    server.promote("Ana", "Kitchen")
    server.say("Ana", "Kitchen", "/points @liwei", **sign)
    server.say("Ana", None, "/points @liwei", **sign)
    found = told()
    assert only(found, e.MessageSent).length == len("/points @liwei")
    assert [event for event in found if isinstance(event, e.CommandCalled)] == []


def test_a_press_under_a_message_too_old_to_be_shown_still_counts(server, now):
    translator = Translator(7, "kith_bot", now)
    query = {
        "id": "5",
        "from": {"id": 1, "is_bot": False, "first_name": "Ana"},
        "message": {"chat": {"id": -1001, "type": "supergroup"}, "message_id": 3, "date": 0},
        "data": "token",
    }
    (pressed,) = translator.translate({"update_id": 1, "callback_query": query})
    assert (pressed.space, pressed.token, pressed.message) == ("-1001", "token", "-1001:3")


def test_edited_and_posted_words_are_no_command(server, told):
    server.group("Fans", owner="Ana", kind="channel")
    said = server.say("Ana", "Kitchen", "hello")
    server.edit("Ana", "Kitchen", said, "/points")
    server.post("Fans", "/points")
    assert not [event for event in told() if isinstance(event, e.CommandCalled)]


def test_hidden_administrators_and_channels(server, told):
    server.group("Fans", owner="Ana", kind="channel")
    server.say("Olga", "Kitchen", "/points", anonymous=True)
    server.say_as_channel("Fans", "Kitchen", "/points")
    hidden, channel = [event for event in told() if isinstance(event, e.CommandCalled)]
    assert (hidden.rights, hidden.anonymous, hidden.actor.bot) == (Rights.MEMBER, True, True)
    assert (channel.rights, channel.anonymous, channel.actor.name) == (Rights.MEMBER, False, "Fans")


def test_edits(server, now, told):
    said = server.say("Ana", "Kitchen", "helo")
    now.advance(timedelta(seconds=30))
    server.edit("Ana", "Kitchen", said, "hello")
    edited = only(told(), e.MessageEdited)
    assert (edited.message, edited.at) == (f"{server.chat('Kitchen').id}:1", now.now())


def test_reactions_are_what_changed(server, told):
    said = server.say("Ana", "Kitchen", "hello")
    server.react("李", "Kitchen", said, "👍")
    server.react("李", "Kitchen", said, "👍", "🔥")
    server.react("李", "Kitchen", said, "🔥")
    server.react("Olga", "Kitchen", said, "👎", anonymous=True)
    found = told()[2:]
    assert [(type(event).__name__, event.emoji, event.actor.name) for event in found] == [
        ("ReactionAdded", "👍", "李 伟"),
        ("ReactionAdded", "🔥", "李 伟"),
        ("ReactionRemoved", "👍", "李 伟"),
    ]
    assert {event.message for event in found} == {f"{server.chat('Kitchen').id}:1"}


def test_reactions_in_channels_have_no_names(server, told):
    server.group("Fans", owner="Ana", kind="channel")
    post = server.post("Fans", "lesson")
    server.react("Ana", "Fans", post, "👍")
    server.react("李", "Fans", post, "🔥")
    counts = [event.count for event in told() if isinstance(event, e.ReactionsCounted)]
    assert counts == [1, 2]


def test_coming_and_going(server, told):
    server.user("Noor")
    server.join("Noor", "Kitchen")
    server.leave("Noor", "Kitchen")
    server.join("Noor", "Kitchen", by="Olga")
    server.kick("Noor", "Kitchen", by="Olga")
    server.promote("Ana", "Kitchen")
    found = [event for event in told() if isinstance(event, e.MemberJoined | e.MemberLeft)]
    assert [(type(event).__name__, event.actor.name) for event in found] == [
        ("MemberJoined", "Noor"),
        ("MemberLeft", "Noor"),
    ]  # the second pair happened within the same second: to Telegram's clock it is the same move


def test_moves_a_second_apart_are_two(server, now, told):
    server.user("Noor")
    for _ in range(2):
        server.join("Noor", "Kitchen")
        now.advance(timedelta(seconds=2))
        server.kick("Noor", "Kitchen", by="Olga")
        now.advance(timedelta(seconds=2))
    moves = [event for event in told() if isinstance(event, e.MemberJoined | e.MemberLeft)]
    assert [(type(event).__name__, getattr(event, "removed", None)) for event in moves] == [
        ("MemberJoined", None),
        ("MemberLeft", True),
    ] * 2


def test_kith_itself_comes_and_goes(server, told):
    server.remove_bot("Kitchen", "Olga")
    server.add_bot("Kitchen", "Olga", admin=True)
    server.say("Ana", "Kitchen", new_chat_title="Kitchen 2")
    closed, opened = told()[:2]
    assert isinstance(closed, e.SpaceClosed)
    assert (type(opened), opened.title) == (e.SpaceOpened, "Kitchen")


def test_topics_have_names(server, told):
    server.group("Forum", ["Ana"], owner="Olga", forum=True)
    topic = server.topic("Forum", "help", by="Olga")
    server.say("Ana", "Forum", "stuck", topic=topic)
    server.say("Ana", "Forum", forum_topic_edited={"name": "aid"}, topic=topic)
    found = told()
    names = [(event.room, event.name) for event in found if isinstance(event, e.RoomNamed)]
    assert names == [(str(topic), "help"), (str(topic), "aid")]
    stuck = only(found, e.MessageSent)
    assert (stuck.room, stuck.is_reply) == (str(topic), False)


def test_presses_also_of_messages_that_are_gone(server, now, told):
    said = server.say("Ana", "Kitchen", "x")
    server.press("Ana", said, "token", forged=True)
    server.push(
        {
            "callback_query": {
                "id": "9",
                "from": server.person("Ana").user,
                "chat_instance": "1",
                "data": "token",
                "message": {"chat": server.chat("Ana").public, "message_id": 3, "date": 0},
            }
        }
    )
    group, direct = [event for event in told() if isinstance(event, e.ButtonPressed)]
    assert (group.token, group.direct, group.at) == ("token", False, now.now())
    assert (direct.space, direct.direct) == ("direct", True)


def test_a_migration_is_one_event_however_often_it_is_told(server, told):
    old = server.group("Small", ["Ana"], owner="Olga", kind="group")["id"]
    server.say("Ana", "Small", "hello")
    new = server.migrate(old)
    moved = [event for event in told() if isinstance(event, e.SpaceMigrated)]
    assert [(event.space, event.to) for event in moved] == [(str(old), str(new))]


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
)
KINDS = (
    *("message", "edited_message", "channel_post", "callback_query", "message_reaction", "chat_member"),
    *("message_reaction_count", "my_chat_member"),
)
FIELDS = (
    *("chat", "date", "from", "message_id", "text", "entities", "reply_to_message", "new_chat_members", "id"),
    *("type", "title", "user", "old_reaction", "new_reaction", "reactions", "old_chat_member", "status"),
    *("new_chat_member", "data", "message", "sender_chat", "migrate_to_chat_id", "forum_topic_created"),
)
nested = st.recursive(
    st.none() | st.integers(-9, 9) | st.sampled_from(["private", "supergroup", "member", "left", "/points"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=9),
    max_leaves=40,
)


@given(anything | st.fixed_dictionaries({"update_id": st.integers()}, optional=dict.fromkeys(KINDS, nested)))
def test_whatever_comes_is_events_or_untranslatable(update):
    translator = Translator(4242, "kith_test_bot", ManualClock(START), {"points"})
    try:
        found = translator.translate(update)
    except Untranslatable:
        return
    assert all(isinstance(event, e.Event) for event in found)


@pytest.mark.parametrize(
    ("more", "asks"),
    [
        ({"text": "hello"}, True),
        ({"sticker": {}}, True),
        ({"text": "hello", "forward_origin": {"type": "hidden_user"}}, False),
        ({"text": "hello", "via_bot": {"id": 9, "is_bot": True, "first_name": "Gif"}}, False),
        ({"text": "hello", "from": {"id": 9, "is_bot": True, "first_name": "Robo"}}, False),
        ({"pinned_message": {}}, False),
    ],
)
def test_what_people_write_to_kith_alone(more, asks):
    person = {"id": 7, "is_bot": False, "first_name": "Ana"}
    message = {"message_id": 5, "date": 1_772_442_000, "chat": {"id": 7, "type": "private"}, "from": person} | more
    found = Translator(1, "Kith_Test_Bot", ManualClock(START)).translate({"update_id": 1, "message": message})
    assert [type(event) for event in found] == ([e.WroteDirectly] if asks else [])
