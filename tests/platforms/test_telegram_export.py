"""Every oddity that Telegram Desktop is known to write."""

import gzip
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.imports.telegram import read
from core.domain.errors import BadInput
from core.domain.events import Event, MemberJoined, MemberLeft, MessageSent, ReactionAdded, ReactionsCounted
from core.domain.history import Chapter, Record
from tests.platforms.exports import START, VALUES, chat, fits, said, service, written

SPACE = "-1001234567890"


def records(path: Path, **more: Any) -> list[Record]:
    return [each for each in read(path, **more) if isinstance(each, Record)]


def messages(path: Path, **more: Any) -> list[MessageSent]:
    return [event for each in records(path, **more) for event in each.events if isinstance(event, MessageSent)]


def one(tmp_path: Path, message: dict[str, Any], **more: Any) -> MessageSent:
    (sent,) = messages(written(tmp_path, chat(message)), **more)
    return sent


def test_a_message_has_the_key_that_the_bot_gives_it(tmp_path: Path) -> None:
    sent = one(tmp_path, said(7, 5, reply_to_message_id=6))
    assert (sent.key, sent.space, sent.reply_to) == (f"m:{SPACE}:7", SPACE, f"{SPACE}:6")
    assert sent.actor is not None
    assert (sent.actor.id, sent.actor.name) == ("5", "Member 5")


@pytest.mark.parametrize(
    ("kind", "space"),
    [
        ("public_supergroup", SPACE),
        ("private_supergroup", SPACE),
        ("public_channel", SPACE),
        ("private_channel", SPACE),
        ("private_group", "-1234567890"),
    ],
)
def test_a_bare_id_becomes_the_one_of_the_bot_api(tmp_path: Path, kind: str, space: str) -> None:
    opened, record = read(written(tmp_path, chat(said(1), kind=kind)))
    assert isinstance(opened, Chapter)
    assert isinstance(record, Record)
    assert opened == Chapter(space, "Data Kitchen", "channel" if kind.endswith("_channel") else "group")
    assert record.events[0].space == space


def test_control_characters_written_as_hexadecimal_or_as_they_are(tmp_path: Path) -> None:
    text = json.dumps(chat(said(1, text="A B"), said(2)), indent=1)
    path = written(tmp_path, text.replace("A B", "A\\x0CB\x01\\'"))
    assert [sent.key for sent in messages(path)] == [f"m:{SPACE}:1", f"m:{SPACE}:2"]


@pytest.mark.parametrize(
    "bare",
    [
        "video_files/sticker (2).webm",
        "files/{odd] name, \u00e9.webm",
        'files/with "quotes".webm',
        "123_files/4.webm",
        "true_files/a.webm",
    ],
)
def test_values_without_quotes(tmp_path: Path, bare: str) -> None:
    text = json.dumps(chat(said(1, document_id="BARE", after="x"), said(2), said(3, last="BARE")), indent=1)
    path = written(tmp_path, text.replace('"BARE"', bare))
    assert [sent.key for sent in messages(path)] == [f"m:{SPACE}:{number}" for number in (1, 2, 3)]


def test_text_as_a_list_of_strings_and_things_names_people(tmp_path: Path) -> None:
    mixed = ["see ", {"type": "mention_name", "text": "Ana", "user_id": 9}, {"type": "mention", "text": "@ben"}]
    (record,) = records(written(tmp_path, chat(said(1, text=mixed, text_entities=[]))))
    (sent,) = record.events
    assert isinstance(sent, MessageSent)
    assert [person.id for person in sent.mentions] == ["9"]
    assert record.skipped == ("mention_by_handle",)


def test_local_time_without_a_zone_is_the_exporters(tmp_path: Path) -> None:
    old = said(1, date="2026-01-05T12:01:00")
    del old["date_unixtime"]
    assert one(tmp_path, old, zone="Asia/Shanghai").at == datetime(2026, 1, 5, 4, 1, tzinfo=UTC)
    assert one(tmp_path, said(1), zone="Asia/Shanghai").at == START.replace(minute=1)


def test_who_wrote(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        chat(
            said(1, from_id="channel1234567890"),
            said(2, from_id=5),
            said(3, **{"from": None, "from_id": "user6"}),
            said(4, None),
            said(5, from_id=4406078407),  # 1 × 2³² + 111111111: a user, as files of 2020 have it
            said(6, from_id=(2 << 32) + 1234567890),  # a chat
            said(7, from_id="user1087968824"),
            said(8, from_id="user136817688"),
            said(9, from_id=4295744296),  # 777000, likewise
            said(10, from_id="user4406078407"),  # a number of today, with its kind before it
        ),
    )
    people = [sent.actor for sent in messages(path)]
    assert [person and (person.id, person.name, person.bot) for person in people] == [
        (SPACE, "Member 1", True),
        ("5", "Member 1", False),
        ("6", "", False),
        None,
        ("111111111", "Member 1", False),
        (SPACE, "Member 1", True),
        None,
        None,
        None,
        ("4406078407", "Member 1", False),
    ]


def test_unsupported_messages_have_only_an_id(tmp_path: Path) -> None:
    path = written(tmp_path, chat({"id": 1, "type": "unsupported"}, said(2)))
    assert [record.skipped for record in records(path)] == [("unsupported",), ()]


def test_what_lacks_an_id_or_time_is_left_out(tmp_path: Path) -> None:
    path = written(tmp_path, chat(said(1, date_unixtime="soon"), {**said(2), "id": None}, said(3)))
    assert [record.skipped for record in records(path)] == [("incomplete",), ("incomplete",), ()]


