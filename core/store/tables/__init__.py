"""Every table of Kith; importing this package fills `metadata`."""

from core.store.tables import (
    audit,
    benefits,
    buttons,
    communities,
    consent,
    errands,
    followings,
    interactions,
    jobs,
    ledger,
    links,
    members,
    outbox,
    parked,
    presences,
    rollups,
    snapshots,
)
from core.store.tables.base import PERSONAL, metadata

__all__ = [
    "PERSONAL",
    "audit",
    "benefits",
    "buttons",
    "communities",
    "consent",
    "errands",
    "followings",
    "interactions",
    "jobs",
    "ledger",
    "links",
    "members",
    "metadata",
    "outbox",
    "parked",
    "presences",
    "rollups",
    "snapshots",
]
