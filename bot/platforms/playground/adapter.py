"""The playground as a platform of Kith: what people do in the browser becomes events, what Kith says is shown there."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from itertools import count
from typing import Any

from bot.platforms.playground.capabilities import CAPABILITIES, TEXT_LIMIT
from bot.platforms.playground.files import fetch, hand_over
from bot.platforms.playground.polls import voted
from bot.platforms.playground.scene import KITH, PLATFORM, Change, ChatMessage, Notice, Scene
from bot.platforms.playground.shop import PAYS, pay
from bot.platforms.playground.showing import Showing
from bot.platforms.port import Intake, none_listed
from core.analysis.polarity import polarity
from core.domain.clock import Clock
from core.domain.events import (
    ButtonPressed,
    CommandCalled,
    Event,
    Finding,
    FormSent,
    MemberJoined,
    MemberLeft,
    MessageDeleted,
    MessageSent,
    ReactionAdded,
    ReactionRemoved,
    Role,
    WroteDirectly,
    message_key,
)
from core.domain.forms import Form
from core.domain.message import Attachment, File
from core.domain.outgoing import (
    ASKS,
    Action,
    Deletion,
    Edit,
    Outgoing,
    Pin,
    Poll,
    PollClose,
    Receipt,
    RoleChange,
    RoleQuestion,
)
from core.domain.people import Person, Rights
from core.domain.pulse import Pulse
from core.kit.suggesting import Suggestion

FIELDS = 50  # of a form that a dialog shows: it scrolls
_DIRECT = "direct"


class Playground:
    """Hold one or more scenes, each a space with rooms, and the people in them."""

    name = PLATFORM
    capabilities = CAPABILITIES

    def __init__(self, clock: Clock, scenes: Sequence[Scene]) -> None:
        self.scenes = {scene.id: scene for scene in scenes}
        self._clock = clock
        self._intake: asyncio.Future[Intake] | None = None
        self.pulse = Pulse()
        self._showing = Showing(self.scenes, clock)
        self._ask = self._showing.asked
        # Ids differ from run to run: the database may be kept, what was said is not.
        self._run = secrets.token_hex(4)
        self._ids = count(1)

    def new_id(self) -> str:
        """Return a message id that was never used."""
        return f"{self._run}-{next(self._ids)}"

    # --- the port ----------------------------------------------------------------------

    async def run(self, intake: Intake) -> None:
        """Take what people do in the browser until cancelled."""
        self._promise().set_result(intake)
        self.pulse.worked(self._clock.now())
        try:
            await asyncio.Event().wait()
        finally:
            self._intake = None

    async def perform(self, letter_id: int, action: Action, image: bytes | None) -> Receipt:
        """Do what is asked; raise Unreachable where nobody is there to see it."""
        match action:
            case Outgoing():
                return Receipt(self._showing.show(letter_id, action, image))
            case Poll():
                return self._showing.ask(letter_id, action)
            case PollClose():
                self._showing.close(action)
            case RoleChange():
                await self.follow_tier(action.space, action.to, action.give, action.take)
            case Deletion():
                self._showing.remove(action.message)
            case Edit() | Pin():
                self._showing.change(action, image)
            case RoleQuestion():
                return Receipt(people=self.scenes[action.space].holders(action.role))
        return Receipt()

    async def answer_all(self) -> None:
        """Return when every question got its answer, or waited for one in vain."""
        await self._showing.answer_all()

    async def rights(self, space: str, person: str) -> Rights:
        """Return what a person may do in a scene."""
        return self.scenes[space].rights_of(person) if space in self.scenes else Rights.UNKNOWN

    async def follow_tier(self, space: str, person: str, give: Sequence[str], take: Sequence[str]) -> None:
        """Give and take the roles that show beside a name."""
        scene = self.scenes[space]
        held = scene.roles.setdefault(person, set())
        held.difference_update(take)
        held.update(give)
        scene.tell(Notice(Change.PEOPLE))

    async def roles_to_give(self, space: str, *, every: bool = False) -> list[Role]:
        """Return a role to try, beside those that somebody has."""
        held = {role for some in self.scenes[space].roles.values() for role in some}
        return [(role, role) for role in sorted(held | {"circle"})]

    transactions = staticmethod(none_listed)

    async def look_at(self, space: str) -> list[Finding]:
        """Find nothing lacking in a scene."""
        return []

    async def doctor(self) -> list[tuple[bool, str, dict[str, Any]]]:
        """Find nothing wrong: there is no token, intent or right to lack."""
        return []

    # --- what people do ----------------------------------------------------------------

    def _promise(self) -> asyncio.Future[Intake]:
        if self._intake is None:
            self._intake = asyncio.get_running_loop().create_future()
        return self._intake

    async def submit(self, *events: Event) -> None:
        """Hand events in, waiting for Kith to be there."""
        await (await asyncio.shield(self._promise())).submit(events)

    async def say(self, scene: Scene, person: Person, room: str, text: str, answers: str | None = None) -> ChatMessage:
        """Let a person write into a room or their direct chat; a text that begins with / calls a command.

        Raise Outside where they left the community and write into a room.
        """
        text = text.strip()[:TEXT_LIMIT]
        parent = scene.find(answers, person.id)
        direct = room.startswith("@")
        place = f"@{person.id}" if direct else scene.room(room).id
        scene.must_hold(person, place)
        called = text.startswith("/") and len(text) > 1
        message = ChatMessage(self.new_id(), place, person, text, self._clock.now(), answers=parent, command=called)
        scene.post(message)
        if called:
            self._ask(message.id, message, message.at)
            await self.submit(self._call(scene, message, direct))
        elif direct:
            await self.submit(self._written_directly(scene, message))
        else:
            await self.submit(self.told(scene, message))
        return message

    def told(self, scene: Scene, message: ChatMessage) -> MessageSent:
        """Return the event of a message in a room."""
        parent = message.answers
        of_kith = parent is not None and parent.author is KITH
        return MessageSent(
            platform=PLATFORM,
            key=message_key(message.id),
            space=scene.id,
            room=message.room,
            at=message.at,
            actor=message.author,
            reply=parent is not None,
            reply_to=None if parent is None or of_kith else parent.id,
            reply_author=None if parent is None or of_kith else parent.author,
            mentions=scene.mentioned(message.text),
            length=len(message.text),
            polarity=polarity(message.text),
        )

    @staticmethod
    def _written_directly(scene: Scene, message: ChatMessage) -> WroteDirectly:
        return WroteDirectly(
            platform=PLATFORM,
            key=message_key(message.id),
            space=_DIRECT,
            at=message.at,
            actor=message.author,
            direct=True,
            reply_handle=message.id,
            locale=scene.language,
        )

    async def suggest(
        self, scene: Scene, person: Person, room: str, name: str, option: str, given: Mapping[str, str]
    ) -> Sequence[Suggestion]:
        """Return what may be meant by an option of a command that a person is typing."""
        direct = room.startswith("@")
        typing = ChatMessage(self.new_id(), room, person, f"/{name}", self._clock.now(), command=True)
        called = replace(self._call(scene, typing, direct), options=given)
        return await (await asyncio.shield(self._promise())).suggest(called, option)

    def _call(self, scene: Scene, message: ChatMessage, direct: bool) -> CommandCalled:
        name, _, rest = message.text[1:].partition(" ")
        handles = scene.by_handle()
        words = {word: handles[word.casefold()] for word in rest.split() if word.casefold() in handles}
        parent = message.answers
        return CommandCalled(
            platform=PLATFORM,
            key=message_key(message.id),
            space=_DIRECT if direct else scene.id,
            room=None if direct else message.room,
            at=message.at,
            actor=message.author,
            rights=None if direct else scene.rights_of(message.author.id),
            direct=direct,
            reply_handle=message.id,
            locale=scene.language,
            name=name,
            text=rest.strip(),
            mentions=words,
            reply_author=None if parent is None or parent.author is KITH else parent.author,
        )

    async def press(self, scene: Scene, person: Person, message: str, token: str, room: str) -> Form | None:
        """Let a person press a button under a message, and return the form that it opens, if it does.

        `room` is where the message stood, should it be gone from here. Raise Outside where they left the community and
        press in a room, LookupError where they don't see the message.
        """
        pressed, shown = self._pressed(scene, person, message, token, room)
        if token.startswith(PAYS):
            await pay(await asyncio.shield(self._promise()), scene, person, shown, pressed)
            return None
        if token.startswith(ASKS):
            form = await (await asyncio.shield(self._promise())).form(pressed, FIELDS)
            if form is not None:
                return form
        self._ask(pressed.key, shown, pressed.at)
        await self.submit(pressed)
        return None

    async def send_form(
        self,
        scene: Scene,
        person: Person,
        message: str,
        token: str,
        room: str,
        values: Mapping[str, str],
        files: Mapping[str, File] | None = None,
    ) -> None:
        """Let a person send a form that a button opened; raise as `press` does."""
        pressed, shown = self._pressed(scene, person, message, token, room)
        handles = scene.by_handle()
        named = {word: handles[word.casefold()] for word in values.values() if word.casefold() in handles}
        given = {each.name: getattr(pressed, each.name) for each in fields(pressed)}
        typed = {name: value[:TEXT_LIMIT] for name, value in values.items()}
        attachments = {name: hand_over(scene, self.new_id(), file) for name, file in (files or {}).items()}
        sent = FormSent(**given | {"mentions": named, "values": typed, "attachments": attachments})
        self._ask(sent.key, shown, sent.at)
        await self.submit(sent)

    async def fetch(self, attachment: Attachment, most: int) -> bytes:
        """Return the content of a file that somebody handed over; see `files.fetch`."""
        return fetch(self.scenes.values(), attachment, most)

    def _pressed(
        self, scene: Scene, person: Person, message: str, token: str, room: str
    ) -> tuple[ButtonPressed, ChatMessage]:
        """Return a press as an event, and the message that it is under."""
        if message in scene.by_id:
            shown = scene.find(message, person.id)
            if shown is None:
                raise LookupError(message)
        else:
            place = f"@{person.id}" if room.startswith("@") else scene.room(room).id
            shown = ChatMessage(message, place, KITH, "", self._clock.now())
        scene.must_hold(person, shown.room)
        return self.pressed(scene, person, shown, token, self._clock.now()), shown

    def pressed(self, scene: Scene, person: Person, shown: ChatMessage, token: str, at: datetime) -> ButtonPressed:
        """Return the event of a press under a message."""
        direct = shown.room.startswith("@")
        key = f"b:{self.new_id()}"
        return ButtonPressed(
            platform=PLATFORM,
            key=key,
            space=_DIRECT if direct else scene.id,
            room=None if direct else shown.room,
            at=at,
            actor=person,
            rights=None if direct else scene.rights_of(person.id),
            direct=direct,
            reply_handle=key,
            locale=scene.language,
            token=token,
            message=shown.id,
        )

    async def vote(self, scene: Scene, person: Person, message: ChatMessage, option: int) -> None:
        """Let a person choose an option of a poll, or take it back; raise Outside, and LookupError for no open poll."""
        scene.must_hold(person, message.room)
        if message.poll is None:
            raise LookupError(message.id)
        if message.poll.vote(person.id, option):
            scene.changed(message)
            key = f"v:{self.new_id()}"
            await self.submit(voted(PLATFORM, key, message.id, message.poll, person, self._clock.now()))

    async def react(self, scene: Scene, person: Person, message: ChatMessage, emoji: str) -> None:
        """Let a person react to a message, or take that reaction back.

        Raise Outside where they left the community and react in a room.
        """
        scene.must_hold(person, message.room)
        given = message.reactions.setdefault(emoji, [])
        kind: type[ReactionAdded | ReactionRemoved]
        if person.id in given:
            given.remove(person.id)
            kind = ReactionRemoved
        else:
            given.append(person.id)
            kind = ReactionAdded
        if not given:
            del message.reactions[emoji]
        scene.changed(message)
        if message.author is not KITH and not message.room.startswith("@"):
            key, at = f"r:{self.new_id()}", self._clock.now()
            about = kind(
                platform=PLATFORM,
                key=key,
                space=scene.id,
                room=message.room,
                at=at,
                actor=person,
                message=message.id,
                emoji=emoji,
            )
            await self.submit(about)

    async def delete(self, scene: Scene, message: ChatMessage) -> None:
        """Take a person's message away, as the platform would."""
        scene.remove(message)
        if not message.room.startswith("@"):
            key, at = f"d:{message.id}", self._clock.now()
            gone = MessageDeleted(
                platform=PLATFORM, key=key, space=scene.id, room=message.room, at=at, message=message.id
            )
            await self.submit(gone)

    async def join(self, scene: Scene, person: Person) -> None:
        """Let a person come in."""
        await self._come_or_go(scene, person, MemberJoined)

    async def leave(self, scene: Scene, person: Person) -> None:
        """Let a person go."""
        await self._come_or_go(scene, person, MemberLeft)

    async def _come_or_go(self, scene: Scene, person: Person, kind: type[MemberJoined | MemberLeft]) -> None:
        came = kind is MemberJoined
        (scene.present if came else scene.gone).add(person.id)
        (scene.gone if came else scene.present).discard(person.id)
        scene.tell(Notice(Change.PEOPLE))
        key, at = f"j:{self.new_id()}", self._clock.now()
        await self.submit(kind(platform=PLATFORM, key=key, space=scene.id, at=at, actor=person))
