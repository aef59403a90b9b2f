"""Files that people bring: plain or gzip, and one line where they can't be read."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from core.domain.errors import BadInput, NotFound


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open a file, plain or gzip, to read bytes; raise NotFound or BadInput where that can't be done."""
    if "\0" in str(path):
        raise NotFound("analysis-file-missing", file=path.name)
    try:
        with path.open("rb") as stream:
            packed = stream.read(2) == b"\x1f\x8b"
            stream.seek(0)
            yield cast(BinaryIO, gzip.GzipFile(fileobj=stream)) if packed else stream
    except FileNotFoundError as error:
        raise NotFound("analysis-file-missing", file=str(path)) from error
    except UnicodeDecodeError as error:
        raise BadInput("analysis-file-not-text", file=path.name) from error
    except (OSError, EOFError, zlib.error, csv.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BadInput("analysis-file-unreadable", file=path.name, reason=reason) from error


@contextmanager
def opened_text(path: Path) -> Iterator[TextIO]:
    """Open a file of UTF-8 text, plain or gzip; raise NotFound or BadInput where that can't be done."""
    with opened(path) as stream, io.TextIOWrapper(stream, encoding="utf-8-sig", newline="") as text:
        yield text
