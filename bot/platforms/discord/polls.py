"""Discord's own polls: asked, closed, and the votes that are told of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial

from bot.platforms.discord.known import NAME, Known, Payload, Reader
from bot.platforms.discord.rest import Body
from core.domain.events import Event, PollVoted
from core.domain.outgoing import Poll
from core.domain.polls import Change, PollLimits

EXPIRED = 520001
LIMITS = PollLimits(options=10, text=300, option=55, days=32, quiz=False, anonymous=False)


def poll_body(poll: Poll, now: datetime) -> Body:
    """Return a message that is a poll; Discord closes it, in whole hours, no earlier than Kith would."""
    left = timedelta(days=LIMITS.days or 0) if poll.until is None else poll.until - now
    hours = max(1, -(-int(left.total_seconds()) // 3600))
    return {
        "content": "",
        "allowed_mentions": {"parse": []},
        "poll": {
            "question": {"text": poll.question.text},
            "answers": [{"poll_media": {"text": option}} for option in poll.question.options],
            "duration": hours,
            "allow_multiselect": poll.question.several,
        },
    }


def _voted(data: Payload, known: Known, now: datetime, *, change: Change) -> list[Event]:
    if "guild_id" not in data:
        return []
    guild, user, answer = str(data["guild_id"]), str(data["user_id"]), int(data["answer_id"])
    key = f"v:{data['message_id']}:{user}:{answer}:{change}:{now.timestamp()}:{next(known.reactions)}"
    return [
        PollVoted(
            platform=NAME,
            key=key,
            space=guild,
            room=str(data["channel_id"]),
            at=now,
            actor=known.person(guild, {"id": user}),
            poll=str(data["message_id"]),
            options=(answer - 1,),  # Discord counts answers from 1
            change=change,
        )
    ]


READERS: Mapping[str, Reader] = {
    "MESSAGE_POLL_VOTE_ADD": partial(_voted, change=Change.MORE),
    "MESSAGE_POLL_VOTE_REMOVE": partial(_voted, change=Change.LESS),
}
