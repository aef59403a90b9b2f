"""History brought in, from the file to the figures: through the command line, on both databases."""

from __future__ import annotations

import gzip
import json
import os
import resource
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, select

from core.store.dialect import normal_url
from core.store.tables import metadata
from tests.platforms.exports import channel, chat, said, written, wrote
from tests.world.command_line import plain_environment, run_here

ROOT = Path(__file__).parents[2]
LONG = 123456789012345678  # an id as Discord gives them
MEMORY = 700 * 1024 * 1024  # of address space; the interpreter with the libraries takes some 450 MB of it


class Kith:
    """The command line on one database."""

    def __init__(self, database_url: str, folder: Path) -> None:
        self._environment = plain_environment(KITH_DATABASE_URL=database_url, KITH_DATA_DIR=str(folder))

    def run(self, *words: str | Path, memory: int | None = None) -> subprocess.CompletedProcess[str]:
        """Run a command; in a process of its own where its memory is bounded."""
        if memory is None:
            return run_here(*map(str, words), environment=self._environment)
        return subprocess.run(
            [sys.executable, "-m", "bot", *map(str, words)],
            cwd=ROOT,
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=300,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (memory, memory)),
            check=False,
        )

    def json(self, *words: str | Path, memory: int | None = None) -> dict[str, Any]:
        """Run a command and return its one JSON object."""
        done = self.run(*words, "--json", memory=memory)
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        result: dict[str, Any] = json.loads(done.stdout)
        return result

    def refused(self, *words: str | Path, memory: int | None = None) -> str:
        """Run a command that must end with 2 and one line on standard error, and return the line."""
        done = self.run(*words, memory=memory)
        assert (done.returncode, done.stdout) == (2, ""), done.stderr[-2000:]
        assert done.stderr.count("\n") == 1, done.stderr[-2000:]
        return done.stderr


@pytest.fixture
def kith(database_url: str, tmp_path: Path) -> Kith:
    return Kith(database_url, tmp_path)


def contents(url: str) -> dict[str, list[Any]]:
    """Return every row of every table."""
    engine = create_engine(url if url.startswith("sqlite") else normal_url(url))
    with engine.connect() as connection:
        rows = {table.name: sorted(map(repr, connection.execute(select(table)))) for table in metadata.sorted_tables}
    engine.dispose()
    return rows


@pytest.mark.shared_data
def test_discord_figures(kith: Kith, database_url: str, shared_data: Path) -> None:
    source = shared_data / "chats" / "discord_meshcore.zip"
    assert kith.json("import", "discord", source, "--community", "Mesh") == {
        "messages": 29_040,
        "system": 56,
        "authors": 966,
        "replies": 5_778,
        "reply_pairs": 2_373,
        "reply_weight": 5_528,
        "mentions": 1_316,
        "reactions": 11_694,
        "joins": 0,
        "duplicates": 0,
        "skipped": {},
    }
    stats = kith.json("stats", "--community", "Mesh", "--names")
    assert (stats["members"], stats["messages"]) == (966, 29_040)
    months = [19, 20, 11, 12, 38, 68, 116, 140, 151, 176, 282, 275, 317, 241]
    assert list(stats["active_members"].values()) == months
    assert (min(stats["active_members"]), max(stats["active_members"])) == ("2025-03", "2026-04")
    assert stats["return_rate"] == pytest.approx(296 / 877)
    assert [(each["name"], each["people"]) for each in stats["most_replied_to"][:6]] == [
        ("member0636", 81),
        ("member0881", 64),
        ("member0610", 43),
        ("member1538", 43),
        ("member1007", 42),
        ("member1485", 36),
    ]
    nameless = kith.json("stats", "--community", "Mesh")["most_replied_to"]
    assert [each["name"] for each in nameless] == [None] * 10
    assert [each["people"] for each in nameless] == [each["people"] for each in stats["most_replied_to"]]
    before = contents(database_url)
    again = kith.json("import", "discord", source, "--community", "Mesh")
    assert again["duplicates"] == 29_096
    assert {name: value for name, value in again.items() if value} == {"duplicates": 29_096}
    assert contents(database_url) == before


