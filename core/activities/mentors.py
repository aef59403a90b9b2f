"""Mentors: who can take somebody on and who looks for a mentor press, and at the end they are brought together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from core.domain.activities import Lines, Number, Run
from core.domain.audience import Audience
from core.domain.errors import NotFound
from core.domain.message import Reply
from core.domain.people import Member, served
from core.domain.schedule import Monthly
from core.domain.tasks import Task
from core.kit import Context, Markup, action, task
from core.kit.activities import activity, button, in_rows, open_run, redraw, run_of, take_part
from core.kit.consent import must_serve, personal
from core.kit.reaching import promised
from core.kit.words import Rows, name_of

LISTED = 40  # pairs that the post names
CAPACITIES = (1, 2, 3, 5)
_ASKED_AFTER = timedelta(weeks=2)
_ANOTHER = 3.0  # a mentor's second person is worth as much less as one three hours of time zone farther


@dataclass(frozen=True, slots=True)
class Wish:
    """What a member wants of a run: to take so many on (0: to find a mentor), for which topics.

    `pair` numbers the mentor whom they are with in the end, themself included.
    """

    capacity: int
    topics: tuple[int, ...]
    pair: int = 0

    @classmethod
    def read(cls, answer: str) -> Wish:
        """Return what `str` wrote."""
        capacity, topics, pair = answer.split("|")
        return cls(int(capacity), tuple(int(each) for each in topics.split(",") if each), int(pair))

    def __str__(self) -> str:
        return f"{self.capacity}|{','.join(map(str, self.topics))}|{self.pair}"


@activity(
    schedule=Monthly("1 12:00"),
    fields=(
        Lines(name="topics", default=None, most=10, limit=40),
        Number(name="hours", default=72, low=1, high=24 * 28, offers=(24, 72, 168)),
    ),
)
async def mentors(context: Context, run: Run) -> Reply:
    """Ask who can mentor and who looks for one, with how many there are."""
    wishes = [Wish.read(each.answer) for each in await context.unit.activities.answers([run.id])]
    offered = sum(1 for each in wishes if each.capacity and each.topics)
    sought = sum(1 for each in wishes if not each.capacity)
    topics = context.t.listed(_topics(run))
    said = context.t("activity-mentors-post", topics=topics, offered=offered, sought=sought)
    buttons = (
        button(context, "activity-mentors-offer", mentor_offered, run),
        button(context, "activity-mentors-seek", mentor_sought, run),
    )
    return Reply(said, (buttons,))


@mentors.ending
async def over(context: Context, run: Run) -> Reply:
    """Bring mentors and who looks for one together, and tell each; the post names pairs who both agreed to be named."""
    wishes, accounts, people = await _wishes(context, run)
    pairs = await _pairs(context, run, wishes, people)
    number = {mentor: at for at, mentor in enumerate(dict.fromkeys(pairs.values()), 1)}
    for member, wish in wishes.items():
        pair = number.get(pairs.get(member, member), 0)
        await context.unit.activities.answer(run, accounts[member], str(replace(wish, pair=pair)), context.now)
    await _introduce(context, run, wishes, people, pairs)
    if pairs:
        await context.schedule(ask_mentored, run.name, context.now + _ASKED_AFTER)
    waiting = sum(1 for member, wish in wishes.items() if not wish.capacity and member not in pairs)
    lines = [context.t("activity-mentors-over", pairs=len(pairs), waiting=waiting)]
    named = {member.id for member in personal(people.values())}
    both = [(mentor, member) for member, mentor in pairs.items() if {member, mentor} <= named]
    for mentor, member in both[:LISTED]:
        names = {"mentor": name_of(context.t, people[mentor]), "name": name_of(context.t, people[member])}
        topic = _topics(run)[wishes[member].topics[0]]
        lines.append(context.t("activity-mentors-pair", topic=topic, **names))
    return Reply(Markup("\n".join(lines)))


@action(private=True)
async def mentor_offered(context: Context, run: int) -> Reply:
    """Ask whoever presses how many they can take on."""
    it = await _opened(context, run)
    return await _how_many(context, it)


@action(private=True)
async def mentor_takes(context: Context, run: int, capacity: int) -> Reply:
    """Note how many somebody takes on, and ask for which topics."""
    it = await _opened(context, run)
    mine = await _mine(context, it)
    topics = mine.topics if mine is not None and mine.capacity else ()
    return await _offer(context, it, Wish(capacity, topics))


@action(private=True)
async def mentor_topic(context: Context, run: int, topic: int) -> Reply:
    """Note that somebody mentors on a topic, or no more."""
    it = await _opened(context, run)
    mine = await _mine(context, it)
    if mine is None or not mine.capacity:
        return await _how_many(context, it)
    topics = set(mine.topics) ^ {topic}
    return await _offer(context, it, replace(mine, topics=tuple(sorted(topics))))


@action(private=True)
async def mentor_sought(context: Context, run: int) -> Reply:
    """Ask whoever presses on which topic they look for a mentor."""
    it = await _opened(context, run)
    made = [context.button(topic, mentor_wanted, run=it.id, topic=at) for at, topic in enumerate(_topics(it))]
    return Reply(context.t("activity-mentors-which"), (*in_rows(made, 3), *await _leave(context, it)))


@action(private=True)
async def mentor_wanted(context: Context, run: int, topic: int) -> Reply:
    """Note on which topic somebody looks for a mentor."""
    it = await _opened(context, run)
    await _join(context, it, Wish(0, (topic,)))
    said = context.t("activity-mentors-wanted", topic=_topics(it)[topic], zone=await _zone(context))
    return Reply(await promised(context, said), await _leave(context, it))


@action(private=True)
async def mentor_left(context: Context, run: int) -> Reply:
    """Let whoever presses be in it no more."""
    it = await _opened(context, run)
    mine = await context.my_accounts()
    await context.unit.activities.withdraw(it.id, mine)
    await redraw(context, it)
    return Reply(context.t("activity-mentors-left"))


@action(private=True)
async def mentored(context: Context, run: int, other: int, well: Literal["yes", "no", "never"]) -> Reply:
    """Take in how it goes with another; who says that it doesn't is never paired with them again."""
    must_serve(context, context.me)
    wishes = await context.unit.activities.answers([(await run_of(context, run)).id])
    mine = set(await context.my_accounts())
    pairs = {Wish.read(each.answer).pair for each in wishes if each.account_id in mine}
    if not any(each.account_id == other and Wish.read(each.answer).pair in pairs - {0} for each in wishes):
        raise NotFound("error-no-activity")
    if well == "no":
        await context.unit.activity_members.keep_apart(context.community.id, context.my_account.id, other, context.now)
        return Reply(context.t("apart-kept"))
    return Reply(context.t("activity-mentors-noted", well=well))


