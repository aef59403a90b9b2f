"""Polls that Kith puts up in rooms under a name, closes and counts by it: a platform's own, else drawn with buttons."""

from __future__ import annotations

from datetime import datetime

from core.domain.community import Space
from core.domain.errors import BadInput, NotFound
from core.domain.facts import Voted, VoteTakenBack
from core.domain.message import Button, Reply
from core.domain.outgoing import Poll
from core.domain.people import Consent
from core.domain.polls import Change, Question, Result, changed
from core.kit import posts
from core.kit.context import Context
from core.kit.texts import Markup, Texts
from core.store.outbox import POLL
from core.store.polls import StoredPoll

CAST = "cast_vote"  # the action of the buttons
ROWS = 5  # of buttons under a message: Discord's most


async def ask_poll(
    context: Context,
    name: str,
    space: Space,
    room: str | None,
    question: Question,
    *,
    until: datetime | None = None,
    pinned: bool = False,
) -> bool:
    """Ask a room, unasked, what is called `name` from then on; False where the room has one of that name.

    `until` is when nobody can vote any more.
    """
    post_id = await context.unit.posts.add(context.community.id, name, space.id, room, context.now, until)
    if post_id is None:
        return False
    await context.unit.polls.add(post_id, context.community.id, space.platform, question)
    reply = _drawn(context, post_id, question, None)
    drawn = await posts.content_of(context, post_id, space, room, reply, until)
    poll = Poll(
        platform=space.platform, space=space.external_id, room=room, question=question, drawn=drawn, until=until
    )
    posts.send(context, post_id, space, poll, kind=POLL, until=until, pinned=pinned)
    return True


async def close_poll(context: Context, name: str) -> None:
    """Let nobody vote any more on the polls of a name."""
    await posts.close(context, name)


async def poll_result(context: Context, name: str) -> Result | None:
    """Return what came of the polls of a name, in all rooms together; None where there is none."""
    polls = await context.unit.polls.named(context.community.id, name)
    if not polls:
        return None
    chosen = await context.unit.polls.chosen([each.post_id for each in polls])
    counts = [0] * len(polls[0].question.options)
    for poll in polls:
        for place, count in enumerate(_counts(poll, chosen)):
            counts[place] += count
    votes: dict[int, tuple[int, ...]] = {}
    for (_, account), options in chosen.items():
        votes[account] = tuple(sorted({*votes.get(account, ()), *options}))
    # Of an anonymous one of several answers it isn't known how many one person chose: no fewer than the most chosen.
    least = max(counts) if polls[0].question.several else sum(counts)
    return Result(tuple(counts), max(least, len(votes)), None if polls[0].question.anonymous else votes)


async def cast(context: Context, post_id: int, option: int) -> Reply:
    """Note what the caller chose by a button, and say what is counted now; raise NotFound for no open poll."""
    poll = await context.unit.polls.get(post_id)
    if poll is None or poll.closed or poll.community_id != context.community.id:
        raise NotFound("error-button-gone")
    if not 0 <= option < len(poll.question.options):
        raise BadInput("error-button-gone")
    if context.me.consent is Consent.OUT:
        return Reply(context.t("poll-left-out"))
    chosen = await context.unit.polls.chosen([post_id])
    place = post_id, context.my_account.id
    before = chosen.get(place, ())
    if poll.question.is_quiz and before and not (poll.question.several and option not in before):
        return Reply(_verdict(context.t, poll.question, before, again=True))
    change = Change.LESS if option in before else Change.MORE
    after = chosen[place] = changed(before, change, [option], poll.question)
    await context.unit.polls.vote(*place, after, context.now)
    fact = Voted if after else VoteTakenBack
    context.raise_(fact(member=context.me, account=context.my_account, subject=poll.name, options=after))
    if not after:
        del chosen[place]
    drawn = _drawn(context, post_id, poll.question, _counts(poll, chosen))
    await posts.change_post(context, post_id, drawn)
    if poll.question.is_quiz:
        return Reply(_verdict(context.t, poll.question, after, again=False))
    names = [poll.question.options[each] for each in after]
    return Reply(context.t("poll-yours", chosen=context.t.listed(names)) if names else context.t("poll-taken-back"))


def _counts(poll: StoredPoll, chosen: dict[tuple[int, int], tuple[int, ...]]) -> tuple[int, ...]:
    """Return how often each option was chosen: as the platform says, who knows those too who asked to be left out."""
    mine = [options for (post_id, _), options in chosen.items() if post_id == poll.post_id]
    counted = tuple(sum(place in options for options in mine) for place in range(len(poll.question.options)))
    return poll.counts if poll.counts is not None and len(poll.counts) == len(counted) else counted


def _drawn(context: Context, post_id: int, question: Question, counts: tuple[int, ...] | None) -> Reply:
    """Return a poll as a message with a button for each option; before anybody voted it has no figures."""
    t = Texts(context.community.settings.language)
    lines: list[str] = [t("poll-question", question=question.text)]
    buttons: list[Button] = []
    for place, option in enumerate(question.options):
        count = counts[place] if counts and any(counts) else None
        lines.append(t("poll-option", option=option) if count is None else t("poll-count", option=option, count=count))
        does = {"post": str(post_id), "option": str(place)}
        buttons.append(Button(option, CAST, does, anyone=True, replace_message=False))
    broad = 1 if len(buttons) <= ROWS else -(-len(buttons) // ROWS)
    rows = tuple(tuple(buttons[at : at + broad]) for at in range(0, len(buttons), broad))
    return Reply("\n".join((*lines, "", t(f"poll-how-{_kind(question)}"))), rows)


def _kind(question: Question) -> str:
    if question.is_quiz:
        return "quiz"
    if question.anonymous:
        return "anonymous"
    return "several" if question.several else "one"


def _verdict(t: Texts, question: Question, chosen: tuple[int, ...], *, again: bool) -> Markup:
    """Return whether an answer to a quiz is right, and why."""
    right = t.listed([question.options[each] for each in question.right])
    key = "poll-quiz-right" if set(chosen) == set(question.right) else "poll-quiz-wrong"
    told = t(key, right=right, explanation=question.explanation, known="yes" if question.explanation else "no")
    return t("poll-quiz-again", told=told) if again else told
