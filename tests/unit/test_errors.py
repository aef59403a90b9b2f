"""What is said to people comes through from the process in which it was found."""

from __future__ import annotations

import pickle

from core.domain.errors import BadInput


def test_an_error_is_the_same_on_the_other_side() -> None:
    back = pickle.loads(pickle.dumps(BadInput("table-no-rows", file="bank.csv")))
    assert (type(back), back.key, back.args_) == (BadInput, "table-no-rows", {"file": "bank.csv"})
