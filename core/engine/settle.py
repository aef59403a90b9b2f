"""How everything ends, a batch, a command, a button, a task: facts, what comes of them, and what is written down."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

import structlog

from core.domain.booking import first_key
from core.domain.community import Community, Space
from core.domain.facts import Fact, LevelReached
from core.domain.people import Consent
from core.engine.reactions import follow_up, look_up, react
from core.engine.registry import Registry
from core.kit.context import Context
from core.kit.happening import Books, Happening
from core.store.interactions import Interaction
from core.store.outbox import OutboxRow
from core.store.unit import DatabaseDown, UnitOfWork

AtEnd = dict[int, dict[str, Callable[[Context], Awaitable[None]]]]  # by community and name
ROUNDS = 10  # of facts that come of facts: more are without end
_log = structlog.get_logger()


async def settle(unit: UnitOfWork, context: Context, registry: Registry, *first: OutboxRow) -> None:
    """Let features react to what a context raised; write down `first`, what came of it all, and what waits.

    `unit` writes: where the work took long, the one of the context is over.
    """
    books = await _books_of(unit, context, registry)
    await conclude(unit, registry, books)
    await unit.outbox.add([*first, *context.outbox, *books.outbox], context.now)
    await unit.tasks.add(context.tasks)


async def do_at_end(unit: UnitOfWork, registry: Registry, wanted: AtEnd, of: Callable[[Community], Context]) -> None:
    """Do what is done once when all that was asked together was answered, by community; what fails is left out."""
    for community_id, named in wanted.items():
        for what in named.values():
            context = of(await unit.communities.get(community_id))
            try:
                async with unit.connection.begin_nested():
                    await what(context)
                    await settle(unit, context, registry)
            except DatabaseDown:
                raise
            except Exception:
                _log.exception("what was to be done at the end failed", community=community_id)


async def conclude(unit: UnitOfWork, registry: Registry, books: Books) -> None:
    """Book what reactions gave, keep facts and let features react to them, until nothing new comes of it.

    Raise RecursionError where that has no end.
    """
    for _ in range(ROUNDS):
        if books.moves:
            await _book(unit, books)
        if not books.facts:
            return
        facts, books.facts = books.facts, []
        await _keep(unit, books, facts)
        await look_up(unit, registry, books, facts)
        for happening, fact in facts:
            react(registry, happening, fact)
        await follow_up(unit, registry, facts)
    raise RecursionError("facts come of facts without end")


async def _book(unit: UnitOfWork, books: Books) -> None:
    """Write entries and balances; levels that were reached are facts, at the place of the entry that led there."""
    members = books.members
    owners = {each: members[whose] for each, a in books.accounts.items() if (whose := a.member_id) in members}
    moves, books.moves = books.moves, []
    booking = await unit.ledger.book(moves, owners, fresh=books.fresh)
    for climb in booking.levels:
        account = books.accounts.get(climb.entry.account_id)
        place = books.places.get((climb.member.community_id, first_key(climb.entry.key)))
        if account is not None and place is not None:
            here = replace(place, account=account, member=climb.member, target=None, target_member=None)
            here.raise_(LevelReached(account=account, member=climb.member, old=climb.old, new=climb.member.level))


async def _keep(unit: UnitOfWork, books: Books, facts: Sequence[tuple[Happening, Fact]]) -> None:
    """Write the facts that have a kind as interactions."""
    rows = [_row(books, happening, fact) for happening, fact in facts if fact.kind is not None]
    await unit.interactions.add([row for row in rows if row is not None])


def _row(books: Books, happening: Happening, fact: Fact) -> Interaction | None:
    account, target = fact.account, fact.target
    if fact.kind is None or account is None or fact.member.consent is Consent.OUT:
        return None
    if fact.target_member is not None and fact.target_member.consent is Consent.OUT:
        target = None
    begun = happening.key or f"{happening.community.id}:{account.id}:{happening.now.timestamp()}"
    return Interaction(
        account.platform,
        books.key(f"{begun}#{fact.kind}"),
        happening.community.id,
        happening.space.id,
        fact.kind,
        fact.at or happening.now,
        None if happening.room is None else happening.room.id,
        account.id,
        None if target is None else target.id,
        subject=fact.subject if fact.kind.counts.subject else None,
    )


async def _books_of(unit: UnitOfWork, context: Context, registry: Registry) -> Books:
    """Return books with the facts of a context, of which some come; members are read when something is booked."""
    books, facts, heard = Books(), [*context.facts], registry.heard()
    context.facts.clear()
    homes: dict[str | None, Space | None] = {}
    for fact in facts:
        if fact.kind is None and type(fact) not in heard:
            continue
        platform = fact.account.platform if fact.account else None
        if context.space is None and platform not in homes:
            homes[platform] = await _home(unit, context.community.id, platform)
        space = context.space or homes[platform]
        if space is None:
            continue
        books.accounts |= {each.id: each for each in (fact.account, fact.target) if each is not None}
        _happening(context, books, space, fact).raise_(fact)
    return books


def _happening(context: Context, books: Books, space: Space, fact: Fact) -> Happening:
    """Return where a fact came about; what a task sees is nowhere, and said to whom it is about."""
    return Happening(
        context.now,
        context.community,
        space,
        context.room,
        fact.account,
        fact.member,
        fact.target,
        fact.target_member,
        books,
        key=context.call.key if context.call else "",
        direct=context.space is None or (context.call is not None and context.call.direct),
    )


async def _home(unit: UnitOfWork, community_id: int, platform: str | None) -> Space | None:
    """Return a community's first open space, of the platform where one is meant."""
    spaces = await unit.communities.spaces_of(community_id)
    return next((each for each in spaces if platform in (None, each.platform) and not each.closed), None)
