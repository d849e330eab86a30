"""`ledger verify`: what it says when all is well, and what when it is not."""

import sqlite3
from pathlib import Path

import pytest
from flask import Flask

from feedback_service.audit.queries import findings
from feedback_service.audit.rules import LANES
from feedback_service.core.clock import FixedClock
from feedback_service.schema import WITNESSES
from feedback_service.web.context import EXTENSION, Platform
from tests.audit.registers import fill
from tests.databases import feedback_service


def test_the_command_prints_the_heads_and_passes_until_a_byte_is_changed(tmp_path: Path) -> None:
    settings = {"FEEDBACK_DATA_DIR": str(tmp_path / "office")}
    feedback_service("db", "upgrade", **settings)
    feedback_service("unit", "import", "builtin", **settings)

    whole = feedback_service("ledger", "verify", **settings)
    with sqlite3.connect(tmp_path / "office" / "feedback.db") as connection:
        connection.execute("UPDATE unit SET name = 'Phường Đông Hạ' WHERE code = '19333' AND valid_to IS NULL")
    changed = feedback_service("ledger", "verify", **settings)

    assert (whole.returncode, changed.returncode) == (0, 1)
    assert "lane 0: 364 entries, head " in whole.stdout
    assert "364 entries: the chain is whole" in whole.stdout
    assert "unit 208: its record was changed" in changed.stdout
    assert "entry 0-" in changed.stdout
    assert "1 findings in 364 entries" in changed.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("DELETE FROM ledger_entry WHERE lane = 0 AND sequence = 3", "an entry before it is missing or out of order"),
        (
            "DELETE FROM ledger_entry WHERE lane = 0 AND sequence = (SELECT sequence FROM ledger_lane WHERE lane = 0)",
            "the last entries are missing",
        ),
        ("UPDATE ledger_entry SET facts = '{}' WHERE lane = 0 AND facts <> '{}'", "its content was changed"),
        (
            "UPDATE ledger_entry SET previous_hash = hash WHERE lane = 0 AND sequence = 3",
            "it does not name the entry before it",
        ),
        ("UPDATE ledger_entry SET lane = 60 WHERE lane = 0 AND sequence = 3", "there is no such lane"),
        ("DELETE FROM ledger_lane WHERE lane = 8", "the last entries are missing"),
        ("DELETE FROM ledger_lane", "the last entries are missing"),
        ("INSERT INTO ledger_lane (lane, sequence, hash) VALUES (40, 0, '')", "there is no such lane"),
        ("DELETE FROM vote_choice", "its record was changed"),
        ("UPDATE account SET role = 'administrator' WHERE name = 'nam'", "its record was changed"),
        ("UPDATE rating SET level = 5, answers = '{\"satisfaction\":5}'", "its record was changed"),
    ],
)
def test_each_kind_of_harm_has_its_own_words(app: Flask, clock: FixedClock, words: str, said: str) -> None:
    fill(app, clock)
    platform: Platform = app.extensions[EXTENSION]
    with platform.database.engine.begin() as connection:
        connection.exec_driver_sql(words)

    with platform.database.inspecting() as session:
        found = {finding.problem for finding in findings(session, WITNESSES)}

    assert said in found


def test_progress_is_told_for_every_entry(app: Flask, clock: FixedClock) -> None:
    fill(app, clock)
    platform: Platform = app.extensions[EXTENSION]
    passed: list[int] = []

    with platform.database.inspecting() as session:
        total = session.connection().exec_driver_sql("SELECT count(*) FROM ledger_entry").scalar_one()
        assert list(findings(session, WITNESSES, passed=passed.append)) == []

    assert sum(passed) == total


def test_every_lane_has_its_head_from_the_first_day(app: Flask) -> None:
    platform: Platform = app.extensions[EXTENSION]
    with platform.reading() as session:
        lanes = session.connection().exec_driver_sql("SELECT lane FROM ledger_lane ORDER BY lane").scalars().all()

    assert tuple(lanes) == LANES
