"""The events with which a scene of the playground begins."""

from __future__ import annotations

from datetime import datetime

from bot.platforms.playground.scene import PLATFORM, Scene
from core.domain.events import Event, RoomNamed, SpaceOpened


def openings(scene: Scene, now: datetime) -> list[Event]:
    """Return the events that open a scene and name its rooms."""
    opened = SpaceOpened(platform=PLATFORM, key=f"open:{scene.id}", space=scene.id, at=now, title=scene.title)
    named = [
        RoomNamed(
            platform=PLATFORM,
            key=f"room:{scene.id}:{room.id}",
            space=scene.id,
            at=now,
            room=room.id,
            name=room.name,
        )
        for room in scene.rooms
    ]
    return [opened, *named]