@pytest.mark.shared_data
def test_telegram_figures(kith: Kith, database_url: str, shared_data: Path) -> None:
    source = shared_data / "chats" / "telegram_hyperdbg_result.json.gz"
    taken = kith.json("import", "telegram", source, "--community", "Debuggers", "--with-points")
    figures = ("messages", "system", "authors", "replies", "reply_pairs", "reply_weight", "joins", "duplicates")
    assert [taken[name] for name in figures] == [6_205, 548, 98, 1_559, 196, 1_366, 546, 0]
    bridge = {"name": "bridge_bot", "sources": [], "lines": 3, "names": 2, "split": False, "moved": 0}
    assert taken["bridges"] == [bridge]
    stats = kith.json("stats", "--community", "Debuggers", "--names")
    assert (stats["members"], stats["messages"]) == (541, 6_205)
    assert [stats["active_members"][f"2023-0{month}"] for month in (5, 6, 7, 8)] == [20, 13, 18, 13]
    assert max(stats["active_members"]) == "2024-06"
    assert stats["return_rate"] == pytest.approx(18 / 92)
    assert [(each["name"], each["people"]) for each in stats["most_replied_to"][:2]] == [
        ("member0800", 49),
        ("member0386", 7),
    ]
    before = contents(database_url)
    again = kith.json("import", "telegram", source, "--community", "Debuggers", "--with-points")
    assert (again["messages"], again["duplicates"]) == (0, 6_753)
    assert contents(database_url) == before


def test_for_people_it_prints_lines(kith: Kith, tmp_path: Path) -> None:
    path = written(tmp_path, chat(said(1), said(2, 2, reply_to_message_id=1), {"id": 3, "type": "unsupported"}))
    done = kith.run("import", "telegram", path, "--community", "Home")
    assert done.returncode == 0
    assert done.stdout.splitlines()[0] == "2 messages and 0 notices of the platform, by 2 authors"
    assert "Left out: 1 × messages that Telegram Desktop couldn't export" in done.stdout
    assert "2 messages" in kith.run("stats", "--community", "Home").stdout


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_it_offers_to_split_what_a_bridge_wrote(kith: Kith, tmp_path: Path) -> None:
    lines = [said(number, 9, text=f"[discord] <{'ab'[number % 2]}> hello") for number in range(1, 5)]
    call = ("import", "telegram", written(tmp_path, chat(*lines)), "--community", "Home")
    *_, bridge, invite = kith.run(*call).stdout.splitlines()
    assert "/activities invitation" in invite
    assert bridge == (
        "Member 9 speaks for 2 people from [discord] in 4 messages. "
        "Import again with --split-bridges to count them one by one."
    )
    assert kith.run(*call, "--split-bridges").stdout.splitlines()[-2] == (
        "Member 9 speaks for 2 people from [discord] in 4 messages: "
        "each counts as a member of their own, with 4 messages that were here already."
    )
    assert kith.json("stats", "--community", "Home")["members"] == 2


BAD = {
    "empty": "",
    "no JSON": "hello",
    "cut off": json.dumps(chat(said(1), said(2)), indent=1)[:-150],
    "cut off in a text": json.dumps(chat(said(1), said(2)))[:-40],
    "something after it": json.dumps(chat(said(1))) + "}",
    "broken in the middle": json.dumps(chat(said(1), said(2)), indent=1).replace(
        '"type": "message"', '"type" "message"'
    ),
    "another kind": json.dumps(channel(wrote(1))),
    "a list": "[1, 2, 3]",
    "a number": "7",
    "messages that are none": json.dumps({"name": "x", "type": "private_group", "id": 1, "messages": {"a": 1}}),
    "a message that is none": json.dumps({"name": "x", "type": "private_group", "id": 1, "messages": [1]}),
    "without id": json.dumps({"messages": [said(1)]}),
    "deep": json.dumps(chat(said(1)))[:-2] + ', {"id": 2, "text": ' + "[" * 100_000 + "]" * 100_000 + "}]}",
    "deep at the root": "[" * 1_000_000,
}


@pytest.mark.parametrize("kind", BAD)
def test_what_can_not_be_read_is_named_and_brings_nothing_in(kind: str, sqlite_template: Path, tmp_path: Path) -> None:
    database = tmp_path / "kith.db"
    database.write_bytes(sqlite_template.read_bytes())
    kith = Kith(f"sqlite:///{database}", tmp_path)
    path = written(tmp_path, BAD[kind])
    memory = MEMORY if kind.startswith("deep") else None
    line = kith.refused("import", "telegram", path, "--community", "Home", memory=memory)
    assert "result.json" in line
    assert not any(contents(f"sqlite:///{database}").values())


