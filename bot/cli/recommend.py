"""`kith recommend`: which recommender is right for a community, and what a new ranking would have brought."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.shared import bad_input, show, with_store
from bot.settings import Settings
from core.domain.clock import SystemClock
from core.domain.errors import BadInput
from core.files.sheet import csv_of
from core.kit.communities import community_named
from core.kit.texts import Texts
from core.store.unit import Store
from core.studies.uplift import judged

if TYPE_CHECKING:  # loads NumPy and SciPy
    import numpy as np
    from numpy.typing import NDArray

    from core.files.table import Table
    from core.recommend import Signals

SPLITS = ("last", "time", "random")
MOST_PLACES = 1_000
_TEXTS = Texts("en")
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None, no_args_is_help=True)


@app.command()
def evaluate(  # noqa: PLR0913, PLR0917  each is an option
    ratings: Annotated[Path, typer.Option(help="A CSV file: one row a member and an item.")],
    user: Annotated[str, typer.Option(help="The column that names the member.")] = "user",
    item: Annotated[str, typer.Option(help="The column that names the item.")] = "item",
    time: Annotated[str | None, typer.Option(help="The column with the time; the order of rows without it.")] = None,
    value: Annotated[str | None, typer.Option(help="The column with the rating.")] = None,
    min_value: Annotated[float | None, typer.Option(help="The lowest rating that says “wanted”.")] = None,
    split: Annotated[str, typer.Option(help="What to test on: last, time or random.")] = "time",
    k: Annotated[int, typer.Option("--k", help="How long lists are.")] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Compare recommenders on what members wanted."""
    with bad_input():
        if split not in SPLITS:
            raise BadInput("recommend-split", text=split[:40])
        if not 1 <= k <= MOST_PLACES:
            raise BadInput("recommend-k", most=MOST_PLACES)
        if min_value is not None and value is None:
            raise BadInput("recommend-value")
        result = _evaluated(ratings, [user, item, time, value], min_value, split, k)
    show(result, as_json, _lines)


def _evaluated(path: Path, columns: list[str | None], min_value: float | None, split: str, k: int) -> dict[str, Any]:
    # NumPy, SciPy and scikit-learn take a while to load: only when there is something to analyse.
    from core.files.table import read_table  # noqa: PLC0415
    from core.recommend import NothingToTest, evaluate  # noqa: PLC0415

    table = read_table(path, [column for column in columns if column is not None])
    try:
        found = evaluate(_signals(table, columns, min_value), split=split, k=k, timer=perf_counter)
    except NothingToTest:
        raise BadInput("recommend-nothing-to-test", file=path.name, split=split) from None
    return asdict(found)


def _signals(table: Table, columns: list[str | None], min_value: float | None) -> Signals:
    """Return what the rows say: the first signal of each member and item."""
    import numpy as np  # noqa: PLC0415

    from core.recommend import Signals  # noqa: PLC0415

    user, item, time, value = columns
    member, thing = table.numbered(user or ""), table.numbered(item or "")
    day = table.days(time) if time else np.arange(len(table.lines), dtype=np.float64)
    ratings = table.numbers(value) if value else None
    if ratings is not None and min_value is not None:
        kept = ratings >= min_value
        if not kept.any():
            raise BadInput("recommend-none-wanted", file=table.name, value=f"{min_value:g}")
        member = np.unique(member[kept], return_inverse=True)[1]
        thing = np.unique(thing[kept], return_inverse=True)[1]
        day = day[kept]
    members, items = int(member.max()) + 1, int(thing.max()) + 1
    order = np.lexsort((day, thing, member))
    first = np.append(True, np.diff(member[order] * items + thing[order]) != 0)
    chosen = order[first]
    return Signals(member=member[chosen], item=thing[chosen], day=day[chosen], members=members, items=items)


def _lines(result: dict[str, Any]) -> list[str]:
    given = {"members": result["members"], "warm": result["warm"]}
    ranked = sorted(result["recommenders"], key=lambda each: -each["ndcg"])
    rows = [
        f"{each['name']:<20}{each['ndcg']:7.3f}  {each['ci_low']:.3f}–{each['ci_high']:.3f}{each['recall']:8.3f}"
        f"{each['coverage']:10.2f}{each['fit_seconds'] + each['recommend_seconds']:9.2f}"
        for each in ranked
    ]
    head = f"{'recommender':<20}{'ndcg':>7}  {'95 % of it':<11}{'recall':>8}{'coverage':>10}{'seconds':>9}"
    return [_TEXTS.plain(f"recommend-of-{result['of']}", **given), head, *rows]


