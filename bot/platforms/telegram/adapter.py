"""Telegram as a platform of Kith."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from typing import Any, TypeVar
from urllib.parse import urlsplit

import structlog
from starlette.routing import Route
from telegram.error import BadRequest, TelegramError

from bot.platforms.port import Capabilities, Intake, RetryLater, Unavailable
from bot.platforms.telegram.changing import Changer
from bot.platforms.telegram.connection import Connection, Refused, said
from bot.platforms.telegram.directory import Directory
from bot.platforms.telegram.fields import PLATFORM
from bot.platforms.telegram.files import UPLOAD, fetch
from bot.platforms.telegram.menu import publish
from bot.platforms.telegram.pace import Pace
from bot.platforms.telegram.people import People
from bot.platforms.telegram.polls import LIMITS, Pollster
from bot.platforms.telegram.receive import Receiver, Webhook, poll
from bot.platforms.telegram.render import CAPTION_LIMIT, TEXT_LIMIT
from bot.platforms.telegram.sending import Sender
from bot.platforms.telegram.stars import Checkouts, Transactions, give_back
from bot.platforms.telegram.translate import ALLOWED_UPDATES, Translator
from bot.platforms.telegram.turns import Turns
from core.domain.clock import Clock
from core.domain.errors import KithError
from core.domain.events import Finding, PaymentTold, Role, SpaceMigrated
from core.domain.message import Attachment
from core.domain.outgoing import Action, Deletion, Edit, Outgoing, Pin, Poll, PollClose, Receipt, Refund, RoleChange
from core.domain.people import Rights
from core.domain.pulse import Pulse
from core.kit.declare import Command

T = TypeVar("T")
_LONGEST_PAUSE = 30.0
_log = structlog.get_logger()


class Telegram:
    """Receive and send as one bot.

    `commands` are those that the menu shows. With `webhook_url` (its path is where `routes` listens) updates
    are pushed, else fetched. `webhook_secret` is made from the token where none is given. `spaces` tells the
    ids of the chats that `doctor` looks at.
    """

    name = PLATFORM
    capabilities = Capabilities(
        completion=False,
        selects=False,
        menus=False,
        moments=True,
        forums=False,  # a topic has a name, and no tags
        answers_apart=False,  # a chat has one limit for all that is sent there
        again=True,
        file_limit=UPLOAD,
        ephemeral=False,
        ephemeral_where_admin=True,
        deletions=False,
        history=False,
        idempotent_send=False,
        forms=False,
        voice=False,  # a group's voice chat is told of as a whole: who was in it is nobody's to know
        roles=False,
        titles=True,
        text_limit=TEXT_LIMIT,
        caption_limit=CAPTION_LIMIT,
        polls=LIMITS,
    )

    def __init__(
        self,
        token: str,
        clock: Clock,
        commands: Sequence[Command] = (),
        *,
        api_url: str = "https://api.telegram.org",
        webhook_url: str | None = None,
        webhook_secret: str | None = None,
        pace: Pace | None = None,
        spaces: Callable[[], Awaitable[Sequence[str]]] | None = None,
    ) -> None:
        self._clock = clock
        self._commands = tuple(commands)
        self._webhook_url = webhook_url
        self._secret = webhook_secret or hashlib.sha256(f"kith webhook {token}".encode()).hexdigest()
        self._webhook = Webhook(self._secret)
        self._spaces = spaces
        self._intake: Intake | None = None
        self._connection = Connection(token, api_url, clock)
        turns = Turns(clock, pace or Pace())
        self._changer = Changer(self._connection, turns)
        self._sender = Sender(self._connection, clock, turns, self._changer, self._moved)
        self._people = People(self._connection)
        self._transactions = Transactions(self._connection, Directory())
        self._pollster = Pollster(self._connection, turns, self._changer)
        self._beside: set[asyncio.Task[None]] = set()

    @property
    def pulse(self) -> Pulse:
        """Return how the Bot API answers."""
        return self._connection.pulse

    def routes(self) -> list[Route]:
        """Return where the webhook listens, nothing where updates are fetched."""
        if not self._webhook_url:
            return []
        return [Route(urlsplit(self._webhook_url).path or "/", self._webhook.answer, methods=["POST"])]

    async def run(self, intake: Intake) -> None:
        """Hand events in until cancelled; raise KithError where Telegram refuses the token or the webhook."""
        try:
            number, username = await _patiently(self._connection.ready)
            self._intake = intake
            known = frozenset(command.name for command in self._commands)
            translator, checkouts = (
                Translator(number, username, self._clock, known),
                Checkouts(self._connection, intake),
            )
            receiver = Receiver(translator, intake, checkouts)
            self._start(self._publish_menu())
            if self._webhook_url:
                self._webhook.receiver = receiver
                await self._be_called(self._webhook_url)
            else:
                await _patiently(lambda: said(self._connection.bot.delete_webhook))
                await poll(self._connection, receiver)
        except Refused:
            raise KithError("telegram-token-refused") from None
        finally:
            await self.close()

    async def _be_called(self, url: str) -> None:
        bot = self._connection.bot

        async def ask() -> bool:
            return await bot.set_webhook(url, secret_token=self._secret, allowed_updates=ALLOWED_UPDATES)

        try:
            await _patiently(lambda: said(ask))
        except BadRequest as error:
            raise KithError("telegram-webhook-refused", why=error.message) from None
        await asyncio.Event().wait()

    async def _publish_menu(self) -> None:
        try:
            await publish(self._connection.bot, self._commands)
        except TelegramError as error:
            _log.warning("the command menu could not be set", platform=PLATFORM, why=error.message)

    def _moved(self, old: int, new: int) -> None:
        """Tell the core that a group has a new id: the update about it may have been missed."""
        if self._intake is not None:
            moved = SpaceMigrated(
                platform=PLATFORM, key=f"g:{old}:{new}", space=str(old), at=self._clock.now(), to=str(new)
            )
            self._start(self._intake.submit([moved]))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._beside.add(task)
        task.add_done_callback(self._beside.discard)

    async def close(self) -> None:
        """Let go of every connection."""
        for task in list(self._beside):
            task.cancel()
        await asyncio.gather(*self._beside, return_exceptions=True)
        await self._connection.close()

    async def perform(self, letter_id: int, action: Action, image: bytes | None) -> Receipt:
        """Do what is asked; see the port for what it raises."""
        match action:
            case Outgoing():
                return Receipt(await self.send(letter_id, action, image))
            case Poll():
                own = await self._pollster.ask(action) if self._pollster.can_ask(action, self._clock.now()) else None
                return own or Receipt(await self.send(letter_id, action.drawn, None))
            case PollClose():
                await self._pollster.close(action)
            case RoleChange():
                await self.follow_tier(action.space, action.to, action.give, action.take)
            case Deletion():
                await self.unsend(action.space, action.room, action.message)
            case Edit():
                await self._changer.edit(action.message or "", action.content, image)
            case Pin():
                await self._changer.pin(action.message or "", pinned=action.pinned)
            case Refund():
                await give_back(self._connection, action)
        return Receipt()

    async def send(self, letter_id: int, outgoing: Outgoing, image: bytes | None) -> str | None:
        """Send a message; see Sender.send."""
        return await self._sender.send(letter_id, outgoing, image)

    async def unsend(self, space: str | None, room: str | None, message: str) -> None:
        """Take a message away; see Changer.unsend."""
        await self._changer.unsend(message)

    async def fetch(self, attachment: Attachment, most: int) -> bytes:
        """Return the content of a file that somebody sent; see `files.fetch`."""
        return await fetch(self._connection, attachment, most)

    async def rights(self, space: str, person: str) -> Rights:
        """Return what a person may do in a chat now."""
        return await self._people.rights(space, person)

    async def follow_tier(self, space: str, person: str, give: Sequence[str], take: Sequence[str]) -> None:
        """Set the word beside a member's name; see People.follow_tier."""
        await self._people.follow_tier(space, person, give, take)

    async def roles_to_give(self, space: str, *, every: bool = False) -> list[Role]:
        """Return nothing: Telegram has titles, which open no room."""
        return []

    def transactions(self) -> AsyncIterator[Sequence[PaymentTold]]:
        """Yield what Telegram lists of payments in Stars."""
        return self._transactions.pages()

    async def look_at(self, space: str) -> list[Finding]:
        """Look at what Kith may do in one chat."""
        return await self._people.look_at(space)

    async def doctor(self) -> list[Finding]:
        """Look at token, privacy mode, who receives, and Kith's rights in every known chat."""
        try:
            spaces = await self._spaces() if self._spaces else ()
            return await self._people.doctor(spaces, self._webhook_url)
        finally:
            if self._intake is None:  # nothing runs that would close it
                await self._connection.close()


async def _patiently(ask: Callable[[], Awaitable[T]]) -> T:
    """Return what a call gives, trying until Telegram can be reached; raise Refused."""
    pause = 0.5
    while True:
        try:
            return await ask()
        except Refused:
            raise
        except (Unavailable, RetryLater) as why:
            _log.warning("Telegram can't be reached, trying again", platform=PLATFORM, why=str(why))
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)
