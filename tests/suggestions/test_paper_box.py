"""The paper box: minutes with two people, slips typed in one after the other, papers to print and sign."""

import io
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
from flask import Flask
from sqlalchemy import select

from feedback_service.accounts.rules.roles import Role
from feedback_service.core.clock import FixedClock
from feedback_service.db import Database
from feedback_service.suggestions.models import BoxOpening, Suggestion
from feedback_service.suggestions.rules import codes
from feedback_service.suggestions.rules.paper import Person, lines_of, people_of
from tests.officers import Officer, officer
from tests.pages import Page
from tests.suggestions.box import Box, furnish
from tests.suggestions.citizen import Citizen, picture

MINUTES = {
    "place": "Sảnh Bộ phận Một cửa",
    "opened_at": "2026-10-13T08:00",
    "people": "Nguyễn Thị Hiền, công chức một cửa\nTrần Văn Bình - đại diện nhân dân",
    "slips": "3",
    "blank": "1",
    "legal": "0",
}
NO_FIGURES = ({"answer": "0"}, {"answer": "91"}, {"longest": "4"}, {"valid_from": "2026-10-12"}, {"rule_set": "x"})


@pytest.fixture
def box(app: Flask, clock: FixedClock, tmp_path: Path) -> Box:
    """The box of the running application."""
    database: Database = app.extensions["feedback_service"].database
    box = furnish(database, tmp_path / "office")
    box.clock = clock
    return box


@pytest.fixture
def desk(app: Flask, box: Box) -> Officer:
    """The one-stop shop officer of the ward."""
    return officer(app, Role.ONE_STOP, unit_id=box.ward_id, full_name="Nguyễn Thị Hiền")


def opened(desk: Officer, **changes: object) -> Page:
    """Open the box with the minutes."""
    page = desk.pages.get("/staff/box/new")
    return desk.pages.send(page, {**MINUTES, **changes})


def typed(desk: Officer, page: Page, text: str, **more: object) -> Page:
    """Type one slip in."""
    return desk.pages.send(page, {"kind": "idea", "text": text, **more}, selector="main form.sheet")


def test_an_opening_is_written_down_and_every_slip_gets_a_code_and_a_due_day(desk: Officer, box: Box) -> None:
    page = opened(desk)
    page = typed(desk, page, "Nên có quạt ở hành lang.")
    assert "Mã tra cứu" in page.text(".notice")
    page = typed(desk, page, "Cảm ơn cán bộ Quầy 4.", kind="praise")

    after = desk.pages.send(page, {}, selector=".case-side form")

    with box.database.reading() as session:
        rows = session.execute(select(Suggestion.channel, Suggestion.due_on, Suggestion.code_hash)).all()
        assert {(row.channel, row.due_on, row.code_hash is None) for row in rows} == {
            ("paper", date(2026, 11, 3), False)
        }
        assert session.execute(select(BoxOpening.number, BoxOpening.finished_at)).one().number == "01/2026"
    assert "Đã xong" in after.text(".case-side")
    assert box.broken() == []


def test_the_code_that_was_told_finds_the_slip(desk: Officer, app: Flask, box: Box) -> None:
    page = typed(desk, opened(desk), "Nên có quạt ở hành lang.")
    code = page.text(".notice").rpartition(":")[2].strip()

    assert Citizen(app, box.clock).enter(code).heading == "Đã nhận góp ý"


def test_a_code_printed_on_the_slip_is_taken_once(desk: Officer, app: Flask, box: Box) -> None:
    code = codes.code_for("print shop", "slip 1")
    page = typed(desk, opened(desk), "Nên có quạt.", code=codes.spaced(code).lower())

    refused = desk.pages.send(
        page, {"kind": "idea", "text": "Phiếu khác", "code": code}, selector="main form.sheet", status=422
    )
    wrong = desk.pages.send(
        page, {"kind": "idea", "text": "Phiếu khác", "code": code[::-1]}, selector="main form.sheet", status=422
    )

    assert Citizen(app, box.clock).enter(code).heading == "Đã nhận góp ý"
    assert refused.form("main form.sheet")["text"].strip() == "Phiếu khác"
    assert wrong.form("main form.sheet")["text"].strip() == "Phiếu khác"


def test_no_more_slips_are_typed_in_than_were_counted(desk: Officer) -> None:
    page = opened(desk, slips="1", blank="0")
    form = page.form("main form.sheet")
    typed(desk, page, "Một")

    response = desk.pages.client.post(page.action("main form.sheet"), data={**form, "kind": "idea", "text": "Hai"})

    assert response.status_code == 409


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"people": "Một mình tôi"}, "ít nhất hai người"),
        ({"place": " "}, "nơi đặt"),
        ({"slips": "-1"}, "số nguyên"),
        ({"slips": ""}, "từ 0 đến 2000"),
        ({"slips": "1", "blank": "2"}, "nằm trong tổng số"),
        ({"opened_at": "2026-10-14T08:00"}, "không thể sau"),
        ({"opened_at": "hôm qua"}, "ngày và giờ"),
    ],
)
def test_minutes_that_cannot_be_are_refused_and_kept(
    lasting_officer: Officer, changes: dict[str, object], fault: str
) -> None:
    pages = lasting_officer.pages
    page = pages.get("/staff/box/new")

    again = pages.send(page, {**MINUTES, "note": "Khóa còn nguyên", **changes}, status=422)

    assert fault in again.text(".error-summary")
    assert again.form()["note"].strip() == "Khóa còn nguyên"


