"""Chats and topics as they are met, and who comes and goes."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from datetime import datetime

from bot.platforms.telegram.directory import Directory
from bot.platforms.telegram.fields import (
    PLATFORM,
    Json,
    clean,
    is_present,
    move_key,
    room_of,
    space_id,
    time_of,
    whole,
)
from core.domain.events import (
    Event,
    MemberJoined,
    MemberLeft,
    RoomNamed,
    SpaceClosed,
    SpaceMigrated,
    SpaceOpened,
)
from core.domain.memberships import MembershipPaid


class Chats:
    """Tell of the chats of the bot `me` (id), each name once."""

    def __init__(self, me: int, directory: Directory) -> None:
        self._me = me
        self._directory = directory
        self._opened: set[tuple[int, str]] = set()
        self._topics: set[tuple[str, str]] = set()  # spaces and rooms whose names were told

    def seen(self, chat: Json, at: datetime) -> Iterator[Event]:
        """Tell the name of a chat that this process meets for the first time; the store knows repetitions."""
        mark = (whole(chat["id"]), str(chat.get("title", "")))
        if mark not in self._opened:
            self._opened.add(mark)
            yield _space_opened(chat, f"o:{mark[0]}:{zlib.crc32(mark[1].encode('utf-8', 'replace'))}", at)

    def service(self, message: Json, key: str, at: datetime) -> Iterator[Event]:
        """Yield what a message of Telegram's own says of people, title and topics."""
        chat = message["chat"]
        space = space_id(chat)
        for user in message.get("new_chat_members", ()):
            if user["id"] != self._me:
                yield MemberJoined(
                    platform=PLATFORM,
                    key=move_key("j", chat, user, at),
                    space=space,
                    at=at,
                    actor=self._directory.person(user),
                )
        if (left := message.get("left_chat_member")) and left["id"] != self._me:
            removed = message["from"]["id"] != left["id"]
            yield MemberLeft(
                platform=PLATFORM,
                key=move_key("l", chat, left, at),
                space=space,
                at=at,
                actor=self._directory.person(left),
                removed=removed,
            )
        if "new_chat_title" in message:
            yield _space_opened(chat, f"{key}:title", at)
        for topic in ("forum_topic_created", "forum_topic_edited"):
            if name := message.get(topic, {}).get("name"):
                room = str(whole(message["message_thread_id"]))
                self._topics.add((space, room))
                yield RoomNamed(platform=PLATFORM, key=f"{key}:topic", space=space, at=at, room=room, name=clean(name))

    def topic_of(self, message: Json, at: datetime) -> Iterator[Event]:
        """Tell, once, the name with which a topic was opened: messages in it carry that, and Kith may be younger."""
        room, space, opening = room_of(message), space_id(message["chat"]), message.get("reply_to_message") or {}
        name = opening.get("forum_topic_created", {}).get("name")
        if room is None or not name or (space, room) in self._topics:
            return
        self._topics.add((space, room))
        key = f"t:{space}:{room}"
        yield RoomNamed(platform=PLATFORM, key=key, space=space, at=at, room=room, name=clean(name), first=True)

    def post(self, message: Json, key: str) -> Iterator[Event]:
        """Yield what a channel's post says of the channel."""
        at = time_of(message["date"])
        yield from self.seen(message["chat"], at)
        if "new_chat_title" in message:
            yield _space_opened(message["chat"], f"{key}:title", at)

    def member(self, change: Json, _: str) -> Iterator[Event]:
        """Yield who came or went."""
        chat, at = change["chat"], time_of(change["date"])
        user = change["new_chat_member"]["user"]
        was, now = is_present(change["old_chat_member"]), is_present(change["new_chat_member"])
        paid = list(self._paid(change, at))
        if was == now and not paid:
            return
        yield from self.seen(chat, at)
        yield from paid
        if was == now:
            return
        if now:
            link = change.get("invite_link") or {}
            source = link.get("name") or link.get("invite_link")
            yield MemberJoined(
                platform=PLATFORM,
                key=move_key("j", chat, user, at),
                space=space_id(chat),
                at=at,
                actor=self._directory.person(user),
                source=clean(source) if source else None,
            )
        else:
            yield MemberLeft(
                platform=PLATFORM,
                key=move_key("l", chat, user, at),
                space=space_id(chat),
                at=at,
                actor=self._directory.person(user),
                removed=change["from"]["id"] != user["id"],
            )

    def _paid(self, change: Json, at: datetime) -> Iterator[Event]:
        """Yield that somebody's time in a paid chat goes on; of others than plain members it is a penalty's."""
        old, new = (each if each["status"] == "member" else {} for each in _both(change))
        until, before = new.get("until_date") or 0, old.get("until_date") or 0
        if whole(until) <= whole(before):
            return
        chat, user = change["chat"], change["new_chat_member"]["user"]
        yield MembershipPaid(
            platform=PLATFORM,
            key=f"paid:{space_id(chat)}:{whole(user['id'])}:{whole(until)}",
            space=space_id(chat),
            at=at,
            actor=self._directory.person(user),
            until=time_of(until),
            again=bool(before),
        )

    def own_member(self, change: Json, key: str) -> Iterator[Event]:
        """Yield whether Kith was let in or put out."""
        chat, at = change["chat"], time_of(change["date"])
        if chat["type"] == "private":
            return  # whoever blocks Kith is met again as Forbidden
        if is_present(change["new_chat_member"]):
            self._opened.add((chat["id"], chat.get("title", "")))
            yield _space_opened(chat, key, at)
        else:
            yield SpaceClosed(platform=PLATFORM, key=key, space=space_id(chat), at=at)


def _both(change: Json) -> tuple[Json, Json]:
    return change["old_chat_member"], change["new_chat_member"]


def migrated(message: Json, at: datetime) -> SpaceMigrated:
    """Both chats tell of the move; the key is the same, so it happens once."""
    here = whole(message["chat"]["id"])
    old = whole(message.get("migrate_from_chat_id", here))
    new = whole(message.get("migrate_to_chat_id", here))
    return SpaceMigrated(platform=PLATFORM, key=f"g:{old}:{new}", space=str(old), at=at, to=str(new))


def _space_opened(chat: Json, key: str, at: datetime) -> SpaceOpened:
    kind = "channel" if chat["type"] == "channel" else "group"
    title = clean(str(chat.get("title") or chat["id"]))
    return SpaceOpened(platform=PLATFORM, key=key, space=space_id(chat), at=at, title=title, kind=kind)
