"""/mydata: everything that is kept of a member, as a file."""

from __future__ import annotations

import gzip
import json
from datetime import datetime
from typing import Any

from core.domain.message import File, Reply
from core.kit import Context, command

PACKED_FROM = 5_000_000  # bytes: Discord takes 10 MB from a bot, Telegram 50


@command(private=True, leavers=True)
async def mydata(context: Context) -> Reply:
    """Get everything I keep of you as a file."""
    members, accounts = await context.unit.members.identity(context.me.id)
    tables = await context.unit.erasure.export(members, [account.id for account in accounts])
    content = {"community": context.community.name, "exported_at": context.now, "kept": tables}
    written = json.dumps(content, ensure_ascii=False, indent=1, default=_plain).encode()
    rows = sum(len(each) for each in tables.values())
    return Reply(context.t("mydata-file", rows=rows), file=_file(written))


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _file(written: bytes) -> File:
    if len(written) < PACKED_FROM:
        return File("kith-mydata.json", written, "application/json")
    return File("kith-mydata.json.gz", gzip.compress(written), "application/gzip")
