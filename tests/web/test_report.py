"""The report in a real browser: narrow, dark, on paper, and its pictures kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser

from bot.web.report.page import Page, Section, written
from core.domain.message import Reply, escape
from core.domain.pictures import Chart, NetworkMap, Series
from core.kit.texts import Texts
from tests.world.pictures import community_map

DARK, LIGHT = (21, 24, 29), (255, 255, 255)


def page_of(language: str) -> str:
    """Return a report with a map and a name that tries to break it."""
    t = Texts(language)
    name = escape('<img src=x onerror="alert(1)"> & co')
    picture: NetworkMap = community_map(60, 3, chinese=language != "en")
    parts = [
        ("network", t.plain("report-network"), Reply(f"**{name}**\n{'long ' * 60}\n\nsecond group", picture=picture)),
        ("connect", t.plain("report-connect"), Reply("https://example.org/" + "x" * 200)),
    ]
    sections = [Section("ties", t.plain("report-section-ties"), parts)]
    return written(Page("Kitchen & <co>", "until today", sections, language))


def chart() -> Chart:
    return Chart(
        title='<b>Half</b> of "May" stayed',
        foot="96 newcomers & co",
        kind="line",
        x=("1 May", "2 May", "3 May"),
        series=(
            Series(label="</text><script>alert(1)</script>", values=(3, 4, 5)),
            Series(label="李伟", values=(1, 2, 3)),
        ),
        unit="%",
    )


@pytest.mark.parametrize(("language", "width", "scheme"), [("en", 375, "dark"), ("zh-CN", 375, "light")])
def test_it_reads_well_on_a_phone_and_its_pictures_can_be_kept(
    browser: Browser, tmp_path: Path, language: str, width: int, scheme: str
) -> None:
    file = tmp_path / "report.html"
    file.write_text(page_of(language), "utf-8")
    context = browser.new_context(viewport={"width": width, "height": 700}, color_scheme=scheme)
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text))
    page.on("request", lambda request: request.url.startswith(("file:", "data:")) or wrong.append(request.url))
    page.goto(file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.locator("nav a").count() == page.locator("main > section").count() == 1
    assert page.locator("section > section").count() == 2
    assert page.locator("#network .group").count() == 2
    assert page.locator("strong").inner_text() == '<img src=x onerror="alert(1)"> & co'
    # Whole at first; a tap shows it so wide that its smallest letters, 22 of its 1,200 pixels, are 16 high or more.
    picture, box = page.locator("#network img"), page.locator("#network .picture")
    letters = "image => image.getBoundingClientRect().width / image.naturalWidth * 22"
    assert picture.evaluate("image => image.getBoundingClientRect().width") == width - 40
    picture.click()
    assert picture.evaluate(letters) >= 16
    assert box.evaluate("box => [box.clientWidth, box.scrollWidth]") == [width - 40, 960]
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.locator("figcaption label").click()
    assert picture.evaluate(letters) < 8
    with page.expect_download() as saved:
        page.locator("a[download]").click()
    assert saved.value.suggested_filename == "kith-network.png"
    saved.value.save_as(tmp_path / "saved.png")
    with Image.open(tmp_path / "saved.png") as picture:
        assert (picture.format, picture.width) == ("PNG", 1200)
        assert picture.convert("RGB").getpixel((5, 5)) == (DARK if scheme == "dark" else LIGHT)
    shown = page.evaluate("document.querySelector('img').currentSrc")
    page.emulate_media(media="print", color_scheme=scheme)
    page.wait_for_timeout(200)
    assert (page.evaluate("document.querySelector('img').currentSrc") == shown) == (scheme == "light")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert not wrong
    context.close()


def test_on_a_desk_its_pictures_are_as_wide_as_its_words(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text(page_of("en"), "utf-8")
    page = browser.new_page(viewport={"width": 1280, "height": 700})
    page.goto(file.as_uri())
    wide = "each => each.getBoundingClientRect().width"
    assert page.locator("#network img").evaluate(wide) == page.locator("h2").first.evaluate(wide) == 736
    page.locator("#network img").click()
    assert page.locator("#network img").evaluate(wide) == 736
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_charts_are_text_that_follows_the_scheme(browser: Browser, tmp_path: Path, scheme: str) -> None:
    file = tmp_path / "report.html"
    parts = [("health", "Health", Reply("words", picture=chart())), ("circles", "Circles", Reply("", picture=chart()))]
    file.write_text(written(Page("Kitchen", "until today", [Section("ties", "Ties", parts)], "en")), "utf-8")
    context = browser.new_context(viewport={"width": 375, "height": 700}, color_scheme=scheme)
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: request.url == file.as_uri() or wrong.append(request.url))
    page.goto(file.as_uri())
    drawn = page.locator("#health svg:visible")
    assert drawn.count() == page.locator("#circles svg:visible").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") == 375
    assert drawn.evaluate("each => each.getBoundingClientRect().width") == 335
    assert page.get_by_role("img", name=chart().alt).count() == 2
    ground = drawn.locator("rect").first.evaluate("each => getComputedStyle(each).fill")
    assert ground == f"rgb{DARK if scheme == 'dark' else LIGHT}"
    said = drawn.locator("text").all_text_contents()
    assert {'<b>Half</b> of "May" stayed', "96 newcomers & co", "李伟", "1 May", "5%"} <= {*said}
    drawn.locator("text", has_text="李伟").evaluate("each => getSelection().selectAllChildren(each)")
    assert page.evaluate("getSelection().toString()") == "李伟"
    assert not page.locator("[id]:not(section, input)").count()  # nothing that another chart's parts could be taken for
    with page.expect_download() as saved:
        page.locator("#health a[download]").click()
    assert saved.value.suggested_filename == "kith-health.svg"
    saved.value.save_as(tmp_path / "saved.svg")
    assert "96 newcomers &amp; co" in (tmp_path / "saved.svg").read_text("utf-8")
    page.emulate_media(media="print", color_scheme=scheme)
    ground = page.locator("#health svg:visible rect").first.evaluate("each => getComputedStyle(each).fill")
    assert ground == f"rgb{LIGHT}"
    assert not wrong
    context.close()
