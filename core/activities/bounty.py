"""Question bounty: whoever asks puts points of their own on a question, for the answer that they accept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Annotated

from core.domain.activities import Number, Run
from core.domain.booking import TakeBack
from core.domain.bounties import Bounty, Fate
from core.domain.community import Room
from core.domain.errors import BadInput, NotAllowed, NotFound
from core.domain.events import message_key
from core.domain.facts import EntryUndone
from core.domain.message import Button, Reply, Tag
from core.domain.people import Member, served
from core.domain.points import AMOUNT_LIMIT, Reason
from core.domain.schedule import Weekly
from core.domain.tasks import Task
from core.kit import Context, Happened, Length, Markup, Menu, Range, action, after, command, form, posts, task
from core.kit.activities import (
    NothingToDo,
    activity,
    button,
    context_after,
    count_parts,
    in_public,
    open_run,
    place_of,
    redraw,
    run_of,
    take_part,
)
from core.kit.consent import must_serve, personal
from core.kit.ledger_actions import account_of
from core.kit.words import name_of, one_of
from core.store.unit import UnitOfWork

_LISTED = 20  # questions, or people whose answer may be accepted
_WORDS = 60  # characters of a question that a list repeats
_ANEW = timedelta(days=1)  # that a question is open at least where it is opened again
_KEY = re.compile(r"(?:^|:)bounty:(?P<id>\d+)(?P<won>:won(?::\d+)?)?$")  # joined communities put something before it


@activity(
    schedule=Weekly("mon 09:00"),
    fields=(
        Number(name="most", default=100, low=1, high=10_000, offers=(20, 50, 100, 500)),
        Number(name="each", default=2, low=1, high=10, offers=(1, 2, 5)),
        Number(name="days", default=7, low=1, high=28, offers=(1, 3, 7, 14)),
        Number(name="hours", default=168, low=1, high=24 * 28, offers=(24, 168, 672)),
    ),
)
async def bounty(context: Context, run: Run) -> Reply:
    """Invite everybody to put points on a question, with how many asked so far."""
    count = await count_parts(context, run)
    said = context.t("activity-bounty-post", most=run.values["most"], days=run.values["days"], count=count)
    return Reply(said, ((button(context, "activity-bounty-join", ask_for_points, run),),))


@bounty.ending
async def over(context: Context, run: Run) -> Reply:
    """Say that no more questions are taken; those that are open stay so until their own end."""
    return Reply(context.t("activity-bounty-over", count=await count_parts(context, run)))


@form(private=True, hidden=("run", "room"))
async def ask_for_points(
    context: Context,
    run: int,
    question: Annotated[str, Length(300, long=True)],
    points: Annotated[int, Range(1, AMOUNT_LIMIT)],
    room: int = 0,
) -> Reply:
    """Put a question up with points on it, which are spent now; in a `room` that whoever asks began, if given."""
    it, me = await open_run(context, run), must_serve(context, context.me)
    mine = [account.id for account in await context.unit.members.accounts_of([me.id])]
    there = await context.unit.bounties.open(context.community.id, mine)
    if points > it.values["most"]:
        raise BadInput("error-bounty-most", most=it.values["most"])
    if len(there) >= it.values["each"]:
        raise BadInput("error-bounty-each", each=it.values["each"])
    if points > me.balance:
        raise BadInput("error-bounty-too-dear", points=points, balance=me.balance)
    space, where = await place_of(context, it.activity)
    if room:
        where = await _still_there(context, room, there)
    asked = Bounty(
        id=0,
        run_id=it.id,
        account_id=context.my_account.id,
        asked=question,
        points=points,
        at=context.now,
        ends_at=context.now + timedelta(days=it.values["days"]),
    )
    made = await context.unit.bounties.add(context.community.id, asked)
    await context.give(context.my_account, -points, Reason.BOUNTY, made.name, earned=0)
    await posts.put_up(context, made.name, space, where, _post(in_public(context), made, me))
    await context.schedule(return_bounty, made.name, made.ends_at)
    await take_part(context, run)
    await redraw(context, it)
    said = context.t("bounty-asked", points=points, balance=context.me.balance, until=context.said_moment(made.ends_at))
    return Reply(said)


@command(private=True, name="bounty")
async def bounties(context: Context) -> Reply:
    """See which questions have points on them, and ask one yourself."""
    there = await context.unit.bounties.open(context.community.id)
    ask = await _asking(context)
    if not there:
        return Reply(context.t("bounty-none" if ask else "bounty-nothing"), ask)
    lines = [context.t("bounty-title")]
    lines += [
        context.t("bounty-line", points=each.points, asked=_brief(each), until=context.said_moment(each.ends_at))
        for each in there[:_LISTED]
    ]
    mine = set(await context.my_accounts())
    answers = [
        context.button(context.t.plain("bounty-accept", asked=_brief(each)), bounty_answers, bounty=each.id)
        for each in there
        if each.account_id in mine
    ]
    return Reply(Markup("\n".join(lines)), (*one_of(context.t.plain("bounty-choose"), answers), *ask))


@command(private=True, menus={Menu.MESSAGE})
async def accept(context: Context, member: Member) -> Reply:
    """Accept a member's answer to your question: they get the points on it."""
    mine = await context.my_accounts()
    there = await context.unit.bounties.open(context.community.id, mine)
    if not there:
        raise BadInput("error-bounty-none")
    if len(there) == 1:
        return await _accept(context, there[0], member)
    buttons = [_accepting(context, each, member, _brief(each)) for each in there]
    return Reply(context.t("bounty-which", name=name_of(context.t, member)), one_of(_choose(context), buttons))


