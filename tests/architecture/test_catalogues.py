"""Every word that people read: in both languages, with the same arguments, used, and none missing."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest
from fluent.syntax import FluentParser, FluentSerializer
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

from core.domain.forms import Choice
from core.engine import discover
from core.kit.arguments import kind_of
from core.kit.declare import Command
from core.kit.texts import LANGUAGES, Texts, source_of
from tests.architecture.source import ROOT, calls, modules

# Where a language words a sentence otherwise, and why it needs other arguments.
OTHERWISE = {
    "tier-rise": "English counts those whom it doesn't name, Chinese everybody",
    "effect-said": "English alone has a singular",
}
_KEY = re.compile(r"^([a-zA-Z][\w-]*) *=", re.MULTILINE)
# How keys begin of what is shown as it is: nobody reads marks there.
PLAIN = ("button-", "command-", "field-", "form-", "menu-", "option-")
# What takes a key first and its arguments by name.
SAYERS = {"t", "texts", "plain", "BadInput", "NotAllowed", "NotFound", "KithError"}


class _Variables(Visitor):
    def __init__(self) -> None:
        self.found: set[str] = set()
        self.others: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:
        self.found.add(node.id.name)

    def visit_MessageReference(self, node: ftl.MessageReference) -> None:
        self.others.add(node.id.name)

    def visit_TermReference(self, node: ftl.TermReference) -> None:
        self.others.add(f"-{node.id.name}")


@cache
def entries(language: str) -> list[ftl.EntryType]:
    """Return what stands in a catalogue, in order."""
    return FluentParser().parse(source_of(language)).body


def name_of(entry: ftl.Message | ftl.Term) -> str:
    return entry.id.name if isinstance(entry, ftl.Message) else f"-{entry.id.name}"


def test_a_key_stands_in_the_same_file_in_every_language() -> None:
    folder = ROOT / "core" / "locales"
    pillars = {path.name for path in folder.glob("*/*.ftl")}
    for pillar in pillars:
        keys = [set(_KEY.findall((folder / language / pillar).read_text("utf-8"))) for language in LANGUAGES]
        assert keys[0], pillar
        assert all(each == keys[0] for each in keys), pillar


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_refers_to_another(language: str) -> None:
    assert {key for key, (_, others) in catalogue(language).items() if others} == set()


@cache
def catalogue(language: str) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Return for each key the variables it names itself and the messages it refers to."""
    found: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
    for entry in entries(language):
        if isinstance(entry, ftl.Message | ftl.Term):
            seen = _Variables()
            seen.visit(entry)
            found[name_of(entry)] = (frozenset(seen.found), frozenset(seen.others))
    return found


def variables(language: str, key: str) -> set[str]:
    """Return the variables that a message needs, those of the messages within it too."""
    own, others = catalogue(language)[key]
    return set(own).union(*(variables(language, other) for other in others))


