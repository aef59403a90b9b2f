"""Files that people handed over, shown to others: by the platform that keeps them, or as far as another can."""

from __future__ import annotations

from core.domain.message import Attachment, Reply, escape
from core.kit.context import Context
from core.kit.texts import Markup, Texts
from core.kit.words import Rows

_NAMES = {"telegram": "Telegram", "discord": "Discord"}


def line_of(t: Texts, attachment: Attachment) -> Markup:
    """Return a file in a line: a link to it, or its name and where alone it opens."""
    if attachment.address is not None:
        return Markup(f"[{escape(attachment.name)}]({escape(attachment.address)})")
    platform = _NAMES.get(attachment.platform) or t.plain("web-playground")
    return t("attachment-elsewhere", name=attachment.name, platform=platform)


def with_attachment(context: Context, text: Markup, attachment: Attachment | None, buttons: Rows = ()) -> Reply:
    """Return an answer with a file that somebody handed over, if there is one."""
    if attachment is None:
        return Reply(text, buttons)
    here = context.call is not None and context.call.platform == attachment.platform
    if here and attachment.address is None:
        return Reply(text, buttons, attachment=attachment)
    return Reply(Markup(f"{text}\n{line_of(context.t, attachment)}"), buttons)
