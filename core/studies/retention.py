"""Who comes back and who stays: worked out every night for `/retention`, `/funnel` and their charts."""

from __future__ import annotations

from core.domain.clock import day_number
from core.domain.kinds import Kind
from core.domain.retention_result import RetentionInput, RetentionResult
from core.domain.schedule import Daily
from core.kit.studies import Outcome, Reading, study


def compute(given: RetentionInput) -> Outcome[RetentionResult]:
    """Return what a night finds; it runs in the process that does heavy work."""
    from core.analysis.coming_back import come_back  # noqa: PLC0415  as in core.studies.network

    return Outcome(result=come_back(given))


@study("retention", Daily("04:45"), compute=compute, result=RetentionResult)
async def retention(reading: Reading) -> RetentionInput | None:
    """Return what is in the books of who came, was active and left; None where nobody is there."""
    stays, community_id = reading.unit.stays, reading.community_id
    found = await stays.of(community_id)
    if not found.members:
        return None
    return RetentionInput(
        today=day_number(reading.now),
        stays=found,
        took_part=await stays.did(community_id, Kind.TOOK_PART),
        opened=await stays.did(community_id, Kind.OPENED),
        answered=await stays.answered(community_id),
        sources=await stays.sources(community_id),
        tiers=await stays.tiers(community_id),
        first_circles=await stays.first_circles(community_id),
        leavings_since=await stays.leavings_since(community_id),
    )
