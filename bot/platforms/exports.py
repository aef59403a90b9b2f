"""What the exports of all platforms share: files, archives, and JSON read a piece at a time.

Memory is bounded by the largest single entry, whatever the size of the file. The reader forgives what exporters are
known to write: control characters as they stand or as `\\x0C`, and values without quotes to the end of their line.
"""

from __future__ import annotations

import gzip
import json
import lzma
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import IO, Any, Protocol

import orjson

from core.domain.errors import BadInput

CHUNK = 256 * 1024  # bytes read at a time
ENTRY_LIMIT = 16 * 1024 * 1024  # bytes of one entry or one text
LINE_LIMIT = 64 * 1024  # bytes of a value without quotes
DEPTH_LIMIT = 64  # lists and objects within each other
RATIO_LIMIT = 250  # times that a file may grow when it is unpacked; JSON of chats grows 10 to 40 times
RATIO_FROM = 32 * 1024 * 1024  # bytes unpacked before that is looked at

Watch = Callable[[int, int], None]
_ZIP_MARK, _GZIP_MARK = b"PK", b"\x1f\x8b"
_UNREADABLE = (EOFError, OSError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, NotImplementedError, RuntimeError)


class Stream(Protocol):
    """Bytes, read a piece at a time."""

    def read(self, size: int, /) -> bytes: ...


def whole(value: Any) -> int | None:
    """Return a whole number of at most 18 digits, None for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**18 else None


def moment(at: datetime) -> datetime | None:
    """Return a time in UTC, None for one that no chat can have: there the calendar's arithmetic ends."""
    return at.astimezone(UTC) if 2000 <= at.year < 2200 else None


def times(value: Any) -> int:
    """Return how often somebody reacted, from 0 to a million."""
    return min(max(whole(value) or 0, 0), 1_000_000)


def mark(value: Any) -> str:
    """Return what stands for an emoji, without what no database takes: halves of surrogate pairs, NUL."""
    return str(value or "").replace("\x00", "").encode("utf-8", "replace").decode()[:64]


@dataclass(slots=True)
class Part:
    """One file of an export: how it is called, how to open it, and how large it is, unpacked where that is known."""

    name: str
    size: int
    open: Callable[[], IO[bytes]]
    packed: Callable[[IO[bytes]], int] | None = None  # bytes read so far of what is packed


class _Opened:
    """A part being read: tells how far, and raises BadInput for a bomb or a broken archive."""

    def __init__(self, part: Part, file: IO[bytes], advanced: Callable[[int], None]) -> None:
        self._part, self._file, self._advanced = part, file, advanced
        self._read = 0

    def read(self, size: int, /) -> bytes:
        try:
            data = self._file.read(size)
        except _UNREADABLE as error:
            raise BadInput("import-damaged", file=self._part.name, byte=self._read, why=_why(error)) from None
        self._read += len(data)
        packed = self._part.packed(self._file) if self._part.packed else self._read
        if self._read > RATIO_FROM and self._read > RATIO_LIMIT * max(packed, 1):
            raise BadInput("import-bomb", file=self._part.name, byte=self._read, times=RATIO_LIMIT)
        self._advanced(len(data))
        return data


def _why(error: BaseException) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__


@dataclass(slots=True)
class Files:
    """The files of an export at `path`: one file, packed or not, or those of a folder or zip that `wanted` picks."""

    path: Path
    wanted: Callable[[str], bool]
    watch: Watch = lambda done, total: None
    _archive: zipfile.ZipFile | None = field(default=None, init=False)

    @contextmanager
    def opened(self) -> Iterator[Iterator[tuple[str, Stream]]]:
        """Give the name and the bytes of each file in turn; raise BadInput where there are none or they are broken."""
        try:
            parts = self._parts()
        except _UNREADABLE as error:
            raise BadInput("import-unreadable", file=str(self.path), why=_why(error)) from None
        if not parts:
            raise BadInput("import-empty", file=str(self.path))
        try:
            yield self._each(parts)
        finally:
            if self._archive is not None:
                self._archive.close()

    def _each(self, parts: list[Part]) -> Iterator[tuple[str, Stream]]:
        total = sum(part.size for part in parts)
        done = 0

        def advanced(count: int) -> None:
            nonlocal done
            done += count
            self.watch(min(done, total), total)

        for part in parts:
            try:
                file = part.open()
            except _UNREADABLE as error:
                raise BadInput("import-damaged", file=part.name, byte=0, why=_why(error)) from None
            with file:
                yield part.name, _Opened(part, file, advanced)

    def _parts(self) -> list[Part]:
        if self.path.is_dir():
            found = sorted(file for file in self.path.rglob("*") if file.is_file() and self._picks(file))
            return [_part(file, str(file.relative_to(self.path))) for file in found]
        with self.path.open("rb") as file:
            mark = file.read(2)
        if mark == _ZIP_MARK:
            self._archive = zipfile.ZipFile(self.path)
            inside = [info for info in self._archive.infolist() if self._picks_name(info.filename)]
            return [self._packed(info) for info in sorted(inside, key=lambda info: info.filename)]
        return [_part(self.path, self.path.name)]

    def _picks(self, file: Path) -> bool:
        return self._picks_name(file.relative_to(self.path).as_posix())

    def _picks_name(self, name: str) -> bool:
        hidden = any(step.startswith((".", "__MACOSX")) for step in name.split("/"))
        return not hidden and not name.endswith("/") and self.wanted(name.rsplit("/", 1)[-1].lower())

    def _packed(self, info: zipfile.ZipInfo) -> Part:
        archive = self._archive
        if archive is None:
            raise LookupError("no archive is open")
        return Part(info.filename, info.file_size, lambda: archive.open(info), lambda _: info.compress_size)


