"""/mycircle: whom I have ties with, my circle, whom I help, and who helps me."""

from __future__ import annotations

from core.domain.message import Button, Reply
from core.kit import Context, Markup, action, command
from core.kit.consent import personal, ties_of
from core.studies.network_view import NetworkView, circle_of, network_view, people_in

MOST = 5


@command(private=True)
async def mycircle(context: Context) -> Reply:
    """Show whom you have ties with, your circle, whom you help, and who helps you."""
    t = context.t
    ties = await ties_of(context, context.me)
    if not ties:
        return Reply(t("mycircle-none"))
    others = await context.unit.members.many(ties)
    named = {member.id: member.name for member in personal(others.values()) if member.name}
    to = {other: sums[0] for other, sums in ties.items() if sums[0]}
    by = {other: sums[1] for other, sums in ties.items() if sums[1]}
    lines = [t("mycircle-ties", people=len(ties), to=len(to), by=len(by))]
    view = await network_view(context)
    if view is not None:
        lines += await _circle(context, view)
    for key, sums in (("mycircle-help", to), ("mycircle-helped", by)):
        if most := _most(context, sums, named):
            lines.append(t(key, names=most))
    return Reply(Markup("\n".join(lines)))


def _most(context: Context, sums: dict[int, int], named: dict[int, str]) -> str:
    order = [each for each in sorted(sums, key=lambda other: (-sums[other], other)) if each in named][:MOST]
    return context.t.plain("list-comma").join(named[other] for other in order)


async def _circle(context: Context, view: NetworkView) -> list[Markup]:
    circle = await circle_of(context, context.me, view)
    if circle is None or circle.size < 3:
        return []
    return [context.t("mycircle-circle", circle=view.circle_name(circle), people=people_in(context.t, circle.size))]


@action(private=True, formerly=("mycircle", "join"))
async def join_circle(context: Context, join: int, role: str | None = None, link: str | None = None) -> Reply:
    """Give who presses under an invitation the role or link that it offers; nothing to whoever isn't in the circle."""
    view = await network_view(context)
    mine = await circle_of(context, context.me, view) if view else None
    if mine is None or mine.id != join:
        return Reply(context.t("mycircle-not-yours"))
    if role is not None:
        context.give_role(role)
        return Reply(context.t("mycircle-role"))
    button = Button(context.t.plain("mycircle-open"), url=link)
    return Reply(context.t("mycircle-link"), ((button,),))
