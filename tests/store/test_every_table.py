"""Every table, filled for three communities: joining, linking, exporting and erasing do to it what it declares."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, Table, select

from core.kit.erasing import erase, erase_everywhere
from core.kit.joining import take_in
from core.store.tables import ON_JOIN, PERSONAL, metadata
from core.store.tables.base import OnJoin, names_a_member
from core.store.unit import Store
from tests.world import World
from tests.world.platform import FakePlatform
from tests.world.rows import AT, COMMUNITIES, PEOPLE, Rows, make_rows, mark, points_at, put_in, row_id, unique_sets

TARGET, SOURCE = 0, 1  # communities, as rows are made for them
HOME = TARGET + 1  # and its id
TWINS = {row_id(SOURCE, person): row_id(TARGET, person) for person in (0, 1)}  # of members and of accounts
Row = dict[str, Any]


@pytest.fixture
async def full(store: Store) -> Store:
    """Give a database with rows in every table, and with roll-ups that are up to date."""
    async with store.begin() as unit:
        await unit.connection.run_sync(put_in, metadata, make_rows(metadata))
        for community in range(COMMUNITIES):
            while await unit.rollups.advance(community + 1):
                pass
    return store


def _read(connection: Connection) -> Rows:
    return {
        table.name: [dict(row._mapping) for row in connection.execute(select(table))]
        for table in metadata.sorted_tables
    }


async def read(store: Store) -> Rows:
    async with store.read() as unit:
        return await unit.connection.run_sync(_read)


def counted(rows: Collection[Row]) -> Counter[str]:
    return Counter(repr(sorted(row.items())) for row in rows)


def differs(table: str, before: Collection[Row], after: Collection[Row]) -> Iterator[str]:
    """Yield what is wrong where `after` isn't `before`."""
    lost, new = counted(before) - counted(after), counted(after) - counted(before)
    if lost or new:
        yield f"{table}: lost or changed {sorted(lost)}, found instead {sorted(new)}"


def hashed(platform: str, external_id: str) -> str:
    return f"hash of {platform} {external_id}"


def test_every_table_declares_what_becomes_of_it() -> None:
    for table in metadata.sorted_tables:
        assert table.name in ON_JOIN, (
            f"{table.name} doesn't say what becomes of it when communities join: "
            f"of_community({table.name}, on_join=OnJoin.…) in its file, see core/store/tables/base.py"
        )
        names = {column.name for column in names_a_member(table)} | ({"id"} if table.name == "members" else set())
        assert not names or table.name in PERSONAL, (
            f"{table.name} doesn't say what becomes of it when somebody is erased: "
            f"personal({table.name}, {', '.join(map(repr, sorted(names)))}, erase=…)"
        )
        stays = ON_JOIN[table.name] in {OnJoin.FOLLOW, OnJoin.NO_PART}
        assert stays == ("community_id" not in table.c) or table.name == "communities", (
            f"{table.name}: FOLLOW and NO_PART are for tables without community_id, and for no other"
        )
    for name, entry in PERSONAL.items():
        others = [each for each in entry.columns[1:] if entry.table.c[each].nullable]
        assert entry.erase != "delete" or entry.towards in (others or [None]), (
            f"{name}: a row goes with {entry.columns[0]} alone: personal(…, towards={others[0]!r})"
        )
        assert entry.towards is None or entry.towards in entry.columns, f"{name}: towards is one of its columns"
        assert entry.towards is None or entry.table.c[entry.towards].nullable, f"{name}.{entry.towards} may be NULL"


# Joining


def came_over(table: Table, row: Row, *, keys_apart: bool = False) -> Row:
    """Return a row as it stands once its community was taken in."""
    given = dict(row)
    for column in table.columns:
        value, other = row[column.name], points_at(column)
        if other == "communities" and value == SOURCE + 1:
            given[column.name] = HOME
        elif other in {"accounts", "members"}:
            given[column.name] = TWINS.get(value, value)
    if keys_apart and row["community_id"] == SOURCE + 1 and row["key"].startswith("same"):
        given["key"] = f"joined:{SOURCE + 1}:{row['key']}"
    return given


def by_key(table: Table, rows: Collection[Row]) -> dict[tuple[Any, ...], list[Row]]:
    found: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        found[tuple(row[column.name] for column in table.primary_key.columns)].append(row)
    return found


def summed(table: Table, rows: list[Row]) -> Row:
    kept = {column.name for column in table.primary_key.columns} | {"community_id"}
    return {name: value if name in kept else sum(row[name] for row in rows) for name, value in rows[0].items()}


