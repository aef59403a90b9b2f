"""Puts a snapshot together: what commands read, what later ones compare with, and what the next goes on from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from core.analysis.carried import Figures, packed
from core.analysis.snapshot.circles import changes_as_data, circles_as_data, lasting, next_number, told_since
from core.analysis.snapshot.people import drawn, key_people_of, pairs, risks
from core.analysis.snapshot.run import DECIMALS, Run, run_of, short
from core.analysis.snapshot.trend import NEWCOMER, changed, newcomers, weeks_of
from core.analysis.snapshot.unnamed import unnamed
from core.analysis.ties import Floats
from core.domain.network import WINDOW, Known

LASTING = ("id", "size", "cohesion", "born", "rooms", "people", "colour")  # what later snapshots keep of a circle


def take(known: Known) -> dict[str, Any]:
    """Return what there is to say of a community on the newest day of its ties.

    `told` is what commands read, `circles` what the snapshots to come compare theirs with, both as JSON takes them;
    `carried` are bytes for the next run. People are places in each part's `members`. Health is of the last 28 days, and
    its trend of the 28 days before each week's end.
    """
    run = run_of(known)
    told, circles = _said(run)
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
    return {"told": told, "circles": circles, "carried": packed(run.ground, figures)}


def everything(known: Known) -> dict[str, Any]:
    """Return the same with the figures of every member in `figures`, and nothing for a next run."""
    run = run_of(known)
    told, circles = _said(run)
    network = run.network
    figures = {
        "pagerank": _plain(network.pagerank),
        "in_degree": network.ties.in_degree.tolist(),
        "out_degree": network.ties.out_degree.tolist(),
        "bridging": _plain(network.bridging.value),
        "core": network.core.tolist(),
        "clustering": _plain(network.clustering),
    }
    return {"told": told, "circles": circles, "figures": figures}


def _said(run: Run) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what commands read, and what later snapshots compare with."""
    known, network, until = run.known, run.network, run.until
    circles, changes, born, sizes = lasting(run)
    number = np.zeros(len(run.ground.members), np.int64)
    for circle in circles:
        number[circle.members] = circle.id
    weeks, came = weeks_of(run), newcomers(run)
    key_people = key_people_of(run)
    told: dict[str, Any] = {
        "until": until,
        "people": len(run.ground.members),
        "wrote": int(np.count_nonzero(~np.isnan(run.ground.first_wrote))),
        "named": len(run.named),
        "tied": int(np.count_nonzero(network.ties.contacts)),
        "hub": _first(network.ties.in_degree),
        "bridge": _first(network.bridging.value),
        "circles": circles_as_data(run, circles, born, sizes),
        "changes": changes_as_data(changes),
        "health": network.whole(),
        "weeks": weeks,
        "changed": changed(weeks),
        "key": key_people,
        "risk": risks(network.ties, key_people),
        "newcomers": came,
        "unnamed": unnamed(run, number, np.array([one for one, _ in came["unanswered"]], np.int64)),
        "connect": pairs(run),
        "map": drawn(run, number),
        "notes": network.notes,
        "parameters": {**network.made_with(), "window": WINDOW, "newcomer": NEWCOMER},
    }
    members = run.ground.members.tolist()
    kept = {
        "until": until,
        "members": members,
        "circle": number.tolist(),
        "circles": [{name: each[name] for name in LASTING} for each in told["circles"]],
        "since": told_since(known),
        "next_circle": max([circle.id for circle in circles] + [next_number(known.yesterday) - 1], default=0) + 1,
        "weeks": weeks,
    }
    return _with_whom_it_names(told, members), kept


def _first(values: Any) -> list[Any] | None:
    """Return the place of the largest value, and the value; None where there is nobody."""
    if not len(values):
        return None
    at = int(values.argmax())
    return [at, short(values[at].item())]


def _with_whom_it_names(told: dict[str, Any], members: Sequence[int]) -> dict[str, Any]:
    """Return `told` with only those in `members` whom it speaks of, and their places there.

    Commands then read a few hundred people, however many there are.
    """
    place: dict[int, int] = {}

    def at(old: int) -> int:
        return place.setdefault(old, len(place))

    told = {
        **told,
        **{name: told[name] and [at(told[name][0]), told[name][1]] for name in ("hub", "bridge")},
        "circles": [{**each, "people": [at(one) for one in each["people"]]} for each in told["circles"]],
        "key": {kind: [{**each, "at": at(each["at"])} for each in some] for kind, some in told["key"].items()},
        "risk": [
            {
                **each,
                "at": at(each["at"]),
                "cut_off": [at(one) for one in each["cut_off"]],
                "successors": [[at(one), share] for one, share in each["successors"]],
            }
            for each in told["risk"]
        ],
        "newcomers": {
            **told["newcomers"],
            "unanswered": [[at(one), when] for one, when in told["newcomers"]["unanswered"]],
        },
        "connect": [
            {
                **each,
                "one": at(each["one"]),
                "other": at(each["other"]),
                "through": [at(one) for one in each["through"]],
            }
            for each in told["connect"]
        ],
        "map": {**told["map"], "people": [[at(one), *rest] for one, *rest in told["map"]["people"]]},
    }
    return {**told, "members": [members[old] for old in place]}


def _plain(values: Floats) -> list[float]:
    return [round(value, DECIMALS + 2) for value in values.tolist()]
