"""The playground's pretend shop: a button that pays Stars which nobody has, told as Telegram tells it."""

from __future__ import annotations

from dataclasses import replace

from bot.platforms.playground.scene import KITH, ChatMessage, Scene
from bot.platforms.port import Intake
from core.domain.events import ButtonPressed, PaymentTold
from core.domain.message import escape
from core.domain.outgoing import SentButton
from core.domain.people import Person
from core.domain.plans import PaymentKind
from core.domain.stars import offer_in

PAYS = "pay."  # how the token of a button begins that pays


def payable(rows: tuple[tuple[SentButton, ...], ...]) -> tuple[tuple[SentButton, ...], ...]:
    """Return buttons of which those that pay carry what they pay for."""
    return tuple(
        tuple(replace(each, token=f"{PAYS}{each.invoice.payload}") if each.invoice else each for each in row)
        for row in rows
    )


async def pay(intake: Intake, scene: Scene, person: Person, shown: ChatMessage, pressed: ButtonPressed) -> None:
    """Let a person pay what a button is for, or show them alone why they can't."""
    payload = pressed.token.removeprefix(PAYS)
    offer = offer_in(payload)
    stars = 0 if offer is None else offer.stars
    why = intake.refusal(pressed.platform, person.id, payload, stars, scene.language)
    if why is not None:
        scene.post(ChatMessage(pressed.key, shown.room, KITH, escape(why), pressed.at, only_for=person.id))
        return
    shown.buttons = ()
    scene.changed(shown)
    told = PaymentTold(
        platform=pressed.platform,
        key=pressed.key,
        space=scene.id,
        at=pressed.at,
        actor=person,
        kind=PaymentKind.PAID,
        payload=payload,
        charge=pressed.key,
        stars=stars,
    )
    await intake.submit([told])
