"""Errors meant for people; any other exception is a fault."""

from __future__ import annotations

from typing import Any

from core.domain.message import Button


class KithError(Exception):
    """Say to a person what was expected: a key of the catalogues and its arguments.

    The text itself is looked up where the language is known, by `core.kit.texts`. `offers` holds what could have been
    meant, each with the words and the value of an option; `buttons` choose among them.
    """

    offers: tuple[tuple[str, str], ...] = ()
    buttons: tuple[tuple[Button, ...], ...] = ()

    def __init__(self, key: str, **args: Any) -> None:
        super().__init__(key, args)
        self.key = key
        self.args_ = args

    def __reduce__(self) -> tuple[Any, ...]:
        """Let it come back from the process that raised it, without `offers` and `buttons`."""
        return _raised, (type(self), self.key, self.args_)

    def __str__(self) -> str:
        return f"{self.key} {self.args_}" if self.args_ else self.key


def _raised(kind: type[KithError], key: str, args: dict[str, Any]) -> KithError:
    return kind(key, **args)


class BadInput(KithError):
    """Say what was wrong with what a person gave and what was expected."""


class NotAllowed(KithError):
    """Say that this is for somebody else."""


class NotFound(KithError):
    """Say that the thing isn't there, or isn't this community's: both sound the same."""
