"""Everybody's figures, as the command line prints them."""

from __future__ import annotations

from dataclasses import dataclass

from core.domain.network_result import CircleChanges, Health, MadeWith, Notes, Week


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysedMember:
    """The figures of a member, under a name if they may be named; `circle` is None without one."""

    name: str | None
    pagerank: float
    in_degree: int
    out_degree: int
    bridging: float
    core: int
    clustering: float
    circle: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysedCircle:
    """A circle and the names of those in it who may be named."""

    id: int
    size: int
    cohesion: float
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """Everything that figures say of ties, the most important members first."""

    members: tuple[AnalysedMember, ...]
    circles: tuple[AnalysedCircle, ...]
    health: Health
    parameters: MadeWith
    notes: Notes


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunityNotes(Notes):
    """The same of a community, and how many of its people have no name here."""

    unnamed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunityAnalysis(Analysis):
    """The same of a community, of which more is known."""

    wrote: int | None
    notes: CommunityNotes
    weeks: tuple[Week, ...]
    changes: CircleChanges
