"""What Discord and the wire refuse, in the words of the port."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
import discord

from bot.platforms.port import RetryLater, Unavailable, Unreachable

#: Discord's codes for a person who can't be written to: closed to us, shares no server, has blocked us.
SHUT = {50007, 50278, 40003}
#: Discord's codes for what isn't there or isn't ours to do, where trying again is no use.
GONE = {10003, 10004, 10008, 10070, 40067, 50001, 50005, 50008, 50013, 50083}


@contextmanager
def as_the_port_says() -> Iterator[None]:
    """Raise what Discord and the wire say in the words of the port."""
    try:
        yield
    except discord.RateLimited as limited:
        raise RetryLater(limited.retry_after) from limited
    except discord.HTTPException as error:
        if error.status == 429:
            raise RetryLater(_retry_after(error)) from error
        if error.code in SHUT | GONE:
            raise Unreachable(f"Discord {error.code}") from error
        if error.status >= 500:
            raise Unavailable from error
        raise
    except (OSError, aiohttp.ClientError) as error:
        raise Unavailable from error


def _retry_after(error: discord.HTTPException) -> float:
    try:
        return float(error.response.headers.get("Retry-After", "5"))
    except ValueError:
        return 5.0