def test_joins_and_removals(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        chat(
            service(1, "join_group_by_link", 4, inviter="Group"),
            service(2, "join_group_by_request", 5),
            service(3, "invite_members", 6, members=["Member 6"]),
            service(4, "invite_members", 6, members=["Somebody", None]),
            service(5, "remove_members", 6, members=["Member 6"]),
            service(6, "remove_members", 6, members=[None]),
            service(7, "pin_message", message_id=1),
        ),
    )
    found = records(path)
    stamp = int(START.timestamp())
    assert [record.events[0].key for record in found] == [
        f"j:{SPACE}:4:{stamp + 60}",
        f"j:{SPACE}:5:{stamp + 120}",
        f"j:{SPACE}:6:{stamp + 180}",
        f"m:{SPACE}:4",
        f"l:{SPACE}:6:{stamp + 300}",
        f"m:{SPACE}:6",
        f"m:{SPACE}:7",
    ]
    kinds = [MemberJoined, MemberJoined, MemberJoined, Event, MemberLeft, Event, Event]
    assert [type(record.events[0]) for record in found] == kinds
    assert all(record.system for record in found)
    assert [len(record.skipped) for record in found] == [0, 0, 0, 2, 0, 1, 0]


def test_a_reply_to_another_chat_is_none_here(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        chat(
            said(1, reply_to_message_id=9, reply_to_peer_id="channel42"),
            said(2, reply_to_message_id=1, reply_to_peer_id="channel1234567890"),
        ),
    )
    assert [sent.reply_to for sent in messages(path)] == [None, f"{SPACE}:1"]


def test_topics_are_known_from_replies_to_their_opening(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        chat(
            service(10, "topic_created", title="Help"),
            said(11, reply_to_message_id=10),
            said(12, reply_to_message_id=11),
            said(13),
        ),
    )
    rooms = [each for each in read(path) if isinstance(each, Chapter) and each.room]
    assert [(each.room, each.room_name) for each in rooms] == [("10", "Help")]
    assert [(sent.room, sent.reply_to) for sent in messages(path)] == [
        ("10", None),
        ("10", f"{SPACE}:11"),
        (None, None),
    ]


def test_a_whole_accounts_export_gives_its_groups_and_no_direct_chat(tmp_path: Path) -> None:
    whole = {
        "about": "here is the data",
        "contacts": {"list": [{"first_name": "X", "phone": "1"}]},
        "chats": {
            "about": "",
            "list": [
                chat(said(1), number=11),
                {**chat(said(2)), "type": "personal_chat"},
                {"type": "saved_messages", "id": 5, "messages": [said(3)]},
            ],
        },
        "left_chats": {"list": [{**chat(said(4), number=12), "name": "Old"}]},
    }
    path = written(tmp_path, whole)
    assert [sent.key for sent in messages(path)] == ["m:-1000000000011:1", "m:-1000000000012:4"]
    assert [reason for each in records(path) for reason in each.skipped] == ["private_chat", "private_chat"]
    assert [sent.key for sent in messages(path, chats=["old"])] == ["m:-1000000000012:4"]
    with pytest.raises(BadInput) as caught:
        messages(path, chats=["nowhere"])
    assert caught.value.key == "import-no-chat"


def test_file_packed_folder_and_zip_say_the_same(tmp_path: Path) -> None:
    plain = written(tmp_path / "ChatExport", chat(said(1), said(2)))
    packed = tmp_path / "result.json.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    zipped = tmp_path / "export.zip"
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(plain, "ChatExport/result.json")
        archive.writestr("ChatExport/photos/1.jpg", b"no json")
        archive.writestr("__MACOSX/ChatExport/._result.json", b"no json")
    expected = messages(plain)
    assert len(expected) == 2
    for path in (plain.parent, packed, zipped):
        assert messages(path) == expected


def test_missing_media_is_a_sentence(tmp_path: Path) -> None:
    note = "(File not included. Change data exporting settings to download.)"
    assert one(tmp_path, said(1, photo=note, width=3)).key == f"m:{SPACE}:1"


def test_reactions_by_person_and_counted(tmp_path: Path) -> None:
    late = {"from": "Member 8", "from_id": "user8", "date": "2026-01-05T13:00:00"}
    reactions = [
        {"type": "emoji", "emoji": "👍", "count": 3, "recent": [late]},
        {"type": "paid", "count": 2},
    ]
    (record,) = records(written(tmp_path, chat(said(1, reactions=reactions))))
    _, named, counted = record.events
    assert isinstance(named, ReactionAdded)
    assert (named.message, named.emoji, named.at.hour) == (f"{SPACE}:1", "👍", 13)
    assert isinstance(counted, ReactionsCounted)
    assert counted.count == 4


FIELDS = ["id", "type", "date", "date_unixtime", "from", "from_id", "text", "text_entities", "reply_to_message_id"]
FIELDS += ["reply_to_peer_id", "action", "members", "actor", "actor_id", "title", "reactions"]


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(FIELDS), VALUES), st.sampled_from([said, service]))
def test_whatever_an_entry_holds_it_is_taken_or_left_out(changed: dict[str, Any], made: Any) -> None:
    entry = made(1, 5) if made is said else made(1, "invite_members", 5)
    with TemporaryDirectory() as folder:
        path = written(Path(folder), chat({**entry, **changed}))
        fits(read(path))
