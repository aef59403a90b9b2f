"""Chinese reads as Chinese people write it."""

from __future__ import annotations

import re

import pytest

from core.domain.errors import BadInput
from core.engine import discover
from core.kit.forms import fields_of
from core.kit.texts import Texts, source_of
from tests.architecture.test_catalogues import catalogue, variables

_TYPED = re.compile("`[^`]*`")  # commands, and forms in which something is typed
_CHINESE = "\u4e00-\u9fff」』》。，：；？！（）"


def test_marks_beside_chinese_are_full_width() -> None:
    lines = [_TYPED.sub("", line) for line in source_of("zh-CN").splitlines() if not line.startswith("#")]
    narrow = re.compile(f"[{_CHINESE}][,:;?!()]|[,;?!()][{_CHINESE}]")
    assert [line for line in lines if narrow.search(line)] == []


@pytest.mark.parametrize(
    ("word", "instead"),
    [
        ("级别", "等级 (level)"),
        ("版主", "管理员 (moderator)"),
        ("群主", "主理人 (owner)"),
        ("房间", "频道 (room)"),
        ("聊天室", "频道 (room)"),
        ("徽章", "称号 (tier)"),
        ("段位", "称号 (tier)"),
        ("角色", "身份组 (role)"),
        ("小组", "圈子 (circle)"),
        ("社区", "社群 (community)"),
        ("游乐场", "演练场 (playground)"),
        ("福利", "权益 (benefit)"),
        ("特权", "权益 (benefit)"),
        ("奖品", "权益 (benefit)"),
        ("经验值", "积分 (points)"),
        ("等级「", "称号「 (a tier by its name)"),
        ("各等级", "各称号 (tiers)"),
    ],
)
def test_one_thing_has_one_word(word: str, instead: str) -> None:
    prizes = ("activity-raffle", "activity-field-prize") if word == "奖品" else ()
    wrong = {
        key: said
        for key, said in _said().items()
        if word in said.replace("社群主理人", "") and not key.startswith(prizes)
    }
    assert not wrong, f"say {instead}"


def test_no_blank_stands_beside_a_full_width_mark() -> None:
    # Bold and italic signs are not read: **一览。** 点 has a blank after a full stop too.
    stray = re.compile(r"[，。、；：？！][*]{0,2} +(?=[^ ])|[^ ] +[，。、；：？！]")
    assert {key: said for key, said in _said().items() if stray.search(said)} == {}


def test_a_blank_stands_between_chinese_and_figures_or_letters() -> None:
    tight = re.compile("[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9%][\u4e00-\u9fff]")
    source = source_of("zh-CN")
    numbers = re.compile(r"\{ NUMBER\([^{}]*\) \}")
    lines = [line for line in source.splitlines() if not line.startswith("#")]
    assert [line for line in lines if tight.search(numbers.sub("1", line))] == []


def test_a_blank_stands_between_chinese_and_what_people_call_something() -> None:
    # Where that is Chinese too the blank goes by itself; what Kith names, such as a day, always is.
    people = "community|space|room|name|names|member|who|host|mentor|actor|friend"
    named = f"{people}|tier|plan|item|title|topic|series|before|zone"
    put = f"[*_]*{{ \\$(?:{named}) }}[*_]*"
    tight = re.compile(f"[\u4e00-\u9fff]{put}|{put}[\u4e00-\u9fff0-9]")
    assert [line for line in source_of("zh-CN").splitlines() if tight.search(line)] == []


def test_no_blank_parts_chinese_from_chinese() -> None:
    blank = re.compile("[\u3400-\u9fff] [\u3400-\u9fff]")
    typed = {"option-remindme-what"}  # an example of what is typed
    said = {key: _TYPED.sub("", words) for key, words in _said().items() if key not in typed}
    assert {key: words for key, words in said.items() if blank.search(words)} == {}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("苏北", "只有苏北能看到"),
        ("Ana", "只有 Ana 能看到"),
        ("3 号", "只有 3 号能看到"),
        ("小李 Li", "只有小李 Li 能看到"),
        ("张 三", "只有张 三能看到"),
        ("김민수", "只有 김민수 能看到"),
        ("\u2068苏北\u2069", "只有苏北能看到"),
        ("*苏北*", "只有*苏北*能看到"),
    ],
)
def test_a_blank_parts_a_name_from_chinese_only_where_it_is_none(name: str, said: str) -> None:
    assert Texts("zh-CN").plain("web-only-you", name=name) == said


def test_a_blank_is_looked_at_through_bold_and_lists() -> None:
    t = Texts("zh-CN")
    given = t("grant-done", name="苏北", amount=1_200, actor="Ana", reason="笔 记")
    assert given == "**苏北获得 1,200 积分**，来自 Ana：笔 记"
    assert t("grant-ask", name=t.listed(["苏北", "Ana"])).startswith("给苏北、Ana 发多少积分")


# Names, commands, words that are typed and what stands on other pages in English.
_LATIN = re.compile(
    r"(?:"
    r"ISO|CNY|EUR|JPY|docs|md|"
    r"Kith|Stripe|Webhooks|whsec|AMA|RSS|Atom|sitemap|FSRS|pandas|Discord|Telegram|Desktop|DiscordChatExporter|BotFather|Makefile|SQLite|PostgreSQL|English|JSON"
    r"|UTF|CSV|SHA|AUC|Brier|last|time|random|PNG|SVG|API|KB|MB|Asia|Shanghai|Europe|London|Server|Members|Intent|Bot|Reset|Token|Privileged"
    r"|Gateway|Intents|Disable|KITH|TOKEN|tzdata|pip|install|make|run|env|chmod|url|safe|treated|control"
    r"|UTC|NPS|week|month|bounded|rolling|bracket|silence|renewals|joined|wrote|price|plink|present|took|part|opened|CSAT"
    r"|question|right|wrong|why|account|level|points|feed|none|on|off|en|zh|room|direct|personal|counted|out|balanced|helpful|calm|all"
    r")"
)


def test_no_english_is_left_but_names_and_what_is_typed() -> None:
    typed = re.compile(
        r"`[^`]*`|「\[[^」]*」|\*\*/\w[^*]*|/\w+( timezone)?|@\w+|--?[a-z-]+|(https?|postgresql)://\S*|\S+\.com"
        r"|KITH_\w+|kith [a-z -]+|discord:\d+|base64"
    )
    left: dict[str, list[str]] = {}
    for key, said in _said().items():
        words = [word for word in re.findall(r"[A-Za-z]{2,}", typed.sub(" ", said)) if not _LATIN.fullmatch(word)]
        if words:
            left[key] = words
    assert left == {}


def test_a_list_is_written_as_its_language_writes_it() -> None:
    told = BadInput("error-unknown-setting", given="*x*", choices=("quiet", "*points*"))
    assert Texts("zh-CN").error(told) == "没有「\\*x\\*」这项设置。可选：quiet、\\*points\\*。"
    assert Texts("en").plain("error-choice", given="x", choices=("a", "*b*")).endswith("a, *b*.")


def _said() -> dict[str, str]:
    """Return every Chinese text, its arguments put as 1."""
    texts = Texts("zh-CN")
    return {key: texts.plain(key, **dict.fromkeys(variables("zh-CN", key), 1)) for key in catalogue("zh-CN")}


@pytest.mark.parametrize(("language", "joined"), [("en", "why. Up to 1 MB"), ("zh-CN", "why。最大 1 MB")])
def test_two_sentences_of_a_form_stand_as_in_each_language(language: str, joined: str) -> None:
    (table, *_) = fields_of(Texts(language), discover().actions["fill_bank"], {})
    assert joined in table.help
