"""Writes into rooms and direct chats, and answers what was asked."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

import discord
import structlog

from bot.platforms.discord import markup
from bot.platforms.discord.answers import Answers, TooLate
from bot.platforms.discord.errors import SHUT, as_the_port_says
from bot.platforms.discord.forums import NO_MESSAGES, NOT_YET, Forums
from bot.platforms.discord.interactions import Handle
from bot.platforms.discord.pages import Page, nonce, pages_of, plain_body
from bot.platforms.discord.polls import EXPIRED, LIMITS, poll_body
from bot.platforms.discord.rest import Rest
from bot.platforms.port import RetryLater, Unreachable
from core.domain.outgoing import Edit, Outgoing, Pin, Poll, PollClose

CHATS_KEPT = 10_000  # direct chats whose ids are remembered
_log = structlog.get_logger()


class Sender:
    """Send, change and take away messages; `main_room` names a server's room for what belongs to no other."""

    def __init__(self, rest: Rest, answers: Answers, main_room: Callable[[str], str | None], forums: Forums) -> None:
        self._rest = rest
        self._forums = forums
        self._answers = answers
        self._main_room = main_room
        self._direct_chats: dict[str, str] = {}

    async def send(self, letter_id: int, outgoing: Outgoing, image: bytes | None) -> str | None:
        """Send a message and return its id; see the port for what it raises."""
        with as_the_port_says():
            return await self._send(letter_id, outgoing, image)

    async def unsend(self, space: str | None, room: str | None, message: str) -> None:
        """Take a message of a room away; see the port for what it raises."""
        room = room or self._main_room(space or "")
        if room is None:
            raise Unreachable("no room of the server can be written in")
        with as_the_port_says(), suppress(discord.NotFound):
            await self._rest.delete(self._where(room, message), message)

    async def change(self, action: Edit | Pin, image: bytes | None) -> None:
        """Change or pin a message of Kith's own; raise Unreachable where it is gone."""
        room = action.room or self._main_room(action.space)
        if room is None or action.message is None:
            raise Unreachable("no such message")
        content = action.content if isinstance(action, Edit) else None
        archive = False
        with as_the_port_says():
            if (forum := self._forums.named(room)) is not None:
                archive = await self._forums.keep(forum, action.message, content)
            elif content is not None:
                archive = await self._forums.follow(room, content)
            room = self._where(room, action.message)
            if isinstance(action, Pin):
                await self._rest.pin(room, action.message, pinned=action.pinned)
            else:
                page = Page({"components": []}) if content is None else pages_of(content, image)[0]
                await self._rest.edit(room, action.message, page.body, page.files)
            if archive:
                await self._forums.archive(room)

    async def ask(self, letter_id: int, poll: Poll, now: datetime) -> str | None:
        """Post a poll of Discord's own and return the message's id; None where it has no such, or may not be asked."""
        room = poll.room or self._main_room(poll.space)
        if room is None or not LIMITS.take(poll.question, poll.until, now) or self._forums.named(room) is not None:
            return None
        try:
            with as_the_port_says():
                return await self._into(room, letter_id, [Page(poll_body(poll, now))])
        except Unreachable as why:
            _log.info("no poll can be sent there, drawing it", room=room, why=str(why))
            return None

    async def close_poll(self, close: PollClose) -> None:
        """Let nobody vote any more; a poll that is over already is no failure."""
        if not close.own:
            await self.change(close.bare(), None)
            return
        room = close.room or self._main_room(close.space)
        if room is None or close.message is None:
            raise Unreachable("no such message")
        with as_the_port_says():
            try:
                await self._rest.end_poll(room, close.message)
            except discord.HTTPException as error:
                if error.code != EXPIRED:
                    raise

    async def _send(self, letter_id: int, outgoing: Outgoing, image: bytes | None) -> str:
        pages = pages_of(outgoing, image)
        if outgoing.reply_handle is not None:
            try:
                sent = ""
                for page in pages:
                    change = outgoing.replaces is not None and not sent
                    handle = Handle.parse(outgoing.reply_handle)
                    private = outgoing.private and not outgoing.direct
                    answered = await self._answers.answer(handle, page, private=private, change=change)
                    sent = sent or answered
            except TooLate:
                _log.info("too late to answer, writing instead", letter=letter_id)
            else:
                return sent
        return await self._post(letter_id, outgoing, pages)

    async def _post(self, letter_id: int, outgoing: Outgoing, pages: list[Page]) -> str:
        if outgoing.private and outgoing.to is not None:
            try:
                return await self._into(await self.direct_chat(outgoing.to), letter_id, pages)
            except discord.HTTPException as error:
                if error.code not in SHUT or outgoing.fallback is None or outgoing.room is None:
                    raise
            said = [Page(plain_body(text)) for text in markup.pages(outgoing.fallback)]
            return await self._into(outgoing.room, letter_id, said)
        room = outgoing.room or self._main_room(outgoing.space or "")
        if room is None:
            raise Unreachable("no room of the server can be written in")
        if outgoing.replaces is not None:
            await self._rest.edit(
                self._where(room, outgoing.replaces), outgoing.replaces, pages[0].body, pages[0].files
            )
            pages = pages[1:]
            if not pages:
                return outgoing.replaces
        if (forum := self._forums.named(room)) is None:
            sent = await self._into(room, letter_id, pages)
            await self._forums.follow(room, outgoing)
            return sent
        post = await self._forums.put_up(forum, outgoing, pages[0])
        await self._into(post, letter_id, pages[1:])
        return post

    async def direct_chat(self, person: str) -> str:
        """Return the id of the direct chat with a person, asked for once."""
        if person not in self._direct_chats:
            if len(self._direct_chats) >= CHATS_KEPT:
                self._direct_chats.clear()
            self._direct_chats[person] = await self._rest.direct_chat(person)
        return self._direct_chats[person]

    async def _into(self, room: str, letter_id: int, pages: list[Page]) -> str:
        first = ""
        for place, page in enumerate(pages):
            body = {**page.body, "nonce": nonce(letter_id, place, page.body), "enforce_nonce": True}
            try:
                made = await self._rest.create(room, body, page.files)
            except discord.HTTPException as error:
                if error.code != NO_MESSAGES or self._forums.known:
                    raise
                raise RetryLater(NOT_YET) from error  # it is a forum of which Discord hasn't told yet
            first = first or str(made["id"])
        return first

    def _where(self, room: str, message: str) -> str:
        """Return where a message of a room stands: what is put up in a forum begins a thread that is named by it."""
        return room if self._forums.named(room) is None else message
