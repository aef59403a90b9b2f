"""What tests of forms share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import core.features
from core.engine import discover
from tests.world import World, feedback


@pytest.fixture
def asked(world: World) -> Iterator[World]:
    """Give a community with a feedback, on a platform that asks for each field of a form."""
    feedback.taken.clear()
    feedback.speak()
    world.engine.registry = discover(core.features, feedback)
    yield world
    feedback.taken.clear()
