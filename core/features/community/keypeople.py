"""/keypeople: who holds the community together, why, and what would be lost with them."""

from __future__ import annotations

from collections.abc import Sequence

from core.domain.message import Reply
from core.domain.network_result import BridgePerson, Hub, Rising, Risk, Welcomer
from core.kit import Context, Markup, Rights, Work, command
from core.kit.words import percent
from core.studies.network_view import NetworkView, invite, read

EACH = 3
RISKY = 3
Person = Hub | BridgePerson | Welcomer | Rising


@command(rights=Rights.MODERATOR, private=True)
async def keypeople(context: Context) -> Reply | Work:
    """Show hubs, bridges, welcomers and rising people, and what would be lost if they left."""
    return await read(context, "keypeople", answer)


async def answer(context: Context, view: NetworkView) -> Reply:
    """Return who stands out, and what would be lost."""
    t, key = context.t, view.result.key
    kinds: dict[str, Sequence[Person]] = {
        "hubs": key.hubs,
        "bridges": key.bridges,
        "welcomers": key.welcomers,
        "rising": key.rising,
    }
    parts: list[Markup] = []
    for kind, people in kinds.items():
        shown = [each for each in people if view.name(each.at) and _tells(view, each)]
        lines = [_line(context, view, each) for each in shown[:EACH]]
        if lines:
            parts.append(Markup("\n".join([t(f"keypeople-{kind}"), *lines])))
    risks = [_risk(context, view, each) for each in view.result.risk if view.name(each.at)][:RISKY]
    if risks:
        parts.append(Markup("\n".join([t("keypeople-risk"), *risks])))
    if not parts:
        return Reply(Markup("\n".join(_unnamed(context, view))))
    parts.append(t("network-only-personal", named=view.result.named, of=view.result.people, day=view.said_until))
    return Reply(Markup("\n\n".join(parts)))


def _unnamed(context: Context, view: NetworkView) -> list[Markup]:
    """Return what can be said where nobody may be named, and how to change that."""
    t, found = context.t, view.result.unnamed.bridges
    lines = [t("network-nobody-named", people=view.result.people)]
    if found:
        lines.append(t("keypeople-unnamed-bridges", people=found.people))
        lines += [
            t("keypeople-unnamed-between", people=n, one=view.circle_name(one), other=view.circle_name(other))
            for id_, id2, n in found.between
            if (one := view.circle(id_)) and (other := view.circle(id2))
        ]
        if found.share is not None:
            lines.append(t("keypeople-unnamed-share", share=percent(found.share)))
    return [*lines, invite(context)]


def _line(context: Context, view: NetworkView, who: Person) -> Markup:
    t, name = context.t, view.name(who.at)
    match who:
        case Hub():
            return t("keypeople-hub", name=name, people=who.people, share=percent(who.share))
        case BridgePerson():
            return t("keypeople-bridge", name=name, circles=who.circles, share=percent(who.share))
        case Welcomer():
            hours = max(1, round(who.days * 24))
            return t("keypeople-welcomer", name=name, newcomers=who.newcomers, hours=hours)
        case Rising():
            return t("keypeople-rise", name=name, times=_times(view, who), people=who.people)


def _tells(view: NetworkView, who: Person) -> bool:
    """Say whether there is something to tell: more attention than before, or that of more than one person."""
    match who:
        case Rising():
            return _times(view, who) > 1
        case Hub():
            return view.result.people < 3 or who.people > 1
        case _:
            return True


def _times(view: NetworkView, who: Rising) -> float:
    """Return how many times somebody's attention of before it is now, as it is said."""
    return round(who.now / max(who.before, 1 / max(view.result.people, 1)), 1)


def _risk(context: Context, view: NetworkView, risk: Risk) -> Markup:
    t = context.t
    lost = t(
        "keypeople-lost",
        name=view.name(risk.at),
        share=percent(risk.share),
        count=len(risk.cut_off),
        people=view.names(risk.cut_off)
        if len(risk.cut_off) <= 5
        else t.plain("network-others-only", count=len(risk.cut_off)),
    )
    heirs = [(view.name(at), share) for at, share in risk.successors if view.name(at)]
    if not heirs:
        return lost
    name, share = heirs[0]
    return Markup(f"{lost}{t('keypeople-heir', name=name, share=percent(share))}")
