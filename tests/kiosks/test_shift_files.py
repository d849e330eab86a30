"""Shifts and those who serve are taken in from a file that is looked at row by row first."""

import io
from datetime import time
from typing import Any

import pytest
from flask import Flask
from openpyxl import Workbook

from feedback_service.accounts.rules.roles import Role
from feedback_service.core.cells import table_of
from feedback_service.kiosks.queries import shifts
from feedback_service.kiosks.rules.shift_files import shift_rows, weekdays_of
from feedback_service.web.context import EXTENSION
from tests.officers import officer
from tests.ratings.lobby import furnish

HEAD = "Mã đơn vị;Quầy;Thứ;Từ giờ;Đến giờ;Cán bộ\n"
LIST = HEAD + "19333;Quầy 1;2-6;7:30;11:30;Trần Thị Lan\n19333;quay 1;2-6;13:30;17:00;Lê Văn Minh\n"


def workbook(text: str) -> bytes:
    """Return a list as a workbook that holds its times as times."""
    book, content = Workbook(), io.BytesIO()
    sheet: Any = book.active
    for line in text.splitlines():
        sheet.append([time.fromisoformat(cell.zfill(5)) if ":" in cell else cell for cell in line.split(";")])
    book.save(content)
    return content.getvalue()


def test_an_officer_takes_in_shifts_that_were_looked_at(house: Flask) -> None:
    lobby = furnish(house.extensions[EXTENSION].database)
    pages = officer(house, Role.ONE_STOP, unit_id=lobby.unit_id).pages
    form = pages.get("/staff/kiosks/rosters/file").form()

    def sent(content: bytes, status: int) -> Any:
        return pages.post("/staff/kiosks/rosters/file", {**form, "file": (io.BytesIO(content), "a")}, status=status)

    faulty = ("19333;Quầy 9;2;7:30;9:00;An", "19333;Quầy 1;2;8:00;9:00;An", "44;Quầy 1;2;7:30;9:00;An")
    wrong = sent((LIST + "\n".join(faulty)).encode(), 422)
    right = sent(workbook(LIST), 200)
    pages.send(right, {}, selector="form[action$=confirmation]")
    again = sent(LIST.encode(), 200)

    assert wrong.text("tbody").count("Không có quầy này") == 2
    assert wrong.text("tbody").count("cần sửa") == 3
    assert not wrong.all("form[action$=confirmation]")
    assert not again.all("form[action$=confirmation]")
    with lobby.database.reading() as session:
        told = [(one.weekdays, one.opens, one.officer) for one in shifts(session, lobby.counter_id)]
    assert told == [((1, 2, 3, 4, 5), "07:30", "Trần Thị Lan"), ((1, 2, 3, 4, 5), "13:30", "Lê Văn Minh")]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        *(("2-6", (1, 2, 3, 4, 5)), ("2, 4;CN", (1, 3, 7)), ("Thứ 2-7, Chủ nhật", (1, 2, 3, 4, 5, 6, 7))),
        *(("1", ()), ("6-2", ()), ("", ()), ("9", ()), ("hai", ())),
    ],
)
def test_the_days_of_the_week_are_read_as_offices_write_them(text: str, days: tuple[int, ...]) -> None:
    assert weekdays_of(text) == days


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("19333;Quầy 1;x;7:30;9:00;An", "The days are not written"),
        ("19333;Quầy 1;2;24:00;9:00;An", "Please write the time"),
        ("19333;Quầy 1;2;7:30;9:00;", "The name of the officer"),
    ],
)
def test_a_row_that_cannot_be_read_says_why(row: str, message: str) -> None:
    (read,) = shift_rows(table_of(f"{HEAD}{row}\n".encode()))

    assert read.shift is None
    assert read.faults[0].message.startswith(message)
