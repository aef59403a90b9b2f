"""Telegram's Stars: what is offered for them, signed, so that whoever lets people pay needs to look nothing up."""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

MOST = 10_000  # Stars that a subscription may cost
MONTH = timedelta(days=30)  # the one period that Telegram renews after
OFFERED = timedelta(hours=1)  # how long an offer holds
CHARGE_LIMIT = 200  # characters of what a platform calls a payment
SELLING = frozenset({"telegram", "playground"})  # where there are Stars
_SIGNATURE = 32  # hexadecimal digits
_PAYLOAD = re.compile(r"stars:(\d{1,18}):(\d{1,5}):([mo])(p?):(\d{1,11}):([0-9a-f]{32})", re.ASCII)

# A keyed hash: (platform, text) → hexadecimal digits, see core.engine.seal.
Hash = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Offer:
    """A plan for so many Stars, each month where it is `monthly`, else once for good; it holds until `until`.

    A `present` is paid once, for somebody else: a month, or for good.
    """

    plan_id: int
    stars: int
    monthly: bool
    until: datetime
    present: bool = False

    @property
    def renews(self) -> bool:
        """Say whether it is paid each month."""
        return self.monthly and not self.present


def lowered(stars: int, percent: int) -> int:
    """Return a price less so many per cent, in whole Stars, at least one; what is left over is for whoever pays."""
    return max(stars * (100 - percent) // 100, 1)


def payload_of(offer: Offer, platform: str, person: str, hashed: Hash) -> str:
    """Return what comes back with the payment of an offer, for this person alone: at most 128 bytes."""
    period = f"{'m' if offer.monthly else 'o'}{'p' if offer.present else ''}"
    body = f"stars:{offer.plan_id}:{offer.stars}:{period}:{int(offer.until.timestamp())}"
    return f"{body}:{_signature(body, platform, person, hashed)}"


def offer_in(payload: str) -> Offer | None:
    """Return what a payload offers, None where it is none of ours; `is_for` says whether it is true."""
    found = _PAYLOAD.fullmatch(payload)
    if found is None:
        return None
    until = datetime.fromtimestamp(int(found[5]), UTC)
    return Offer(int(found[1]), int(found[2]), found[3] == "m", until, present=bool(found[4]))


def subscription_in(payload: str) -> str:
    """Return the name of the subscription that a monthly offer led to: the same for each of its payments."""
    return payload[-_SIGNATURE:]


def is_for(payload: str, platform: str, person: str, hashed: Hash) -> bool:
    """Say whether a payload was signed for this person."""
    body, _, signature = payload.rpartition(":")
    return hmac.compare_digest(signature.encode(), _signature(body, platform, person, hashed).encode())


def refusal(payload: str, platform: str, person: str, stars: int, now: datetime, hashed: Hash) -> str | None:
    """Return why somebody can't pay, as a key of the catalogues; None where they can."""
    offer = offer_in(payload)
    if offer is None or not is_for(payload, platform, person, hashed) or offer.stars != stars:
        return "stars-not-yours"
    return "stars-too-late" if offer.until < now else None


def _signature(body: str, platform: str, person: str, hashed: Hash) -> str:
    return hashed(f"stars:{platform}", f"{person}:{body}")[:_SIGNATURE]
