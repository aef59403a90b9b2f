"""What a kind of activity is written with: `@activity`, who takes part, and what it gives them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from core.domain.activities import EVERYBODY, HOURS, LEAD, Activity, Field, Phase, Run
from core.domain.audience import Audience
from core.domain.community import Space
from core.domain.effects import Effect
from core.domain.errors import BadInput, NotFound
from core.domain.facts import Fact, TookPart, Voted
from core.domain.kinds import Kind
from core.domain.message import Button, Reply
from core.domain.people import Member
from core.domain.points import Reason
from core.domain.polls import Question
from core.domain.schedule import Daily, Schedule
from core.kit import posts
from core.kit.audience import must_be_asked
from core.kit.consent import must_serve
from core.kit.context import Action, BookedAlready, Context
from core.kit.happening import Happening
from core.kit.texts import Texts
from core.store.unit import UnitOfWork

_MORNING = Daily("09:00")
_BANK = 600  # runs that are looked at; a bank holds 500
PREVIEW = 0  # the id of a run that isn't one
Saying = Callable[[Context, Run], Awaitable[Reply | None]]
Asking = Callable[[Context, Run], Awaitable[Question]]
Reaching = Callable[[Context, Run], Awaitable[Sequence["Letter"]]]
Expecting = Callable[[Context, Run], Awaitable[Collection[int]]]
Planning = Callable[[Context, Run], Awaitable[None]]
Sparing = Callable[[Context, Run, Audience], Awaitable[Audience]]
Lasting = Callable[[Mapping[str, Any]], timedelta]
Taking = Callable[[Run], datetime]


@dataclass(frozen=True, slots=True)
class Letter:
    """What is written to some members directly, by language; its `name` is one of the run's alone."""

    name: str
    to: Audience
    replies: Mapping[str, Reply]


class NothingToDo(BadInput):
    """Say why a run can't begin, by the key of why: its activity pauses."""


@dataclass
class ActivityKind:
    """A kind of activity as declared; see `activity`."""

    name: str
    begin: Saying
    schedule: Schedule
    fields: tuple[Field, ...]
    needs: Mapping[str, str]
    late: timedelta
    length: Lasting | None = None
    mirrored: bool = False
    taking: Taking | None = None
    finish: Saying | None = None
    question: Asking | None = None
    letters: Reaching | None = None
    expected: Expecting | None = None
    effect: Effect | None = None
    plans: Planning | None = None
    spares: Sparing | None = None

    def ending(self, finish: Saying) -> Saying:
        """Make `f(context, run)` what is said when a run is over: it stands in the post from then on."""
        self.finish = finish
        return finish

    def asking(self, question: Asking) -> Asking:
        """Make `f(context, run)` what a poll asks in place of what is put up, unless its buttons are needed elsewhere.

        Votes come back as `Voted`; see `voted_in`.
        """
        self.question = question
        return question

    def reaching(self, letters: Reaching) -> Reaching:
        """Make `f(context, run)` what is written to members directly, in place of a post in the room."""
        self.letters = letters
        return letters

    def expecting(self, members: Expecting) -> Expecting:
        """Make `f(context, run)` tell whom the letters would have gone to in a season of eight weeks, by member id."""
        self.expected = members
        return members

    def planning(self, plans: Planning) -> Planning:
        """Make `f(context, run)` what plans, once a run has begun, what is to come of it before it ends."""
        self.plans = plans
        return plans

    def sparing(self, spares: Sparing) -> Sparing:
        """Make `f(context, run, audience)` return who of an audience is written to beside the post in the room."""
        self.spares = spares
        return spares

    async def writes_to(self, context: Context, run: Run, audience: Audience) -> Audience:
        """Return who of an audience a run writes to beside its post."""
        return audience if self.spares is None else await self.spares(context, run, audience)

    def asks(self, activity: Activity, values: Mapping[str, Any]) -> bool:
        """Say whether an activity asks by poll: not where some alone may vote, or members are written to as well."""
        return self.question is not None and activity.audience == EVERYBODY and values.get("tell") != "direct"

    def values(self, settings: Mapping[str, Any]) -> dict[str, Any]:
        """Return what was set up, and defaults for the rest; what a kind no longer asks is left out."""
        return {each.name: settings.get(each.name, each.default) for each in self.fields}

    def lacking(self, settings: Mapping[str, Any]) -> list[Field]:
        """Return the fields that must still be filled in."""
        return [each for each in self.fields if each.default is None and not settings.get(each.name)]

    def takes_until(self, run: Run) -> datetime | None:
        """Return until when a run takes anybody new in, None where nobody can take part anyway."""
        run = replace(run, values=self.values(run.activity.settings))
        return run.ends_at if self.taking is None or run.ends_at is None else self.taking(run)

    def takes(self, values: Mapping[str, Any]) -> timedelta | None:
        """Return how long what a run announces takes once it starts, None where its kind doesn't know."""
        return None if self.length is None else self.length(values) - timedelta(hours=int(values.get(LEAD.name, 0)))

    def ends_at(self, values: Mapping[str, Any], due_at: datetime, now: datetime) -> datetime | None:
        """Return when a run of a slot that begins now is over, None where nobody can take part anyway."""
        if self.length is not None:
            return due_at + self.length(values)
        if self.finish is None or HOURS.name not in {each.name for each in self.fields}:
            return None
        return now + timedelta(hours=values[HOURS.name])


