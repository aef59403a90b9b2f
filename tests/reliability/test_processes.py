"""Several processes on one PostgreSQL: whatever reaches how many of them counts once."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from tests.reliability.books import assert_adds_up, books, difference
from tests.reliability.test_killed import undisturbed
from tests.reliability.worker import told, worker
from tests.world.postgres import emptied


def test_the_same_events_ten_times_to_three_processes_count_once(
    postgres: str, sqlite_template: Path, tmp_path: Path
) -> None:
    url, numbers = emptied(postgres), range(6)
    with ExitStack() as running:
        workers = [running.enter_context(worker(url, [*numbers] * 10)) for _ in range(3)]
        for process, pipe in workers:
            process.join(300)
            assert process.exitcode == 0
            assert len(told(pipe)) == 10 * len(numbers)
    assert_adds_up(url)
    assert difference(books(url), books(undisturbed(sqlite_template, tmp_path, numbers))) == {}
