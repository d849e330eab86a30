"""Files of units: judged row by row, stored as a whole or not at all."""

from datetime import date
from pathlib import Path

import pytest

from feedback_service.audit.queries import findings
from feedback_service.core.clock import FixedClock
from feedback_service.core.plans import Outcome
from feedback_service.db import Database
from feedback_service.units import queries
from feedback_service.units.queries import WITNESSES
from feedback_service.units.rules.imports import rows_of
from feedback_service.units.service.imports import RowReport, take_in
from tests.databases import feedback_service

TODAY = date(2026, 10, 13)
TWO = """code;name;kind;parent_code;valid_from
46;Thành phố Huế;tỉnh;;2025-01-01
19753;Phường Phú Xuân;phường;46;2025-07-01
"""


def taken(database: Database, clock: FixedClock, text: str, *, dry_run: bool = False) -> tuple[RowReport, ...]:
    with database.transaction() as session:
        return take_in(session, rows_of(text.encode()), dry_run=dry_run, by="system", now=clock.now())


def outcomes(reports: tuple[RowReport, ...]) -> list[Outcome]:
    return [report.outcome for report in reports]


def test_a_file_is_stored_with_each_unit_below_its_parent(database: Database, clock: FixedClock) -> None:
    reports = taken(database, clock, TWO)

    with database.inspecting() as session:
        ward = queries.by_code(session, "19753", on=TODAY)
        broken = list(findings(session, WITNESSES))
    assert outcomes(reports) == [Outcome.ADDED, Outcome.ADDED]
    assert ward
    assert ward.parent_name == "Thành phố Huế"
    assert broken == []


def test_a_dry_run_says_the_same_and_stores_nothing(database: Database, clock: FixedClock) -> None:
    reports = taken(database, clock, TWO, dry_run=True)

    with database.reading() as session:
        assert not queries.has_units(session)
    assert outcomes(reports) == [Outcome.ADDED, Outcome.ADDED]


def test_the_same_file_again_changes_nothing(database: Database, clock: FixedClock) -> None:
    taken(database, clock, TWO)

    assert outcomes(taken(database, clock, TWO)) == [Outcome.UNCHANGED, Outcome.UNCHANGED]


def test_a_corrected_name_changes_the_unit_and_keeps_what_the_row_does_not_say(
    database: Database, clock: FixedClock
) -> None:
    taken(database, clock, TWO)

    reports = taken(database, clock, "code;name;kind\n19753;Phường Phú Xuân mới;phường\n")

    with database.reading() as session:
        ward = queries.by_code(session, "19753", on=TODAY)
    assert outcomes(reports) == [Outcome.CHANGED]
    assert ward
    assert (ward.name, ward.parent_name, ward.valid_from) == ("Phường Phú Xuân mới", "Thành phố Huế", date(2025, 7, 1))


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("19753;Phường Phú Xuân;phường;99;", "No unit bears the code 99"),
        ("46;Thành phố Huế;tỉnh;46;", "stand below itself"),
    ],
)
def test_one_bad_row_keeps_the_whole_file_out(database: Database, clock: FixedClock, row: str, fault: str) -> None:
    reports = taken(database, clock, f"code;name;kind;parent_code;valid_from\n47;Tỉnh A;tỉnh;;\n{row}\n")

    with database.reading() as session:
        assert not queries.has_units(session)
    assert outcomes(reports) == [Outcome.ADDED, Outcome.REFUSED]
    assert fault in " ".join(one.message.format_map(one.facts) for one in reports[1].faults)


def test_the_same_code_twice_is_refused_where_it_comes_again(database: Database, clock: FixedClock) -> None:
    reports = taken(database, clock, "code;name;kind\n46;Thành phố Huế;tỉnh\n46;Huế;tỉnh\n")

    assert outcomes(reports) == [Outcome.ADDED, Outcome.REFUSED]


def test_the_command_reports_row_by_row_and_says_no_with_exit_code_one(tmp_path: Path) -> None:
    settings = {"FEEDBACK_DATA_DIR": str(tmp_path / "office")}
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text(TWO, encoding="utf-8")
    bad.write_text("code;name;kind\nx;Tỉnh A;tỉnh\n", encoding="utf-8")
    feedback_service("db", "upgrade", **settings)

    first = feedback_service("unit", "import", str(good), "--dry-run", **settings)
    second = feedback_service("unit", "import", str(good), **settings)
    third = feedback_service("unit", "import", str(bad), **settings)
    fourth = feedback_service("unit", "import", "builtin", **settings)

    assert [run.returncode for run in (first, second, third, fourth)] == [0, 0, 1, 0]
    assert "dry run: nothing was stored" in first.stdout
    assert "row 3  added  Phường Phú Xuân" in second.stdout
    assert "row 2  refused  Tỉnh A: The code must have 2 to 5 digits." in third.stdout
    assert "Nothing was stored" in third.stderr
    assert "nothing was changed" in fourth.stdout
