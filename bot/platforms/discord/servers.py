"""Payloads of servers, their rooms and who is in them, in the words of the core."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.platforms.discord.known import NAME, Known, Payload, Reader
from core.domain.events import (
    Event,
    MemberJoined,
    MemberLeft,
    RolesTold,
    RoomDeleted,
    RoomNamed,
    RoomsListed,
    SpaceClosed,
    SpaceOpened,
    VoiceLeft,
)
from core.domain.people import Person

THREADS = (10, 11, 12)  # types of channels: threads of news, public ones, private ones


def _came(data: Payload, known: Known, now: datetime) -> list[Event]:
    pair = (data["guild_id"], data["user"]["id"])
    if data.get("pending"):
        known.pending.add(pair)
        return []
    known.pending.discard(pair)
    return [_joined(data, known, now)]


def _member_changed(data: Payload, known: Known, now: datetime) -> list[Event]:
    pair = (data["guild_id"], data["user"]["id"])
    known.person(data["guild_id"], data["user"], data)
    if data.get("pending"):
        known.pending.add(pair)
    elif pair in known.pending:
        known.pending.discard(pair)
        return [_joined(data, known, now), *_roles(data, known, now)]
    return _roles(data, known, now)


def _roles(data: Payload, known: Known, now: datetime) -> list[Event]:
    """Tell which roles somebody has now; what a server says without them tells nothing."""
    if "roles" not in data:
        return []
    guild, user = data["guild_id"], data["user"]
    roles = frozenset(map(str, data["roles"]))
    key, actor = f"mr:{guild}:{user['id']}:{now.isoformat()}", known.person(guild, user, data)
    return [RolesTold(platform=NAME, key=key, space=guild, at=now, actor=actor, roles=roles)]


def _joined(data: Payload, known: Known, now: datetime) -> MemberJoined:
    user = data["user"]
    return MemberJoined(
        platform=NAME,
        key=f"j:{data['guild_id']}:{user['id']}:{data['joined_at']}",
        space=data["guild_id"],
        at=now,
        actor=known.person(data["guild_id"], user, data),
    )


def _members_listed(data: Payload, known: Known, _: datetime) -> list[Event]:
    for member in data["members"]:
        if member.get("pending"):
            known.pending.add((data["guild_id"], member["user"]["id"]))
    return []


def _went(data: Payload, known: Known, now: datetime) -> list[Event]:
    user = data["user"]
    pair = (data["guild_id"], user["id"])
    if pair in known.pending:
        known.pending.discard(pair)
        return []
    if user["id"] == known.bot_id:
        return []
    # Discord gives a leave no id; two of one person in a minute are one.
    return [
        *_moved(data["guild_id"], known.person(data["guild_id"], user), None, known, now),
        MemberLeft(
            platform=NAME,
            key=f"l:{data['guild_id']}:{user['id']}:{int(now.timestamp()) // 60}",
            space=data["guild_id"],
            at=now,
            actor=known.person(data["guild_id"], user),
        ),
    ]


def _voice(data: Payload, known: Known, now: datetime) -> list[Event]:
    if "guild_id" not in data:
        return []
    guild, member = data["guild_id"], data.get("member")
    actor = known.person(guild, member["user"] if member else {"id": data["user_id"]}, member)
    return _moved(guild, actor, _with_others(data, guild, known), known, now)


def _with_others(state: Payload, guild: str, known: Known) -> str | None:
    """Return the voice room that somebody is in; None for who is deafened or away: they are with nobody."""
    if state["deaf"] or state["self_deaf"] or state["channel_id"] == known.quiet.get(guild):
        return None
    room: str | None = state["channel_id"]
    return room


def _moved(guild: str, actor: Person, room: str | None, known: Known, now: datetime) -> list[Event]:
    """Note the voice room that somebody is in now; return the stay that ended with it, if it took a minute."""
    before = known.voice.get((guild, actor.id))
    if actor.bot or (before is not None and before[0] == room):
        return []
    known.voice.pop((guild, actor.id), None)
    if room is not None:
        known.voice[guild, actor.id] = (room, now)
    if before is None or now - before[1] < timedelta(minutes=1):
        return []
    key = f"v:{guild}:{actor.id}:{int(now.timestamp()) // 60}"  # a person's stays end in different minutes
    return [VoiceLeft(platform=NAME, key=key, space=guild, room=before[0], at=now, actor=actor, since=before[1])]


def _voices_known(data: Payload, known: Known, now: datetime) -> None:
    """Begin anew with who is in a server's voice rooms: what a stay was before is lost, as a gap is."""
    guild = data["id"]
    known.voice = {place: stay for place, stay in known.voice.items() if place[0] != guild}
    members = {member["user"]["id"]: member for member in data.get("members", ())}
    for state in data["voice_states"]:
        member = members.get(state["user_id"])
        actor = known.person(guild, member["user"] if member else {"id": state["user_id"]}, member)
        _moved(guild, actor, _with_others(state, guild, known), known, now)


