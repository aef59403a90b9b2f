"""A form in the playground's dialog: two people fill in theirs at once, wrong input says so, and a phone shows it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.conftest import Visitor

OWNER = {"lang": "en", "room": "help", "as": "en-mira"}


def _open(visitor: Visitor, where: dict[str, str] = OWNER) -> Page:
    page = visitor.visit(**where)
    visitor.say("/shop")
    answer = page.locator(".message.kith").last
    expect(answer).to_contain_text("/shop 300")
    answer.locator("button.button").last.click()
    expect(page.locator("#form")).to_be_visible()
    return page


def test_an_owner_offers_a_benefit_in_a_dialog(visitor: Visitor) -> None:
    page = _open(visitor)
    expect(page.locator("#form-title")).to_have_text("Offer a benefit")
    expect(page.get_by_label("What is it?")).to_be_focused()
    page.get_by_role("button", name="Send").last.click()
    expect(page.locator("#form")).to_be_visible()  # the browser itself asks for what is missing
    page.get_by_label("What is it?").fill("A seat in front <b>&amp;</b>")
    page.get_by_label("Points it costs").fill("40")
    page.keyboard.press("Enter")
    expect(page.locator("#form")).to_be_hidden()
    expect(page.locator(".message.kith").last).to_contain_text("40 · A seat in front <b>&amp;</b>")


def test_what_kith_refuses_stays_filled_in(visitor: Visitor) -> None:
    page = _open(visitor)
    for _ in range(2):
        page.get_by_label("What is it?").fill("A tote bag")
        page.get_by_label("Points it costs").fill("60")
        page.get_by_label("How many there are").fill("5")
        page.locator("#fill [type=submit]").click()
        expect(page.locator("#form")).to_be_hidden()
        expect(page.locator(".message.kith").filter(has_text="A tote bag").last).to_be_visible()
        page.locator(".message.kith button.button", has_text="Offer something").last.click()
        expect(page.locator("#form")).to_be_visible()
    page.locator("#form-cancel").click()
    refused = page.locator(".message.kith").last
    expect(refused).to_contain_text("is on offer already")
    expect(refused).to_contain_text("Only")
    refused.get_by_role("button", name="Change").click()
    expect(page.get_by_label("What is it?")).to_have_value("A tote bag")
    expect(page.get_by_label("How many there are")).to_have_value("5")
    page.get_by_label("What is it?").fill("A blue tote bag")
    page.locator("#fill [type=submit]").click()
    expect(page.locator(".message.kith").last).to_contain_text("60 · A blue tote bag (5 left)")


def test_two_people_in_one_room_have_each_their_own(visitor: Visitor, other: Visitor) -> None:
    mine = _open(visitor)
    mine.get_by_label("What is it?").fill("Mine")
    theirs = _open(other)
    theirs.get_by_label("What is it?").fill("Theirs")
    for page, cost in ((mine, "70"), (theirs, "80")):
        page.get_by_label("Points it costs").fill(cost)
        page.locator("#fill [type=submit]").click()
        expect(page.locator("#form")).to_be_hidden()
    expect(theirs.locator(".message.kith").last).to_contain_text("70 · Mine")
    expect(theirs.locator(".message.kith").last).to_contain_text("80 · Theirs")


@pytest.mark.parametrize(("language", "person"), [("en", "en-mira"), ("zh-CN", "zh-subei")])
def test_a_phone_shows_the_whole_dialog(browser: Browser, site: str, language: str, person: str) -> None:
    context = browser.new_context(viewport={"width": 375, "height": 740}, locale=language, has_touch=True)
    phone = Visitor(context.new_page(), site)
    page = _open(phone, {**OWNER, "lang": language, "as": person})
    box = page.locator("#form").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 375
    assert page.evaluate("document.documentElement.scrollWidth") == 375
    assert page.evaluate("document.getElementById('form').scrollWidth <= document.getElementById('form').clientWidth")
    page.keyboard.press("Escape")
    expect(page.locator("#form")).to_be_hidden()
    context.close()
    assert not phone.trouble
