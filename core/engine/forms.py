"""Forms: what was filled in so far, how a platform shows the whole of one, and what comes of one that was sent."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography.fernet import InvalidToken

from core.domain.errors import KithError
from core.domain.events import Asked, FormSent
from core.domain.forms import Field, Form, Upload
from core.domain.message import Button, Reply
from core.engine.seal import Sealer
from core.kit.arguments import kind_of
from core.kit.context import Context
from core.kit.declare import Command
from core.kit.forms import fields_of, settled, title_of, with_people
from core.store.drafts import DIRECT, Draft
from core.store.unit import UnitOfWork

LIFE = timedelta(days=1)  # for which one can go on with a form
FIRST = "form.first"  # what a button that opens a form says beside its fields: the one with which it begins
# Calls a form's action: what it answers, and whether it was done; where not, all of it is taken back.
Attempt = Callable[[Context, Command, Mapping[str, str]], Awaitable[tuple[Reply, bool]]]


@dataclass(frozen=True, slots=True)
class Filled:
    """What is known of a form: what was given, by field, hidden ones too, and which field is asked for now."""

    given: Mapping[str, str] = field(default_factory=dict)
    asked: str = ""


def chat_of(event: Asked) -> str:
    """Return the chat in which somebody fills in a form that is shown as a whole."""
    return DIRECT if event.direct else f"{event.space}/{event.room or ''}"[:160]


def own(command: Command, options: Mapping[str, str]) -> dict[str, str]:
    """Return what a button gives to the fields of its form: never a file, which comes with an answer alone."""
    files = {each.name for each in command.fields if isinstance(kind_of(each), Upload)}
    return {name: value for name, value in options.items() if "." not in name and name not in files}


def riding(command: Command, given: Mapping[str, str]) -> dict[str, str]:
    """Return what rides along with a form: what its button gave and nobody is asked for."""
    return {
        each.name: given[each.name] for each in command.parameters if each.name in command.hidden and each.name in given
    }


@dataclass(slots=True)
class Forms:
    """Keep forms under way, and end them."""

    unit: UnitOfWork
    sealer: Sealer
    now: datetime

    def filled(self, draft: Draft | None) -> Filled | None:
        """Return what a draft holds, None where there is none or nobody went on with it for a day."""
        return None if draft is None or self.now - draft.touched_at >= LIFE else self.read(draft)

    def read(self, draft: Draft) -> Filled:
        """Return what a draft holds, however old: nothing where the key is gone that it was sealed with."""
        try:
            return Filled(*json.loads(self.sealer.open(draft.sealed)))
        except InvalidToken:
            return Filled()

    async def keep(self, context: Context, chat: str, command: Command, filled: Filled) -> int:
        """Keep what was filled in so far, and return the draft's id."""
        sealed = self.sealer.seal(json.dumps([dict(filled.given), filled.asked]))
        account = context.my_account
        return await self.unit.drafts.keep(context.community.id, account.id, chat, command.name, sealed, self.now)

    async def begun(self, context: Context, chat: str, command: Command, given: Mapping[str, str]) -> dict[str, str]:
        """Return what the caller has filled in of this form already, about the same things; nothing if never."""
        if context.account is None:
            return {}
        draft = await self.unit.drafts.of(context.account.id, chat)
        filled = self.filled(draft) if draft is not None and draft.action == command.name else None
        same = filled is not None and riding(command, filled.given) == riding(command, given)
        return dict(filled.given) if filled is not None and same else {}

    async def shown(
        self, context: Context, command: Command, event: Asked, token: str, options: Mapping[str, str], most: int
    ) -> Form:
        """Return a form as whoever opens it sees it: at most so many fields, with what they gave before."""
        given = own(command, options) | await self.begun(context, chat_of(event), command, own(command, options))
        fields = await with_people(context, fields_of(context.t, command, given), event.platform)
        form = Form(token=token, title=title_of(context.t, command), fields=fields)
        return form.cut(most, options.get(FIRST))

    async def sent(
        self, context: Context, command: Command, event: FormSent, options: Mapping[str, str], attempt: Attempt
    ) -> tuple[Reply, bool]:
        """Return what comes of a form that was sent, and whether it was done; what was filled in is kept until then."""
        chat, t = chat_of(event), context.t
        given = own(command, options) | await self.begun(context, chat, command, own(command, options))
        fields = fields_of(t, command, given)
        sent = [each for each in fields if each.name in event.values]
        given, wrong = await self._taken(context, command, event, given, sent)
        again = self._button(t.plain("button-form-change"), command, options, sent[0].name if sent else "")
        if wrong is not None:
            await self.keep(context, chat, command, Filled(given))
            return Reply(t.error(wrong), ((again,),), private=True), False
        if sent and (left := fields[fields.index(sent[-1]) + 1 :]):
            await self.keep(context, chat, command, Filled(given))
            further = self._button(t.plain("button-form-further"), command, options, left[0].name)
            done = len(fields) - len(left)
            return Reply(t("forms-further", done=done, of=len(fields)), ((further,),), private=True), False
        await self.keep(context, chat, command, Filled(given))
        reply, done = await attempt(context, command, given)
        if not done:
            first = self._button(t.plain("button-form-change"), command, options, "")
            return Reply(reply.text, (*reply.buttons, (first,)), private=True), False
        if (draft := await self.unit.drafts.of(context.my_account.id, chat)) is not None:
            await self.unit.drafts.drop(draft.id)
        return reply, True

    @staticmethod
    async def _taken(
        context: Context, command: Command, event: FormSent, given: Mapping[str, str], sent: list[Field]
    ) -> tuple[dict[str, str], KithError | None]:
        """Return what is known with what was sent, and the first thing wrong with that, which stays as it is."""
        whole, wrong = dict(given), None
        for each in sent:
            raw = event.values[each.name]
            try:
                whole[each.name] = await settled(context, command, each, raw)
            except KithError as error:
                if not isinstance(each.kind, Upload):
                    whole[each.name] = raw
                wrong = wrong or error
        return whole, wrong

    @staticmethod
    def _button(label: str, command: Command, options: Mapping[str, str], first: str) -> Button:
        return Button(label, command.name, {**own(command, options), FIRST: first}, asks=True)

    def pressed_late(self, context: Context, command: Command, options: Mapping[str, str]) -> Reply:
        """Return what is said where a platform could not show a form in time: press once more."""
        again = self._button(context.t.plain("button-form-open"), command, options, options.get(FIRST, ""))
        return Reply(context.t("forms-late"), ((again,),), private=True)
