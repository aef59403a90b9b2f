"""Setting a community up and changing what was decided, by buttons and by words."""

from __future__ import annotations

from core.domain.community import Settings
from core.domain.events import RoomNamed
from core.domain.people import Consent, Rights
from core.domain.points import RULE_SETS
from tests.world import World


def _owner(world: World, who: str = "olga") -> None:
    world.moderator(who, Rights.OWNER)


def _labels(world: World) -> list[str]:
    return [button.label for row in world.sent[-1].outgoing.buttons for button in row]


async def test_setup_asks_one_question_at_a_time_and_every_default_works(world: World) -> None:
    _owner(world)
    await world.say("olga", "/setup")
    seen = []
    while "Look again" not in _labels(world):
        seen.append(world.last.splitlines()[0])
        await world.press("olga", next(label for label in _labels(world) if label.startswith("✓")))
    assert [line.split("question ")[1][:6] for line in seen] == [f"{n} of 7" for n in range(1, 8)]
    assert (await world.community()).settings == Settings(set_up=True)
    assert world.last.startswith("Data Kitchen is set up. From now on:\n– A message gives 15 to 25 points")
    assert world.last.endswith("I have all the rights I need here.")


async def test_what_all_see_never_turns_into_what_one_alone_may_read(world: World) -> None:
    _owner(world)
    await world.say("olga", "/setup")
    while "Look again" not in _labels(world):
        await world.press("olga", next(label for label in _labels(world) if label.startswith("✓")))
    await world.press("olga", "Add another place")
    code = world.sent[-1].outgoing
    assert code.private
    assert code.replaces is None
    await world.say("olga", "/privacy")
    await world.press("olga", "Get my data")
    step = world.sent[-1].outgoing
    assert step.private
    assert step.replaces is not None


async def test_setup_keeps_each_answer_and_goes_back(world: World) -> None:
    _owner(world)
    await world.say("olga", "/setup")
    await world.press("olga", "简体中文")
    assert "一天从什么时候算起" in world.last
    await world.press("olga", "上海 (UTC+8)")
    await world.press("olga", "互助")
    await world.press("olga", "返回")
    assert "✓ 互助" in _labels(world)
    await world.press("olga", "安静")
    await world.press("olga", "轻松")
    await world.press("olga", "在群里，过会儿删除")
    await world.press("olga", "个性化")
    await world.press("olga", "可以，按管理员对待")
    settings = (await world.community()).settings
    assert (settings.language, settings.timezone) == ("zh-CN", "Asia/Shanghai")
    assert settings.rules == RULE_SETS["calm"]
    assert [tier.level for tier in settings.tiers] == [0, 3, 10, 20]
    assert (settings.level_notice, settings.quiet_seconds) == ("room", 300)
    assert settings.start_consent is Consent.PERSONAL
    assert settings.anonymous_admins
    assert settings.set_up
    assert settings.starts_with("discord") is Consent.COUNTED


async def test_a_time_zone_is_typed_and_a_slip_is_understood(world: World) -> None:
    _owner(world)
    await world.say("olga", "/setup europe/lisbon")
    assert (await world.community()).settings.timezone == "Europe/Lisbon"
    assert "question 3 of 7" in world.last
    await world.say("olga", "/setup Asia/Shanhai")
    assert world.last == "I don't know the time zone “Asia/Shanhai”. Did you mean Asia/Shanghai?"
    await world.press("olga", "Shanghai (UTC+8)")
    assert (await world.community()).settings.timezone == "Asia/Shanghai"
    await world.say("olga", "/setup Xyzzyland")
    assert world.last.startswith("I don't know the time zone “Xyzzyland”. I take names such as")


