"""Each kind of activity by its own rules, and all there are by the same: begun, pressed, ended, books in order."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import timedelta

import pytest

from core.activities.quiz import said_span
from core.domain.activities import Phase, State
from core.domain.events import ButtonPressed, WroteDirectly
from core.domain.kinds import Kind
from core.domain.outgoing import Edit
from core.engine import discover
from core.kit.texts import LANGUAGES, Texts
from tests.world import World
from tests.world.activities import set_up, with_people
from tests.world.turns import each_language_on_a_database

PEOPLE = ("ana", "bo", "cleo", "dan", "eve")
# What a moderator gives each kind: one that is new stands here too.
GIVEN = {
    "question": "points=5 hours=3 questions=Why? | How?",
    "challenge": "points=5 hours=3 goal=2 task=Read",
    "announcement": "stays=3 text=Come!",
    "thanks_round": "points=5 hours=3",
    "quiz": "points=5 hours=3 tell=direct items=2+2? ; *4 ; 5 # Count.",
    "review": "points=5 hours=3 items=2+2? ; *4 ; 5 # Count.",
    "poll": "points=5 hours=3 tell=direct ask=Which? options=Red | Blue",
    "raffle": "hours=3 prize=A book",
    "introductions": "points=5 hours=3",
    "bounty": "hours=3",
    "homework": "points=5 hours=3 review=1 task=Write a query",
    "mentors": "hours=3 topics=Python | SQL",
    "invitation": "hours=3",
    "digest": "",
    "cohort": "lead=1 points=5 topic=Pandas weeks=1: Read | 2: Write",
    "live": "lead=0 minutes=120 topic=Pandas",
    "sequence": "",
    "pulse": "hours=3",
    "survey": "hours=3 questions=Why? | Which? A / B",
    "renewal": "",
}
DIRECT = {"sequence", "renewal"}  # put up in no room
LONG = {"cohort"}  # goes on for weeks: tests/flow/test_cohort.py
PARTS = {
    "announcement": 0,
    "bounty": 0,
    "digest": 0,
    "homework": 0,
    "invitation": 0,
    "live": 1,
    "mentors": 0,
    "review": 0,
    "thanks_round": 1,
}  # by one press each


@pytest.fixture
async def here(world: World) -> World:
    """Give a world with people in it, one of them a moderator."""
    return await with_people(world, *PEOPLE)


def closed(world: World) -> str:
    """Return what the post changed last says."""
    changed = [each for each in world.platforms["fake"].changed if isinstance(each, Edit) and each.content]
    return changed[-1].content.text if changed and changed[-1].content else ""


def test_every_kind_stands_here() -> None:
    assert set(GIVEN) == set(discover().kinds)


@each_language_on_a_database
async def test_each_page_of_kinds_is_one_message_on_discord(here: World, language: str) -> None:
    await here.say("olga", f"/language {language}")
    await here.say("olga", "/activities")
    seen = here.sent[-1].outgoing
    for _ in range(len(GIVEN)):
        assert len(seen.text) <= 2000
        if "›" not in {button.label for row in seen.buttons for button in row}:
            return
        await here.press("olga", "›")
        seen = here.sent[-1].outgoing
    raise AssertionError("no last page")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_and_what_it_asks_has_words(language: str) -> None:
    t = Texts(language)
    for kind in discover().kinds.values():
        wanted = [f"activity-{kind.name}", f"activity-{kind.name}-about"]
        wanted += [f"activity-field-{each.name}" for each in kind.fields]
        wanted += [f"activity-need-{each}" for each in kind.needs.values()]
        wanted += [f"activity-choice-{word}" for each in kind.fields for word in getattr(each, "options", ())]
        assert [key for key in wanted if not t.has(key)] == []


@each_language_on_a_database
@pytest.mark.parametrize("kind", sorted(GIVEN.keys() - DIRECT - LONG))
async def test_a_kind_begins_once_is_pressed_by_many_and_ends_once(here: World, kind: str, language: str) -> None:
    await here.set(language=language)
    await here.say("olga", "/language en")
    await here.say("olga", "/settings pulse yes")  # which it waits for
    await set_up(here, f"{kind} daily 10:00 {GIVEN[kind]}")
    assert here.last.startswith("Started.")
    for day in (1, 2):
        before = len(here.sent)
        await here.advance(hours=1)
        (post,) = here.sent[before:]
        tokens = [button.token for row in post.outgoing.buttons for button in row]
        for at, who in enumerate(PEOPLE):  # everybody twice, and all at once
            given = {"token": tokens[at % len(tokens)] if tokens else "", "message": post.id}
            for _ in range(2):
                if tokens:
                    await here.happen(ButtonPressed, who, **given)
        if kind == "thanks_round":
            await here.say("ana", "/thanks @bo")
            await here.say("ana", "/thanks @bo")
        await here.advance(hours=4)
        community = await here.community()
        async with here.store.read() as unit:
            (activity,) = await unit.activities.of(community.id, (State.ACTIVE,))
            runs = await unit.activities.runs_of(activity, tuple(Phase), 10)
            assert [run.phase for run in runs] == [Phase.OVER] * day
            parts = await unit.interactions.count_about(community.id, Kind.TOOK_PART, runs[0].name)
        assert parts == PARTS.get(kind, len(PEOPLE))
        told = len(here.sent)
        if tokens:
            await here.happen(ButtonPressed, "ana", token=tokens[0], message=post.id)
            assert here.last  # something true is said, and nothing is done
            assert len(here.sent) == told + 1
        await books_hold(here)
        await here.advance(hours=19)


async def books_hold(world: World) -> None:
    """Look that balances are what the ledger adds up to, and that nobody was given a run's points twice."""
    community = await world.community()
    async with world.store.read() as unit:
        sums = await unit.ledger.sums(community.id)
        members = {member.id: member for member in await unit.members.all(community.id)}
        assert {each: members[each].balance for each in sums} == sums
        for member in members:
            rows = await unit.ledger.of_member(member, 100)
            assert len({row.key for row in rows}) == len(rows)
            assert all(row.amount >= 0 for row in rows)


