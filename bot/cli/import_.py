"""`kith import`: bring a community's history in, or levels from another bot."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from bot.cli.shared import bad_input, fail, show, with_store
from bot.imports.discord import read as read_discord
from bot.imports.exports import Watch
from bot.imports.levels import bad_row, read_levels
from bot.imports.telegram import read as read_telegram
from bot.keys import open_sealer
from bot.settings import Settings
from core.domain.bridges import Lookout
from core.domain.clock import SystemClock
from core.domain.history import Chapter, Record
from core.domain.people import writable
from core.engine.history import import_history
from core.engine.levels import Unknown, import_levels
from core.kit.texts import Texts
from core.store.unit import Store

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Bring a community's history in, or levels from another bot.",
)


def _named(community: str) -> str:
    name = writable(community).strip()
    if not name:
        raise fail("--community takes a name")
    return name


SPOOLED = 2_000  # entries that are written into the spool at once
PLATFORMS = ("telegram", "discord")
History = Iterable[Chapter | Record]
PathArgument = Annotated[Path, typer.Argument(help="The export: a file, a folder or a zip.", show_default=False)]
CommunityOption = Annotated[
    str,
    typer.Option("--community", help="Its name; founded if there is none.", show_default=False, callback=_named),
]
PointsOption = Annotated[bool, typer.Option("--with-points", help="Let this history give points.")]
SplitOption = Annotated[
    bool, typer.Option("--split-bridges", help="Count everybody behind a bridge bot as a member of their own.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


@app.command()
def telegram(
    path: PathArgument,
    community: CommunityOption,
    with_points: PointsOption = False,
    as_json: JsonOption = False,
    split_bridges: SplitOption = False,
    timezone: Annotated[str, typer.Option(help="Where it was exported: old files give local time alone.")] = "UTC",
    chat: Annotated[list[str] | None, typer.Option(help="Take this chat alone (name or id); may be repeated.")] = None,
) -> None:
    """Bring in what Telegram Desktop exported as JSON."""
    try:
        ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise fail(f"there is no time zone {timezone!r}; one looks like Europe/Berlin") from None
    _bring(
        "telegram",
        path,
        community,
        lambda watch: read_telegram(path, timezone, chat or (), watch),
        with_points=with_points,
        split_bridges=split_bridges,
        as_json=as_json,
    )


@app.command()
def discord(
    path: PathArgument,
    community: CommunityOption,
    with_points: PointsOption = False,
    as_json: JsonOption = False,
    split_bridges: SplitOption = False,
) -> None:
    """Bring in what DiscordChatExporter wrote as JSON."""
    _bring(
        "discord",
        path,
        community,
        lambda watch: read_discord(path, watch),
        with_points=with_points,
        split_bridges=split_bridges,
        as_json=as_json,
    )


def _bring(
    platform: str,
    path: Path,
    community: str,
    read: Callable[[Watch], History],
    *,
    with_points: bool,
    split_bridges: bool,
    as_json: bool,
) -> None:
    if not _exists(path):
        raise fail(f"there is no {str(path)[:200]}")

    async def work(store: Store, settings: Settings) -> dict[str, Any]:
        # Read whole before anything is written: nobody waits for a parser, and what is wrong is said at once.
        with TemporaryFile() as spool:
            with _progress() as watch:
                bridges = _spool(read(watch), spool)
            taken = await import_history(
                store,
                open_sealer(settings).hash,
                platform,
                community,
                _spooled(spool),
                path=path.name,
                now=SystemClock().now(),
                with_points=with_points,
                bridges=bridges if split_bridges else (),
            )
        return taken.to_json()

    show(with_store(work), as_json, _lines)


def _exists(path: Path) -> bool:
    """Say whether there is such a file or folder; a name that no file can have is of none."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _lines(taken: dict[str, Any]) -> list[str]:
    t = Texts("en")
    figures = {name: value for name, value in taken.items() if isinstance(value, int)}
    lines = [t.plain("import-taken", **figures)]
    for reason, count in taken["skipped"].items():
        lines.append(t.plain("import-skipped", count=count, reason=t.plain(f"import-reason-{reason}")))
    lines += [_bridge_line(t, bridge) for bridge in taken.get("bridges", ())]
    return [*lines, t.plain("import-invite")]


def _bridge_line(t: Texts, bridge: dict[str, Any]) -> str:
    figures = {name: bridge[name] for name in ("name", "names", "lines", "moved")}
    sources = tuple(f"[{each}]" for each in bridge["sources"])
    return t.plain("import-bridge-split" if bridge["split"] else "import-bridge", sources=sources or "none", **figures)


def _spool(history: History, spool: IO[bytes]) -> frozenset[str]:
    """Write what a history tells into a file, and return the accounts that write for others."""
    lookout = Lookout()
    entries = iter(history)
    while some := list(islice(entries, SPOOLED)):
        for each in some:
            if isinstance(each, Record):
                lookout.see(each)
        pickle.dump(some, spool, pickle.HIGHEST_PROTOCOL)
    return frozenset(bridge.person.id for bridge in lookout.found())


def _spooled(spool: IO[bytes]) -> Iterator[Chapter | Record]:
    spool.seek(0)
    while True:
        try:
            yield from pickle.load(spool)  # noqa: S301  this process wrote it
        except EOFError:
            return


@app.command()
def levels(
    path: Annotated[Path, typer.Argument(help="A CSV file.", show_default=False)],
    community: CommunityOption,
    as_json: JsonOption = False,
) -> None:
    """Bring in levels or points from another bot: columns account, and level or points."""
    with bad_input():
        rows = read_levels(path)

    async def work(store: Store, settings: Settings) -> dict[str, Any]:
        now = SystemClock().now()
        try:
            taken = await import_levels(store, open_sealer(settings).hash, community, rows, PLATFORMS, now)
        except Unknown as error:
            raise bad_row(path, error.line, Texts("en").plain(error.key, **error.args_), 0) from None
        erased = taken.pop("erased")
        return {**taken, "skipped": {"erased": erased} if erased else {}}

    show(with_store(work), as_json, _level_lines)


def _level_lines(taken: dict[str, Any]) -> list[str]:
    t = Texts("en")
    figures = {name: taken[name] for name in ("members", "points", "duplicates")}
    lines = [t.plain("levels-taken", **figures)]
    if taken["unknown"]:
        lines.append(t.plain("levels-strangers", count=taken["unknown"]))
    for reason, count in taken["skipped"].items():
        lines.append(t.plain("import-skipped", count=count, reason=t.plain(f"import-reason-{reason}")))
    return lines


@contextmanager
def _progress() -> Iterator[Watch]:
    """Show on a terminal how far reading is."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console  # noqa: PLC0415  for terminals alone
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Reading", total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
