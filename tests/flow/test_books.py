"""The books, whatever comes in whatever batches: nothing below zero, sums that hold, and what survives earns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any, Literal, get_args, get_origin

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.domain import events as said
from core.domain.events import (
    Asked,
    ButtonPressed,
    CommandCalled,
    Event,
    MessageDeleted,
    MessageSent,
    PaymentTold,
    ReactionAdded,
    ReactionRemoved,
    ReactionsCleared,
    SpaceClosed,
    SpaceMigrated,
)
from core.domain.people import Member, Person, Rights
from core.domain.plans import PaymentKind
from core.domain.points import Entry, Reason, Rules, level_of
from core.kit.arguments import optional
from core.kit.declare import Command
from core.kit.replay import apply_rules, preview
from tests.world import World

PEOPLE = ("ana", "bo", "cy")
RUNS = count(1)
#: Every event there is, new ones by themselves, but those that take the whole space away.
KINDS = tuple(
    kind
    for kind in vars(said).values()
    if isinstance(kind, type) and issubclass(kind, Event) and not issubclass(kind, Asked | SpaceClosed | SpaceMigrated)
)
quick = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
steps = st.lists(
    st.tuples(
        st.integers(0, 1_000),  # which event or command
        st.sampled_from(PEOPLE),
        st.integers(0, 5),  # about which message
        st.integers(0, 7),  # with which of the values that fit
        st.sampled_from([0, 30, 61, 90_000]),
        st.booleans(),  # does a batch end here
    ),
    min_size=1,
    max_size=25,
)
Step = tuple[int, str, int, int, int, bool]


async def books_hold(world: World) -> None:
    """Check every member of every community against the ledger."""
    async with world.store.read() as unit:
        for community_id in [each.id for each in await unit.communities.all()]:
            members = await unit.members.all(community_id)
            rows = await unit.ledger.each_of(community_id, list(Reason))
            owners = await unit.members.owners(community_id)
            amounts: dict[int, int] = defaultdict(int)
            lifetimes: dict[int, int] = defaultdict(int)
            for row in rows:
                amounts[owners[row.account_id].id] += row.amount
                lifetimes[owners[row.account_id].id] += row.earned
            for member in members:
                assert (member.balance, member.earned) == (amounts[member.id], lifetimes[member.id]), member
                assert min(member.balance, member.earned, member.owed) >= 0, member
                assert not (member.balance and member.owed), member
                assert member.level == level_of(member.earned) or not member.name, member
        assert await unit.parked.all() == []


def told(world: World, script: Sequence[Step]) -> Iterator[list[Event]]:
    """Yield a script as batches of events."""
    run, batch = f"r{next(RUNS)}", []
    commands = list(world.engine.registry.commands.values())
    for place, (which, who, about, value, seconds, ends) in enumerate(script):
        now = world.clock.advance(timedelta(seconds=seconds))
        base: dict[str, Any] = {"platform": "fake", "space": "home", "at": now, "actor": Person(who, who.capitalize())}
        base["key"] = f"m:{run}-{place}"
        if which % 2:
            command = commands[which // 2 % len(commands)]
            options = {p.name: _option(command, p.name, p.annotation, value) for p in command.parameters}
            mentions = {f"@{other}": Person(other, other.capitalize()) for other in PEOPLE}
            batch.append(
                CommandCalled(**base, name=command.name, options=options, mentions=mentions, rights=Rights.OWNER)
            )
        else:
            kind = KINDS[which // 2 % len(KINDS)]
            batch.append(kind(**base, **_rest(kind, f"{run}-{about}", value, now)))
        if ends:
            yield batch
            batch = []
    yield batch


def _option(command: Command, name: str, annotation: Any, value: int) -> str:
    kind, _ = optional(annotation)
    if kind is Member:
        return f"@{PEOPLE[value % len(PEOPLE)]}"
    if kind is int:
        return str([1, 2, 7, 30, 200, 100_000, 2**31, 10**30][value])
    if get_origin(kind) is Literal:
        return str(get_args(kind)[value % len(get_args(kind))])
    if name == "name" and command.name == "rules":
        return [*(each.name for each in fields(Rules)), "calm"][value]
    return ["a reason", "7", "out", "ana", "999999999999", "", "yes", "𝄞"][value]


def _rest(kind: type[Event], message: str, value: int, now: datetime) -> dict[str, Any]:
    """Return what an event of this kind must have besides what all have."""
    known = {
        "message": message,
        "emoji": "👍🔥"[value % 2],
        "count": value,
        "title": "Data Kitchen",
        "name": "general",
        "since": now - timedelta(minutes=value),
        "what": "reactions",
        "reply_to": message if value % 2 else None,
        "whole": None,
        "rooms": frozenset(),
        "length": 3,
        "poll": message,
        "options": (value % 2,),
        "counts": (value, 1),
        "reference": message,
        "roles": frozenset(),
        "payload": "of another bot",
    }
    if kind is PaymentTold:
        known["kind"] = PaymentKind.PAID
    return {each.name: known[each.name] for each in fields(kind) if each.name in known}


@quick
@given(script=steps)
async def test_nothing_falls_below_zero_and_sums_hold(world: World, script: list[Step]) -> None:
    for batch in told(world, script):
        await world.hand_in(*batch)
        for press in await _buttons(world, batch):
            await world.hand_in(press)
    await books_hold(world)
    assert [text for text in world.texts if "K-" in text] == []


async def _buttons(world: World, batch: Sequence[Event]) -> list[Event]:
    """Return a press of the first button under the newest answer, by whoever asked."""
    asked = [event for event in batch if isinstance(event, CommandCalled)]
    rows = world.sent[-1].outgoing.buttons if world.sent and asked else ()
    if not rows or rows[0][0].token is None:
        return []
    return [
        ButtonPressed(
            platform="fake",
            key=f"b:{next(RUNS)}",
            space="home",
            at=world.clock.now(),
            actor=asked[-1].actor,
            token=rows[0][0].token,
            rights=Rights.OWNER,
        )
    ]


# --- what survives earns ---------------------------------------------------------------------------------------------

RULES = Rules(message_min=20, message_max=20, cooldown=0, reactions_a_day=10_000, replies_a_day=10_000)
changes = st.tuples(st.just("rules"), st.sampled_from(["message", "reaction", "reply"]), st.sampled_from([0, 3, 50]))
happenings = st.one_of(
    st.tuples(st.sampled_from(["say", "reply"]), st.sampled_from(PEOPLE), st.integers(0, 9)),
    st.tuples(st.sampled_from(["react", "react", "unreact"]), st.sampled_from(PEOPLE), st.integers(0, 9)),
    st.tuples(st.sampled_from(["delete", "clear"]), st.just("ana"), st.integers(0, 9)),
    st.tuples(st.just("spend"), st.sampled_from(PEOPLE), st.integers(1, 40)),
    changes,
)
stories = st.lists(
    st.tuples(happenings, st.sampled_from("👍🔥"), st.booleans(), st.booleans()), min_size=1, max_size=30
)


@dataclass
class Model:
    """What is there, kept by hand: messages by place in the story, reactions by message and person."""

    authors: dict[int, tuple[str, str | None]] = field(default_factory=dict)  # who wrote, whom it answers
    reactions: dict[tuple[int, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    gone: set[int] = field(default_factory=set)
    spent: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def happen(self, what: str, who: str, message: int, place: int, emoji: str) -> None:
        if what == "say":
            self.authors[place] = (who, None)
        elif what == "reply":
            parent = self.authors.get(message)
            self.authors[place] = (who, parent[0] if parent else None)
        elif what == "react" and message in self.authors:
            self.reactions[message, who].add(emoji)
        elif what == "unreact":
            self.reactions[message, who].discard(emoji)
        elif what == "clear":
            self.reactions = defaultdict(set, {k: v for k, v in self.reactions.items() if k[0] != message})
        elif what == "delete":
            self.gone.add(message)  # with what it gave its writer and whom it answered; reactions to it stand

    def earned(self, rules: Rules) -> dict[str, int]:
        sums = dict.fromkeys(PEOPLE, 0)
        there = [pair for message, pair in self.authors.items() if message not in self.gone]
        for who, _ in there:
            sums[who] += rules.message_min
        for _, whom in {(who, whom) for who, whom in there if whom not in (None, who)}:
            sums[whom or ""] += rules.reply
        for (message, who), emoji in self.reactions.items():
            if emoji and self.authors[message][0] != who:
                sums[self.authors[message][0]] += rules.reaction
        return sums


@settings(quick, max_examples=40)
@given(story=stories)
async def test_the_end_is_what_survives_earns_less_what_was_spent(world: World, story: list[Any]) -> None:
    run = next(RUNS)
    home = f"home{run}"
    await world.open(home)
    community = await world.community(home)
    await _set_rules(world, home, RULES)
    people = {who: Person(who, who.capitalize()) for who in PEOPLE}
    model, waiting = Model(), list[Event]()
    for who in PEOPLE:
        await world.join(who, space=home)
    for place, ((what, who, number), emoji, replaying, ends) in enumerate(story):
        base: dict[str, Any] = {"platform": "fake", "space": home, "at": world.clock.now(), "key": f"m:{run}-{place}"}
        message = f"{run}-{number}"
        if what in ("rules", "spend"):
            await world.hand_in(*waiting)
            waiting.clear()
            if what == "spend":
                model.spent[who] += await _spend(world, home, who, number, f"{run}-{place}")
                continue
            names = {"message": ("message_min", "message_max")}.get(who, (who,))
            rules = replace((await world.community(home)).settings.rules, **dict.fromkeys(names, number))
            if replaying:
                async with world.store.begin() as unit:
                    await apply_rules(unit, community, rules, f"{run}-{place}", world.clock.now())
            else:
                await _set_rules(world, home, rules)
            continue
        if what in ("react", "unreact", "clear", "delete") and number not in model.authors:
            continue
        model.happen(what, who, number, place, emoji)
        answers = what == "reply" and number in model.authors and number != place
        waiting.append(_event(what, people[who], message, emoji, answers=answers, base=base))
        if ends:
            await world.hand_in(*waiting)
            waiting.clear()
    await world.hand_in(*waiting)
    rules = (await world.community(home)).settings.rules
    async with world.store.begin() as unit:
        foreseen = await preview(unit, community, rules)
        assert await apply_rules(unit, community, rules, f"{run}-end", world.clock.now()) == foreseen
        assert await preview(unit, community, rules) == []
    members = {who: await world.member(who, home) for who in PEOPLE}
    assert {who: member.earned for who, member in members.items()} == model.earned(rules)
    assert {who: m.balance - m.owed for who, m in members.items()} == {
        who: members[who].earned - model.spent[who] for who in PEOPLE
    }
    await books_hold(world)


def _event(what: str, who: Person, message: str, emoji: str, *, answers: bool, base: dict[str, Any]) -> Event:
    if what == "react":
        return ReactionAdded(**base, actor=who, message=message, emoji=emoji)
    if what == "unreact":
        return ReactionRemoved(**base, actor=who, message=message, emoji=emoji)
    if what == "clear":
        return ReactionsCleared(**base, message=message)
    if what == "delete":
        return MessageDeleted(**base, message=message)
    return MessageSent(**base, actor=who, reply_to=message if answers else None, length=3)


async def _set_rules(world: World, space: str, rules: Rules) -> None:
    community = await world.community(space)
    community.settings = replace(community.settings, rules=rules)
    async with world.store.begin() as unit:
        await unit.communities.save(community)


async def _spend(world: World, space: str, who: str, amount: int, key: str) -> int:
    """Spend as a benefit would, and return what was spent."""
    member, community = await world.member(who, space), await world.community(space)
    async with world.store.begin() as unit:
        account = (await unit.members.accounts_of([member.id]))[0]
        entry = Entry(account.id, -amount, Reason.REDEEM, f"redeem:1:fake:{key}", world.clock.now())
        booking = await unit.ledger.book([(community.id, entry)], floor=False)
    return 0 if booking.refused else amount


def test_the_model_names_every_rule_that_it_knows() -> None:
    assert set(asdict(RULES)) >= {"message_min", "message_max", "reaction", "reply"}