async def test_a_quiz_takes_the_first_answer_and_says_why(here: World) -> None:
    await here.say("bo", "/consent personal")
    await set_up(here, f"quiz daily 10:00 {GIVEN['quiz']}")
    await here.advance(hours=1)
    await here.press("ana", "5")
    assert here.last == "“5” is not it. The end says what is."
    await here.press("ana", "4")
    assert here.last == "You are in already."
    await here.press("bo", "4")
    assert here.last == "Right: +5 points. The end says more."
    assert ((await here.member("ana")).balance, (await here.member("bo")).balance) == (0, 5)
    await here.advance(hours=3)
    assert closed(here).splitlines()[1:] == ["Right is: 4. 1 of 2 knew it.", "Count.", "1. Bo · 0 seconds"]


@pytest.mark.parametrize(
    ("seconds", "said"), [(119, ("second", 119)), (120, ("minute", 2)), (7_199, ("minute", 119)), (7_200, ("hour", 2))]
)
def test_how_long_an_answer_took_is_told_as_people_say_it(seconds: int, said: tuple[str, int]) -> None:
    assert said_span(timedelta(seconds=seconds)) == said


@pytest.mark.parametrize(
    "line", ["Why?", "Why? ; yes ; no", "Why? ; *yes ; *no", "Why? ; *yes", "; *yes ; no", "Why? ; *yes ; yes"]
)
async def test_a_line_that_is_no_question_is_said(here: World, line: str) -> None:
    await here.say("olga", f"/activities quiz items=2+2? ; *4 ; 5 | {line}")
    assert here.last.startswith("Line 2 is no question: “")


