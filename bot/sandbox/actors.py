"""The sample community at work: turns of the script become messages that people see and events that Kith takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from bot.platforms.playground.adapter import Playground
from bot.platforms.playground.polls import voted
from bot.platforms.playground.scene import PLATFORM, Change, ChatMessage, Notice, Scene
from bot.sandbox.sample.script import Act, Script, Turn
from core.analysis.polarity import polarity
from core.domain.events import CommandCalled, Event, MemberJoined, MessageSent, ReactionAdded, message_key
from core.domain.outgoing import ASKS
from core.domain.people import Person, Rights
from core.domain.polls import Question

_THOUGHT = timedelta(minutes=20)  # until people take part in what they are asked
_SOME = (2, 4)  # who take part
_KNOWING = 0.5
_DONE = datetime.max.replace(tzinfo=UTC)


class Life:
    """Let the people of a scene go on with what the script has for them."""

    def __init__(self, scene: Scene, script: Script, playground: Playground, commands: frozenset[str]) -> None:
        self.scene = scene
        self._script = script
        self._playground = playground
        self._commands = commands
        self._writers: dict[str, Person] = {}
        self._joined: dict[str, datetime] = {}  # what people were asked in rooms, and when somebody takes part

    def turns(self, since: datetime, until: datetime) -> list[Turn]:
        """Return what they do after `since` and up to `until`, those aside who are played or left."""
        return self._script.between(since, until, self.scene.away)

    def live(self, since: datetime, until: datetime) -> list[Event]:
        """Let them do it before everybody's eyes, and return what Kith is to be told."""
        turns = self.turns(since, until)
        self.show(turns)
        return self.events(turns)

    def joins_at(self) -> datetime | None:
        """Return when people next take part in what they are asked in a room; None where nobody asks."""
        shown = {each.id: each for chat in self.scene.chats.values() for each in chat if _asks_everybody(each)}
        self._joined = {each: at for each, at in self._joined.items() if each in shown}
        for message in shown.values():
            self._joined.setdefault(message.id, message.at + _THOUGHT)
        return min((at for at in self._joined.values() if at < _DONE), default=None)

    def joins(self, now: datetime) -> list[Event]:
        """Let some of those who are there take part in what they were asked a while ago, and tell Kith."""
        self.joins_at()
        due = [message for message, at in self._joined.items() if at <= now]
        self._joined |= dict.fromkeys(due, _DONE)
        return [
            event
            for message in due
            if (asked := self.scene.by_id.get(message)) is not None
            for event in self._joins(asked, now)
        ]

    def _joins(self, asked: ChatMessage, now: datetime) -> Iterator[Event]:
        # Made-up people need no unforeseeable numbers.
        chance = Random(f"{asked.text} {asked.at.isoformat()}")
        there = sorted(self.scene.present - self.scene.away)
        for who in chance.sample(there, min(len(there), chance.randint(*_SOME))):
            person, at = self.scene.people[who], now - timedelta(seconds=chance.randrange(1, 600))
            if asked.poll is None:
                yield self._playground.pressed(self.scene, person, asked, asked.buttons[0][0].token, at)
            elif asked.poll.vote(who, _chosen(asked.poll.question, chance)):
                key = f"v:{self._playground.new_id()}"
                yield voted(PLATFORM, key, asked.id, asked.poll, person, at)
        self.scene.changed(asked)

    def show(self, turns: Sequence[Turn]) -> None:
        """Put what is said, reacted and who comes in on the stage."""
        for turn in turns:
            if turn.act is Act.JOIN:
                self.scene.people[turn.who.id] = turn.who
                self.scene.present.add(turn.who.id)
                self.scene.tell(Notice(Change.PEOPLE))
            elif turn.act is Act.REACT:
                self._react(turn)
            elif (said := self._said(turn)) is not None:
                self.scene.post(said)

    def _react(self, turn: Turn) -> None:
        message = self.scene.by_id.get(turn.on)
        if message is not None:
            given = message.reactions.setdefault(turn.emoji, [])
            if turn.who.id not in given:
                given.append(turn.who.id)
                self.scene.changed(message)

    def _said(self, turn: Turn) -> ChatMessage | None:
        answers = self.scene.by_id.get(turn.on)
        if turn.act is Act.SAY:
            return ChatMessage(turn.key, turn.room, turn.who, turn.text, turn.at, answers=answers)
        if turn.act.value not in self._commands:
            return None
        room = turn.room if turn.whom else f"@{turn.who.id}"
        return ChatMessage(turn.key, room, turn.who, _call(turn), turn.at, command=True)

    def events(self, turns: Sequence[Turn]) -> list[Event]:
        """Return what Kith is told of these turns."""
        return [event for turn in turns for event in self._events(turn)]

    def _events(self, turn: Turn) -> Iterator[Event]:
        base: dict[str, Any] = {"platform": PLATFORM, "space": self.scene.id, "at": turn.at, "actor": turn.who}
        author = self._writers.get(turn.on)
        if turn.act is Act.JOIN:
            yield MemberJoined(**base, key=f"j:{turn.key}", source=turn.source)
        elif turn.act is Act.SAY:
            self._writers[turn.key] = turn.who
            yield MessageSent(
                **base,
                key=message_key(turn.key),
                room=turn.room,
                reply_to=turn.on or None,
                reply_author=author,
                mentions=self.scene.mentioned(turn.text),
                length=len(turn.text),
                polarity=polarity(turn.text),
            )
        elif turn.act is Act.REACT:
            yield ReactionAdded(
                **base, key=f"r:{turn.key}", room=turn.room, message=turn.on, emoji=turn.emoji, author=author
            )
        elif turn.act.value in self._commands:
            yield self._called(turn)

    def _called(self, turn: Turn) -> CommandCalled:
        """Return a call: thanks are said in the room, a check-in is between oneself and Kith."""
        direct = turn.whom is None
        return CommandCalled(
            platform=PLATFORM,
            space="direct" if direct else self.scene.id,
            at=turn.at,
            actor=turn.who,
            key=message_key(turn.key),
            room=None if direct else turn.room,
            rights=Rights.MEMBER,
            direct=direct,
            reply_handle=turn.key,
            locale=self.scene.language,
            name=turn.act.value,
            text="" if turn.whom is None else f"@{turn.whom.username}",
            mentions={} if turn.whom is None else {f"@{turn.whom.username}": turn.whom},
        )


def _chosen(question: Question, chance: Random) -> int:
    """Return what somebody chooses: most know what is right."""
    known = question.right[:1] if chance.random() < _KNOWING else ()
    return known[0] if known else chance.randrange(len(question.options))


def _asks_everybody(message: ChatMessage) -> bool:
    """Say whether Kith asks a room to take part: by a button that opens no form, or by a poll."""
    if not message.author.bot or message.only_for is not None or message.room.startswith("@"):
        return False
    if message.poll is not None:
        return not message.poll.closed
    return bool(message.buttons) and message.answers is None and not message.buttons[0][0].token.startswith(ASKS)


def _call(turn: Turn) -> str:
    return f"/{turn.act.value}" + ("" if turn.whom is None else f" @{turn.whom.username}")
