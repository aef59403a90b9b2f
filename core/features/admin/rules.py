"""/rules: what gives points, and whom a change would move before it is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from typing import Annotated, Any, Literal

from core.domain.errors import BadInput
from core.domain.message import Reply
from core.domain.people import folded
from core.domain.points import RULE_SETS, Rules
from core.kit import Context, Markup, Rights, action, command
from core.kit.ledger_actions import call_key
from core.kit.replay import Change, apply_rules, preview
from core.kit.suggesting import Suggest, Suggestion, worded
from core.kit.words import signed

TOP = 5
AT_ONCE = 5_000  # interactions: about a tenth of a second
NAMES = tuple(field.name for field in fields(Rules))


async def _names(context: Context, given: Mapping[str, str]) -> list[Suggestion]:
    rules = [worded(context.t, f"rule-{each}", each) for each in NAMES]
    return rules + [worded(context.t, f"setting-points-{each}", each) for each in RULE_SETS]


@command(rights=Rights.MODERATOR, private=True)
async def rules(
    context: Context, name: Annotated[str, Suggest(_names)] | None = None, value: int | None = None
) -> Reply:
    """Show the points rules, or see whom a change would move before it applies."""
    if name is None:
        return _all(context)
    new = _changed(context.rules, name, value)
    if new == context.rules:
        raise BadInput("error-rule-same", name=name)
    if not context.working and await _long(context):
        context.later("rules", name=name, value=value)
        return Reply(context.t("rules-working"))
    return await _preview(context, new, name, value)


@action(rights=Rights.MODERATOR, private=True, formerly=("rules", "do"))
async def use_rules(context: Context, name: str, do: Literal["now", "replay"], value: int | None = None) -> Reply:
    """Let a change apply from now on, or to all that was."""
    new, replaying = _changed(context.rules, name, value), do == "replay"
    if replaying and not context.working and await _long(context):
        context.later("use_rules", writes=True, name=name, value=value, do=do)
        return Reply(context.t("rules-working"))
    return await _apply(context, new, name, replaying=replaying)


async def _long(context: Context) -> bool:
    """Say whether there is more past than can be replayed while others wait for their answers."""
    return await context.unit.interactions.more_than(context.community.id, AT_ONCE)


def _changed(rules: Rules, name: str, value: int | None) -> Rules:
    wanted = folded(name)
    if wanted in RULE_SETS and value is None:
        return RULE_SETS[wanted]
    if wanted not in NAMES:
        raise BadInput("error-rule-unknown", given=name[:40], rules=tuple(NAMES), sets=tuple(RULE_SETS))
    if value is None:
        raise BadInput("error-rule-value", name=wanted, now=str(getattr(rules, wanted)))
    return rules.changed(wanted, value)


def _all(context: Context) -> Reply:
    present = asdict(context.rules)
    lines = [context.t("points-rules", **present), context.t("rules-how")]
    lines += [Markup(f"`{name}` {value:,} · {context.t(f'rule-{name}')}") for name, value in present.items()]
    sets = tuple(
        context.button(
            ("✓ " if known == context.rules else "") + context.t.plain(f"setting-points-{each}"), "rules", name=each
        )
        for each, known in RULE_SETS.items()
    )
    return Reply(Markup("\n".join(lines)), (sets,))


async def _preview(context: Context, new: Rules, name: str, value: int | None) -> Reply:
    moved = await preview(context.unit, context.community, new)
    before, after = asdict(context.rules), asdict(new)
    differ = [
        context.t("rules-line", name=each, old=before[each], new=after[each])
        for each in before
        if before[each] != after[each]
    ]
    lines = [context.t("rules-if"), *differ, *_whom(context, moved)]
    given: dict[str, Any] = {"name": name, "value": value}
    first = [context.button(context.t.plain("rules-apply"), use_rules, do="now", **given)]
    if moved:
        first.append(context.button(context.t.plain("rules-replay"), use_rules, do="replay", **given))
    return Reply(Markup("\n".join(lines)), (tuple(first), (context.button(context.t.plain("rules-leave"), "rules"),)))


def _whom(context: Context, moved: list[Change]) -> list[Markup]:
    if not moved:
        return [context.t("rules-nobody")]
    up = sum(1 for change in moved if change.new_level > change.level)
    down = sum(1 for change in moved if change.new_level < change.level)
    named = [
        context.t(
            "rules-mover",
            name=change.name,
            points=signed(change.new_earned - change.earned),
            level=change.level,
            new=change.new_level,
            moves="no" if change.level == change.new_level else "yes",
        )
        for change in moved[:TOP]
    ]
    return [
        context.t("rules-whom", people=len(moved), up=up, down=down),
        context.t("rules-most", people=Markup(" · ".join(named))),
    ]


async def _apply(context: Context, new: Rules, name: str, *, replaying: bool) -> Reply:
    moved: list[Change] = []
    if replaying:
        key = call_key(context, "rules")
        moved = await apply_rules(context.unit, context.community, new, key, context.now, context.my_account.id)
    before, after = asdict(context.rules), asdict(new)
    if new != context.rules or moved:
        changes = [f"{each} {before[each]} → {after[each]}" for each in before if before[each] != after[each]]
        context.community.settings = replace(context.community.settings, rules=new)
        await context.unit.communities.save(context.community)
        await context.record("rules", changes=changes or name, moved=len(moved))
    return Reply(context.t("rules-applied-replayed" if replaying else "rules-applied", people=len(moved)))