def activity(
    *,
    schedule: Schedule = _MORNING,
    fields: tuple[Field, ...] = (),
    needs: Mapping[str, str] | None = None,
    late: timedelta = timedelta(hours=6),
    effect: Effect | None = None,
    lasts: Lasting | None = None,
    mirrored: bool = False,
    taking: Taking | None = None,
) -> Callable[[Saying], ActivityKind]:
    """Make an async function `f(context, run)` a kind of activity: it returns what is put up when a run begins.

    It only reads, since a preview calls it too; what the run must remember it puts into `run.detail`. Where there is
    nothing to put up it raises NothingToDo, or returns None to leave this run alone out, with `run.detail["why"]`.
    `fields` are what moderators fill in, found in `run.values`: `points` is what taking part gives, `hours` how long
    one can, after which `ending` says how it went. `needs` names the words of a right (`activity-need-…`) by the
    setting `field=value` that needs it, or always under "". A run that is `late` by more, since Kith was down, is left
    out. `lasts` says of what was filled in how long a run lasts, from its slot on, where that isn't just `hours`; with
    a `lead` it announces what starts so many hours later. The next run of a `mirrored` one stands in
    the platform's own calendar, where it has one. `taking` says until when a run takes anybody new in, where that isn't
    its end. `effect` is what it is to change; see `core.domain.effects.Effect`.
    Its words are `activity-<name>` and `activity-<name>-about`.
    """

    def declare(begin: Saying) -> ActivityKind:
        kind = ActivityKind(
            begin.__name__, begin, schedule, fields, needs or {}, late, lasts, mirrored, taking, effect=effect
        )
        kind.__module__, kind.__doc__ = begin.__module__, begin.__doc__  # as it is found where it is declared
        return kind

    return declare


@dataclass(frozen=True, slots=True)
class Part:
    """That somebody takes part: whether they did `already`, and what it gave."""

    already: bool
    points: int


async def take_part(context: Context, run_id: int, *, deserved: bool = True) -> tuple[Run, Part]:
    """Let whoever presses take part in a run, once, and give them its points where these are `deserved`.

    Raise BadInput, NotAllowed or NotFound with why they can't.
    """
    run, member = await open_run(context, run_id), must_serve(context, context.me)
    mine = await context.my_accounts()
    here = context.community.id, Kind.TOOK_PART, run.name
    if await context.unit.interactions.did(*here, mine):
        return run, Part(True, 0)
    context.raise_(TookPart(member=member, account=context.my_account, subject=run.name))
    return run, Part(False, await reward(context, run, member, mine) if deserved else 0)


async def open_run(context: Context, run_id: int) -> Run:
    """Return a run in which whoever asks can take part; raise with why they can't."""
    if run_id == PREVIEW:
        raise BadInput("activity-preview-only")
    run = await run_of(context, run_id)
    if run.phase is not Phase.OPEN or (run.ends_at is not None and run.ends_at <= context.now):
        raise BadInput("error-activity-over")
    await must_be_asked(context, run)
    return run


async def run_of(context: Context, run_id: int) -> Run:
    """Return a run of the community with its values; raise NotFound where there is none."""
    run = await context.unit.activities.run(context.community.id, run_id)
    kind = None if run is None else context.kinds.get(run.activity.kind)
    if run is None or kind is None:
        raise NotFound("error-no-activity")
    return replace(run, values=kind.values(run.activity.settings))


async def place_of(context: Context, activity: Activity) -> tuple[Space, str | None]:
    """Return the space and the platform's id of the room of an activity; raise NothingToDo where it is gone."""
    space = await context.unit.communities.space(activity.space_id)
    if space.closed:
        raise NothingToDo("activity-trouble-space")
    if activity.room_id is None:
        return space, None
    room = await context.unit.communities.room_with(activity.room_id)
    if room.deleted:
        raise NothingToDo("activity-trouble-room")
    return space, room.external_id


async def redraw(context: Context, run: Run) -> None:
    """Let the post of a run say what it says by now: once for all that is pressed together, at its end."""
    if context.at_end is None:
        await _redraw(context, run)
    else:
        context.at_end[run.name] = partial(_redraw_anew, run_id=run.id)


async def _redraw(context: Context, run: Run) -> None:
    kind: ActivityKind = context.kinds[run.activity.kind]
    if (reply := await kind.begin(in_public(context), run)) is not None:
        await posts.change(context, run.name, reply)


async def _redraw_anew(context: Context, run_id: int) -> None:
    await _redraw(context, await run_of(context, run_id))


