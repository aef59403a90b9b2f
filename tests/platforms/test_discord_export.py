"""Every oddity that DiscordChatExporter is known to write."""

import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.imports.discord import read
from core.domain.events import Event, MemberJoined, MessageSent, ReactionAdded, ReactionsCounted
from core.domain.history import Chapter, Record
from tests.platforms.exports import VALUES, author, channel, fits, written, wrote


def records(path: Path) -> list[Record]:
    return [each for each in read(path) if isinstance(each, Record)]


def one(tmp_path: Path, message: dict[str, Any]) -> Record:
    (record,) = records(written(tmp_path, channel(message)))
    return record


def sent(record: Record) -> MessageSent:
    assert isinstance(record.events[0], MessageSent)
    return record.events[0]


def test_where_and_who(tmp_path: Path) -> None:
    opened, record = read(written(tmp_path, channel(wrote(1, 12345678901234567890))))
    assert opened == Chapter("55", "Data Kitchen", "server", "77", "room-77")
    assert isinstance(record, Record)
    message = sent(record)
    assert (message.key, message.space, message.room) == ("m:1000000000000000001", "55", "77")
    assert message.actor is not None
    assert message.actor.id == "12345678901234567890"
    assert (message.actor.name, message.actor.username) == (
        "Member 12345678901234567890",
        "handle12345678901234567890",
    )


def test_a_reply_may_have_lost_its_parent(tmp_path: Path) -> None:
    kept = sent(one(tmp_path, wrote(2, kind="Reply", reference={"type": "Default", "messageId": "9"})))
    lost = sent(one(tmp_path, wrote(2, kind="Reply", reference={"type": "Default", "messageId": None})))
    bare = sent(one(tmp_path, wrote(2, kind="Reply")))
    assert [(each.is_reply, each.reply_to) for each in (kept, lost, bare)] == [(True, "9"), (True, None), (True, None)]


def test_a_forward_is_no_reply(tmp_path: Path) -> None:
    forward = sent(one(tmp_path, wrote(2, reference={"type": "Forward", "messageId": "9"}, content="")))
    assert (forward.is_reply, forward.reply_to) == (False, None)


def test_kinds_as_numbers(tmp_path: Path) -> None:
    path = written(tmp_path, channel(wrote(1, kind="0"), wrote(2, kind="19"), wrote(3, kind="46"), wrote(4, type=24)))
    found = records(path)
    assert [record.system for record in found] == [False, False, True, True]
    assert [type(record.events[0]) for record in found] == [MessageSent, MessageSent, Event, Event]
    assert sent(found[1]).is_reply


def test_what_discord_wrote_itself_is_system(tmp_path: Path) -> None:
    notice = one(tmp_path, wrote(1, kind="ChannelPinnedMessage", content="Pinned a message."))
    joined = one(tmp_path, wrote(1, kind="GuildMemberJoin", content="Joined the server."))
    assert notice.system
    assert notice.events[0].actor is None
    assert joined.system
    assert isinstance(joined.events[0], MemberJoined)


def test_reactions_counted_and_by_person(tmp_path: Path) -> None:
    reactions = [
        {"emoji": {"id": "", "name": "👍"}, "count": 5, "users": []},
        {"emoji": {"id": "42", "name": "kith"}, "count": 3, "users": [author(8), author(9)]},
    ]
    _, eight, nine, counted = one(tmp_path, wrote(1, reactions=reactions)).events
    assert isinstance(eight, ReactionAdded)
    assert isinstance(nine, ReactionAdded)
    assert eight.key == "r+:1000000000000000001:8:42"
    assert eight.author is not None
    assert eight.author.id == "1"
    assert isinstance(counted, ReactionsCounted)
    assert (counted.count, counted.actor) == (6, None)


def test_empty_content_and_missing_author_are_messages(tmp_path: Path) -> None:
    assert sent(one(tmp_path, wrote(1, content=""))).length == 0
    assert sent(one(tmp_path, wrote(1, author=None))).actor is None


def test_what_lacks_an_id_or_time_is_left_out(tmp_path: Path) -> None:
    assert one(tmp_path, wrote(1, id=None)).skipped == ("incomplete",)
    assert one(tmp_path, wrote(1, timestamp="today")).skipped == ("incomplete",)


def test_direct_messages_are_left_out(tmp_path: Path) -> None:
    (record,) = read(written(tmp_path, channel(wrote(1), guild="0")))
    assert record == Record(skipped=("direct_message",))


def test_folder_and_zip_hold_one_file_a_room(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    for number in (1, 2):
        written(folder, channel(wrote(number), number=number), f"room {number}.json")
    zipped = tmp_path / "export.zip"
    with zipfile.ZipFile(zipped, "w") as archive:
        for file in folder.iterdir():
            archive.write(file, file.name)
        archive.writestr("media/a.png", b"no json")
    expected = list(read(folder))
    assert len(expected) == 4
    assert list(read(zipped)) == expected


FIELDS = ["id", "type", "timestamp", "content", "author", "reactions", "mentions", "reference"]


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(FIELDS), VALUES))
def test_whatever_an_entry_holds_it_is_taken_or_left_out(changed: dict[str, Any]) -> None:
    with TemporaryDirectory() as folder:
        path = written(Path(folder), channel({**wrote(1, kind="Reply"), **changed}))
        fits(read(path))


def test_what_stands_for_every_deleted_account_is_nobody(tmp_path: Path) -> None:
    deleted = {"id": "456226577798135808", "name": "Deleted User", "nickname": "Deleted User", "isBot": False}
    reaction = {"emoji": {"name": "x"}, "count": 2, "users": [deleted, author(2)]}
    messages = channel(
        wrote(1, author=deleted, reactions=[reaction]),
        wrote(2, 2, "Reply", reference={"messageId": str(10**18 + 1)}, mentions=[deleted, author(3)]),
    )
    first, second = (record.events for record in records(written(tmp_path, messages)))
    assert first[0].actor is None
    assert [each.actor and each.actor.id for each in first[1:]] == ["2", None]
    assert [getattr(each, "author", None) for each in first[1:]] == [None, None]
    assert isinstance(first[2], ReactionsCounted)
    assert first[2].count == 1
    assert isinstance(second[0], MessageSent)
    assert [person.id for person in second[0].mentions] == ["3"]
