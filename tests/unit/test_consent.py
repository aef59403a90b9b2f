"""Who is served, and about whom figures by name are shown."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from core.domain.people import Consent, Member, served
from core.kit.consent import personal

NOW = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("member", "is_served", "is_known"),
    [
        (Member(1, 1, "Ana", Consent.PERSONAL), True, True),
        (Member(2, 1, "Li", Consent.COUNTED), True, False),
        (Member(3, 1, "Noor", Consent.OUT), False, False),
        (Member(4, 1, "Robo", Consent.PERSONAL, bot=True), False, False),
        (Member(5, 1, "", Consent.PERSONAL, erased_at=NOW), False, False),
    ],
)
def test_each_state_allows_what_it_says(member: Member, is_served: bool, is_known: bool) -> None:
    assert served(member) is is_served
    assert (personal([member]) == [member]) is is_known
