"""What people do on Telegram, from the update to the books and back."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.platforms.port import RetryLater
from bot.platforms.telegram.adapter import Telegram
from bot.platforms.telegram.pace import Pace
from bot.platforms.telegram.translate import ALLOWED_UPDATES, Translator
from core.domain.errors import KithError
from core.domain.outgoing import Outgoing
from core.domain.people import Rights
from core.kit.texts import Texts
from core.store.outbox import OutboxRow
from core.store.tables.interactions import interactions
from tests.platforms.telegram.conftest import running
from tests.world.telegram_server import TelegramServer

ANONYMOUS = 1087968824


async def kinds(kith, chat="Data Kitchen"):
    """Return kind and room of everything kept of a chat, oldest first."""
    community = await kith.community(chat)
    async with kith.store.read() as unit:
        rows = await unit.connection.execute(
            select(interactions.c.kind)
            .where(interactions.c.community_id == community.id, interactions.c.kind != "system")
            .order_by(interactions.c.id)
        )
        return [row.kind for row in rows]


async def parked(kith):
    async with kith.store.read() as unit:
        return await unit.parked.all()


async def test_a_message_earns_points_and_the_command_answers_in_its_place(kith):
    kith.server.say("Ana", "Data Kitchen", "hello all")
    await kith.settled()
    asked = kith.server.say("Ana", "Data Kitchen", "/points")
    await kith.settled()
    member = await kith.member("Ana", "Data Kitchen")
    assert 15 <= member.balance <= 25
    answer = kith.server.messages("Data Kitchen")[-1]
    assert f"{member.balance} points" in answer["text"]
    assert answer["reply_to_message"]["message_id"] == asked["message_id"]
    assert (await kith.community("Data Kitchen")).name == "Data Kitchen"


async def test_what_is_known_is_kept_once_however_often_it_comes(kith):
    first = kith.server.say("Ana", "Data Kitchen", "question")
    kith.server.say("Li Wei", "Data Kitchen", "answer", reply_to=first)
    kith.server.react("Noor", "Data Kitchen", first, "👍")
    kith.server.react("Noor", "Data Kitchen", first, "🔥")
    kith.server.join(kith.server.user("Mia"), "Data Kitchen")
    kith.server.leave("Mia", "Data Kitchen")
    kith.server.edit("Ana", "Data Kitchen", first, "better question")
    await kith.settled()
    expected = ["message", "reply", "reaction", "reaction", "unreaction", "joined", "left"]
    assert await kinds(kith) == expected
    before = (await kith.member("Ana", "Data Kitchen")).balance
    for _ in range(3):
        kith.server.redeliver()
        await kith.settled()
    assert await kinds(kith) == expected
    assert (await kith.member("Ana", "Data Kitchen")).balance == before


async def test_poison_is_parked_and_what_follows_flows(kith):
    kith.server.say("Ana", "Data Kitchen", "before")
    kith.server.poison()
    kith.server.push({"callback_query": 5})
    kith.server.push({"message": {"message_id": 1, "date": 10**18, "chat": {"id": -4, "type": "group"}}})
    kith.server.push({"kind_of_next_year": {"a": 1}})
    kith.server.say("Li Wei", "Data Kitchen", "after")
    await kith.settled()
    assert await kinds(kith) == ["message", "message"]
    assert len(await parked(kith)) == 3
    assert not kith.server.updates


async def test_a_mended_version_reads_what_was_put_aside_when_the_owner_asks(kith, monkeypatch):
    chat = kith.server.chat("Data Kitchen").id
    read = Translator._message

    def of_yore(translator, message, key):
        return read(translator, {**message, "text": message["words"]}, key)

    with monkeypatch.context() as patch:
        patch.setattr(Translator, "_message", of_yore)
        kith.server.say("Li Wei", "Data Kitchen", "hello from a client of next year")
        kith.server.push({"message": {"message_id": 1, "date": 10**18, "chat": {"id": chat, "type": "group"}}})
        await kith.settled()
    reasons = [each.reason for each in await parked(kith)]
    assert len(reasons) == 2
    kith.server.say("Olga", "Data Kitchen", "/parked")
    await kith.settled()
    asked = kith.server.messages("Olga")[-1]
    assert "2 events couldn't be applied" in asked["text"]
    kith.server.press("Olga", asked, asked["reply_markup"]["inline_keyboard"][0][0]["callback_data"])
    await kith.settled()
    assert await kinds(kith) == ["command", "command"]
    await kith.house.engine.due()
    assert await kinds(kith) == ["command", "command", "message"]
    assert (await kith.member("Li Wei", "Data Kitchen")).balance >= 15
    assert [each.reason for each in await parked(kith)] == reasons[1:]


async def test_topics_are_rooms_and_their_opening_is_no_parent(kith):
    topic = kith.server.topic("Forum", "help", by="Olga")
    question = kith.server.say("Ana", "Forum", "stuck", topic=topic)
    kith.server.say("Li Wei", "Forum", "try this", reply_to=question)
    await kith.settled()
    kith.server.say("Ana", "Forum", "/echo here", topic=topic)
    await kith.settled()
    assert await kinds(kith, "Forum") == ["message", "reply", "command"]
    community = await kith.community("Forum")
    async with kith.store.read() as unit:
        (space,) = await unit.communities.spaces_of(community.id)
        assert {key[1]: room.name for key, room in (await unit.communities.rooms([space.id])).items()} == {
            str(topic): "help"
        }
    answer = kith.server.messages("Forum")[-1]
    assert (answer["text"], answer["message_thread_id"]) == ("here", topic)


async def test_commands_of_other_bots_are_left_alone(kith):
    for text in ("/echo@other_bot x", "/unknown_to_kith", "echo /echo x", "/echo@KITH_test_bot yes"):
        kith.server.say("Ana", "Data Kitchen", text)
    await kith.settled()
    assert kith.texts("Data Kitchen") == ["yes"]


async def test_private_answers_go_to_the_direct_chat_or_say_how_to_open_it(kith):
    kith.server.say("Ana", "Data Kitchen", "/whisper secret")
    await kith.settled()
    assert kith.texts("Ana") == ["secret"]
    assert kith.texts("Data Kitchen") == []
    kith.server.say("Noor", "Data Kitchen", "/whisper secret")
    await kith.settled()
    (hint,) = kith.server.messages("Data Kitchen")
    assert "Noor Haddad" in hint["text"]
    assert "secret" not in hint["text"]
    assert hint["reply_markup"]["inline_keyboard"][0][0]["url"] == "https://t.me/kith_test_bot?start=here"


async def test_deep_links_and_plain_words_in_the_direct_chat(kith):
    kith.server.say("Ana", "Data Kitchen", "hello")
    await kith.settled()
    kith.server.say("Ana", None, "/echo from home")
    await kith.settled()
    assert kith.texts("Ana") == ["from home"]
    kith.server.user("Stranger")
    kith.server.start("Stranger", "ref_ana")
    await kith.settled()
    assert "write something in the group first" in kith.texts("Stranger")[0]


async def test_buttons_change_their_message_and_answer_once(kith):
    kith.server.say("Ana", "Data Kitchen", "/page")
    await kith.settled()
    (shown,) = kith.server.messages("Data Kitchen")
    for number in (2, 3):
        data = shown["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
        assert len(data.encode()) <= 64
        query = kith.server.press("Ana", shown, data)
        await kith.settled()
        assert query in kith.server.answers
        (shown,) = kith.server.messages("Data Kitchen")
        assert shown["text"] == f"page {number}"
    data = shown["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    pressed = kith.server.press("Li Wei", shown, data)
    forged = kith.server.press("Li Wei", shown, "x" * 64, forged=True)
    await kith.settled()
    assert kith.server.answers[pressed]["text"] == "That button is for the one who asked."
    assert kith.server.answers[pressed]["show_alert"]
    assert "time is over" in kith.server.answers[forged]["text"]
    assert kith.texts("Data Kitchen") == ["page 3"]


async def test_an_answer_for_one_person_to_a_press_is_an_alert(kith):
    kith.server.say("Ana", "Data Kitchen", "/offer")
    await kith.settled()
    (shown,) = kith.server.messages("Data Kitchen")
    query = kith.server.press("Noor", shown, shown["reply_markup"]["inline_keyboard"][0][0]["callback_data"])
    await kith.settled()
    assert kith.server.answers[query] == {"text": "only you see this", "show_alert": True}


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
    assert kith.texts("Ana")[-1].startswith("I couldn't find out just now whether you may do that")
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


async def test_nobody_earns_by_hiding(kith):
    kith.server.say("Olga", "Data Kitchen", "hidden", anonymous=True)
    kith.server.group("News", owner="Olga", kind="channel")
    kith.server.link_channel("News", "Data Kitchen")
    kith.server.post("News", "lesson")
    kith.server.say_as_channel("News", "Data Kitchen", "as channel")
    await kith.settled()
    community = await kith.community("Data Kitchen")
    async with kith.store.read() as unit:
        members = await unit.members.all(community.id)
    assert [(member.name, member.bot, member.balance) for member in members] == [
        ("Data Kitchen", True, 0),
        ("News", True, 0),
    ]


async def test_a_join_keeps_its_source_and_counts_once(kith):
    link = await kith.telegram._connection.bot.create_chat_invite_link(
        kith.server.chat("Data Kitchen").id, name="newsletter", creates_join_request=True
    )
    kith.server.user("Mia")
    kith.server.ask_to_join("Mia", "Data Kitchen", link=link.invite_link)
    await kith.settled()
    kith.server.join("Mia", "Data Kitchen", link=link.invite_link)
    await kith.settled()
    assert await kinds(kith) == ["joined"]
    async with kith.store.read() as unit:
        row = await unit.connection.exec_driver_sql("SELECT source FROM interactions WHERE kind = 'joined'")
        assert row.scalar_one() == "newsletter"


async def test_a_group_that_becomes_a_supergroup_stays_the_same_community(kith):
    old = kith.server.group("Small", ["Ana", "Li Wei"], owner="Olga", kind="group")["id"]
    kith.server.say("Ana", "Small", "hello")
    await kith.settled()
    community, earned = await kith.community(old), (await kith.member("Ana", old)).balance
    kith.server.say("Ana", "Small", "/echo late")
    new = kith.server.migrate(old)
    kith.clock.advance(timedelta(minutes=5))
    kith.server.say("Li Wei", new, "hello again")
    await kith.settled()
    kith.server.say("Ana", new, "/points")
    await kith.settled()
    assert (await kith.community(new)).id == community.id
    async with kith.store.read() as unit:
        assert len(await unit.communities.all()) == 1
    assert kith.texts(new) == ["late", f"{earned} points"] or f"{earned} points" in kith.texts(new)[-1]
    assert (await kith.member("Li Wei", new)).balance > 0


async def test_a_migration_first_heard_of_when_sending(kith):
    old = kith.server.group("Quiet", ["Ana"], owner="Olga", kind="group")["id"]
    kith.server.say("Ana", "Quiet", "hello")
    await kith.settled()
    community = await kith.community(old)
    kith.server.allowed = ["callback_query"]  # the updates about it are lost
    new = kith.server.migrate(old)
    kith.server.allowed = list(ALLOWED_UPDATES)
    sent = await kith.telegram.send(1, Outgoing(text="news", platform="telegram", space=str(old)), None)
    assert sent.startswith(f"{new}:")
    kith.server.say("Ana", new, "hello again")
    await kith.settled()
    assert (await kith.community(new)).id == community.id


async def test_a_flood_in_one_group_holds_up_no_other_and_nothing_is_tried_early(kith):
    server = kith.server
    for number in range(3):
        server.say("Ana", "Data Kitchen", f"/echo {number}")
    await kith.settled()
    server.flood("Data Kitchen", 300)
    for number in range(3, 6):
        server.say("Ana", "Data Kitchen", f"/echo {number}")
    server.say("Li Wei", "Forum", "/echo elsewhere")
    await kith.settled()
    assert kith.texts("Forum") == ["elsewhere"]
    kith.clock.advance(timedelta(seconds=299))
    await asyncio.sleep(0.05)
    refused = [call for call in server.called("sendMessage", "Data Kitchen") if call.status == 429]
    assert len(refused) == 1
    assert kith.texts("Data Kitchen") == ["0", "1", "2"]
    kith.clock.advance(timedelta(seconds=2))
    await kith.settled()
    assert kith.texts("Data Kitchen") == [str(number) for number in range(6)]
    assert len([call for call in server.calls if call.status == 429]) == 1


@pytest.mark.parametrize("days", [5, -5])
async def test_a_clock_that_is_wrong_for_a_moment_makes_no_chat_mute(kith, days):
    server, jump = kith.server, timedelta(days=days)
    await kith.settled()
    server.fail("sendMessage", 429, "Too Many Requests: retry after 20", times=1, retry_after=20)
    kith.clock.jump(jump)
    server.say("Ana", "Data Kitchen", "/echo hello")
    await kith.settled()
    assert kith.texts("Data Kitchen") == []
    assert [call.status for call in server.called("sendMessage")] == [429]
    kith.clock.jump(-jump)
    kith.clock.advance(timedelta(seconds=21))
    async with asyncio.timeout(30):
        while kith.texts("Data Kitchen") != ["hello"]:  # noqa: ASYNC110  the server tells nobody
            await asyncio.sleep(0.05)


async def test_the_network_fails_and_comes_back(kith):
    await kith.settled()
    kith.server.fail("getUpdates", 502, "Bad Gateway", times=1)
    kith.server.drop("getUpdates", times=1)
    kith.server.drop("sendMessage", times=1)
    kith.server.fail("sendMessage", 500, "Internal Server Error")
    kith.server.say("Ana", "Data Kitchen", "/echo still here")
    await kith.settled()
    for _ in range(3):
        kith.clock.advance(timedelta(seconds=60))
        await kith.settled()
    assert kith.texts("Data Kitchen") == ["still here"]


async def test_a_refused_token_is_one_clear_line(store, clock):
    async with TelegramServer("4242:right") as server:
        server.token = "4242:other"
        async with running(server, store, clock) as kith:
            server.token = "4242:changed"
            with pytest.raises(KithError) as refused:
                await kith.telegram.run(kith.house.intake)
    assert refused.value.key == "telegram-token-refused"
    assert "4242" not in repr(refused.value)


async def test_the_menu_stands_in_each_language_and_kind_of_chat(kith):
    async with asyncio.timeout(30):
        while len(kith.server.commands) < 6:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
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


async def test_nothing_secret_is_logged(server, store, clock, caplog):
    caplog.set_level("DEBUG")
    async with running(server, store, clock) as kith:
        server.say("Ana", "Data Kitchen", "/echo x")
        server.fail("getUpdates", 500, "Oops")
        await asyncio.sleep(0.1)
        await kith.settled()
    assert server.token not in caplog.text
    assert server.token.split(":")[1] not in caplog.text


EVIL = ["@olga @everyone", "<b>x</b> *y* [z](http://e.example)", "\u202eABC", "Z" + "\u0301" * 10_000]


@pytest.mark.parametrize("name", EVIL, ids=["mention", "markup", "direction", "marks"])
async def test_no_name_pings_or_breaks_what_is_said_in_the_room(kith, name):
    shy = kith.server.user(name, last_name="Smith")
    kith.server.join(shy, "Data Kitchen", quiet=True)
    kith.server.say(shy, "Data Kitchen", "/whisper x")
    await kith.settled()
    (hint,) = kith.server.messages("Data Kitchen")
    assert "I have an answer for you alone" in hint["text"]
    assert len(hint["text"]) < 300
    assert "\u202e" not in hint["text"]
    assert [entity["type"] for entity in hint.get("entities", ())] == []


async def test_another_poller_is_waited_out(kith, capsys):
    await kith.settled()
    kith.server.fail("getUpdates", 409, "Conflict: terminated by other getUpdates request", times=2)
    kith.server.say("Ana", "Data Kitchen", "/echo mine again")
    await kith.settled()
    assert kith.texts("Data Kitchen") == ["mine again"]
    assert capsys.readouterr().out.count("another process receives with this token") == 1


async def test_a_quiet_message_goes_away_though_kith_crashed_meanwhile(server, store, clock):
    chat = str(server.chat("Data Kitchen").id)
    said = Outgoing(text="soon gone", platform="telegram", space=chat, delete_after=600)
    async with running(server, store, clock) as kith:
        async with store.begin() as unit:
            await unit.outbox.add([OutboxRow(said, kind="push")], clock.now())
        await kith.settled()
        assert kith.texts("Data Kitchen") == ["soon gone"]
    clock.advance(timedelta(minutes=11))
    async with running(server, store, clock) as kith:
        await kith.settled()
        assert kith.texts("Data Kitchen") == []


async def test_who_left_while_kith_was_down_is_found_to_be_gone(server, store, clock):
    async with running(server, store, clock) as kith:
        for who in ("Ana", "Noor"):
            server.say(who, "Data Kitchen", "hello")
        await kith.settled()
    room = server.chat("Data Kitchen")
    # Nobody tells: an update that waits for more than a day is let go.
    room.members[server.person("Ana").user["id"]] = {"status": "left"}
    clock.advance(timedelta(days=2))
    async with running(server, store, clock) as kith, asyncio.timeout(30):
        while (await kith.member("Ana", "Data Kitchen")).left_at is None:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
        assert (await kith.member("Noor", "Data Kitchen")).left_at is None


async def test_what_would_wait_long_waits_in_the_outbox(server, clock):
    telegram = Telegram(server.token, clock, api_url=server.url, pace=Pace(a_chat=0, a_group=2))
    chat = str(server.chat("Data Kitchen").id)
    for number in (1, 2):
        await telegram.send(number, Outgoing(text="x", platform="telegram", space=chat), None)
    with pytest.raises(RetryLater) as later:
        await telegram.send(3, Outgoing(text="x", platform="telegram", space=chat), None)
    assert 50 < later.value.seconds <= 60
    await telegram.close()


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_every_word_of_the_adapter_is_in_the_catalogues(language):
    texts = Texts(language)
    for key in (
        *("telegram-open-chat", "telegram-token-refused", "telegram-webhook-refused"),
        *(f"doctor-telegram-{each}" for each in ("token", "unreachable", "privacy-off", "privacy-on", "webhook")),
        *(f"doctor-telegram-space{each}" for each in ("", "-not-admin", "-gone")),
    ):
        assert texts(key, username="kith", space="Data Kitchen", why="no")


#: The reactions that somebody has one after the other, and whether one is there in the end.
REACTIONS = {
    "changed": (("👍",), ("🔥",)),
    "one of two": (("👍", "🔥"), ("🔥",)),
    "both": (("👍", "🔥"), ()),
    "put back": (("👍",), (), ("👍",)),
    "put back and gone": (("👍",), (), ("👍",), ()),
    "moved about": (("👍",), ("👍", "🔥"), ("🎉",), ("🎉", "👍"), ("👍",)),
}


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("story", REACTIONS.values(), ids=REACTIONS.keys())
async def test_points_follow_the_reactions_that_are_there_in_the_end(kith, story, at_once):
    said = kith.server.say("Ana", "Data Kitchen", "hello")
    await kith.settled()
    before = await kith.member("Ana", "Data Kitchen")
    for emoji in story:
        kith.server.react("Noor", "Data Kitchen", said, *emoji)
        if not at_once:
            await kith.settled()
    await kith.settled()
    given = 2 if story[-1] else 0
    after = await kith.member("Ana", "Data Kitchen")
    assert (after.balance - before.balance, after.earned - before.earned) == (given, given)


async def test_a_list_makes_up_for_what_was_never_delivered(kith):
    said = kith.server.say("Ana", "Data Kitchen", "hello")
    await kith.settled()
    before = (await kith.member("Ana", "Data Kitchen")).balance
    kith.server.react("Noor", "Data Kitchen", said, "👍")
    kith.server.updates.clear()  # older than a day: Telegram keeps it no longer
    kith.server.react("Noor", "Data Kitchen", said, "👍", "🔥")
    kith.server.react("Noor", "Data Kitchen", said, "👍")
    await kith.settled()
    assert (await kith.member("Ana", "Data Kitchen")).balance == before + 2
