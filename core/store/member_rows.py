"""Rows of members and accounts, made into the domain's types."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.domain.people import Account, Consent, Member, Notify
from core.store.tables.members import accounts, members

# Rows are read by the thousand: in the order of the domain's types they need no look-up by name.
MEMBER_COLUMNS = tuple(members.c[name] for name in Member.__slots__)
ACCOUNT_COLUMNS = tuple(accounts.c[name] for name in Account.__slots__)
_CONSENT_PLACE, _NOTIFY_PLACE = Member.__slots__.index("consent"), Member.__slots__.index("notify")
CONSENTS = {consent.value: consent for consent in Consent}
_NOTIFIES = {notify.value: notify for notify in Notify}


def member_of(row: Sequence[Any]) -> Member:
    """Return the member of a row of MEMBER_COLUMNS."""
    values = list(row)
    values[_CONSENT_PLACE] = CONSENTS[values[_CONSENT_PLACE]]
    values[_NOTIFY_PLACE] = _NOTIFIES[values[_NOTIFY_PLACE]]
    return Member(*values)
