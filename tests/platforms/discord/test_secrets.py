"""What must not be read in a log."""

from __future__ import annotations

import pytest

from bot import log


@pytest.mark.parametrize(
    "line",
    [
        "refused MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcDE.abcdefghijklmnopqrstuvwxyz0123456789AB",
        "POST https://discord.com/api/v10/interactions/1477953611366400005/aW50ZXJhY3Rpb24secret/callback: 429",
        "PATCH https://discord.com/api/v10/webhooks/1477953611366400005/aW50ZXJhY3Rpb24secret/messages/@original",
    ],
)
def test_discords_tokens_become_stars(line: str) -> None:
    cleaned = log.clean(line)
    assert "***" in cleaned
    assert "MTIz" not in cleaned
    assert "aW50" not in cleaned
