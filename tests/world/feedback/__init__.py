"""A form with a field of every kind, opened from a command, about something that only its button knows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Annotated, Any, Literal

from fluent.runtime import FluentResource

from core.domain.errors import BadInput
from core.domain.message import Attachment, Reply, escape
from core.domain.people import Member
from core.kit import Accept, Context, Length, Markup, Range, command, form, texts

WORDS = {
    "en": """
command-feedback = Take part
option-feedback-title = A title
option-feedback-title-name = title
form-answer_feedback = Survey
field-answer_feedback-title = Title
field-answer_feedback-stars = Stars
field-answer_feedback-stars-help = From one to five
field-answer_feedback-mood = Mood
field-answer_feedback-mood-good = Fine
field-answer_feedback-mood-bad = Poor
field-answer_feedback-topics = Topics
field-answer_feedback-who = Who helped
field-answer_feedback-day = Day
field-answer_feedback-more = Anything else
command-submit = Submit an essay
form-submit_essay = Essay
field-submit_essay-essay = The essay
field-submit_essay-title = Its title
""",
    "zh-CN": """
command-feedback = 参加
option-feedback-title = 标题
option-feedback-title-name = 标题
form-answer_feedback = 问卷
field-answer_feedback-title = 标题
field-answer_feedback-stars = 几颗星
field-answer_feedback-stars-help = 一到五
field-answer_feedback-mood = 感觉
field-answer_feedback-mood-good = 不错
field-answer_feedback-mood-bad = 一般
field-answer_feedback-topics = 话题
field-answer_feedback-who = 谁帮了你
field-answer_feedback-day = 日期
field-answer_feedback-more = 还有别的吗
command-submit = 交文章
form-submit_essay = 文章
field-submit_essay-essay = 文章
field-submit_essay-title = 标题
""",
}


def speak() -> None:
    """Put the words of the form into the catalogues."""
    for language, words in WORDS.items():
        texts._bundle(language).add_resource(FluentResource(words), allow_overrides=True)


class Mood(Enum):
    """How it was."""

    GOOD = "good"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Taken:
    """What a form that was sent came to."""

    by: str
    run: int
    given: dict[str, Any]


taken: list[Taken] = []


@command()
async def feedback(context: Context, title: str | None = None) -> Reply:
    """Show the button that opens the form."""
    return Reply("Your feedback.", ((context.button("Take part", answer_feedback, run=7, title=title),),))


@form(private=True, hidden=("run",))
async def answer_feedback(
    context: Context,
    run: int,
    *,
    title: Annotated[str, Length(40)],
    stars: Annotated[int, Range(1, 5)],
    mood: Mood,
    topics: tuple[Literal["cats", "dogs", "birds"], ...] = (),
    who: Member | None = None,
    day: date | None = None,
    more: Annotated[str, Length(200, long=True)] = "",
) -> Reply:
    """Take what was filled in."""
    if title == "refuse":
        raise BadInput("error-too-long", limit=3)
    if title == "break":
        raise RuntimeError("broken")
    given = {"title": title, "stars": stars, "mood": mood, "topics": topics, "day": day, "more": more}
    taken.append(Taken(context.me.name, run, {**given, "who": who.name if who else None}))
    return Reply(f"Thanks for {escape(title)}.")


@command()
async def submit(context: Context) -> Reply:
    """Show the button that opens a form with a file."""
    return Reply("Your essay.", ((context.button("Submit", submit_essay),),))


@form(private=True)
async def submit_essay(
    context: Context,
    essay: Annotated[Attachment, Accept(("pdf", "jpg"), megabytes=1)],
    title: Annotated[str, Length(10)] = "",
) -> Reply:
    """Show what was handed over again."""
    return Reply(Markup(f"Got {escape(title or essay.name)}."), attachment=essay)
