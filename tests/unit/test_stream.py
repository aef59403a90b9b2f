"""What the playground's page is told while time moves far."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.platforms.playground.scene import Change, ChatMessage, Notice
from bot.web.playground.pages import in_brief, in_full, latest
from core.domain.people import Person

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def said(number: int, room: str) -> ChatMessage:
    return ChatMessage(f"{room}{number}", room, Person("u1", "Ana"), str(number), AT)


def test_of_each_room_the_newest_are_shown_and_all_are_told() -> None:
    here, there = [said(number, "help") for number in range(8)], [said(number, "lounge") for number in range(2)]
    notices = [Notice(Change.NEW, each) for each in (*here, *there)] + [Notice(Change.TIME)]
    told = list(in_brief(notices))
    assert [notice for notice, _ in told] == notices
    shown = [notice.message.id for notice, full in told if full and notice.message]
    assert shown == ["help3", "help4", "help5", "help6", "help7", "lounge0", "lounge1"]
    assert list(in_full(notices)) == [(notice, True) for notice in notices]


def test_what_changed_long_before_is_left_to_the_end_and_what_went_is_told() -> None:
    old, gone = said(0, "help"), said(1, "help")
    first = [Notice(Change.CHANGED, old), Notice(Change.GONE, gone)]
    told = list(in_brief([*first, *(Notice(Change.NEW, said(number, "help")) for number in range(2, 9))]))
    assert first[0] not in [notice for notice, _ in told]
    assert told[0] == (first[1], False)


def test_what_changed_after_it_came_is_new_as_it_stands() -> None:
    message = said(1, "help")
    assert latest([Notice(Change.NEW, message), Notice(Change.CHANGED, message)]) == [Notice(Change.NEW, message)]
