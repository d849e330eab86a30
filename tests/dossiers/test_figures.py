"""Dossier figures: what adds up, what the article told, what the ledger keeps."""

import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from feedback_service.audit.queries import findings
from feedback_service.core.errors import Conflict, Refused
from feedback_service.core.period import Period, quarter_of
from feedback_service.db import Database
from feedback_service.dossiers.queries import WITNESSES, figure, reports
from feedback_service.dossiers.rules import Parts, Report, faults_in
from feedback_service.dossiers.service import article_unit_code, load_article, record
from feedback_service.dossiers.service import replace as replace_figures
from feedback_service.settings import Settings
from feedback_service.units.queries import by_code, reach, successors
from feedback_service.units.service import load_builtin
from tests.databases import feedback_service

NOW = datetime(2026, 10, 13, 1, 30, tzinfo=UTC)
WHOLE = Report(
    quarter_of(date(2026, 7, 1)),
    received=100,
    on_time=88,
    source="II.06a",
    parts=Parts(60, 30, 10, 90, 50, 38, 2, 10, 9, 1),
)
CORRECTED = replace(WHOLE, on_time=80, parts=replace(WHOLE.parts, resolved_early=42, resolved_late=10))
TWO_NEW = "2 added, 0 replaced, 0 unchanged, 0 refused"
HEAD = "unit_code;first_on;last_on;received;on_time;source"
GOOD = "19333;2026-07-01;2026-09-30;1200;1160;Báo cáo quý III\n461;2018-01-01;2018-03-31;2413;2249;Bài báo\n"
KINDS = ("dossier_figure", "replaced_figure")


@pytest.fixture
def city(database: Database) -> int:
    """The old city, which the article tells of."""
    with database.transaction() as session:
        load_builtin(session, now=NOW)
        found = by_code(session, article_unit_code(), on=date(2018, 1, 1))
    assert found
    assert found.name == "Thành phố Đông Hà"
    return found.id


def test_the_rates_of_the_article_are_told_rounded_and_truncated(database: Database, city: int) -> None:
    with database.transaction() as session:
        assert load_article(session, city, by="system", now=NOW) == 2

    with database.reading() as session:
        quarter, year = (line.report for line in reports(session, [city]))
    assert (year.on_time, year.received) == (9413, 9728)
    assert (year.rounded, year.truncated) == (Decimal("96.8"), Decimal("96.7"))
    assert (quarter.on_time, quarter.received, quarter.rounded) == (2249, 2413, Decimal("93.2"))


def test_figures_of_the_old_city_are_added_to_neither_of_its_successors(database: Database, city: int) -> None:
    with database.transaction() as session:
        load_article(session, city, by="system", now=NOW)
        wards = [ward.unit.id for ward in successors(session, city)]
        own = reports(session, wards)
        within_reach = reports(session, reach(session, wards[0]))

    assert len(wards) == 2
    assert own == ()
    assert {line.unit_id for line in within_reach} == {city}


def test_the_same_figures_twice_change_nothing_and_a_correction_is_noted(database: Database, city: int) -> None:
    with database.transaction() as session:
        assert record(session, city, WHOLE, by="staff:1", now=NOW)
    with database.transaction() as session:
        assert not record(session, city, WHOLE, by="staff:1", now=NOW)
        assert replace_figures(session, city, CORRECTED, by="staff:1", now=NOW)
        assert not replace_figures(session, city, CORRECTED, by="staff:1", now=NOW)

    with database.inspecting() as session:
        (line,) = reports(session, [city])
        known = figure(session, line.id, [city])
        assert line.report == CORRECTED
        assert known
        assert [(one.report, one.replaced_by) for one in known.earlier] == [(WHOLE, "staff:1")]
        assert [found for found in findings(session, WITNESSES) if found.subject_kind in KINDS] == []


def test_figures_that_stand_are_never_replaced_unasked(database: Database, city: int) -> None:
    with database.transaction() as session:
        record(session, city, WHOLE, by="staff:1", now=NOW)

    with pytest.raises(Conflict), database.transaction() as session:
        record(session, city, CORRECTED, by="staff:1", now=NOW)

    with database.reading() as session:
        assert [line.report for line in reports(session, [city])] == [WHOLE]


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"received": 101}, "received"),
        ({"on_time": 101}, "on_time"),
        ({"on_time": -1}, "on_time"),
        ({"on_time": 87}, "on_time"),
        ({"parts": replace(WHOLE.parts, resolved_late=3)}, "resolved"),
        ({"parts": replace(WHOLE.parts, pending_late=2)}, "pending"),
        ({"parts": replace(WHOLE.parts, carried_over=11)}, "received"),
    ],
)
def test_figures_that_do_not_add_up_are_named_by_their_column(change: dict[str, object], column: str) -> None:
    assert column in {fault.pointer for fault in faults_in(replace(WHOLE, **change))}  # type: ignore[arg-type]  # a table


def test_what_the_source_does_not_tell_is_not_judged() -> None:
    assert faults_in(WHOLE) == ()
    assert faults_in(replace(WHOLE, parts=Parts(resolved=90))) == ()
    assert replace(WHOLE, received=0, on_time=0).rounded is None


def test_a_report_that_does_not_add_up_leaves_nothing_behind(database: Database, city: int) -> None:
    with pytest.raises(Refused, match="do not add up"), database.transaction() as session:
        record(session, city, replace(WHOLE, on_time=500), by="staff:1", now=NOW)

    with database.reading() as session:
        assert reports(session, [city]) == ()


def test_a_file_is_imported_whole_or_not_at_all(settings: Settings, city: int, tmp_path: Path) -> None:
    file = tmp_path / "figures.csv"

    def imported(rows: str, *words: str) -> subprocess.CompletedProcess[str]:
        file.write_text(f"\ufeff{HEAD}\n{rows}", encoding="utf-8")
        known = {"FEEDBACK_DATABASE_URL": settings.database_url, "FEEDBACK_DATA_DIR": str(tmp_path)}
        return feedback_service("dossier", "import", str(file), *words, **known)

    refused = imported("19333;2026-10-01;2026-12-31;10;5;x\n99999;2026-07-01;2026-09-30;1;1;x\n")
    first = imported(GOOD)
    other = GOOD.replace("1160", "1150")
    unasked, replaced = imported(other), imported(other, "--replace")

    assert (first.returncode, first.stdout.splitlines()[-1]) == (0, TWO_NEW), first.stderr
    assert unasked.returncode == refused.returncode == 1
    assert "1160/1200 becomes 1150/1200" in unasked.stdout
    assert "--replace" in unasked.stderr
    assert replaced.returncode == 0, replaced.stderr
    assert "row 3  refused  99999  unit_code: There is no unit with this code" in refused.stdout
    database = Database(settings.database_url)
    with database.reading() as session:
        ward = by_code(session, "19333", on=date(2026, 8, 1))
        assert ward
        assert [line.report.on_time for line in reports(session, [ward.id])] == [1150]
    database.close()


def test_a_period_of_free_days_is_kept_as_told(database: Database, city: int) -> None:
    odd = replace(WHOLE, period=Period(date(2026, 6, 15), date(2026, 9, 14)))

    with database.transaction() as session:
        record(session, city, odd, by="staff:1", now=NOW)
        assert [line.report for line in reports(session, [city])] == [odd]
