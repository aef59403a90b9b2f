"""A form in questions, one after the other in the direct chat, where a platform can't show the whole of it.

Buttons say what they do in options that no field can have: `form.do`, about which field, of which draft.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.domain.errors import KithError, NotFound
from core.domain.events import Asked, WroteDirectly
from core.domain.forms import Choice, Field, Several, Upload, missing
from core.domain.message import Button, Reply, escape
from core.engine.forms import Attempt, Filled, Forms, own, riding
from core.kit.context import Context
from core.kit.declare import Command
from core.kit.forms import field_named, fields_of, settled, title_of, with_people
from core.kit.texts import Markup
from core.kit.words import Rows
from core.store.drafts import DIRECT, Draft

DO, ABOUT, VALUE, DRAFT, INSTEAD = "form.do", "form.field", "form.value", "form.draft", "form.instead"
_IN_A_ROW = 2
_SHOWN = 60  # characters of an answer that a button repeats


@dataclass(slots=True)
class Questions:
    """Ask one person for the fields of one form; `event` is what they just did."""

    forms: Forms
    context: Context
    command: Command
    event: Asked
    options: Mapping[str, str]
    attempt: Attempt

    async def answer(self) -> Reply:
        """Return the next question, or what comes of the form when it is sent."""
        if isinstance(self.event, WroteDirectly):
            draft = await self.forms.unit.drafts.get(self.event.draft or 0)
        elif DO in self.options:
            draft = await self.forms.unit.drafts.get(int(self.options[DRAFT]))
        else:
            return await self._open()
        if draft is None or draft.account_id != self.context.my_account.id or draft.action != self.command.name:
            raise NotFound("forms-gone", title=title_of(self.context.t, self.command))
        filled = self.forms.filled(draft)
        if filled is None:
            return await self._over(draft)
        if isinstance(self.event, WroteDirectly):
            return await self._wrote(filled, self.event)
        return await self._done(draft, filled)

    # --- beginning and ending --------------------------------------------------------------

    async def _open(self) -> Reply:
        """Begin; where another form is under way in the chat, ask which of the two is meant."""
        given = own(self.command, self.options)
        other = (await self.forms.unit.drafts.asked(self.event.platform, [self._person])).get(self._person)
        # A newer version may know nothing of what is under way.
        known = other is not None and self.context.t.has(f"form-{other.action}")
        under_way = self.forms.filled(other) if known else None
        if other is not None and under_way is not None and INSTEAD not in self.options:
            mine = other.account_id == self.context.my_account.id and other.action == self.command.name
            if not mine or riding(self.command, under_way.given) != riding(self.command, given):
                return self._which(other)
            return await self._go_on(replace(under_way, given={**given, **under_way.given}))
        if other is not None:
            await self.forms.unit.drafts.drop(other.id)
        following = missing(fields_of(self.context.t, self.command, given), given)
        if following is None:
            return await self._review(Filled(given))
        return await self._ask(Filled(given), following.name)

    def _which(self, other: Draft) -> Reply:
        """Ask whether to go on with what is under way, or to leave it for the form that was just opened."""
        t = self.context.t
        title = t.plain(f"form-{other.action}")
        on = Button(t.plain("button-form-on"), other.action, {DO: "on", DRAFT: str(other.id)})
        instead = Button(
            t.plain("button-form-instead"), self.command.name, {**own(self.command, self.options), INSTEAD: "yes"}
        )
        return self._reply(t("forms-another", title=title), ((on,), (instead,)))

    async def _over(self, draft: Draft) -> Reply:
        """Say that a form waited too long, with a way to begin anew."""
        t = self.context.t
        await self.forms.unit.drafts.drop(draft.id)
        again = Button(
            t.plain("button-form-anew"), self.command.name, riding(self.command, self.forms.read(draft).given)
        )
        return self._reply(t("forms-gone", title=title_of(t, self.command)), ((again,),))

    @property
    def _person(self) -> str:
        return self.event.actor.id if self.event.actor else ""

    # --- what the person did ---------------------------------------------------------------

    async def _wrote(self, filled: Filled, event: WroteDirectly) -> Reply:
        text = event.text.strip()
        if not filled.asked or not (text or (event.attachment and self._asks_for_file(filled))):
            return await self._go_on(filled)
        return await self._take(filled, filled.asked, text)

    def _asks_for_file(self, filled: Filled) -> bool:
        fields = fields_of(self.context.t, self.command, filled.given)
        return isinstance(field_named(fields, filled.asked).kind, Upload)

    async def _take(self, filled: Filled, name: str, raw: str) -> Reply:
        """Take an answer and go on to what nothing is known of yet; ask again where it makes no sense."""
        fields = fields_of(self.context.t, self.command, filled.given)
        try:
            value = await settled(self.context, self.command, field_named(fields, name), raw)
        except KithError as error:
            return await self._ask(filled, name, error)
        return await self._go_on_from(Filled({**filled.given, name: value}))

    async def _go_on_from(self, filled: Filled) -> Reply:
        following = missing(fields_of(self.context.t, self.command, filled.given), filled.given)
        return await (self._sum_up(filled) if following is None else self._ask(filled, following.name))

    async def _go_on(self, filled: Filled) -> Reply:
        """Show again where the person is."""
        return await (self._ask(filled, filled.asked) if filled.asked else self._go_on_from(filled))

    async def _done(self, draft: Draft, filled: Filled) -> Reply:  # noqa: PLR0911  one for each button
        name, value = self.options.get(ABOUT, ""), self.options.get(VALUE, "")
        match self.options[DO]:
            case "answer":
                return await self._take(filled, name, value)
            case "toggle":
                return await self._toggle(filled, name, value)
            case "leave":
                return await self._go_on_from(Filled({name: "", **filled.given}))
            case "back":
                return await self._back(filled, name)
            case "ask":
                return await self._ask(filled, name)
            case "review":
                return await self._review(filled)
            case "cancel":
                await self.forms.unit.drafts.drop(draft.id)
                return self._reply(self.context.t("forms-cancelled", title=title_of(self.context.t, self.command)), ())
            case "send":
                return await self._send(draft, filled)
        return await self._go_on(filled)

    async def _toggle(self, filled: Filled, name: str, value: str) -> Reply:
        chosen = [each for each in filled.given.get(name, "").split(",") if each]
        chosen = [each for each in chosen if each != value] if value in chosen else [*chosen, value]
        kind = field_named(fields_of(self.context.t, self.command, filled.given), name).kind
        ordered = kind.value_of(",".join(chosen)) if isinstance(kind, Several) else value
        return await self._ask(Filled({**filled.given, name: ordered}), name)

    async def _back(self, filled: Filled, name: str) -> Reply:
        names = [each.name for each in self.command.fields]
        place = names.index(name) if name in names else len(names)
        return await self._ask(filled, names[max(0, place - 1)])

    async def _send(self, draft: Draft, filled: Filled) -> Reply:
        if missing(fields_of(self.context.t, self.command, filled.given), filled.given) is not None:
            return await self._go_on_from(filled)
        reply, done = await self.attempt(self.context, self.command, filled.given)
        if done:
            await self.forms.unit.drafts.drop(draft.id)
            return reply
        summary = await self._sum_up(filled)
        return replace(
            summary, text=Markup(f"{reply.text}\n\n{summary.text}"), buttons=(*reply.buttons, *summary.buttons)
        )

    # --- what the person sees --------------------------------------------------------------

    async def _ask(self, filled: Filled, name: str, wrong: KithError | None = None) -> Reply:
        """Ask for a field, with what was wrong with the last answer."""
        t = self.context.t
        fields = await with_people(self.context, fields_of(t, self.command, filled.given), self.event.platform)
        asked = field_named(fields, name)
        draft = await self._keep(replace(filled, asked=name))
        place = fields.index(asked)
        head = t("forms-question", title=title_of(t, self.command), place=place + 1, of=len(fields))
        lines = [head, Markup(f"**{escape(asked.label)}**")]
        if asked.help:
            lines.append(Markup(escape(asked.help)))
        if wrong is not None:
            lines.append(Markup(f"⚠️ {t.error(wrong)}"))
        rows = [*self._offers(draft, asked, wrong), *self._choices(draft, asked)]
        if row := self._without_an_answer(draft, asked):
            rows.append(row)
        back = (self._button("button-back", draft, "back", name),) if place else ()
        return self._reply(
            Markup("\n".join(lines)), (*rows, (*back, self._button("button-form-cancel", draft, "cancel")))
        )

    def _offers(self, draft: int, asked: Field, wrong: KithError | None) -> Rows:
        """Return buttons for whom could have been meant; options have theirs anyway."""
        offers = () if wrong is None or isinstance(asked.kind, Choice) else wrong.offers
        return tuple((self._labelled(label, draft, "answer", asked.name, value),) for label, value in offers)

    def _choices(self, draft: int, asked: Field) -> Rows:
        if not isinstance(asked.kind, Choice):
            return ()
        do = "toggle" if isinstance(asked.kind, Several) else "answer"
        chosen = (asked.value or "").split(",")
        buttons = [
            self._labelled(("✓ " if each.value in chosen else "") + each.label, draft, do, asked.name, each.value)
            for each in asked.kind.options
        ]
        return tuple(tuple(buttons[start : start + _IN_A_ROW]) for start in range(0, len(buttons), _IN_A_ROW))

    def _without_an_answer(self, draft: int, asked: Field) -> tuple[Button, ...]:
        """Return the button that goes on without typing: what is there stays, or the field stays empty."""
        t = self.context.t
        if asked.value and isinstance(asked.kind, Several):
            return (self._button("button-form-ready", draft, "leave", asked.name),)
        if asked.value:
            label = t.plain("button-form-keep", value=asked.shown[:_SHOWN])
            keep = self._labelled(label, draft, "leave", asked.name)
            return (keep,) if asked.required else (keep, self._button("button-form-empty", draft, "answer", asked.name))
        return () if asked.required else (self._button("button-form-skip", draft, "answer", asked.name),)

    async def _sum_up(self, filled: Filled) -> Reply:
        """Show all that was given, to be sent or changed."""
        t = self.context.t
        draft = await self._keep(replace(filled, asked=""))
        fields = await with_people(self.context, fields_of(t, self.command, filled.given), self.event.platform)
        lines = [t("forms-summary", title=title_of(t, self.command))]
        lines += [t("forms-line", label=each.label, value=each.shown or t.plain("forms-nothing")) for each in fields]
        row = (self._button("button-form-send", draft, "send"), self._button("button-form-change", draft, "review"))
        return self._reply(Markup("\n".join(lines)), (row, (self._button("button-form-cancel", draft, "cancel"),)))

    async def _review(self, filled: Filled) -> Reply:
        """Show all that was given, to choose what is changed."""
        summary = await self._sum_up(filled)
        draft = await self._keep(replace(filled, asked=""))
        fields = fields_of(self.context.t, self.command, filled.given)
        rows = tuple((self._labelled(each.label, draft, "ask", each.name),) for each in fields)
        last = (
            self._button("button-form-ready", draft, "on"),
            self._button("button-form-cancel", draft, "cancel"),
        )
        return replace(summary, buttons=(*rows, last))

    async def _keep(self, filled: Filled) -> int:
        return await self.forms.keep(self.context, DIRECT, self.command, filled)

    def _button(self, key: str, draft: int, do: str, about: str = "") -> Button:
        return self._labelled(self.context.t.plain(key), draft, do, about)

    def _labelled(self, label: str, draft: int, do: str, about: str = "", value: str = "") -> Button:
        options = {DO: do, DRAFT: str(draft), ABOUT: about, VALUE: value}
        return Button(label, self.command.name, options)

    @staticmethod
    def _reply(text: Markup, rows: Rows) -> Reply:
        return Reply(text, rows, private=True, asks=True)
