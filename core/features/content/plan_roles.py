"""Plans that come with a role of a server: which one, and every night who has it."""

from __future__ import annotations

from dataclasses import replace

from core.domain.errors import BadInput
from core.domain.message import Reply
from core.domain.schedule import Daily
from core.domain.tasks import Task
from core.kit import Context, Rights, action, task
from core.kit.declare import Needs
from core.kit.plan_roles import end, question
from core.kit.plans import plan_with
from core.kit.words import one_of


@action(rights=Rights.OWNER, private=True, needs={Needs.EVERY_ROLE})
async def plan_roles(context: Context, plan: int) -> Reply:
    """Ask with which role of the server a plan comes."""
    found, t = await plan_with(context, plan), context.t
    if not context.roles:
        raise BadInput("error-plan-no-roles")
    buttons = [context.button(name[:60], role_plan, plan=plan, role=role) for role, name in context.roles]
    buttons.append(context.button(t.plain("plan-role-none"), role_plan, plan=plan))
    return Reply(t("plan-role-ask", name=found.name), one_of(t.plain("plan-role"), buttons))


@action(rights=Rights.OWNER, private=True, needs={Needs.EVERY_ROLE})
async def role_plan(context: Context, plan: int, role: str = "") -> Reply:
    """Let whoever has a role have a plan, for as long as they have it."""
    found, t = await plan_with(context, plan), context.t
    names = dict(context.roles)
    if role and (role not in names or context.space is None):
        raise BadInput("error-plan-no-roles")
    space_id = context.space.id if role and context.space is not None else None
    if (found.role, found.role_space_id) != (role, space_id):
        await end(context.unit, context.community.id, found, context.now)
    said = replace(found, role=role, role_space_id=space_id)
    await context.unit.plans.save(said)
    await context.record("plan", name=found.name)
    if not role:
        return Reply(t("plan-role-over", name=found.name))
    asked = await question(context.unit, context.community.id, said)
    context.outbox += [asked] if asked is not None else []
    return Reply(t("plan-role-set", name=found.name, role=names[role]))


@task(every=Daily("04:20"))
async def look_at_roles(context: Context, task: Task) -> None:
    """Ask who has the roles that plans come with: of what changed while Kith was away nobody told."""
    for plan in await context.unit.plans.all(context.community.id):
        asked = await question(context.unit, context.community.id, plan)
        context.outbox += [asked] if asked is not None else []
