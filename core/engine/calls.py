"""Answers commands and buttons: finds the handler, checks who may, reads the arguments, writes the reply down."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import structlog

from core.domain.community import Community, Settings, Space
from core.domain.errors import BadInput, KithError, NotAllowed, NotFound
from core.domain.events import Asked, ButtonPressed, CommandCalled, Event, FormSent, WroteDirectly
from core.domain.message import Button, Reply
from core.domain.outgoing import Outgoing, SentButton
from core.domain.people import Rights
from core.domain.tasks import Task
from core.engine.batch import Batch
from core.engine.forms import Forms
from core.engine.questions import Questions
from core.engine.registry import Registry
from core.engine.seal import Sealer
from core.engine.settle import AtEnd, do_at_end, settle
from core.kit.arguments import read, spelled_out, words_of
from core.kit.context import Context
from core.kit.declare import Command
from core.kit.texts import Markup, Texts, language_of
from core.store.buttons import ButtonState, new_token
from core.store.outbox import OutboxRow
from core.store.unit import DatabaseDown, UnitOfWork

BUTTON_LIFE = timedelta(days=2)
_log = structlog.get_logger()


@dataclass(slots=True)
class Caller:
    """Answer what was asked within a unit of work."""

    unit: UnitOfWork
    registry: Registry
    now: datetime
    sealer: Sealer
    ephemeral: frozenset[str]
    dialogs: frozenset[str]
    apart: frozenset[str]
    _at_end: AtEnd = field(default_factory=dict)

    async def place(self, event: Event) -> Event | None:
        """Find the space that a direct chat is about: of the community last joined; None where there is none."""
        for space in await self.places(event):
            return replace(event, space=space.external_id)
        if isinstance(event, Asked) and event.actor is not None:
            await self._stranger(event)
        return None

    async def places(self, event: Event) -> list[Space]:
        """Return the open spaces of the community that a direct chat is about, on the chat's platform."""
        if event.actor is None:
            return []
        known = await self.unit.members.communities_of(event.platform, event.actor.id)
        about = await self._about(event)
        if about is not None and about in known:
            known = [about]
        for community_id in known:
            spaces = await self.unit.communities.spaces_of(community_id)
            if here := [each for each in spaces if each.platform == event.platform and not each.closed]:
                return here
        return []

    async def command_of(self, event: Asked) -> Command | None:
        """Return what an event calls, None where that is nothing, or not there any more."""
        if isinstance(event, CommandCalled):
            return self.registry.commands.get(event.name.lower())
        if isinstance(event, ButtonPressed):
            kept = await self.unit.buttons.find(event.token, self.now)
            return None if kept is None else self.registry.called(kept.command, kept.options)
        if isinstance(event, WroteDirectly) and event.draft is not None:
            draft = await self.unit.drafts.get(event.draft)
            return None if draft is None else self.registry.called(draft.action, ())
        return None

    async def _about(self, event: Event) -> int | None:
        """Return the community of the button that is pressed, or of the form that is answered."""
        if isinstance(event, ButtonPressed):
            kept = await self.unit.buttons.find(event.token, self.now)
            return None if kept is None else kept.community_id
        if isinstance(event, WroteDirectly) and event.draft is not None:
            draft = await self.unit.drafts.get(event.draft)
            return None if draft is None else draft.community_id
        return None

    async def _stranger(self, event: Asked) -> None:
        texts = Texts(language_of(event.locale))
        to = event.actor.id if event.actor else None
        outgoing = Outgoing(
            text=texts("direct-stranger"),
            platform=event.platform,
            to=to,
            private=True,
            direct=True,
            reply_handle=event.reply_handle,
            locale=texts.language,
        )
        await self.unit.outbox.add([OutboxRow(outgoing)], self.now)

    async def answer(self, batch: Batch, event: Asked) -> None:
        """Answer a command or a pressed button; whatever goes wrong ends in one line to the person."""
        context = await self._context(batch, event)
        command: Command | None = None
        kept: ButtonState | None = None
        try:
            async with self.unit.connection.begin_nested():
                command, kept = await self._find(context, event)
                if self._must_show_themself(context, command, event):
                    reply = await self._press(context, command, await self._given(context, command, kept))
                else:
                    self.check(context, command)
                    given = await self._given(context, command, kept)
                    if command.asks:
                        reply, kept = await self._filled_in(context, command, event, kept, given)
                    else:
                        reply = self._as_private(command, await self._handle(context, command, given))
        except DatabaseDown:
            raise
        except KithError as error:
            context.forget()
            reply = Reply(context.t.error(error), error.buttons, private=True)
            kept = None
        except Exception:
            context.forget()
            reply = Reply(fault(context, command.name if command else None), private=True)
            kept = None
        await self.write(context, event, reply, kept)

    def _must_show_themself(self, context: Context, command: Command, event: Asked) -> bool:
        """Say whether whoever writes in the name of a group or channel gets further only under their own."""
        if event.direct or event.actor is None or not event.actor.bot or event.platform in self.ephemeral:
            return False
        return command.private or not context.rights.covers(command.rights)

    @staticmethod
    async def _press(context: Context, command: Command, given: Mapping[str, str]) -> Reply:
        """Ask for a press, which carries the name of whoever presses: rights are theirs, and so is a private answer."""
        label = context.t.plain("button-show-yourself")
        options = await spelled_out(context, command, given)
        button = Button(label, command.name, options, anyone=True, replace_message=False)
        return Reply(context.t("show-yourself"), ((button,),))

    async def _filled_in(
        self, context: Context, command: Command, event: Asked, kept: ButtonState | None, given: Mapping[str, str]
    ) -> tuple[Reply, ButtonState | None]:
        """Return what comes of a form, and the button whose message that takes the place of."""
        forms = Forms(self.unit, self.sealer, self.now)
        if isinstance(event, FormSent):
            reply, done = await forms.sent(context, command, event, given, self._attempt)
            hidden = kept is not None and kept.private and not reply.private  # all may read what comes of it
            return reply, kept if done and not hidden else None
        if event.platform in self.dialogs:
            return forms.pressed_late(context, command, given), None
        return await Questions(forms, context, command, event, given, self._attempt).answer(), kept

    async def _attempt(self, context: Context, command: Command, given: Mapping[str, str]) -> tuple[Reply, bool]:
        try:
            async with self.unit.connection.begin_nested():
                return self._as_private(command, await self._handle(context, command, given)), True
        except DatabaseDown:
            raise
        except KithError as error:
            context.forget()
            return Reply(context.t.error(error), private=True), False
        except Exception:
            context.forget()
            return Reply(fault(context, command.name), private=True), False

    async def call(self, context: Context, name: str, given: Mapping[str, str]) -> Any:
        """Return what a command answers to these options; raise KithError with what was wrong."""
        command = self._called(name, given)
        return self._as_private(command, await self._handle(context, command, given))

    def _called(self, name: str, options: Collection[str]) -> Command:
        command = self.registry.called(name, options)
        if command is None:
            raise LookupError(f"nothing is called {name}")
        return command

    @staticmethod
    async def _handle(context: Context, command: Command, given: Mapping[str, str]) -> Any:
        return await command.handler(context, **await read(context, command, given))

    async def answered(self, name: str, given: Mapping[str, str], handling: Awaitable[Any]) -> Any:
        """Return what is answered to a call that was put off, as private as what was called is."""
        return self._as_private(self._called(name, given), await handling)

    @staticmethod
    def _as_private(command: Command, reply: Any) -> Any:
        """Return an answer as private as the command is; Work, in a call that was put off, as it is."""
        return replace(reply, private=reply.private or command.private) if isinstance(reply, Reply) else reply

    async def again(self, task: Task, event: Asked) -> Context:
        """Return the context of a call that was put off; raise KeyError or LookupError where the asker is gone."""
        if task.account_id is None:
            raise LookupError("nobody asked")
        account = await self.unit.members.account(task.account_id)
        member = await self.unit.members.get(account.member_id)
        community = await self.unit.communities.get(task.community_id)
        space = (await self.unit.communities.spaces(event.platform, [event.space]))[event.space]
        return Context(
            self.unit,
            self.now,
            community,
            Texts(member.language or self._client_language(event, community.settings.language)),
            space,
            None,
            account,
            member,
            event.rights or Rights.MEMBER,
            event,
            self.sealer.hash,
            self.sealer.seal,
            **self._declared(),
            working=True,
        )

    async def _context(self, batch: Batch, event: Asked) -> Context:
        space = batch.places.space(event)
        community = (await self.unit.communities.many([space.community_id]))[space.community_id]
        account = batch.people.account(event, event.actor)
        # Read again: a command of the same batch may have moved the account to another member.
        member = (await self.unit.members.of_accounts([account.id]))[account.id] if account else None
        account = replace(account, member_id=member.id) if account and member else None
        language = (member.language if member else None) or self._client_language(event, community.settings.language)
        return Context(
            self.unit,
            self.now,
            community,
            Texts(language),
            space,
            batch.places.room(event),
            account,
            member,
            self.rights(event, community.settings),
            event,
            self.sealer.hash,
            self.sealer.seal,
            **self._declared(),
            at_end=self._at_end.setdefault(community.id, {}),
        )

    async def finish(self) -> None:
        """Do what is done once for all that was answered."""
        await do_at_end(self.unit, self.registry, self._at_end, self._of_community)

    def _of_community(self, community: Community) -> Context:
        return Context(self.unit, self.now, community, Texts(community.settings.language), **self._declared())

    def _declared(self) -> dict[str, Any]:
        """Return what a context knows of all that features declare."""
        return {
            "catalogue": tuple(self.registry.commands.values()),
            "choices": self.registry.choices,
            "kinds": self.registry.kinds,
            "charts": self.registry.charts,
            "public_address": self.registry.public_address,
            "fetch_private": self.registry.fetch_private,
        }

    @staticmethod
    def rights(event: Asked, settings: Settings) -> Rights:
        """Return what the caller may do: a hidden administrator something only where the owner opted in."""
        if event.anonymous:
            return Rights.MODERATOR if settings.anonymous_admins else Rights.MEMBER
        return event.rights if event.rights and event.rights.covers(Rights.MEMBER) else Rights.MEMBER

    @staticmethod
    def _client_language(event: Asked, default: str) -> str:
        return language_of(event.locale, default) if event.direct else default

    async def _find(self, context: Context, event: Asked) -> tuple[Command, ButtonState | None]:
        if isinstance(event, ButtonPressed):
            kept = await self.unit.buttons.find(event.token, self.now)
            # A command that a newer version no longer has leaves its buttons behind.
            command = None if kept is None else self.registry.called(kept.command, kept.options)
            if kept is None or command is None or kept.community_id != context.community.id:
                raise NotFound("error-button-gone")
            if kept.account_id is not None and kept.account_id != context.my_account.id:
                raise NotAllowed("error-button-not-yours")
            return command, kept
        if isinstance(event, WroteDirectly):
            return await self.command_of(event) or self.registry.talker(), None
        if not isinstance(event, CommandCalled):
            raise TypeError(f"nothing answers {type(event).__name__}")
        command = self.registry.commands.get(event.name.lower())
        if command is None:
            raise BadInput("error-unknown-command", name=event.name[:32])
        return command, None

    @staticmethod
    async def _given(context: Context, command: Command, kept: ButtonState | None) -> dict[str, str]:
        """Return what was given with a call: by its button, its options or its words."""
        call = context.call
        if kept is not None:
            return kept.options
        if not isinstance(call, CommandCalled):
            return {}  # somebody talks, or answers a question
        shown = {parameter.name for parameter in command.parameters}
        return {name: value for name, value in call.options.items() if name in shown} or await words_of(
            context, command, call
        )

    @staticmethod
    def check(context: Context, command: Command) -> None:
        """Raise NotAllowed where the caller may not call a command here."""
        if context.member is not None and context.member.left_at is not None and not command.leavers:
            raise NotAllowed("error-you-left", community=context.community.name)
        if not context.rights.covers(command.rights):
            if context.call is not None and context.call.rights is Rights.UNKNOWN:
                raise NotAllowed("error-rights-unknown")
            raise NotAllowed("error-owners-only" if command.rights is Rights.OWNER else "error-moderators-only")
        # A button in a direct chat knows its community; a command there means the one last joined.
        if isinstance(context.call, CommandCalled) and context.call.direct and not command.direct:
            raise NotAllowed("error-group-only", name=command.name)

    async def write(self, context: Context, event: Asked, reply: Reply, kept: ButtonState | None = None) -> None:
        """Write down what was answered, with its buttons, and what is put off."""
        # Whoever writes in the name of a group or channel has no direct chat.
        private = reply.private and (event.platform in self.ephemeral or event.actor is None or not event.actor.bot)
        changes = _changes(event, kept, private=private) and (event.direct or not reply.asks)
        private = private or (changes and kept is not None and kept.private)
        buttons: list[ButtonState] = []
        rows: list[tuple[SentButton, ...]] = []
        hidden = reply.private or event.direct  # what one person alone may read never takes the place of what all see
        for row in reply.buttons:
            made: list[SentButton] = []
            for button in row:
                if button.url is not None or button.invoice is not None:
                    made.append(SentButton(button.label, url=button.url, invoice=button.invoice))
                    continue
                token = new_token(asks=button.asks)
                # Who stays anonymous presses under their own name: rights alone decide who may.
                nobody = button.anyone or context.account is None or event.anonymous
                owner = None if nobody or context.account is None else context.account.id
                buttons.append(
                    ButtonState(
                        token,
                        context.community.id,
                        owner,
                        button.command,
                        dict(button.options),
                        button.replace_message and (hidden or not self._called(button.command, button.options).private),
                        self.now + BUTTON_LIFE,
                        private=private or event.direct,
                    )
                )
                made.append(SentButton(button.label, token, choice=button.choice))
            rows.append(tuple(made))
        await self.unit.buttons.add(buttons)
        needs_direct = private and not event.direct and (reply.asks or event.platform not in self.ephemeral)
        hint = "forms-fallback" if reply.asks else "private-fallback"
        person = event.actor.name if event.actor else ""
        outgoing = Outgoing(
            text=reply.text,
            platform=event.platform,
            space=event.space,
            room=event.room,
            to=event.actor.id if event.actor else None,
            private=private or event.direct,
            direct=event.direct,
            buttons=tuple(rows),
            picture=reply.picture and context.t.punctuated(reply.picture),
            file=reply.file,
            attachment=reply.attachment,
            reply_handle=event.reply_handle,
            replaces=event.message if changes and isinstance(event, ButtonPressed) else None,
            fallback=context.t(hint, name=context.me.name or person) if needs_direct and context.member else None,
            locale=context.t.language,
            asks=reply.asks,
            apart=event.platform in self.apart,
        )
        account_id = context.account.id if context.account else None
        first = OutboxRow(outgoing, context.community.id, account_id)
        await settle(self.unit, context, self.registry, first)


def _changes(event: Asked, kept: ButtonState | None, *, private: bool) -> bool:
    """Say whether an answer takes the place of the message with the button: none for one alone that of one for all."""
    if kept is None or not kept.replace_message or not isinstance(event, ButtonPressed):
        return False
    return not private or kept.private or event.direct


def fault(context: Context, command: str | None) -> Markup:
    """Log the exception under way with an id, and return the words that name the id alone."""
    number = f"K-{secrets.token_hex(2).upper()}"
    _log.exception("command failed", fault=number, command=command)
    return context.t("fault", id=number)
