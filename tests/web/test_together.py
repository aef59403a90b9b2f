"""Two people in one room of the playground, each with a browser of their own."""

from __future__ import annotations

import httpx
import pytest
from playwright.sync_api import Route, expect

from bot.platforms.playground.scene import KEPT
from tests.web.conftest import Visitor

WHO = {"en": ("en-ana", "en-tomas", "en-noor"), "zh-CN": ("zh-anran", "zh-aze", "zh-nuonuo")}


def both(visitor: Visitor, other: Visitor, language: str, room: str) -> None:
    """Let two members into a room."""
    one, two, _ = WHO[language]
    visitor.visit(lang=language, room=room, **{"as": one})
    other.visit(lang=language, room=room, **{"as": two})


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_somebody_elses_button_leaves_the_answer_where_all_see_it(
    visitor: Visitor, other: Visitor, language: str
) -> None:
    both(visitor, other, language, "workshop")
    visitor.say("/points")
    answer = visitor.page.locator(".message.kith").last
    expect(answer.locator("button.button").first).to_be_visible()
    shown, told = f"#{answer.get_attribute('id')}", visitor.page.locator(".message.kith.private").count()
    other.page.locator(f"{shown} button.button").first.click()
    expect(other.page.locator(".message.kith.private").last).to_be_visible()
    expect(other.page.locator(f"{shown} .whisper")).to_have_count(0)
    expect(visitor.page.locator(shown)).to_be_visible()
    expect(visitor.page.locator(".message.kith.private")).to_have_count(told)
    for page in (visitor.page, other.page):
        page.reload()
        expect(page.locator(shown)).to_be_visible()


def test_buttons_work_however_much_was_said_since(visitor: Visitor, web: httpx.Client) -> None:
    page = visitor.visit(lang="en", room="showcase", **{"as": "en-ana"})
    visitor.say("/points")
    answer = page.locator(".message.kith").last
    expect(answer.locator("button.button").first).to_be_visible()
    before, shown = answer.inner_text(), f"#{answer.get_attribute('id')}"
    for number in range(KEPT + 5):
        body = {"room": "showcase", "text": f"and then {number}"}
        web.post("/playground/say", params={"lang": "en", "as": "en-yuki"}, json=body).raise_for_status()
    expect(page.locator(".message").last).to_contain_text(f"and then {KEPT + 4}")
    page.locator(f"{shown} button.button").first.click()
    expect(page.locator(shown)).not_to_have_text(before)
    expect(page.locator("#trouble")).to_be_empty()


def test_who_left_writes_to_kith_alone_until_they_join_again(visitor: Visitor, other: Visitor) -> None:
    page = visitor.visit(lang="en", room="help", **{"as": "en-pavel"})
    other.visit(lang="en", room="help", **{"as": "en-elif"})
    page.click("#leave")
    expect(page.locator(".standing")).to_have_text("Not in the community")
    expect(page.locator("#outside")).to_be_visible()
    expect(page.locator("#composer")).to_be_hidden()
    answer = page.evaluate(
        """() => fetch("/playground/say?lang=en&as=en-pavel", {
            method: "POST", headers: { "content-type": "application/json" },
            body: JSON.stringify({ room: "help", text: "still here?" }),
        }).then((answer) => answer.status)"""
    )
    assert answer == 403
    visitor.trouble.clear()  # the refusal that was just asked for
    page.locator('.rooms a[data-room^="@"]').click()
    expect(page.locator("#composer")).to_be_visible()
    page.locator('.rooms a[data-room="help"]').click()
    page.click("#rejoin")
    expect(page.locator("#composer")).to_be_visible()
    visitor.say("Back again")
    expect(other.page.locator(".message").last).to_contain_text("Back again")
    assert "still here?" not in other.page.locator(".messages").inner_text()


BROKEN = ("\\ud800", "\\u0000", "a\\udfffb\\u0007", "\\ud83d", "Zalgo" + "\u0336\u0489" * 600, "x" * 9_000)


@pytest.mark.parametrize("text", BROKEN)
def test_no_text_breaks_the_page_for_anybody(visitor: Visitor, web: httpx.Client, text: str) -> None:
    page = visitor.visit(lang="en", room="lobby", **{"as": "en-ana"})
    who = {"lang": "en", "as": "en-hana"}
    kind = {"content-type": "application/json"}
    for action, field in (("say", "text"), ("invent", "name"), ("say", "room"), ("say", "answers"), ("press", "token")):
        given = {"room": '"lobby"', "text": '"/thanks @ana for it"', "message": '"none"', "token": '"none"'}
        given[field] = f'"{text}"' if field != "text" else f'"{text} said"'
        body = "{" + ", ".join(f'"{name}": {value}' for name, value in given.items()) + "}"
        answer = web.post(f"/playground/{action}", params=who, content=body.encode(), headers=kind)
        assert answer.status_code < 500, (action, field)
    body = f'{{"room": "lobby", "text": "/thanks @ana {text}"}}'
    assert web.post("/playground/say", params=who, content=body.encode(), headers=kind).status_code == 200
    web.post("/playground/say", params=who, json={"room": "lobby", "text": "after all that"}).raise_for_status()
    expect(page.locator(".message", has_text="after all that").last).to_be_visible()
    page.reload()
    page.wait_for_selector("html[data-ready]")
    expect(page.locator(".message", has_text="after all that").last).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 1280


def test_what_is_said_while_a_page_still_opens_stands_in_it(visitor: Visitor, web: httpx.Client) -> None:
    def say_first(route: Route) -> None:
        body = {"room": "careers", "text": "Between the page and its stream"}
        web.post("/playground/say", params={"lang": "en", "as": "en-yuki"}, json=body).raise_for_status()
        route.continue_()

    visitor.page.route("**/playground/stream**", say_first)
    page = visitor.visit(lang="en", room="careers", **{"as": "en-ana"})
    expect(page.locator(".message").last).to_contain_text("Between the page and its stream")
