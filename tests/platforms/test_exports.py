"""Reading JSON a piece at a time: the same as reading it whole, with memory that doesn't grow with the file."""

import io
import json
import tracemalloc
from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.imports import documents
from bot.imports.documents import BEGIN, Document, Path_, Plan
from core.domain.errors import BadInput

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def plan(path: Path_) -> Plan:
    if path in ((), ("messages",)):
        return Plan.ENTER
    return Plan.TAKE if path == ("messages", "*") else Plan.SKIP


class Trickle(io.BytesIO):
    """Give a few bytes at a time, so that everything is cut somewhere."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(7)


@settings(deadline=None)
@given(st.lists(VALUES, max_size=5), st.dictionaries(st.text(), VALUES, max_size=3), st.sampled_from([None, 1]))
def test_any_document_reads_as_json_does(messages: list[object], around: dict[str, object], indent: int | None) -> None:
    around.pop("messages", None)
    text = json.dumps({**around, "messages": messages}, indent=indent)
    for stream in (io.BytesIO(text.encode()), Trickle(text.encode())):
        found = [value for path, value in Document("a", stream).walk(plan) if value is not BEGIN]
        assert found == messages


class Endless:
    """A document of `count` messages that exists only while it is read."""

    def __init__(self, count: int) -> None:
        self._pieces = self._made(count)

    @staticmethod
    def _made(count: int) -> Iterator[bytes]:
        yield b'{"name": "x", "messages": ['
        message = json.dumps({"id": 1, "text": "word " * 400}).encode()
        for number in range(count):
            yield (b"," if number else b"") + message
        yield b"]}"

    def read(self, size: int, /) -> bytes:
        return next(self._pieces, b"")


def peak(count: int) -> int:
    """Return the most bytes that reading `count` messages of 2 KB holds at a time."""
    tracemalloc.start()
    try:
        assert sum(1 for path, _ in Document("a", Endless(count)).walk(plan) if path[-1:] == ("*",)) == count
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_file() -> None:
    assert peak(10_000) < 1.2 * peak(1_000) < 4 * documents.CHUNK


# What made one pattern after another go over the same bytes, a thousand times over.
HARD = {
    "blanks in a value without quotes": '{"messages": [{"a": x' + " " * 1_000_000 + "x}]}",
    "commas and blanks": '{"messages": [{"a": x' + " , " * 300_000 + "}]}",
    "commas before no key": '{"messages": [{"a": x' + ',  "' * 200_001 + "}]}",
    "colons": '{"messages": [{"a"' + ": " * 400_000 + "}]}",
    "values without quotes": '{"messages": [{' + '"a": x y,\n' * 80_000 + "}]}",
    "quotes that end nowhere": '{"messages": [{"a": "' + "\\" * 999_999 + "}]}",
    "brackets in values": '{"messages": [{"a": x' + "[ { " * 200_000 + "\n}]}",
    "numbers": '{"messages": [' + "1, " * 300_000 + "1]}",
    "words that are none": '{"messages": [' + "x, " * 300_000 + "1]}",
    "figures": '{"messages": [{"a": ' + "1.e-" * 250_000 + "x}]}",
    "lists in lists": '{"messages": [' + "[" * 40 + "[], " * 200_000 + "]" * 40 + "]}",
    "many that must be mended": '{"messages": [' + ", ".join(['{"a": "\\x0c", "b": 1}'] * 40_000) + "]}",
}


@pytest.mark.parametrize("kind", HARD)
def test_a_megabyte_of_anything_is_read_or_refused_within_seconds(kind: str) -> None:
    found = []
    with suppress(BadInput):
        found = list(Document("a", io.BytesIO(HARD[kind].encode())).walk(plan))
    assert len(found) != 1
