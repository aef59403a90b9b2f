"""Whatever is put behind a command of the command line: one line says what was wrong, and nothing falls over."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.platforms.exports import chat, said, written
from tests.world.command_line import LASTING, LEAVES, STARTING, called, given, kind_of, plain_environment, run_here

TABLE = "arm,outcome,user,item,time,action,reward,propensity,unit,treated,source,target,day,kind,count\n" + "".join(
    f"{'ab'[row % 2]},{row % 3},u{row % 7},i{row % 5},2026-01-{row % 28 + 1:02},x,{row % 2},0.5,u{row % 7},0,"
    f"u{row % 7},u{row % 5},2026-01-{row % 28 + 1:02},reply,1\n"
    for row in range(60)
)
TEXTS = ["", " ", "a\0b", "#²", "9" * 500, "-1", "x" * 5_000, "a\nb", "\u202eabc", "\udcff", "%s{x}", "treated=,=1"]
NUMBERS = ["", "x", "-1", "0", "nan", "inf", "1e400", "9" * 400, "1.5", "²"]
PARTS = ["", "#²", "a\0b", "9" * 500, "webb", "\udcff", "telegram"]
SHARDS = ["#²", "a\0b", "9" * 500, "3-1", "-1", "0-3/2", "\udcff", "1.5"]


def files(folder: Path) -> list[str]:
    """Return files that nobody would bring: missing, of another format, broken, a folder."""
    archive = folder / "some.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("a.txt", "a")
    kinds = {
        "empty": b"",
        "nul.csv": b"\0\0,\0\n\0,\0\n",
        "half.json": b'{"messages": [',
        "page.html": b"<html><body>no</body></html>",
        "bytes.csv": bytes(range(256)) * 4,
        "wide.csv": b"a," * 5_000 + b"\n",
        "head.csv": b"source,target,day\n",
        "infinite.csv": b"arm,outcome,time,unit,treated\na,inf,1,u,0\nb,-inf,1e400,u,nan\n",
    }
    for name, content in kinds.items():
        (folder / name).write_bytes(content)
    odd = [str(folder), str(folder / "missing" / "file"), "a\0b", "", "\udcff", "x" * 5_000, "/dev/null", str(archive)]
    return [*odd, *(str(folder / name) for name in kinds)]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder with a community's database, a table and an export, which every test copies."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "table.csv").write_text(TABLE)
    export = written(folder, chat(*(said(number, number % 3 + 1) for number in range(1, 20))))
    given = plain_environment(KITH_DATA_DIR=str(folder / "data"))
    done = run_here("import", "telegram", str(export), "--community", "Home", environment=given)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give such a folder, as the one that Kith is called in."""
    for name in ("KITH_DATABASE_URL", "KITH_TELEGRAM_TOKEN", "KITH_DISCORD_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KITH_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path


def usual(folder: Path, parameter: Any) -> str:
    """Return what a parameter might well be given."""
    if kind_of(parameter) == "path":
        # An export is what `kith import` takes, a table what the others take.
        name = "result.json" if parameter.param_type_name == "argument" else "table.csv"
        return str(folder / ("out" if parameter.name == "out" else name))
    return "Home" if parameter.name == "community" else "outcome"


def tries(folder: Path, name: str) -> Iterator[list[str]]:
    """Yield calls of a command, each with one odd value among usual ones."""
    words, command = LEAVES[name]
    if name in STARTING:
        yield from ([name, part] for part in PARTS)
        yield from ([name, "discord", "--shards", shards] for shards in SHARDS)
        return
    needed = {each.name: each for each in command.params if each.required}
    for each in command.params:
        odd = {"path": files(folder), "number": NUMBERS, "text": TEXTS, "flag": []}[kind_of(each)]
        rest = [word for other in needed.values() if other is not each for word in given(other, usual(folder, other))]
        if each.name == "out":
            odd = [
                value for value in odd if not Path(value[:200].replace("\0", "")).is_absolute() or value == str(folder)
            ]
        for value in odd:
            yield [*words, *rest, *given(each, value)]
        if each.required:
            yield [*words, *rest]
    yield [*words, "--no-such-option"]
    yield [*words, *["surplus"] * 9]


@pytest.mark.parametrize("name", sorted(LEAVES.keys() - LASTING))
def test_whatever_is_put_behind_a_command_is_said_in_one_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    if name in STARTING:
        monkeypatch.setenv("KITH_DISCORD_TOKEN", "x")
    wrong: list[tuple[list[str], str]] = []
    refused = 0
    for words in tries(folder, name):
        shown = [word[:60] for word in words]
        try:
            code = called(monkeypatch, *words)
        except Exception as error:
            wrong.append((shown, f"{type(error).__name__}: {str(error)[:100]}"))
            capsys.readouterr()
            continue
        said_, faults = capsys.readouterr()
        refused += code == 2
        if code not in (0, 2) or "Traceback" in faults:
            wrong.append((shown, f"ended with {code}: {faults[:200]}"))
        elif code == 2 and (len(faults.splitlines()) != 1 or said_):
            wrong.append((shown, f"said {said_[:80]!r} and {faults[:300]!r}"))
    assert not wrong, f"{len(wrong)}: {json.dumps(wrong, indent=1, ensure_ascii=True)}"
    assert refused > 0
