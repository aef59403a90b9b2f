"""Polls in the playground's page: bars once one chose, a vote that changes, and what came of it at the end."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.web.conftest import Visitor

WORDS = {
    "en": ("en-mira", "en-ana", "Start", "Run now", "Stop", "2 voters · closed"),
    "zh-CN": ("zh-subei", "zh-anran", "开始", "立即进行一次", "停止", "2 人投票 · 已结束"),
}


@pytest.mark.parametrize("language", WORDS)
def test_two_people_vote_change_their_mind_and_read_what_came_of_it(
    visitor: Visitor, other: Visitor, language: str
) -> None:
    owner, member, start, run, stop, over = WORDS[language]
    page = visitor.visit(lang=language, room="showcase", **{"as": owner})
    visitor.say("/activities poll hours=3 ask=Which? options=Red | Blue | Green")
    for label in (start, run):
        page.locator(".message.kith button.button", has_text=label).last.click()
    mine = page.locator(".poll").last
    expect(mine.locator(".figure")).to_have_count(0)
    mine.locator(".choice").nth(1).click()
    expect(mine.locator(".choice").nth(1)).to_have_attribute("aria-pressed", "true")
    theirs = other.visit(lang=language, room="showcase", **{"as": member}).locator(".poll").last
    expect(theirs.locator(".figure")).to_have_count(0)
    theirs.locator(".choice").nth(0).click()
    expect(mine.locator(".bar rect").first).to_have_attribute("width", "50")
    theirs.locator(".choice").nth(1).click()
    expect(mine.locator(".bar rect").nth(1)).to_have_attribute("width", "100")
    expect(theirs.locator(".choice[aria-pressed=true]")).to_have_count(1)
    page.locator(".message.kith button.button", has_text=stop).last.click()
    expect(theirs.locator(".note")).to_have_text(over)
    expect(theirs.locator(".choice:enabled")).to_have_count(0)
    expect(theirs.locator(".choice.most")).to_contain_text("Blue")
    expect(other.page.locator(".message.kith").last).to_contain_text("Blue")
