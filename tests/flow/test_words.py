"""What people type after a command: every word is understood, or the answer says which isn't."""

from __future__ import annotations

from typing import Literal, get_args, get_origin

from core.domain.events import CommandCalled, RoomNamed
from core.domain.people import Member, Person, Rights
from core.kit.arguments import optional
from core.kit.declare import Command
from tests.world import World


def _example(command: Command) -> list[str]:
    words = []
    for parameter in command.parameters:
        kind, limits = optional(parameter.annotation)
        if kind is Member:
            words.append("@li")
        elif kind is int:
            words.append(str(limits.low if limits else 1))
        else:
            words.append(str(get_args(kind)[0]) if get_origin(kind) is Literal else "word")
    return words


def _takes_the_rest(command: Command) -> bool:
    return bool(command.parameters) and optional(command.parameters[-1].annotation)[0] is str


def _labels(world: World) -> list[str]:
    return [button.label for row in world.sent[-1].outgoing.buttons for button in row]


async def test_no_command_drops_a_word(world: World) -> None:
    """Whatever commands there are: what is left over is named, with the usage, and nothing is done."""
    world.moderator("olga", Rights.OWNER)
    await world.join("li")
    told = 0
    for command in world.house.registry.commands.values():
        if _takes_the_rest(command):
            continue
        text = " ".join([f"/{command.name}", *_example(command), "surplus words"])
        await world.say("olga", text)
        at_the_end = f"I can't place “surplus words”. Usage: /{command.name}"
        unread = world.last.startswith("I can't read “word”")  # what comes before is refused first
        assert unread or world.last.startswith(at_the_end) or "surplus words”" in world.last, text
        assert world.sent[-1].outgoing.private
        told += 1
    assert told > 10
    assert (await world.member("li")).balance == 0


async def test_surplus_after_a_name_without_a_mention(world: World) -> None:
    await world.join(Person("7", "Li Wei"))
    for text in ("li wei please", '"Li Wei" please', "#1 please", "＃１ please"):
        await world.say("ana", f"/points {text}")
        assert world.last == "I can't place “please”. Usage: /points [member]", text
    await world.say("ana", "/points li wei")
    assert world.last.startswith("Li Wei: 0 points")


async def test_names_that_look_alike_are_offered(world: World) -> None:
    world.moderator("mo")
    await world.join(Person("7", "Li Wei"))
    await world.join("noor")
    for typed in ("lii", "liwei", "LI-WEI", "wei", "Lí Wéi"):
        await world.say("ana", f"/points {typed}")
        assert world.last == f"I don't know a member called “{typed}”. Did you mean Li Wei? Usage: /points [member]"
        await world.press("ana", "Li Wei")
        assert world.last.startswith("Li Wei: 0 points")
    await world.say("ana", "/points xqzk")
    assert world.last == "I don't know a member called “xqzk”. Usage: /points [member]"
    await world.say("mo", "/grant lii 5 for a good question")
    assert "Did you mean Li Wei?" in world.last
    assert _labels(world) == []  # what somebody wrote is kept behind no button


async def test_of_two_with_one_name_one_is_chosen(world: World) -> None:
    first = Person("7", "Sam")
    await world.join(first)
    await world.join(Person("8", "Sam"))
    await world.say("ana", "/points sam")
    assert world.last == "More than one member is called “sam”. Mention them with @ instead. Usage: /points [member]"
    numbers = [f"Sam #{(await world.member(who)).id}" for who in ("7", "8")]
    assert _labels(world) == numbers
    await world.say(first, "hello")
    await world.press("ana", numbers[0])
    assert world.last.startswith(f"Sam: {(await world.member('7')).balance} points")


async def test_a_choice_that_is_missed_is_offered(world: World) -> None:
    await world.say("ana", "/notify nowhere")
    assert world.last == "where takes one of room, direct, off, not “nowhere”. Usage: /notify [where]"
    await world.press("ana", "off")
    assert world.last == "From now on you don't hear of new levels."


