"""Who may what: over every command there is, found by walking the registry, so that a new one is held to it too."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Annotated, Any, Literal, get_args, get_origin

import pytest
from sqlalchemy import select

from core.domain.events import ButtonPressed, CommandCalled, Event, MessageSent, RoomNamed
from core.domain.message import plain_text
from core.domain.outgoing import Outgoing, SentButton
from core.domain.people import Member, Person, Rights
from core.engine import discover
from core.kit.arguments import optional
from core.kit.declare import Command, Parameter, Range
from core.store.buttons import ButtonState
from core.store.tables import metadata
from core.store.unit import Store
from tests.world import World
from tests.world.again import again

COMMANDS, ACTIONS = discover().commands, discover().actions
PRIVILEGED = [command for command in COMMANDS.values() if command.rights is not Rights.MEMBER]
FIRST = 1  # `away` is there first: in every table this id is its own
NOWHERE = 90_001  # an id that nothing has
# What whoever asks leaves behind by asking.
TRACES = {"activity_days", "buttons", "interactions", "outbox", "positions", "presences", "tasks", "tie_days"}
REFUSALS = {"That's for moderators of this community.", "That's for owners of this community."}
GONE = "That button's time is over. If it came from a command, call the command again."
NOT_YOURS = "That button is for the one who asked."
# A joining code is a key by intent: whoever has it may use it. Buttons hold its number, and people never do.
KEYS = {("confirm_join", "confirmed")}
ORDINALS = {
    ("tiers", "tier"),
    ("tie_tier", "tier"),
    ("choose_role", "tier"),
    *((name, "page") for name in ACTIONS),
}  # places in a list, from 1


def _number(annotation: Any) -> str:
    if get_origin(annotation) is Annotated:
        limits = next((extra for extra in get_args(annotation) if isinstance(extra, Range)), None)
        return str(limits.low) if limits else "1"
    return "1"


def _sample(parameter: Parameter) -> str:
    """Return a value that a parameter takes."""
    kind, _ = optional(parameter.annotation)
    if kind is Member:
        return "@ana"
    if kind is int:
        return _number(parameter.annotation)
    if get_origin(kind) is Literal:
        return str(get_args(kind)[0])
    return "hello"


# What a platform vouches for: an administrator of the group who stays anonymous and comes as the group itself.
HIDDEN = Person("home", "Data Kitchen", bot=True)


def _called(world: World, who: Person, command: Command, **options: str) -> Event:
    """Return somebody's call of a command in `home` with what it requires."""
    given = {each.name: _sample(each) for each in command.parameters if each.required} | options
    return world.event(
        CommandCalled,
        who,
        name=command.name,
        options=given,
        mentions={"@ana": Person("ana", "Ana")},
        rights=Rights.MEMBER if who.bot else None,
        anonymous=who == HIDDEN,
    )


def _pressed(world: World, who: Person | str, token: str, **more: Any) -> Event:
    return world.event(ButtonPressed, who, token=token, message="1", **more)


async def _answers(world: World, *asked: Event) -> list[list[Outgoing]]:
    """Hand calls and presses in as one batch, and return what each is answered."""
    before = len(world.sent)
    numbered: list[Any] = [replace(event, reply_handle=str(number)) for number, event in enumerate(asked)]
    await world.hand_in(*numbered)
    said: dict[str | None, list[Outgoing]] = defaultdict(list)
    for sent in world.sent[before:]:
        assert "Something broke on my side" not in sent.outgoing.text
        said[sent.outgoing.reply_handle].append(sent.outgoing)
    assert all(said[event.reply_handle] for event in numbered), "no answer"
    return [said[event.reply_handle] for event in numbered]


async def _ask(world: World, *asked: Event) -> list[str]:
    """Hand calls and presses in as one batch, and return the first words that each is answered."""
    return [plain_text(first.text) for first, *_ in await _answers(world, *asked)]


async def _call(world: World, who: Person, command: Command, **options: str) -> str:
    return (await _ask(world, _called(world, who, command, **options)))[0]


async def _press(world: World, who: Person | str, token: str, **more: Any) -> str:
    return (await _ask(world, _pressed(world, who, token, **more)))[0]