def test_archives_that_are_broken(sqlite_template: Path, tmp_path: Path) -> None:
    database = tmp_path / "kith.db"
    database.write_bytes(sqlite_template.read_bytes())
    kith = Kith(f"sqlite:///{database}", tmp_path)
    packed = gzip.compress(json.dumps(chat(*[said(n, text=os.urandom(40).hex()) for n in range(1, 9_000)])).encode())
    cut = tmp_path / "result.json.gz"
    cut.write_bytes(packed[: len(packed) // 2])
    assert "damaged at byte" in kith.refused("import", "telegram", cut, "--community", "Home")
    zipped = tmp_path / "export.zip"
    zipped.write_bytes(b"PK\x03\x04 this is no zip")
    assert "export.zip" in kith.refused("import", "discord", zipped, "--community", "Home")
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.json", json.dumps(channel(*[wrote(n, content=os.urandom(40).hex()) for n in range(3000)])))
    raw = bytearray(zipped.read_bytes())
    raw[len(raw) // 2] ^= 0xFF
    zipped.write_bytes(raw)
    assert "a.json" in kith.refused("import", "discord", zipped, "--community", "Home")
    empty = tmp_path / "nothing"
    empty.mkdir()
    assert "nothing" in kith.refused("import", "discord", empty, "--community", "Home")
    assert "nowhere" in kith.refused("import", "discord", tmp_path / "nowhere", "--community", "Home")
    assert not any(contents(f"sqlite:///{database}").values())


def test_all_files_that_can_not_be_used_are_named(kith: Kith, tmp_path: Path, database_url: str) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    written(folder, channel(wrote(1)), "a.json")
    written(folder, "<!DOCTYPE html><html><body>Too many requests</body></html>", "b.json")
    written(folder, "", "c.json")
    written(folder, channel(wrote(2), number=21), "d.json")
    line = kith.refused("import", "discord", folder, "--community", "Home")
    assert "2 files" in line
    assert "b.json is no JSON" in line
    assert "c.json is empty" in line
    assert not any(contents(database_url).values())


@pytest.mark.parametrize(
    ("platform", "name", "text"),
    [
        ("telegram", "messages.html", "<!DOCTYPE html>\n<html><head></head></html>"),
        ("discord", "general.html", "<!DOCTYPE html>\n<html><head></head></html>"),
        ("discord", "general.csv", 'AuthorID,Author,Date,Content\n"1","ana","2026-01-05","hi"\n'),
        ("discord", "general.txt", "[05/01/2026] ana\nhi\n"),
    ],
)
def test_another_format_of_the_exporters_is_to_be_exported_again(
    platform: str, name: str, text: str, sqlite_template: Path, tmp_path: Path
) -> None:
    database = tmp_path / "kith.db"
    database.write_bytes(sqlite_template.read_bytes())
    kith = Kith(f"sqlite:///{database}", tmp_path)
    folder = tmp_path / "ChatExport"
    folder.mkdir()
    file = written(folder, text, name)
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.write(file, name)
    for path in (file, folder, tmp_path / "export.zip"):
        line = kith.refused("import", platform, path, "--community", "Home")
        assert f"{name} is no JSON. Export again as JSON" in line
    assert not any(contents(f"sqlite:///{database}").values())


@pytest.mark.parametrize("filling", [b" ", b"x"])
def test_a_bomb_is_refused_with_bounded_memory(filling: bytes, sqlite_template: Path, tmp_path: Path) -> None:
    """A quarter of a gigabyte of blanks, or of one text, in a zip of 250 KB."""
    database = tmp_path / "kith.db"
    database.write_bytes(sqlite_template.read_bytes())
    kith = Kith(f"sqlite:///{database}", tmp_path)
    bomb = tmp_path / "bomb.zip"
    opening = json.dumps(channel(wrote(1)))[:-1].encode() + b', "x": ' + (b'"' if filling == b"x" else b"")
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.json", "w") as file:
        file.write(opening)
        for _ in range(64):
            file.write(filling * (4 * 1024 * 1024))
    line = kith.refused("import", "discord", bomb, "--community", "Home", memory=MEMORY)
    assert "a.json" in line
    assert not any(contents(f"sqlite:///{database}").values())


def test_errors_of_usage_are_one_line(sqlite_template: Path, tmp_path: Path) -> None:
    kith = Kith(f"sqlite:///{tmp_path / 'kith.db'}", tmp_path)
    for words in (
        ("import",),
        ("import", "pigeons", "x"),
        ("import", "telegram", "x", "--community", " "),
        ("import", "telegram", tmp_path, "--community", "Home", "--timezone", "Mars/Base"),
        ("stats", "--community", "Nowhere"),
        ("imprt",),
        ("import", "telegram", "x" * 5_000, "--community", "Home"),
        ("import", "levels", "x" * 5_000, "--community", "Home"),
        ("stats", "--community", "y" * 5_000),
        ("network", "--edges", "z" * 5_000),
    ):
        kith.refused(*words)


def test_another_communitys_server_is_refused(kith: Kith, tmp_path: Path) -> None:
    path = written(tmp_path, channel(wrote(1)))
    kith.json("import", "discord", path, "--community", "Home")
    assert "belongs to the community Home" in kith.refused("import", "discord", path, "--community", "Other")
    assert "Home" in kith.refused("stats", "--community", "Other")


def test_levels_of_another_bot(kith: Kith, tmp_path: Path, database_url: str) -> None:
    source = written(tmp_path, channel(wrote(1, 11), wrote(2, 12), wrote(3, 13)))
    kith.json("import", "discord", source, "--community", "Home")
    levels = written(
        tmp_path, "account,level,points\n11,3,\n@handle12,,700\ndiscord:99,1,\nMember 13,0,0\n", "levels.csv"
    )
    taken = kith.json("import", "levels", levels, "--community", "Home")
    assert taken == {"members": 3, "points": 475 + 700 + 100, "duplicates": 1, "unknown": 1, "skipped": {}}
    before = contents(database_url)
    again = kith.json("import", "levels", levels, "--community", "Home")
    assert (again["members"], again["points"], again["duplicates"]) == (0, 0, 4)
    assert contents(database_url) == before
    changed = written(tmp_path, "account;points\r\n11;500\r\n", "levels.csv")
    assert kith.json("import", "levels", changed, "--community", "Home")["points"] == 25


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("account,level\n11,3\nnobody,4\n", "line 3"),
        ("account,level\n11,three\n11,-1\n12,1\n", "line 2: “three” is no level"),
        ("account,level\n11,1\n11,2\n", "line 3: “11” was on line 2"),
        ("account,level\n,2\n", "line 2: there is no account"),
        ("account,points\n11,99999999999999\n", "line 2"),
        # As a spreadsheet saves them: fifteen digits, a float's nearest, and none worth the name.
        (
            f"account,level\n11,1\n{str(LONG)[:15]}000,3\n",
            "line 3: “123456789012345000” is of nobody here, but 12345678",
        ),
        (f"account,level\n{int(float(LONG))},3\n", f"but {LONG} begins with the same digits"),
        (f"account,level\ndiscord:{str(LONG)[:15]}000,3\n", f"but {LONG} begins with the same digits"),
        ("account,level\n1.23456789012346E+17,3\n", "line 2: a spreadsheet rounded “1.23456789012346E+17”"),
        ("account,level\n987654321098765000,3\n876543210987654000,4\n", "line 2: a spreadsheet rounded “9876"),
        ("name,xp\n11,3\n", "columns account and level"),
        ("", "columns account and level"),
    ],
)
def test_bad_rows_are_named_by_line(text: str, said: str, sqlite_template: Path, tmp_path: Path) -> None:
    database = tmp_path / "kith.db"
    database.write_bytes(sqlite_template.read_bytes())
    kith = Kith(f"sqlite:///{database}", tmp_path)
    history = channel(wrote(1, 11), wrote(2, 12), wrote(3, LONG))
    kith.json("import", "discord", written(tmp_path, history), "--community", "Home")
    before = contents(f"sqlite:///{database}")
    line = kith.refused("import", "levels", written(tmp_path, text, "levels.csv"), "--community", "Home")
    assert "levels.csv" in line
    assert said in line
    assert contents(f"sqlite:///{database}") == before


def test_migrate_and_parked_print_one_object(kith: Kith) -> None:
    assert kith.json("migrate")["revision"]
    assert kith.json("parked", "--retry") == {"applied": 0, "known": 0, "parked": 0, "events": [], "tasks": []}
