"""A community with enough ties to speak of, the same on every platform, and what is asked about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from core.domain.events import MemberJoined, MessageSent, message_key
from core.domain.history import Chapter, Record
from core.domain.people import Consent, Person
from core.engine.history import import_history
from core.store.unit import Store
from tests.platforms.conversation import Call, Later, Line, OnPlayground, Press, Shown
from tests.world.world import START

COMMANDS = ("network", "keypeople", "circles", "newcomers", "health", "connect")
PICTURES = {"network", "health"}
OFFERS = ("Propose something for #help · Ana, Cai Wen", "帮 #help · Ana、Cai Wen 张罗")
INVITED = "8 of you talk with each other a lot, mostly here in #help."
OTHERS = ("Bo", "Cai Wen", "Dana", "Emil", "Fatima", "高翔", "Hui", "Ida", "Jon", "Kim", "罗晓", "Mia", "Noor")
COUNTED_ONLY = {"Dana", "罗晓"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where the community lives: its space, the rooms of both groups, and who is there already."""

    platform: str
    space: str
    title: str
    rooms: tuple[str, str]
    people: Mapping[str, Person]


def on_playground(stage: OnPlayground) -> Place:
    """Return the place of the playground's stage."""
    return Place("playground", stage.scene.id, stage.scene.title, ("help", "pandas"), stage.scene.people)


def asked_in(language: str, offer: str, room: str, send: str) -> tuple[Line, ...]:
    """Return what is asked once Kith speaks a language: every command, by whom may and by whom may not."""
    return (
        Call("olga", "language", {"to": language}),
        Call("liwei", "language", {"to": language}),
        Call("ana", "language", {"to": language}),
        *(Call("olga", name, {}) for name in COMMANDS),
        Call("ana", "mycircle", {}),
        Call("liwei", "mycircle", {}),
        *(Call("ana", name, {}) for name in COMMANDS),
        Call("olga", "circles", {}),
        Press("olga", offer),
        Press("olga", room),
        Press("olga", send),
    )


SCRIPT: tuple[Line, ...] = (
    Call("olga", "network", {}),
    Later("olga"),
    *asked_in("en", OFFERS[0], "In their room", "Send it"),
    *asked_in("zh", OFFERS[1], "用他们常去的频道", "发送"),
)


async def bring(store: Store, place: Place) -> None:
    """Bring eight weeks of talk in: two groups, who joins them, and a newcomer whom nobody answered."""
    async with store.begin() as unit:
        spaces = await unit.communities.spaces(place.platform, [place.space])
        known = [await unit.communities.get(space.community_id) for space in spaces.values()]
    name = known[0].name if known else place.title
    await import_history(store, lambda *_: "", place.platform, name, list(_history(place)), path="talk", now=START)
    async with store.begin() as unit:
        community = await unit.communities.named(name)
        assert community is not None
        everybody = await unit.members.all(community.id)
        for member in everybody:
            if member.name not in COUNTED_ONLY | {"Li Wei"}:
                member.consent = Consent.PERSONAL
        await unit.members.save(everybody)


def _history(place: Place) -> Iterator[Chapter | Record]:
    people = [place.people["ana"], place.people["liwei"], *(Person(f"90{n:02}", o) for n, o in enumerate(OTHERS))]
    first, second, newcomer = people[:7], [people[0], *people[7:-1]], people[-1]
    for room, name in zip(place.rooms, ("help", "pandas"), strict=True):
        yield Chapter(place.space, place.title, room=room, room_name=name)
    talk, said = Random(7), 0

    def wrote(room: str, who: Person, to: Person | None, days: float) -> Record:
        nonlocal said
        said += 1
        key = message_key(f"{place.space}:old-{said}")
        sent = MessageSent(
            platform=place.platform,
            key=key,
            space=place.space,
            room=room,
            at=START - timedelta(days=days),
            actor=who,
            mentions=() if to is None else (to,),
        )
        return Record((sent,))

    for week in range(8, 0, -1):
        for room, group in zip(place.rooms, (first, second), strict=True):
            # Who comes first in a group talks most, and the second group comes alive with time.
            for _ in range(24 if group is first else 30 - 3 * week):
                one, other = talk.choices(group, [1 / (n + 1) for n in range(len(group))], k=2)
                if one != other:
                    yield wrote(room, one, other, 7 * week - talk.uniform(0, 6.5))
    joined = MemberJoined(
        platform=place.platform,
        key=f"j:{place.space}:old",
        space=place.space,
        at=START - timedelta(days=3),
        actor=newcomer,
    )
    yield Record((joined,))
    yield wrote(place.rooms[0], newcomer, None, 2.5)


def check(answers: Sequence[tuple[Line, Shown]]) -> None:
    """Check what platforms have in common with the issue: pictures where they are due, and no leak to members."""
    for line, shown in answers:
        if not isinstance(line, Call) or line.name not in COMMANDS:
            continue
        if line.who == "olga":
            width, height = shown.picture or (0, 0)
            drawn = line.name in PICTURES and "\n" in shown.text  # the first answer says that it counts
            assert (width, 500 < height < 2000) == ((1200, True) if drawn else (0, False)), line
        else:
            assert shown.picture is None, line
            assert shown.text in {"That's for moderators of this community.", "这是社群管理员才能用的功能。"}, shown


def comparable(answers: Sequence[tuple[Line, Shown]]) -> Sequence[tuple[Line, Shown]]:
    """Return answers without what a platform offers a circle beside its room: that differs, and is tested there."""
    return [
        (line, Shown("\n".join(shown.text.splitlines()[:3]), shown.labels[:1]))
        if isinstance(line, Press) and line.label in OFFERS
        else (line, shown)
        for line, shown in answers
    ]
