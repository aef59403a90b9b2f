"""What shops tell, signed, and lines of a table of payments: read, or refused with what was expected."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from core.domain.errors import BadInput
from core.domain.plans import OPENING, TOLD_BY_SHOPS, Payment, PaymentKind, currency_of, minor_units

TOLERANCE = timedelta(minutes=5)  # between a signature and its arrival
FIELDS = ("id", "kind", "plan", "item", "reference", "at", "until", "amount", "currency", "refunds", "member", "claim")
CLAIM = range(16, 81)  # how long what whoever paid says may be: long enough that nobody guesses it
_ID = 120
_SIGNATURE = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchase:
    """What was told of one payment: of which entitlement, for which plan, by whom.

    `member` is a platform and what the platform knows them by. `payment` has no plan yet: `plan` names it, or `item`
    the one item that was bought.
    """

    payment: Payment
    key: str
    plan: str
    item: str
    member: tuple[str, str] | None
    claim: str


def sign(secret: str, at: int, body: bytes) -> str:
    """Return the signature header of a body at a time, in seconds since 1970: `t=…,v1=…` with HMAC-SHA256."""
    return f"t={at},v1={hmac.new(secret.encode(), b'%d.' % at + body, hashlib.sha256).hexdigest()}"


def signed_at(secret: str, header: str, body: bytes, now: datetime) -> datetime:
    """Return when a body was signed.

    Raise BadInput where no signature of the header is one with `secret`, or it is older or newer than `TOLERANCE`.
    """
    parts = [each.strip().partition("=") for each in header[:1_000].split(",")]
    times = [value for name, _, value in parts if name == "t"]
    if len(times) != 1 or not re.fullmatch(r"\d{1,12}", times[0], re.ASCII):
        raise BadInput("error-purchase-signature")
    wanted = sign(secret, int(times[0]), body).partition("v1=")[2]
    given = [value for name, _, value in parts if name == "v1" and _SIGNATURE.fullmatch(value)]
    if not any([hmac.compare_digest(wanted, each) for each in given]):  # noqa: C419  all are compared
        raise BadInput("error-purchase-signature")
    if abs(now.timestamp() - int(times[0])) > TOLERANCE.total_seconds():
        raise BadInput("error-purchase-old", minutes=int(TOLERANCE.total_seconds() // 60))
    return datetime.fromtimestamp(int(times[0]), UTC)


def read_purchase(body: bytes, source: str, told_at: datetime) -> Purchase:
    """Return what a signed body tells; raise BadInput with the field that makes no sense."""
    try:
        found = json.loads(body, parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError):
        raise BadInput("error-purchase-json") from None
    if not isinstance(found, dict):
        raise BadInput("error-purchase-json")
    cells: dict[str, str] = {}
    for name, value in found.items():
        if name in FIELDS and value is not None:
            if not isinstance(value, str):
                raise BadInput("error-purchase-field", field=name, text=type(value).__name__)
            cells[name] = value
    return purchase_of(cells, source, told_at)


def purchase_of(cells: Mapping[str, str], source: str, told_at: datetime) -> Purchase:
    """Return what fields tell, by the names in `FIELDS`; raise BadInput with the one that makes no sense."""
    given = {name: _text(cells, name) for name in FIELDS}
    if not given["id"]:
        raise BadInput("error-purchase-missing", field="id")
    kind = _kind(given["kind"])
    at = _moment("at", given["at"]) or told_at
    if at > told_at + TOLERANCE:
        raise BadInput("error-purchase-field", field="at", text=given["at"])
    until = _moment("until", given["until"])
    if until is not None and until <= at:
        raise BadInput("error-purchase-field", field="until", text=given["until"])
    if kind in OPENING and not (given["plan"] or given["item"]):
        raise BadInput("error-purchase-missing", field="plan")
    if given["plan"] and given["item"]:
        raise BadInput("error-purchase-field", field="item", text=given["item"][:40])
    if kind not in OPENING and not (given["reference"] or given["refunds"]):
        raise BadInput("error-purchase-missing", field="reference")
    amount, currency = _money(kind, given)
    payment = Payment(
        key=f"{source}:{given['id']}",
        kind=kind,
        at=at,
        until=until if kind in OPENING else None,
        amount=amount,
        currency=currency,
        refunds=f"{source}:{given['refunds']}" if given["refunds"] else "",
    )
    key = f"{source}:{given['reference'] or given['refunds'] or given['id']}"
    return Purchase(
        payment=payment, key=key, plan=given["plan"], item=given["item"], member=_member(given), claim=_claim(given)
    )


def _text(cells: Mapping[str, str], name: str) -> str:
    text = str(cells.get(name, "")).strip()
    if len(text) > _ID or not text.isprintable():
        raise BadInput("error-purchase-field", field=name, text="".join(filter(str.isprintable, text))[:40])
    return text


def _kind(text: str) -> PaymentKind:
    options = {each.value: each for each in TOLD_BY_SHOPS}
    if (found := options.get(text.casefold())) is None:
        raise BadInput("error-purchase-kind", text=text[:40], options=tuple(options))
    return found


def _money(kind: PaymentKind, given: Mapping[str, str]) -> tuple[int | None, str]:
    if kind in (PaymentKind.PAID, PaymentKind.RENEWED):
        for name in ("amount", "currency"):
            if not given[name]:
                raise BadInput("error-purchase-missing", field=name)
    elif kind is not PaymentKind.REFUNDED or not given["amount"]:
        return (None if kind is PaymentKind.REFUNDED else 0), ""
    currency = currency_of(given["currency"])
    return minor_units(given["amount"], currency), currency


def _moment(name: str, text: str) -> datetime | None:
    """Return a time: ISO 8601, or seconds since 1970."""
    if not text:
        return None
    try:
        if re.fullmatch(r"\d{9,10}", text, re.ASCII):
            return datetime.fromtimestamp(int(text), UTC)
        found = datetime.fromisoformat(text)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadInput("error-purchase-field", field=name, text=text[:40]) from None


def _member(given: Mapping[str, str]) -> tuple[str, str] | None:
    platform, colon, known = given["member"].partition(":")
    if not given["member"]:
        return None
    if not (platform and colon and known):
        raise BadInput("error-purchase-field", field="member", text=given["member"][:40])
    return platform.casefold(), known


def _claim(given: Mapping[str, str]) -> str:
    if given["claim"] and len(given["claim"]) not in CLAIM:
        raise BadInput("error-purchase-claim", least=CLAIM.start, most=CLAIM.stop - 1)
    return given["claim"]
