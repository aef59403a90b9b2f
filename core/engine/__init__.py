"""What runs events and tasks through the features."""

from core.engine.accept import Accepted, Engine
from core.engine.registry import Registry, discover

__all__ = ["Accepted", "Engine", "Registry", "discover"]
