"""`make shots`: the pictures of the README, taken from a playground that runs.

Run as `python -m tests.web.shots [FOLDER]`; needs a chromium (KITH_CHROMIUM names another).
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.web.conftest import CHROMIUM, FLAGS, ROOT, caught_up, running

WIDE = {"width": 1280, "height": 860}
PHONE = {"width": 375, "height": 740}
# What a moderator of the sample gives each kind of activity.
KINDS = {
    "announcement": "text=Thursday's session moves to 19:00: the host has a train to catch.",
    "bounty": "",
    "challenge": "points=5 goal=10 task=Write one query today, and say in a line what it told you.",
    "cohort": "points=50 topic=Pandas in practice weeks=1: Frames | 2: Joins | 3: Time series | 4: Your own data",
    "digest": "",
    "homework": "points=20 task=Write a query that finds the first order of each customer.",
    "introductions": "points=5",
    "invitation": "",
    "live": "seats=20 topic=Ask me anything: reading query plans",
    "mentors": "topics=SQL | Statistics | Careers",
    "poll": "ask=What shall Thursday's session be about? options=Query plans | dbt from zero | Window functions",
    "pulse": "",
    "question": "points=5 questions=What did you automate last, and was it worth it?",
    "quiz": "points=5 items=What does COUNT(*) count? ; *Rows ; Columns ; Values # Null or not, a row is one.",
    "raffle": "prize=A seat in the course on window functions",
    "renewal": "",
    "review": "items=What does COUNT(*) count? ; *Rows ; Columns # Null or not, a row is one.",
    "sequence": "",
    "survey": "scale=nps questions=What shall we do more of? Live sessions / Notebooks / Help with careers",
    "thanks_round": "points=5 occasion=The data sprint is over.",
}
# Shows a preview as it will stand in a room.
AS_IN_A_ROOM = """each => {
    each.classList.remove("private");
    each.querySelector(".whisper")?.remove();
}"""


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


def _ask_for_later(page: Page, call: str) -> None:
    """Ask for what is worked out first, and wait for its picture."""
    before = page.locator(".message.kith picture img").count()
    _ask(page, call)
    page.wait_for_function("n => document.querySelectorAll('.message.kith picture img').length > n", arg=before)
    page.wait_for_timeout(700)


def _keep_picture(page: Page, path: Path) -> None:
    source = page.locator(".message.kith picture img").last.get_attribute("src")
    path.write_bytes(page.request.get(f"{page.url.split('/?')[0].rstrip('/')}{source}").body())


def _keep_post(page: Page, about: str, path: Path) -> None:
    """Take the newest of Kith's messages that has what `about` selects; where none has, as at weekends, leave it."""
    found = page.locator(".message.kith").filter(has=page.locator(about))
    if found.count():
        found.last.screenshot(path=path)
    else:
        sys.stderr.write(f"{path.name} is left as it was: nothing of the kind was said in the last day\n")


def _keep_kinds(page: Page, folder: Path) -> None:
    """Take what each kind of activity puts up, by its preview."""
    for kind, given in KINDS.items():
        _ask(page, f"/activities {kind} weekdays 10:00 {given}")
        posts = page.locator(".message.kith")
        count = posts.count()
        if posts.last.get_by_role("button", name="Preview").count() == 0:
            raise LookupError(f"{kind}: {posts.last.inner_text()}")
        posts.last.get_by_role("button", name="Preview").click()
        page.wait_for_function("n => document.querySelectorAll('.message.kith').length > n", arg=count)
        page.wait_for_timeout(700)
        page.mouse.move(640, 4)
        posts.last.evaluate(AS_IN_A_ROOM)
        posts.last.screenshot(path=folder / f"kind-{kind.replace('_', '-')}.png")


def main(folder: Path) -> None:
    """Take every picture."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, running(Path(data)) as site, sync_playwright() as driver:
        caught_up(site)
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
        _keep_kinds(_open(browser, f"{site}/?room=workshop&as=en-noor", "en", WIDE), folder)
        page = _open(browser, f"{site}/?room=lobby&as=en-noor", "en", WIDE)
        _ask_for_later(page, "/effects")
        _keep_post(page, "text=came back", folder / "effect-answer.png")
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
