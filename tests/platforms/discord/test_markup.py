"""Neutral markup as Discord shows it; its Markdown is read back here by rules taken from its own client."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.discord.markup import LIMIT, escape, pages, units
from core.domain import message

# The client's rules, in its order: an escaped sign, code, bold, italic, link, anything else.
_RULES = re.compile(
    r"\\(?P<escaped>[^0-9A-Za-z\s])"
    r"|```\n(?P<block>.+?)\n```"
    r"|(?P<ticks>`+)(?P<code>.*?[^`])(?P=ticks)(?!`)"
    r"|\*\*(?P<bold>(?:\\.|[^*\\])+?)\*\*"
    r"|\*(?=\S)(?P<italic>(?:\\.|[^*\\])+?)\*"
    r"|\[(?P<label>(?:\\.|[^\]\\])+)\]\((?P<url>[^)\s]+)\)",
    re.S,
)


def shown(markdown: str) -> str:
    """Return what a reader sees, without the blanks of no width that keep marks apart."""

    def plain(found: re.Match[str]) -> str:
        if found["escaped"]:
            return found["escaped"]
        inner = next(found[name] for name in ("block", "code", "bold", "italic", "label") if found[name])
        return inner if found["block"] or found["code"] else shown(inner)

    return _RULES.sub(plain, markdown).replace("\u200b", "")


@pytest.mark.parametrize(
    ("markup", "markdown"),
    [
        ("**Ana** reached *level 18*.", "**Ana** reached *level 18*."),
        ("Use `/points`", "Use `/points`"),
        ("[Notes](https://example.org/a_b)", "[Notes](https://example.org/a_b)"),
        (r"snake_case and \*stars\*", r"snake\_case and \*stars\*"),
        ("**Ana ** x", "**Ana**  x"),
        ("# no heading\n- no list\n> no quote", "\\# no heading\n\\- no list\n\\> no quote"),
        ("a - b # c > d", "a - b # c > d"),
        ("**3.5** a day\n**3.** x, *- y*, 3. z", "**3.5** a day\n**3.** x, *- y*, 3. z"),
        ("||spoiler|| ~~gone~~", r"\|\|spoiler\|\| \~\~gone\~\~"),
        ("等级 17 · 贡献者", "等级 17 · 贡献者"),
        ("since [2 March, 09:00](moment:1772442000) on", "since <t:1772442000:f> on"),
    ],
)
def test_markup_becomes_discords_markdown(markup: str, markdown: str) -> None:
    assert pages(markup) == [markdown]


@pytest.mark.parametrize("name", ["@everyone", "@here", "<@123>", "<@&1>", "<#1>", "<:smile:1>", "<t:1>"])
def test_no_text_of_a_person_becomes_a_mention(name: str) -> None:
    (page,) = pages(message.escape(name))
    assert not re.search(r"(?<!\\)<|@everyone|@here", page)
    assert shown(page) == name


def test_a_long_text_is_split_at_line_ends() -> None:
    lines = [f"**{number}** · Li Wei · {number * 7} points" for number in range(200)]
    split = pages("\n".join(lines))
    assert len(split) > 1
    assert all(units(page) <= LIMIT for page in split)
    assert [line for page in split for line in page.splitlines()] == lines


def test_code_that_is_split_stays_code_on_both_sides() -> None:
    first, second = pages("`" + "print(1)\n" * 300 + "`")
    assert first.startswith("```\n")
    assert first.endswith("\n```")
    assert second.startswith("```\n")
    assert second.endswith("\n```")


text = st.text(st.sampled_from("ab 1.\n*_~`|\\[]()<>@#-+:é́😀等🇩"), max_size=80)


@given(text)
def test_escaped_text_reads_as_itself(given_text: str) -> None:
    assert shown(escape(given_text)) == given_text


@given(st.lists(st.tuples(st.sampled_from(["", "**", "*", "`"]), text.filter(str.strip)), max_size=12))
def test_splitting_loses_nothing_and_keeps_the_limit(parts: list[tuple[str, str]]) -> None:
    markup = "".join(mark + message.escape(inner) + mark for mark, inner in parts)
    split = pages(markup, 120)
    assert all(units(page) <= 120 for page in split)
    said = "".join(message.plain_text(markup).split())
    assert "".join("".join(map(shown, split)).split()) == said
