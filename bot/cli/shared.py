"""What all commands of the command line share: one line for bad input, one JSON object for results."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

import typer
from pydantic import ValidationError

from bot import log
from bot.settings import Settings
from core.domain.errors import KithError
from core.domain.message import plain_text
from core.domain.people import writable
from core.kit.texts import Texts
from core.store.unit import DatabaseDown, Store
from migrations import upgrade


def fail(line: str) -> typer.Exit:
    """Print one line on standard error and return the exit with status 2, to be raised."""
    typer.echo(f"kith: {log.clean(one_line(line))}", err=True)
    return typer.Exit(2)


def one_line(text: str) -> str:
    """Return `text` in one line that every terminal takes, whatever people put into it."""
    return writable(" ".join(text.split()))


@contextmanager
def bad_input() -> Iterator[None]:
    """End with 2 and one line where people gave what can't be used, or the database is away."""
    try:
        yield
    except KithError as error:
        raise fail(plain_text(Texts("en").error(error))) from None
    except DatabaseDown as error:
        raise fail(f"the database can't be reached: {str(error).splitlines()[0]}") from None


def read_settings() -> Settings:
    """Return what the environment says; end with 2 where a value makes no sense."""
    try:
        settings = Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "KITH_" + "_".join(str(part) for part in first["loc"]).upper()
        raise fail(f"{name}: {first['msg']}") from None
    log.hide(settings.secrets)
    return settings


def with_store(work: Callable[[Store, Settings], Coroutine[Any, Any, Any]]) -> Any:
    """Migrate and open the database, run `work` on it, close it, and return what `work` returned."""
    settings = read_settings()

    async def run() -> Any:
        store = Store(settings.database)
        try:
            return await work(store, settings)
        finally:
            await store.close()

    with bad_input():
        upgrade(settings.database)
        return asyncio.run(run())


def show(result: dict[str, Any], as_json: bool, lines: Callable[[dict[str, Any]], list[str]]) -> None:
    """Print a result: one JSON object, or `lines` of it for people."""
    if as_json:
        sys.stdout.write(log.clean(writable(json.dumps(result, ensure_ascii=False))))
        sys.stdout.write("\n")
    else:
        for line in lines(result):
            typer.echo(log.clean(writable(line)))
