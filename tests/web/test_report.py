"""The report in a real browser: narrow, dark, on paper, and its pictures kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser

from bot.cli.report import Page, written
from core.domain.message import Reply, escape
from core.domain.pictures import NetworkMap
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
    return written(Page("Kitchen & <co>", "until today", parts, language))


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
    assert page.locator("nav a").count() == page.locator("section").count() == 2
    assert page.locator("#network .group").count() == 2
    assert page.locator("strong").inner_text() == '<img src=x onerror="alert(1)"> & co'
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