@app.command()
def judge(
    logs: Annotated[Path, typer.Option(help="A CSV file: one row a showing.")],
    action: Annotated[str, typer.Option(help="The column that names what was shown.")] = "action",
    reward: Annotated[str, typer.Option(help="The column with what it brought.")] = "reward",
    propensity: Annotated[str, typer.Option(help="The column with its probability.")] = "propensity",
    position: Annotated[str | None, typer.Option(help="The column with its place in the list.")] = None,
    policy: Annotated[
        str, typer.Option(help="uniform, or a CSV file: action, probability, perhaps position.")
    ] = "uniform",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Say what a ranking would have brought, from the logs of another."""
    with bad_input():
        result = _judged(logs, [action, reward, propensity, position], policy)
    show(result, as_json, _sentence)


@app.command()
def shown(
    community: Annotated[str, typer.Option("--community", help="Its name.", show_default=False)],
) -> None:
    """Print what members were recommended a week ago or more, as CSV that `judge` reads."""

    async def work(store: Store, settings: Settings) -> str:
        async with store.read() as unit:
            home = await community_named(unit, community)
            rows = await judged(unit, home.id, SystemClock().now())
            items = await unit.catalogue.many(home.id, {each.item_id for each, *_ in rows})
        head = ("action", "position", "propensity", "reward")
        told = [(items[each.item_id].key, each.place, chance, int(opened)) for each, chance, opened in rows]
        return csv_of([head, *told])

    typer.echo(with_store(work), nl=False)


def _judged(path: Path, columns: list[str | None], policy: str) -> dict[str, Any]:
    import numpy as np  # noqa: PLC0415

    from core.files.table import read_table  # noqa: PLC0415
    from core.recommend import judge  # noqa: PLC0415

    action, reward, propensity, position = columns
    table = read_table(path, [column for column in columns if column is not None])
    actions = table.labels(action or "")
    logged = _probabilities(table, propensity or "", least=0.0)
    places = table.labels(position) if position else None
    if policy == "uniform":
        wanted = np.full(len(actions), 1.0 / len(set(actions)))
    else:
        wanted = _policy(Path(policy), actions, places)
    numbered = table.numbered(position) if position else None
    return asdict(judge(table.numbers(reward or ""), logged, wanted, numbered))


def _policy(path: Path, actions: list[str], places: list[str] | None) -> NDArray[np.float64]:
    """Return the probability that a file gives to what each row shows, 0 where it names it not."""
    import numpy as np  # noqa: PLC0415

    from core.files.table import columns_of, read_table  # noqa: PLC0415

    by_place = places is not None and "position" in columns_of(path)
    table = read_table(path, ["action", "probability", *(["position"] if by_place else [])])
    chances = _probabilities(table, "probability", least=None).tolist()
    spots = table.labels("position") if by_place else [""] * len(chances)
    given = dict(zip(zip(table.labels("action"), spots, strict=True), chances, strict=True))
    if len(given) < len(chances):
        raise BadInput("recommend-policy-twice", file=path.name)
    for spot in set(spots):
        total = sum(chance for (_, where), chance in given.items() if where == spot)
        if abs(total - 1.0) > 1e-3:
            raise BadInput("recommend-policy-sum", file=path.name, total=f"{total:.4g}")
    asked = zip(actions, places if by_place and places else [""] * len(actions), strict=True)
    return np.array([given.get(pair, 0.0) for pair in asked])


def _probabilities(table: Table, column: str, least: float | None) -> NDArray[np.float64]:
    """Return a column of probabilities, above `least` where it is given."""
    found = table.numbers(column)
    bad = (found > 1.0) | (found < 0.0 if least is None else found <= least)
    if bad.any():
        place = int(bad.argmax())
        given = {"line": table.lines[place], "column": column, "text": table.columns[column][place][:40]}
        raise BadInput("recommend-probability", file=table.name, **given)
    return found


def _sentence(result: dict[str, Any]) -> list[str]:
    if result["refused"]:
        return [_TEXTS.plain("recommend-refused", ess=f"{result['ess']:.0f}")]
    figures = {name: f"{result[name]:.3g}" for name in ("estimate", "ci_low", "ci_high")}
    low, high = figures["ci_low"], figures["ci_high"]
    return [
        _TEXTS.plain("recommend-judged", estimate=figures["estimate"], low=low, high=high, ess=f"{result['ess']:.0f}")
    ]
