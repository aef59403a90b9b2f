"""From Telegram's updates to events; knows no network and no database."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from bot.platforms.telegram import forms
from bot.platforms.telegram.chats import Chats, migrated
from bot.platforms.telegram.directory import Directory
from bot.platforms.telegram.fields import (
    CONTENT,
    DIRECT,
    PASSED_ON,
    PLATFORM,
    Json,
    clean,
    command_in,
    is_anonymous,
    is_ephemeral,
    message_id,
    parent_of,
    room_of,
    space_id,
    time_of,
    whole,
)
from bot.platforms.telegram.polls import counted, voted
from bot.platforms.telegram.reactions import reaction, reaction_count
from bot.platforms.telegram.stars import changed, paid
from core.analysis.polarity import polarity
from core.domain.bridges import spoken_in
from core.domain.clock import Clock, ManualClock
from core.domain.events import (
    ButtonPressed,
    CommandCalled,
    Event,
    MessageEdited,
    MessageSent,
    WroteDirectly,
    message_key,
)
from core.domain.people import Rights

#: Asked for at each start: what is left out keeps an earlier setting, and the last three come only by name.
ALLOWED_UPDATES = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "callback_query",
    "my_chat_member",
    "chat_join_request",
    "poll",
    "poll_answer",
    "pre_checkout_query",
    "shipping_query",
    "purchased_paid_media",
    "subscription",
    "chat_boost",
    "removed_chat_boost",
    "chat_member",
    "message_reaction",
    "message_reaction_count",
)


class Untranslatable(ValueError):
    """Say that an update is none that Telegram describes."""


@dataclass(slots=True)
class Translator:
    """Translate the updates of the bot `me` (id) with the handle `username`.

    `commands` are the names that Kith answers: in a group, any other without @handle is somebody else's.
    """

    me: int
    username: str
    clock: Clock
    commands: Collection[str] = ()
    _people: Directory = field(default_factory=Directory)
    _chats: Chats = field(init=False)

    def __post_init__(self) -> None:
        self._chats = Chats(self.me, self._people)

    def translate(self, update: Json) -> list[Event]:
        """Return the events of one update, none where it says nothing to Kith; raise Untranslatable."""
        try:
            return list(self._events(update))
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError, OSError) as error:
            raise Untranslatable(f"{type(error).__name__}: {error}") from error

    def put_aside(self, update: Any) -> Json:
        """Return what `again` needs to read an update that can't be read."""
        return {"update": update, "me": self.me, "username": self.username, "at": self.clock.now()}

    def _events(self, update: Json) -> Iterator[Event]:
        number = whole(update["update_id"])
        key = f"u:{self.me}:{number}"
        for kind, handler in (
            ("message", self._message),
            ("edited_message", self._edited),
            ("channel_post", self._chats.post),
            ("callback_query", self._pressed),
            ("message_reaction", partial(reaction, directory=self._people)),
            ("message_reaction_count", reaction_count),
            ("poll_answer", partial(voted, at=self.clock.now(), directory=self._people)),
            ("poll", partial(counted, at=self.clock.now())),
            ("chat_member", self._chats.member),
            ("my_chat_member", self._chats.own_member),
            ("subscription", partial(changed, directory=self._people, at=self.clock.now())),
        ):
            if kind in update:
                yield from handler(update[kind], key)

    def _message(self, message: Json, key: str) -> Iterator[Event]:
        chat, at = message["chat"], time_of(message["date"])
        if chat["type"] == "private":
            yield from self._direct(message, at)
            return
        yield from self._chats.seen(chat, at)
        if "migrate_to_chat_id" in message or "migrate_from_chat_id" in message:
            yield migrated(message, at)
            return
        yield from self._chats.service(message, key, at)
        yield from self._chats.topic_of(message, at)
        if not CONTENT & message.keys():
            return
        called = self._command(message, at)
        if called == "elsewhere" or (is_ephemeral(message) and called is None):
            return  # what nobody else in the room sees is nothing said there
        yield called if isinstance(called, CommandCalled) else self._sent(message, at)

    def _sent(self, message: Json, at: datetime) -> MessageSent:
        parent = parent_of(message)
        number = message_id(message)
        text = message.get("text") or message.get("caption") or ""
        return MessageSent(
            platform=PLATFORM,
            key=message_key(number),
            space=space_id(message["chat"]),
            at=at,
            actor=self._people.author(message),
            room=room_of(message),
            reply_to=message_id(parent) if parent else None,
            reply_author=self._people.author(parent) if parent else None,
            mentions=tuple({person.id: person for _, person in self._people.mentions(message)}.values()),
            length=len(text),
            spoken=spoken_in(text[:120]),
            polarity=polarity(text),
        )

    def _direct(self, message: Json, at: datetime) -> Iterator[Event]:
        """Whatever people write to Kith alone is answered, unless it is somebody else's words."""
        yield from paid(message, self._people, at)
        theirs = message["from"].get("is_bot") or PASSED_ON & message.keys()
        if theirs or not CONTENT & message.keys():
            return
        shared: dict[str, Any] = {
            "platform": PLATFORM,
            "key": message_key(message_id(message)),
            "space": DIRECT,
            "at": at,
            "actor": self._people.person(message["from"]),
            "direct": True,
            "reply_handle": f"m:{message_id(message)}",
            "locale": message["from"].get("language_code"),
        }
        shared["mentions"] = dict(self._people.mentions(message))
        called = command_in(message)
        if called is None:
            yield WroteDirectly(**shared, text=clean(forms.answer(message)), attachment=forms.attachment(message))
            return
        name, text = called[0].partition("@")[0], called[1]
        if forms.resumed(name, text):
            yield WroteDirectly(**shared)
            return
        # What stands after /start is a link's, not the person's.
        words = "" if name == "start" else text
        yield CommandCalled(**shared, name=name, text=words)

    def _command(self, message: Json, at: datetime) -> CommandCalled | str | None:
        """Return the command that a group's message calls, "elsewhere" for another bot's, None for none."""
        found = command_in(message)
        if found is None:
            return None
        name, _, handle = found[0].partition("@")
        mine = handle.casefold() == self.username.casefold() if handle else name in self.commands
        if not mine:
            return "elsewhere"
        parent = parent_of(message)
        author = self._people.author(message)
        return CommandCalled(
            platform=PLATFORM,
            key=message_key(message_id(message)),
            space=space_id(message["chat"]),
            at=at,
            actor=author,
            room=room_of(message),
            rights=None if author and not author.bot else Rights.MEMBER,
            anonymous=is_anonymous(message),
            reply_handle=f"m:{message_id(message)}",
            locale=message["from"].get("language_code") if "from" in message else None,
            name=name,
            text="" if name == "start" else found[1],
            mentions=dict(self._people.mentions(message)),
            reply_author=self._people.author(parent) if parent else None,
        )

    def _edited(self, message: Json, _: str) -> Iterator[Event]:
        if message["chat"]["type"] == "private":
            return
        at = time_of(message.get("edit_date", message["date"]))
        yield MessageEdited(
            platform=PLATFORM,
            key=f"e:{message_id(message)}:{int(at.timestamp())}",
            space=space_id(message["chat"]),
            at=at,
            actor=self._people.author(message),
            room=room_of(message),
            message=message_id(message),
        )

    def _pressed(self, query: Json, key: str) -> Iterator[Event]:
        message, token = query.get("message"), query.get("data")
        if message is None or token is None:
            return
        chat = message["chat"]
        direct = chat["type"] == "private"
        yield ButtonPressed(
            platform=PLATFORM,
            key=f"b:{query['id']}",
            space=DIRECT if direct else space_id(chat),
            at=self.clock.now(),  # Telegram gives a press no time
            actor=self._people.person(query["from"]),
            room=room_of(message),
            direct=direct,
            reply_handle=f"q:{query['id']}",
            locale=query["from"].get("language_code"),
            token=clean(str(token))[:64],
            message=message_id(message),
        )


def again(raw: Json, commands: Collection[str]) -> list[Event]:
    """Translate what was put aside, with nothing known of what came before it; raise Untranslatable."""
    translator = Translator(raw["me"], raw["username"], ManualClock(raw["at"]), commands)
    return order(translator.translate(raw["update"]))


def space_of(update: Any) -> str | None:
    """Return the chat that an update is about, as far as it can be told of one that can't be read."""
    for part in update.values() if isinstance(update, dict) else ():
        about = part if isinstance(part, dict) else {}
        for place in (about, about.get("message")):
            chat = place.get("chat") if isinstance(place, dict) else None
            if isinstance(chat, dict) and isinstance(chat.get("id"), int):
                return str(chat["id"])
    return None


def order(events: Sequence[Event]) -> list[Event]:
    """Return `events` without repetitions, a join with its invite link before the bare notice of it."""
    best: dict[str, Event] = {}
    for event in events:
        known = best.get(event.key)
        if known is None or (getattr(event, "source", None) and not getattr(known, "source", None)):
            best[event.key] = event
    return list(best.values())
