"""Whom Kith names: beside figures about a person only those who agreed, whatever puts the figures out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import httpx
import pytest

from bot.cli.network import current, told
from bot.cli.report import told as report
from bot.cli.stats import figures
from bot.web.app import make_app
from core.domain.clock import ManualClock
from core.domain.events import CommandCalled
from core.domain.message import plain_text
from core.domain.people import Consent, Member, Person, Rights
from core.engine.registry import discover
from core.kit.arguments import optional
from core.kit.consent import personal
from core.kit.declare import Command
from core.store.unit import Store
from tests.platforms.exports import chat, said, written
from tests.world import World
from tests.world.again import again
from tests.world.command_line import LASTING, LEAVES, STARTING, called, given, kind_of

CROWD = [f"{name}quist" for name in ("abel", "bert", "cleo", "dora", "egon", "fritz", "greta", "hugo")]
# The service itself: ranks, and whom a moderator's deed was about.
SERVICE = {"leaderboard", "audit"}
REGISTRY = discover()


@pytest.fixture
async def crowded(store: Store) -> World:
    """Give a community in which eight counted people answer each other, with an owner and Ana."""
    return await again(store, crowd)


async def crowd(world: World) -> None:
    await world.open()
    world.moderator("olga", Rights.OWNER)
    for who in ("olga", "ana"):
        await world.say(who, "hello")
    for who in CROWD:
        asked = await world.say(who, "how?")
        for other in CROWD:
            if other != who:
                await world.say(other, "so", reply_to=asked)
    await world.advance(days=1)


def naming(text: str) -> list[str]:
    return [who for who in CROWD if who in text.lower()]


def options_of(command: Command) -> Iterator[dict[str, str]]:
    """Yield options for a call: none, and one for each that is shown."""
    yield {}
    options: dict[str, str] = {}
    for each in command.parameters:
        kind, limits = optional(each.annotation)
        if kind is Member:
            options[each.name] = "@ana"
        elif kind is int:
            options[each.name] = str(limits.low if limits else 1)
        else:
            options[each.name] = str(get_args(kind)[0]) if get_origin(kind) is Literal else "word"
    if options:
        yield options


async def test_no_command_names_whoever_is_only_counted(crowded: World) -> None:
    seen: dict[str, list[str]] = {}
    for name, command in sorted(REGISTRY.commands.items()):
        for options in options_of(command):
            before = len(crowded.sent)
            mentions = {"@ana": Person("ana", "Ana")}
            await crowded.happen(CommandCalled, "olga", name=name, options=options, mentions=mentions)
            await crowded.advance(minutes=2)
            assert len(crowded.sent) > before
            for sent in crowded.sent[before:]:
                out = sent.outgoing
                labels = [button.label for row in out.buttons for button in row]
                alt = "" if out.picture is None else f"{out.picture.alt} {out.picture}"
                if found := naming(f"{plain_text(out.text)} {labels} {alt}"):
                    seen.setdefault(name, found)
    assert set(seen) <= SERVICE, seen
    assert "leaderboard" in seen  # they would be found


async def test_no_figure_of_the_command_line_names_them_unless_the_operator_asks(
    crowded: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("report", "stats"):
        monkeypatch.setattr(f"bot.cli.{module}.SystemClock", lambda: ManualClock(crowded.clock.now()))
    stats = await figures(crowded.store, "Data Kitchen")
    page = await report(crowded.store, "Data Kitchen", "")
    _, result = await current(crowded.store, "Data Kitchen", crowded.clock.now())
    async with crowded.store.read() as unit:
        there = await unit.members.many(result.baseline.members)
    network = told(result, {member.id: member.name for member in personal(there.values())})
    for each in (stats, page, network):
        assert naming(str(each)) == []
    assert {each["people"] for each in stats["most_replied_to"]} == {7}
    community = await crowded.community()
    async with crowded.store.read() as unit:
        assert "names" not in [deed.action for deed in await unit.audit.newest(community.id, 50)]
    named = await figures(crowded.store, "Data Kitchen", names=True)
    assert len(naming(str(named))) == len(CROWD)
    assert _nameless(named) == _nameless(stats)
    await crowded.say("olga", "/audit")
    assert "On the command line, the names of all members were shown" in crowded.last


def test_no_command_of_the_command_line_names_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever commands there are: what they print, what they complain of, and the files that they write."""
    for name in ("KITH_DATABASE_URL", "KITH_TELEGRAM_TOKEN", "KITH_DISCORD_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KITH_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    people = [{"from": who.capitalize(), "from_id": f"user{at + 1}"} for at, who in enumerate(CROWD)]
    messages = [
        said(number, **people[number % len(people)], reply_to_message_id=number - number % 3 - 1)
        for number in range(1, 300)
    ]
    export = written(tmp_path / "in", chat(*messages))
    assert called(monkeypatch, "import", "telegram", str(export), "--community", "Home") == 0
    table = tmp_path / "in" / "table.csv"
    table.write_text("source,target,day\n1,2,2026-01-01\n")
    names: dict[str, list[str]] = {}
    out = tmp_path / "out.html"
    for name, (words, command) in LEAVES.items():
        if name in STARTING | LASTING:
            continue
        usual = {"community": "Home", "out": str(out), "member": "nobody"}
        for more in ([], ["--json"]):
            wanted = [each for each in command.params if each.required or each.name in usual]
            values = [
                word
                for each in wanted
                for word in given(each, usual.get(each.name, str(table) if kind_of(each) == "path" else "day"))
            ]
            flags = [each for each in more if any(each in option.opts for option in command.params)]
            capsys.readouterr()
            called(monkeypatch, *words, *values, *flags)
            shown = capsys.readouterr()
            files = [path.read_text("utf-8", "replace") for path in tmp_path.glob("out*") if path.suffix != ".png"]
            if found := naming(" ".join([shown.out, shown.err, *files])):
                names[name] = found
    assert names == {}
    assert out.exists()
    assert called(monkeypatch, "stats", "--community", "Home", "--names") == 0
    assert naming(capsys.readouterr().out)  # they would be found


async def test_no_page_and_no_log_names_them(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    world = World(store)
    await crowd(world)  # here, for what is logged meanwhile
    transport = httpx.ASGITransport(make_app(world.house))
    async with httpx.AsyncClient(transport=transport, base_url="http://kith") as web:
        for path in ("/health", "/metrics"):
            answer = await web.get(path)
            assert answer.text
            assert naming(answer.text) == [], path
    shown = capsys.readouterr()
    assert naming(shown.out + shown.err) == []


def _nameless(figures: dict[str, Any]) -> dict[str, Any]:
    return {**figures, "most_replied_to": [(e["place"], e["people"]) for e in figures["most_replied_to"]]}


async def test_whoever_agreed_is_named(crowded: World) -> None:
    await crowded.say(CROWD[0], "/consent personal")
    stats = await figures(crowded.store, "Data Kitchen")
    assert naming(str(stats)) == CROWD[:1]


@pytest.mark.parametrize(("state", "days"), [(Consent.COUNTED, 0), (Consent.PERSONAL, 30)])
async def test_anothers_card_shows_what_the_service_shows(crowded: World, state: Consent, days: int) -> None:
    await crowded.say("ana", f"/consent {state.value}")
    await crowded.say("olga", "/me @ana")
    card: Any = crowded.sent[-1].outgoing.picture
    assert (card.name, len(card.days)) == ("Ana", days)
    await crowded.say("olga", "/me")
    own: Any = crowded.sent[-1].outgoing.picture
    assert (own.name, len(own.days)) == ("Olga", 30)


async def test_a_moderator_who_grants_to_themself_stands_out(crowded: World) -> None:
    await crowded.say("olga", "/grant @olga 5 for myself")
    await crowded.press("olga", "Undo")
    await crowded.say("olga", "/grant @ana 5 for her")
    await crowded.say("olga", "/audit")
    lines = [line.partition(" · ")[2].partition(" (#")[0].partition(" #")[0] for line in crowded.last.splitlines()[1:]]
    assert lines == ["Olga gave Ana 5 points", "Olga took back", "Olga gave themself 5 points"]
    assert "of their own" in crowded.last
