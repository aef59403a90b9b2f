"""The playground over HTTP: what it shows, to whom, and what it refuses."""

from __future__ import annotations

import json
import re
from datetime import datetime
from html.parser import HTMLParser

import httpx
import pytest

ANA = {"lang": "en", "as": "en-ana"}
LI_WEI = {"lang": "en", "as": "en-liwei"}


class Tags(HTMLParser):
    """Collect every tag with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def say(web: httpx.Client, text: str, who: dict[str, str] = ANA, room: str = "help") -> str:
    answer = web.post("/playground/say", params=who, json={"room": room, "text": text})
    answer.raise_for_status()
    return str(answer.json()["id"])


def room(web: httpx.Client, who: dict[str, str] = ANA, name: str = "help") -> str:
    return web.get("/playground/room", params={**who, "room": name}).text


def wait_for(web: httpx.Client, words: str, who: dict[str, str] = ANA, name: str = "help") -> str:
    with web.stream("GET", "/playground/stream", params=who) as stream:
        for _ in stream.iter_lines():
            if words in (shown := room(web, who, name)):
                return shown
    raise AssertionError(words)


def test_health_tells_the_state_of_each_part(web: httpx.Client) -> None:
    answer = web.get("/health")
    assert answer.status_code == 200
    seen = answer.json()
    assert seen["status"] == "ok"
    assert seen["database"]["kind"] == "sqlite"
    assert seen["platforms"]["playground"]["state"] == "running"
    for part in (seen["database"], seen["platforms"]["playground"]):
        assert part["ok"]
        assert datetime.fromisoformat(part["last_success"]).tzinfo is not None
    assert seen["intake"]["ok"]
    assert seen["parked"]["events"] == 0
    assert seen["outbox"]["waiting"] >= 0


def test_metrics_are_there_for_prometheus(web: httpx.Client) -> None:
    say(web, "counted")
    answer = web.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    figures = dict(line.rsplit(" ", 1) for line in answer.text.splitlines() if not line.startswith("#"))
    assert float(figures['kith_events_total{outcome="new"}']) >= 1
    assert figures['kith_part_up{part="database"}'] == "1.0"
    assert float(figures['kith_part_last_success_timestamp_seconds{part="platform:playground"}']) > 1_000_000_000
    assert figures["kith_parked_events"] == "0.0"


@pytest.mark.parametrize(("language", "title"), [("en", "Data Kitchen"), ("zh-CN", "数据厨房")])
def test_the_page_comes_with_a_community_that_is_alive(web: httpx.Client, language: str, title: str) -> None:
    page = web.get("/", headers={"accept-language": language}).text
    assert title in page
    assert page.count('class="message') > 10
    assert page.count("data-emoji") > 10
    assert "web-" not in re.sub(r'(href|src|class|id)="[^"]*"', "", page)


def test_the_page_needs_nothing_inline_and_nothing_from_elsewhere(web: httpx.Client) -> None:
    answer = web.get("/")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    parser = Tags()
    parser.feed(answer.text)
    scripts = [given for tag, given in parser.tags if tag == "script"]
    assert scripts
    assert all("src" in given or given["type"] == "application/json" for given in scripts)
    assert "style" not in {tag for tag, _ in parser.tags}
    for _, given in parser.tags:
        assert not [name for name in given if name == "style" or name.startswith("on")]
        assert not re.match("(https?:)?//", (given.get("src") or given.get("href") or ""))


def test_a_message_flows_to_those_who_look_on(web: httpx.Client) -> None:
    with web.stream("GET", "/playground/stream", params=LI_WEI) as stream:
        lines = stream.iter_lines()
        assert next(lines) == "event: time"
        message = say(web, "does it flow?")
        for line in lines:
            if line == "event: new":
                told = json.loads(next(lines).removeprefix("data: "))
                break
    assert told["id"] == message
    assert told["room"] == "help"
    assert "does it flow?" in told["html"]


def test_a_private_answer_and_its_call_are_seen_by_one(web: httpx.Client) -> None:
    say(web, "/privacy")
    shown = wait_for(web, "Only Ana sees this")
    assert "/privacy" in shown
    assert "Only Ana sees this" not in room(web, LI_WEI)
    private = re.search(r'data-id="(k\d+)"[^>]*data-author="kith"', shown.split("message kith private")[-1])
    assert private is not None
    assert web.get("/playground/native", params={**LI_WEI, "message": private[1]}).status_code == 404
    assert web.get("/playground/native", params={**ANA, "message": private[1]}).status_code == 200


def test_all_that_is_kept_of_somebody_comes_as_a_file(web: httpx.Client) -> None:
    say(web, "/mydata", room="@")
    shown = wait_for(web, "/playground/files/", name="@")
    link = re.search(r'href="(/playground/files/[^"]+)"', shown)
    assert link is not None
    answer = web.get(link[1].replace("&amp;", "&"))
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "Ana" in answer.text
    foreign = re.sub("en-ana", "en-liwei", link[1].replace("&amp;", "&"))
    assert web.get(foreign).status_code == 404


def test_a_reaction_is_given_and_taken_back(web: httpx.Client) -> None:
    message = say(web, "react to me", LI_WEI, "showcase")
    for shown in (True, False):
        answer = web.post("/playground/react", params=ANA, json={"message": message, "emoji": "🎉"})
        assert answer.status_code == 200
        tail = room(web, ANA, "showcase").split(f'id="m-{message}"')[1]
        assert ('aria-pressed="true"' in tail.split("</article>")[0]) is shown
    answer = web.post("/playground/react", params=ANA, json={"message": message, "emoji": "<script>"})
    assert answer.status_code == 400


def test_only_the_writer_or_a_moderator_deletes(web: httpx.Client) -> None:
    message = say(web, "take me away")
    assert web.post("/playground/delete", params=LI_WEI, json={"message": message}).status_code == 403
    noor = {"lang": "en", "as": "en-noor"}
    assert web.post("/playground/delete", params=noor, json={"message": message}).status_code == 200
    assert "take me away" not in room(web)


def test_other_pages_are_refused(web: httpx.Client) -> None:
    body = {"room": "help", "text": "from elsewhere"}
    for headers in (
        {"origin": "https://evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"host": "evil.example", "origin": "http://evil.example"},
    ):
        answer = web.post("/playground/say", params=ANA, json=body, headers=headers)
        assert answer.status_code == 403
    assert web.get("/", headers={"host": "evil.example"}).status_code == 403
    for headers in ({"host": "[::1"}, {"origin": "http://["}, {"origin": "null"}):
        assert web.get("/", headers=headers).status_code == 403
    assert "from elsewhere" not in room(web)


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"room=help&text=hi", "application/x-www-form-urlencoded", 415),
        (b"{", "application/json", 400),
        (b"[]", "application/json", 400),
        (b'{"text": 7}', "application/json", 400),
        (b'{"text": "  "}', "application/json", 400),
        (b" " * 70_000, "application/json", 413),
        (b"[" * 60_000, "application/json", 400),
        (b'{"text": "\xff"}', "application/json", 400),
        (b'{"text": ' + b"9" * 5_000 + b"}", "application/json", 400),
    ],
)
def test_bad_bodies_get_a_clear_status(web: httpx.Client, content: bytes, kind: str, status: int) -> None:
    answer = web.post("/playground/say", params=ANA, content=content, headers={"content-type": kind})
    assert answer.status_code == status


def test_what_is_not_there_is_not_found(web: httpx.Client) -> None:
    for path in ("/playground/pictures/none.png", "/playground/files/none", "/playground/nothing"):
        assert web.get(path).status_code == 404
    for action in ("react", "delete"):
        assert web.post(f"/playground/{action}", params=ANA, json={"message": "x", "emoji": "🎉"}).status_code == 404
    for days in (4000, 0, -1, True, 1.5, "1", None):
        assert web.post("/playground/advance", params=ANA, json={"days": days}).status_code == 400
    assert web.get("/", params={"as": "nobody", "room": "nowhere", "lang": "tlh"}).status_code == 200


def test_a_button_that_kith_no_longer_knows_is_answered_to_the_presser_alone(web: httpx.Client) -> None:
    gone = {"message": "k999999", "token": "y", "room": "careers"}
    assert web.post("/playground/press", params=ANA, json=gone).status_code == 200
    shown = wait_for(web, "time is over", name="careers")
    assert "Only Ana sees this" in shown
    assert "time is over" not in room(web, LI_WEI, "careers")
