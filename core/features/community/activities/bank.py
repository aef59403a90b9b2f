"""Banks of questions that come as a table: all of its rows are taken in, or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core.domain.activities import Activity, Lines
from core.domain.errors import BadInput, KithError
from core.domain.message import plain_text
from core.features.community.activities.pages import kind_of
from core.kit import Context

Rows = Sequence[tuple[int, Mapping[str, str]]]  # with the number of each one's line


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


async def fill(context: Context, activity: Activity, rows: Rows, *, anew: bool = False) -> Filled:
    """Add the rows to an activity's bank, or put them in its place with `anew`.

    What the bank has already is left out. Raise BadInput with the first line that is wrong.
    """
    bank = bank_of(context, activity)
    lines = []
    for line, row in rows:
        try:
            lines.append(bank.from_row(row))
        except KithError as error:
            raise BadInput("bank-row", line=line, why=plain_text(context.t.error(error))) from None
    before = [] if anew else list(activity.settings.get(bank.name) or ())
    after = bank.read("\n".join([*before, *lines]))
    await context.unit.activities.save(replace(activity, settings={**activity.settings, bank.name: after}))
    await context.record("activity", name=activity.kind, number=activity.number, changed=[bank.name])
    added = len(after) - len(before)
    return Filled(added, len(lines) - added, len(after))
