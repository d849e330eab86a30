"""Form 03, the report on reports and proposals, and the annex of figures: every number can be added up again."""

import io
from datetime import date, timedelta
from decimal import Decimal

import docx
import pytest
from openpyxl import load_workbook
from sqlalchemy import update

from feedback_service.core.errors import Refused
from feedback_service.db import Database
from feedback_service.operations.service.demo.chance import made_up_id
from feedback_service.ratings.rules import Channel, Place, Tier
from feedback_service.ratings.rules import Given as Rating
from feedback_service.ratings.service import record
from feedback_service.reports.export.papers import Heading, filled, form_bytes
from feedback_service.reports.queries.places import places
from feedback_service.reports.rules.documents import Document
from feedback_service.reports.rules.forms import FormKind, Written
from feedback_service.reports.rules.nine import ranks
from feedback_service.reports.rules.periods import Choice, Kind, ReportPeriod
from feedback_service.reports.service import Given, keep_scores
from feedback_service.suggestions.models import Suggestion
from feedback_service.units.models import Unit
from tests.reports import records
from tests.reports.records import DONG_HA, NAM_DONG_HA, PROVINCE
from tests.reports.test_forms import NOW, QUARTER, WORDS, fill

MONTH = ReportPeriod(Kind.MONTH, 2026, 9)
RECEIVED_AT = NOW - timedelta(days=10)


@pytest.fixture
def office(database: Database) -> Database:
    """A province with the figures of two wards, once on each kind of database."""
    fill(database)
    with database.transaction() as session:
        given = {number: Given(Decimal("1.80"), Decimal("1.60"), "Rà soát") for number in range(1, 10)}
        keep_scores(session, NAM_DONG_HA, QUARTER, given, by="staff:1", now=NOW)
    return database


def document(database: Database, kind: FormKind, unit_id: int, period: Choice = QUARTER) -> Document:
    heading = Heading("Quảng Trị", "Văn phòng", period.days, NOW, lambda message: WORDS.word(message, "vi"))
    with database.reading() as session:
        return filled(session, places(session), (unit_id, period), kind, heading)


def rate(database: Database, numbers: range, unit_id: int) -> None:
    """Record one "very satisfied" of three for each number."""
    with database.transaction() as session:
        for number in numbers:
            at = NOW - timedelta(days=5, minutes=number)
            given = Rating(
                id=made_up_id("form", number),
                sequence=None,
                questionnaire="kiosk-3",
                version=1,
                answered_at=at,
                language="vi",
                answers={"satisfaction": 3},
            )
            record(session, Place(unit_id, None, None, Channel.QR, Tier.WEB), [given], now=at)


def test_equal_totals_share_a_rank_and_the_next_one_is_left_out() -> None:
    totals = [Decimal("15.00"), None, Decimal("16.20"), Decimal("15.00"), Decimal("14.99")]

    assert ranks(totals) == (2, None, 1, 2, 4)


def test_form_three_puts_units_side_by_side_with_class_and_rank(office: Database) -> None:
    form = document(office, FormKind.COMPARED, PROVINCE)

    assert form.title == "BẢNG TỔNG HỢP CHỈ SỐ THÀNH PHẦN, MỨC ĐỘ HÀI LÒNG, XẾP LOẠI QUÝ III / 2026"
    assert form.grid.heads[:4] == ("TT", "Tên cơ quan", "Số phiếu", "Chỉ số 1")
    assert form.grid.heads[12:] == ("Tổng điểm", "Xếp loại", "Xếp hạng", "Không hài lòng", "Hài lòng", "Rất hài lòng")
    dong_ha, other = sorted(form.grid.rows, key=lambda row: row[1] != "Phường Đông Hà")
    assert dong_ha[1:3] == ("Phường Đông Hà", 0)
    assert dong_ha[11:15] == (Decimal("1.00"), Decimal("14.60"), "Tốt", 1)
    assert other[11:15] == (Decimal("1.60"), Decimal("14.40"), "Tốt", 2)
    assert form.notes[1] == "Còn chỉ số chưa thẩm định, lấy điểm tự chấm: Phường Đông Hà"
    with pytest.raises(Refused, match="No unit was given scores"):
        document(office, FormKind.COMPARED, PROVINCE, ReportPeriod(Kind.QUARTER, 2025, 3))


def test_form_three_shows_no_share_of_few_ratings_nor_of_what_would_give_them_away(office: Database) -> None:
    rate(office, range(1, 9), DONG_HA)
    alone = document(office, FormKind.COMPARED, PROVINCE)
    rate(office, range(9, 12), NAM_DONG_HA)
    together = document(office, FormKind.COMPARED, PROVINCE)

    shares = {row[1]: row[15:] for row in alone.grid.rows}
    assert shares["Phường Đông Hà"] == (Decimal("0.00"), Decimal("0.00"), Decimal("100.00"))
    assert {row[15:] for row in together.grid.rows} == {(None, None, None)}


