"""The forms that offices file: real numbers, headings word for word, and where each number is from."""

import io
import subprocess
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from flask import Flask
from openpyxl import load_workbook

from feedback_service.accounts.rules.roles import Role
from feedback_service.bundled import own
from feedback_service.core.errors import Refused
from feedback_service.core.period import Period
from feedback_service.db import Database
from feedback_service.dossiers.models import DossierFigure
from feedback_service.reports.export.papers import Heading, filled, form_bytes
from feedback_service.reports.export.papers.evaluated import NINE_HEADS
from feedback_service.reports.export.papers.handled import GROUPS, HEADS
from feedback_service.reports.queries.places import places
from feedback_service.reports.rules.documents import Document
from feedback_service.reports.rules.forms import OF_SINGLES, FormKind, Written
from feedback_service.reports.rules.periods import Choice, FreePeriod, Kind, ReportPeriod, named
from feedback_service.reports.service import Given, keep_scores
from feedback_service.settings import Settings
from feedback_service.web.context import EXTENSION, Platform
from feedback_service.web.i18n import Translations
from tests.databases import feedback_service
from tests.officers import officer
from tests.reports import records
from tests.reports.records import DONG_HA

NOW = datetime(2026, 10, 2, 1, tzinfo=UTC)
QUARTER = ReportPeriod(Kind.QUARTER, 2026, 3)
COLUMNS = {
    "received": 1200,
    "on_time": 1160,
    "received_online": 700,
    "received_in_person": 480,
    "carried_over": 20,
    "resolved": 1190,
    "resolved_early": 700,
    "resolved_on_time": 460,
    "resolved_late": 30,
    "pending": 10,
    "pending_in_time": 9,
    "pending_late": 1,
}
WORDS = Translations.read(own("translations"))


def fill(database: Database) -> None:
    """Write what a ward reported for the quarter, by field and in all, and the scores it gave itself."""
    with database.transaction() as session:
        records.found_office(session)
        days = {"first_on": QUARTER.days.first_on, "last_on": QUARTER.days.last_on}
        for field in ("=Đất đai", ""):
            row = {"unit_id": DONG_HA, "field": field, "source": "Báo cáo 12/BC", "recorded_at": NOW}
            records.add(session, DossierFigure, {**row, **days, **COLUMNS})
        given = {number: Given(Decimal("1.70"), None, "") for number in range(1, 9)} | {
            9: Given(Decimal("1.40"), Decimal("1.00"), "Một hồ sơ trễ")
        }
        keep_scores(session, DONG_HA, QUARTER, given, by="staff:1", now=NOW)


@pytest.fixture
def office(database: Database) -> Database:
    """The office of a ward, once on each kind of database."""
    fill(database)
    return database


def document(database: Database, kind: FormKind, period: Choice = QUARTER, unit_id: int = DONG_HA) -> Document:
    """Return a filled form."""
    heading = Heading("Phường Đông Hà", "Trung tâm", period.days, NOW, lambda message: WORDS.word(message, "vi"))
    with database.reading() as session:
        return filled(session, places(session), (unit_id, period), kind, heading)


def test_the_workbook_of_form_two_six_a_holds_real_numbers_and_never_a_formula(office: Database) -> None:
    content = form_bytes(document(office, FormKind.DOSSIERS), Written.XLSX, made_at=NOW)

    form, sources = load_workbook(io.BytesIO(content)).worksheets
    rows = [[cell.value for cell in row] for row in form.iter_rows()]
    assert rows[5][0] == "TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH TẠI PHƯỜNG ĐÔNG HÀ"
    marks = next(place for place, row in enumerate(rows) if row[0] == "(1)")
    assert rows[marks - 2][2:] == [
        "Tiếp nhận",
        None,
        None,
        None,
        "Đã giải quyết",
        None,
        None,
        None,
        "Đang giải quyết",
        None,
        None,
    ]
    assert rows[marks][2] == "(3)=(4)+(5)+(6)"
    assert rows[marks + 1] == [1, "=Đất đai", 1200, 700, 480, 20, 1190, 700, 460, 30, 10, 9, 1]
    assert form.cell(marks + 2, 2).data_type == "s"
    assert rows[marks + 2][1:3] == ["TỔNG CỘNG", 1200]
    told = {row[0].value: row[1].value for row in sources.iter_rows(min_row=3)}
    assert sources.title == "Nguồn số liệu"
    assert str(told["=Đất đai"]).startswith("Báo cáo 12/BC")
    assert told["Đối chiếu tổng"] == "các số đã nêu đều khớp"


