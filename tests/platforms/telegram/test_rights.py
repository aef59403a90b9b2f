"""Who may do what on Telegram, asked at the time of the call."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.domain.people import Rights

ANONYMOUS = 1087968824


async def test_who_moderates_is_asked_at_the_time_of_the_call(kith):
    async def rule(who, **how):
        kith.server.say(who, "Data Kitchen", "/rule", **how)
        await kith.settled()
        return kith.texts("Data Kitchen")[-1:] == ["as you wish"]

    assert not await rule("Ana")
    kith.server.promote("Ana", "Data Kitchen")
    assert await rule("Ana")
    kith.server.demote("Ana", "Data Kitchen")
    kith.server.say("Ana", "Data Kitchen", "/echo x")
    assert not await rule("Ana")
    titled = dict.fromkeys(("can_delete_messages", "can_restrict_members", "can_promote_members"), False)
    kith.server.promote("Ana", "Data Kitchen", **titled)
    assert not await rule("Ana")
    assert await kith.telegram.rights(str(kith.server.chat("Data Kitchen").id), "777") is Rights.ABSENT
    olga = str(kith.server.person("Olga").user["id"])
    assert await kith.telegram.rights(str(kith.server.chat("Data Kitchen").id), olga) is Rights.OWNER


async def test_hidden_administrators_and_channels_have_no_rights_without_opt_in(kith):
    server = kith.server
    server.group("Data Kitchen fans", owner="Noor", kind="channel")
    server.link_channel("Data Kitchen fans", "Data Kitchen")
    server.user("Admin", username="admin")
    server.join("Admin", "Data Kitchen")

    async def refused():
        before = len(server.messages("Data Kitchen"))
        await kith.settled()
        return "as you wish" not in [one["text"] for one in server.messages("Data Kitchen")[before:]]

    server.say("Olga", "Data Kitchen", "/rule", anonymous=True)
    assert await refused()
    server.say_as_channel("Data Kitchen fans", "Data Kitchen", "/rule")
    assert await refused()
    server.say("Admin", "Data Kitchen", "/rule")
    assert await refused()
    server.post("Data Kitchen fans", "/rule")
    assert await refused()
    for number in (ANONYMOUS, 136817688, 777000):
        found = await kith.telegram.rights(str(server.chat("Data Kitchen").id), str(number))
        assert not found.covers(Rights.MODERATOR)

    community = await kith.community("Data Kitchen")
    community.settings = replace(community.settings, anonymous_admins=True)
    async with kith.store.begin() as unit:
        await unit.communities.save(community)
    server.say_as_channel("Data Kitchen fans", "Data Kitchen", "/rule")
    assert await refused()
    server.say("Olga", "Data Kitchen", "/rule", anonymous=True)
    assert not await refused()


@pytest.mark.parametrize(("text", "answer"), [("/rule", "as you wish"), ("/whisper hush", "hush")])
async def test_who_writes_as_the_group_goes_on_under_their_own_name(kith, text, answer):
    """Neither "that's for moderators" nor "open our direct chat": a press says who it is."""
    kith.server.start("Olga")
    kith.server.say("Olga", "Data Kitchen", text, anonymous=True)
    await kith.settled()
    shown = kith.server.messages("Data Kitchen")[-1]
    assert shown["text"].startswith("You write in the name of a group or channel")
    button = shown["reply_markup"]["inline_keyboard"][0][0]
    kith.server.press("Olga", shown, button["callback_data"])
    await kith.settled()
    told = kith.server.answers.values()
    where = "Data Kitchen" if text == "/rule" else "Olga"
    assert answer in [*kith.texts(where), *(each.get("text") for each in told)]
    if text == "/rule":
        query = kith.server.press("Ana", shown, button["callback_data"])
        await kith.settled()
        assert kith.server.answers[query]["text"] == "That's for moderators of this community."


async def test_an_answer_that_failed_once_is_asked_for_again_and_one_that_stays_away_is_said(kith):
    kith.server.promote("Ana", "Data Kitchen")
    kith.server.fail("getChatMember", 500, "Internal Server Error")
    kith.server.say("Ana", "Data Kitchen", "/rule")
    await kith.settled()
    assert kith.texts("Data Kitchen")[-1] == "as you wish"
    kith.server.start("Ana")
    await kith.settled()
    kith.server.fail("getChatMember", 500, "Internal Server Error", times=3)
    kith.server.say("Ana", "Data Kitchen", "/rule")
    await kith.settled()
    assert kith.server.alone("Ana", "Data Kitchen")[-1]["text"].startswith(
        "I couldn't find out just now whether you may do that"
    )
    kith.server.say("Ana", "Data Kitchen", "/rule")
    await kith.settled()
    assert kith.texts("Data Kitchen")[-1] == "as you wish"


async def test_who_was_removed_is_served_nothing_in_the_direct_chat(kith):
    kith.server.say("Ana", "Data Kitchen", "hello")
    await kith.settled()
    kith.server.start("Ana")
    kith.server.chat("Data Kitchen").members[kith.server.person("Ana").user["id"]] = {
        "status": "kicked",
        "until_date": 0,
    }  # nobody told
    kith.server.say("Ana", None, "/echo still here?")
    await kith.settled()
    assert kith.texts("Ana")[-1].startswith("You aren't in Data Kitchen any more")
    kith.server.say("Ana", None, "/privacy")
    await kith.settled()
    assert "You aren't in" not in kith.texts("Ana")[-1]
