"""What Kith puts up in rooms under a name, and changes, pins and closes by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from core.domain.community import Space
from core.domain.message import Button, Reply
from core.domain.outgoing import Edit, Outgoing, Pin, Poll, PollClose, SentButton
from core.domain.tasks import Task
from core.kit.context import Context
from core.kit.declare import task
from core.store.buttons import ButtonState, new_token
from core.store.outbox import EDIT, PIN, POLL_CLOSE, OutboxRow
from core.store.posts import Post
from core.store.unit import UnitOfWork

LIFE = timedelta(days=30)  # of the buttons under a post that has no end


async def put_up(
    context: Context,
    name: str,
    space: Space,
    room: str | None,
    reply: Reply,
    *,
    until: datetime | None = None,
    pinned: bool = False,
    delete_after: int = 0,
) -> bool:
    """Write into a room, unasked, what is called `name` from then on; False where the room has one of that name.

    Anybody may press its buttons. `until` is when they go by themselves. It goes away itself `delete_after` seconds
    after it was sent, where that isn't 0.
    """
    post_id = await context.unit.posts.add(context.community.id, name, space.id, room, context.now, until)
    if post_id is None:
        return False
    content = await content_of(context, post_id, space, room, reply, until)
    content = replace(content, delete_after=delete_after, attachment=reply.attachment)
    send(context, post_id, space, content, until=until, pinned=pinned)
    return True


def send(
    context: Context,
    post_id: int,
    space: Space,
    content: Outgoing | Poll,
    *,
    kind: str = "push",
    until: datetime | None = None,
    pinned: bool = False,
) -> None:
    """Send what a post says, and plan its end."""
    context.outbox.append(OutboxRow(content, context.community.id, kind=kind, post_id=post_id))
    if until is not None:
        context.plan(close_post, str(post_id), until)
    if pinned:
        pin = Pin(platform=space.platform, space=space.external_id, room=content.room)
        context.outbox.append(OutboxRow(pin, context.community.id, kind=PIN, post_id=post_id))


async def change(context: Context, name: str, reply: Reply) -> None:
    """Let every open post of a name say something else; of changes that wait the last alone is made."""
    for post in await context.unit.posts.named(context.community.id, name):
        if not post.closed:
            await _change(context, post, reply)


async def change_post(context: Context, post_id: int, reply: Reply) -> None:
    """Let one post say something else, unless it is closed."""
    post = await context.unit.posts.get(post_id)
    if post is not None and not post.closed:
        await _change(context, post, reply)


async def close(context: Context, name: str, reply: Reply | None = None) -> None:
    """Close every post of a name: it says `reply`, or what it said, and nobody can press anything any more."""
    for post in await context.unit.posts.named(context.community.id, name):
        if post.closed:
            continue
        if reply is not None:
            await _change(context, post, replace(reply, buttons=()))
        else:
            context.outbox.append(_bare(post))
        await _end(context.unit, post, context.now)


async def retract(context: Context, name: str, reply: Reply) -> None:
    """Close every post of a name, and let those that were closed before say `reply` too; a platform's poll can't."""
    for post in await context.unit.posts.named(context.community.id, name):
        if not post.poll:
            await _change(context, post, replace(reply, buttons=()))
        elif not post.closed:
            context.outbox.append(_bare(post))
        if not post.closed:
            await _end(context.unit, post, context.now)


async def reopen(context: Context, name: str, reply: Reply) -> None:
    """Let every post of a name that was closed say something else, with buttons to press again."""
    for post in await context.unit.posts.named(context.community.id, name):
        if post.closed and not post.poll:
            await context.unit.posts.reopen(post.id)
            await _change(context, post, reply)


async def unpin(context: Context, name: str) -> None:
    """Let no post of a name stand at the top of its room any more."""
    for post in await context.unit.posts.named(context.community.id, name):
        pin = Pin(platform=post.platform, space=post.space, room=post.room, pinned=False)
        context.outbox.append(OutboxRow(pin, context.community.id, kind=PIN, post_id=post.id))


@task()
async def close_post(context: Context, task: Task) -> None:
    """Close the post that a task is about, whose time is over: it says what it said, without buttons."""
    post = await context.unit.posts.get(int(task.subject))
    if post is not None and not post.closed:
        context.outbox.append(_bare(post))
        await _end(context.unit, post, context.now)


async def _end(unit: UnitOfWork, post: Post, now: datetime) -> None:
    await unit.buttons.close(post.id)
    await unit.posts.close(post.id, now)


def _bare(post: Post) -> OutboxRow:
    if post.poll:
        close = PollClose(platform=post.platform, space=post.space, room=post.room)
        return OutboxRow(close, post.community_id, kind=POLL_CLOSE, post_id=post.id)
    edit = Edit(platform=post.platform, space=post.space, room=post.room)
    return OutboxRow(edit, post.community_id, kind=EDIT, post_id=post.id)


async def _change(context: Context, post: Post, reply: Reply) -> None:
    place = Outgoing(text="", platform=post.platform, space=post.space, room=post.room)
    content = await _content(context, post.id, place, reply, context.now + LIFE)
    for at, row in enumerate(context.outbox):
        if row.post_id == post.id and isinstance(row.outgoing, Outgoing):
            context.outbox[at] = replace(row, outgoing=content)
            return
        if row.post_id == post.id and isinstance(row.outgoing, Edit):
            context.outbox[at] = replace(row, outgoing=replace(row.outgoing, content=content))
            return
    if not await context.unit.outbox.change(post.id, content):
        edit = Edit(platform=post.platform, space=post.space, room=post.room, content=content)
        context.outbox.append(OutboxRow(edit, context.community.id, kind=EDIT, post_id=post.id))


async def content_of(
    context: Context, post_id: int, space: Space, room: str | None, reply: Reply, until: datetime | None
) -> Outgoing:
    """Return a post as it is sent, its buttons kept; anybody may press them."""
    place = Outgoing(text="", platform=space.platform, space=space.external_id, room=room)
    return await _content(context, post_id, place, reply, until or context.now + LIFE)


async def _content(context: Context, post_id: int, place: Outgoing, reply: Reply, until: datetime) -> Outgoing:
    return replace(
        place,
        text=reply.text,
        picture=reply.picture,
        buttons=await _buttons(context, post_id, reply.buttons, until),
        locale=context.community.settings.language,
        title=reply.title,
        tag=reply.tag,
    )


async def _buttons(
    context: Context, post_id: int, rows: Sequence[Sequence[Button]], until: datetime
) -> tuple[tuple[SentButton, ...], ...]:
    """Return buttons as they are sent; one that was there already keeps its token, since it may be under a finger."""
    known = {_does(kept): kept.token for kept in await context.unit.buttons.under(post_id)}
    fresh: list[ButtonState] = []
    for button in (each for row in rows for each in row):
        if button.url is None and _does(button) not in known:
            token, options = new_token(asks=button.asks), dict(button.options)
            known[_does(button)] = token
            fresh.append(
                ButtonState(token, context.community.id, None, button.command, options, False, until, post_id=post_id)
            )
    await context.unit.buttons.add(fresh)
    return tuple(
        tuple(SentButton(each.label, known.get(_does(each), ""), each.url, each.choice) for each in row) for row in rows
    )


def _does(button: Button | ButtonState) -> tuple[str, tuple[tuple[str, str], ...]]:
    return button.command, tuple(sorted(button.options.items()))
