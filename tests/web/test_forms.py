"""A form in the playground's dialog: filled in, refused and changed, and shown whole on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.conftest import ROOT, Visitor

OWNER = {"lang": "en", "room": "help", "as": "en-mira"}


def _open(visitor: Visitor, where: dict[str, str] = OWNER) -> Page:
    page = visitor.visit(**where)
    count = page.locator(".message.kith").count()
    visitor.say("/shop")
    expect(page.locator(".message.kith")).to_have_count(count + 1)
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


def test_homework_is_handed_in_as_a_file(visitor: Visitor) -> None:
    page = visitor.visit(lang="en", room="workshop", **{"as": "en-mira"})
    visitor.say("/activities homework daily 09:00 hours=48 review=1 task=Draw an owl")
    page.locator(".message.kith button.button", has_text="Start").last.click()
    page.locator('#me [data-days="1"]').click()
    post = page.locator(".message.kith", has_text="Draw an owl").locator("button.button", has_text="Hand in").last
    expect(post).to_be_visible()
    post.click()
    field = page.get_by_label("A file")
    expect(page.locator("#field-attachment-help")).to_contain_text("Up to 20 MB: pdf")
    expect(page.locator("#field-attachment-help")).to_contain_text("The playground takes files of at most 4 MB.")
    field.set_input_files({"name": "owl.png", "mimeType": "image/png", "buffer": b"x" * (4 * 2**20 + 1)})
    page.locator("#fill [type=submit]").click()
    expect(page.locator("#form-trouble")).to_have_text("The playground takes files of at most 4 MB.")
    field.set_input_files({"name": "owl.exe", "mimeType": "", "buffer": b"MZ"})
    page.locator("#fill [type=submit]").click()
    expect(page.locator("#form")).to_be_hidden()
    refused = page.locator(".message.kith", has_text="“owl.exe” is none of pdf").last
    refused.get_by_role("button", name="Change").click()
    field.set_input_files({"name": "an owl.png", "mimeType": "image/png", "buffer": b"x" * (4 * 2**20)})
    page.locator("#fill [type=submit]").click()
    expect(page.locator(".message.kith", has_text="Handed in").last).to_be_visible()
    page.locator(".message.kith button.button", has_text="What I handed in").last.click()
    link = page.locator(".message.kith a.file").last
    expect(link).to_contain_text("an owl.png")
    expect(link).to_contain_text("4,096 KB")


def test_a_cover_is_shown_as_a_picture(visitor: Visitor) -> None:
    page = visitor.visit(lang="en", room="lobby", **{"as": "en-noor"})
    visitor.say("/catalogue #1")
    page.locator(".message.kith button.button", has_text="Cover").last.click()
    png = (ROOT / "docs" / "images" / "card.png").read_bytes()
    page.get_by_label("The picture").set_input_files({"name": "owls.png", "mimeType": "image/png", "buffer": png})
    page.locator("#fill [type=submit]").click()
    shown = page.locator(".message.kith a.file img").last
    expect(shown).to_be_visible()
    assert shown.evaluate("each => each.decode().then(() => each.naturalWidth > 100)")
