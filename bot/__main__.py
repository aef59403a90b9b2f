"""`kith`: the command line. Each command is one file in `bot/cli`, loaded when it is called."""

from __future__ import annotations

import gc
import importlib
import sys
from types import TracebackType
from typing import Any

import typer
from typer.core import TyperGroup

# name → (module in bot.cli, what it does); `kith --help` reads this table and loads nothing else.
COMMANDS = {
    "run": ("run", "Start Kith: the platforms that have a token, else the playground."),
    "demo": ("demo", "Play a guided tour in the terminal."),
    "import": ("import_", "Bring a community's history in."),
    "stats": ("stats", "Print a community's figures."),
    "activities": ("activities", "Print what a community does on a schedule, with its runs."),
    "network": ("network", "Analyse who ties a community together."),
    "states": ("states", "Print the states of members over time."),
    "effect": ("effect", "Say what an experiment changed, from any table."),
    "catalogue": ("catalogue", "Bring a community's items in, list and search them."),
    "books": ("books", "Say what came in for plans, and bring payments in."),
    "recommend": ("recommend", "Compare recommenders, and judge a new ranking on old logs."),
    "retention": ("retention", "Say who comes back, who stays and how long."),
    "survival": ("survival", "Say how long people stay, from any table."),
    "learn": ("learn", "Learn who will do something, from any table."),
    "predict": ("predict", "Say how likely each row of a table is, and why."),
    "segments": ("segments", "Say which groups of customers there are, from any table."),
    "report": ("report", "Write one page with a community's network and health."),
    "chart": ("chart", "Print what a chart shows, in words or as CSV."),
    "doctor": ("doctor", "Say what is wrong with this installation and how to mend it."),
    "migrate": ("migrate", "Bring the database up to date."),
    "forget": ("forget", "Erase somebody who asked to be forgotten."),
    "parked": ("parked", "List events that failed, and try them again."),
}

# How many new objects, and looks at the young among them, come before garbage is looked for. Python's 700 let it look
# through all that is loaded a dozen times at the start, and again and again later, while everybody waits.
SELDOM = (50_000, 20, 20)


class _Lazy(TyperGroup):
    """A group that imports a command's module when the command is called."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        module, summary = COMMANDS[cmd_name]
        if ctx.resilient_parsing or not _called(cmd_name):
            return typer.main.get_command(_shell(cmd_name, summary))
        loaded = importlib.import_module(f"bot.cli.{module}")
        made = typer.main.get_command(loaded.app)
        made.name = cmd_name
        return made


def _called(name: str) -> bool:
    words = [word for word in sys.argv[1:] if not word.startswith("-")]
    return bool(words) and words[0] == name


def _shell(name: str, summary: str) -> typer.Typer:
    shell = typer.Typer(add_completion=False)
    shell.command(name=name, help=summary)(lambda: None)
    return shell


app = typer.Typer(
    cls=_Lazy,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Kith runs the life of a community in Telegram groups and Discord servers.",
)


@app.callback()
def _root() -> None:
    pass


# The base of typer's errors of usage, which typer gives no name of its own.
_UsageError: type[Any] = typer.BadParameter.__mro__[1]


def _show_fault(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    from bot.log import show_fault  # noqa: PLC0415  loaded where something broke

    show_fault(kind, error, trace)


def main() -> None:
    """Run the command line; what people did wrong ends with 2 and one line on standard error."""
    sys.excepthook = _show_fault
    gc.set_threshold(*SELDOM)
    try:
        sys.exit(app(standalone_mode=False))
    except typer.Abort:
        sys.exit(130)
    except _UsageError as error:
        if len(sys.argv) == 1:
            error.show()
        else:
            where = error.ctx.command_path if error.ctx else "kith"
            said = " ".join(error.format_message().split()).encode(errors="replace").decode()
            typer.echo(f"kith: {said} ({where} --help says more)", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
