"""What Kith says in the playground: where it is shown, to whom, in answer to what."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.platforms.playground.polls import LIMITS, ShownPoll
from bot.platforms.playground.scene import KITH, ChatMessage, Scene
from bot.platforms.playground.shop import payable
from bot.platforms.port import Unreachable
from core.domain.clock import Clock
from core.domain.message import Attachment, escape
from core.domain.outgoing import Edit, Outgoing, Pin, Poll, PollClose, Receipt

QUESTIONS = 1_000  # whose answers find their place
PATIENCE = 2.0  # seconds that time waits for an answer


@dataclass(slots=True)
class Question:
    """A call or a pressed button: the message that it stands in or under, and when it was asked."""

    message: ChatMessage
    at: datetime
    answered: asyncio.Event = field(default_factory=asyncio.Event)


class Showing:
    """Put messages of Kith's into scenes, and change them there."""

    def __init__(self, scenes: Mapping[str, Scene], clock: Clock) -> None:
        self._scenes = scenes
        self._clock = clock
        self._questions: dict[str, Question] = {}

    def show(self, letter_id: int, outgoing: Outgoing, image: bytes | None) -> str | None:
        """Show what Kith says; raise Unreachable where nobody is there to see it."""
        scene = self._scene_of(outgoing)
        question = self._question(scene, outgoing.reply_handle)
        if question is not None:
            question.answered.set()
        if scene.quiet:
            return None
        old = scene.by_id.get(outgoing.replaces) if outgoing.replaces else None
        if old is not None and old.author is KITH:
            self._fill(old, outgoing, image)
            old.edited = True
            scene.changed(old)
            return old.id
        asked = question.message if question is not None else None
        room = asked.room if asked is not None else self._room_of(scene, outgoing)
        at = question.at if question is not None else self._clock.now()
        shown = asked if asked is not None and asked.id in scene.by_id else None
        message = ChatMessage(f"k{letter_id}", room, KITH, "", at, answers=shown)
        if message.id in scene.by_id:
            return message.id
        self._fill(message, outgoing, image)
        if asked is not None and message.only_for == asked.author.id and asked.command:
            # Who asks for something private is not seen asking.
            asked.only_for = message.only_for
            scene.changed(asked)
        scene.post(message)
        return message.id

    def ask(self, letter_id: int, poll: Poll) -> Receipt:
        """Show a poll: the playground's own, or where it has no such one, as it is drawn with buttons."""
        if not LIMITS.take(poll.question, poll.until, self._clock.now()):
            return Receipt(self.show(letter_id, poll.drawn, None))
        asked = replace(poll.drawn, text=f"**{escape(poll.question.text)}**", buttons=())
        shown = self.show(letter_id, asked, None)
        if shown is None:
            return Receipt()
        scene = self._scene_of(asked)
        message = scene.by_id[shown]
        if message.poll is None:
            message.poll = ShownPoll(poll.question)
            scene.changed(message)
        return Receipt(shown, shown)

    def close(self, close: PollClose) -> None:
        """Let nobody vote any more, and show what came of it; raise Unreachable where the poll is gone."""
        scene = self._scenes.get(close.space)
        message = scene.by_id.get(close.message or "") if scene is not None else None
        if message is None or message.poll is None:
            self.change(close.bare(), None)
            return
        message.poll.closed = True
        self._scenes[close.space].changed(message)

    def change(self, action: Edit | Pin, image: bytes | None) -> None:
        """Change or pin a message of Kith's own; raise Unreachable where it is gone."""
        scene = self._scenes.get(action.space)
        message = scene.by_id.get(action.message or "") if scene is not None else None
        if scene is None or message is None:
            raise Unreachable("no such message in the playground")
        if isinstance(action, Pin):
            message.pinned = action.pinned
        elif action.content is None:
            message.buttons = ()
        else:
            self._fill(message, action.content, image)
            message.edited = True
        scene.changed(message)

    def remove(self, message: str) -> None:
        """Take away what Kith said."""
        for scene in self._scenes.values():
            if message in scene.by_id:
                scene.remove(scene.by_id[message])

    def asked(self, handle: str, message: ChatMessage, at: datetime) -> None:
        """Note a question, so that its answer finds its place."""
        self._questions[handle] = Question(message, at)
        while len(self._questions) > QUESTIONS:
            del self._questions[next(iter(self._questions))]

    async def answer_all(self) -> None:
        """Return when every question got its answer, or waited for one in vain."""
        for question in [each for each in self._questions.values() if not each.answered.is_set()]:
            with suppress(TimeoutError):
                async with asyncio.timeout(PATIENCE):
                    await question.answered.wait()
            question.answered.set()

    def _question(self, scene: Scene, handle: str | None) -> Question | None:
        """Return what an answer is to; None where that is too long ago, or before a restart."""
        if handle is None:
            return None
        found = self._questions.get(handle)
        said = scene.by_id.get(handle)
        return found if found is not None or said is None else Question(said, said.at)

    def _fill(self, message: ChatMessage, outgoing: Outgoing, image: bytes | None) -> None:
        message.text = outgoing.text
        message.buttons = payable(outgoing.buttons)
        message.image = image
        message.picture = outgoing.picture
        message.file = outgoing.file
        if outgoing.attachment is not None:
            self._hand_on(message, outgoing.attachment)
        message.only_for = outgoing.to if outgoing.private and not message.room.startswith("@") else None

    def _hand_on(self, message: ChatMessage, attachment: Attachment) -> None:
        kept = (scene.files.get(attachment.reference) for scene in self._scenes.values())
        message.file = next((file for file in kept if file is not None), None)
        if message.file is None:  # files don't outlive a restart
            message.text = f"{message.text}\n{escape(attachment.name)}"

    def _scene_of(self, outgoing: Outgoing) -> Scene:
        if scene := self._scenes.get(outgoing.space or ""):
            return scene
        for scene in self._scenes.values():
            if outgoing.to in scene.people:
                return scene
        raise Unreachable("no such place in the playground")

    @staticmethod
    def _room_of(scene: Scene, outgoing: Outgoing) -> str:
        if outgoing.direct and outgoing.to:
            return f"@{outgoing.to}"
        return scene.room(outgoing.room).id
