"""The REST calls that the adapter makes, through discord.py's client and its rate limits."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

import discord
from discord.http import HTTPClient, Route

from bot.platforms.discord.interactions import Handle

Body = dict[str, Any]

MEMBERS = 1_000  # in one answer of a list of them: Discord's most
PAGE = 100  # messages in one answer of the history, threads in one of a list: Discord's most

ANSWER, DEFER, DEFER_CHANGE, CHANGE, SUGGEST, MODAL = 4, 5, 6, 7, 8, 9  # callback types
EPHEMERAL = 1 << 6
LOADING = 1 << 7
NO_PREVIEWS = 1 << 2
SILENT = 1 << 12


class Threads(StrEnum):
    """A list of a channel's archived threads; `joined` are the private ones that Kith is in."""

    PUBLIC = "public"
    PRIVATE = "private"
    JOINED = "joined"


class Rest:
    """Discord's REST interface, as far as it is needed here; raises discord.py's exceptions."""

    def __init__(self, http: HTTPClient) -> None:
        self._http = http

    async def create(self, channel: str, body: Body, files: Sequence[discord.File] = ()) -> Body:
        """Post a message; where an earlier one has the same nonce, return that one."""
        return await self._send(Route("POST", "/channels/{channel_id}/messages", channel_id=channel), body, files)

    async def edit(self, channel: str, message: str, body: Body, files: Sequence[discord.File] = ()) -> Body:
        """Change a message of our own."""
        route = Route(
            "PATCH",
            "/channels/{channel_id}/messages/{message_id}",
            channel_id=channel,
            message_id=message,
        )
        return await self._send(route, body, files)

    async def channel(self, channel: str) -> Body:
        """Return a room, forum or thread as it is now."""
        return dict(await self._http.get_channel(int(channel)))

    async def change_channel(self, channel: str, body: Body) -> Body:
        """Change a room, forum or thread."""
        return await self._send(Route("PATCH", "/channels/{channel_id}", channel_id=channel), body, ())

    async def open_post(self, forum: str, body: Body, files: Sequence[discord.File] = ()) -> Body:
        """Open a thread in a forum by its first message, which has its id."""
        return await self._send(Route("POST", "/channels/{channel_id}/threads", channel_id=forum), body, files)

    async def message(self, channel: str, message: str) -> Body:
        """Return a message as it is now."""
        return dict(await self._http.get_message(int(channel), int(message)))

    async def download(self, address: str) -> bytes:
        """Return what Discord keeps at an address that it gave."""
        return await self._http.get_from_cdn(address)

    async def delete(self, channel: str, message: str) -> None:
        """Take a message away."""
        await self._http.delete_message(channel, message)

    async def pin(self, channel: str, message: str, *, pinned: bool) -> None:
        """Hold a message up in its room, or let it go."""
        await (self._http.pin_message if pinned else self._http.unpin_message)(channel, message)

    async def end_poll(self, channel: str, message: str) -> None:
        """Let nobody vote on a poll of our own any more."""
        await self._http.end_poll(channel, message)

    async def holders(self, guild: str, role: str) -> frozenset[str]:
        """Return which members of a server have a role."""
        found: set[str] = set()
        after: int | None = 0
        while after is not None:
            page = await self._http.get_members(int(guild), MEMBERS, after)
            found |= {str(each["user"]["id"]) for each in page if role in map(str, each["roles"])}
            after = int(page[-1]["user"]["id"]) if len(page) == MEMBERS else None
        return frozenset(found)

    async def events(self, guild: str) -> list[Body]:
        """Return the scheduled events of a server."""
        return [dict(each) for each in await self._http.get_scheduled_events(guild, with_user_count=False)]

    async def add_event(self, guild: str, body: Body) -> Body:
        """Put an event into a server's calendar."""
        route = Route("POST", "/guilds/{guild_id}/scheduled-events", guild_id=guild)
        return await self._send(route, body, ())

    async def change_event(self, guild: str, event: str, body: Body) -> Body:
        """Change an event of a server's calendar."""
        route = Route("PATCH", "/guilds/{guild_id}/scheduled-events/{event_id}", guild_id=guild, event_id=event)
        return await self._send(route, body, ())

    async def interested(self, guild: str, event: str, after: str | None) -> list[Body]:
        """Return up to 100 people behind one who are interested in an event of a server's calendar."""
        found = await self._http.get_scheduled_event_users(int(guild), int(event), PAGE, False, after=after)
        return [dict(each["user"]) for each in found]

    async def voters(self, channel: str, message: str, answer: int, after: str | None) -> list[Body]:
        """Return up to 100 people behind one who chose an answer of a poll, counted from 1."""
        found = await self._http.get_poll_answer_voters(channel, message, answer, after, PAGE)
        return [dict(user) for user in found["users"]]

    async def direct_chat(self, person: str) -> str:
        """Return the id of the direct chat with a person, opened where there was none."""
        return str((await self._http.start_private_message(person))["id"])

    async def respond(
        self, handle: Handle, kind: int, body: Body | None = None, files: Sequence[discord.File] = ()
    ) -> Body:
        """Answer or defer an interaction; `kind` is a callback type."""
        route = Route(
            "POST",
            "/interactions/{interaction_id}/{webhook_token}/callback?with_response=1",
            interaction_id=handle.id,
            webhook_token=handle.token,
        )
        payload: Body = {"type": kind}
        if body is not None:
            payload["data"] = body
        return await self._send(route, payload, files)

    async def original(self, handle: Handle) -> Body:
        """Return the first answer to an interaction."""
        return await self._send(self._answer_route("GET", handle, "@original"), None, ())

    async def edit_answer(
        self, handle: Handle, body: Body, files: Sequence[discord.File] = (), message: str = "@original"
    ) -> Body:
        """Change an answer to an interaction, or fill in a deferred one."""
        return await self._send(self._answer_route("PATCH", handle, message), body, files)

    async def delete_answer(self, handle: Handle, message: str = "@original") -> None:
        """Take an answer to an interaction away."""
        await self._send(self._answer_route("DELETE", handle, message), None, ())

    async def follow_up(self, handle: Handle, body: Body, files: Sequence[discord.File] = ()) -> Body:
        """Add another message to an interaction's answer."""
        route = Route(
            "POST",
            "/webhooks/{webhook_id}/{webhook_token}?wait=true",
            webhook_id=handle.application,
            webhook_token=handle.token,
        )
        return await self._send(route, body, files)

    async def history(self, channel: str, after: str) -> list[Body]:
        """Return up to 100 messages after one, oldest first."""
        found = await self._http.logs_from(channel, PAGE, after=after)
        return [dict(message) for message in reversed(found)]

    async def archived(self, channel: str, threads: Threads, before: str | None) -> tuple[list[Body], bool]:
        """Return up to 100 archived threads of a channel, and whether there are more.

        The last archived comes first, and `before` is a time; of those joined the newest, and `before` is an id.
        """
        ask = {
            Threads.PUBLIC: self._http.get_public_archived_threads,
            Threads.PRIVATE: self._http.get_private_archived_threads,
            Threads.JOINED: self._http.get_joined_private_archived_threads,
        }[threads]
        found = await ask(channel, before, PAGE)
        return [dict(thread) for thread in found["threads"]], found["has_more"]

    async def give_role(self, guild: str, person: str, role: str) -> None:
        """Give a member of a server a role."""
        await self._http.add_role(guild, person, role)

    async def take_role(self, guild: str, person: str, role: str) -> None:
        """Take a role from a member of a server."""
        await self._http.remove_role(guild, person, role)

    async def set_commands(self, application: str, commands: list[Body]) -> None:
        """Put these slash commands in the place of all there were."""
        await self._http.bulk_upsert_global_commands(application, commands)

    @staticmethod
    def _answer_route(method: str, handle: Handle, message: str) -> Route:
        return Route(
            method,
            "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
            webhook_id=handle.application,
            webhook_token=handle.token,
            message_id=message,
        )

    async def _send(self, route: Route, body: Mapping[str, Any] | None, files: Sequence[discord.File]) -> Body:
        if not files:
            answer = await (self._http.request(route) if body is None else self._http.request(route, json=body))
        else:
            form: list[dict[str, Any]] = [
                {"name": "payload_json", "value": json.dumps(body), "content_type": "application/json"}
            ]
            for place, file in enumerate(files):
                file.reset()
                form.append(
                    {
                        "name": f"files[{place}]",
                        "value": file.fp,
                        "filename": file.filename,
                        "content_type": "application/octet-stream",
                    }
                )
            answer = await self._http.request(route, form=form, files=files)
        return answer if isinstance(answer, dict) else {}


def attachment(name: str, content: bytes, description: str | None = None) -> discord.File:
    """Return bytes as a file to send, described for those who can't see it."""
    return discord.File(io.BytesIO(content), filename=name, description=description)
