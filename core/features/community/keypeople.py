"""/keypeople: who holds the community together, why, and what would be lost with them."""

from __future__ import annotations

from typing import Any

from core.domain.message import Reply
from core.kit import Audience, Context, Markup, Work, command
from core.kit.network import Seen, invite, read
from core.kit.words import percent

EACH = 3
RISKY = 3


@command(audience=Audience.MODERATOR, private=True)
async def keypeople(context: Context) -> Reply | Work:
    """Show hubs, bridges, welcomers and rising people, and what would be lost if they left."""
    return await read(context, "keypeople", answer)


async def answer(context: Context, seen: Seen) -> Reply:
    """Return who stands out, and what would be lost."""
    t, key = context.t, seen.result["key"]
    parts: list[Markup] = []
    for kind in ("hubs", "bridges", "welcomers", "rising"):
        shown = [each for each in key[kind] if seen.name(each["at"]) and _tells(seen, kind, each)]
        lines = [_line(context, seen, kind, each) for each in shown[:EACH]]
        if lines:
            parts.append(Markup("\n".join([t(f"keypeople-{kind}"), *lines])))
    risks = [_risk(context, seen, each) for each in seen.result["risk"] if seen.name(each["at"])][:RISKY]
    if risks:
        parts.append(Markup("\n".join([t("keypeople-risk"), *risks])))
    if not parts:
        return Reply(Markup("\n".join(_unnamed(context, seen))))
    parts.append(t("network-only-personal", named=seen.result["named"], of=seen.result["people"], day=seen.said_until))
    return Reply(Markup("\n\n".join(parts)))


def _unnamed(context: Context, seen: Seen) -> list[Markup]:
    """Return what can be said where nobody may be named, and how to change that."""
    t, found = context.t, seen.unnamed.get("bridges")
    lines = [t("network-nobody-named", people=seen.result["people"])]
    if found:
        lines.append(t("keypeople-unnamed-bridges", people=found["people"]))
        lines += [
            t("keypeople-unnamed-between", people=n, one=seen.circle_name(one), other=seen.circle_name(other))
            for id_, id2, n in found["between"]
            if (one := seen.circle(id_)) and (other := seen.circle(id2))
        ]
        if found["share"] is not None:
            lines.append(t("keypeople-unnamed-share", share=percent(found["share"])))
    return [*lines, invite(context)]


def _line(context: Context, seen: Seen, kind: str, who: dict[str, Any]) -> Markup:
    t, name = context.t, seen.name(who["at"])
    if kind == "hubs":
        return t("keypeople-hub", name=name, people=int(who["people"]), share=percent(who["share"]))
    if kind == "bridges":
        return t(
            "keypeople-bridge",
            name=name,
            circles=int(who["circles"]),
            share=percent(who["share"]),
        )
    if kind == "welcomers":
        hours = max(1, round(who["days"] * 24))
        return t("keypeople-welcomer", name=name, newcomers=int(who["newcomers"]), hours=hours)
    return t("keypeople-rise", name=name, times=_times(seen, who), people=int(who["people"]))


def _tells(seen: Seen, kind: str, who: dict[str, Any]) -> bool:
    """Say whether there is something to tell: more attention than before, or that of more than one person."""
    if kind == "rising":
        return _times(seen, who) > 1
    few = seen.result["people"] < 3
    return kind != "hubs" or few or int(who["people"]) > 1


def _times(seen: Seen, who: dict[str, Any]) -> float:
    """Return how many times somebody's attention of before it is now, as it is said."""
    even = 1 / max(int(seen.result["people"]), 1)
    return round(float(who["now"]) / max(float(who["before"]), even), 1)


def _risk(context: Context, seen: Seen, risk: dict[str, Any]) -> Markup:
    t = context.t
    lost = t(
        "keypeople-lost",
        name=seen.name(risk["at"]),
        share=percent(risk["share"]),
        count=len(risk["cut_off"]),
        people=seen.names(risk["cut_off"])
        if len(risk["cut_off"]) <= 5
        else t.plain("network-others-only", count=len(risk["cut_off"])),
    )
    heirs = [(seen.name(at), share) for at, share in risk["successors"] if seen.name(at)]
    if not heirs:
        return lost
    name, share = heirs[0]
    return Markup(f"{lost}{t('keypeople-heir', name=name, share=percent(share))}")
