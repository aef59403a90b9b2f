"""What every page is rendered with: the templates that pages share beside their own."""

from __future__ import annotations

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined, select_autoescape

from core.domain.message import plain_text
from core.domain.people import initials


def environment(package: str) -> Environment:
    """Return the templates of `package`, and behind them those of all pages; every value is escaped."""
    made = Environment(
        loader=ChoiceLoader([PackageLoader(package), PackageLoader("bot.web")]),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"initials": initials, "plain_text": plain_text}
    return made
