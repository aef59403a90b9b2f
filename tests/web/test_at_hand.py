"""What the page makes easy: a first step, the keyboard, letters that can be read, pictures that can be enlarged."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.conftest import Visitor

CONTRASTS = """() => {
  const channel = (value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const luminance = (colour) => {
    const [red, green, blue] = colour.match(/[0-9.]+/g).map((each) => channel(each / 255));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  return [...document.querySelectorAll(".avatar:not(.kith), .chip, .unread:not([hidden])")].map((each) => {
    const style = getComputedStyle(each);
    const [dim, bright] = [style.color, style.backgroundColor].map(luminance).sort((a, b) => a - b);
    return [each.className, (bright + 0.05) / (dim + 0.05)];
  });
}"""


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_initials_can_be_read(browser: Browser, site: str, language: str) -> None:
    context = browser.new_context(locale=language)
    visitor = Visitor(context.new_page(), site)
    light, dark = set[tuple[str, float]](), set[tuple[str, float]]()
    for room in ("lobby", "help", "workshop"):  # who wrote lately in a room differs from day to day
        page = visitor.visit(lang=language, room=room)
        light |= _contrasts(page, "light")
        dark |= _contrasts(page, "dark")
    for found in (light, dark):
        assert len({name for name, _ in found if name.startswith("avatar c")}) == 6
        assert not [pair for pair in found if pair[1] < 4.5]
    assert light != dark
    context.close()


def _contrasts(page: Page, scheme: Literal["light", "dark"]) -> set[tuple[str, float]]:
    page.emulate_media(color_scheme=scheme)
    return {(name, ratio) for name, ratio in page.evaluate(CONTRASTS)}


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_the_page_says_what_kith_is_and_three_things_to_try(browser: Browser, site: str, language: str) -> None:
    context = browser.new_context(locale=language, viewport={"width": 375, "height": 740})
    visitor = Visitor(context.new_page(), site)
    page = visitor.visit(lang=language)
    intro = page.locator("#intro")
    expect(intro).to_contain_text("Kith")
    tries = intro.locator("[data-try]")
    expect(tries).to_have_count(3)
    tries.nth(0).click()
    expect(page.locator(".message.kith picture").last).to_be_visible()
    day = page.locator("#day").text_content()
    tries.nth(1).click()
    expect(tries.nth(1)).to_be_disabled()
    expect(tries.nth(1)).to_be_enabled(timeout=60_000)
    assert page.locator("#day").text_content() != day
    tries.nth(2).click()
    page.wait_for_url("**as=**")
    page.wait_for_selector("html[data-ready]")
    expect(page.locator(".message .text.call").last).to_have_text("/network")
    tries = page.locator("#intro [data-try]")
    expect(tries).to_have_count(3)
    tries.nth(2).click()
    expect(page.locator(".message .text.call").last).to_have_text("/activities")
    page.click("#intro-close")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    expect(page.locator("#intro")).to_be_hidden()
    context.close()
    assert not visitor.trouble


def test_few_stops_lie_between_the_keyboard_and_the_composer(visitor: Visitor) -> None:
    page = visitor.visit(lang="en", room="workshop", **{"as": "en-ana"})
    page.click("#intro-close")
    page.evaluate("document.activeElement.blur()")
    page.evaluate("getSelection().removeAllRanges()")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    stops = 0
    while page.evaluate("document.activeElement.id") != "say":
        page.keyboard.press("Tab")
        stops += 1
        assert stops < 30
    page.keyboard.press("Shift+Tab")
    newest = page.locator(".message").last.get_attribute("id")
    assert page.evaluate("document.activeElement.closest('.message').id") == newest
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == page.locator(".message").nth(-2).get_attribute("id")
    page.keyboard.press("Tab")
    expect(page.locator(".message").nth(-2).locator("button:focus")).to_have_count(1)
    assert page.locator(".messages [tabindex='0']").count() < 20


def test_escape_takes_back_that_one_answers(visitor: Visitor) -> None:
    page = visitor.visit(lang="en", room="careers", **{"as": "en-ana"})
    message = page.locator(".message:not(.kith)").last
    for _ in range(2):
        message.hover()
        message.locator(".tools .answer").click()
        expect(page.locator("#answering")).to_be_visible()
        expect(page.locator("#say")).to_be_focused()
        page.keyboard.type("/po")
        expect(page.locator("#suggestions")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator("#suggestions")).to_be_hidden()
        expect(page.locator("#answering")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator("#answering")).to_be_hidden()
        expect(page.locator("#say")).to_have_value("/po")
        page.fill("#say", "")


def test_a_phone_shows_a_picture_at_its_full_size(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport={"width": 375, "height": 740}, locale="en", has_touch=True)
    phone = Visitor(context.new_page(), site)
    page = phone.visit(lang="en", room="showcase", **{"as": "en-ana"})
    phone.say("/leaderboard")
    page.locator("button.picture").last.tap()
    large = page.locator("#large img")
    expect(page.locator("#zoom.full")).to_be_visible()
    width = page.evaluate("document.querySelector('#large img').clientWidth")
    assert width == page.evaluate("document.querySelector('#large img').naturalWidth") >= 1_000
    page.evaluate("document.querySelector('#large').scrollTo(5000, 5000)")
    assert large.evaluate("each => Math.round(each.getBoundingClientRect().right) <= innerWidth")
    expect(page.locator("#large .close")).to_be_in_viewport()
    large.tap()
    expect(page.locator("#zoom.full")).to_have_count(0)
    box = large.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 375
    assert box["y"] + box["height"] <= 740
    page.locator("#large .close").tap()
    expect(page.locator("#large")).to_be_hidden()
    context.close()
    assert not phone.trouble
