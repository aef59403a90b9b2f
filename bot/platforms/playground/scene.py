"""The chats of the playground, as they stand in memory: nothing of what is said here is written down."""

from __future__ import annotations

import asyncio
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from core.domain.message import File
from core.domain.outgoing import SentButton
from core.domain.people import Person, Rights
from core.domain.pictures import Picture

KITH = Person("kith", "Kith", "kith", bot=True)
KEPT = 30  # messages a room shows; what went before is counted by Kith and gone from here
MENTION = re.compile(r"@\w+(?:[.-]\w+)*")
_LAGGING = 5_000  # changes that wait for a listener before it has to look afresh


@dataclass(frozen=True, slots=True)
class ChatRoom:
    """A room of a scene: `id` and `name` as people know it, `about` in one line."""

    id: str
    name: str
    about: str = ""


@dataclass(slots=True, eq=False)
class ChatMessage:
    """A message as people see it.

    `room` is a room's id, or `@person` for somebody's direct chat with Kith. `only_for` names who alone sees it.
    `text` is neutral markup, `image` the PNG of `picture`. `command` marks a call of Kith.
    """

    id: str
    room: str
    author: Person
    text: str
    at: datetime
    only_for: str | None = None
    answers: ChatMessage | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    buttons: tuple[tuple[SentButton, ...], ...] = ()
    image: bytes | None = None
    picture: Picture | None = None
    file: File | None = None
    edited: bool = False
    command: bool = False

    def visible_to(self, person: str) -> bool:
        """Say whether this person sees the message."""
        if self.room.startswith("@"):
            return self.room == f"@{person}"
        return self.only_for in (None, person)


class Change(StrEnum):
    """What became of a message, or of the scene."""

    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"
    PEOPLE = "people"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Notice:
    """A change for those who look on; `message` where it is about one."""

    change: Change
    message: ChatMessage | None = None


class Lagging(Exception):
    """Say that a listener was too slow and has to look afresh."""


@dataclass(slots=True, eq=False)
class Scene:
    """One community of the playground: its rooms, the people in it, and what was lately said.

    `people` holds who can be, by id; `present` who is in the community now; `roles` what follows somebody's tier;
    `faces` whom to try first, each with a word for who that is. `ready` is set when there is something to see;
    before, while it is `quiet`, Kith isn't heard.
    """

    id: str
    title: str
    language: str
    timezone: str
    rooms: tuple[ChatRoom, ...]
    people: dict[str, Person] = field(default_factory=dict)
    faces: dict[str, str] = field(default_factory=dict)
    rights: dict[str, Rights] = field(default_factory=dict)
    present: set[str] = field(default_factory=set)
    roles: dict[str, set[str]] = field(default_factory=dict)
    chats: dict[str, deque[ChatMessage]] = field(default_factory=dict)
    by_id: dict[str, ChatMessage] = field(default_factory=dict)
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    quiet: bool = False
    listeners: set[asyncio.Queue[Notice | None]] = field(default_factory=set)

    def room(self, room_id: str | None) -> ChatRoom:
        """Return a room by id, the first where there is none of that id."""
        return next((room for room in self.rooms if room.id == room_id), self.rooms[0])

    def messages(self, room: str, person: str) -> list[ChatMessage]:
        """Return what a person sees in a room, oldest first."""
        return [message for message in self.chats.get(room, ()) if message.visible_to(person)]

    def find(self, message_id: str | None, person: str) -> ChatMessage | None:
        """Return a message by id if it is still there and this person sees it."""
        found = self.by_id.get(message_id or "")
        return found if found is not None and found.visible_to(person) else None

    def post(self, message: ChatMessage) -> None:
        """Show a message; the oldest of a full room makes place."""
        chat = self.chats.setdefault(message.room, deque())
        chat.append(message)
        self.by_id[message.id] = message
        while len(chat) > KEPT:
            self.by_id.pop(chat.popleft().id, None)
        self.tell(Notice(Change.NEW, message))

    def changed(self, message: ChatMessage) -> None:
        """Let those who look on see a message anew."""
        self.tell(Notice(Change.CHANGED, message))

    def remove(self, message: ChatMessage) -> None:
        """Take a message away."""
        if self.by_id.pop(message.id, None) is not None:
            self.chats[message.room].remove(message)
            self.tell(Notice(Change.GONE, message))

    def tell(self, notice: Notice) -> None:
        """Tell everybody who looks on; who is too slow is told to look afresh."""
        for listener in list(self.listeners):
            if listener.qsize() >= _LAGGING:
                self.listeners.discard(listener)
                listener.put_nowait(None)
            else:
                listener.put_nowait(notice)

    def listen(self) -> Listener:
        """Return a stream of what changes from now on."""
        return Listener(self)

    def by_handle(self) -> dict[str, Person]:
        """Return everybody by `@handle`, as texts mention them."""
        return {f"@{person.username or person.id}".casefold(): person for person in self.people.values()}

    def each_present(self) -> Iterator[Person]:
        """Yield who is in the community now."""
        return (person for person in self.people.values() if person.id in self.present)


class Listener:
    """Changes of a scene, one after the other: use as a context manager, then await `next`."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._queue: asyncio.Queue[Notice | None] = asyncio.Queue()

    def __enter__(self) -> Listener:
        self._scene.listeners.add(self._queue)
        return self

    def __exit__(self, *_: object) -> None:
        self._scene.listeners.discard(self._queue)

    @property
    def empty(self) -> bool:
        """Say whether nothing waits to be told."""
        return self._queue.empty()

    async def next(self) -> Notice:
        """Return the next change; raise Lagging where too many were waiting."""
        notice = await self._queue.get()
        if notice is None:
            raise Lagging
        return notice