def pattern_of(node: ast.JoinedStr) -> str | None:
    """Return an f-string as a pattern of keys, None where it can't be one."""
    parts = [re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[A-Za-z0-9_-]+" for part in node.values]
    text = "".join(parts)
    literal = "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
    return text if re.fullmatch(r"[a-z][a-z0-9_-]*", literal) and "-" in literal else None


def words_in_source() -> tuple[set[str], re.Pattern[str]]:
    """Return every string of the source that might be a key, and the pattern of those that are put together."""
    literals: set[str] = set()
    patterns: set[str] = set()
    for tree in modules().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                literals.add(node.value)
            elif isinstance(node, ast.JoinedStr) and (pattern := pattern_of(node)):
                patterns.add(pattern)
    for page in sorted((ROOT / "bot").rglob("*.html")):
        source = page.read_text("utf-8")
        literals.update(re.findall(r"""["']([a-z][a-z0-9_-]+)["']""", source))
        patterns.update(
            f"{re.escape(head)}[A-Za-z0-9_-]+" for head in re.findall(r"""["']([a-z][a-z0-9_-]+-)["']\s*~""", source)
        )
    return literals, re.compile("|".join(sorted(patterns)))


def said() -> Iterator[tuple[str, ast.Call, ast.expr]]:
    """Yield every place that says something by its key."""
    for path, tree in modules().items():
        for name, call in calls(tree):
            if name in SAYERS and call.args:
                yield f"{path}:{call.lineno}", call, call.args[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_is_fluent_and_has_each_key_once(language: str) -> None:
    assert [entry.content[:60] for entry in entries(language) if isinstance(entry, ftl.Junk)] == []
    names = Counter(name_of(entry) for entry in entries(language) if isinstance(entry, ftl.Message | ftl.Term))
    assert {name for name, times in names.items() if times > 1} == set()


def test_both_languages_have_every_key() -> None:
    first, *others = (set(catalogue(language)) for language in LANGUAGES)
    for other in others:
        assert first ^ other == set()


@pytest.mark.parametrize("key", sorted(catalogue("en").keys() - OTHERWISE.keys()))
def test_a_key_takes_the_same_arguments_in_every_language(key: str) -> None:
    needed = {language: variables(language, key) for language in LANGUAGES if key in catalogue(language)}
    assert len({frozenset(each) for each in needed.values()}) == 1, needed


def test_no_key_is_unused() -> None:
    literals, made = words_in_source()
    declared = {f"command-{name}" for name in discover().commands}
    declared |= {
        f"option-{command.name}-{parameter.name}{end}"
        for command in discover().commands.values()
        for parameter in command.parameters
        for end in ("", "-name")
    }
    declared |= {key for command in discover().actions.values() if command.asks for key in form_keys(command)}
    within = {other for language in LANGUAGES for _, others in catalogue(language).values() for other in others}
    unused = {
        key
        for key in catalogue("en")
        if key not in literals | declared | within
        and not (made.fullmatch(key) and not key.startswith(("command-", "option-", "form-", "field-")))
    }
    assert unused == set()


def test_no_key_that_is_said_is_missing() -> None:
    missing = []
    for place, _, first in said():
        pattern = pattern_of(first) if isinstance(first, ast.JoinedStr) else None
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            pattern = re.escape(first.value)
        if pattern is not None and not any(re.fullmatch(pattern, key) for key in catalogue("en")):
            missing.append(f"{place} {pattern}")
    assert missing == []


def test_whoever_says_something_gives_what_its_words_need() -> None:
    lacking = []
    for place, call, first in said():
        if not isinstance(first, ast.Constant) or first.value not in catalogue("en"):
            continue
        needed = set().union(*(variables(language, str(first.value)) for language in LANGUAGES))
        given = {keyword.arg for keyword in call.keywords}
        if None not in given and (lacks := needed - given):
            lacking.append(f"{place} {first.value}: {sorted(lacks)}")
    assert lacking == []


def form_keys(command: Command) -> dict[str, bool]:
    """Return the keys of a form's words, and whether it must have them."""
    keys = {f"form-{command.name}": True}
    for parameter in command.fields:
        field, kind = f"field-{command.name}-{parameter.name}", kind_of(parameter)
        keys |= {field: True, f"{field}-help": False}
        keys |= {f"{field}-{each.value}": False for each in (kind.options if isinstance(kind, Choice) else ())}
    return keys


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_and_field_has_words_that_fit(language: str) -> None:
    forms = [command for command in discover().actions.values() if command.asks]
    assert forms
    for command in forms:
        keys = form_keys(command)
        assert {key for key, must in keys.items() if must} - set(catalogue(language)) == set()
        said = {key: Texts(language).plain(key) for key in keys if key in catalogue(language)}
        # What Discord takes: 45 signs for a title and a label, 100 for what stands below it or is chosen.
        assert [key for key, text in said.items() if len(text) > (45 if keys[key] else 100)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stands_in_forms_and_menus_has_no_marks(language: str) -> None:
    plain = [each for each in entries(language) if isinstance(each, ftl.Message) and each.id.name.startswith(PLAIN)]
    assert len(plain) > 100
    assert [each.id.name for each in plain if re.search("[`*]", source(each))] == []


def source(entry: ftl.Message) -> str:
    return FluentSerializer().serialize_entry(entry)


def test_every_command_and_option_has_words_in_every_language() -> None:
    commands = discover().commands.values()
    wanted = {f"command-{command.name}" for command in commands}
    for command in commands:
        for parameter in command.parameters:
            option = f"option-{command.name}-{parameter.name}"
            wanted |= {option, f"{option}-name"}
    for language in LANGUAGES:
        assert wanted - set(catalogue(language)) == set(), language


def test_every_setting_has_words_in_every_language() -> None:
    wanted = set()
    for choice in discover().choices.values():
        ends = ("value",) if choice.free else choice.options
        ends = () if choice.name == "timezone" else ends  # cities have names of their own
        wanted |= {f"setting-{choice.name}{end}" for end in ("", "-ask", *(f"-{each}" for each in ends))}
    for language in LANGUAGES:
        assert wanted - set(catalogue(language)) == set(), language


def test_every_chart_has_a_name_in_every_language() -> None:
    wanted = {f"chart-{name}" for name in discover().charts}
    for language in LANGUAGES:
        assert wanted - set(catalogue(language)) == set(), language


def test_commands_and_options_are_named_as_every_platform_allows() -> None:
    name = re.compile(r"[a-z][a-z0-9_]{0,31}")
    for command in discover().commands.values():
        assert name.fullmatch(command.name), command.name
        for parameter in command.parameters:
            assert name.fullmatch(parameter.name), f"{command.name} {parameter.name}"
    assert len(discover().commands) <= 100, "Discord and Telegram take a hundred"


# What can never be one: constants.
NEVER_ONE = {
    *("joincode-done", "link-code", "error-shop-full", "error-too-long", "me-days", "tiers-line", "rooms-title"),
    *("demo-week", "tiers-how", "import-bomb", "effect-said"),
}


def test_english_counts_one_as_one_and_takes_articles_that_fit() -> None:
    texts, wrong = Texts("en"), []
    nouns = (
        r"points|seconds|minutes|hours|days|weeks|members|messages|times|newcomers|circles|ties|events|"
        r"authors|replies|pairs|reactions|mentions|entries|lines|columns|rooms|benefits"
    )
    for key in catalogue("en").keys() - NEVER_ONE:
        said = texts.plain(key, **dict.fromkeys(variables("en", key), 1))
        if re.search(rf"(?<![\d.,#])1 (?:\w+ )?(?:{nouns})\b", said):
            wrong.append(said)
        if re.search(r"\b[Aa]n? [\"“*]*1", said):  # a 7-day, an 8-day: say it without
            wrong.append(said)
    assert wrong == []


def test_english_has_no_full_width_signs() -> None:
    own_names = {"setting-language-zh-CN"}
    for entry in entries("en"):
        if isinstance(entry, ftl.Message) and entry.id.name not in own_names:
            said = Texts("en").plain(entry.id.name, **dict.fromkeys(variables("en", entry.id.name), 1))
            assert not [sign for sign in said if unicodedata.east_asian_width(sign) in "WF" or sign in "・「」『』"], (
                said
            )


@pytest.mark.parametrize(
    ("folder", "words"),
    [
        ("recommend", r"recommend|what interests you|推荐|兴趣"),
        ("activities", r"weekly activit|scheduled activit|每周活动|定时活动"),
    ],
)
def test_nothing_is_promised_that_is_not_there(folder: str, words: str) -> None:
    if [path for path in (ROOT / "core" / folder).glob("*.py") if path.name != "__init__.py"]:
        return
    for language in LANGUAGES:
        for line in source_of(language).splitlines():
            assert not re.search(words, line), line
