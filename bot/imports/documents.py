"""JSON read a piece at a time, in time that grows with its length whatever it holds.

Memory is bounded by the largest single entry, whatever the size of the file. The reader forgives what exporters are
known to write: control characters as they stand or as `\\x0C`, and values without quotes to the end of their line.
Each pattern goes over what it reads once: what it took it never gives back (possessive quantifiers), and no two of
its parts take the same byte. An entry is read three times at most.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from enum import Enum
from typing import Any, Protocol

import orjson

from core.domain.errors import BadInput

CHUNK = 256 * 1024  # bytes read at a time
ENTRY_LIMIT = 16 * 1024 * 1024  # bytes of one entry or one text
LINE_LIMIT = 64 * 1024  # bytes of a value without quotes
DEPTH_LIMIT = 64  # lists and objects within each other


class Stream(Protocol):
    """Bytes, read a piece at a time."""

    def read(self, size: int, /) -> bytes: ...


class Plan(Enum):
    """What to do with a value of a document."""

    ENTER = "enter"
    TAKE = "take"
    SKIP = "skip"


BEGIN = object()  # stands for an object that is entered
Path_ = tuple[str, ...]  # keys from the root; an element of a list is "*"

_SPACE = re.compile(rb"[ \t\r\n]*+")
# Where `*+` repeats a group that may fail in its middle, Python before 3.11.5 goes on from there: atomic groups hold.
_TEXT = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_STRING = re.compile(_TEXT, re.S)
# All up to the next bracket, texts passed over whole: one match for each bracket, the rest stays within `re`.
_RUN = re.compile(rb'[^"\[\]{}]*+(?>(?:' + _TEXT + rb'[^"\[\]{}]*+)*)', re.S)
# A list or object with at most six levels below it, as entries are, in one match.
_TEXTS = rb'[^"\[\]{}]++|' + _TEXT
_SHALLOW = rb"[\[{](?>(?:" + _TEXTS + rb")*)[\]}]"
for _ in range(6):
    _SHALLOW = rb"[\[{](?>(?:" + _TEXTS + rb"|" + _SHALLOW + rb")*)[\]}]"
_WHOLE = re.compile(_SHALLOW, re.S)
_SCALAR = re.compile(rb"[^\s,\[\]{}\"]++")
_TOKEN = re.compile(rb'["\[\]{}:]')
_BLANK = re.compile(rb"[ \t]*+")
_PROPER = re.compile(rb"(?:-?\d[\d.eE+-]*+|true|false|null)[ \t]*+(?:[,}\]\r\n]|$)")
# A value without quotes ends with its line, or in a document of one line before the next key or bracket.
_ENDS = (re.compile(rb"[\r\n]"), re.compile(rb'[}\]\r\n]|,[ \t]*+(?=")'))
_ESCAPE = re.compile(r'\\(?:(["\\/bfnrt]|u[0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))', re.S)


class Document:
    """One JSON document, walked through with bounded memory."""

    def __init__(self, name: str, stream: Stream) -> None:
        self.name = name
        self._stream = stream
        self._data = b""
        self._at = 0
        self._base = 0
        self._ended = False

    @property
    def place(self) -> int:
        """Return the byte at which reading stands."""
        return self._base + self._at

    def walk(self, plan: Callable[[Path_], Plan]) -> Iterator[tuple[Path_, Any]]:
        """Yield (path, value) as `plan` says of each path; an entered object yields BEGIN first.

        Raise BadInput, naming file and byte, where the document is broken, cut off, too deep or has an entry too large.
        """
        if self._peek() == b"\xef":
            self._at += 3  # a byte order mark
        first = self._peek()
        if first == b"":
            raise BadInput("import-empty", file=self.name)
        if first not in (b"{", b"["):
            raise BadInput("import-not-json", file=self.name)
        yield from self._value((), plan)
        if self._peek() != b"":
            raise self._broken()

    def _value(self, path: Path_, plan: Callable[[Path_], Plan]) -> Iterator[tuple[Path_, Any]]:
        what, first = plan(path), self._peek()
        if what is Plan.TAKE or (what is Plan.ENTER and first not in (b"{", b"[")):
            yield path, self._take()
        elif what is Plan.SKIP:
            self._skip()
        elif first == b"{":
            yield path, BEGIN
            yield from self._object(path, plan)
        else:
            yield from self._list(path, plan)

    def _object(self, path: Path_, plan: Callable[[Path_], Plan]) -> Iterator[tuple[Path_, Any]]:
        self._at += 1
        while (mark := self._peek()) != b"}":
            if mark != b'"':
                raise self._broken()
            key = self._take()
            if self._peek() != b":":
                raise self._broken()
            self._at += 1
            yield from self._value((*path, str(key)), plan)
            self._comma(b"}")
        self._at += 1

    def _list(self, path: Path_, plan: Callable[[Path_], Plan]) -> Iterator[tuple[Path_, Any]]:
        self._at += 1
        inner = (*path, "*")
        while self._peek() != b"]":
            yield from self._value(inner, plan)
            self._comma(b"]")
        self._at += 1

    def _comma(self, closing: bytes) -> None:
        mark = self._peek()
        if mark == b",":
            self._at += 1
        elif mark != closing:
            raise self._broken()

    def _broken(self) -> BadInput:
        if self._ended and self._at >= len(self._data):
            return BadInput("import-cut-off", file=self.name, byte=self.place)
        return BadInput("import-broken", file=self.name, byte=self.place)

    def _more(self, keep: int) -> bool:
        """Read on, keeping what stands from `keep`, which becomes 0; say whether there was anything."""
        if self._ended:
            return False
        kept = len(self._data) - keep
        if kept > ENTRY_LIMIT:
            raise BadInput("import-too-large", file=self.name, byte=self._base + keep, megabytes=ENTRY_LIMIT >> 20)
        read = self._stream.read(max(CHUNK, kept))
        self._ended = not read
        self._data = self._data[keep:] + read
        self._base += keep
        self._at -= keep
        return bool(read)

    def _peek(self) -> bytes:
        """Return the next byte that is no blank, b"" at the end."""
        while True:
            match = _SPACE.match(self._data, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._data):
                return self._data[self._at : self._at + 1]
            if not self._more(self._at):
                return b""

    def _skip(self) -> None:
        """Pass over a value, keeping nothing of it."""
        first = self._peek()
        if first in (b"{", b"["):
            self._at = self._end(keep=False)
        else:
            self._take()

    def _take(self) -> Any:
        """Return the value that stands here."""
        first = self._peek()
        if first == b'"':
            return self._text()
        if first in (b"{", b"["):
            return self._entry()
        return self._scalar()

    def _text(self) -> str:
        while (match := _STRING.match(self._data, self._at)) is None:
            if not self._more(self._at):
                raise BadInput("import-cut-off", file=self.name, byte=self._base + len(self._data))
        raw = match[0]
        try:
            value = orjson.loads(raw)
        except orjson.JSONDecodeError:
            value = self._loads(_mended_string(raw.decode("utf-8", "replace")))
        self._at = match.end()
        return str(value)

    def _scalar(self) -> Any:
        """Return a number or word; what is neither is a value without quotes, to the end of its line."""
        match = _SCALAR.match(self._data, self._at)
        while match is not None and match.end() == len(self._data) and self._more(self._at):
            match = _SCALAR.match(self._data, self._at)
        if match is None:
            raise self._broken()
        try:
            value = orjson.loads(match[0])
        except orjson.JSONDecodeError:
            return self._line()
        self._at = match.end()
        return value

    def _line(self) -> str:
        """Return what stands up to the end of the line, without the comma after it."""
        while (end := self._data.find(b"\n", self._at, self._at + LINE_LIMIT)) < 0:
            if len(self._data) - self._at >= LINE_LIMIT or not self._more(self._at):
                end = min(len(self._data), self._at + LINE_LIMIT)
                break
        line = self._data[self._at : end].rstrip().rstrip(b",")
        if b'"' in line or not line:
            raise self._broken()
        self._at += len(line)
        return line.decode("utf-8", "replace")

    def _entry(self) -> Any:
        """Return a list or object, mended where it isn't proper JSON."""
        failed: BadInput | None = None
        try:
            end = self._end(keep=True)
            value = orjson.loads(memoryview(self._data)[self._at : end])
        except orjson.JSONDecodeError:
            pass
        except BadInput as error:
            failed = error  # brackets in a value without quotes lead astray: so read again, slowly
        else:
            self._at = end
            return value
        for end_of_bare in _ENDS:
            found = self._mended(end_of_bare)
            if found is not None:
                return found
        raise failed or self._broken()

    def _end(self, *, keep: bool) -> int:
        """Return where the list or object that stands here ends; move up to there unless it is to be kept."""
        whole = _WHOLE.match(self._data, self._at)
        if whole is not None:
            return whole.end()
        depth, at = 0, self._at
        start = self._at
        while True:
            match = _RUN.match(self._data, at)
            at = match.end() if match else at
            mark = self._data[at : at + 1]
            if mark in (b"", b'"'):
                before = start if keep else at
                if not self._more(before):
                    raise BadInput("import-cut-off", file=self.name, byte=self._base + len(self._data))
                at -= before
                start -= before
                continue
            depth += 1 if mark in (b"{", b"[") else -1
            at += 1
            if depth > DEPTH_LIMIT:
                raise BadInput("import-too-deep", file=self.name, byte=self._base + at, depth=DEPTH_LIMIT)
            if depth == 0:
                return at

    def _mended(self, end_of_bare: re.Pattern[bytes]) -> Any:
        """Return the entry that stands here, with values that lack quotes up to `end_of_bare`, None if that fails."""
        depth, at = 0, self._at
        pieces: list[str] = []
        while True:
            token = _token(self._data, at, end_of_bare, self._ended)
            if token is None and not self._ended:
                start = self._at
                self._more(start)
                at -= start - self._at
                continue
            if token is None:
                return None
            begin, end, text, deeper = token
            pieces += [self._data[at:begin].decode("utf-8", "replace"), text]
            at = end
            depth += deeper
            if depth > DEPTH_LIMIT:
                return None
            if depth == 0 and deeper:
                break
        try:
            value = json.loads("".join(pieces), strict=False)
        except (ValueError, RecursionError):
            return None
        self._at = at
        return value

    def _loads(self, text: str) -> Any:
        try:
            return json.loads(text, strict=False)
        except ValueError:
            raise self._broken() from None


