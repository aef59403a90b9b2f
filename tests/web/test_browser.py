"""The playground in a real browser: what a newcomer does in the first minutes."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.web.conftest import ROOT, Visitor

EMOJI = re.compile("[\U0001f300-\U0001faff]")


def test_a_message_a_command_and_a_button(visitor: Visitor) -> None:
    page = visitor.visit(lang="en", **{"as": "en-ana"})
    visitor.say("Hello from the browser")
    expect(page.locator(".message").last).to_contain_text("Hello from the browser")
    visitor.say("/points")
    answer = page.locator(".message.kith").last
    expect(answer).to_contain_text("Lately")
    label = answer.locator("button.button").first.inner_text()
    before = answer.inner_text()
    answer.locator("button.button").first.click()
    expect(page.locator(".message.kith").last).not_to_have_text(before)
    assert label


def test_a_moment_in_a_text_reads_as_its_words_do(visitor: Visitor) -> None:
    page = visitor.visit(lang="en", **{"as": "en-ana"})
    visitor.say("/remindme tomorrow 9:00 read chapter 3")
    answer = page.locator(".message.kith").last
    expect(answer).to_contain_text("I remind you")
    answer.hover()
    answer.locator(".tools .native").click()
    expect(page.locator("#native .telegram .moment")).to_be_visible()
    for moment in page.locator("time.moment").all():
        words, around = (
            moment.evaluate(
                f"each => (({{fontSize, color, float}}) => [fontSize, color, float])(getComputedStyle({of}))"
            )
            for of in ("each", "each.parentElement")
        )
        assert words == around


def test_the_composer_completes_commands_options_and_people(visitor: Visitor) -> None:
    page = visitor.visit(lang="en", **{"as": "en-ana"})
    page.click("#say")
    page.keyboard.type("/poi")
    offers = page.locator("#suggestions li")
    expect(offers.first).to_contain_text("/points")
    expect(offers.first).to_contain_text("[member]")
    page.keyboard.press("Tab")
    expect(page.locator("#usage")).to_contain_text("Whose points")
    page.keyboard.type("li w")
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    expect(offers.first).to_contain_text("Li Wei")
    page.keyboard.press("Enter")
    expect(page.locator("#say")).to_have_value("/points @liwei ")
    page.keyboard.press("Enter")
    expect(page.locator(".message.kith").last).to_contain_text("Li Wei")


def test_the_composer_asks_kith_what_may_be_meant(visitor: Visitor) -> None:
    page = visitor.visit(lang="en", **{"as": "en-noor"})
    page.click("#say")
    offers = page.locator("#suggestions li")
    page.keyboard.type("/settings langu")
    expect(offers.first).to_contain_text("Language")
    page.keyboard.press("Tab")
    expect(page.locator("#say")).to_have_value("/settings language ")
    expect(offers).to_have_count(2)
    expect(offers.nth(1)).to_contain_text("中文")
    page.fill("#say", "")
    page.keyboard.type("/help book")
    expect(offers.first).to_contain_text("The books")


def test_a_moment_is_shown_in_the_zone_of_the_browser(visitor: Visitor) -> None:
    page = visitor.visit(lang="en", **{"as": "en-noor"})
    visitor.say("/history @liwei")
    moment = page.locator(".message.kith").last.locator("time.moment").first
    expect(moment).to_have_attribute("data-local", "")
    shown = page.evaluate(
        "(each) => new Intl.DateTimeFormat('en', { dateStyle: 'long', timeStyle: 'short' }).format(new Date(each))",
        moment.get_attribute("datetime"),
    )
    expect(moment).to_have_text(shown)
    assert "UTC" in (moment.get_attribute("title") or "")


def test_moderators_see_their_commands_and_members_do_not(visitor: Visitor) -> None:
    page = visitor.visit(lang="en", **{"as": "en-ana"})
    page.fill("#say", "/gr")
    expect(page.locator("#suggestions")).to_be_hidden()
    page.fill("#say", "")
    page.click('[data-person="en-noor"]')
    page.wait_for_url("**as=en-noor**")
    page.wait_for_selector("html[data-ready]")
    page.locator("#say").press_sequentially("/gr")
    expect(page.locator("#suggestions li").first).to_contain_text("/grant")


def test_switching_people_keeps_private_answers_private(visitor: Visitor) -> None:
    page = visitor.visit(lang="en", room="workshop", **{"as": "en-tomas"})
    visitor.say("/privacy")
    expect(page.locator(".message.kith.private").last).to_contain_text("Only Tomás sees this")
    page.select_option("#person", "en-yuki")
    page.wait_for_url("**as=en-yuki**")
    page.wait_for_selector("html[data-ready]")
    expect(page.locator("#me")).to_contain_text("Yuki")
    expect(page.locator(".message.private")).to_have_count(0)


def test_time_moves_on_and_what_happened_flows_in(visitor: Visitor) -> None:
    page = visitor.visit(lang="en", room="help", **{"as": "en-ana"})
    before = page.locator("#day").inner_text()
    newest = page.locator(".message").last.get_attribute("id")
    page.click('[data-days="1"]')
    expect(page.locator("#day")).not_to_have_text(before, timeout=60_000)
    expect(page.locator('[data-days="1"]')).to_be_enabled(timeout=60_000)
    expect(page.locator(".message").last).not_to_have_id(str(newest))
    assert page.locator(".rooms a.new").count() >= 1


def test_names_and_messages_stay_text(visitor: Visitor) -> None:
    page = visitor.visit(lang="en", **{"as": "en-ana"})
    evil = '<img src=x onerror="document.title=1"><script>document.title=2</script>'
    page.fill('#invent [name="name"]', evil)
    page.click("#invent button")
    page.wait_for_url("**as=en-img**")
    page.wait_for_selector("html[data-ready]")
    for text in (evil, "javascript:alert(1) [x](javascript:alert(1)) **<b>x</b>** `<i>`", "\u202eevil @everyone"):
        visitor.say(text)
    visitor.say("/points")
    expect(page.locator(".message.kith").last).to_contain_text("point")
    assert page.title().startswith("Kith playground")
    assert page.locator(".messages img[src='x'], .messages script, .messages b b, #me img").count() == 0
    assert page.locator(".messages a[href^='javascript']").count() == 0


def test_somebody_new_joins_leaves_and_is_greeted_as_unknown_no_more(visitor: Visitor) -> None:
    page = visitor.visit(lang="en", **{"as": "en-ana"})
    page.fill('#invent [name="name"]', "Zoë Newcomer")
    page.click("#invent button")
    page.wait_for_url("**as=en-zo**")
    page.wait_for_selector("html[data-ready]")
    expect(page.locator(".standing")).to_contain_text("Level 0")
    page.click("#leave")
    expect(page.locator(".standing")).to_have_text("Not in the community")
    page.click("#join")
    expect(page.locator(".standing")).to_contain_text("Level 0")


def test_one_can_react_answer_and_see_how_platforms_show_it(visitor: Visitor) -> None:
    page = visitor.visit(lang="en", room="careers", **{"as": "en-ana"})
    message = page.locator(".message:not(.kith)").last
    message.hover()
    message.locator('.tools [data-emoji="🤔"]').click()
    expect(page.locator(".message:not(.kith)").last.locator('.reactions [data-emoji="🤔"]')).to_have_attribute(
        "aria-pressed", "true"
    )
    page.locator(".message:not(.kith)").last.hover()
    page.locator(".message:not(.kith)").last.locator(".tools .answer").click()
    expect(page.locator("#answering")).to_be_visible()
    visitor.say("So true")
    expect(page.locator(".message").last).to_contain_text("So true")
    visitor.say("/tier")
    answer = page.locator(".message.kith").last
    expect(answer).to_contain_text("Contributor")
    answer.hover()
    answer.locator(".tools .native").click()
    expect(page.locator("#native .telegram")).to_contain_text("Contributor")
    expect(page.locator("#native .discord")).to_contain_text("Contributor")
    page.keyboard.press("Escape")
    expect(page.locator("#native")).to_be_hidden()


def test_the_keyboard_is_enough(visitor: Visitor) -> None:
    page = visitor.visit(lang="en", **{"as": "en-ana"})
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.locator("#say").focus()
    page.keyboard.type("/tier")
    page.keyboard.press("Enter")
    expect(page.locator(".message.kith").last).to_contain_text("Contributor")
    page.locator('.rooms a[data-room="help"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator(".roomhead h1")).to_have_text("#help")
    page.go_back()
    expect(page.locator(".roomhead h1")).to_have_text("#lobby")


def test_the_page_speaks_chinese(visitor: Visitor) -> None:
    page = visitor.visit(lang="en", **{"as": "en-ana"})
    page.click('.languages a[lang="zh-CN"]')
    page.wait_for_selector('html[lang="zh-CN"][data-ready]')
    expect(page.locator(".rooms h2").first).to_have_text("数据厨房")
    visitor.say("/tier")
    expect(page.locator(".message.kith").last).to_contain_text("贡献者")


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_a_phone_needs_no_sideways_scrolling(browser: Browser, site: str, language: str) -> None:
    context = browser.new_context(viewport={"width": 375, "height": 740}, locale=language, has_touch=True)
    phone = Visitor(context.new_page(), site)
    page = phone.visit()
    for act in (
        lambda: phone.say("/leaderboard"),
        lambda: phone.say("x" * 300),
        lambda: page.fill("#say", "/"),
        lambda: (page.fill("#say", ""), page.click("#open-rooms"), page.keyboard.press("Escape")),
        lambda: (page.click("#open-me"), page.wait_for_timeout(300)),
    ):
        act()
        page.wait_for_timeout(500)
        assert page.evaluate("document.documentElement.scrollWidth") == 375
    expect(page.locator("#me")).to_be_visible()
    context.close()
    assert not phone.trouble


def test_every_emoji_that_kith_says_is_in_the_font_that_comes_along(visitor: Visitor) -> None:
    read = ROOT / "core" / "analysis" / "polarity.py"  # its marks are people's
    files = [each for folder in ("core", "bot") for each in (ROOT / folder).rglob("*.*") if each != read]
    sources = [each for each in files if each.suffix in {".py", ".ftl", ".toml", ".html", ".js"}]
    said = sorted({mark for each in sources for mark in EMOJI.findall(each.read_text("utf-8"))})
    assert "🙁" in said
    page = visitor.visit(lang="en")
    # All of the font are as wide as each other; what it lacks another draws, or nobody.
    missing = page.evaluate(
        """async (said) => {
             await document.fonts.load('16px "Kith Emoji"', said.join(""));
             const pen = document.createElement("canvas").getContext("2d");
             pen.font = '16px "Kith Emoji"';
             const usual = pen.measureText("👍").width;
             return said.filter((mark) => Math.abs(pen.measureText(mark).width - usual) > 0.01);
           }""",
        said,
    )
    assert missing == []
