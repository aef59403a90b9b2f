"""What the exports of all platforms share: files, folders and archives."""

from __future__ import annotations

import gzip
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, TypeVar

from bot.imports.documents import Stream
from core.domain.errors import BadInput

RATIO_LIMIT = 250  # times that a file may grow when it is unpacked; JSON of chats grows 10 to 40 times
SAID = 10  # files that one line names
RATIO_FROM = 32 * 1024 * 1024  # bytes unpacked before that is looked at

Watch = Callable[[int, int], None]
Entry = TypeVar("Entry")
_ZIP_MARK, _GZIP_MARK = b"PK", b"\x1f\x8b"
_OTHER_FORMATS = (".html", ".htm", ".csv", ".txt")
_UNREADABLE = (EOFError, OSError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, NotImplementedError, RuntimeError)


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


def read_each(path: Path, watch: Watch, read: Callable[[str, Stream], Iterator[Entry]]) -> Iterator[Entry]:
    """Yield what `read` finds in each JSON file at `path`: a file, packed or not, or those of a folder or zip.

    Raise BadInput at the end, naming all files that can't be used, or at once where there is none.
    """
    problems: list[BadInput] = []
    with Files(path, lambda name: name.endswith((".json", ".json.gz")), watch).opened() as files:
        for name, stream in files:
            try:
                yield from read(name, stream)
            except BadInput as problem:
                problems.append(problem)
    if len(problems) > 1:
        raise BadInput("import-several", count=len(problems), problems=problems[:SAID])
    if problems:
        raise problems[0]


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
            other = self._other_format()
            raise BadInput("import-not-json" if other else "import-empty", file=other or str(self.path))
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
        if self.path.name.lower().endswith(_OTHER_FORMATS):
            raise BadInput("import-not-json", file=self.path.name)
        return [_part(self.path, self.path.name)]

    def _other_format(self) -> str | None:
        """Return a file of another format in which the exporters write, None where there is none."""
        if self._archive is not None:
            names = self._archive.namelist()
        else:
            names = [str(file.relative_to(self.path)) for file in sorted(self.path.rglob("*")) if file.is_file()]
        return next((name for name in names if name.lower().endswith(_OTHER_FORMATS)), None)

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
