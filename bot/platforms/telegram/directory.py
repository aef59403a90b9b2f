"""Who is who: the people whom updates name, and whose handle is whose."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import replace

from bot.platforms.telegram.fields import Json, clean, covered, whole
from core.domain.people import Person

_HANDLES_KEPT = 50_000


class Directory:
    """Read people from updates, and remember who has which handle."""

    def __init__(self) -> None:
        self._handles = _Handles()

    def author(self, message: Json) -> Person | None:
        """Return who wrote: a person, or the chat in whose name it was written, which counts as no person."""
        if chat := message.get("sender_chat"):
            return Person(str(whole(chat["id"])), clean(chat.get("title", "")), chat.get("username"), bot=True)
        return self.person(message["from"]) if "from" in message else None

    def person(self, user: Json) -> Person:
        """Return who a user is."""
        name = " ".join(part for part in (user["first_name"], user.get("last_name")) if part)
        person = Person(str(whole(user["id"])), clean(name), user.get("username"), bool(user.get("is_bot")))
        self._handles.note(person)
        return person

    def mentions(self, message: Json) -> Iterator[tuple[str, Person]]:
        """Yield whom a text names, with the words that do; a handle tells only if its owner was seen."""
        text = message.get("text") or message.get("caption") or ""
        for entity in message.get("entities") or message.get("caption_entities") or ():
            if entity["type"] not in ("mention", "text_mention"):
                continue
            words = covered(text, entity)
            if entity["type"] == "text_mention":
                yield words, self.person(entity["user"])
            elif person := self._handles.find(words):
                yield words, person


class _Handles:
    """Who has which handle, as last seen: one person a handle, one handle a person."""

    def __init__(self) -> None:
        self._owners: OrderedDict[str, Person] = OrderedDict()
        self._held: dict[str, str] = {}

    def note(self, person: Person) -> None:
        """Let a handle lead to whoever has it now; the one that they had before is free."""
        self._let_go(person.id)
        if not person.username:
            return
        handle = person.username.casefold()
        if handle in self._owners:
            self._let_go(self._owners[handle].id)
        self._owners[handle], self._held[person.id] = person, handle
        if len(self._owners) > _HANDLES_KEPT:
            self._let_go(next(iter(self._owners.values())).id)

    def find(self, word: str) -> Person | None:
        """Return whom `@handle` names, from memory."""
        found = self._owners.get(word.removeprefix("@").casefold())
        return None if found is None else replace(found, remembered=True)

    def _let_go(self, person: str) -> None:
        handle = self._held.pop(person, None)
        if handle is not None:
            del self._owners[handle]
