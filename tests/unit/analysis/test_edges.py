"""Edge lists: every shape that is read, and what is said of those that can't be."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from core.analysis import edges
from core.analysis.edges import read_edges
from core.analysis.ties import Ties
from core.domain.errors import BadInput, NotFound


def written(folder: Path, text: str | bytes, name: str = "ties.txt") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def listed(ties: Ties) -> dict[tuple[str, str], float]:
    entries = ties.matrix.tocoo()
    rows = zip(entries.row.tolist(), entries.col.tolist(), entries.data.tolist(), strict=True)
    return {(ties.names[i], ties.names[j]): value for i, j, value in rows}


@pytest.mark.parametrize(
    "text",
    [
        "ana li\nana li\nli noor\n",
        "ana\tli\nana\tli\nli\tnoor\n",
        "ana,li\nana,li\nli,noor",
        "\ufeffana,li\r\nana,li\r\nli,noor\r\n",
        "# who to whom\n\nana li 5\n% again\n  ana   li 6\nli noor 7\n",
        "source,target\nana,li\nana,li\nli,noor\n",
        "target,source,weight\nli,ana,2\nli,ana,1\nnoor,li,9\n",
        '"ana","li"\n"ana", "li"\nli,noor\n',
    ],
)
def test_an_edge_weighs_the_number_of_its_rows(tmp_path: Path, text: str) -> None:
    ties = read_edges(written(tmp_path, text))
    assert listed(ties) == {("ana", "li"): 2.0, ("li", "noor"): 1.0}
    assert list(ties.names) == ["ana", "li", "noor"]


def test_gzip_is_read_whatever_the_name(tmp_path: Path) -> None:
    assert listed(read_edges(written(tmp_path, gzip.compress(b"a b\nb a\n")))) == {("a", "b"): 1.0, ("b", "a"): 1.0}


def test_names_may_hold_blanks_commas_and_chinese(tmp_path: Path) -> None:
    path = written(tmp_path, '李 伟,"Noor, the first"\n李 伟,zoë\n')
    assert listed(read_edges(path)) == {("李 伟", "Noor, the first"): 1.0, ("李 伟", "zoë"): 1.0}


def test_numbers_are_names_as_they_are_written(tmp_path: Path) -> None:
    assert listed(read_edges(written(tmp_path, "7 8\n7 8\n"))) == {("7", "8"): 2.0}
    assert listed(read_edges(written(tmp_path, "7 8\n007 8\n"))) == {("7", "8"): 1.0, ("007", "8"): 1.0}
    long = "1234567890123456789012"
    assert listed(read_edges(written(tmp_path, f"{long},8\n"))) == {(long, "8"): 1.0}
    with pytest.raises(BadInput, match="analysis-row-nameless"):
        read_edges(written(tmp_path, "7,8\n,9\n"))


def test_loops_make_members_and_no_ties(tmp_path: Path) -> None:
    ties = read_edges(written(tmp_path, "a a\nb c\n"))
    assert (list(ties.names), listed(ties)) == (["a", "b", "c"], {("b", "c"): 1.0})


@pytest.mark.parametrize("weight", ["2.5", "kilos", "3"])
def test_a_column_can_be_the_weight(tmp_path: Path, weight: str) -> None:
    path = written(tmp_path, "source,target,kilos\na,b,1.5\na,b,1\n")
    if weight == "2.5":
        with pytest.raises(BadInput, match="analysis-no-column"):
            read_edges(path, weight=weight)
    else:
        assert listed(read_edges(path, weight=weight)) == {("a", "b"): 2.5}


def test_no_weight_makes_all_ties_equal(tmp_path: Path) -> None:
    path = written(tmp_path, "a b 5\na b 9\nb c 9\n")
    assert listed(read_edges(path, weight="none")) == {("a", "b"): 1.0, ("b", "c"): 1.0}


@pytest.mark.parametrize(
    "times",
    [("0", "30", "60"), ("1700000000", "1702592000", "1705184000"), ("2026-01-01", "2026-01-31", "2026-03-02")],
)
def test_ties_fade_by_half_in_a_half_life(tmp_path: Path, times: tuple[str, str, str]) -> None:
    first, second, third = times
    path = written(tmp_path, f"a,b,{first}\na,b,{second}\nb,a,{third}\n")
    assert listed(read_edges(path, half_life=30)) == pytest.approx({("a", "b"): 0.75, ("b", "a"): 1.0})
    assert listed(read_edges(path, half_life=30, weight="none")) == pytest.approx({("a", "b"): 0.5, ("b", "a"): 1.0})


def test_a_day_at_a_time_is_as_good_as_all_at_once() -> None:
    ties = Ties.between([("a", "b", 4.0)])
    begun = Ties(ties.names, ties.matrix, day=10.0, half_life=5.0)
    later = begun.renewed(15.0, ["b", "c"], ["c", "a"]).renewed(20.0, ["a"], ["b"])
    assert listed(later) == pytest.approx({("a", "b"): 2.0, ("b", "c"): 0.5, ("c", "a"): 0.5})
    assert list(later.names) == ["a", "b", "c"]
    assert (later.undirected != later.matrix + later.matrix.T).nnz == 0


@pytest.mark.parametrize(
    ("text", "options", "key", "line"),
    [
        ("a\n", {}, "analysis-row-short", 1),
        ("a b\n# said\nc\n", {}, "analysis-row-short", 3),
        ("a b\na b c\n", {}, "analysis-row-long", 2),
        ("a,b\n,b\n", {}, "analysis-row-nameless", 2),
        ("a,b,1\na,c,much\n", {"weight": "3"}, "analysis-row-weight", 2),
        ("a,b,1\na,c,-1\n", {"weight": "3"}, "analysis-row-weight", 2),
        ("a,b,1\na,c,nan\n", {"weight": "3"}, "analysis-row-weight", 2),
        ("a,b,1\na,c,soon\n", {"half_life": 30}, "table-row-time", 2),
        ("a,b\n", {"half_life": 30}, "analysis-no-time-column", None),
        ("a,b,1\n", {"weight": "1"}, "analysis-no-column", None),
        (b"a,b\n\xff\xfe,c\n", {}, "analysis-file-not-text", None),
        (gzip.compress(b"a b\n" * 999, mtime=0)[:20], {}, "analysis-file-unreadable", None),
    ],
)
def test_bad_files_name_the_line(tmp_path: Path, text: str | bytes, options: dict, key: str, line: int | None) -> None:
    path = written(tmp_path, text)
    with pytest.raises(BadInput) as raised:
        read_edges(path, **options)
    assert (raised.value.key, raised.value.args_.get("line")) == (key, line)
    assert raised.value.args_["file"] == "ties.txt"


def test_a_line_is_named_in_any_chunk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edges, "CHUNK", 16)
    path = written(tmp_path, "# ties\n" + "a,b,1\n" * 40 + "a,b,x\n")
    with pytest.raises(BadInput) as raised:
        read_edges(path, weight="3")
    assert raised.value.args_["line"] == 42
    assert listed(read_edges(path)) == {("a", "b"): 41.0}


def test_missing_files_and_folders(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        read_edges(tmp_path / "none")
    with pytest.raises(BadInput, match="analysis-file-unreadable"):
        read_edges(tmp_path)


def test_an_empty_file_has_no_members(tmp_path: Path) -> None:
    assert len(read_edges(written(tmp_path, ""))) == len(read_edges(written(tmp_path, "# nothing\n\n"))) == 0
