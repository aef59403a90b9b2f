"""What Kith sets up on Telegram, and what it says is lacking."""

from __future__ import annotations

import pytest

from core.kit.texts import Texts


async def test_the_menu_stands_in_each_language_and_kind_of_chat(kith):
    await kith.menus()
    menus = kith.server.commands
    assert {key[0] for key in menus} == {"all_private_chats", "all_group_chats", "all_chat_administrators"}
    assert {key[1] for key in menus} == {"", "zh"}
    english = {one["command"]: one["description"] for one in menus["all_group_chats", ""]}
    chinese = {one["command"]: one["description"] for one in menus["all_group_chats", "zh"]}
    assert english["points"] == "Show points and the last entries of the ledger"
    assert english.keys() == chinese.keys()
    assert english["points"] != chinese["points"]


async def test_tiers_are_worn_as_tags_and_titles_without_promoting_anybody(kith):
    space, ana = str(kith.server.chat("Data Kitchen").id), kith.server.person("Ana").user["id"]
    members = kith.server.chat("Data Kitchen").members
    await kith.telegram.follow_tier(space, str(ana), ["Contributor"], ["Regular"])
    assert members[ana] == {"status": "member", "tag": "Contributor"}
    await kith.telegram.follow_tier(space, str(ana), [], ["Core"])
    assert members[ana]["tag"] == "Contributor"
    await kith.telegram.follow_tier(space, str(ana), [], ["Contributor"])
    assert members[ana]["tag"] == ""
    kith.server.promote("Li Wei", "Data Kitchen", can_be_edited=True)
    li = kith.server.person("Li Wei").user["id"]
    await kith.telegram.follow_tier(space, str(li), ["Core"], [])
    assert members[li]["custom_title"] == "Core"


async def test_doctor_says_what_is_lacking(kith):
    kith.server.group("Plain", owner="Olga", bot="member")
    ids = [str(kith.server.chat(title).id) for title in ("Data Kitchen", "Plain")]
    kith.server.remove_bot("Forum", "Olga")

    async def spaces():
        return [*ids, str(kith.server.chat("Forum").id)]

    kith.telegram._spaces = spaces
    assert await kith.telegram.doctor() == [
        (True, "doctor-telegram-token", {"username": "kith_test_bot"}),
        (True, "doctor-telegram-privacy-off", {}),
        (True, "doctor-telegram-space", {"space": "Data Kitchen"}),
        (False, "doctor-telegram-space-not-admin", {"space": "Plain"}),
        (False, "doctor-telegram-space-gone", {"space": ids[0] and str(kith.server.chat("Forum").id)}),
    ]


async def test_doctor_asks_for_the_rights_that_kith_makes_use_of(kith):
    room = kith.server.chat("Data Kitchen")
    mine = room.members[kith.server.me["id"]]
    for right, key in (("can_pin_messages", "pins"), ("can_manage_tags", "tags")):
        mine[right] = False
        found = await kith.telegram.look_at(str(room.id))
        assert (False, f"doctor-telegram-space-{key}", {"space": "Data Kitchen"}) in found
    assert len(found) == 2
    kith.server.group("News", owner="Olga", kind="channel")
    assert [key for _, key, _ in await kith.telegram.look_at(str(kith.server.chat("News").id))] == [
        "doctor-telegram-space"
    ]


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_every_word_of_the_adapter_is_in_the_catalogues(language):
    texts = Texts(language)
    for key in (
        *("telegram-open-chat", "telegram-token-refused", "telegram-webhook-refused"),
        *(f"doctor-telegram-{each}" for each in ("token", "unreachable", "privacy-off", "privacy-on", "webhook")),
        *(f"doctor-telegram-space{each}" for each in ("", "-not-admin", "-gone", "-pins", "-tags")),
    ):
        assert texts(key, username="kith", space="Data Kitchen", why="no")
