"""Banks of questions that come as a table, by form or from the command line: all of its rows are taken in, or none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Annotated, Literal

from core.domain.activities import Activity, Lines
from core.domain.errors import BadInput, KithError
from core.domain.forms import MEGABYTE
from core.domain.message import Attachment, Reply, plain_text
from core.features.community.activities.pages import found, kind_of, page
from core.files.table import Table, table_in
from core.kit import Accept, Context, Length, Rights, Work, action, form

_NAMED = 4_000  # characters of what names a file


@dataclass(frozen=True, slots=True)
class Filled:
    """How many questions a bank has more, how many it had already, and how many it holds now."""

    added: int
    known: int
    total: int


def bank_of(context: Context, activity: Activity) -> Lines:
    """Return the field that holds an activity's bank; raise BadInput where its kind has none."""
    for field in kind_of(context, activity).fields:
        if isinstance(field, Lines) and field.bank:
            return field
    raise BadInput("bank-none", kind=activity.kind)


@form(rights=Rights.MODERATOR, private=True, hidden=("activity",))
async def fill_bank(
    context: Context,
    activity: int,
    table: Annotated[Attachment, Accept(("csv",), megabytes=1, lasting=False)],
    anew: Literal["no", "yes"] = "no",
) -> Reply:
    """Take a table of questions, which is read where nobody waits for it."""
    bank_of(context, await found(context, activity))
    context.later("take_bank", activity=activity, table=table.to_text(), anew=anew)
    return Reply(context.t("bank-reading", name=table.name))


@action(rights=Rights.MODERATOR, private=True)
async def take_bank(
    context: Context, activity: int, table: Annotated[str, Length(_NAMED)], anew: Literal["no", "yes"] = "no"
) -> Work:
    """Read a table of questions, and put them into the bank of an activity."""
    bank_of(context, await found(context, activity))
    file = Attachment.from_text(table)

    async def save(context: Context, read: Table) -> Reply:
        it = await found(context, activity)
        done = await fill(context, it, read, anew=anew == "yes")
        said = context.t("bank-filled", added=done.added, known=done.known, total=done.total)
        return await page(context, await found(context, activity), said)

    return Work(partial(table_in, file.name), None, save, file=file, most=MEGABYTE)


async def fill(context: Context, activity: Activity, table: Table, *, anew: bool = False) -> Filled:
    """Add the rows of a table to an activity's bank, or put them in its place with `anew`.

    What the bank has already is left out. Raise BadInput with the first line that is wrong, or the column that is
    missing.
    """
    bank = bank_of(context, activity)
    if missing := [each for each in bank.columns if not any(name.startswith(each) for name in table.columns)]:
        raise BadInput("table-no-column", file=table.name, column=missing[0], columns=tuple(table.columns))
    lines = []
    for at, line in enumerate(table.lines):
        try:
            lines.append(bank.from_row({column: cells[at] for column, cells in table.columns.items()}))
        except KithError as error:
            raise BadInput("bank-row", line=line, why=plain_text(context.t.error(error))) from None
    before = [] if anew else list(activity.settings.get(bank.name) or ())
    after = bank.read("\n".join([*before, *lines]))
    await context.unit.activities.save(replace(activity, settings={**activity.settings, bank.name: after}))
    await context.record("activity", name=activity.kind, number=activity.number, changed=[bank.name])
    added = len(after) - len(before)
    return Filled(added, len(lines) - added, len(after))