@task()
async def ask_mentored(context: Context, task: Task) -> None:
    """Ask everybody who was brought together how it goes, about each whom they are with."""
    run = await run_of(context, int(task.subject.split(":")[1]))
    wishes, accounts, people = await _wishes(context, run)
    for member, wish in wishes.items():
        group = [each for each, other in wishes.items() if wish.pair and other.pair == wish.pair and each != member]
        for other in group:
            if bool(wish.capacity) == bool(wishes[other].capacity):
                continue  # two with the same mentor
            t = context.texts_for(people[member])
            row = tuple(
                context.button(
                    t.plain(f"activity-mentors-well-{well}"), mentored, run=run.id, other=accounts[other], well=well
                )
                for well in ("yes", "no", "never")
            )
            said = t("activity-mentors-ask", name=name_of(t, people[other]), community=context.community.name)
            await context.tell(people[member], Reply(said, (row,)))


async def _how_many(context: Context, run: Run) -> Reply:
    made = tuple(context.button(str(each), mentor_takes, run=run.id, capacity=each) for each in CAPACITIES)
    return Reply(context.t("activity-mentors-how-many"), (made, *await _leave(context, run)))


async def _offer(context: Context, run: Run, wish: Wish) -> Reply:
    """Keep what a mentor offers, and show the topics to choose from."""
    await _join(context, run, wish)
    chosen = set(wish.topics)
    made = [
        context.button(f"✓ {topic}" if at in chosen else topic, mentor_topic, run=run.id, topic=at)
        for at, topic in enumerate(_topics(run))
    ]
    topics = context.t.listed(topic for at, topic in enumerate(_topics(run)) if at in chosen)
    said = context.t(
        "activity-mentors-offered",
        capacity=wish.capacity,
        topics=topics if chosen else "none",
        zone=await _zone(context),
    )
    return Reply(await promised(context, said) if chosen else said, (*in_rows(made, 3), *await _leave(context, run)))


async def _join(context: Context, run: Run, wish: Wish) -> None:
    if wish.topics:
        await take_part(context, run.id)
    await _keep(context, run, wish)
    await redraw(context, run)


async def _leave(context: Context, run: Run) -> Rows:
    if await _mine(context, run) is None:
        return ()
    return ((context.button(context.t.plain("activity-mentors-leave"), mentor_left, run=run.id),),)


