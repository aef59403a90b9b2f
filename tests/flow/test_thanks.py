"""/thanks: a few a day, to others, and a tie between the two."""

from __future__ import annotations

from core.domain.events import CommandCalled
from core.domain.people import Person
from tests.world import World


async def test_three_a_day_and_more_tomorrow(world: World) -> None:
    await world.say("li", "hello")
    start = (await world.member("li")).balance
    for _ in range(4):
        await world.say("ana", "/thanks @li")
    assert world.last == "You gave all 3 thanks for today. Tomorrow there are 3 more."
    assert world.sent[-1].outgoing.private
    assert (await world.member("li")).balance == start + 30
    await world.advance(days=1)
    await world.say("ana", "/thanks @li")
    assert world.last == "Ana thanks Li: +10 points. 2 more today."


async def test_it_works_as_an_answer_and_reaches_who_never_wrote(world: World) -> None:
    quiet = Person("li", "Li Wei")
    await world.happen(CommandCalled, "ana", name="thanks", reply_author=quiet)
    assert world.last == "Ana thanks Li Wei: +10 points. 2 more today."


async def test_words_after_the_name_are_what_it_is_for(world: World) -> None:
    await world.say("ana", "/thanks @li for the help")
    assert world.last == "Ana thanks Li (“for the help”): +10 points. 2 more today."
    await world.join(Person("lw", "Li Wei"))
    await world.say("ana", "/thanks li wei for the *slides*")
    assert world.last == "Ana thanks Li Wei (“for the *slides*”): +10 points. One more today."
    await world.happen(CommandCalled, "ana", name="thanks", text="for the review", reply_author=Person("li", "Li"))
    assert world.last.startswith("Ana thanks Li (“for the review”): +10 points.")
    await world.say("ana", "/thanks @li " + "x" * 201)
    assert world.last == "That is too long: 200 characters at most."


async def test_not_to_oneself_nor_to_bots_nor_to_leavers(world: World) -> None:
    await world.say("ana", "/thanks @ana")
    assert world.last == "Thanks go to others. Usage: /thanks @member"
    bot = Person("robo", "Robo", bot=True)
    await world.say(bot, "beep")
    await world.say("ana", "/thanks robo")
    assert world.last == "Bots have no use for points. Thank a member."
    await world.join("li")
    await world.leave("li")
    await world.say("ana", "/thanks li")
    assert world.last == "Li isn't here any more."
    await world.say("ana", "/thanks")
    assert world.last == "member is missing. Usage: /thanks <member> [reason]"
    assert (await world.member("robo")).balance == 0


async def test_it_ties_the_two(world: World) -> None:
    await world.say("ana", "/thanks @li")
    await world.advance(hours=1)
    ana, li = await world.member("ana"), await world.member("li")
    async with world.store.read() as unit:
        ties = await unit.rollups.ties(ana.community_id)
    assert [(source, target, times) for source, target, _, times in ties] == [(ana.id, li.id, 1)]


async def test_in_a_direct_chat_the_thanked_hears_of_it(world: World) -> None:
    await world.say("li", "hello")
    await world.say("ana", "hello")
    await world.say("ana", "/thanks li", direct=True)
    assert [(sent.outgoing.to, text) for sent, text in zip(world.sent, world.texts, strict=True)] == [
        ("ana", "Ana thanks Li: +10 points. 2 more today."),
        ("li", "Ana thanks you: +10 points."),
    ]


async def test_who_never_earned_gets_no_fresh_thanks_by_going_out_and_back(world: World) -> None:
    for who in ("li", "bo"):
        await world.say(who, "hello")
    for _ in range(3):
        await world.say("ana", "/thanks @li")
    assert (await world.member("ana")).earned == 0
    for who in ("li", "ana"):
        await world.say(who, "/consent out")
        await world.press(who, "Yes, leave me out")
    await world.say("ana", "/consent counted")
    await world.say("ana", "/thanks @bo")
    assert world.last == "You were left out until today: from tomorrow on you can thank others again."
    await world.advance(days=1)
    await world.say("ana", "/thanks @bo")
    assert world.last.endswith("2 more today.")
