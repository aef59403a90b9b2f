"""Draw the README's map and health chart: `python -m tests.world.shots_network DATA`, DATA being the real histories."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from bot.draw import draw
from core.store.unit import Store
from migrations import upgrade
from tests.world.sample import brought_in

IMAGES = Path(__file__).parents[2] / "docs" / "images"
SHOWN = {"/network": "map.png", "/health": "health.png"}


async def shoot(data: Path) -> None:
    """Bring the Discord sample in, ask for the pictures and write them."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/shots.db"
        upgrade(url)
        store = Store(url)
        sample = await brought_in(store, data, "discord", datetime(2026, 4, 14, 9, tzinfo=UTC), "MeshCore")
        await sample.agree()  # its authors are pseudonyms
        await sample.world.engine.due()
        IMAGES.mkdir(parents=True, exist_ok=True)
        for command, name in SHOWN.items():
            await sample.ask(command)
            picture = sample.world.sent[-1].outgoing.picture
            if picture is None:
                raise LookupError(f"{command} drew nothing")
            (IMAGES / name).write_bytes(draw(picture))
        await store.close()


if __name__ == "__main__":
    asyncio.run(shoot(Path(sys.argv[1])))
