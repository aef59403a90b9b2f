"""Discord's own polls: asked, closed, and the votes that are told of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial

from bot.platforms.discord.known import NAME, Known, Payload, Reader
from bot.platforms.discord.rest import PAGE, Body, Rest
from core.domain.events import Event, PollVoted
from core.domain.outgoing import Poll
from core.domain.polls import Change, PollLimits
from core.store.polls import StoredPoll

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


async def missed_votes(
    client: Rest,
    room: str,
    poll: StoredPoll,
    before: Mapping[str, tuple[int, ...]],
    known: Known,
    since: datetime,
    now: datetime,
) -> list[Event]:
    """Return the votes on an open poll that came, changed or went since nobody listened; `before` is what was known."""
    message, chosen, people = poll.reference or "", defaultdict[str, list[int]](list), dict[str, Payload]()
    for place in range(len(poll.question.options)):
        after: str | None = None
        while page := await client.voters(room, message, place + 1, after):
            for user in page:
                people[user["id"]] = user
                chosen[user["id"]].append(place)
            after = page[-1]["id"]
            if len(page) < PAGE:
                break
    changed = [each for each in chosen.keys() | before.keys() if tuple(chosen.get(each, ())) != before.get(each, ())]
    return [
        PollVoted(
            platform=NAME,
            key=f"v:{message}:{user}:since:{since.timestamp()}",
            space=poll.space,
            room=room,
            at=now,
            actor=known.person(poll.space, people.get(user, {"id": user})),
            poll=message,
            options=tuple(chosen.get(user, ())),
        )
        for user in sorted(changed)
    ]


READERS: Mapping[str, Reader] = {
    "MESSAGE_POLL_VOTE_ADD": partial(_voted, change=Change.MORE),
    "MESSAGE_POLL_VOTE_REMOVE": partial(_voted, change=Change.LESS),
}
