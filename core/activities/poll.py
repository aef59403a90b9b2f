"""Poll: one vote each, which can be changed while it is open."""

from __future__ import annotations

from core.domain.activities import Choice, Lines, Number, Run, Text
from core.domain.message import Reply
from core.domain.schedule import Weekly
from core.kit import Context, Markup, action
from core.kit.activities import activity, in_rows, open_run, redraw, take_part

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
    ),
)
async def poll(context: Context, run: Run) -> Reply:
    """Put the question up, with a button for each answer and how many chose it."""
    votes = await context.unit.activities.count_answers(run.id)
    options = _options(run)
    made = [
        context.button(f"{option} · {votes.get(str(at), 0)}", poll_voted, anyone=True, run=run.id, option=at)
        for at, option in enumerate(options)
    ]
    rows = in_rows(made, 1 if len(made) <= _ROWS else 2)
    return Reply(context.t("activity-poll-post", ask=run.values["ask"] or "", count=sum(votes.values())), rows)


@poll.ending
async def over(context: Context, run: Run) -> Reply:
    """Say what came of it, the most chosen first."""
    votes = await context.unit.activities.count_answers(run.id)
    total, options = sum(votes.values()), _options(run)
    lines = [context.t("activity-poll-over", ask=run.values["ask"] or "", count=total)]
    most = max(votes.values(), default=0)
    for at, option in sorted(enumerate(options), key=lambda each: -votes.get(str(each[0]), 0)):
        count = votes.get(str(at), 0)
        bar = "▇" * round(_BAR * count / most) if most else ""
        share = round(100 * count / total) if total else 0
        lines.append(context.t("activity-poll-line", option=option, bar=bar or "–", count=count, share=share))
    return Reply(Markup("\n".join(lines)))


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
    mine = [account.id for account in await context.unit.members.accounts_of([context.me.id])]
    voted = await context.unit.activities.answers([run.id], mine)
    return voted[0].account_id if voted else context.my_account.id


def _options(run: Run) -> list[str]:
    frozen = run.detail.setdefault("options", list(run.values["options"] or ()))
    return list(frozen)