async def test_a_vote_can_be_changed_until_the_end(here: World) -> None:
    await set_up(here, f"poll daily 10:00 {GIVEN['poll']}")
    await here.advance(hours=1)
    await here.press("ana", "Red · 0")
    await here.press("bo", "Blue · 0")
    await here.press("ana", "Blue · 0")
    assert here.last == "Your vote: Blue. Until the end you can change it."
    await here.advance(hours=3)
    assert [re.sub("▇+", "▇", line) for line in closed(here).splitlines()[1:]] == [
        "Closed, with 2 votes:",
        r"Blue ▇ 2 \(100 %\)".replace("\\", ""),
        "Red – 0 (0 %)",
    ]


async def test_a_raffle_can_be_checked_by_everybody(here: World) -> None:
    await here.set(language="en")
    await set_up(here, f"raffle daily 10:00 winners=2 {GIVEN['raffle']}")
    await here.advance(hours=1)
    (promised,) = re.findall("`([0-9a-f]{64})`", here.sent[-1].outgoing.text)
    for who in PEOPLE:
        await here.press(who, "I'm in")
    await here.say("bo", "/forgetme")
    await here.press("bo", "Erase everything")
    await here.advance(hours=3)
    said = closed(here)
    (seed,) = re.findall("The secret: `([0-9a-f]+)`", said)
    assert hashlib.sha256(seed.encode()).hexdigest() == promised
    assert "Numbers in the draw: 1, 3–5." in said
    won = [int(number) for number in re.findall(r"^\d\. Number (\d)", said, re.M)]
    assert won == checked(seed, [1, 3, 4, 5], 2)
    told = {sent.outgoing.to for sent in here.sent if sent.outgoing.text.startswith("You won in Data Kitchen, with")}
    assert told == {PEOPLE[number - 1] for number in won}


async def test_a_raffle_promises_nothing_in_a_preview_and_only_what_arrives(here: World) -> None:
    await here.say("olga", f"/activities raffle daily 10:00 {GIVEN['raffle']}")
    await here.press("olga", "Preview")
    assert here.last.endswith("Here the SHA-256 of a secret will stand, before anybody is in.")
    await here.press("olga", "I'm in")
    assert here.last == "This is a preview: nobody takes part yet."
    await here.say("olga", "/activities 1")
    await here.press("olga", "Start")
    await here.happen(WroteDirectly, "ana", text="hi", space="direct", direct=True)
    await here.advance(hours=1)
    post = here.sent[-1]
    (token,) = [button.token for row in post.outgoing.buttons for button in row]
    for who, arrives in (("ana", True), ("bo", False), ("bo", False)):
        await here.happen(ButtonPressed, who, token=token, message=post.id)
        assert here.last.endswith("I may not be able to reach you.") is not arrives


async def test_whoever_gives_a_raffles_prizes_is_told_whom(here: World) -> None:
    await set_up(here, f"raffle daily 10:00 winners=5 {GIVEN['raffle']}")
    await here.happen(WroteDirectly, "ana", text="hi", space="direct", direct=True)
    await here.advance(hours=1)
    await here.press("ana", "I'm in")
    await here.press("bo", "I'm in")
    await here.advance(hours=3)
    assert not {"Ana", "Bo"} & set(closed(here).split())  # who didn't agree to be named isn't
    (told,) = [each.outgoing for each in here.sent if each.outgoing.text.startswith("The raffle of Data Kitchen is")]
    assert told.to == "olga"
    assert sorted(told.text.splitlines()[1:]) == [
        "– Ana (number 1)",
        "– Bo (number 2) – may not know it yet: I have no direct chat with them",
    ]


async def test_nobody_is_told_of_winners_where_nobody_was_in(here: World) -> None:
    await set_up(here, f"raffle daily 10:00 {GIVEN['raffle']}")
    await here.advance(hours=5)
    assert [each for each in here.sent if each.outgoing.direct] == []


def checked(seed: str, numbers: Sequence[int], winners: int) -> list[int]:
    """Draw as the post says it is drawn."""
    left, drawn = list(numbers), []
    for place in range(1, winners + 1):
        digest = hashlib.sha256(f"{seed}:{place}".encode()).hexdigest()
        drawn.append(left.pop(int(digest, 16) % len(left)))
    return drawn


