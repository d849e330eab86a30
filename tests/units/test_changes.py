"""Units that merge, split, get another name or move: the old one ends and keeps its figures, both stay linked."""

import io
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from openpyxl import Workbook
from sqlalchemy.orm import Session

from feedback_service.accounts.rules.roles import Role
from feedback_service.audit.queries import findings
from feedback_service.core.cells import as_csv, table_of
from feedback_service.core.clock import FixedClock
from feedback_service.core.errors import Refused
from feedback_service.core.plans import Outcome
from feedback_service.db import Database
from feedback_service.units import queries, service
from feedback_service.units.queries import WITNESSES
from feedback_service.units.rules.changes import change_rows
from feedback_service.units.rules.facts import Known, UnitFacts
from feedback_service.units.rules.kinds import Succession
from feedback_service.units.rules.plans import Map, planned
from feedback_service.units.service.files import look_at, store
from feedback_service.web.context import EXTENSION, Platform
from tests.officers import officer

TODAY = date(2026, 10, 13)
HEAD = "change;on;from_code;to_code;to_name;to_parent_code;weight\n"
BEGAN = date(2025, 7, 1)


def known(unit_id: int, code: str, name: str, parent_id: int | None = 1, ended: date | None = None) -> Known:
    facts = UnitFacts(code, f"H50.{unit_id}", name, "ward" if parent_id else "province", parent_id, BEGAN, ended)
    return Known(unit_id, facts)


UNITS = (
    known(1, "44", "Tỉnh Quảng Trị", None),
    known(2, "19333", "Phường Đông Hà"),
    known(3, "19351", "Phường Nam Đông Hà"),
    known(4, "46", "Thành phố Huế", None),
    known(5, "19360", "Phường cũ", ended=date(2026, 1, 31)),
)
MAP = Map((*UNITS, Known(6, UnitFacts("900", None, "Trung tâm", "agency", 2, BEGAN, None))), frozenset(), TODAY)


def judged(*rows: str) -> list[tuple[Outcome, str]]:
    """Return what becomes of each row, with the first sentence about it."""
    plan = planned(change_rows(table_of((HEAD + "\n".join(rows)).encode())), MAP)
    return [(one.outcome, one.faults[0].message if one.faults else "") for one in plan]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("rename;2026-10-01;19333;;Phường Đông Hà;;", "A renamed unit needs a name"),
        ("rename;2026-10-14;19333;;Phường Sông Hiếu;;", "lies in the future"),
        ("rename;2025-07-01;19333;;Phường Sông Hiếu;;", "No unit bore the code"),
        ("rename;2026-02-01;19360;;Phường mới;;", "has ended already"),
        ("rename;2026-10-01;99999;;Phường Sông Hiếu;;", "No unit bore the code"),
        ("move;2026-10-01;19333;;;44;", "needs another unit above"),
        ("move;2026-10-01;19333;;;99;", "No unit bears the code"),
        ("merge;2026-10-01;19333;;;;", "name of the new unit"),
        ("split;2026-10-01;19351;19333;;;", "at least two different units"),
        ("vanish;2026-10-01;19333;;;;", "must be merge, split, rename or move"),
        ("merge;31/02/2026;19333;19351;;;", "Please enter a date"),
        ("merge;;19333;19351;;;", "the first day"),
        ("merge;2026-10-01;19333;id:99;;;", "No unit bears the code"),
        ("split;2026-10-01;19333;19351;;;101", "in percent"),
    ],
)
def test_a_row_that_cannot_be_says_why(row: str, sentence: str) -> None:
    ((outcome, told),) = judged(row)

    assert outcome is Outcome.REFUSED
    assert sentence in told


def test_rows_that_contradict_each_other_are_refused_both() -> None:
    twice = judged("merge;2026-10-01;19333;19351;;;", "rename;2026-10-01;19333;;Phường Sông Hiếu;;")
    parts = judged("split;2026-10-01;19351;19400;Phường A;;60", "split;2026-10-01;19351;19401;Phường B;;30")
    left_below = judged("split;2026-10-01;19333;19400;Phường A;;60", "split;2026-10-01;19333;19401;Phường B;;40")

    assert [outcome for outcome, _told in (*twice, *parts, *left_below)] == [Outcome.REFUSED] * 6
    assert "Other rows say something else" in twice[0][1]
    assert "add up to 100" in parts[0][1]
    assert "units stand below it" in left_below[0][1]


