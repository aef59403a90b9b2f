"""Who comes, goes and is made what in the chats of a Bot API server, and what the bot is told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.world._telegram_things import Chat, Json


class Moves:
    """The moves of members, and of the bot itself."""

    def join(self, user: Any, chat: Any, *, link: Any = None, by: Any = None, quiet: bool = False) -> None:
        """Let a person into a chat (through an invite link, or added by somebody)."""
        room, person = self.chat(chat), self.person(user)
        adder = self.person(by).user if by is not None else person.user
        extra: Json = {}
        if link is not None:
            url = link["invite_link"] if isinstance(link, dict) else link
            extra["invite_link"] = room.links[url]
        self._move(room, person.user, {"status": "member"}, adder, extra)
        if room.type != "channel" and not quiet:
            self._tell("message", self._message(room, adder, new_chat_members=[person.user]), room)

    def leave(self, user: Any, chat: Any) -> None:
        """Let a person walk out."""
        room, person = self.chat(chat), self.person(user)
        self._move(room, person.user, {"status": "left"}, person.user, {})
        if room.type != "channel":
            self._tell("message", self._message(room, person.user, left_chat_member=person.user), room)

    def kick(self, user: Any, chat: Any, by: Any) -> None:
        """Remove a person and keep them out."""
        room, person, boss = self.chat(chat), self.person(user), self.person(by)
        self._move(room, person.user, {"status": "kicked", "until_date": 0}, boss.user, {})
        if room.type != "channel":
            self._tell("message", self._message(room, boss.user, left_chat_member=person.user), room)

    def promote(self, user: Any, chat: Any, by: Any = None, **rights: Any) -> None:
        """Make a person an administrator; `rights` override the usual ones (`is_anonymous=True`, …)."""
        room, who = self.chat(chat), self.person(user).user
        boss = self.person(by).user if by is not None else self._owner(room)
        self._move(room, who, self._admin_fields() | {"can_be_edited": False} | rights, boss, {})

    def demote(self, user: Any, chat: Any, by: Any = None) -> None:
        """Take a person's rights away; they stay a member."""
        room, who = self.chat(chat), self.person(user).user
        boss = self.person(by).user if by is not None else self._owner(room)
        self._move(room, who, {"status": "member"}, boss, {})

    def ask_to_join(self, user: Any, chat: Any, *, link: Any = None) -> None:
        """Ask for admission; for five minutes the bot may then write to that person."""
        room, person = self.chat(chat), self.person(user)
        room.requests.add(person.user["id"])
        person.open_until = self.now() + 300
        request = {
            "chat": dict(room.public),
            "from": person.user,
            "user_chat_id": person.user["id"],
            "date": int(self.now()),
        }
        if link is not None:
            request["invite_link"] = room.links[link["invite_link"] if isinstance(link, dict) else link]
        self._tell("chat_join_request", request, room)

    def admit(self, room: Chat, user: int, by: Json) -> None:
        """Grant a request to join."""
        room.requests.discard(user)
        self._move(room, self.people[user].user, {"status": "member"}, by, {"via_join_request": True})
        if room.type != "channel":
            joined = self._message(room, self.people[user].user, new_chat_members=[self.people[user].user])
            self._tell("message", joined, room)

    def add_bot(self, chat: Any, by: Any, *, admin: bool = False) -> None:
        """Bring the bot into a chat."""
        room, boss = self.chat(chat), self.person(by).user
        self._move(room, self.me, self._admin_fields() if admin else {"status": "member"}, boss, {})
        if room.type != "channel":
            self._tell("message", self._message(room, boss, new_chat_members=[self._me_user()]), room)

    def promote_bot(self, chat: Any) -> None:
        """Make the bot an administrator."""
        room = self.chat(chat)
        self._move(room, self.me, self._admin_fields(), self._owner(room), {})

    def remove_bot(self, chat: Any, by: Any) -> None:
        """Throw the bot out of a chat."""
        self._move(self.chat(chat), self.me, {"status": "kicked", "until_date": 0}, self.person(by).user, {})

    def _move(self, chat: Chat, user: Json, member: Json, by: Json, extra: Json) -> None:
        """Change a membership and tell of it."""
        public_user = self._me_user() if user["id"] == self.me["id"] else user
        old = {"user": public_user} | chat.members.get(user["id"], {"status": "left"})
        chat.members[user["id"]] = member
        change = {
            "chat": dict(chat.public),
            "from": self._me_user() if by is self.me else by,
            "date": int(self.now()),
            "old_chat_member": old,
            "new_chat_member": {"user": public_user} | member,
        }
        kind = "my_chat_member" if user["id"] == self.me["id"] else "chat_member"
        self._tell(kind, change | extra, chat)

    def _own_move(self, chat: Chat, by: Json, old: str, new: str) -> None:
        until = {"until_date": 0} if new == "kicked" else {}
        change = {
            "chat": dict(chat.public),
            "from": by,
            "date": int(self.now()),
            "old_chat_member": {"user": self._me_user(), "status": old},
            "new_chat_member": {"user": self._me_user(), "status": new} | until,
        }
        self._tell("my_chat_member", change, chat)