@action(private=True)
async def bounty_answers(context: Context, bounty: int) -> Reply:
    """Show whoever asked who wrote since, to accept the answer of one."""
    it = await _mine(context, bounty)
    members = await _wrote(context, it)
    buttons = [_accepting(context, it, each, name_of(context.t, each)[:60]) for each in members]
    key = "bounty-whose" if members else "bounty-nobody"
    return Reply(context.t(key, asked=_brief(it)), one_of(_choose(context), buttons))


@action(private=True)
async def accept_answer(context: Context, bounty: int, member: Member) -> Reply:
    """Accept the answer of whoever was chosen."""
    return await _accept(context, await _mine(context, bounty), member)


@task()
async def return_bounty(context: Context, task: Task) -> None:
    """Give the points of a question back of which no answer was accepted in time."""
    it = await context.unit.bounties.get(context.community.id, int(task.subject.split(":")[1]))
    if it is None:  # who asked is erased, and their words go too
        await posts.close(context, task.subject, Reply(in_public(context).t("bounty-gone"), tag=Tag.NONE))
        return
    if not await context.unit.bounties.settle(it, Fate.RETURNED):
        return
    account = await context.unit.members.account(it.account_id)
    booking = await context.unit.ledger.take_back([(context.community.id, TakeBack(it.name, context.now))])
    member = await context.booked(account, booking, again=True)
    public = in_public(context)
    over = public.t("bounty-returned-post", asked=it.asked, points=it.points)
    await posts.close(context, it.name, Reply(over, title=it.asked, tag=Tag.NONE))
    t = context.texts_for(member)
    said = t("bounty-returned", points=it.points, asked=_brief(it), community=context.community.name)
    await context.tell(member, Reply(said))


async def _asking(context: Context) -> tuple[tuple[Button, ...], ...]:
    """Return the button that asks for points: for a post of one's own where it is called in such."""
    open_now = await context.unit.activities.open_runs(context.community.id)
    runs = [each for each in open_now if each.activity.kind == bounty.name]
    room = await _begun_by_me(context)
    for run in runs:
        if room is not None and room.inside is not None and room.inside.id == run.activity.room_id:
            here = context.t.plain("bounty-here")
            return ((context.button(here, ask_for_points, run=run.id, room=room.id, question=room.name),),)
    label = context.t.plain("activity-bounty-join")
    return tuple((context.button(label, ask_for_points, run=run.id),) for run in runs[:1])