@pytest.mark.parametrize("code", ["19333", "H50.2", "id:2"])
def test_a_unit_is_named_by_either_system_of_codes(code: str) -> None:
    assert judged(f"rename;2026-10-01;{code};;Phường Sông Hiếu;;") == [(Outcome.CHANGED, "")]


@pytest.fixture
def shipped(database: Database, clock: FixedClock) -> Database:
    """A database with the shipped units, once on each kind."""
    with database.transaction() as session:
        service.load_builtin(session, now=clock.now())
    return database


def stored(database: Database, clock: FixedClock, *rows: str) -> list[Outcome]:
    """Store a file of changes and return what became of its rows."""
    with database.transaction() as session:
        table = table_of((HEAD + "\n".join(rows)).encode())
        return [line.outcome for line in store(session, table, by="system", now=clock.now())]


def by_code(session: Session, code: str, on: date = TODAY) -> queries.UnitRow:
    found = queries.by_code(session, code, on=on)
    assert found
    return found


def test_two_wards_merge_into_a_new_one_that_takes_the_code_of_the_first(shipped: Database, clock: FixedClock) -> None:
    rows = [f"merge;2026-10-01;{code};19333;Phường Sông Hiếu;;" for code in ("19333", "19351")]

    assert stored(shipped, clock, *rows) == [Outcome.CHANGED] * 2
    assert stored(shipped, clock, *rows) == [Outcome.UNCHANGED] * 2
    with shipped.inspecting() as session:
        then, now = by_code(session, "19333", date(2026, 9, 30)), by_code(session, "19333")
        before = [one.unit.name for one in queries.predecessors(session, now.id)]
        broken = list(findings(session, WITNESSES))
    assert (then.name, then.valid_to) == ("Phường Đông Hà", date(2026, 9, 30))
    assert (now.name, now.valid_from, now.parent_name) == ("Phường Sông Hiếu", date(2026, 10, 1), "Tỉnh Quảng Trị")
    assert before == ["Phường Đông Hà", "Phường Nam Đông Hà"]
    assert broken == []


def test_a_ward_is_split_between_a_new_and_a_standing_one(shipped: Database, clock: FixedClock) -> None:
    stored(shipped, clock, "split;2026-10-01;19333;19400;Phường A;;62,5", "split;2026-10-01;19333;19351;;;37,5")

    with shipped.reading() as session:
        old = by_code(session, "19333", date(2026, 9, 30))
        heirs = [(one.unit.name, one.kind) for one in queries.successors(session, old.id)]
    assert heirs == [("Phường A", "split"), ("Phường Nam Đông Hà", "split")]


def test_what_stands_below_a_renamed_unit_stands_below_its_new_name(shipped: Database, clock: FixedClock) -> None:
    with shipped.transaction() as session:
        ward = by_code(session, "19333")
        facts = UnitFacts("900", None, "Trung tâm", "agency", ward.id, date(2025, 7, 1), None)
        service.add_unit(session, facts, by="system", now=clock.now())

    stored(shipped, clock, "rename;2026-10-01;19333;;Phường Sông Hiếu;;")

    with shipped.inspecting() as session:
        assert by_code(session, "900").parent_name == "Phường Sông Hiếu"
        assert list(findings(session, WITNESSES)) == []


def test_officers_of_a_renamed_ward_keep_reaching_it(shipped: Database, clock: FixedClock) -> None:
    with shipped.reading() as session:
        old = by_code(session, "19333")

    stored(
        shipped, clock, "rename;2026-10-01;19333;;Phường Sông Hiếu;;", "merge;2026-10-01;19351;19333;Phường Sông Hiếu;;"
    )

    with shipped.reading() as session:
        new = by_code(session, "19333")
        merged = by_code(session, "19351", date(2026, 9, 30))
        assert new.id in queries.reach(session, old.id)
        assert old.id in queries.above(session, new.id)
        assert new.id not in queries.reach(session, merged.id)
        assert merged.id not in queries.above(session, new.id)


