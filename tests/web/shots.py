"""`make shots`: the pictures of the README, taken from a playground that runs.

Run as `python -m tests.web.shots [FOLDER]`; needs a chromium (KITH_CHROMIUM names another).
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.web.conftest import CHROMIUM, FLAGS, ROOT, running

WIDE = {"width": 1280, "height": 860}
PHONE = {"width": 375, "height": 740}


def _open(browser: Browser, site: str, language: str, size: dict[str, int], *, dark: bool = False) -> Page:
    context = browser.new_context(
        viewport=size,
        locale=language,
        color_scheme="dark" if dark else "light",
        device_scale_factor=2 if size is PHONE else 1,
    )
    page = context.new_page()
    page.goto(site)
    page.wait_for_selector("html[data-ready]")
    return page


def _ask(page: Page, call: str) -> None:
    count = page.locator(".message.kith").count()
    page.fill("#say", call)
    page.click("button.send")
    page.wait_for_function("n => document.querySelectorAll('.message.kith').length > n", arg=count)
    page.wait_for_timeout(700)
    page.mouse.move(640, 4)


def _keep_picture(page: Page, path: Path) -> None:
    source = page.locator(".message.kith picture img").last.get_attribute("src")
    path.write_bytes(page.request.get(f"{page.url.split('/?')[0].rstrip('/')}{source}").body())


def _keep_post(page: Page, about: str, path: Path) -> None:
    """Take the newest of Kith's messages that has what `about` selects."""
    page.locator(".message.kith").filter(has=page.locator(about)).last.screenshot(path=path)


def main(folder: Path) -> None:
    """Take every picture."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, running(Path(data)) as site, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = _open(browser, f"{site}/?room=workshop", "en", WIDE)
        _keep_post(page, ".poll", folder / "activity-quiz.png")
        _ask(page, "/leaderboard")
        _keep_picture(page, folder / "leaderboard.png")
        _ask(page, "/calendar")
        _keep_picture(page, folder / "calendar.png")
        page = _open(browser, f"{site}/?room=lobby", "en", WIDE)
        _keep_post(page, ".poll", folder / "activity-poll.png")
        _keep_post(page, "text=did it", folder / "activity-challenge.png")
        page = _open(browser, f"{site}/?room=help", "en", WIDE)
        _ask(page, "/me")
        _keep_picture(page, folder / "card.png")
        page.screenshot(path=folder / "playground.png")
        page.locator(".message.kith").last.hover()
        page.locator(".message.kith").last.locator(".native").click()
        page.wait_for_timeout(700)
        page.screenshot(path=folder / "platforms.png")
        page = _open(browser, site, "zh-CN", WIDE, dark=True)
        _ask(page, "/me")
        _ask(page, "/privacy")
        page.screenshot(path=folder / "playground-zh-dark.png")
        page = _open(browser, site, "en", PHONE)
        page.locator("#say").press_sequentially("/p")
        page.screenshot(path=folder / "playground-phone.png")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images")
