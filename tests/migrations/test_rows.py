"""Going down a step and up again leaves every record of the other tables as it was."""

from collections import Counter
from pathlib import Path

import pytest

from tests.databases import Databases
from tests.migrations.revisions import Migrations, Row, Rows, ordered

HOURS = "0020"
"""This step counts the ratings that are there by the hour; it must come to what the service counted itself."""


@pytest.fixture(params=["sqlite", "postgresql"])
def filled(request: pytest.FixtureRequest, databases: Databases, tmp_path: Path) -> Migrations:
    """A database with the demo records in it, once on each kind."""
    return Migrations.ours(databases.demonstration(tmp_path, request.param))


@pytest.mark.slow
def test_each_step_down_and_up_again_keeps_the_rows_of_the_tables_that_stay(filled: Migrations) -> None:
    before = filled.rows()
    assert sum(len(rows) for rows in before.values()) > 1000

    for script in reversed(ordered()):
        filled.down("-1")
        lower = filled.rows()
        filled.up("+1")
        again = filled.rows()
        if script.revision == HOURS:
            assert again["hour_tally"] == before["hour_tally"] != Counter()
        filled.down("-1")

        assert _lost(lower, before) == [], f"down from {script.revision}"
        assert _lost(again, lower) == [], f"up to {script.revision} again"
        before = lower

    assert filled.rows() == {}


def _lost(after: Rows, before: Rows) -> list[str]:
    """Return the tables that both have, and whose rows differ in the columns that both have; added ones stand last."""
    return [table for table in after.keys() & before.keys() if not _same(after[table], before[table])]


def _same(after: Counter[Row], before: Counter[Row]) -> bool:
    width = min((len(row) for row in (*after, *before)), default=0)
    return _cut(after, width) == _cut(before, width)


def _cut(rows: Counter[Row], width: int) -> Counter[Row]:
    cut: Counter[Row] = Counter()
    for row, times in rows.items():
        cut[row[:width]] += times
    return cut
