"""Secrets are printed nowhere."""

from __future__ import annotations

import pytest

from bot import log
from bot.settings import Settings

TOKEN = "1234567:" + "AbCdEf-_" * 5


@pytest.mark.parametrize(
    "text",
    [
        f"GET https://api.example.org/bot{TOKEN}/getMe",
        f"GET /bot{TOKEN.replace(':', '%3A')}/getMe",
        f"<p>nothing is at /bot{TOKEN}/getMe</p>",
        f"{TOKEN}\n",
    ],
)
def test_a_token_is_hidden_wherever_it_stands(text: str) -> None:
    assert TOKEN.partition(":")[2] not in log.clean(text)


def test_what_the_environment_holds_is_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KITH_DATABASE_URL", "postgresql://kith:pass%2Fword@db/kith")
    monkeypatch.setenv("KITH_TELEGRAM_WEBHOOK_SECRET", "open sesame")
    log.hide(Settings().secrets)
    assert log.clean("pass/word pass%2Fword open sesame open%20sesame") == "*** *** *** ***"
