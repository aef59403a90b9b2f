"""The Bot API server of the tests, seen through the real python-telegram-bot."""

import asyncio
import io
import json
import subprocess
import sys

import pytest
import telegram
from PIL import Image
from telegram import BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity, Update
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
)

from tests.world.telegram_server import Remote, TelegramServer


@pytest.fixture
async def server():
    async with TelegramServer() as running:
        running.user("Ana", username="ana", language_code="en", started=True)
        running.user("Li Wei", language_code="zh-hans")
        running.user("Olga", username="olga")
        running.group("Data Kitchen", ["Ana", "Li Wei"], owner="Olga")
        yield running


@pytest.fixture
async def bot(server):
    urls = {"base_url": server.base_url, "base_file_url": server.base_file_url}
    async with telegram.Bot(server.token, **urls) as ready:
        yield ready


def _picture(width=4, height=3):
    file = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(file, "PNG")
    return file.getvalue()


async def _all_updates(bot, **arguments):
    return await bot.get_updates(allowed_updates=Update.ALL_TYPES, timeout=0, **arguments)


async def test_a_wrong_token_is_unauthorised(server):
    other = telegram.Bot("4242:wrong", base_url=server.base_url)
    with pytest.raises(InvalidToken, match=r"(?i)rejected by the server"):
        await other.initialize()
    await other.shutdown()


async def test_offsets_confirm_and_only_what_was_asked_for_comes(server, bot):
    server.say("Ana", "Data Kitchen", "one")
    server.react("Li Wei", "Data Kitchen", 1, "👍")
    first = await _all_updates(bot)
    assert [update.message.text for update in first] == ["one"]
    server.react("Li Wei", "Data Kitchen", 1, "🔥")
    again = await _all_updates(bot)
    assert [update.update_id for update in again[:1]] == [first[0].update_id]
    assert again[1].message_reaction.new_reaction[0].emoji == "🔥"
    assert again[1].message_reaction.old_reaction[0].emoji == "👍"
    assert await _all_updates(bot, offset=again[1].update_id + 1) == ()
    assert server.confirmed == {update.update_id for update in again}


async def test_long_poll_wakes_up_and_a_second_poller_gets_409(server, bot):
    waiting = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.05)
    server.say("Ana", "Data Kitchen", "wake")
    assert (await waiting)[0].message.text == "wake"
    waiting = asyncio.create_task(bot.get_updates(timeout=20, offset=10**9))
    await asyncio.sleep(0.05)
    async with telegram.Bot(server.token, base_url=server.base_url) as second:
        await second.get_updates(timeout=0, offset=10**9)
    with pytest.raises(Conflict, match=r"(?i)terminated by other getUpdates"):
        await waiting


async def test_direct_chat_needs_start(server, bot):
    li = server.person("Li Wei").user["id"]
    with pytest.raises(Forbidden, match=r"(?i)can't initiate conversation"):
        await bot.send_message(li, "hello")
    server.start("Li Wei", "ref_ana")
    assert (await bot.send_message(li, "hello")).text == "hello"
    server.block("Li Wei")
    with pytest.raises(Forbidden, match=r"(?i)blocked by the user"):
        await bot.send_message(li, "hello")
    updates = await _all_updates(bot)
    kinds = [update.message.text if update.message else "blocked" for update in updates]
    assert kinds == ["/start ref_ana", "blocked"]


async def test_texts_are_checked(server, bot):
    group = server.chat("Data Kitchen").id
    with pytest.raises(BadRequest, match=r"(?i)message is too long"):
        await bot.send_message(group, "🍵" * 2049)
    with pytest.raises(BadRequest, match=r"(?i)Unsupported start tag"):
        await bot.send_message(group, "<script>", parse_mode="HTML")
    with pytest.raises(BadRequest, match=r"(?i)ENTITY_BOUNDS_INVALID"):
        await bot.send_message(group, "🍵", entities=[MessageEntity("bold", 0, 1)])
    with pytest.raises(BadRequest, match=r"(?i)chat not found"):
        await bot.send_message(-5, "x")
    sent = await bot.send_message(group, "<b>bold</b> &amp; @olga", parse_mode="HTML")
    assert sent.text == "bold & @olga"
    assert [entity.type for entity in sent.entities] == ["bold", "mention"]


