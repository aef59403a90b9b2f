"""Names in every script: how they compare, and how people are found by them."""

from __future__ import annotations

import pytest
from alembic import command
from sqlalchemy import create_engine, text

from core.domain.people import Person, folded, spelled_apart
from migrations import upgrade
from migrations.steps import config
from tests.store.test_migrations import nothing, plain
from tests.world import World

__all__ = ["nothing"]

ALIKE = [
    ("Анна", "анна"),
    ("Анна", "АННА"),
    ("Émile", "émile"),
    ("Émile", "E\u0301MILE"),
    ("ÖZGE", "özge"),
    ("Łukasz", "ŁUKASZ"),
    ("Straße", "STRASSE"),
    ("İpek", "ipek"),
    ("Işıl", "IŞIL"),
    ("ΑΛΈΞΗΣ", "αλέξης"),
    ("Ａｎａ　Ｌｅｅ", "ana lee"),
    ("👩\u200d💻 Noor", "👩💻 noor"),
    ("\u202eZoë\u202c", "zoë"),
    ("李\u200b伟", "李伟"),
    ("ﾊﾅｺ", "ハナコ"),
    ("한글", "한글"),
]


@pytest.mark.parametrize(("name", "typed"), ALIKE)
async def test_a_member_is_found_however_the_name_is_written(world: World, name: str, typed: str) -> None:
    world.moderator("mo")
    await world.join(Person("7", name))
    await world.say("mo", f'/grant "{typed}" 5 notes')
    assert (await world.member("7")).balance == 5, world.last


async def test_a_new_name_counts_at_once_and_the_old_one_no_longer(world: World) -> None:
    world.moderator("mo")
    await world.join(Person("7", "Ягода", "yagoda"))
    await world.say(Person("7", "Ёлка", "elka"), "hi")
    await world.say("mo", "/grant ЁЛКА 5 notes")
    await world.say("mo", "/grant @ELKA 5 notes")
    await world.say("mo", "/grant ягода 5 notes")
    assert world.last.startswith("I don't know a member called “ягода”.")
    await world.say("mo", "/grant yagoda 5 notes")
    assert world.last.startswith("I don't know a member called “yagoda”.")


async def test_a_community_is_found_however_its_name_is_written(world: World) -> None:
    await world.open("second", "DATA KITCHEN")
    async with world.store.read() as unit:
        found = [await unit.communities.named(name) for name in ("Data Kitchen", "DATA KITCHEN", "data  kitchen", "x")]
    first, second = (await world.community()).id, (await world.community("second")).id
    assert [each and each.id for each in found] == [first, second, first, None]


def test_accents_and_vowel_signs_still_tell_names_apart() -> None:
    assert len({folded(name) for name in ("Zoe", "Zoë", "Ела", "Ёла", "मि", "मु", "Ana", "Anna")}) == 8
    assert spelled_apart("Łúk-asz 2") == "lukasz2"


def test_names_from_before_are_folded_when_the_database_is_brought_up_to_date(nothing: str) -> None:
    upgrade(nothing)
    command.downgrade(config(nothing), "0009")
    command.downgrade(config(nothing), "-1")
    engine = create_engine(plain(nothing))
    with engine.begin() as connection:
        connection.execute(
            text("INSERT INTO communities (id, name, settings, created_at) VALUES (1, 'x', '{}', '2026-01-01')")
        )
        connection.execute(
            text(
                "INSERT INTO members (id, community_id, name, consent, bot, balance, earned, level, tier, notify,"
                " streak, owed) VALUES (1, 1, 'Анна', 'counted', false, 0, 0, 0, 0, 'room', 0, 0)"
            )
        )
        account = (
            "INSERT INTO accounts (id, community_id, member_id, platform, external_id, name, username, bot, reachable)"
            " VALUES (:id, 1, 1, 'fake', :id, :name, :handle, false, true)"
        )
        rows = [
            {"id": id_, "name": name, "handle": handle} for id_, name, handle in ((1, "Анна", "ANNA"), (2, "İ", None))
        ]
        for row in rows:
            connection.execute(
                text(account.replace(":id, 1, 1", "CAST(:id AS INTEGER), 1, 1")), row | {"id": str(row["id"])}
            )
    upgrade(nothing)
    with engine.connect() as connection:
        kept = connection.execute(text("SELECT folded_name, folded_username FROM accounts ORDER BY id")).all()
    assert [tuple(row) for row in kept] == [("анна", "anna"), ("i", None)]
    engine.dispose()
