"""Makes the adapters that have a token; each brings its SDK along and is loaded only when it is wanted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.platforms.port import Platform
from bot.settings import Settings
from core.domain.clock import Clock
from core.engine import Registry
from core.store.unit import Store

Shards = tuple[Sequence[int], int]  # those that this process listens to, of how many in all
TOKENS = {"telegram": "telegram_token", "discord": "discord_token"}
ALL_SHARDS: Shards = ((0,), 1)


def secret(settings: Settings, name: str) -> str:
    """Return a secret of the settings, empty where it isn't set."""
    found = getattr(settings, name)
    return found.get_secret_value() if found else ""


def with_token(settings: Settings) -> list[str]:
    """Return the platforms that there is a token for."""
    return [name for name, setting in TOKENS.items() if secret(settings, setting)]


def connect(
    name: str, settings: Settings, store: Store, clock: Clock, registry: Registry, shards: Shards = ALL_SHARDS
) -> Platform:
    """Return the adapter of a platform; raise KeyError for one that there is none of."""
    return _MAKERS[name](settings, store, clock, registry, shards)


def _telegram(settings: Settings, store: Store, clock: Clock, registry: Registry, shards: Shards) -> Platform:
    # python-telegram-bot takes a third of a second to load.
    from bot.platforms.telegram.adapter import Telegram  # noqa: PLC0415

    async def spaces() -> list[str]:
        async with store.read() as unit:
            communities = await unit.communities.all()
            every = [space for each in communities for space in await unit.communities.spaces_of(each.id)]
        return [space.external_id for space in every if space.platform == Telegram.name and not space.closed]

    return Telegram(
        secret(settings, "telegram_token"),
        clock,
        tuple(registry.commands.values()),
        api_url=settings.telegram_api_url,
        webhook_url=settings.telegram_webhook_url,
        webhook_secret=secret(settings, "telegram_webhook_secret") or None,
        spaces=spaces,
    )


def _discord(settings: Settings, store: Store, clock: Clock, registry: Registry, shards: Shards) -> Platform:
    # discord.py takes half a second to load.
    from bot.platforms.discord.platform import Discord  # noqa: PLC0415

    mine, count = shards
    return Discord(
        secret(settings, "discord_token"),
        store,
        clock,
        tuple(registry.commands.values()),
        api_url=settings.discord_api_url,
        gateway_url=settings.discord_gateway_url,
        shards=mine,
        shard_count=count,
    )


_MAKERS: dict[str, Callable[[Settings, Store, Clock, Registry, Shards], Platform]] = {
    "telegram": _telegram,
    "discord": _discord,
}