async def test_nobody_meets_the_same_person_again_while_that_can_be_had(here: World) -> None:
    await set_up(here, "introductions daily 10:00 hours=1")
    met: set[frozenset[str]] = set()
    for _ in range(3):  # four people meet in three rounds
        await here.advance(hours=1)
        for who in PEOPLE[:4]:
            await here.press(who, "Pair me")
        await here.advance(hours=1)
        pairs = [frozenset(line[2:].split(", ")) for line in closed(here).splitlines() if line.startswith("–")]
        assert sorted(name for pair in pairs for name in pair) == ["Ana", "Bo", "Cleo", "Dan"]
        assert met.isdisjoint(pairs)
        met.update(pairs)
        await here.advance(hours=22)


async def test_an_odd_number_makes_one_group_of_three_and_one_alone_none(here: World) -> None:
    await set_up(here, "introductions daily 10:00 hours=1")
    await here.advance(hours=1)
    for who in PEOPLE:
        await here.press(who, "Pair me")
    await here.leave("eve")
    await here.leave("dan")
    await here.advance(hours=1)
    assert closed(here).count("– ") == 1
    assert "These 3 people meet now" in closed(here)
    assert sum(text.startswith("In Data Kitchen you meet") for text in here.texts) == 3
    await here.advance(hours=23)
    await here.press("ana", "Pair me")
    await here.advance(hours=1)
    assert "too few wanted to meet somebody" in closed(here)


async def test_whoever_thanks_while_a_round_is_open_takes_part_in_it(here: World) -> None:
    await here.say("ana", "/thanks @bo")
    await set_up(here, "thanks_round daily 10:00 hours=3 points=5 occasion=The week is over.")
    await here.advance(hours=1)
    assert here.last.splitlines() == ["The week is over. Who helped you? Say /thanks and their name.", "Be the first."]
    await here.say("cleo", "/thanks @bo")
    assert (await here.member("cleo")).balance == 5
    assert (await here.member("bo")).balance == 20
    assert closed(here).endswith("1 person said thanks so far.")
    await here.advance(hours=3)
    assert closed(here) == "The thank-you round is over: 1 person said thanks."


async def test_an_invitation_asks_everybody_and_counts_who_agreed_without_a_name(here: World) -> None:
    await here.say("olga", "/activities invitation daily 10:00 hours=3")
    await here.press("olga", "Preview")
    await here.press("olga", "Name me")
    assert here.last == "This is a preview: nobody takes part yet."
    await here.say("olga", "/activities 1")
    await here.press("olga", "Start")
    await here.advance(hours=1)
    post = here.sent[-1]
    for who in ("ana", "bo", "ana"):
        await here.press(who, "Name me")
        assert here.last.startswith("Thank you.")
        assert here.sent[-1].outgoing.private
    assert "2 people agreed to be named so far." in here.platforms["fake"].changed[-1].content.text
    await here.say("cleo", "/consent personal")  # said elsewhere counts as well
    await here.press("bo", "Leave me out")
    await here.press("bo", "Yes, leave me out")
    await here.press("dan", "Just count me")
    assert [(await here.member(who)).consent.value for who in PEOPLE[:4]] == ["personal", "out", "personal", "counted"]
    await here.advance(hours=1)
    said = here.platforms["fake"].changed[-1]
    assert said.message == post.id
    assert "2 people agreed to be named so far." in said.content.text
    await here.advance(hours=3)
    assert closed(here) == "2 people in Data Kitchen agreed to be named so far. /consent lets you choose any time."
    shown = [each.content.text for each in here.platforms["fake"].changed if isinstance(each, Edit) and each.content]
    assert not any(name in text for text in shown for name in ("Ana", "Bo", "Cleo"))


async def test_setup_offers_the_invitation_at_its_end(here: World) -> None:
    await here.say("olga", "/setup")
    while "Ask everybody" not in (labels := [b.label for row in here.sent[-1].outgoing.buttons for b in row]):
        await here.press("olga", next(label for label in labels if label.startswith("✓")))
    await here.press("olga", "Ask everybody")
    assert here.last.startswith("Invitation to agree · number 1")