async def test_buttons_edits_and_deletion(server, bot):
    group = server.chat("Data Kitchen").id
    long = InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data="é" * 33)]])
    with pytest.raises(BadRequest, match=r"(?i)BUTTON_DATA_INVALID"):
        await bot.send_message(group, "x", reply_markup=long)
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("More", callback_data="more")]])
    sent = await bot.send_message(group, "points", reply_markup=keyboard)
    with pytest.raises(LookupError):
        server.press("Ana", sent.to_dict(), "less")
    server.press("Ana", sent.to_dict(), "more")
    query = (await _all_updates(bot))[-1].callback_query
    assert (query.data, query.from_user.first_name) == ("more", "Ana")
    assert query.message.message_id == sent.message_id
    await query.answer("here")
    assert server.answers[query.id]["text"] == "here"
    with pytest.raises(BadRequest, match=r"(?i)query is too old"):
        await bot.answer_callback_query("1")
    with pytest.raises(BadRequest, match=r"(?i)not modified"):
        await query.edit_message_text("points", reply_markup=keyboard)
    assert (await query.edit_message_text("all points")).text == "all points"
    await bot.delete_message(group, sent.message_id)
    with pytest.raises(BadRequest, match=r"(?i)message to delete not found"):
        await bot.delete_message(group, sent.message_id)


async def test_photos_and_documents(server, bot):
    group = server.chat("Data Kitchen").id
    sent = await bot.send_photo(group, _picture(), caption="a card")
    assert (sent.photo[0].width, sent.photo[0].height, sent.caption) == (4, 3, "a card")
    assert bytes(await (await sent.photo[0].get_file()).download_as_bytearray()) == _picture()
    with pytest.raises(BadRequest, match=r"(?i)IMAGE_PROCESS_FAILED"):
        await bot.send_photo(group, b"no picture")
    document = await bot.send_document(group, b"{}", filename="mydata.json")
    assert document.document.file_name == "mydata.json"
    with pytest.raises(BadRequest, match=r"(?i)caption is too long"):
        await bot.send_document(group, b"{}", filename="x", caption="x" * 1025)


async def test_members_titles_and_menu(server, bot):
    group, ana = server.chat("Data Kitchen").id, server.person("Ana").user["id"]
    assert [one.user.first_name for one in await bot.get_chat_administrators(group)] == ["Olga"]
    assert (await bot.get_chat_member(group, ana)).status == "member"
    with pytest.raises(BadRequest, match=r"(?i)not an administrator"):
        await bot.set_chat_administrator_custom_title(group, ana, "Core")
    await bot.promote_chat_member(group, ana, can_invite_users=True)
    await bot.set_chat_administrator_custom_title(group, ana, "Core")
    assert (await bot.get_chat_member(group, ana)).custom_title == "Core"
    with pytest.raises(BadRequest, match=r"(?i)ADMIN_RANK_INVALID"):
        await bot.set_chat_administrator_custom_title(group, ana, "x" * 17)
    scope = telegram.BotCommandScopeAllPrivateChats()
    await bot.set_my_commands([BotCommand("me", "Card")], scope=scope, language_code="zh")
    assert [one.command for one in await bot.get_my_commands(scope, "zh")] == ["me"]
    assert await bot.get_my_commands() == ()
    with pytest.raises(BadRequest, match=r"(?i)BOT_COMMAND_INVALID"):
        await bot.set_my_commands([BotCommand("Me", "Card")])


async def test_joins_requests_and_links(server, bot):
    group = server.chat("Data Kitchen").id
    await _all_updates(bot)
    link = await bot.create_chat_invite_link(group, name="newsletter", creates_join_request=True)
    server.user("Noor")
    server.ask_to_join("Noor", "Data Kitchen", link=link.invite_link)
    request = (await _all_updates(bot))[-1].chat_join_request
    await bot.send_message(request.user_chat_id, "a question first")
    await request.approve()
    kinds = [update.chat_member for update in await _all_updates(bot) if update.chat_member]
    assert (kinds[0].new_chat_member.status, kinds[0].via_join_request) == ("member", True)
    server.leave("Noor", group)
    server.kick("Li Wei", group, by="Olga")
    statuses = [one.chat_member.new_chat_member.status for one in await _all_updates(bot) if one.chat_member]
    assert statuses == ["member", "left", "kicked"]


async def test_migration(server, bot):
    old = server.group("Small", ["Ana"], owner="Olga", kind="group")["id"]
    new = server.migrate("Small")
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(old, "hello")
    assert moved.value.new_chat_id == new
    said = [update.message for update in await _all_updates(bot)]
    assert [(one.migrate_to_chat_id, one.migrate_from_chat_id) for one in said] == [(new, None), (None, old)]