async def _begun_by_me(context: Context) -> Room | None:
    """Return the room where a command is called, if that is a thread which a message of the caller's began."""
    space, room = context.space, context.room
    if space is None or room is None or not room.thread:
        return None
    began = message_key(room.external_id)  # a thread has the id of its first message
    author = (await context.unit.interactions.authors(space.platform, [began])).get(began)
    return room if author in await context.my_accounts() else None


async def _still_there(context: Context, room_id: int, asked: Sequence[Bounty]) -> str:
    """Return what the platform calls a room; raise where it is gone, or one of the questions stands in it already."""
    room = await context.unit.communities.room_with(room_id)
    if room.deleted:
        raise NothingToDo("activity-trouble-room")
    for each in asked:
        if any(
            post.room == room.external_id for post in await context.unit.posts.named(context.community.id, each.name)
        ):
            raise BadInput("error-bounty-there")
    return room.external_id


async def _accept(context: Context, it: Bounty, member: Member) -> Reply:
    must_serve(context, context.me)
    account = await account_of(context, _answerer(context, member))
    if account.behind_bridge:
        raise BadInput("error-bounty-bridge", name=member.name)
    if not await _holds_points(context, it):
        raise BadInput("error-bounty-undone")
    if not await context.unit.bounties.settle(it, Fate.SOLVED, account.id):
        raise BadInput("error-bounty-over")
    # It moves points from one to the other: nobody's lifetime sum, and so no level, comes of it.
    before = await context.unit.ledger.amounts_under(context.community.id, it.name, Reason.BOUNTY)
    key = it.won(len(before))
    await context.give(account, it.points, Reason.BOUNTY, key, earned=0, actor_account_id=context.my_account.id)
    await context.cancel(return_bounty, it.name)
    public = in_public(context)
    named = name_of(public.t, member) if personal([member]) else "none"
    solved = public.t("bounty-solved-post", asked=it.asked, points=it.points, name=named)
    await posts.close(context, it.name, Reply(solved, title=it.asked, tag=Tag.SOLVED))
    t = context.texts_for(member)
    told = t("bounty-won", name=name_of(t, context.me), points=it.points, community=context.community.name)
    await context.tell(member, Reply(told))
    return Reply(context.t("bounty-accepted", name=name_of(context.t, member), points=it.points))


@after(EntryUndone)
async def points_were_taken_back(unit: UnitOfWork, happened: Happened[EntryUndone]) -> None:
    """Call a question off whose points a moderator gave back; open it again where they took them from an answer."""
    for happening, fact in happened:
        found = _KEY.search(fact.key)
        it = found and await unit.bounties.get(happening.community.id, int(found["id"]))
        if not found or not it:
            continue
        context = context_after(unit, happening, fact, bounty)
        await (_open_again(context, it, fact.member) if found["won"] else _call_off(context, it))
        happening.books.outbox += context.outbox


async def _call_off(context: Context, it: Bounty) -> None:
    if not await context.unit.bounties.settle(it, Fate.UNDONE):
        return
    await context.cancel(return_bounty, it.name)
    said = context.t("bounty-undone-post", asked=it.asked, points=it.points)
    await posts.close(context, it.name, Reply(said, title=it.asked, tag=Tag.NONE))
    await _tell(context, await _asker(context, it), "bounty-undone", it)


async def _open_again(context: Context, it: Bounty, answerer: Member) -> None:
    """Let another answer be accepted, for a day at least; what holds no points itself any more is called off."""
    ends_at = max(it.ends_at, context.now + _ANEW)
    if not await context.unit.bounties.reopen(it, ends_at):
        return
    await _tell(context, answerer, "bounty-lost", it)
    open_now = replace(it, fate=Fate.OPEN, answer_account_id=None, ends_at=ends_at)
    if not await _holds_points(context, it):
        await _call_off(context, open_now)
        return
    asker = await _asker(context, it)
    await context.schedule(return_bounty, it.name, ends_at)
    await posts.reopen(context, it.name, _post(context, open_now, asker))
    await _tell(context, asker, "bounty-reopened", open_now)


