"""Files that people hand over in the playground: in memory, until a restart."""

from __future__ import annotations

from collections.abc import Iterable

from bot.platforms.playground.scene import PLATFORM, Scene
from bot.platforms.port import must_fit
from core.domain.errors import NotFound
from core.domain.forms import MEGABYTE
from core.domain.message import Attachment, File

LIMIT = 20 * MEGABYTE


def hand_over(scene: Scene, reference: str, file: File) -> Attachment:
    """Keep a file under a reference, and return it as an event names it."""
    scene.keep(reference, file)
    return Attachment(PLATFORM, reference, file.name, len(file.content))


def fetch(scenes: Iterable[Scene], attachment: Attachment, most: int) -> bytes:
    """Return the content of a file; see the port for what it raises."""
    for scene in scenes:
        if (file := scene.files.get(attachment.reference)) is not None:
            must_fit(attachment, len(file.content), most)
            return file.content
    raise NotFound("error-file-gone", name=attachment.name)
