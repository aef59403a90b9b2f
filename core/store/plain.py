"""Typed results as plain data, as JSON takes it, and back."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

T = TypeVar("T")


def to_plain(value: Any) -> Any:
    """Return a dataclass, and all that stands in it, as plain data; what is as by default is left out."""
    kind: Any = type(value)
    return _adapter(kind).dump_python(value, mode="json", exclude_defaults=True)


def from_plain(kind: type[T], data: Any) -> T | None:
    """Read what `to_plain` wrote; None where it says something else than a `kind` does.

    What `kind` doesn't know is passed over, and what it has a default for may be missing.
    """
    wanted: Any = kind
    try:
        read: T = _adapter(wanted).validate_python(data)
    except ValidationError:
        return None
    return read


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