def test_the_minutes_are_a_paper_to_be_signed_a_text_and_a_sheet_with_their_sources(desk: Officer) -> None:
    page = opened(desk, files=[(picture(), "hòm thư.jpg")])
    minutes = [str(link.get("href")) for link in page.all("a") if "/minutes." in str(link.get("href"))]
    (photograph,) = [link.get("href") for link in page.all(".kept-files a")]

    page_bytes, text, sheet = (desk.pages.client.get(address).data for address in minutes)
    words = [paragraph.text for paragraph in docx.Document(io.BytesIO(text)).paragraphs]
    book = openpyxl.load_workbook(io.BytesIO(sheet))
    assert page_bytes.startswith(b"%PDF-")
    assert "BIÊN BẢN MỞ HÒM THƯ GÓP Ý" in words
    assert "Nguồn số liệu" in words
    assert book.sheetnames[1] == "Nguồn số liệu"
    assert (3, "Tổng số phiếu") in [(row[2], row[1]) for row in book.worksheets[0].values]
    assert desk.pages.client.get(photograph).headers["Content-Disposition"].startswith("attachment")


def test_blank_slips_come_with_codes_that_are_kept_nowhere(desk: Officer) -> None:
    one, other = (desk.pages.client.get("/staff/box/slips.pdf").data for _ in range(2))

    assert one.startswith(b"%PDF-")
    assert one != other


def test_a_telephone_call_is_taken_in(desk: Officer, box: Box) -> None:
    page = desk.pages.get("/staff/box/calls")

    after = typed(desk, page, "Tôi gọi để phản ánh.", kind="report", contact_phone="0912345678")

    assert "Mã tra cứu" in after.text(".notice")
    with box.database.reading() as session:
        assert session.execute(select(Suggestion.channel)).scalar_one() == "phone"


def test_minutes_of_another_ward_are_not_there(desk: Officer, app: Flask, box: Box) -> None:
    address = opened(desk).address
    stranger = officer(app, Role.ONE_STOP, name="khac", unit_id=box.other_ward_id)

    assert stranger.pages.client.get(address).status_code == 404
    assert stranger.pages.client.get(f"{address}/minutes.pdf").status_code == 404


def test_people_are_read_line_by_line() -> None:
    people = people_of("Nguyễn Văn An, tổ trưởng\n\n Lê Thị Hoa - hội phụ nữ \nTrần Bình")

    assert people == (Person("Nguyễn Văn An", "tổ trưởng"), Person("Lê Thị Hoa", "hội phụ nữ"), Person("Trần Bình", ""))
    assert people_of(lines_of(people)) == people


def test_a_swapped_day_moves_what_is_open_and_can_be_taken_back(app: Flask, box: Box) -> None:
    administrator = officer(app, Role.ADMINISTRATOR)
    found = box.submit().suggestion_id
    page = administrator.pages.get("/staff/box/clock")
    swap = {"day": "2026-10-20", "is_working": "no", "note": "Thông báo 123/TB"}

    page = administrator.pages.send(page, swap, selector="form.inline-fields")
    assert box.case(found).row.due_on == date(2026, 11, 4)

    administrator.pages.send(page, {}, selector="table form")
    assert box.case(found).row.due_on == date(2026, 11, 3)
    assert box.broken() == []


def test_other_figures_hold_for_what_comes_in_afterwards(app: Flask, box: Box) -> None:
    administrator = officer(app, Role.ADMINISTRATOR)
    before = box.submit().suggestion_id
    page = administrator.pages.get("/staff/box/clock")
    figures = {"rule_set": "bac-ninh-80", "unit": str(box.ward_id), "answer": "5", "longest": "10"}

    administrator.pages.send(page, {**figures, "refuse": "", "ask": "", "publish": ""}, selector="details form")

    after = box.submit("Khác").suggestion_id
    assert (box.case(before).row.due_on, box.case(after).row.due_on) == (date(2026, 11, 3), date(2026, 10, 20))
    assert box.broken() == []


def test_figures_that_cannot_be_are_refused(app: Flask, box: Box) -> None:
    administrator = officer(app, Role.ADMINISTRATOR)
    page = administrator.pages.get("/staff/box/clock")

    for changes in (
        {"answer": "0"},
        {"answer": "91"},
        {"longest": "4"},
        {"valid_from": "2026-10-12"},
        {"rule_set": "x"},
    ):
        again = administrator.pages.send(page, {"answer": "15", **changes}, selector="details form", status=422)
        assert again.all(".error-summary"), changes


def test_a_second_person_can_be_asked_for(app: Flask, box: Box) -> None:
    administrator = officer(app, Role.ADMINISTRATOR)
    page = administrator.pages.get("/staff/box/clock")

    administrator.pages.send(page, {"needs_approval": "y", "contact_days": "30"}, selector="form[action$=settings]")
    administrator.pages.send(page, {"contact_days": "0"}, selector="form[action$=settings]", status=422)

    found = box.submit().suggestion_id
    assert box.case(found).standing.needs_approval
