"""Items from files: what is read of CSV and JSON, and what is said of every other input."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.domain.catalogue import Access, Depth, Item, ItemKind, access, item_key, link_of, topics_of
from core.domain.errors import BadInput
from core.domain.message import plain_text
from core.files.items import read_items
from core.kit.texts import LANGUAGES, Texts

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def written(folder: Path, text: str, name: str = "items.csv") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_a_table_and_objects_say_the_same(tmp_path: Path) -> None:
    table = written(
        tmp_path,
        "\ufefftitle,kind,link,topics,tier,price,published,depth\r\n"
        '"数据分析入门，第一讲",Course,https://a.example/1,"pandas；统计, Pandas",1,"1,200",2026-02-01,beginner\r\n'
        "\r\n"
        "Tea &amp; <b>talk</b>,event,,,,,,\r\n",
    )
    rows = [
        {
            "title": "数据分析入门，第一讲",
            "kind": "course",
            "link": "https://a.example/1",
            "topics": ["pandas", "统计"],
            "tier": 1,
            "price": 1200,
            "published": "2026-02-01T00:00Z",
            "depth": "beginner",
            "something": {"else": True},
        },
        {"title": "Tea & talk", "kind": "event", "link": None},
    ]
    objects = written(tmp_path, "\n " + json.dumps({"items": rows}), "items.json")
    one, other = read_items(table), read_items(objects)
    assert one.items == other.items
    first, second = one.items.values()
    assert (first.kind, first.topics, first.tier, first.price) == (ItemKind.COURSE, ("pandas", "统计"), 1, 1200)
    assert (first.published_at, first.depth) == (datetime(2026, 2, 1, tzinfo=UTC), Depth.BEGINNER)
    assert (second.title, second.key, second.published_at) == ("Tea & talk", "title:tea & talk", None)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "items.csv has no column “title”"),
        ("title\n", "rows"),
        ("title;kind\na;b\n", "parted by “;”"),
        ("title,colour\na,red\n", "colour"),
        ("title,kind\na\n", "line 2"),
        ("title,kind\n,course\n", "Line 2: An item needs a title."),
        ("title,kind\na,film\n", "Line 2: “film” under “kind” is none of course, column"),
        ("title,link\na,ftp://x/y\n", "Line 2: “ftp://x/y” is no link."),
        ("title,link\na,http://[x\n", "Line 2: “http://[x” is no link."),
        ("title,price\na,-1\n", "Line 2: “-1” under “price” is no whole number from 0 to 1,000,000."),
        ("title,tier\na,9999999999999999999999\n", "is no whole number from 0 to 20."),
        ("title,published\na,soon\n", "Line 2: “soon” under “published” is no day."),
        ("[{]", "line 1: this is no JSON"),
        ("[1]", "item 1 is no object with a title"),
        ('{"titles": []}', "holds no array of items"),
        ("[" * 100_000, "this is no JSON"),
        ("title,price\n" + "a,x\n" * 9, "9 lines make no sense, and nothing was brought in."),
    ],
)
def test_what_makes_no_sense_is_one_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BadInput) as raised:
        read_items(written(tmp_path, text))
    assert said in plain_text(Texts("en").error(raised.value))
    assert all("\n" not in Texts(language).error(raised.value) for language in LANGUAGES)


def test_a_long_description_is_cut_and_one_named_twice_counts_once(tmp_path: Path) -> None:
    long = "x" * 10_000_000
    path = written(
        tmp_path, f"title,link,description\na,https://a/1,{long}\nb,https://a/1,short\nc,https://a/2,{long}\n"
    )
    brought = read_items(path)
    assert (brought.again, brought.cut, [each.title for each in brought.items.values()]) == (1, 2, ["b", "c"])
    assert len(brought.items["https://a/2"].description) == 4_000


def test_who_may_open_what() -> None:
    costs = Item(title="a", key="a", tier=1, price=5)
    assert access(costs, 0, owned=False) is Access.TIER
    assert access(costs, 1, owned=False) is Access.PRICE
    assert access(costs, 0, owned=True) is Access.OWNED
    assert access(costs, 0, owned=False, moderates=True) is Access.OPEN
    assert access(Item(title="a", key="a"), 0, owned=False) is Access.OPEN


def test_a_key_is_the_address_or_the_title_and_never_too_long() -> None:
    assert item_key("https://a/1", "x") == "https://a/1"
    assert item_key("", "Straße") == item_key("", "STRASSE")
    assert len(item_key("https://a/" + "y" * 400, "x")) < 100
    assert link_of(" https://a.example/x ") == "https://a.example/x"
    assert topics_of("a、b, A\n" + ",".join(map(str, range(20)))) == ("a", "b", "0", "1", "2", "3", "4", "5")


RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Notes</title>
<item><title>&lt;b onclick=&quot;x()&quot;&gt;第一讲 &amp;amp; more</title><link>https://a.example/1</link></item>
<item><title>No link</title></item><item><title>Bad</title><link>javascript:alert(1)</link></item>
<item><link>https://a.example/1</link></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN"><title>专栏</title><entry><title>第二讲</title>
<link href="https://a.example/2"/><author><name>李伟</name></author><updated>2026-02-01T00:00:00Z</updated>
<link rel="enclosure" type="audio/mpeg" href="https://a.example/2.mp3"/></entry></feed>"""
BOMB = '<!DOCTYPE rss [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><rss version="2.0"><channel><title>&b;</title></channel>'


def test_feeds_are_items_and_lists_are_feeds(tmp_path: Path) -> None:
    found = list(read_items(written(tmp_path, "\ufeff\n" + RSS, "feed.xml")).items.values())
    assert [each.title for each in found] == ["第一讲 & more", "No link"]
    (entry,) = read_items(written(tmp_path, ATOM, "atom.xml")).items.values()
    assert (entry.author, entry.language, entry.kind) == ("李伟", "zh-CN", ItemKind.RECORDING)
    assert entry.published_at == datetime(2026, 2, 1, tzinfo=UTC)
    opml = '<opml version="2.0"><body><outline text="x"><outline xmlUrl="https://a.example/f"/></outline></body></opml>'
    assert read_items(written(tmp_path, opml, "list.opml")).feeds == ["https://a.example/f"]


@pytest.mark.parametrize("text", [BOMB, "<html><p>hello", "<rss", "<opml><body/></opml>", "<rss version='2.0'/>"])
def test_what_is_no_feed_is_refused_in_one_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadInput) as raised:
        read_items(written(tmp_path, text, "feed.xml"))
    for language in LANGUAGES:
        said = plain_text(Texts(language).error(raised.value))
        assert "feed.xml" in said
        assert "\n" not in said
