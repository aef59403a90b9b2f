"""Charts as features declare them: who may see them, what they are drawn of, and what is said of nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fluent.runtime import FluentResource
from typer.testing import CliRunner

from bot.cli.chart import app, drawn
from bot.cli.report import told
from core.domain.errors import NotFound
from core.domain.message import plain_text
from core.domain.people import Person, Rights
from core.domain.pictures import Chart, Series
from core.engine import discover
from core.features.community.chart import SECTIONS, in_order
from core.kit import Context, texts
from core.kit.charts import ChartHandler, chart
from core.kit.declare import declared
from tests.world import World

TREND = "Health, week by week"
ALL = ", ".join(
    texts.Texts("en").plain(f"chart-{each.name}")
    for each in in_order(discover().charts)
    if each.rights is not Rights.OWNER
)


async def talk(world: World) -> None:
    """Let three people answer each other for three weeks."""
    world.moderator("mo")
    for _ in range(3):
        for one, other in (("ana", "bo"), ("bo", "cy"), ("cy", "ana")):
            await world.say(one, "hello")
            await world.say(one, "well", reply_to="1", reply_author=Person(other, other.capitalize()))
        await world.advance(days=7)


async def test_one_chart_stands_in_the_chat_the_report_and_on_the_command_line(world: World) -> None:
    await talk(world)
    await world.say("mo", "/chart")
    await world.press("mo", TREND)
    shown = world.sent[-1].outgoing.picture
    assert isinstance(shown, Chart)
    await world.say("mo", "/health")
    assert world.sent[-1].outgoing.picture == shown
    page = await told(world.store, "Data Kitchen", "en")
    assert [name for name, _, _ in page.parts].count("health") == 1
    assert "chart-health_trend" not in [name for name, _, _ in page.parts]  # the part on health shows it
    figures = await drawn(world.store, "Data Kitchen", "health_trend", "zh-CN")
    assert isinstance(figures, Chart)
    assert "、" in figures.alt
    assert [row[0] for row in figures.rows()][1:] == list(figures.x)


async def test_a_chart_is_asked_for_by_its_name_in_either_language(world: World) -> None:
    await talk(world)
    for name in ("health_trend", TREND, "每周健康走势", "HEALTH_TREND"):
        before = len(world.sent)
        await world.say("mo", f"/chart {name}")
        assert [plain_text(each.outgoing.text) for each in world.sent[before:]] == [TREND], name
    await world.say("mo", "/chart of nobody")
    assert world.last == f"There is no chart called “of nobody”. There are: {ALL}."


async def test_where_there_is_too_little_that_is_said(world: World) -> None:
    world.moderator("mo")
    await world.say("mo", "/chart health_trend")
    assert world.last.startswith("Nobody has answered")
    with pytest.raises(NotFound) as raised:
        await drawn(world.store, "Data Kitchen", "health_trend")
    assert raised.value.key == "charts-too-little"
    with pytest.raises(NotFound) as raised:
        await drawn(world.store, "Data Kitchen", "of nobody")
    assert raised.value.key == "charts-unknown"


async def count(context: Context) -> int:
    return await context.unit.members.count(context.community.id)


@chart(reads=count, rights=Rights.OWNER)
def takings(context: Context, members: int) -> Chart | None:
    """Show what is for owners alone."""
    series = Series(label="<b>people</b>", values=(1, members))
    return Chart(title="=Takings", foot="of all", kind="column", x=("=x", "now"), series=(series,))


async def test_one_for_owners_is_not_there_for_moderators(world: World) -> None:
    handler = declared(takings)
    assert isinstance(handler, ChartHandler)
    for language in texts.LANGUAGES:
        texts._bundle(language).add_resource(FluentResource("chart-takings = Takings"))
    try:
        registry = world.engine.registry
        world.engine.registry = replace(registry, charts={**registry.charts, "takings": handler})
        world.moderator("mo")
        world.moderator("olga", Rights.OWNER)
        await world.say("mo", "/chart takings")
        assert world.last == f"There is no chart called “takings”. There are: {ALL}."
        await world.say("olga", "/chart takings")
        assert world.last == "Takings"
        assert world.sent[-1].outgoing.picture is not None
        assert world.sent[-1].outgoing.picture.alt.startswith("=Takings · <b>people</b>: =x 1, now ")
    finally:
        texts._bundle.cache_clear()


def test_what_is_drawn_of_nothing_is_refused_where_it_is_declared() -> None:
    with pytest.raises(ValueError, match="of a study, or of what it reads"):
        chart()


def test_each_chart_has_a_section_of_the_report() -> None:
    named = [name for names in SECTIONS.values() for name in names]
    assert sorted(named) == sorted(discover().charts)


def test_the_command_line_lists_charts() -> None:
    assert set(discover().charts) >= {"health_trend"}
    result = CliRunner().invoke(app, ["--language", "zh-CN"])
    listed = dict(line.split(maxsplit=1) for line in result.stdout.splitlines())
    assert (result.exit_code, set(listed)) == (0, set(discover().charts))
    assert listed["health_trend"] == "每周健康走势"
    assert CliRunner().invoke(app, ["--language", "fr"]).exit_code == 2
