"""What people do on Telegram, from the update to the books: kept once, whatever comes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.platforms.telegram.translate import ALLOWED_UPDATES, Translator
from core.store.tables.interactions import interactions


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


@pytest.mark.parametrize("kind", ["subscription", "purchased_paid_media"])
async def test_news_of_payments_is_asked_for_and_taken_though_nothing_comes_of_it(kith, kind, caplog):
    """The SDK knows the one only: they come raw."""
    assert kind in ALLOWED_UPDATES
    assert kind in kith.server.allowed
    user = kith.server.person("Ana").user
    payload = {
        "subscription": {"user": user, "invoice_payload": "sold by something else", "state": "active"},
        "purchased_paid_media": {"from": user, "paid_media_payload": "x"},
    }
    kith.server.push({kind: payload[kind]})
    kith.server.say("Ana", "Data Kitchen", "after")
    await kith.settled()
    assert await kinds(kith) == ["message"]
    assert await parked(kith) == []
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
    asked = kith.server.alone("Olga", "Data Kitchen")[-1]
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