def in_public(context: Context) -> Context:
    """Return a context with the words of the community, for what everybody reads."""
    return replace(context, t=type(context.t)(context.community.settings.language))


def in_rooms(context: Context, activities: Iterable[Activity]) -> list[Activity]:
    """Return those that everybody in their room sees: of kinds that there are, which write to nobody alone."""
    kinds: Mapping[str, ActivityKind] = context.kinds
    return [each for each in activities if each.kind in kinds and kinds[each.kind].letters is None]


def context_after(unit: UnitOfWork, happening: Happening, fact: Fact, kind: ActivityKind) -> Context:
    """Return a context for whom `fact` is about, in which the runs of a kind can be joined and redrawn.

    What it is to send and to raise is for `happening`, once that is done.
    """
    community = happening.community
    context = Context(unit, happening.now, community, Texts(community.settings.language))
    context.space, context.account, context.member = happening.space, fact.account, fact.member
    context.kinds = {kind.name: kind}
    return context


async def voted_in(
    unit: UnitOfWork, happening: Happening, fact: Voted, kind: ActivityKind
) -> tuple[Context, Run] | None:
    """Return the run of a kind whose poll a vote is in, and a context for whoever voted; None for another poll."""
    name, _, number = fact.subject.partition(":")
    if name != "run" or not number.isdecimal():
        return None
    run = await unit.activities.run(happening.community.id, int(number))
    if run is None or run.activity.kind != kind.name:
        return None
    context = context_after(unit, happening, fact, kind)
    return context, await run_of(context, run.id)


async def who_takes_part(context: Context, run: Run) -> dict[int, Member]:
    """Return who took part in a run, by account."""
    did = await context.unit.interactions.who_did(context.community.id, Kind.TOOK_PART, run.name)
    return await context.unit.members.of_accounts(did)


async def count_parts(context: Context, run: Run) -> int:
    """Return how many take part in a run, whoever just joins included."""
    if run.id == PREVIEW:
        return 0
    joining = sum(isinstance(each, TookPart) and each.subject == run.name for each in context.facts)
    return joining + await context.unit.interactions.count_about(context.community.id, Kind.TOOK_PART, run.name)


async def took(context: Context, runs: Collection[Run], account_ids: Collection[int]) -> dict[int, set[str]]:
    """Return in which of these runs each account took part, by their names."""
    found: dict[int, set[str]] = {}
    names = [run.name for run in runs]
    for account, name in await context.unit.interactions.subjects(
        context.community.id, Kind.TOOK_PART, names, account_ids
    ):
        found.setdefault(account, set()).add(name)
    return found


async def reward(context: Context, run: Run, member: Member, mine: list[int]) -> int:
    """Give the points of a run, to nobody for more runs a day than the rules say; return how many."""
    points = int(run.values.get("points", 0))
    if points <= 0:
        return 0
    zone = ZoneInfo(context.community.settings.timezone)
    midnight = datetime.combine(date.fromisoformat(context.today), time(), zone).astimezone(UTC)
    since = min(midnight, run.began_at or midnight)
    had = await context.unit.ledger.tally(mine, (Reason.ACTIVITY, Reason.SUM), since)
    # Of the entries of whoever asked to be left out there is but a sum, which may hold this run's.
    if any(reason is Reason.SUM for _, reason, _ in had):
        return 0
    if sum(at >= midnight for _, _, at in had) >= context.rules.activities_a_day:
        return 0
    try:
        await context.give(context.my_account, points, Reason.ACTIVITY, f"{run.name}:{member.id}")
    except BookedAlready:  # before they asked to be left out, with which what they did went
        return 0
    return points


async def next_of_bank(context: Context, run: Run, bank: Sequence[str]) -> str:
    """Return what a run is about, of a bank: what came least often so far, the first of several.

    The run remembers it, even where the bank changes. Raise NothingToDo where the bank is empty.
    """
    if "item" not in run.detail:
        if not bank:
            raise NothingToDo("activity-trouble-bank")
        before = await context.unit.activities.runs_of(run.activity, (Phase.OPEN, Phase.OVER), _BANK)
        asked = Counter(each.detail.get("item") for each in before)
        run.detail["item"] = min(bank, key=lambda each: asked[each])
    return str(run.detail["item"])


def button(context: Context, label: str, action: Action, run: Run, **options: Any) -> Button:
    """Return a button under a run's post, which anybody may press; see `under_post`."""
    return under_post(context, context.t.plain(label), action, run=run.id, **options)


def under_post(context: Context, label: str, action: Action, **options: Any) -> Button:
    """Return a button that anybody may press: what it stands under stays, be it a letter to one of them."""
    return replace(context.button(label, action, anyone=True, **options), replace_message=False)


def in_rows(buttons: Sequence[Button], width: int) -> tuple[tuple[Button, ...], ...]:
    """Return buttons in rows; platforms show five rows of five at most."""
    return tuple(tuple(buttons[at : at + width]) for at in range(0, len(buttons), width))