def expected(table: Table, how: OnJoin, rows: list[Row]) -> list[Row]:
    """Return what a table holds after the join, by its declaration."""
    if how in {OnJoin.DROP, OnJoin.DROP_BOTH}:
        gone = {SOURCE + 1, HOME} if how is OnJoin.DROP_BOTH else {SOURCE + 1}
        return [row for row in rows if row["community_id"] not in gone]
    if how is OnJoin.YIELD:
        rows = sorted(rows, key=lambda row: bool(row["community_id"] == SOURCE + 1))
        held: set[tuple[Any, ...]] = set()
        kept = []
        for row in (came_over(table, each) for each in rows):
            keys = {(*unique, *(row[name] for name in unique)) for unique in unique_sets(table)}
            if held.isdisjoint(keys):
                kept.append(row)
            held |= keys
        return kept
    over = [came_over(table, row, keys_apart=how is OnJoin.KEYS_APART) for row in rows]
    return [summed(table, each) for each in by_key(table, over).values()] if how is OnJoin.ADD else over


def elsewhere(table: Table, rows: Collection[Row]) -> list[Row]:
    """Return the rows of the community that takes no part."""
    name = "id" if table.name == "communities" else "community_id"
    return [row for row in rows if row[name] not in {SOURCE + 1, HOME, 0}]


async def test_a_join_does_to_every_table_what_it_declares(full: Store) -> None:
    before = await read(full)
    async with full.begin() as unit:
        await take_in(unit, SOURCE + 1, HOME, AT)
    after = await read(full)
    wrong: list[str] = []
    for table in metadata.sorted_tables:
        how = ON_JOIN[table.name]
        if how is OnJoin.MERGE:
            wrong += differs(table.name, elsewhere(table, before[table.name]), elsewhere(table, after[table.name]))
            left = [row for row in after[table.name] if row.get("community_id") == SOURCE + 1]
            wrong += [f"{table.name}: still of the community that was taken in {left}"] if left else []
            continue
        wanted = expected(table, how, before[table.name])
        wrong += [f"{each} (declared: {how.value})" for each in differs(table.name, wanted, after[table.name])]
    assert not wrong, "\n".join(wrong)


async def test_a_join_makes_one_account_and_one_member_of_those_whom_both_know(full: Store) -> None:
    before = await read(full)
    async with full.begin() as unit:
        await take_in(unit, SOURCE + 1, HOME, AT)
        sums = await unit.ledger.sums(HOME)
    after = await read(full)
    assert [row["id"] for row in after["communities"]] == [1, 3]
    there = [came_over(metadata.tables["accounts"], row) for row in before["accounts"] if row["id"] not in TWINS]
    assert counted(there) == counted(after["accounts"])
    assert {row["id"] for row in before["members"]} - {row["id"] for row in after["members"]} == set(TWINS)
    assert {row["id"]: row["balance"] for row in after["members"] if row["community_id"] == HOME} == sums
    erasures = [came_over(metadata.tables["erasures"], row) for row in before["erasures"]]
    assert {repr(row) for row in erasures} == {repr(row) for row in after["erasures"]}


async def test_members_who_wait_for_an_unlink_that_a_join_ended_are_gone(full: Store) -> None:
    """Of the community that is taken in, person 0 had linked to person 2; the other knows only the first's account."""
    waiting, joined = row_id(SOURCE, 0), row_id(SOURCE, 2)
    async with full.begin() as unit:
        await unit.members.move_account(waiting, joined)
        await unit.members.recount([waiting, joined])
        await take_in(unit, SOURCE + 1, HOME, AT)
    after = await read(full)
    named = {row[name] for row in after["accounts"] for name in ("member_id", "first_member_id")}
    assert {row["id"] for row in after["members"]} <= named


async def test_a_booking_that_was_taken_back_stays_so_where_its_key_is_known_twice(full: Store) -> None:
    same = {"reason": "grant", "amount": 5, "earned": 5, "note": "", "at": AT, "reverses_id": None}
    ledger = metadata.tables["ledger"]
    async with full.begin() as unit:
        for community, keys in ((TARGET, ["k"]), (SOURCE, ["k", "undo:k", "again:2:k", "undo:kk"])):
            for key in keys:
                given = {"community_id": community + 1, "account_id": row_id(community, 2), "key": key}
                await unit.connection.execute(ledger.insert().values({**same, **given}))
        await take_in(unit, SOURCE + 1, HOME, AT)
    after = await read(full)
    keys = {row["key"] for row in after["ledger"] if row["account_id"] == row_id(SOURCE, 2)}
    assert keys >= {"joined:2:k", "undo:joined:2:k", "again:2:joined:2:k", "undo:kk"}
    assert {row["key"] for row in after["ledger"] if row["account_id"] == row_id(TARGET, 2)} >= {"k"}
    assert len([row for row in after["ledger"] if row["key"] == "undo:k"]) == 0


