"""Poll: one vote each, which can be changed while it is open; a platform's own where it has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.domain.activities import Choice, Lines, Number, Run, Text
from core.domain.effects import HOLDOUT, Effect, Metric
from core.domain.errors import KithError
from core.domain.facts import Voted
from core.domain.message import Reply
from core.domain.pictures import Chart, Series
from core.domain.polls import Question
from core.domain.schedule import Weekly
from core.kit import Context, Happened, Markup, action, after
from core.kit.activities import activity, in_rows, open_run, redraw, take_part, under_post, voted_in
from core.kit.polls import poll_result
from core.store.unit import UnitOfWork

MOST = 10
_ROWS = 5  # that every platform shows
_BAR = 10  # signs of the longest bar


@activity(
    schedule=Weekly("mon 12:00"),
    fields=(
        Text(name="ask", default=None, limit=300),
        Lines(name="options", default=None, least=2, most=MOST, limit=40),
        Number(name="hours", default=24, low=1, high=24 * 28, offers=(1, 6, 24, 72, 168)),
        Number(name="points", default=0, high=500, offers=(0, 5, 10, 20)),
        Choice(name="tell", options=("room", "direct"), default="room"),
        HOLDOUT,
    ),
    effect=Effect(metric=Metric.ACTIVE),
)
async def poll(context: Context, run: Run) -> Reply:
    """Put the question up, with a button for each answer and how many chose it."""
    votes = await context.unit.activities.count_answers(run.id)
    options = _options(run)
    made = [
        under_post(context, f"{option} · {votes.get(str(at), 0)}", poll_voted, run=run.id, option=at)
        for at, option in enumerate(options)
    ]
    rows = in_rows(made, 1 if len(made) <= _ROWS else 2)
    return Reply(context.t("activity-poll-post", ask=run.values["ask"] or "", count=sum(votes.values())), rows)


@poll.asking
async def asked(context: Context, run: Run) -> Question:
    """Return what a platform's own poll asks."""
    return Question(text=run.values["ask"] or "", options=tuple(_options(run)))


@after(Voted)
async def voted_in_a_poll(unit: UnitOfWork, happened: Happened[Voted]) -> None:
    """Let whoever votes take part."""
    for happening, fact in happened:
        if (found := await voted_in(unit, happening, fact, poll)) is None:
            continue
        context, run = found
        try:
            await take_part(context, run.id)
        except KithError:
            continue  # the poll counts the vote all the same
        for each in context.facts:
            happening.raise_(each)


@poll.ending
async def over(context: Context, run: Run) -> Reply:
    """Say what came of it, the most chosen first."""
    result, options = await poll_result(context, run.name), _options(run)
    votes: Mapping[str, int] = await context.unit.activities.count_answers(run.id)
    if result is not None:
        votes = {str(at): count for at, count in enumerate(result.counts)}
    total = sum(votes.values())
    lines = [context.t("activity-poll-over", ask=run.values["ask"] or "", count=total)]
    most = max(votes.values(), default=0)
    ranked = sorted(((votes.get(str(at), 0), option) for at, option in enumerate(options)), key=lambda each: -each[0])
    for count, option in ranked:
        bar = "▇" * round(_BAR * count / most) if most else ""
        share = round(100 * count / total) if total else 0
        lines.append(context.t("activity-poll-line", option=option, bar=bar or "–", count=count, share=share))
    picture = _chart(context, run, ranked) if result is not None and total else None
    return Reply(Markup("\n".join(lines)), picture=picture)


def _chart(context: Context, run: Run, ranked: Sequence[tuple[int, str]]) -> Chart:
    total = sum(count for count, _ in ranked)
    return Chart(
        title=str(run.values["ask"] or ""),
        foot=context.t.plain("activity-poll-foot", community=context.community.name, count=total),
        kind="bar",
        x=tuple(option for _, option in ranked),
        series=(Series(label=context.t.plain("activity-poll-votes"), values=tuple(float(each) for each, _ in ranked)),),
    )


@action(private=True)
async def poll_voted(context: Context, run: int, option: int) -> Reply:
    """Count a vote, in place of an earlier one."""
    it = await open_run(context, run)
    options = _options(it)
    if not 0 <= option < len(options):
        return Reply(context.t("activity-poll-gone"))
    _, part = await take_part(context, run)
    voted = await _voter(context, it)
    await context.unit.activities.answer(it, voted, str(option), context.now)
    await redraw(context, it)
    return Reply(context.t("activity-poll-voted", option=options[option], points=part.points))


async def _voter(context: Context, run: Run) -> int:
    """Return the account that voted, of those that whoever asks has: a second one of theirs has no second vote."""
    mine = await context.my_accounts()
    voted = await context.unit.activities.answers([run.id], mine)
    return voted[0].account_id if voted else context.my_account.id


def _options(run: Run) -> list[str]:
    frozen = run.detail.setdefault("options", list(run.values["options"] or ()))
    return list(frozen)
