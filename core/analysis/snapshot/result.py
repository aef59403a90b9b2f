"""Puts a snapshot together: what commands read, what later ones compare with, and what the next goes on from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace

import numpy as np

from core.analysis.checkpoint import Figures, packed
from core.analysis.snapshot.circles import changes_of, figures_of, lasting, next_number, told_since
from core.analysis.snapshot.people import drawn, key_people_of, pairs, risks
from core.analysis.snapshot.run import DECIMALS, Run, run_of, short
from core.analysis.snapshot.trend import changed, newcomers, weeks_of
from core.analysis.snapshot.unnamed import unnamed
from core.analysis.ties import Floats
from core.domain.network import NEWCOMER, WINDOW, NetworkInput
from core.domain.network_result import Baseline, Found, MemberFigures, Most, NetworkResult, Parameters, Share


def take(known: NetworkInput) -> Found:
    """Return what there is to say of a community on the newest day of its ties, and what the next run goes on from."""
    run = run_of(known)
    network = run.network
    made = np.nan if network.bridging_day is None else network.bridging_day
    figures = Figures(
        network.pagerank,
        network.bridging.value,
        np.array([network.bridging.error, network.bridging.doubt, made]),
        network.clustering,
        network.part,
        run.earlier,
    )
    return replace(_said(run), checkpoint=packed(run.ground, figures))


def everything(known: NetworkInput) -> Found:
    """Return the same with the figures of every member, and nothing for a next run."""
    run = run_of(known)
    network = run.network
    figures = MemberFigures(
        pagerank=_plain(network.pagerank),
        in_degree=tuple(network.ties.in_degree.tolist()),
        out_degree=tuple(network.ties.out_degree.tolist()),
        bridging=_plain(network.bridging.value),
        core=tuple(network.core.tolist()),
        clustering=_plain(network.clustering),
    )
    return replace(_said(run), figures=figures)


def _said(run: Run) -> Found:
    """Return what commands read, and what later snapshots compare with."""
    known, network, until = run.known, run.network, run.until
    circles, changes, born, sizes = lasting(run)
    number = np.zeros(len(run.ground.members), np.int64)
    for circle in circles:
        number[circle.members] = circle.id
    weeks, came = weeks_of(run), newcomers(run)
    key_people = key_people_of(run)
    made = network.made_with()
    made_with = {each.name: getattr(made, each.name) for each in fields(made)}
    members = run.ground.members.tolist()
    degree, bridging = network.ties.in_degree, network.bridging.value
    result = NetworkResult(
        until=until,
        people=len(members),
        wrote=int(np.count_nonzero(~np.isnan(run.ground.first_wrote))),
        named=len(run.named),
        tied=int(np.count_nonzero(network.ties.contacts)),
        hub=Most(int(degree.argmax()), int(degree.max())) if members else None,
        bridge=Share(int(bridging.argmax()), short(float(bridging.max()))) if members else None,
        circles=figures_of(run, circles, born, sizes),
        changes=changes_of(changes),
        health=network.whole(),
        weeks=weeks,
        changed=changed(weeks),
        key=key_people,
        risk=risks(network.ties, key_people),
        newcomers=came,
        unnamed=unnamed(run, number, np.array([each.at for each in came.unanswered], np.int64)),
        connect=pairs(run),
        map=drawn(run, number),
        notes=network.notes,
        parameters=Parameters(**made_with, window=WINDOW, newcomer=NEWCOMER),
        members=tuple(members),
    )
    baseline = Baseline(
        until=until,
        members=tuple(members),
        circle=tuple(number.tolist()),
        circles=tuple(replace(each, before=None) for each in result.circles),
        since=told_since(known),
        next_circle=max([circle.id for circle in circles] + [next_number(known.yesterday) - 1], default=0) + 1,
        weeks=weeks,
    )
    return Found(result=_of_whom_it_speaks(result, members), baseline=baseline)


def _of_whom_it_speaks(result: NetworkResult, members: Sequence[int]) -> NetworkResult:
    """Return a result with only those in `members` of whom it speaks, and their places there.

    Commands then read a few hundred people, however many there are.
    """
    place: dict[int, int] = {}

    def at(old: int) -> int:
        return place.setdefault(old, len(place))

    def all_at(some: Sequence[int]) -> tuple[int, ...]:
        return tuple(map(at, some))

    hub = result.hub and result.hub._replace(at=at(result.hub.at))
    bridge = result.bridge and result.bridge._replace(at=at(result.bridge.at))
    circles = tuple(replace(each, people=all_at(each.people)) for each in result.circles)
    key = replace(
        result.key,
        hubs=tuple(replace(each, at=at(each.at)) for each in result.key.hubs),
        bridges=tuple(replace(each, at=at(each.at)) for each in result.key.bridges),
        welcomers=tuple(replace(each, at=at(each.at)) for each in result.key.welcomers),
        rising=tuple(replace(each, at=at(each.at)) for each in result.key.rising),
    )
    risk = tuple(
        replace(
            each,
            at=at(each.at),
            cut_off=all_at(each.cut_off),
            successors=tuple(other._replace(at=at(other.at)) for other in each.successors),
        )
        for each in result.risk
    )
    unanswered = tuple(each._replace(at=at(each.at)) for each in result.newcomers.unanswered)
    connect = tuple(
        replace(each, one=at(each.one), other=at(each.other), through=all_at(each.through)) for each in result.connect
    )
    people = tuple(each._replace(at=at(each.at)) for each in result.map.people)
    return replace(
        result,
        hub=hub,
        bridge=bridge,
        circles=circles,
        key=key,
        risk=risk,
        newcomers=replace(result.newcomers, unanswered=unanswered),
        connect=connect,
        map=replace(result.map, people=people),
        members=tuple(members[old] for old in place),
    )


def _plain(values: Floats) -> tuple[float, ...]:
    return tuple(round(value, DECIMALS + 2) for value in values.tolist())
