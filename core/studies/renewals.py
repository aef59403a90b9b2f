"""How renewals of plans go, worked out every night for `/atrisk` and its chart."""

from __future__ import annotations

from core.domain.renewals import RenewalsInput, RenewalsResult
from core.domain.schedule import Daily
from core.kit import Context
from core.kit.studies import Outcome, Reading, study


def compute(given: RenewalsInput) -> Outcome[RenewalsResult]:
    """Return what a night finds; it runs in the process that does heavy work."""
    from core.analysis.renewals import renewing  # noqa: PLC0415  as in core.studies.network

    return Outcome(result=renewing(given))


async def _any_payment(context: Context) -> bool:
    return await context.unit.payments.any(context.community.id)


@study(
    "renewals",
    Daily("04:55"),
    compute=compute,
    result=RenewalsResult,
    possible=_any_payment,
    nothing="renewals-nothing",
)
async def renewals(reading: Reading) -> RenewalsInput | None:
    """Return what was told of every subscription; None where nothing was."""
    found = await reading.unit.payments.all(reading.community_id)
    if not found:
        return None
    return RenewalsInput(now=reading.now, subscriptions=tuple(each.payments for each in found))