async def test_a_space_that_becomes_another_brings_its_rooms_along(full: Store) -> None:
    before = await read(full)
    one, other = row_id(TARGET, 0), row_id(TARGET, 1)
    rooms, presences = metadata.tables["rooms"], metadata.tables["presences"]
    async with full.begin() as unit:
        await unit.connection.execute(rooms.update().where(rooms.c.space_id.in_((one, other))).values(external_id="r"))
        await unit.connection.execute(presences.insert().values(
            account_id=one, space_id=other, community_id=HOME, joined_at=AT, left_at=None))  # fmt: skip
        await unit.joining.fold(one, other)
    after = await read(full)
    assert len(after["interactions"]) == len(before["interactions"])
    assert len(after["rooms"]) == len(before["rooms"]) - 1
    assert {row["room_id"] for row in after["interactions"] if row["space_id"] == other} == {other}


# Linking


async def test_accounts_are_linked_and_parted_and_every_row_stays(full: Store) -> None:
    world = World(full, FakePlatform("fake"), FakePlatform("other"))
    before = await read(full)
    first, second = ({"space": f"own0{person}", "platform": name} for person, name in ((0, "fake"), (1, "other")))
    await world.say("same0", "/link", **first)
    code = re.search(r"/link (\w{4}-\w{4})", world.last)
    assert code is not None, world.last
    await world.say("same1", f"/link {code[1]}", **second)
    await world.press("same1", "Join", **second)
    linked = await read(full)
    owners = {row["id"]: row["member_id"] for row in linked["accounts"]}
    assert owners[row_id(TARGET, 1)] == row_id(TARGET, 0)
    async with full.read() as unit:
        members, accounts = await unit.members.identity(row_id(TARGET, 0))
        exported = await unit.erasure.export(members, [account.id for account in accounts])
    assert not [*lacks(exported, linked, {row_id(TARGET, 0), row_id(TARGET, 1)})]
    await world.say("same1", "/unlink", **second)
    await world.press("same1", "Part them", **second)
    parted = await read(full)
    assert {row["id"]: row["member_id"] for row in parted["accounts"]} == {
        row["id"]: row["member_id"] for row in before["accounts"]
    }
    mine = {row_id(TARGET, 0), row_id(TARGET, 1)}
    # What people wear follows their tiers at every command.
    for table in (each for each in metadata.sorted_tables if each.name != "role_grants"):
        kept = [row for row in before[table.name] if table.name not in {"accounts", "members"} or row["id"] not in mine]
        for later in (linked, parted):
            lost = counted(kept) - counted(later[table.name])
            assert not lost, f"{table.name}: a link lost or changed {sorted(lost)}"
    owners = {row["id"]: row["member_id"] for row in parted["accounts"]}
    sums: Counter[int] = Counter()
    for row in parted["ledger"]:
        sums[owners[row["account_id"]]] += row["amount"]
    assert all(row["balance"] == sums[row["id"]] for row in parted["members"] if row["id"] in mine)


# Exporting


def about(table: Table, row: Row, people: Collection[int]) -> list[str]:
    """Return the columns by which a row names these members or accounts, which have the same ids."""
    names = [column.name for column in names_a_member(table)] + (["id"] if table.name == "members" else [])
    return [name for name in names if row[name] in people]


def lacks(exported: Rows, rows: Rows, people: Collection[int]) -> Iterator[str]:
    """Yield which tables an export lacks rows of."""
    for table in metadata.sorted_tables:
        shown = table.name not in PERSONAL or PERSONAL[table.name].exported
        unseen = {entry.towards for entry in (PERSONAL.get(table.name),) if entry is not None and entry.unseen}
        mine = [row for row in rows[table.name] if shown and {*about(table, row, people)} - unseen]
        given = [{**row, "payload": None} if "payload" in row else row for row in exported.get(table.name, ())]
        yield from differs(table.name, [{**row, "payload": None} if "payload" in row else row for row in mine], given)


async def test_an_export_holds_every_row_about_a_person_and_no_other(full: Store) -> None:
    rows = await read(full)
    for person in range(PEOPLE):
        async with full.read() as unit:
            members, accounts = await unit.members.identity(row_id(TARGET, person))
            exported = await unit.erasure.export(members, [account.id for account in accounts])
        wrong = [*lacks(exported, rows, {row_id(TARGET, person)})]
        assert not wrong, "\n".join(wrong)


# Erasing


