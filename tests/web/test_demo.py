"""`kith demo`: it plays to its end by itself, with real answers, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.conftest import kith
from tests.world.command_line import plain_environment, run_here


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ("Data Kitchen", "+10 points", "Only Greta sees this", "50 points from Noor", "That was the tour")),
        ("zh-CN", ("数据厨房", "+10 积分", "只有林小满能看到", "50 积分", "导览结束")),
    ],
)
def test_the_tour_ends_by_itself(tmp_path: Path, language: str, expected: tuple[str, ...]) -> None:
    process = kith("demo", "--language", language, data=tmp_path)
    said, faults = process.communicate(timeout=120)
    assert process.returncode == 0, faults
    assert faults == ""
    for words in expected:
        assert words in said
    assert not list(tmp_path.iterdir())


def test_a_language_that_there_is_not_is_one_line(tmp_path: Path) -> None:
    done = run_here("demo", "--language", "tlh", environment=plain_environment(KITH_DATA_DIR=str(tmp_path)))
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