async def test_anonymous_admins_channels_and_topics(server, bot):
    server.group("News", owner="Olga", kind="channel")
    server.link_channel("News", "Data Kitchen")
    server.say("Olga", "Data Kitchen", "rules", anonymous=True)
    server.say_as_channel("News", "Data Kitchen", "/points")
    server.post("News", "lesson 4")
    forum = server.group("Forum", ["Ana"], owner="Olga", forum=True)
    topic = server.topic("Forum", "help", by="Olga")
    server.say("Ana", forum, "stuck", topic=topic)
    anonymous, channel, post, forward, _, stuck = await _all_updates(bot)
    assert (anonymous.message.from_user.id, anonymous.message.sender_chat.id) == (
        1087968824,
        anonymous.message.chat.id,
    )
    assert (channel.message.from_user.id, channel.message.sender_chat.title) == (136817688, "News")
    assert post.channel_post.text == "lesson 4"
    assert forward.message.is_automatic_forward
    assert stuck.message.is_topic_message
    assert stuck.message.reply_to_message.forum_topic_created.name == "help"
    with pytest.raises(BadRequest, match=r"(?i)thread not found"):
        await bot.send_message(forum["id"], "x", message_thread_id=999)


async def test_flood_faults_and_drops(server, bot, monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    group = server.chat("Data Kitchen").id
    server.flood("Data Kitchen", 300)
    with pytest.raises(RetryAfter) as refused:
        await bot.send_message(group, "x")
    assert refused.value.retry_after.total_seconds() in (300, 299)
    assert (await bot.get_chat(group)).title == "Data Kitchen"
    server.fail("getMe", 502, "Bad Gateway")
    with pytest.raises(NetworkError, match=r"(?i)Bad Gateway"):
        await bot.get_me()
    server.drop("getMe")
    with pytest.raises(NetworkError):
        await bot.get_me()
    assert (await bot.get_me()).first_name == "Kith"
    assert [call.status for call in server.called("getMe")][-3:] == [502, 0, 200]


async def test_poison_breaks_the_sdk_and_redelivery_repeats(server, bot):
    good = server.say("Ana", "Data Kitchen", "fine")
    (update,) = await _all_updates(bot)
    await _all_updates(bot, offset=update.update_id + 1)
    assert server.redeliver(update.update_id) == 1
    (repeated,) = await _all_updates(bot, offset=update.update_id + 1)
    assert (repeated.update_id, repeated.message.message_id) == (update.update_id, good["message_id"])
    server.poison()
    with pytest.raises((TypeError, ValueError, AttributeError)):
        await _all_updates(bot)


async def test_privacy_mode_hides_what_people_say():
    async with TelegramServer(privacy=True) as server:
        server.user("Ana")
        server.group("Quiet", ["Ana"], bot="member")
        server.say("Ana", "Quiet", "hidden")
        server.say("Ana", "Quiet", "/me")
        server.say("Ana", "Quiet", "/me@other_bot")
        assert [one["message"]["text"] for one in server.updates] == ["/me"]


async def test_webhook_is_retried_until_it_is_accepted(server, bot):
    seen = []

    async def take(reader, writer):
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(head.split("content-length: ")[1].split("\r\n")[0])
        body = json.loads(await reader.readexactly(length))
        seen.append((body["message"]["text"], "x-telegram-bot-api-secret-token: s3cret" in head))
        status = b"500 Oops" if len(seen) == 1 else b"200 OK"
        writer.write(b"HTTP/1.1 " + status + b"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()

    listener = await asyncio.start_server(take, "127.0.0.1")
    port = listener.sockets[0].getsockname()[1]
    async with listener:
        await bot.set_webhook(f"http://127.0.0.1:{port}/telegram", secret_token="s3cret")
        server.say("Ana", "Data Kitchen", "one")
        server.say("Ana", "Data Kitchen", "two")
        await server.settled()
        with pytest.raises(Conflict, match=r"(?i)webhook is active"):
            await bot.get_updates()
        await bot.delete_webhook()
    assert seen == [("one", True), ("one", True), ("two", True)]
    assert server.webhook_answers == [500, 200, 200]


async def test_it_runs_as_its_own_process():
    process = subprocess.Popen(  # noqa: ASYNC220 - one line is read from it
        [sys.executable, "-m", "tests.world.telegram_server"], stdout=subprocess.PIPE, text=True
    )
    try:
        port = json.loads(process.stdout.readline())["port"]
        remote = Remote(port)
        remote.user("Ana")
        group = remote.group("Far", ["Ana"])
        assert remote.burst("Ana", "Far", 3) == [1, 2, 3]
        async with telegram.Bot("4242:TEST-token", base_url=f"http://127.0.0.1:{port}/bot") as bot:
            updates = await _all_updates(bot)
            assert [update.message.chat.id for update in updates] == [group["id"]] * 3
        assert remote.state()["pending"] == 3
        assert remote.calls()[0]["method"] == "getMe"
    finally:
        process.kill()
        process.stdout.close()
        process.wait()