async def _opened(context: Context, run_id: int) -> Run:
    must_serve(context, context.me)
    return await open_run(context, run_id)


async def _mine(context: Context, run: Run) -> Wish | None:
    mine = await context.my_accounts()
    given = await context.unit.activities.answers([run.id], mine)
    return Wish.read(given[-1].answer) if given else None


async def _keep(context: Context, run: Run, wish: Wish) -> None:
    """Keep what whoever asks wants in place of an earlier wish, on whichever account of theirs that is."""
    mine = await context.my_accounts()
    given = await context.unit.activities.answers([run.id], mine)
    account = given[-1].account_id if given else context.my_account.id
    await context.unit.activities.answer(run, account, str(wish), context.now)


async def _wishes(context: Context, run: Run) -> tuple[dict[int, Wish], dict[int, int], dict[int, Member]]:
    """Return what each member who is still there wants, on which account, and who they are."""
    given = await context.unit.activities.answers([run.id])
    owners = await context.unit.members.of_accounts([each.account_id for each in given])
    wishes, accounts, people = {}, {}, {}
    for each in given:
        member = owners.get(each.account_id)
        if member is not None and served(member) and member.left_at is None:
            people[member.id], accounts[member.id] = member, each.account_id
            wishes[member.id] = Wish.read(each.answer)
    return wishes, accounts, people


async def _pairs(
    context: Context, run: Run, wishes: Mapping[int, Wish], people: Mapping[int, Member]
) -> dict[int, int]:
    """Return the mentor of each member who gets one: of the same topic, near in time zones, not kept apart."""

    from core.analysis.matching import assign  # noqa: PLC0415  scipy, for this alone

    able = [member for member, wish in wishes.items() if wish.capacity and wish.topics]
    seeking = [member for member, wish in wishes.items() if not wish.capacity]
    hours = await _hours(context, people)
    apart = await context.unit.activity_members.apart(context.community.id)
    kept_apart = {frozenset((each.member_id, each.other_id)) for each in apart}

    def together(member: int, mentor: int) -> float:
        if set(wishes[member].topics).isdisjoint(wishes[mentor].topics) or frozenset((member, mentor)) in kept_apart:
            return 0.0
        off = abs(hours[member] - hours[mentor]) % 24
        return 24 - min(off, 24 - off)

    worth = [[together(member, mentor) for mentor in able] for member in seeking]
    found = assign(worth, [wishes[mentor].capacity for mentor in able], _ANOTHER)
    return {seeking[row]: able[column] for row, column in found}


async def _introduce(
    context: Context, run: Run, wishes: Mapping[int, Wish], people: Mapping[int, Member], pairs: Mapping[int, int]
) -> None:
    """Tell everybody directly whom they are with, or that there is nobody this time."""
    taken: dict[int, list[int]] = defaultdict(list)
    for member, mentor in pairs.items():
        taken[mentor].append(member)
    for member, wish in wishes.items():
        t = context.texts_for(people[member])
        others: Sequence[int] = taken[member] if wish.capacity else [pairs[member]] if member in pairs else []
        key = "nobody" if not others else "takes" if wish.capacity else "meets"
        names = t.listed(name_of(t, people[each]) for each in others)
        topics = t.listed(dict.fromkeys(_topics(run)[at] for each in others for at in _about(wishes, member, each)))
        said = t(f"activity-mentors-{key}", names=names, topics=topics, community=context.community.name)
        await context.tell(people[member], Reply(said))


def _about(wishes: Mapping[int, Wish], one: int, other: int) -> tuple[int, ...]:
    """Return the topic of a pair: that of whoever looks for a mentor."""
    return wishes[other].topics if wishes[one].capacity else wishes[one].topics


async def _zone(context: Context) -> str:
    wanted = await context.unit.pushes.preferences(context.me.id)
    return wanted.timezone or context.community.settings.timezone


async def _hours(context: Context, members: Collection[int]) -> dict[int, float]:
    """Return how many hours the clock of each member is ahead of UTC."""
    found = await context.unit.pushes.addressees(context.community.id, Audience(members=tuple(members)), context.now)
    zones = {each.member.id: each.preferences.timezone or context.community.settings.timezone for each in found}
    ahead = {zone: context.now.astimezone(ZoneInfo(zone)).utcoffset() for zone in set(zones.values())}
    return {member: (ahead[zone] or timedelta(0)) / timedelta(hours=1) for member, zone in zones.items()}


def _topics(run: Run) -> list[str]:
    """Return the topics as they were when the run began."""
    return list(run.detail.setdefault("topics", list(run.values["topics"] or ())))
