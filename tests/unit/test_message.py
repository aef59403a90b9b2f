"""Markup reads back as it was meant, and a message that is cut loses nothing and fits."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from core.domain.message import Span, Style, escape, moment, parse, plain_text, split

# What people type: every mark, blanks and breaks, letters of more than one unit.
letters = st.text(st.sampled_from("ab *`[]()\\\n_~<>&@#中é😀\u200d\u0301"), max_size=40)
some = st.text(st.sampled_from("ab *`[]()\\\n中😀"), min_size=1, max_size=60)
urls = st.text(st.sampled_from("ab/?=&()%\\*"), min_size=1, max_size=20).map(lambda path: f"https://{path}")
spans = st.lists(
    st.one_of(
        st.builds(Span, some, st.sampled_from([Style.PLAIN, Style.BOLD, Style.ITALIC, Style.CODE])),
        st.builds(Span, some, st.just(Style.LINK), urls),
    ),
    max_size=8,
)
MARKS = {Style.PLAIN: "", Style.BOLD: "**", Style.ITALIC: "*", Style.CODE: "`"}


def written(span: Span) -> str:
    """Return the markup of a span."""
    if span.style is Style.LINK:
        return f"[{escape(span.text)}]({escape(span.url or '')})"
    return f"{MARKS[span.style]}{escape(span.text)}{MARKS[span.style]}"


@given(letters)
def test_any_text_that_is_escaped_reads_as_itself(text: str) -> None:
    assert plain_text(escape(text)) == text
    assert all(span.style is Style.PLAIN for span in parse(escape(text)))


@given(letters, letters)
def test_a_name_within_a_sentence_stays_a_name(name: str, rest: str) -> None:
    assert plain_text(f"{escape(rest)}{escape(name)}{escape(rest)}") == rest + name + rest


@given(st.builds(Span, some, st.sampled_from(list(MARKS))) | st.builds(Span, some, st.just(Style.LINK), urls))
def test_a_span_reads_back_as_it_was_written(span: Span) -> None:
    assert parse(written(span)) == (span,)


@given(some, st.integers(0, 10**10))
def test_a_moment_reads_back_whole(words: str, at: int) -> None:
    written = moment(words, datetime.fromtimestamp(at, UTC))
    assert parse(written) == (Span(words, Style.MOMENT, at=at),)
    assert plain_text(written) == words


def test_a_moment_is_never_cut_nor_run_together_with_another() -> None:
    row = [Span("a" * 95), Span("2 March, 09:00", Style.MOMENT, at=1), Span("2 March, 09:01", Style.MOMENT, at=2)]
    pages = split(row, 100)
    assert [span for page in pages for span in page] == row
    assert len(pages) == 2


@given(spans)
def test_a_row_of_spans_says_what_was_written(row: list[Span]) -> None:
    # Marks that touch read as another mark: a plain word stands between.
    markup = "-".join(written(span) for span in row)
    assert plain_text(markup) == "-".join(span.text for span in row)


@given(letters)
def test_whatever_is_typed_can_be_parsed(text: str) -> None:
    assert len(plain_text(text)) <= len(text)


def utf16(span: Span) -> int:
    """Measure as Telegram does, marks of a link included as Discord writes them."""
    marks = {Style.PLAIN: 0, Style.BOLD: 4, Style.ITALIC: 2, Style.CODE: 2, Style.LINK: 4 + len(span.url or "")}
    return len(span.text.encode("utf-16-le")) // 2 + marks[span.style]


@given(spans, st.integers(60, 90))
def test_what_is_cut_fits_and_loses_nothing_but_line_breaks_between_messages(row: list[Span], limit: int) -> None:
    pages = split(row, limit, utf16)
    for page in pages:
        assert sum(map(utf16, page)) <= limit
        assert page
    said = "".join(span.text for page in pages for span in page)
    assert said.replace("\n", "") == "".join(span.text for span in row).replace("\n", "")
    styles = [(span.style, span.url, char) for page in pages for span in page for char in span.text if char != "\n"]
    assert styles == [(span.style, span.url, char) for span in row for char in span.text if char != "\n"]


@given(st.lists(st.text(st.sampled_from("ab "), min_size=1, max_size=30).map(lambda line: f"{line}\n"), max_size=20))
def test_lines_that_fit_are_cut_between_lines(lines: list[str]) -> None:
    for page in split([Span("".join(lines))], 40):
        assert all(f"{line}\n" in lines for line in page[0].text.removesuffix("\n").split("\n"))


def test_what_fits_stays_one_message() -> None:
    assert split([Span("one\ntwo"), Span("three", Style.BOLD)], 20) == [(Span("one\ntwo"), Span("three", Style.BOLD))]
