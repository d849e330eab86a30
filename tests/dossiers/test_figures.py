"""Dossier figures: what adds up, what the article told, what the ledger keeps."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from feedback_service.audit.queries import findings
from feedback_service.core.errors import Refused
from feedback_service.core.period import Period, quarter_of
from feedback_service.db import Database
from feedback_service.dossiers.queries import WITNESSES, reports
from feedback_service.dossiers.rules import Parts, Report, faults_in
from feedback_service.dossiers.service import article_unit_code, load_article, record
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
        assert record(session, city, replace(WHOLE, on_time=80), by="staff:1", now=NOW)

    with database.inspecting() as session:
        assert [line.report.on_time for line in reports(session, [city])] == [80]
        assert [found for found in findings(session, WITNESSES) if found.subject_kind == "dossier_figure"] == []


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"received": 101}, "received"),
        ({"on_time": 101}, "on_time"),
        ({"on_time": -1}, "on_time"),
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
    known = {"FEEDBACK_DATABASE_URL": settings.database_url, "FEEDBACK_DATA_DIR": str(tmp_path)}
    file = tmp_path / "figures.csv"
    head = "unit_code;first_on;last_on;received;on_time;source\n"
    good = "19333;2026-07-01;2026-09-30;1200;1160;Báo cáo quý III\n461;2018-01-01;2018-03-31;2413;2249;Bài báo\n"
    file.write_text("\ufeff" + head + good, encoding="utf-8")

    first = feedback_service("dossier", "import", str(file), **known)
    again = feedback_service("dossier", "import", str(file), **known)
    file.write_text(head + "19333;2026-10-01;2026-12-31;10;5;x\n99999;2026-07-01;2026-09-30;1;1;x\n", encoding="utf-8")
    refused = feedback_service("dossier", "import", str(file), **known)
    file.write_text(head + "19333;tomorrow;2026-12-31;10;5;x\n", encoding="utf-8")
    unreadable = feedback_service("dossier", "import", str(file), **known)

    assert (first.returncode, first.stdout) == (0, "2 rows read, 2 new or corrected.\n"), first.stderr
    assert again.stdout == "2 rows read, 0 new or corrected.\n"
    assert refused.returncode == 1
    assert "99999" in refused.stderr
    assert unreadable.returncode == 1
    assert "2" in unreadable.stderr
    database = Database(settings.database_url)
    with database.reading() as session:
        ward = by_code(session, "19333", on=date(2026, 8, 1))
        assert ward
        assert len(reports(session, [ward.id])) == 1
    database.close()


def test_a_period_of_free_days_is_kept_as_told(database: Database, city: int) -> None:
    odd = replace(WHOLE, period=Period(date(2026, 6, 15), date(2026, 9, 14)))

    with database.transaction() as session:
        record(session, city, odd, by="staff:1", now=NOW)
        assert [line.report for line in reports(session, [city])] == [odd]