async def test_numbers_are_taken_as_lists_print_them(world: World) -> None:
    world.moderator("mo")
    await world.join("li")
    for text in ("#6739", "#6,739", "6739", "＃６７３９", "＃６，７３９", " # 6739 "):
        await world.say("mo", f"/undo {text.strip()}")
        expected = "error" if text.strip().startswith("# ") else "There is no entry #6739"
        assert world.last.startswith(expected) or "# " in text, text
    li = (await world.member("li")).id
    for text in (f"#{li}", f"＃{li}", f"#{li:,}"):
        await world.say("mo", f"/grant {text} １，０００ notes")
    assert (await world.member("li")).balance == 3_000
    for text in ("#²", "#99999999999999999999", "9" * 5_000, "²", "1_000", "-", "#", "#-1"):
        await world.say("mo", f"/undo {text}")
        assert "K-" not in world.last, text
        await world.say("mo", f"/history {text}")
        assert "K-" not in world.last, text


async def test_an_answer_names_the_member_for_every_command_that_takes_one(world: World) -> None:
    world.moderator("olga", Rights.OWNER)
    await world.join("li")
    for command in world.house.registry.commands.values():
        kinds = [optional(parameter.annotation)[0] for parameter in command.parameters]
        if Member not in kinds:
            continue
        words = [word for word in _example(command) if word != "@li"]
        answered = {"name": command.name, "text": " ".join(words), "reply_author": Person("li", "Li")}
        await world.happen(CommandCalled, "olga", **answered)
        if world.last.startswith("You have no open question"):  # of whom there is nothing to accept anyway
            continue
        assert any("Li" in text.split("Usage")[0] for text in world.texts[-3:]), (command.name, world.texts[-3:])


async def test_an_answer_to_kith_names_nobody(world: World) -> None:
    await world.say("ana", "hello")
    await world.happen(CommandCalled, "ana", name="points", reply_author=Person("kith", "Kith", bot=True))
    assert world.last.startswith(f"{(await world.member('ana')).balance} points")


async def test_a_room_is_set_by_name(world: World) -> None:
    world.moderator("olga", Rights.OWNER)
    await world.happen(RoomNamed, None, room="r1", name="lobby")
    await world.happen(RoomNamed, None, room="r2", name="Long talks")
    await world.say("olga", "/rooms lobby off")
    assert world.last == "#lobby gives no points."
    await world.say("olga", "/rooms #LOBBY on")
    assert world.last == "#lobby gives points."
    await world.say("olga", "/rooms long talks off")
    assert world.last == "#Long talks gives no points."
    await world.say("olga", "/rooms long talks")
    assert world.last == "#Long talks gives no points."
    assert _labels(world) == ["✗ #Long talks"]
    await world.say("olga", "/rooms looby off")
    assert world.last == "I know no room called “looby”. /rooms shows those that I know."
    assert _labels(world) == ["✓ #lobby"]


async def test_a_benefit_is_taken_by_name(world: World) -> None:
    world.moderator("olga", Rights.OWNER)
    await world.say("olga", "/shop 10 Early Access")
    await world.say("olga", "/grant @ana 50 for a start")
    await world.say("ana", "/redeem early access")
    assert world.last == "Early Access costs 10 points; you would have 40 left."
    await world.say("ana", "/redeem early")
    assert world.last.startswith("Early Access costs 10 points")
    await world.say("ana", "/redeem stickers")
    assert world.last.startswith("“stickers” isn't on offer.\nYou have 50 points. On offer:")
    assert _labels(world) == ["Early Access"]


async def test_lines_and_wide_blanks_part_words_too(world: World) -> None:
    world.moderator("mo")
    await world.join("ana")
    await world.say("mo", "/grant @ana\u30005\nfor the\nnotes")
    assert world.texts[-1] == "Ana gets 5 points from Mo: for the notes"
