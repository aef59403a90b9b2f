"""A running `kith run` with its playground, and a real browser to look at it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).parents[2]
CHROMIUM = os.environ.get("KITH_CHROMIUM", "/usr/bin/chromium")
PATIENCE = 30_000  # milliseconds: a busy machine is no fault
expect.set_options(timeout=PATIENCE)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


def kith(*words: str, data: Path, **more: str) -> subprocess.Popen[str]:
    """Start `kith` as its own process, with nothing of this machine's settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KITH_")}
    given = {"KITH_DATA_DIR": str(data), "KITH_WEB_PORT": "0", **more}
    return subprocess.Popen(
        [sys.executable, "-m", "bot", *words],
        cwd=ROOT,
        env={**kept, **given},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def address_of(process: subprocess.Popen[str]) -> str:
    """Wait until `kith run` says where its page is."""
    assert process.stdout is not None
    line = process.stdout.readline()
    found = re.search(r"http://\S+", line)
    assert found, (line, process.stderr.read() if process.stderr else "")
    return found[0]


@contextmanager
def running(data: Path, *words: str, **more: str) -> Iterator[str]:
    """Run `kith run` and give its address; it has to end by itself when asked to, and without a fault."""
    process = kith("run", *words, data=data, **more)
    try:
        yield address_of(process)
        process.send_signal(signal.SIGTERM)
        _, faults = process.communicate(timeout=40)
        assert process.returncode == 0, faults
        assert "Traceback" not in faults, faults
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()


def caught_up(address: str) -> None:
    """Wait until the playground has lived up to today: it shows its page before."""
    with httpx.stream("GET", f"{address}/playground/stream", timeout=PATIENCE / 1000) as told:
        next(line for line in told.iter_lines() if '"moving": false' in line)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a playground that all tests of this folder share."""
    with running(tmp_path_factory.mktemp("playground")) as address:
        caught_up(address)
        yield address


@pytest.fixture
def web(site: str) -> Iterator[httpx.Client]:
    """Give a client of the playground."""
    with httpx.Client(base_url=site, timeout=PATIENCE / 1000) as client:
        yield client


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give a real browser, for one module: its driver keeps an event loop running, beside which no async test can."""
    with sync_playwright() as driver:
        made = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield made
        made.close()


class Visitor:
    """Somebody in front of the page."""

    def __init__(self, page: Page, site: str) -> None:
        self.page = page
        self.site = site
        self.trouble: list[str] = []
        page.on("console", lambda message: self.trouble.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.trouble.append(str(error)))

    def visit(self, **where: str) -> Page:
        """Open the page and wait until it is alive."""
        query = "&".join(f"{name}={value}" for name, value in where.items())
        self.page.goto(f"{self.site}/?{query}")
        self.page.wait_for_selector("html[data-ready]")
        return self.page

    def say(self, text: str) -> None:
        """Write into the composer and send it."""
        self.page.fill("#say", text)
        self.page.click("button.send")

    def newest(self, kind: str = ".message") -> str:
        """Return what the newest message of a kind says."""
        return self.page.locator(kind).last.inner_text()


@contextmanager
def sitting(browser: Browser, site: str, locale: str = "en") -> Iterator[Visitor]:
    """Give a visitor on a wide screen; a script error or a refused resource fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 860}, locale=locale)
    context.set_default_timeout(PATIENCE)
    made = Visitor(context.new_page(), site)
    yield made
    context.close()
    assert not made.trouble, made.trouble


@pytest.fixture
def visitor(browser: Browser, site: str) -> Iterator[Visitor]:
    """Give one visitor."""
    with sitting(browser, site) as made:
        yield made


@pytest.fixture
def other(browser: Browser, site: str) -> Iterator[Visitor]:
    """Give another visitor, in a browser of their own."""
    with sitting(browser, site) as made:
        yield made