async def test_setup_ends_with_what_kith_lacks(world: World) -> None:
    _owner(world)
    world.platforms["fake"].findings["home"] = [(False, "lacks-unknown", {}), (True, "setup-rooms", {})]
    await world.say("olga", "/setup Europe/Lisbon")
    for label in ("✓ Balanced", "✓ Steady", "✓ In the room", "✓ Counted", "✓ No"):
        await world.press("olga", label)
    assert world.last.endswith(
        "What I still lack here:\n– " + "I couldn't find out what I may do here: the platform "
        "didn't answer. Look again in a minute."
    )
    world.platforms["fake"].findings.clear()
    await world.press("olga", "Look again")
    assert world.last.endswith("I have all the rights I need here.")


async def test_setup_is_for_owners(world: World) -> None:
    world.moderator("mo")
    await world.say("mo", "/setup")
    assert world.last == "That's for owners of this community."


async def test_settings_change_by_words_and_by_buttons(world: World) -> None:
    world.moderator("mo")
    await world.say("mo", "/settings language 简体中文")
    assert world.last.startswith("Data Kitchen · 设置\n语言：简体中文 ✓\n时区：UTC")
    await world.say("mo", "/settings 语言 english")
    await world.press("mo", "Level-up notices")
    await world.press("mo", "Nowhere")
    assert (await world.community()).settings.level_notice == "off"
    await world.say("mo", "/settings quiet 90")
    assert "Notices stay: 90 seconds ✓" in world.last
    for text, answer in (
        ("/settings colour red", "There is no setting called “colour”."),
        (
            "/settings notices loud",
            "“loud” is not one of: In the room, In the room, then gone, To the member, Nowhere.",
        ),
        ("/settings quiet soon", "quiet takes a number from 0 to 86,400."),
        ("/settings consent personal", "That's for owners of this community."),
        ("/settings anonymous yes", "That's for owners of this community."),
    ):
        await world.say("mo", text)
        assert world.last.startswith(answer)
        assert world.sent[-1].outgoing.private
    assert not (await world.community()).settings.anonymous_admins


async def test_rooms_that_give_no_points(world: World) -> None:
    _owner(world)
    await world.say("olga", "/rooms")
    assert world.last.startswith("I know no rooms here yet.")
    await world.happen(RoomNamed, None, room="r1", name="help")
    await world.happen(RoomNamed, None, room="r2", name="spam")
    await world.say("olga", "/rooms")
    await world.press("olga", "✓ #spam")
    assert world.last.startswith("1 of 2 rooms give no points.")
    await world.say("ana", "buy", room="r2")
    assert (await world.member("ana")).balance == 0
    await world.press("olga", "✗ #spam")
    await world.say("ana", "hello", room="r2")
    assert (await world.member("ana")).balance > 0


async def test_setup_goes_on_in_a_direct_chat(world: World) -> None:
    _owner(world)
    await world.say("olga", "hello")
    await world.say("olga", "/setup")
    assert world.last.endswith("Say /setup to me alone to do it out of sight.")
    await world.say("olga", "/setup", space="direct", direct=True)
    assert world.last.startswith("Data Kitchen · question 1 of 7.")
    assert world.sent[-1].outgoing.direct
    await world.press("olga", "简体中文", space="direct", direct=True)
    assert "一天从什么时候算起" in world.last
    await world.say("ana", "hello")
    await world.say("ana", "/setup", space="direct", direct=True)
    assert world.last == "这是社群主理人才能用的功能。"


async def test_every_side_path_of_setup_leads_back(world: World) -> None:
    _owner(world)
    for number in range(10):
        await world.happen(RoomNamed, None, room=f"r{number}", name=f"room {number}")
    await world.say("olga", "/setup")
    await world.press("olga", "It belongs to another community")
    await world.press("olga", "Back")
    assert "question 1 of 7" in world.last
    await world.say("olga", "/setup Xyzzyland")
    await world.press("olga", "Back")
    assert "question 2 of 7" in world.last
    while "Look again" not in _labels(world):
        await world.press("olga", next(label for label in _labels(world) if label.startswith("✓")))
    for path in (["Rooms without points"], ["Rooms without points", "›", "✓ #room 9"], ["Add another place"]):
        for label in path:
            await world.press("olga", label)
        await world.press("olga", "Back")
        assert world.last.startswith("Data Kitchen is set up."), path
