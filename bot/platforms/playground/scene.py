"""The chats of the playground, as they stand in memory: nothing of what is said here is written down."""

from __future__ import annotations

import asyncio
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import chain, count, islice, takewhile

from bot.platforms.playground.polls import ShownPoll
from core.domain.message import File
from core.domain.outgoing import SentButton
from core.domain.people import Person, Rights, tidy_name
from core.domain.pictures import Picture

KITH = Person("kith", "Kith", "kith", bot=True)
PLATFORM = "playground"
KEPT = 30  # messages that a room shows to who comes in; what went before is counted by Kith
FILES_KEPT = 20  # that people handed over
HELD = 400  # messages of a room that can still be answered and pressed: more than a page that stays open shows
MENTION = re.compile(r"@\w+(?:[.-]\w+)*")
PEOPLE_LIMIT = 200
_HANDLE_LIMIT = 32
_LAGGING = 5_000  # changes that wait for a listener before it has to look afresh


class Outside(Exception):
    """Say that somebody isn't in the community, where only its people may do something."""


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
    `text` is neutral markup, `image` the PNG of `picture`. `command` marks a call of Kith. A `poll` stands under it.
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
    pinned: bool = False
    command: bool = False
    poll: ShownPoll | None = None

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

    `people` holds who can be, by id; `present` who is in the community now, `gone` who left it; `roles` what follows
    somebody's tier; `faces` whom to try first, each with a word for who that is. `shown` says that there is something
    to read, `ready` is set when there is something to do; before, while it is `quiet`, Kith isn't heard. `told` counts
    what those who look on were told of.
    `files` are those that people handed over, by what they are known by.
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
    gone: set[str] = field(default_factory=set)
    roles: dict[str, set[str]] = field(default_factory=dict)
    chats: dict[str, deque[ChatMessage]] = field(default_factory=dict)
    by_id: dict[str, ChatMessage] = field(default_factory=dict)
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    shown: bool = False
    quiet: bool = False
    told: int = 0
    files: dict[str, File] = field(default_factory=dict)
    listeners: dict[asyncio.Queue[Notice | None], str] = field(default_factory=dict)

    def keep(self, reference: str, file: File) -> None:
        """Keep a file that somebody handed over, and forget the oldest of too many."""
        self.files[reference] = file
        while len(self.files) > FILES_KEPT:
            del self.files[next(iter(self.files))]

    def room(self, room_id: str | None) -> ChatRoom:
        """Return a room by id, the first where there is none of that id."""
        return next((room for room in self.rooms if room.id == room_id), self.rooms[0])

    def must_hold(self, person: Person, room: str) -> None:
        """Raise Outside for a room of a community that a person isn't in; a direct chat stays open to them."""
        if not room.startswith("@") and person.id not in self.present:
            raise Outside(person.id)

    def rights_of(self, person: str) -> Rights:
        """Return what somebody may do."""
        return self.rights.get(person, Rights.MEMBER) if person in self.present else Rights.ABSENT

    def messages(self, room: str, person: str) -> list[ChatMessage]:
        """Return the latest that a person sees in a room, oldest first."""
        seen = (message for message in reversed(self.chats.get(room, ())) if message.visible_to(person))
        return list(islice(seen, KEPT))[::-1]

    def before(self, message: ChatMessage, person: str) -> ChatMessage | None:
        """Return what a person sees in front of a message."""
        earlier = reversed(self.chats.get(message.room, ()))
        for each in earlier:
            if each is message:
                break
        return next((each for each in earlier if each.visible_to(person)), None)

    def find(self, message_id: str | None, person: str) -> ChatMessage | None:
        """Return a message by id if it is still there and this person sees it."""
        found = self.by_id.get(message_id or "")
        return found if found is not None and found.visible_to(person) else None

    def post(self, message: ChatMessage) -> None:
        """Show a message where its time puts it; the oldest of a full room makes place."""
        chat = self.chats.setdefault(message.room, deque())
        later = sum(1 for _ in takewhile(lambda each: each.at > message.at, reversed(chat)))
        chat.insert(len(chat) - later, message)
        self.by_id[message.id] = message
        while len(chat) > HELD:
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
        self.told += 1
        for listener in list(self.listeners):
            if listener.qsize() >= _LAGGING:
                del self.listeners[listener]
                listener.put_nowait(None)
            else:
                listener.put_nowait(notice)

    def listen(self, person: str = "") -> Listener:
        """Return a stream of what changes from now on; `person` is who looks on, and does nothing by themselves."""
        return Listener(self, person)

    @property
    def away(self) -> frozenset[str]:
        """Return who does nothing by themselves: whom somebody plays, and who left."""
        return frozenset({*self.listeners.values(), *self.gone})

    def by_handle(self) -> dict[str, Person]:
        """Return everybody by `@handle`, as texts mention them."""
        return {f"@{person.username or person.id}".casefold(): person for person in self.people.values()}

    def mentioned(self, text: str) -> tuple[Person, ...]:
        """Return whom a text mentions by handle, each once."""
        handles = self.by_handle() if "@" in text else {}
        found = (handles.get(word.casefold()) for word in MENTION.findall(text))
        return tuple(dict.fromkeys(person for person in found if person is not None))

    def holders(self, role: str) -> frozenset[str]:
        """Return who has a role."""
        return frozenset(person for person, held in self.roles.items() if role in held)

    def invent(self, name: str) -> Person | None:
        """Make somebody up who isn't in the community yet; None where the name is empty or the scene is full."""
        shown = tidy_name(name)
        if not shown or len(self.people) >= PEOPLE_LIMIT:
            return None
        # Folding makes marks of their own out of some letters: what is a handle is looked for afterwards.
        plain = "".join(re.findall(r"\w+", shown.casefold()))[:_HANDLE_LIMIT] or "guest"
        taken = {person.username for person in self.people.values()}
        handle = next(h for h in chain((plain,), (f"{plain}{n}" for n in count(2))) if h not in taken)
        person = Person(f"{self.language}-{handle}", shown, handle)
        self.people[person.id] = person
        return person

    def each_present(self) -> Iterator[Person]:
        """Yield who is in the community now."""
        return (person for person in self.people.values() if person.id in self.present)


class Listener:
    """Changes of a scene, one after the other: use as a context manager, then await `next`."""

    def __init__(self, scene: Scene, person: str) -> None:
        self._scene = scene
        self._person = person
        self._queue: asyncio.Queue[Notice | None] = asyncio.Queue()

    def __enter__(self) -> Listener:
        self._scene.listeners[self._queue] = self._person
        return self

    def __exit__(self, *_: object) -> None:
        self._scene.listeners.pop(self._queue, None)

    @property
    def empty(self) -> bool:
        """Say whether nothing waits to be told."""
        return self._queue.empty()

    async def next(self) -> Notice:
        """Return the next change; raise Lagging where too many were waiting."""
        return _unless_lagging(await self._queue.get())

    def rest(self) -> list[Notice]:
        """Return all changes that wait; raise Lagging where too many were waiting."""
        return [_unless_lagging(self._queue.get_nowait()) for _ in range(self._queue.qsize())]


def _unless_lagging(notice: Notice | None) -> Notice:
    if notice is None:
        raise Lagging
    return notice
