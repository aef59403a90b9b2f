"""Forums: what is put up there is a post of its own, a thread with a title and tags, named by its first message."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

import discord
import structlog

from bot.platforms.discord.rest import Body, Rest
from bot.platforms.port import RetryLater
from core.domain.clock import Clock
from core.domain.message import Tag, parse
from core.domain.outgoing import Outgoing
from core.kit.texts import LANGUAGES, Texts

if TYPE_CHECKING:
    from bot.platforms.discord.client import GatewayClient
    from bot.platforms.discord.pages import Page

TITLE, TAGS, APPLIED = 100, 20, 5  # Discord's most: characters of a title, tags of a forum and of a post
NOT_YET = 2.0  # seconds until Discord has told of more rooms
NO_MESSAGES = 50008  # Discord's code for a room in which there are posts instead
KINDS = {discord.ChannelType.forum, discord.ChannelType.media}
_REMEMBERED = timedelta(minutes=5)  # a post of which nobody heard is looked for: forums know no nonces
_WORDS = {Tag.OPEN: "forum-tag-open", Tag.SOLVED: "forum-tag-solved"}
_log = structlog.get_logger()


class Forums:
    """Put posts up in forums, and keep their tags as what they say."""

    def __init__(self, rest: Rest, clients: Sequence[GatewayClient], clock: Clock) -> None:
        self._rest = rest
        self._clients = clients
        self._clock = clock

    def named(self, room: str | None) -> discord.ForumChannel | None:
        """Return the forum of an id, None where that is another room or isn't known yet."""
        found = (client.get_channel(int(room)) for client in self._clients if room and room.isdigit())
        return next((each for each in found if isinstance(each, discord.ForumChannel)), None)

    @property
    def known(self) -> bool:
        """Say whether Discord has told of every room."""
        return bool(self._clients) and all(client.is_ready() for client in self._clients)

    async def put_up(self, forum: discord.ForumChannel, outgoing: Outgoing, page: Page) -> str:
        """Open a post and return its id, also of one that a try of which nobody heard has opened."""
        title = _title(outgoing)
        if (there := await self._there(forum, title, page.body)) is not None:
            return there
        tags = await self._tags(forum, outgoing, ())
        body = {"name": title, "message": {**page.body}, "applied_tags": tags}
        return str((await self._rest.open_post(str(forum.id), body, page.files))["id"])

    async def keep(self, forum: discord.ForumChannel, post: str, outgoing: Outgoing | None) -> bool:
        """Open a post again that was archived, so that it can be changed, and let its tags follow what it says.

        Return whether it is to be archived again after that: where Kith may, and nobody has anything to do there.
        """
        return await self._keep(forum, await self._rest.channel(post), outgoing)

    async def follow(self, room: str, outgoing: Outgoing) -> bool:
        """Do as `keep` where what says something of a question stands in somebody's own post."""
        if outgoing.tag is None:
            return False
        thread = await self._rest.channel(room)
        if (forum := self.named(thread.get("parent_id"))) is not None:
            return await self._keep(forum, thread, outgoing)
        if thread.get("parent_id") and not self.known:
            raise RetryLater(NOT_YET)
        return False

    async def archive(self, post: str) -> None:
        """Archive a post again."""
        await self._change(post, {"archived": True})

    async def _keep(self, forum: discord.ForumChannel, thread: Body, outgoing: Outgoing | None) -> bool:
        archived = bool(thread["thread_metadata"]["archived"])
        changes: list[Body] = [{"archived": False}] if archived else []
        if outgoing is not None and outgoing.tag is not None and _may_tag(forum, thread):
            tags = await self._tags(forum, outgoing, thread["applied_tags"])
            changes += [{"applied_tags": tags}] if tags != thread["applied_tags"] else []
        for each in changes:  # one by one: who may not tag another's post may open it again
            await self._change(str(thread["id"]), each)
        return archived and _may_tag(forum, thread) and not (outgoing and outgoing.buttons)

    async def _change(self, post: str, change: Body) -> None:
        try:
            await self._rest.change_channel(post, change)
        except discord.Forbidden as error:
            _log.warning("a post could not be changed", post=post, change=list(change), error=error.code)

    async def _there(self, forum: discord.ForumChannel, title: str, body: Body) -> str | None:
        """Return the post that says this already, by its words and its buttons; None where there is none."""
        since = self._clock.now() - _REMEMBERED
        for thread in forum.threads:
            opened = discord.utils.snowflake_time(thread.id)
            if thread.owner_id != forum.guild.me.id or thread.name != title or opened < since:
                continue
            try:
                said = await self._rest.message(str(thread.id), str(thread.id))
            except discord.NotFound:
                continue
            if (said["content"], _pressed(said)) == (body["content"], _pressed(body)):
                return str(thread.id)
        return None

    async def _tags(self, forum: discord.ForumChannel, outgoing: Outgoing, applied: Sequence[str]) -> list[str]:
        """Return the ids of the tags that a post is to have: those of `applied` that aren't ours, and its own."""
        mine = forum.permissions_for(forum.guild.me)
        told = await self._rest.channel(str(forum.id))
        tags: list[Body] = told["available_tags"]
        mayn_t = {str(each["id"]) for each in tags if each.get("moderated") and not mine.manage_threads}
        ours = {str(each["id"]) for key in _WORDS.values() for each in tags if _is(each, key)}
        kept = [each for each in applied if each not in ours]
        own: str | None = None
        if outgoing.tag in _WORDS and outgoing.tag is not None:
            own = await self._own(forum, tags, _WORDS[outgoing.tag], outgoing.locale, may=mine.manage_channels)
        if own is not None and own not in mayn_t and len(kept) < APPLIED:
            kept.append(own)
        if not kept and forum.flags.require_tag:
            kept = [str(each["id"]) for each in tags if str(each["id"]) not in mayn_t][:1]
        return kept

    async def _own(
        self, forum: discord.ForumChannel, tags: Sequence[Body], key: str, locale: str, *, may: bool
    ) -> str | None:
        """Return the id of a forum's tag, made where it isn't there and that `may` be; None where it can't be had."""
        found = next((str(each["id"]) for each in tags if _is(each, key)), None)
        if found is not None or not may or len(tags) >= TAGS:
            return found
        body = {"available_tags": [*tags, {"name": Texts(locale).plain(key)}]}
        try:
            made = await self._rest.change_channel(str(forum.id), body)
        except discord.Forbidden as error:
            _log.warning("a tag could not be made", forum=forum.id, error=error.code)
            return None
        return next((str(each["id"]) for each in made["available_tags"] if _is(each, key)), None)