def _token(data: bytes, at: int, end_of_bare: re.Pattern[bytes], ended: bool) -> tuple[int, int, str, int] | None:
    """Return the next text, bracket or value without quotes: begin, end, its mended form, and how depth changes.

    None where there is none, or where it may go on in what wasn't read yet.
    """
    found = _TOKEN.search(data, at)
    if found is None:
        return None
    mark, begin = found[0], found.start()
    if mark == b'"':
        text = _STRING.match(data, begin)
        return None if text is None else (begin, text.end(), _mended_string(text[0].decode("utf-8", "replace")), 0)
    if mark != b":":
        return begin, begin + 1, mark.decode(), 1 if mark in b"{[" else -1
    if not ended and len(data) - begin < 2 * LINE_LIMIT:
        return None
    blank = _BLANK.match(data, begin + 1)
    value = begin + 1 if blank is None else blank.end()
    if data[value : value + 1] in (b"", b'"', b"[", b"{", b"\r", b"\n") or _PROPER.match(data, value):
        return begin, begin + 1, ":", 0
    last = end_of_bare.search(data, value, value + LINE_LIMIT)
    end = last.start() if last else min(len(data), value + LINE_LIMIT)
    bare = data[value:end].rstrip(b" \t").removesuffix(b",").rstrip(b" \t")
    return begin, value + len(bare), ":" + json.dumps(bare.decode("utf-8", "replace")), 0


def _mended_string(token: str) -> str:
    return _ESCAPE.sub(_mended_escape, token)


def _mended_escape(match: re.Match[str]) -> str:
    known, hexadecimal, other = match.groups()
    if known is not None:
        return match[0]
    return f"\\u00{hexadecimal}" if hexadecimal is not None else str(other)
