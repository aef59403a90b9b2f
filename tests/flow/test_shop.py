"""What an owner offers for points."""

from __future__ import annotations

from core.domain.people import Rights
from tests.world import World


async def test_a_benefit_is_offered_counted_and_withdrawn(world: World) -> None:
    world.moderator("olga", Rights.OWNER)
    await world.say("olga", "/shop")
    assert world.last.startswith("Nothing is on offer.")
    await world.say("olga", "/shop 300 Early access: Pandas in practice")
    assert world.last == "“Early access: Pandas in practice” is on offer for 300 points. How many of them are there?"
    await world.press("olga", "5")
    await world.say("olga", "/shop 40 A sticker")
    await world.say("olga", "/shop")
    assert world.last.splitlines()[1:3] == ["40 · A sticker", "300 · Early access: Pandas in practice (5 left)"]
    await world.press("olga", "Withdraw A sticker")
    assert "A sticker" not in world.last
    await world.press("olga", "Withdraw A sticker")
    assert world.last == "That isn't on offer any more."
    for text, answer in (
        ("/shop 0 Nothing", "cost takes a number from 1 to 1,000,000, not “0”. Usage: /shop [cost] [name]"),
        ("/shop cheap thing", "cost takes a whole number, not “cheap”. Usage: /shop [cost] [name]"),
        ("/shop 10", "What is it called? Say /shop 300 Early access."),
        ("/shop 10 " + "x" * 81, "That is too long: 80 characters at most."),
    ):
        await world.say("olga", text)
        assert world.last == answer


def _labels(world: World) -> list[str]:
    return [button.label for row in world.sent[-1].outgoing.buttons for button in row]


async def _take(world: World, who: str) -> None:
    await world.say(who, "/redeem sticker")
    await world.press(who, "Take it")


async def test_the_same_offer_is_refused_twice(world: World) -> None:
    world.moderator("olga", Rights.OWNER)
    await world.say("olga", "/shop 10 Straße map")
    await world.say("olga", "/shop 20 STRASSE   map")
    assert world.last == "“STRASSE map” is on offer already. Withdraw it first to offer it anew."
    await world.say("olga", "/shop")
    await world.press("olga", "Withdraw Straße map")
    await world.say("olga", "/shop 20 STRASSE map")
    assert world.last.startswith("“STRASSE map” is on offer for 20 points.")


async def test_who_offers_hears_of_it_and_hands_it_over(world: World) -> None:
    world.moderator("olga", Rights.OWNER)
    await world.say("olga", "/shop 10 Sticker")
    for who in ("ana", "bo", "cy"):
        await world.say("olga", f"/grant @{who} 50 for a start")
        await _take(world, who)
    told = world.sent[-1].outgoing
    assert world.last.startswith("Cy took Sticker in Data Kitchen. Press when it is handed over")
    assert (told.to, told.direct, [b.label for row in told.buttons for b in row]) == ("olga", True, ["Handed over"])
    await world.advance(days=20)
    await world.press("olga", "Handed over", space="direct", direct=True)
    heard = [sent.outgoing.to for sent in world.sent if "was handed over to you" in sent.outgoing.text]
    assert heard == ["cy"]
    await world.press("olga", "Handed over", space="direct", direct=True)
    assert world.last == "That was handed over already."
    await world.say("olga", "/shop")
    assert world.last.splitlines()[:3] == ["To be handed over:", "Ana · Sticker · 2 March", "Bo · Sticker · 2 March"]
    await world.press("olga", "Ana has Sticker")
    await world.say("olga", "/history bo")
    entry = world.last.split("#")[1].split(" ")[0]
    await world.say("olga", f"/undo {entry}")
    await world.say("olga", "/shop")
    assert world.last.startswith("On offer for points")
    assert _labels(world) == ["Withdraw Sticker", "Offer something"]
    await world.say("olga", "/audit")
    assert "Olga handed “Sticker” over to Cy" in world.last


async def test_only_owners_hand_over_and_only_what_is_theirs(world: World) -> None:
    world.moderator("olga", Rights.OWNER)
    await world.say("olga", "/shop 10 Sticker")
    await world.say("olga", "/grant @ana 50 for a start")
    await _take(world, "ana")
    world.moderator("olga", Rights.MEMBER)
    await world.press("olga", "Handed over", space="direct", direct=True)
    assert world.last == "That's for owners of this community."
    assert not [text for text in world.texts if "handed over to you" in text]