async def _state(world: World, community: int | None = None) -> dict[str, list[tuple[Any, ...]]]:
    """Return all rows but the traces that asking leaves; those of one community where one is given."""
    async with world.store.read() as unit:
        kept = {}
        for table in metadata.sorted_tables:
            if table.name in TRACES:
                continue
            found = select(table).order_by(*table.primary_key.columns)
            if community is not None:
                if "community_id" not in table.c:
                    continue
                found = found.where(table.c.community_id == community)
            kept[table.name] = [tuple(row) for row in await unit.connection.execute(found)]
        return kept


def _buttons(world: World) -> list[SentButton]:
    return _buttons_of(world.sent[-1].outgoing)


def _buttons_of(outgoing: Outgoing) -> list[SentButton]:
    return [button for row in outgoing.buttons for button in row if button.token]


@pytest.fixture
async def two(store: Store) -> World:
    """Give `home` and `away`, each with people, entries, rooms and benefits, an owner (olga, oscar) and a moderator."""
    return await again(store, settled)


async def settled(world: World) -> None:
    fake = world.platforms["fake"]
    for space, title, owner, people in (
        ("away", "Secret Yard", "oscar", ("bob", "zoe")),
        ("home", "Data Kitchen", "olga", ("ana", "mallory", "mo")),
    ):
        await world.open(space, title)
        fake.moderators[f"{space}/{owner}"] = Rights.OWNER
        await world.happen(RoomNamed, None, space=space, room=f"{space}-1", name=f"{space}-room")
        for who in (*people, owner):
            await world.say(who, "hello", space=space)
        await world.say(owner, f"/grant @{people[0]} 500 welcome", space=space)
        await world.say(owner, f"/shop 10 {title} sticker", space=space)
        await world.say(owner, "/joincode", space=space)
        await world.engine.park("fake", f"m:{space}", space, {"raw": space}, "ValueError")
    fake.moderators["home/mo"] = Rights.MODERATOR


def _forms(parameter: Parameter, number: int) -> list[str]:
    """Return how a person may put an id into a parameter."""
    kind, limits = optional(parameter.annotation)
    if kind is Member:
        return [f"#{number}"]
    if get_origin(kind) is Literal or (limits is not None and kind is int):  # what has limits is an amount
        return []
    return [str(number)] if kind is int else [str(number), f"#{number}"]


def _blurred(answer: str) -> str:
    """Return an answer without its numbers: sums go on while the test asks."""
    return re.sub(r"\d[\d,]*", "«n»", answer)


def _pairs() -> Iterator[tuple[Command, Parameter]]:
    for command in (*COMMANDS.values(), *ACTIONS.values()):
        for parameter in command.parameters:
            if (command.name, parameter.name) not in KEYS | ORDINALS:
                yield command, parameter


async def test_ids_of_another_community_sound_as_if_they_were_nobodys(two: World) -> None:
    """Fact 5: A's owner gives B's ids to every option of every command as typed, to those of actions by a button."""
    home, away = await two.community("home"), await two.community("away")
    await two.set(language="zh-CN")  # whose words don't change with their numbers
    before = await _state(two, away.id)
    # Somebody new each time: some commands change who asks.
    tries = [
        (f"owner{number}", command, parameter, value)
        for number, (command, parameter, value) in enumerate(
            (command, parameter, value)
            for command, parameter in _pairs()
            for of in (NOWHERE, FIRST)
            for value in _forms(parameter, of)
        )
    ]
    two.platforms["fake"].moderators |= {f"home/{who}": Rights.OWNER for who, *_ in tries}
    await two.hand_in(*(two.event(MessageSent, Person(who, "Olga"), length=5) for who, *_ in tries))
    async with two.store.begin() as unit:
        found = await unit.members.find("fake", {home.id: [who for who, *_ in tries]})
        until = two.clock.now() + timedelta(days=1)
        forged = []
        for who, command, parameter, value in tries:
            options = {p.name: _sample(p) for p in command.parameters if p.required} | {parameter.name: value}
            account = found[home.id, who].id
            forged.append(ButtonState(f"forged-{who}", home.id, account, command.name, options, True, until))
        await unit.buttons.add(forged)

    def asked(who: str, command: Command, parameter: Parameter, value: str) -> Event:
        person = Person(who, "Olga")
        if command.pressed:
            return _pressed(two, person, f"forged-{who}")
        return _called(two, person, command, **{parameter.name: value})

    answers = iter(await _ask(two, *(asked(*each) for each in tries)))
    tried = 0
    for command, parameter in _pairs():
        nobodys, theirs = ([_blurred(next(answers)) for _ in _forms(parameter, of)] for of in (NOWHERE, FIRST))
        assert theirs == nobodys, (command.name, parameter.name)
        assert not any(word in answer for answer in theirs for word in ("Secret", "Bob"))
        tried += len(theirs)
    assert tried > 40
    assert await _state(two, away.id) == before


