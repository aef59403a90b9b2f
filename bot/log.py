"""Structured logs: one line an event, the SDKs' logs routed through, secrets never in them."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Collection, Iterator, MutableMapping
from traceback import TracebackException
from typing import Any

import structlog

_TOKENS = re.compile(
    r"\b\d{6,12}:[A-Za-z0-9_-]{30,}\b"  # Telegram's
    r"|\b[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}\b"  # Discord's
    r"|(?<=/interactions/)\d+/[^/\s]+|(?<=/webhooks/)\d+/[^/\s]+"  # with which anybody may answer on Discord
)
_STARS = "***"


class _Cleaner:
    """Put stars for every secret, and for anything that looks like a bot token."""

    def __init__(self, secrets: Collection[str]) -> None:
        self._secrets = [secret for secret in secrets if len(secret) >= 4]

    def clean(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, _STARS)
        return _TOKENS.sub(_STARS, text)

    def __call__(self, logger: Any, method: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        for name, value in entry.items():
            if isinstance(value, str):
                entry[name] = self.clean(value)
            elif not isinstance(value, int | float | bool | None):
                entry[name] = self.clean(str(value))
        return entry


def _trace(exc_info: Any) -> str:
    """Return where an exception came from and what led to it, without what it says.

    That may be what people wrote: databases repeat the row they refuse, parsers the text. What the system says of files
    and connections stays.
    """
    kind, error, trace = exc_info
    return "\n".join(_lines(TracebackException(kind, error, trace), error))


def _lines(trace: TracebackException, error: BaseException | None) -> Iterator[str]:
    if error is None:
        return
    if trace.__cause__ is not None:
        yield from _lines(trace.__cause__, error.__cause__)
    elif trace.__context__ is not None and not trace.__suppress_context__:
        yield from _lines(trace.__context__, error.__context__)
    yield from (line.rstrip("\n") for line in trace.stack.format())
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    yield f"{kind}: {error}" if isinstance(error, OSError) else kind
    inner = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    for part, each in zip(trace.exceptions or (), inner, strict=True):
        yield from _lines(part, each)


def set_up(*, json: bool, secrets: Collection[str], level: int = logging.INFO) -> None:
    """Send every log line to standard error, as JSON or for reading in a terminal."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.ExceptionRenderer(_trace),
        _Cleaner(secrets),
    ]
    renderer: Any = (
        structlog.processors.JSONRenderer() if json else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _Cleaner(secrets), renderer],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for noisy in (
        "httpx",
        "httpcore",
        "apscheduler",
        "alembic",
        "PIL",
        "fontTools",
        "uvicorn.access",
        "discord",  # at lower levels it writes whole messages down
    ):
        logging.getLogger(noisy).setLevel(logging.WARNING)