def lacking(forum: discord.ForumChannel, me: discord.Member) -> str | None:
    """Return what is said of a forum in which Kith can write, and where its questions get no tags; else None.

    Either it has none that Kith could give, or Kith may not give them to people's own posts.
    """
    mine = forum.permissions_for(me)
    if not (mine.view_channel and mine.send_messages):
        return None
    there = all(any(_is({"name": tag.name}, key) for tag in forum.available_tags) for key in _WORDS.values())
    if not there and not mine.manage_channels:
        return "doctor-discord-forum-tags"
    return None if mine.manage_threads else "doctor-discord-forum-posts"


def _may_tag(forum: discord.ForumChannel, thread: Body) -> bool:
    me = forum.guild.me
    return str(thread["owner_id"]) == str(me.id) or forum.permissions_for(me).manage_threads


def _is(tag: Body, key: str) -> bool:
    """Say whether a tag is called as it is in any language."""
    return str(tag["name"]).strip().casefold() in {Texts(each).plain(key).casefold() for each in LANGUAGES}


def _title(outgoing: Outgoing) -> str:
    """Return what a post is called: its title, else its first line."""
    said = "".join(span.text for span in parse(outgoing.text)).strip() or "…"
    words = " ".join((outgoing.title or said.split("\n")[0]).split())
    return words if len(words) <= TITLE else f"{words[: TITLE - 1]}…"


def _pressed(body: Body) -> list[str]:
    """Return what the buttons and menus of a message are known by."""
    parts = [part for row in body.get("components") or () for part in row["components"]]
    options = [option["value"] for part in parts for option in part.get("options") or ()]
    return [part.get("custom_id") or part.get("url") or "" for part in parts] + options