async def test_people_of_another_community_are_not_there(two: World) -> None:
    """Fact 5 again, by name: whoever is known next door only is unknown here."""
    olga = Person("olga", "Olga")
    tries = [
        (command, parameter, name)
        for command in COMMANDS.values()
        for parameter in command.parameters
        if optional(parameter.annotation)[0] is Member
        for name in ("Bob", "bob", "Secret Yard")
    ]
    answers = await _ask(two, *(_called(two, olga, command, **{it.name: name}) for command, it, name in tries))
    for (command, _, name), answer in zip(tries, answers, strict=True):
        assert answer.startswith(f"I don't know a member called “{name}”. Usage: /{command.name} "), command.name


async def _answers_with_buttons(world: World, who: str) -> list[tuple[Command, list[SentButton]]]:
    """Let somebody call every command as it is allowed, and return the buttons they were given."""
    commands = [each for each in COMMANDS.values() if each.name != "forgetme"]  # its buttons are tried by themselves
    answers = await _answers(world, *(_called(world, Person(who, who.capitalize()), each) for each in commands))
    given = [(command, _buttons_of(said[-1])) for command, said in zip(commands, answers, strict=True)]
    return [(command, buttons) for command, buttons in given if buttons]


async def test_buttons_of_another_community_sound_as_if_they_were_nobodys(two: World) -> None:
    await two.say("oscar", "/tiers", space="away")
    await two.say("oscar", "/grant @bob 5 more", space="away")
    tokens = [b.token for sent in two.sent if sent.outgoing.space == "away" for r in sent.outgoing.buttons for b in r]
    assert len(tokens) > 4
    before = await _state(two)
    for who in ("olga", "mallory"):
        answers = await _ask(two, *(_pressed(two, who, token) for token in (*tokens, "no-such-token")))
        assert set(answers) == {GONE}
    assert await _state(two) == before


async def test_nobody_else_presses_a_button_and_none_lasts(two: World) -> None:
    """Fact 6: a member and another moderator press every button, alter its token, replay it, and come too late."""
    given = await _answers_with_buttons(two, "olga")
    assert len(given) > 10
    before = await _state(two)
    tokens = [(command, button.token) for command, buttons in given for button in buttons]
    for who in ("mallory", "mo", "oscar"):
        answers = await _ask(two, *(_pressed(two, who, token) for _, token in tokens))
        for (command, _), answer in zip(tokens, answers, strict=True):
            # What everybody may press asks for their own rights, and answers them about themselves.
            assert answer == NOT_YOURS or answer in REFUSALS or command.rights is Rights.MEMBER, (command, answer)
    altered = [each for _, token in tokens for each in (token[:-1], token + "x", token.swapcase(), "")]
    assert set(await _ask(two, *(_pressed(two, "olga", each) for each in altered))) == {GONE}
    after = await _state(two)
    # Only oscar, who is new in `home`, was added by trying.
    for table in set(before) - {"members", "accounts"}:
        assert after[table] == before[table], table
    await two.advance(days=3)
    assert set(await _ask(two, *(_pressed(two, "olga", token) for _, token in tokens))) == {GONE}