def after_erasure(table: Table, rows: Collection[Row], people: Collection[int]) -> Iterator[tuple[Row, set[str]]]:
    """Yield the rows that stay by the declarations, each with the columns that then hold what it says."""
    entry = PERSONAL.get(table.name)
    for row in rows:
        named = about(table, row, people)
        if entry is None or not named:
            yield row, set(row)
            continue
        nobody: Row = {entry.towards: None} if entry.towards in named else {}
        if entry.erase != "delete":
            pointing = {column.name for column in table.columns if column.foreign_keys}
            yield {**row, **entry.blank, **nobody}, pointing | set(entry.blank)
        elif named == [entry.towards]:
            yield {**row, **nobody}, set(row)


ERASED_OWN = {"erasures", "checkpoints", "snapshots"}  # which an erasure writes, drops or takes out of


def wrong_after_erasure(before: Rows, after: Rows, people: Collection[int], places: Collection[int]) -> Iterator[str]:
    for table in metadata.sorted_tables:
        rows = after[table.name]
        if table.name in ERASED_OWN:
            there = [row for row in before[table.name] if row["community_id"] not in {*places, 0}]
            yield from differs(table.name, there, [row for row in rows if row["community_id"] not in {*places, 0}])
            continue
        wanted = [*after_erasure(table, before[table.name], people)]
        if len(wanted) != len(rows):
            yield f"{table.name}: {len(rows)} rows are left of {len(before[table.name])}, declared {len(wanted)}"
        found = by_key(table, rows)
        for row, kept in wanted:
            key = tuple(row[column.name] for column in table.primary_key.columns)
            for other in found.get(key, [{}]):
                wrong = {name: (row[name], other.get(name)) for name in sorted(kept) if row[name] != other.get(name)}
                if wrong:
                    yield f"{table.name} {key}: declared and found {wrong}"


def traces(after: Rows, people: Collection[tuple[int, int]]) -> Iterator[str]:
    """Yield what of people (community, person) is still there."""
    for community, person in people:
        for name, rows in after.items():
            held = [row for row in rows if mark(community, person) in repr(row)]
            if held:
                yield f"{name}: still names somebody who was erased: {held}"
        yield from (
            f"snapshots: still hold somebody who was erased: {row}"
            for row in after["snapshots"]
            if row_id(community, person) in row["result"]["members"]
        )


async def test_an_erasure_here_leaves_what_the_tables_declare_and_all_of_others(full: Store) -> None:
    before = await read(full)
    async with full.begin() as unit:
        await erase(unit, HOME, row_id(TARGET, 0), hashed, AT)
    after = await read(full)
    wrong = [*wrong_after_erasure(before, after, {row_id(TARGET, 0)}, {HOME}), *traces(after, [(TARGET, 0)])]
    assert not wrong, "\n".join(wrong)
    assert "same0" not in {row["external_id"] for row in after["accounts"] if row["community_id"] == HOME}
    assert not [row for row in after["checkpoints"] if row["community_id"] == HOME]


async def test_an_erasure_everywhere_reaches_every_community(full: Store) -> None:
    before = await read(full)
    async with full.begin() as unit:
        await erase_everywhere(unit, row_id(TARGET, 0), hashed, AT)
    after = await read(full)
    people = {row_id(community, 0) for community in range(COMMUNITIES)}
    places = set(range(1, COMMUNITIES + 1))
    gone = [(community, 0) for community in range(COMMUNITIES)]
    wrong = [*wrong_after_erasure(before, after, people, places), *traces(after, gone)]
    assert not wrong, "\n".join(wrong)
    assert "same0" not in {row["external_id"] for row in after["accounts"]}


async def test_who_is_left_out_takes_no_row_of_others_along(full: Store) -> None:
    ledger = metadata.tables["ledger"]
    newer = {"community_id": HOME, "account_id": row_id(TARGET, 0), "key": "newer", "reason": "grant", "at": AT}
    async with full.begin() as unit:  # so that the one that was handed over isn't what the sum stands in
        await unit.connection.execute(ledger.insert().values(amount=1, earned=1, note="", **newer))
    before = await read(full)
    async with full.begin() as unit:
        await unit.erasure.leave_out([row_id(TARGET, 0)])
        await unit.ledger.sum_up([row_id(TARGET, 0)], AT)
    after = await read(full)
    for table in metadata.sorted_tables:
        if table.name in {"checkpoints", "snapshots", "handovers"}:
            continue
        others = [row for row in before[table.name] if not about(table, row, {row_id(TARGET, 0)})]
        lost = counted(others) - counted(after[table.name])
        assert not lost, f"{table.name}: lost or changed {sorted(lost)}"
    assert len(after["handovers"]) == len(before["handovers"]) - 1
