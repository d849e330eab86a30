"""Inspections: entered at the desk, counted in the prescribed table, and never beyond one's own units."""

import io
from dataclasses import replace
from datetime import date
from typing import Any

import docx
import pytest
from flask import Flask
from openpyxl import load_workbook

from feedback_service.accounts.rules.roles import Role
from feedback_service.audit.queries import findings
from feedback_service.core.errors import Refused
from feedback_service.core.text import folded
from feedback_service.db import Database
from feedback_service.reports.export.papers import form_bytes
from feedback_service.reports.queries.inspections import WITNESSES
from feedback_service.reports.rules.forms import FormKind, Written
from feedback_service.reports.rules.inspections import Inspected, faults_of
from feedback_service.reports.rules.periods import Kind, ReportPeriod
from feedback_service.reports.service.inspecting import keep_inspection
from feedback_service.units.models import Unit
from feedback_service.web.context import EXTENSION, Platform
from tests.officers import Officer, officer
from tests.reports import records
from tests.reports.records import DONG_HA, NAM_DONG_HA
from tests.reports.test_forms import NOW, document

PAGE = "/staff/reports/inspections"
QUARTER = ReportPeriod(Kind.QUARTER, 2026, 3)
WARDS = ("Phường 1", "Phường 5", "Phường Đông Lễ", "Phường Đông Thanh")
AGENCIES = ("Phòng Nội vụ", "Phòng Tư pháp", "Phòng Tài nguyên", "Phòng Quản lý đô thị", "Phòng Y tế", "Thanh tra")
CITY = 100


def told(unit_id: int = DONG_HA, **changed: Any) -> Inspected:
    facts: dict[str, Any] = {
        "unit_id": unit_id,
        "inspected_on": date(2026, 8, 12),
        "decision": "QĐ 1769/QĐ-UBND",
        "subjects": ("hours", "box"),
        "problems": "=Hòm thư không khóa",
        "found": 2,
        "mended": 1,
        "due_on": date(2026, 9, 15),
        "note": "",
    }
    return Inspected(**{**facts, **changed})


def found_city(database: Database) -> None:
    """Write the city of the article: four wards and six agencies, eight of them inspected."""
    with database.transaction() as session:
        records.add(
            session, Unit, {"id": CITY, "code": None, "name": "Đông Hà", "folded_name": "dong ha", "kind": "city"}
        )
        kinds = ((name, kind) for kind, names in (("ward", WARDS), ("agency", AGENCIES)) for name in names)
        for number, (name, kind) in enumerate(kinds, start=CITY + 1):
            row: dict[str, object] = {
                "id": number,
                "code": None,
                "name": name,
                "folded_name": folded(name),
                "kind": kind,
                "parent_id": CITY,
            }
            records.add(session, Unit, row)
            if number <= CITY + 8:
                facts = told(number, found=number - CITY, mended=1)
                keep_inspection(session, None, facts, frozenset({number}), by="staff:1", now=NOW)


def test_the_table_of_ten_units_says_how_many_were_inspected_and_what_is_mended(database: Database) -> None:
    found_city(database)

    form = document(database, FormKind.INSPECTIONS, QUARTER, CITY)

    assert form.grid.heads[1:4] == ("Đơn vị được kiểm tra", "Loại", "Ngày kiểm tra")
    assert form.lines[2:] == (
        "Số đơn vị được kiểm tra: 8 / 10 (80,0%)",
        "Số vấn đề phát hiện: 36; đã xử lý: 8; đang xử lý: 28",
    )
    first = form.grid.rows[0]
    assert first[:5] == (1, "Phường 1", "Phường", "12/08/2026", "QĐ 1769/QĐ-UBND")
    assert first[5:] == ("Giờ giấc làm việc; Hòm thư góp ý", "1: =Hòm thư không khóa", 1, "15/09/2026", "")
    assert form.grid.totals[0][6:8] == (36, 8)
    with pytest.raises(Refused, match="No inspection"):
        document(database, FormKind.INSPECTIONS, ReportPeriod(Kind.QUARTER, 2025, 3), CITY)


