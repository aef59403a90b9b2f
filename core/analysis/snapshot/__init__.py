"""Everything that commands say of a community's ties, found at once and written down as plain data."""

from core.analysis.snapshot.result import everything, take

__all__ = ["everything", "take"]