def test_form_two_shows_own_and_appraised_points_side_by_side(office: Database) -> None:
    content = form_bytes(document(office, FormKind.NINE), Written.DOCX, made_at=NOW)

    book = docx.Document(io.BytesIO(content))
    text = [paragraph.text for paragraph in book.paragraphs]
    assert "BẢNG ĐÁNH GIÁ VIỆC GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH" in text
    assert "Xếp loại theo điểm tự chấm: Xuất sắc" in text
    assert "Xếp loại theo điểm thẩm định: không có số liệu" in text
    table = [[cell.text for cell in row.cells] for row in book.tables[1].rows]
    assert table[0] == ["Chỉ số", "Tên chỉ số", "Điểm chuẩn", "Điểm tự chấm", "Điểm thẩm định", "Ghi chú"]
    assert table[9][3:] == ["1,40", "1,00", "Một hồ sơ trễ"]
    assert table[10] == ["", "Tổng cộng", "18", "15,00", "", ""]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in book.tables[0].rows[0].cells[1].text
    assert book.styles["Normal"].font.name == "Times New Roman"


def test_the_same_form_made_at_the_same_moment_is_the_same_page(office: Database) -> None:
    for kind in (FormKind.DOSSIERS, FormKind.NINE):
        form = document(office, kind)

        page, again = (form_bytes(form, Written.PDF, made_at=NOW) for _ in range(2))

        assert page.startswith(b"%PDF-")
        assert page == again


def test_without_figures_no_form_is_made(office: Database) -> None:
    with pytest.raises(Refused, match="No dossier figures"):
        document(office, FormKind.DOSSIERS, ReportPeriod(Kind.QUARTER, 2025, 3))
    with pytest.raises(Refused, match="calendar quarter"):
        document(office, FormKind.NINE, FreePeriod(Period(date(2026, 7, 2), date(2026, 9, 30))))


def test_days_are_known_by_the_period_they_are() -> None:
    assert named(QUARTER.days) == QUARTER
    assert named(ReportPeriod(Kind.MONTH, 2026, 10, is_cut=True).days).key == "2026-m10-cut"
    assert named(Period(date(2026, 1, 1), date(2026, 12, 31))).key == "2026-y1"
    assert named(Period(date(2026, 1, 2), date(2026, 12, 31))).key == "free"


def test_everything_on_a_form_is_in_vietnamese() -> None:
    spoken = {title for title, _span in GROUPS if title} | set(HEADS) | set(NINE_HEADS)

    assert [message for message in sorted(spoken) if WORDS.word(message, "vi") == message] == []


def test_the_command_writes_the_form(settings: Settings, office: Database, tmp_path: Path) -> None:
    def made(form: str, last: str) -> subprocess.CompletedProcess[str]:
        known = {"FEEDBACK_DATABASE_URL": settings.database_url, "FEEDBACK_DATA_DIR": str(tmp_path / "office")}
        words = ("--unit", "19333", "--from", "2026-07-01", "--to", last, "--out", str(tmp_path / "form.xlsx"))
        return feedback_service("report", form, *words, **known)

    done, refused = made("ii06a", "2026-09-30"), made("mau02", "2026-09-29")

    assert done.returncode == 0, done.stderr
    assert load_workbook(tmp_path / "form.xlsx").worksheets[1].title == "Nguồn số liệu"
    assert refused.returncode == 1
    assert "quarter" in refused.stderr


def test_an_officer_opens_the_forms_of_his_ward(house: Flask) -> None:
    platform: Platform = house.extensions[EXTENSION]
    fill(platform.database)
    pages = officer(house, Role.CONTROLLER, unit_id=DONG_HA).pages

    page = pages.get("/staff/reports/forms?period=2026-q3")
    empty = pages.get("/staff/reports/forms?period=2025-m8")

    links = page.all("main section a")
    assert len(links) == 3 * len(set(FormKind) - OF_SINGLES - {FormKind.INSPECTIONS})
    for link in links:
        answer = pages.client.get(link.get("href") or "")
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert len(empty.all("main section a")) == 3  # nothing was received: that is a figure, too
    assert len(empty.all("#pakn ~ .actions a")) == 3
    assert "Chưa có số liệu hồ sơ" in empty.text("#ii06a ~ p")
    assert pages.client.get("/staff/reports/forms/ii06a.pdf?period=2025-m8").status_code == 422