def _role_known(data: Payload, known: Known, _: datetime) -> list[Event]:
    _note_listing(data["role"], known)
    return []


def _note_listing(role: Payload, known: Known) -> None:
    if listing := (role.get("tags") or {}).get("subscription_listing_id"):
        known.listings[str(listing)] = str(role["id"])


def _space_known(data: Payload, known: Known, now: datetime) -> list[Event]:
    if data.get("unavailable"):
        return []
    space, title = data["id"], data["name"]
    known.quiet[space] = data.get("afk_channel_id")
    if "voice_states" in data:
        _voices_known(data, known, now)
    known.owners[space] = data["owner_id"]
    for role in data.get("roles", ()):
        _note_listing(role, known)
    news: list[Event] = []
    if known.titles.get(space) != title:
        known.titles[space] = title
        news.append(
            SpaceOpened(
                platform=NAME,
                key=f"s:{space}:{_mark(title)}:{now.isoformat()}",
                space=space,
                at=now,
                title=title,
                kind="server",
            )
        )
    for channel in [*data.get("channels", ()), *data.get("threads", ())]:
        news += _room_named({**channel, "guild_id": space}, known, now)
    if data.get("channels"):
        rooms = frozenset(channel["id"] for channel in data["channels"])
        news.append(RoomsListed(platform=NAME, key=f"nl:{space}:{now.isoformat()}", space=space, at=now, rooms=rooms))
    return news


def _space_gone(data: Payload, known: Known, now: datetime) -> list[Event]:
    known.voice = {place: stay for place, stay in known.voice.items() if place[0] != data["id"]}
    if data.get("unavailable"):
        return []
    known.titles.pop(data["id"], None)
    return [SpaceClosed(platform=NAME, key=f"x:{data['id']}:{now.isoformat()}", space=data["id"], at=now)]


def _room_named(data: Payload, known: Known, now: datetime) -> list[Event]:
    room, name = data["id"], data.get("name")
    parent = data.get("parent_id")
    if not name or "guild_id" not in data or known.rooms.get(room) == (name, parent):
        return []
    # The same at every start is one event; a name that comes back is another.
    when = f":{now.isoformat()}" if room in known.rooms else ""
    known.rooms[room] = (name, parent)
    key = f"n:{room}:{_mark(name if parent is None else f'{parent}/{name}')}{when}"
    thread = data.get("type") in THREADS
    return [
        RoomNamed(
            platform=NAME,
            key=key,
            space=data["guild_id"],
            room=room,
            at=now,
            name=name,
            parent=parent,
            thread=thread,
        )
    ]


def _room_gone(data: Payload, known: Known, now: datetime) -> list[Event]:
    if "guild_id" not in data:
        return []
    room = data["id"]
    known.rooms.pop(room, None)
    return [RoomDeleted(platform=NAME, key=f"nx:{room}", space=data["guild_id"], room=room, at=now)]


def _threads_listed(data: Payload, known: Known, now: datetime) -> list[Event]:
    """Learn of the threads of channels that Kith was let into."""
    listed = ({**thread, "guild_id": data["guild_id"]} for thread in data["threads"])
    return [event for thread in listed for event in _room_named(thread, known, now)]


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


READERS: Mapping[str, Reader] = {
    "GUILD_MEMBER_ADD": _came,
    "GUILD_MEMBER_UPDATE": _member_changed,
    "GUILD_MEMBER_REMOVE": _went,
    "GUILD_MEMBERS_CHUNK": _members_listed,
    "VOICE_STATE_UPDATE": _voice,
    "GUILD_CREATE": _space_known,
    "GUILD_UPDATE": _space_known,
    "GUILD_DELETE": _space_gone,
    "GUILD_ROLE_CREATE": _role_known,
    "GUILD_ROLE_UPDATE": _role_known,
    "CHANNEL_CREATE": _room_named,
    "CHANNEL_UPDATE": _room_named,
    "CHANNEL_DELETE": _room_gone,
    "THREAD_CREATE": _room_named,
    "THREAD_UPDATE": _room_named,
    "THREAD_DELETE": _room_gone,
    "THREAD_LIST_SYNC": _threads_listed,
}