def add_case(database: Database, number: int, **told: object) -> None:
    """Write a report of a citizen, waiting and in time unless it is said otherwise."""
    hashed = f"{number:064x}"
    row = {
        **dict.fromkeys(("submission_hash", "content_hash", "code_hash"), hashed),
        **dict.fromkeys(("unit_id", "first_unit_id"), DONG_HA),
        **dict.fromkeys(("is_about_staff", "is_public_wished", "is_hidden", "is_held"), False),
        **dict.fromkeys(("pauses", "paused_days", "extended_days", "escalation", "reopenings"), 0),
        "channel": "web",
        "kind": "report",
        "topic": "conduct",
        "language": "vi",
        "procedure": "",
        "title": "…",
        "state": "received",
        "is_open": True,
        "version": 1,
        "rules": "{}",
        "salt": "0" * 32,
        "received_at": RECEIVED_AT,
        "clock_from": date(2026, 9, 22),
        "due_on": date(2026, 10, 13),
    }
    with database.transaction() as session:
        records.add(session, Suggestion, {**row, **told})


def test_every_report_stands_in_one_column_and_the_columns_add_up(office: Database) -> None:
    answered = {"state": "answered", "answered_at": NOW, "answered_on": date(2026, 9, 29), "answer_days": 5}
    add_case(office, 1)
    add_case(office, 2, due_on=date(2026, 9, 25))
    add_case(office, 3, **answered, is_on_time=True, level=1)
    add_case(office, 4, **answered, is_on_time=False)
    add_case(office, 5, state="refused", is_open=False, refusal="unclear")
    add_case(office, 6, topic="regulation", is_hidden=True, state="closed", is_open=False)
    add_case(office, 7, kind="praise")
    add_case(office, 8, unit_id=NAM_DONG_HA)
    add_case(office, 9, received_at=NOW)

    form = document(office, FormKind.RECEIVED, PROVINCE, MONTH)

    told = {(row[1], row[2]): row[3:] for row in form.grid.rows}
    assert told == {
        ("Phường Đông Hà", "Hành vi của cán bộ, công chức"): (5, 1, 1, 1, 1, 1, 0, 0, 1),
        ("Phường Đông Hà", "Quy định, chính sách, thủ tục"): (1, 0, 0, 0, 0, 0, 1, 1, 0),
        ("Phường Nam Đông Hà", "Hành vi của cán bộ, công chức"): (1, 0, 0, 1, 0, 0, 0, 0, 0),
    }
    total = form.grid.totals[0][3:]
    assert total == (7, 1, 1, 2, 1, 1, 1, 1, 1)
    assert total[0] == sum(int(number or 0) for number in total[1:7])


def test_a_month_without_reports_is_filled_with_zeros(office: Database) -> None:
    form = document(office, FormKind.RECEIVED, DONG_HA, MONTH)

    assert (form.grid.rows, form.grid.totals[0][3]) == ((), 0)


def test_no_form_is_filled_for_days_before_the_unit_stood(office: Database) -> None:
    with office.transaction() as session:
        session.execute(
            update(Unit).where(Unit.id == DONG_HA).values(valid_from=MONTH.days.last_on + timedelta(days=1))
        )

    with pytest.raises(Refused, match="did not stand"):
        document(office, FormKind.RECEIVED, DONG_HA, MONTH)


def test_the_annex_says_no_figures_and_never_nought_percent(office: Database) -> None:
    rate(office, range(1, 5), DONG_HA)
    form = document(office, FormKind.SUMMARY, DONG_HA)

    told = {str(row[1]): row[2:] for row in form.grid.rows}
    assert told["Đúng hẹn, cách A: của thành phố"] == ("96,7%", "không có số liệu", "không có số liệu", "1.160 / 1.200")
    assert told["Hài lòng"] == ("chưa đủ số liệu", "không có số liệu", "không có số liệu", "")
    assert "0,0%" not in {str(cell) for row in form.grid.rows for cell in row}
    assert "QUÝ III/2026" in form.title
    report = document(office, FormKind.REFORM, DONG_HA)
    parts = {part.title: part.lines for part in report.parts}
    assert report.grid == form.grid
    assert parts["I. Công tác chỉ đạo, điều hành"][0] == "Kỳ này chưa có cuộc kiểm tra nào được nhập."
    assert parts["II.2. Cải cách thủ tục hành chính"][0].startswith(
        "Đúng hẹn, cách A: của thành phố: 96,7% (1.160 / 1.200); kỳ trước: không có số liệu"
    )
    with pytest.raises(Refused, match="Nothing was measured"):
        document(office, FormKind.SUMMARY, NAM_DONG_HA, ReportPeriod(Kind.YEAR, 2020, 1))


@pytest.mark.parametrize("kind", [FormKind.COMPARED, FormKind.RECEIVED, FormKind.REFORM])
def test_each_form_is_a_workbook_a_text_and_a_page_with_its_sources(office: Database, kind: FormKind) -> None:
    form = document(office, kind, PROVINCE if kind is FormKind.COMPARED else DONG_HA)

    book = load_workbook(io.BytesIO(form_bytes(form, Written.XLSX, made_at=NOW)))
    text = docx.Document(io.BytesIO(form_bytes(form, Written.DOCX, made_at=NOW)))
    page, again = (form_bytes(form, Written.PDF, made_at=NOW) for _ in range(2))

    assert [sheet.title for sheet in book.worksheets] == [form.sheet_name or form.code, "Nguồn số liệu"]
    assert form.title in [paragraph.text for paragraph in text.paragraphs]
    assert len(text.tables[1].rows) >= len(form.grid.rows) + 1
    assert page.startswith(b"%PDF-")
    assert page == again