def _part(file: Path, name: str) -> Part:
    with file.open("rb") as opened:
        mark = opened.read(2)
    size = file.stat().st_size
    if mark == _GZIP_MARK:
        return Part(name, size, lambda: _gunzip(file), lambda opened: opened.raw_position())  # type: ignore[attr-defined]
    return Part(name, size, lambda: file.open("rb"))


class _Gunzip(gzip.GzipFile):
    """A gzip file that tells how far the packed file was read."""

    def raw_position(self) -> int:
        return int(self.fileobj.tell())  # type: ignore[union-attr]


def _gunzip(file: Path) -> IO[bytes]:
    return _Gunzip(file, "rb")  # type: ignore[return-value]


class Plan(Enum):
    """What to do with a value of a document."""

    ENTER = "enter"
    TAKE = "take"
    SKIP = "skip"


BEGIN = object()  # stands for an object that is entered
Path_ = tuple[str, ...]  # keys from the root; an element of a list is "*"

_SPACE = re.compile(rb"[ \t\r\n]*+")
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.S)
# All up to the next bracket, texts passed over whole: one match for each bracket, the rest stays within `re`.
_RUN = re.compile(rb'[^"\[\]{}]*+(?:"[^"\\]*+(?:\\.[^"\\]*+)*+"[^"\[\]{}]*+)*+', re.S)
# A list or object with at most six levels below it, as entries are, in one match.
_TEXTS = rb'[^"\[\]{}]++|"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_SHALLOW = rb"[\[{](?:" + _TEXTS + rb")*+[\]}]"
for _ in range(6):
    _SHALLOW = rb"[\[{](?:" + _TEXTS + rb"|" + _SHALLOW + rb")*+[\]}]"
_WHOLE = re.compile(_SHALLOW, re.S)
_SCALAR = re.compile(rb"[^\s,\[\]{}\"]++")
_NO_BARE = rb'(?![\s"\[{]|(?:-?\d[\d.eE+-]*+|true|false|null)[ \t]*+(?:[,}\]\r\n]|$))'
# A value without quotes ends with its line, or in a document of one line before the next key or bracket.
_BARE = (
    _NO_BARE + rb"[^\r\n]+?(?=[ \t]*,?[ \t]*[\r\n])",
    _NO_BARE + rb'[^\r\n]+?(?=[ \t]*(?:,\s*"|[}\]]|[\r\n]))',
)
_TOLERANT = [
    re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|(?P<colon>:[ \t]*+)(?P<bare>' + bare + rb")|[\[\]{}\"]", re.S)
    for bare in _BARE
]
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
        if self._peek() == b"":
            raise BadInput("import-empty", file=self.name)
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
        while b"\n" not in self._data[self._at :] and len(self._data) - self._at < CHUNK and self._more(self._at):
            pass
        match = _SCALAR.match(self._data, self._at)
        if match is None:
            raise self._broken()
        try:
            value = orjson.loads(match[0])
        except orjson.JSONDecodeError:
            line = self._data[self._at :].split(b"\n", 1)[0].rstrip()
            if b'"' in line:
                raise self._broken() from None
            self._at += len(line.rstrip(b","))
            return line.rstrip(b",").decode("utf-8", "replace")
        self._at = match.end()
        return value

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
        for tolerant in _TOLERANT:
            found = self._mended(tolerant)
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

    def _mended(self, tolerant: re.Pattern[bytes]) -> Any:
        """Return the entry that stands here read with `tolerant`, None where that makes no sense of it either."""
        depth, at = 0, self._at
        pieces: list[str] = []
        while True:
            match = tolerant.search(self._data, at)
            # A text or line may go on in what wasn't read yet.
            unsure = match is None or match[0] == b'"' or len(self._data) - match.end() < LINE_LIMIT
            if unsure and not self._ended:
                start = self._at
                self._more(start)
                at -= start - self._at
                continue
            if match is None or match[0] == b'"':
                return None
            pieces.append(self._data[at : match.start()].decode("utf-8", "replace"))
            pieces.append(_mended_token(match))
            at = match.end()
            if match[0] in (b"{", b"["):
                depth += 1
            elif match[0] in (b"}", b"]"):
                depth -= 1
            if depth > DEPTH_LIMIT:
                return None
            if depth == 0:
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


def _mended_token(match: re.Match[bytes]) -> str:
    if match["bare"] is not None:
        return match["colon"].decode() + json.dumps(match["bare"].decode("utf-8", "replace"))
    token = match[0].decode("utf-8", "replace")
    return _mended_string(token) if token[0] == '"' else token


def _mended_string(token: str) -> str:
    return _ESCAPE.sub(_mended_escape, token)


def _mended_escape(match: re.Match[str]) -> str:
    known, hexadecimal, other = match.groups()
    if known is not None:
        return match[0]
    return f"\\u00{hexadecimal}" if hexadecimal is not None else str(other)