async def test_a_press_that_is_delivered_twice_counts_once(two: World) -> None:
    await two.say("olga", "/grant @ana 50 notes")
    token = _buttons(two)[0].token
    first = await _press(two, "olga", token, key="e:twice")
    assert first.startswith("Undone")
    state, sent = await _state(two), len(two.sent)
    for _ in range(3):
        await two.happen(ButtonPressed, "olga", token=token, message="1", key="e:twice")
    assert await _state(two) == state
    assert len(two.sent) == sent
    assert "was taken back already" in await _press(two, "olga", token)
    assert await _state(two) == state


@pytest.mark.parametrize(
    "who",
    [
        pytest.param(Person("ana", "Ana"), id="member"),
        pytest.param(HIDDEN, id="anonymous-admin"),
        pytest.param(Person("1087968824", "Group", "GroupAnonymousBot", bot=True), id="GroupAnonymousBot"),
        pytest.param(Person("channel-77", "Linked channel", bot=True), id="linked-channel"),
        pytest.param(Person("eve", "Admin", "admin"), id="called-admin"),
        pytest.param(Person("rod", "Rod"), id="role-named-admin"),
        pytest.param(Person("oscar", "Oscar"), id="owner-elsewhere"),
    ],
)
async def test_nobody_has_rights_by_a_name(two: World, who: Person) -> None:
    """Fact 8: no privilege for whoever only looks like an administrator."""
    two.platforms["fake"].roles["rod"] = {"Admin", "Owner", "Moderator"}
    assert len(PRIVILEGED) > 10
    await two.say(who, "hello") if not who.bot else None
    before = await _state(two)
    answers = await _ask(two, *(_called(two, who, command) for command in PRIVILEGED))
    for command, answer in zip(PRIVILEGED, answers, strict=True):
        assert answer in REFUSALS, command.name
    after = await _state(two)
    for table in set(before) - {"members", "accounts"}:
        assert after[table] == before[table], table


async def test_an_anonymous_admin_is_a_moderator_where_the_owner_opted_in(two: World) -> None:
    await two.set(anonymous_admins=True)
    answers = await _ask(two, *(_called(two, HIDDEN, command) for command in PRIVILEGED))
    for command, answer in zip(PRIVILEGED, answers, strict=True):
        refused = answer in REFUSALS
        assert refused is (command.rights is Rights.OWNER), command.name
    for other in (Person("channel-77", "Linked", bot=True), Person("1087968824", "Group", bot=True)):
        assert set(await _ask(two, *(_called(two, other, command) for command in PRIVILEGED))) <= REFUSALS
    # The buttons come to the group; whoever presses one does so under their own name.
    await _call(two, HIDDEN, COMMANDS["grant"], amount="5", reason="tea")
    token = _buttons(two)[0].token
    assert await _press(two, "mallory", token) in REFUSALS
    assert (await _press(two, "mo", token)).startswith("Undone")
    await two.say("mo", "/audit")
    assert "Data Kitchen gave Ana 5 points" in two.last


async def test_rights_are_those_of_the_moment(two: World) -> None:
    await two.say("mo", "/grant @ana 50 notes")
    token = _buttons(two)[0].token
    del two.platforms["fake"].moderators["home/mo"]
    assert await _press(two, "mo", token) in REFUSALS
    assert set(await _ask(two, *(_called(two, Person("mo", "Mo"), command) for command in PRIVILEGED))) <= REFUSALS


async def test_in_a_direct_chat_rights_are_those_in_the_community_that_it_is_about(two: World) -> None:
    """Olga owns `home` and is a member next door: in a direct chat about next door she is one too."""
    await two.say("olga", "/settings", space="direct", direct=True)
    assert two.last.startswith("Data Kitchen: settings")
    two.moderator("nobody")
    await two.press("olga", "Language", space="direct", direct=True)
    assert two.last.startswith("Which language do I speak here?")
    home_token = next(b.token for b in _buttons(two) if b.label == "简体中文")
    await two.say("olga", "hello", space="away")
    await two.say("olga", "/settings", space="direct", direct=True)
    assert two.last in REFUSALS
    await _press(two, "olga", home_token, space="direct", direct=True)
    assert (await two.community("home")).settings.language == "zh-CN"
    assert (await two.community("away")).settings.language == "en"
