"""What a call of the Bot API brings along, and how it is refused."""

from __future__ import annotations

import json
from typing import Any


class ApiError(Exception):
    """An answer of the Bot API that is no success."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters


def bad(description: str, **parameters: Any) -> ApiError:
    """Return a 400."""
    return ApiError(400, f"Bad Request: {description}", **parameters)


class Params:
    """The fields of one call: everything arrives as text, files apart."""

    def __init__(self, fields: dict[str, str], files: dict[str, tuple[str, bytes]] | None = None) -> None:
        self.fields, self.files = fields, files or {}

    def text(self, name: str, default: str = "") -> str:
        return str(self.fields.get(name, default))

    def number(self, name: str, default: int = 0) -> int:
        value = self.fields.get(name)
        return default if value in (None, "") else int(str(value))

    def flag(self, name: str) -> bool:
        return str(self.fields.get(name, "")).lower() in ("true", "1")

    def json(self, name: str) -> Any:
        value = self.fields.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise bad(f"can't parse {name}: invalid JSON") from None
