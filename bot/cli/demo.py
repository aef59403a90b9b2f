"""`kith demo`: a guided tour in the terminal, with the real engine and real answers, over in less than a minute."""

from __future__ import annotations

import asyncio
import logging
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer
from cryptography.fernet import Fernet
from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from bot import log
from bot.cli.shared import fail
from bot.platforms.playground.scene import KITH, MENTION, Change, ChatMessage, Listener, Notice, Scene
from bot.sandbox.sandbox import Sandbox, open_sandbox
from bot.settings import terminal_language
from core.domain.clock import SystemClock
from core.domain.message import Style, parse
from core.domain.people import Person
from core.engine.seal import Sealer
from core.kit.texts import LANGUAGES, Texts, language_of
from core.store.unit import Store
from migrations import upgrade

ANSWER = 10.0  # seconds that an answer may take
LOOK = 2.2  # seconds to read a step, for people; a pipe gets it at once
_STYLES = {Style.BOLD: "bold", Style.ITALIC: "italic", Style.CODE: "cyan", Style.LINK: "underline"}
_WIDTH = 92

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def demo(
    language: Annotated[str | None, typer.Option(help="en or zh-CN; the terminal's if left out.")] = None,
    fast: Annotated[bool, typer.Option(help="Don't wait for anybody to read.")] = False,
) -> None:
    """Play a guided tour in the terminal."""
    if language is not None and language.lower().split("-")[0] not in {each.split("-")[0] for each in LANGUAGES}:
        raise fail(f"--language is one of {', '.join(LANGUAGES)}, not {language}")
    texts = Texts(language_of(language or terminal_language()))
    console = Console(highlight=False, width=min(_WIDTH, Console().width))
    log.set_up(json=False, secrets=[], level=logging.ERROR)
    with tempfile.TemporaryDirectory(prefix="kith-demo-") as folder:
        asyncio.run(_tour(console, texts, Path(folder), LOOK if console.is_terminal and not fast else 0.0))


async def _tour(console: Console, texts: Texts, folder: Path, look: float) -> None:
    console.print(Panel(texts.plain("demo-title"), border_style="blue", expand=False))
    with console.status(texts.plain("demo-opening")):
        url = f"sqlite:///{folder / 'demo.db'}"
        await asyncio.to_thread(upgrade, url)
        store = Store(url)
        sandbox = await open_sandbox(store, Sealer([Fernet.generate_key()]), SystemClock(), (texts.language,))
    at_work = asyncio.create_task(sandbox.house.run())
    try:
        scene = next(iter(sandbox.playground.scenes.values()))
        await Guide(console, texts, sandbox, scene, look).show()
    finally:
        at_work.cancel()
        await asyncio.wait({at_work})
        await store.close()


@dataclass(slots=True)
class Guide:
    """Lead through the sample community: say what comes, let somebody do it, show what Kith answers."""

    console: Console
    texts: Texts
    sandbox: Sandbox
    scene: Scene
    look: float

    async def show(self) -> None:
        """Play the whole tour."""
        active, moderator = self._face("active"), self._face("moderator")
        newcomer, regular = self._face("newcomer"), self._face("regular")
        await self._step("demo-community", community=self.scene.title, people=len(self.scene.present))
        for message in self.scene.messages("help", active.id)[-4:]:
            self._print(message)
        await self._pause()
        await self._step("demo-points", name=active.name)
        await self._say(active, "help", self.texts.plain("demo-message"))
        await self._ask(active, "help", "/points")
        await self._step("demo-board")
        await self._ask(active, "lobby", "/leaderboard")
        await self._step("demo-thanks", name=regular.name)
        await self._ask(regular, "help", f"/thanks @{active.username}")
        await self._step("demo-private", name=newcomer.name)
        await self._ask(newcomer, f"@{newcomer.id}", "/start")
        await self._step("demo-moderator", name=moderator.name)
        reason = self.texts.plain("demo-reason")
        await self._ask(moderator, "lobby", f"/grant @{newcomer.username} 50 {reason}")
        await self._step("demo-time")
        await self._week_passes()
        await self._ask(newcomer, "lobby", "/me")
        self.console.print()
        self.console.print(Panel(self.texts.plain("demo-end"), border_style="blue", expand=False))

    def _face(self, who: str) -> Person:
        return next(self.scene.people[each] for each, face in self.scene.faces.items() if face == who)

    async def _step(self, key: str, **words: str | int) -> None:
        self.console.print()
        self.console.print(Text(f"▌{self.texts.plain(key, **words)}", "bold blue"))
        await self._pause(0.6)

    async def _pause(self, share: float = 1.0) -> None:
        await asyncio.sleep(self.look * share)

    async def _say(self, person: Person, room: str, text: str) -> None:
        self._print(await self.sandbox.playground.say(self.scene, person, room, text))
        await self._pause(0.4)

    async def _ask(self, person: Person, room: str, call: str) -> None:
        """Let somebody call a command, and print the answer when it is there."""
        with self.scene.listen() as listener:
            asked = await self.sandbox.playground.say(self.scene, person, room, call)
            self._print(asked)
            self._print(await asyncio.wait_for(_answer(listener, asked), ANSWER))
        await self._pause()

    async def _week_passes(self) -> None:
        with self.scene.listen() as listener, self._days_go_by() as status:
            for day in range(1, 8):
                status(self.texts.plain("demo-day", day=day))
                await self.sandbox.machine.advance(timedelta(days=1), timedelta(hours=8))
            told = [notice.message async for notice in _waiting(listener) if notice.message is not None]
        new = {message.id: message for message in told if not message.command}
        said = [message for message in new.values() if message.author is not KITH]
        self.console.print(self.texts.plain("demo-week", messages=len(said)))
        for message in [m for m in new.values() if m.author is KITH and m.answers is None and m.only_for is None][-3:]:
            self._print(message)
        await self._pause()

    @contextmanager
    def _days_go_by(self) -> Iterator[Callable[[str], None]]:
        with self.console.status("") as status:
            yield status.update

    # --- how a message looks in a terminal -----------------------------------------------

    def _print(self, message: ChatMessage) -> None:
        if message.author is not KITH:
            line = Text.assemble((f"{message.author.name}  ", "bold magenta"), self._said(message))
            self.console.print(Padding(line, (0, 2)))
            return
        body = Text()
        body.append_text(self._said(message))
        for row in message.buttons:
            body.append("\n")
            for button in row:
                body.append(f" {button.label} ", "reverse")
                body.append("  ")
        foot = None
        if message.only_for or message.room.startswith("@"):
            who = self.scene.people[message.only_for or message.room[1:]]
            foot = self.texts.plain("web-only-you", name=who.name)
        self.console.print(
            Padding(Panel(body, title="Kith", title_align="left", subtitle=foot, subtitle_align="left"), (0, 2))
        )

    def _said(self, message: ChatMessage) -> Text:
        handles = self.scene.by_handle()
        text = Text()
        for span in parse(message.text):
            text.append(span.text, _STYLES.get(span.style))
        for found in reversed(list(MENTION.finditer(text.plain))):
            person = handles.get(found[0].casefold())
            if person is not None and not message.command:
                text = Text.assemble(text[: found.start()], (f"@{person.name}", "cyan"), text[found.end() :])
        return text


async def _answer(listener: Listener, asked: ChatMessage) -> ChatMessage:
    while True:
        notice = await listener.next()
        message = notice.message
        if notice.change is Change.NEW and message is not None and message.answers is asked:
            return message


async def _waiting(listener: Listener) -> AsyncIterator[Notice]:
    while not listener.empty:
        yield await listener.next()