async def _tell(context: Context, member: Member, key: str, it: Bounty) -> None:
    t, named = context.texts_for(member), context.community.name
    until = context.said_moment(it.ends_at, t)
    await context.tell(member, Reply(t(key, asked=_brief(it), points=it.points, community=named, until=until)))


async def _asker(context: Context, it: Bounty) -> Member:
    return await context.unit.members.get((await context.unit.members.account(it.account_id)).member_id)


async def _holds_points(context: Context, it: Bounty) -> bool:
    """Say whether the points that were put on a question are neither given back nor summed up since."""
    spent = (await context.unit.ledger.with_keys(context.community.id, [it.name])).get(it.name)
    return spent is not None and await context.unit.ledger.reversal_of(spent.id) is None


def _answerer(context: Context, member: Member) -> Member:
    """Return whose answer is accepted; raise with why it can't be."""
    if member.id == context.me.id:
        raise BadInput("error-bounty-self")
    if member.bot:
        raise BadInput("error-bounty-bot")
    if member.left_at is not None:
        raise BadInput("error-bounty-left", name=member.name)
    return must_serve(context, member)


async def _mine(context: Context, bounty_id: int) -> Bounty:
    it = await context.unit.bounties.get(context.community.id, bounty_id)
    if it is None:
        raise NotFound("error-bounty-over")
    if (await context.unit.members.account(it.account_id)).member_id != context.me.id:
        raise NotAllowed("error-bounty-not-yours")
    if it.fate is not Fate.OPEN:
        raise BadInput("error-bounty-over")
    return it


async def _wrote(context: Context, it: Bounty) -> Sequence[Member]:
    """Return who wrote where a question stands since it was asked: who answered it first, then the last."""
    place = (await run_of(context, it.run_id)).activity
    put_up = await context.unit.posts.named(context.community.id, it.name)
    message = next((post.message for post in put_up if post.message), None)
    answering = None if message is None else message_key(message)
    # In a forum a question is a room of its own, which its message names, or stands in whoever asks' own.
    names = [each for each in (message, *(post.room for post in put_up)) if each is not None]
    rooms = await context.unit.communities.rooms([place.space_id], names)
    known = (rooms.get((place.space_id, each)) for each in names)
    room = next((each.id for each in known if each is not None), place.room_id)
    found = await context.unit.bounties.wrote_since(
        context.community.id, place.space_id, room, it.at, answering, 2 * _LISTED
    )
    people = await context.unit.members.of_accounts(found)
    members = {people[account].id: people[account] for account in found if account in people}
    there = [each for each in members.values() if served(each) and not each.bot and each.left_at is None]
    return [each for each in there if each.id != context.me.id][:_LISTED]


def _post(context: Context, it: Bounty, asker: Member) -> Reply:
    """Return what an open question says; whoever asked accepts under it."""
    until = context.said_moment(it.ends_at)
    said = context.t("bounty-post", asked=it.asked, points=it.points, name=name_of(context.t, asker), until=until)
    accept = context.button(context.t.plain("bounty-accept-one"), bounty_answers, bounty=it.id)
    return Reply(said, ((accept,),), title=it.asked, tag=Tag.OPEN)


def _accepting(context: Context, it: Bounty, member: Member, label: str) -> Button:
    return context.button(label, accept_answer, bounty=it.id, member=f"#{member.id}")


def _choose(context: Context) -> str:
    return context.t.plain("bounty-choose")


def _brief(it: Bounty) -> str:
    words = " ".join(it.asked.split())
    return words if len(words) <= _WORDS else f"{words[: _WORDS - 1]}…"
