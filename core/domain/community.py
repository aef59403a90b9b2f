"""A community, its spaces and what its owner decided."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from core.domain.people import Consent, Person
from core.domain.points import Rules
from core.domain.tiers import DEFAULT_TIERS, Tier


@dataclass(frozen=True, slots=True)
class Settings:
    """What an owner decides for a community; every default works.

    `quiet_seconds`: how long a level-up notice stays in a room, 0 for always. `bridges`: whether people behind a
    bridge bot count one by one (`each`), not at all (`none`), or nobody decided yet (`open`); then `bridge` names a bot
    that was seen to speak for others, and `bridge_people` for how many, 0 where that wasn't counted. `webhooks` holds
    what each webhook was called so far (hashes, three at most): with three names it is a bridge. `own` holds by name
    what features declare (`core.kit.setting`), texts, numbers and yes or no.
    """

    language: str = "en"
    timezone: str = "UTC"
    rules: Rules = Rules()
    tiers: tuple[Tier, ...] = DEFAULT_TIERS
    level_notice: str = "room"
    quiet_seconds: int = 0
    start_consent: Consent = Consent.COUNTED
    anonymous_admins: bool = False
    bridges: str = "open"
    bridge: str = ""
    bridge_people: int = 0
    webhooks: dict[str, list[str]] = field(default_factory=dict)
    set_up: bool = False
    own: dict[str, Any] = field(default_factory=dict)

    def starts_with(self, platform: str, person: Person | None = None) -> Consent:
        """Return what a new member starts with: Discord's policy forbids to know anybody who didn't agree.

        Whoever speaks through a bridge can't, wherever they are.
        """
        unasked = platform == "discord" or (person is not None and person.behind_bridge)
        if unasked and self.start_consent is Consent.PERSONAL:
            return Consent.COUNTED
        return self.start_consent

    def to_json(self) -> dict[str, Any]:
        """Return plain data that `from_json` reads back."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Settings:
        """Read settings, leaving out what this version doesn't know."""
        known = {name: data[name] for name in cls.__dataclass_fields__ if name in data}
        if "rules" in known:
            known["rules"] = Rules.from_json(known["rules"])
        if "tiers" in known:
            known["tiers"] = tuple(Tier(**tier) for tier in known["tiers"])
        if "start_consent" in known:
            known["start_consent"] = Consent(known["start_consent"])
        return cls(**known)


@dataclass(slots=True)
class Community:
    """What an owner runs."""

    id: int
    name: str
    settings: Settings = field(default_factory=Settings)


@dataclass(slots=True)
class Space:
    """A Telegram group or channel, or a Discord server, of a community."""

    id: int
    community_id: int
    platform: str
    external_id: str
    title: str
    kind: str = "group"
    closed: bool = False


@dataclass(slots=True)
class Room:
    """A Discord channel, category or thread, or a Telegram topic.

    `earns` is what was decided for it. `parent` is the platform's id of the room that it is in, `inside` that room
    where it is known. `gone` says that it was deleted.
    """

    id: int
    space_id: int
    external_id: str
    name: str = ""
    earns: bool = True
    parent: str | None = None
    thread: bool = False
    gone: bool = False
    inside: Room | None = None

    @property
    def gives_points(self) -> bool:
        """Say whether points are to be had here: what is decided for a room holds for what is in it."""
        return self.earns and (self.inside is None or self.inside.gives_points)

    @property
    def deleted(self) -> bool:
        """Say whether this was deleted: a thread goes with its room, a channel outlives its category."""
        return self.gone or (self.thread and self.inside is not None and self.inside.deleted)