def test_the_table_is_written_in_three_ways_and_holds_no_formula(database: Database) -> None:
    found_city(database)
    form = document(database, FormKind.INSPECTIONS, QUARTER, CITY)

    sheet = load_workbook(io.BytesIO(form_bytes(form, Written.XLSX, made_at=NOW))).worksheets[0]
    text = docx.Document(io.BytesIO(form_bytes(form, Written.DOCX, made_at=NOW)))

    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert len(text.tables[1].rows) == 1 + 8 + 1
    assert form_bytes(form, Written.PDF, made_at=NOW).startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("changed", "pointer"),
    [
        ({"mended": 3}, "mended"),
        ({"problems": ""}, "problems"),
        ({"due_on": date(2026, 8, 11)}, "due_on"),
        ({"inspected_on": date(2026, 10, 3), "due_on": None}, "inspected_on"),
        ({"found": 0, "mended": 0, "problems": "", "due_on": None}, None),
    ],
)
def test_numbers_and_days_of_an_inspection_fit_together(changed: dict[str, Any], pointer: str | None) -> None:
    found = faults_of(replace(told(), **changed), today=date(2026, 10, 2))

    assert [fault.pointer for fault in found] == ([pointer] if pointer else [])


@pytest.fixture
def reformer(app: Flask) -> Officer:
    """The procedure control officer of a ward."""
    platform: Platform = app.extensions[EXTENSION]
    with platform.transaction() as session:
        records.found_office(session)
    return officer(app, Role.CONTROLLER, unit_id=DONG_HA)


def typed(person: Officer, address: str = f"{PAGE}/new", **fields: object) -> tuple[int, str]:
    """Fill the form, send it and return the status and what stands in the summary of faults."""
    form = person.pages.get(address).form("form.form")
    answer = person.pages.client.post(
        address, data={**form, "unit_id": str(DONG_HA), "subjects": ["posting"], **fields}
    )
    return answer.status_code, answer.text


def test_an_inspection_is_entered_corrected_and_withdrawn_and_the_ledger_knows(app: Flask, reformer: Officer) -> None:
    assert typed(reformer, found="2", mended="1", problems="Chưa niêm yết phí", inspected_on="2026-10-12")[0] == 303
    listed = reformer.pages.get(PAGE)
    address = listed.all("tbody a")[0].get("href") or ""

    assert "1 / 2 đã khắc phục" in listed.text("tbody tr")
    assert typed(reformer, address, mended="2", note="=Xong")[0] == 303
    assert "2 / 2 đã khắc phục" in reformer.pages.get(PAGE).text("tbody tr")
    page = reformer.pages.get(address)
    gone = "form[action$=withdrawal]"
    assert reformer.pages.client.post(page.action(gone), data=page.form(gone)).status_code == 303
    assert reformer.pages.get(PAGE).all("tbody tr") == []
    platform: Platform = app.extensions[EXTENSION]
    with platform.reading() as session:
        assert list(findings(session, WITNESSES)) == []


def test_what_cannot_be_read_is_said_beside_the_field_and_kept(reformer: Officer) -> None:
    status, text = typed(reformer, found="nhiều", mended="1", inspected_on="31/02/2026", problems="Giữ lại chữ này")

    assert status == 422
    assert text.count('class="error-text"') == 2
    assert "Giữ lại chữ này" in text
    assert typed(reformer, found="1", mended="2", problems="x")[0] == 422


def test_nobody_enters_inspections_of_other_units_or_without_the_right(app: Flask, reformer: Officer) -> None:
    other = officer(app, Role.CONTROLLER, name="khoa", unit_id=NAM_DONG_HA)
    reader = officer(app, Role.ONE_STOP, unit_id=DONG_HA)
    typed(reformer, found="0", mended="0", inspected_on="2026-10-12")
    address = reformer.pages.get(PAGE).all("tbody a")[0].get("href") or ""

    assert typed(reformer, unit_id=str(NAM_DONG_HA), found="0", mended="0")[0] == 422
    other.pages.get(address, status=404)
    assert len(reader.pages.get(PAGE).all("tbody tr")) == 1
    reader.pages.get(f"{PAGE}/new", status=403)
