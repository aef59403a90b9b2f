"""English says one thing with one word."""

from __future__ import annotations

import re

import pytest

from core.kit.texts import Texts
from tests.architecture.test_catalogues import catalogue, variables

#: What Telegram calls the one whom its settings list, which somebody has to find there.
_TELEGRAM = {key for key in catalogue("en") if key.startswith("doctor-telegram")} | {"web-native-telegram-private"}


@pytest.mark.parametrize(
    ("word", "instead"),
    [
        ("admins?", "moderator"),
        ("administrators?", "moderator"),
        ("mods?", "moderator"),
        ("staff", "moderator"),
        ("organi[sz]ers?", "moderator"),
        ("badges?", "tier"),
        ("perks?", "benefit"),
        ("clusters?", "circle"),
        ("cliques?", "circle"),
        ("coins?", "points"),
        ("credits?", "points"),
        ("xp", "points"),
    ],
)
def test_one_thing_has_one_word(word: str, instead: str) -> None:
    texts = Texts("en")
    said = {key: texts.plain(key, **dict.fromkeys(variables("en", key), 1)) for key in catalogue("en")}
    wrong = {key for key, text in said.items() if re.search(rf"(?<![/@\w-]){word}\b", text, re.IGNORECASE)}
    assert wrong - _TELEGRAM == set(), f"say {instead}"


def test_what_stands_between_words_of_a_list_stands_once() -> None:
    texts = Texts("en")
    bare = [key for key in catalogue("en") if not variables("en", key)]
    assert [key for key in bare if texts.plain(key).strip() == ","] == ["list-comma"]
