"""What is in the repository and what it stands on: pinned names, free licences, no trace of any one machine."""

from __future__ import annotations

import importlib.metadata
import re
import tomllib
from functools import cache

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.source import ROOT, kept_files

# Put together here, so that this file doesn't name what it forbids.
HOSTS = ["pypi" + ".org", "pythonhosted" + ".org", "registry." + "npmjs", "index" + "-url"]
MACHINES = ["/" + "work/", "/" + "root/", "/" + "home/", "/" + "opt/", "/" + "Users/"]
FREE = re.compile(
    r"MIT|BSD|Apache|ISC|MPL|PSF|Python-2|HPND|OFL|Unlicense|LGPL|Lesser|0BSD|CC0|PostgreSQL|zlib|Unicode|Artistic"
)
COPYLEFT = re.compile(r"(?<!L)(?<!Lesser )\bA?GPL|(?<!Lesser )General Public")


@cache
def pinned() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    return {canonicalize_name(name): version for name, _, version in (line.partition("==") for line in lines)}


@cache
def closure() -> tuple[frozenset[str], frozenset[str]]:
    """Return everything that Kith and its tests stand on, and what only another machine would need besides."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    waiting = [Requirement(each) for each in [*project["dependencies"], *project["optional-dependencies"]["test"]]]
    here: set[tuple[str, str]] = set()
    elsewhere: set[str] = set()
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        for extra in {"", *wanted.extras}:
            if (name, extra) in here:
                continue
            here.add((name, extra))
            for line in importlib.metadata.requires(name) or ():
                more = Requirement(line)
                if more.marker is None or more.marker.evaluate({"extra": extra}):
                    waiting.append(more)
                elif "extra" not in str(more.marker):
                    elsewhere.add(canonicalize_name(more.name))
    return frozenset(name for name, _ in here), frozenset(elsewhere)


def test_constraints_are_names_and_versions_and_nothing_else() -> None:
    for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines():
        assert re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.+!]*", line), line


def test_constraints_pin_exactly_what_kith_stands_on() -> None:
    needed, elsewhere = closure()
    assert needed - pinned().keys() == set(), "missing in constraints.txt"
    assert pinned().keys() - needed - elsewhere == set(), "nothing needs these"
    installed = {name: importlib.metadata.version(name) for name in needed}
    assert installed == {name: pinned()[name] for name in needed}


@pytest.mark.parametrize("name", sorted(closure()[0]))
def test_a_dependency_is_free_to_build_on(name: str) -> None:
    told = importlib.metadata.metadata(name)
    words = [told.get("License-Expression") or "", (told.get("License") or "")[:300]]
    words += [each for each in told.get_all("Classifier") or () if each.startswith("License")]
    said = " | ".join(words)
    assert COPYLEFT.search(said) is None, said
    assert FREE.search(said) or LOOKED_AT.get(name), f"{name}: {said!r}"


# Packages whose metadata names no licence: what their licence file says.
LOOKED_AT: dict[str, str] = {}


def test_no_file_names_a_registry_or_a_place_on_one_machine() -> None:
    found = []
    for path in kept_files():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        place = str(path.relative_to(ROOT))
        if "vendor" in place:
            continue
        found += [f"{place}: {word}" for word in [*HOSTS, *MACHINES] if word in text]
    assert found == []