def test_a_refused_row_keeps_the_whole_file_out(shipped: Database, clock: FixedClock) -> None:
    rows = ("rename;2026-10-01;19333;;Phường Sông Hiếu;;", "rename;2026-10-01;19351;;;;")
    with pytest.raises(Refused):
        stored(shipped, clock, *rows)

    with shipped.reading() as session:
        lines = look_at(session, table_of((HEAD + "\n".join(rows)).encode()), now=clock.now())
        assert by_code(session, "19333").name == "Phường Đông Hà"
    assert [line.outcome for line in lines] == [Outcome.CHANGED, Outcome.REFUSED]


def test_an_administrator_looks_at_a_change_and_stores_it(app: Flask, clock: FixedClock) -> None:
    ward_id = _found(app, lambda session: service.load_builtin(session, now=clock.now()))
    pages = officer(app, Role.ADMINISTRATOR).pages

    form = pages.get(f"/staff/units/{ward_id}/change")
    told = {"change": "rename", "on": "2026-10-01", "to_name_1": "Phường Sông Hiếu"}
    wrong = pages.send(form, told | {"on": "2026-12-01"}, selector="form[action$=change]", status=422)
    plan = pages.send(form, told, selector="form[action$=change]")
    saved = pages.send(plan, {}, selector="form[action$=confirmation]")

    assert "Ngày này chưa đến" in wrong.text("table.messages")
    assert "đổi tên thành Phường Sông Hiếu từ ngày 01/10/2026" in plan.text("table.messages")
    assert "Đã lưu sơ đồ đơn vị" in saved.text("main")
    assert "Phường Sông Hiếu" in pages.get("/staff/units?q=song hieu").text("tbody")


def test_an_administrator_sends_a_workbook_of_changes(app: Flask, clock: FixedClock) -> None:
    _found(app, lambda session: service.load_builtin(session, now=clock.now()))
    pages = officer(app, Role.ADMINISTRATOR).pages
    book, content = Workbook(), io.BytesIO()
    sheet = book.worksheets[0]
    for row in (["Loại thay đổi", "Từ ngày", "Mã đơn vị cũ", "Tên đơn vị mới"], ["Đổi tên", TODAY, 19333, "=Phường"]):
        sheet.append(row)
    sheet["D2"].data_type = "s"
    book.save(content)

    form = pages.get("/staff/units/file")
    sent = {"file": (io.BytesIO(content.getvalue()), "thay-doi.xlsx")}
    plan = pages.send(form, sent)
    empty = pages.send(form, {}, status=422)

    assert "đổi tên thành =Phường từ ngày 13/10/2026" in plan.text("table.messages")
    assert "Xin chọn một tệp" in empty.text("main")


def test_an_administrator_of_one_ward_does_not_change_the_map(app: Flask, clock: FixedClock) -> None:
    ward_id = _found(app, lambda session: service.load_builtin(session, now=clock.now()))
    pages = officer(app, Role.ADMINISTRATOR, unit_id=ward_id).pages

    assert pages.client.get(f"/staff/units/{ward_id}/change").status_code == 403
    assert pages.client.get("/staff/units/file").status_code == 403
    assert not pages.get(f"/staff/units/{ward_id}").all("a[href$=change]")


def test_what_a_form_says_is_what_a_file_says() -> None:
    table = [["from_code", "change", "on", "to_name"], ["id:2", "rename", "2026-10-01", "Phường; “Sông Hiếu”"]]

    (row,) = change_rows(table_of(as_csv(table).encode()))

    assert (row.change, row.to_name) == (Succession.RENAME, "Phường; “Sông Hiếu”")


def _found(app: Flask, act: Callable[[Session], object]) -> int:
    platform: Platform = app.extensions[EXTENSION]
    with platform.transaction() as session:
        act(session)
        return by_code(session, "19333").id
