"""Polarity of sentences in both languages, and what holds of any: negation turns it, unknown words say nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.analysis.polarity import REACH, polarity
from core.domain.polarity import Polarity

POSITIVE = (
    "Thank you so much, that was really helpful!",
    "I loved yesterday's session",
    "No problem at all, take your time",
    "can’t wait for the next course",
    "讲得非常清楚，谢谢老师！",
    "这门课真的很不错",
    "没问题，已经搞定了",
    "太好了👏",
    "别担心，慢慢来就行",
)
NEGATIVE = (
    "The video keeps crashing and I'm fed up",
    "this isn't good",
    "Not very helpful, sorry",
    "I don't think it's a great idea",
    "太难了，听不懂",
    "这次的作业一点也不好",
    "没有那么好用",
    "有点失望，浪费时间",
    "客服太差劲了😡",
)
NEUTRAL = (
    "",
    "When does the course begin?",
    "https://example.org/lesson/3",
    "The content is good but the sound is bad",
    "你好，请问今天几点上课？",
    "好的，我看看有没有别的时间",
    "不好意思，差不多八点到",
    "内容很好，但是声音很差",
)


@pytest.mark.parametrize(
    ("text", "said"),
    [(each, said) for said, some in zip(Polarity, (POSITIVE, NEGATIVE, NEUTRAL), strict=True) for each in some],
)
def test_sentences(text: str, said: Polarity) -> None:
    assert polarity(text) is said


TURNED = {
    Polarity.POSITIVE: Polarity.NEGATIVE,
    Polarity.NEGATIVE: Polarity.POSITIVE,
    Polarity.NEUTRAL: Polarity.NEUTRAL,
}
WORDS = st.sampled_from(
    ["helpful", "boring", "really boring", "清楚易懂", "无聊", "非常开心", "有点失望", "table", "桌子"]
)


@given(WORDS, st.sampled_from(["not ", "never ", "didn't ", "不是", "没有", "并非"]))
def test_negation_turns_what_follows_and_twice_turns_it_back(word: str, negation: str) -> None:
    assert polarity(negation + word) is TURNED[polarity(word)]
    assert polarity(negation + negation + word) is polarity(word)


@given(WORDS, WORDS)
def test_a_negation_ends_with_its_clause_and_its_reach(first: str, second: str) -> None:
    assert polarity(f"not. {second}") is polarity(second)
    assert polarity(f"不是{'桌' * REACH}{second}") is polarity(second)
    assert polarity(f"not {first}. {first}") is Polarity.NEUTRAL  # as much of both


@given(st.text(st.characters(exclude_categories=("L", "S"))))
def test_a_text_without_words_is_neutral(text: str) -> None:
    assert polarity(text) is Polarity.NEUTRAL
