"""Segments as commands say them: which there are, and what they are called."""

from __future__ import annotations

from core.domain.people import folded
from core.domain.segments import Segment
from core.kit import Context, Texts
from core.kit.texts import LANGUAGES
from core.studies.segments import segments


def segment_name(t: Texts, segment: Segment) -> str:
    """Return what a segment is called."""
    return t.plain(f"segment-{segment.value.replace('_', '-')}")


def is_called(segment: Segment, raw: str) -> bool:
    """Say whether `raw` names a segment, in any language or by its word."""
    return folded(raw) in {folded(segment.value), *(folded(segment_name(Texts(each), segment)) for each in LANGUAGES)}


async def segments_there(context: Context) -> list[Segment]:
    """Return the segments that there are by the newest result."""
    found = await segments.newest(context)
    return [] if found is None else [each.segment for each in found.segments]
