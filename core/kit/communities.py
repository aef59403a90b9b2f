"""Finding a community by the name that its owner gave it."""

from __future__ import annotations

from core.domain.community import Community
from core.domain.errors import NotFound
from core.domain.people import writable
from core.store.unit import UnitOfWork


async def community_named(unit: UnitOfWork, name: str) -> Community:
    """Return the community of that name; raise NotFound, naming those there are, where there is none."""
    name = writable(name)
    found = await unit.communities.named(name)
    if found is not None:
        return found
    near = tuple(sorted(each.name for each in await unit.communities.all())[:5])
    if near:
        raise NotFound("import-no-community-near", name=name, near=near)
    raise NotFound("import-no-community", name=name)
