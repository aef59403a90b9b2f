"""Asks platforms for what the engine must know: nobody waits long, and nothing that goes wrong there stops a batch."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import structlog

from bot.platforms.port import Platform
from core.domain.errors import KithError, NotFound
from core.domain.events import Finding, Role
from core.domain.message import Attachment
from core.domain.people import Rights

AGAIN = (0.2, 0.8)  # seconds before a platform that couldn't say what somebody may do is asked once more
LOOK = 3.0  # seconds that a look at a space, or at what somebody may do there, may take
FETCH = 60.0  # seconds that a platform has for a file that it keeps
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Asking:
    """Ask platforms by their names."""

    platforms: Mapping[str, Platform]

    async def rights(self, platform: str, space: str, person: str) -> Rights:
        """Return what somebody may do in a space; UNKNOWN where nobody can say."""
        known = self.platforms.get(platform)
        if known is None:
            return Rights.UNKNOWN
        try:
            async with asyncio.timeout(LOOK):
                return await _rights(known, space, person)
        except Exception:
            # Everybody's events wait behind this one.
            _log.exception("rights could not be asked", platform=platform, space=space)
            return Rights.UNKNOWN

    async def inspect(self, platform: str, space: str) -> Sequence[Finding]:
        """Return what Kith lacks in a space."""
        known = self.platforms.get(platform)
        if known is None:
            return ()
        try:
            async with asyncio.timeout(LOOK):
                return await known.look_at(space)
        except Exception:
            _log.exception("a space could not be looked at", platform=platform, space=space)
            return ((False, "lacks-unknown", {}),)

    async def roles(self, platform: str, space: str, every: bool) -> Sequence[Role]:
        """Return the roles that Kith may give in a space, or every one; none where nobody can say."""
        known = self.platforms.get(platform)
        if known is None:
            return ()
        try:
            async with asyncio.timeout(LOOK):
                return await known.roles_to_give(space, every=every)
        except Exception:
            _log.exception("roles could not be asked", platform=platform, space=space)
            return ()

    async def fetch(self, attachment: Attachment, most: int) -> bytes:
        """Return the content of a file; raise as its platform does, NotFound where that isn't connected."""
        if (known := self.platforms.get(attachment.platform)) is None:
            raise NotFound("error-file-away", name=attachment.name)
        async with asyncio.timeout(FETCH):
            return await known.fetch(attachment, most)

    async def fetch_now(self, attachment: Attachment, most: int) -> bytes:
        """Return the content of a file; whatever goes wrong is a KithError that says so."""
        try:
            return await self.fetch(attachment, most)
        except KithError:
            raise
        except Exception as error:
            _log.warning("a file could not be fetched", platform=attachment.platform, why=type(error).__name__)
            raise NotFound("error-file-away", name=attachment.name) from None


async def _rights(platform: Platform, space: str, person: str) -> Rights:
    """Ask a platform what somebody may do, a few times where it can't say."""
    for pause in AGAIN:
        if (found := await platform.rights(space, person)) is not Rights.UNKNOWN:
            return found
        await asyncio.sleep(pause)
    return await platform.rights(space, person)
