"""What moderators ask about how people stay, on every platform: the same words, and nothing private seen by members."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.platforms.conversation import Call, Later, Line, Press, Say, Shown, hold

WORKED_OUT = ("retention", "atrisk", "segments")  # by a study, which answers later the first time
IN_PUBLIC = ("stats", "retention", "funnel")
ALONE = ("atrisk", "segments", "survey", "pulse", "uplift", "effects")
NOT_YOURS = "这个按钮只有提问的人可以点。"
REFUSED = {"That's for moderators of this community.", "这是社群管理员才能用的功能。"}


def asked_in(language: str, moves: str, community: str, once: str) -> tuple[Line, ...]:
    """Return what is asked once Kith speaks a language: every command, by whom may and by whom may not."""
    return (
        Call("olga", "language", {"to": language}),
        Call("ana", "language", {"to": language}),
        *(Call("olga", name, {}) for name in (*IN_PUBLIC, *ALONE)),
        Call("olga", "stats", {"room": community}),
        Press("olga", moves),
        Call("olga", "stats", {"member": "@ana"}),
        Call("olga", "stats", {"member": "@liwei"}),
        Call("olga", "survey", {"which": "#7"}),
        Call("olga", "segments", {"segment": "nobody"}),
        Call("olga", "activities", {"which": "survey", "settings": once}),
        Call("olga", "survey", {}),
        Call("ana", "mystats", {}),
        Call("liwei", "mystats", {}),
        *(Call("ana", name, {}) for name in (*IN_PUBLIC, *ALONE)),
    )


SCRIPT: tuple[Line, ...] = (
    Say("liwei", "hello"),
    *(line for name in WORKED_OUT for line in (Call("olga", name, {}), Later("olga"))),
    *asked_in("en", "Joins and leaves", "community", "2026-03-05 10:00 scale=nps"),
    *asked_in("zh", "加入与离开", "社群", "2026-03-06 10:00 scale=own questions=喜欢什么？课程 / 大家"),
)


async def play(stage: Any) -> Sequence[tuple[Line, Shown]]:
    """Ask everything, then let two people press at one answer; nothing said to Olga alone is seen by Ana."""
    answers: list[tuple[Line, Shown]] = []
    for line in SCRIPT:
        answers += await hold(stage, (line,))
        if isinstance(line, Call) and line.who == "olga" and (line.name in ALONE or "member" in line.options):
            said = answers[-1][1].text
            assert (said in stage.seen("olga"), said in stage.seen("ana")) == (True, False), line
    return [*answers, *await _together(stage)]


async def _together(stage: Any) -> list[tuple[Line, Shown]]:
    """Let a member press what a moderator was shown in the room, while the moderator goes on with it."""
    answers = [*await hold(stage, (Call("olga", "retention", {}),))]
    shown = stage.last
    answers += await hold(stage, (Call("ana", "mystats", {}),))
    for who in ("ana", "olga"):
        stage.last = shown
        answers += await hold(stage, (Press(who, "按月"),))
    return answers


def check(answers: Sequence[tuple[Line, Shown]]) -> None:
    """Check that moderators got pictures where there are any, and members nothing but that it isn't for them."""
    for line, shown in answers:
        if isinstance(line, Call) and line.who == "ana" and line.name in (*IN_PUBLIC, *ALONE):
            assert shown in {Shown(each) for each in REFUSED}, line
        elif isinstance(line, Call) and line.name in {"stats", "mystats"}:
            assert (shown.picture is not None) == ("@liwei" not in line.options.values()), line
        elif isinstance(line, Press):
            assert (shown == Shown(NOT_YOURS), shown.picture is None) == (line.who == "ana",) * 2, line
