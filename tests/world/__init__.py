"""The world that tests play in: a fake platform that is a real adapter, a clock that moves, real databases."""

from tests.world.world import World

__all__ = ["World"]
