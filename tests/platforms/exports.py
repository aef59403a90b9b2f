"""Small exports, made as the real exporters make them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from core.domain.events import addressed, people_of
from core.domain.history import Chapter, Record

START = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)


def said(number: int, who: int | str | None = 1, minutes: float | None = None, **more: Any) -> dict[str, Any]:
    """Return a message as Telegram Desktop exports it."""
    at = START + timedelta(minutes=number if minutes is None else minutes)
    return {
        "id": number,
        "type": "message",
        "date": at.replace(tzinfo=None).isoformat(),
        "date_unixtime": str(int(at.timestamp())),
        "from": None if who is None else f"Member {who}",
        "from_id": f"user{who}" if isinstance(who, int) else who,
        "text": "hello",
        "text_entities": [{"type": "plain", "text": "hello"}],
        **more,
    }


def service(number: int, action: str, who: int | None = 1, **more: Any) -> dict[str, Any]:
    """Return a notice as Telegram Desktop exports it."""
    raw = said(number, who)
    kept = {name: raw[name] for name in ("id", "date", "date_unixtime")}
    actor = {} if who is None else {"actor": f"Member {who}", "actor_id": f"user{who}"}
    return {**kept, "type": "service", "action": action, "text": "", **actor, **more}


def chat(*messages: dict[str, Any], kind: str = "public_supergroup", number: int = 1234567890) -> dict[str, Any]:
    """Return an exported chat."""
    return {"name": "Data Kitchen", "type": kind, "id": number, "messages": list(messages)}


def wrote(number: int, who: int = 1, kind: str = "Default", **more: Any) -> dict[str, Any]:
    """Return a message as DiscordChatExporter writes it."""
    at = START + timedelta(minutes=number)
    return {
        "id": str(10**18 + number),
        "type": kind,
        "timestamp": at.isoformat(timespec="milliseconds"),
        "content": "hello",
        "author": author(who),
        "reactions": [],
        "mentions": [],
        **more,
    }


def author(who: int) -> dict[str, Any]:
    """Return a person as DiscordChatExporter writes them."""
    return {"id": str(who), "name": f"handle{who}", "nickname": f"Member {who}", "isBot": False}


def channel(*messages: dict[str, Any], number: int = 77, guild: str = "55") -> dict[str, Any]:
    """Return an exported channel."""
    return {
        "guild": {"id": guild, "name": "Data Kitchen"},
        "channel": {"id": str(number), "type": "GuildTextChat", "name": f"room-{number}"},
        "dateRange": {"after": None, "before": None},
        "messages": list(messages),
        "messageCount": len(messages),
    }


def written(folder: Path, content: Any, name: str = "result.json") -> Path:
    """Write an export into a file, indented as the exporters do."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content, indent=1, ensure_ascii=False), "utf-8")
    return path


_WORDS = ["id", "name", "from_id", "user_id", "emoji", "count", "users", "recent", "messageId", "type", "date"]
_PLAIN = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(2**53, 10**40)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.sampled_from(["user5", "channel7", "-1", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59", "mention_name"])
)
#: What a field may hold against all expectation.
VALUES = st.recursive(
    _PLAIN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_WORDS), inner, max_size=4),
    max_leaves=8,
)


def fits(history: Iterable[Chapter | Record]) -> None:
    """Read a history and assert that all of it has room in the tables of a strict database."""
    for each in history:
        if isinstance(each, Chapter):
            continue
        assert each.events or each.skipped
        for event in each.events:
            texts = [event.key, event.space, event.room or "", addressed(event) or ""]
            assert all(len(text.encode()) <= 150 and "\x00" not in text for text in texts)
            assert 2000 <= event.at.year < 2200
            assert 0 < getattr(event, "count", 1) < 2**31
            for person in people_of(event):
                assert len(person.id) <= 64
                assert all(
                    "\x00" not in name and name.encode() is not None for name in (person.name, person.username or "")
                )
