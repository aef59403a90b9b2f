"""What Discord asks of forums and their posts, which simcord's routes don't ask or ask otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import discord
from simcord.backend import serializers
from simcord.backend.errors import BackendError
from simcord.backend.models import Channel, User
from simcord.enums import ChannelType

from tests.world.discord_parts import Id, Part, id_of

TAGS, APPLIED, NAME = 20, 5, 20  # tags of a forum, tags of a post, characters of a tag's name

PLAIN = {"moderated": False, "emoji_id": None, "emoji_name": None}  # what Discord says of every tag


class Forums(Part):
    """Look at and hold to account what is done with forums."""

    def tags(self, forum: Channel | Id, *names: str, moderated: bool = False) -> list[str]:
        """Let a forum have these tags besides those it has; return their ids."""
        had = self.backend.get_channel(id_of(forum)).available_tags
        made = [{**PLAIN, "id": str(self.backend.snowflake()), "name": each, "moderated": moderated} for each in names]
        self.backend.edit_channel(id_of(forum), {"available_tags": [*had, *made]})
        return [each["id"] for each in made]

    def post(self, user: User | Id, forum: Channel | Id, name: str, text: str) -> Channel:
        """Somebody opens a post, by a message that has its id."""
        thread = self.backend.create_thread(id_of(forum), name, id_of(user), broadcast=False)
        first = self.backend.prepare_message(thread.id, id_of(user), text)
        first.id = thread.id
        self.backend.announce_thread_create(thread)
        self.backend.commit_message(first)
        return thread

    def posts(self, forum: Channel | Id) -> list[tuple[Channel, list[str]]]:
        """Return the posts of a forum with the names of their tags, oldest first."""
        named = {int(each["id"]): each["name"] for each in self.backend.get_channel(id_of(forum)).available_tags}
        threads = [each for each in self.backend.channels.values() if each.is_thread and each.parent_id == id_of(forum)]
        return [(each, [named[tag] for tag in each.applied_tags]) for each in sorted(threads, key=lambda each: each.id)]

    def _of_forums(self, method: str, parts: Sequence[str], body: Any) -> Any:
        """Raise where Discord refuses what is asked, answer what simcord would answer otherwise, else None."""
        match (method, *parts):
            case ("POST", "channels", channel, "messages") if self._is_forum(int(channel)):
                raise BackendError(400, 50008, "Cannot send messages in a non-text channel")
            case ("POST", "channels", forum, "threads") if self._is_forum(int(forum)):
                if "poll" in body["message"]:
                    raise BackendError(400, 50035, "Invalid Form Body: message")
                self._must_take_tags(int(forum), (), body.get("applied_tags") or ())
            case ("PATCH", "channels", channel, "messages", _):
                self._must_be_open(int(channel))
            case ("PATCH", "channels", channel) if self.backend.get_channel(int(channel)).is_thread:
                return self._change_thread(int(channel), body)
            case ("PATCH", "channels", _) if "available_tags" in body:
                self._must_be_tags(body["available_tags"])
                body["available_tags"] = [{**PLAIN, **each} for each in body["available_tags"]]
        return None

    def _is_forum(self, channel_id: int) -> bool:
        return self.backend.get_channel(channel_id).type == ChannelType.FORUM

    def _must_be_open(self, channel_id: int) -> None:
        meta = self.backend.get_channel(channel_id).thread_metadata
        if meta is not None and meta.archived:
            raise BackendError(400, 50083, "Thread is archived")

    def _must_be_tags(self, tags: Sequence[Mapping[str, Any]]) -> None:
        if len(tags) > TAGS or any(not 0 < len(each["name"]) <= NAME for each in tags):
            raise BackendError(400, 50035, "Invalid Form Body: available_tags")

    def _must_take_tags(self, forum_id: int, before: Sequence[int], applied: Sequence[str]) -> None:
        """Raise where a post can't have these tags: too many, of another forum, or moderators' alone."""
        known = {int(each["id"]): each for each in self.backend.get_channel(forum_id).available_tags}
        wanted = [int(each) for each in applied]
        if len(wanted) > APPLIED or any(each not in known for each in wanted):
            raise BackendError(400, 50035, "Invalid Form Body: applied_tags")
        moved = set(wanted) ^ set(before)
        if any(known[each].get("moderated") for each in moved if each in known) and not self._manages(forum_id):
            raise BackendError(403, 50013, "Missing Permissions")

    def _manages(self, channel_id: int) -> bool:
        guild = self.backend.get_channel(channel_id).guild_id or 0
        value = self.backend.compute_permissions(guild, self.backend.bot_user.id, channel_id)
        return discord.Permissions(int(value)).manage_threads

    def _change_thread(self, thread_id: int, body: Mapping[str, Any]) -> Any:
        """Change a thread as its owner or a moderator may, open it as anybody while it isn't locked.

        simcord asks for Manage Channels.
        """
        thread = self.backend.get_channel(thread_id)
        opens = dict(body) == {"archived": False} and not (thread.thread_metadata and thread.thread_metadata.locked)
        if not opens and thread.owner_id != self.backend.bot_user.id and not self._manages(thread_id):
            raise BackendError(403, 50013, "Missing Permissions")
        if body.get("archived", True):
            self._must_be_open(thread_id)
        changes: dict[str, Any] = {}
        if "applied_tags" in body:
            self._must_take_tags(thread.parent_id or 0, thread.applied_tags, body["applied_tags"])
            changes["applied_tags"] = [int(each) for each in body["applied_tags"]]
        meta = {key: body[key] for key in ("archived", "locked") if key in body}
        changed = self.backend.edit_channel(thread_id, changes, thread_metadata=meta or None)
        return dict(serializers.thread_payload(self.backend, changed))
