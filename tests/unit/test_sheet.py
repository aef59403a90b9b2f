"""Tables that Kith writes hold nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io

import pytest

from core.files.sheet import csv_of


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@sum", "\t=1", "\r=1", " =1", '=HYPERLINK("https://example.org")']
)
def test_a_text_that_looks_like_a_formula_is_a_text(cell: str) -> None:
    ((read,),) = csv.reader(io.StringIO(csv_of([(cell,)]), newline=""))
    assert read == f"'{cell}"


def test_numbers_stay_numbers_and_texts_what_they_are() -> None:
    rows = [("", "李伟, Ana", '"x"'), ("1 May", -3.5, None), ("a=b", 4, 0.1)]
    assert csv_of(rows) == ',"李伟, Ana","""x"""\r\n1 May,-3.5,\r\na=b,4,0.1\r\n'
