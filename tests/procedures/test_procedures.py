"""Procedures are taken in from a file, looked at row by row first, and a QR code can stand for one of them."""

import io
from datetime import date
from typing import Any

import pytest
from flask import Flask
from openpyxl import Workbook

from feedback_service.accounts.rules.roles import Role
from feedback_service.core.cells import table_of
from feedback_service.core.clock import FixedClock
from feedback_service.core.errors import Refused
from feedback_service.procedures.queries import by_code, every
from feedback_service.procedures.rules import key_of, rows_of
from feedback_service.procedures.service import look_at, store
from feedback_service.ratings.models import Rating
from tests.officers import officer
from tests.ratings.street import Street, settle
from tests.ratings.test_codes import made
from tests.statements import counted

LIST = """Mã TTHC;Tên thủ tục;Lĩnh vực;Cấp thực hiện;Mức độ;Thời hạn;Phí, lệ phí;Từ ngày
1.004194;Đăng ký khai sinh;Hộ tịch;Xã;Toàn trình;1;Không;01/07/2025
2.000635.000.00.00.H50;Cấp bản sao trích lục hộ tịch;Hộ tịch;cấp xã;một phần;;8.000 đồng;
"""


@pytest.fixture
def street(app: Flask, clock: FixedClock) -> Street:
    """A street, once on each kind of database."""
    return settle(app, clock)


def taken_in(street: Street, text: str) -> list[str]:
    """Store a list and return what became of each row."""
    with street.platform.transaction() as session:
        plan = store(session, rows_of(table_of(text.encode())), by="system", now=street.clock.now())
    return [one.outcome.value for one in plan]


def test_a_list_is_taken_in_once_and_changed_by_the_same_code(street: Street) -> None:
    first, again = taken_in(street, LIST), taken_in(street, LIST)
    changed = taken_in(street, LIST.replace("Toàn trình", "Một phần"))
    ended = taken_in(street, "code;name;valid_from;valid_to\n1.004194;Đăng ký khai sinh;2025-07-01;2026-10-01\n")

    assert (first, again, changed, ended) == (
        ["added", "added"],
        ["unchanged", "unchanged"],
        ["changed", "unchanged"],
        ["changed"],
    )
    with street.platform.reading() as session:
        facts = {one.key: one for one in every(session).values()}
        assert by_code(session, "1.004194.000.00.00.H50") is None
        assert by_code(session, "2.000635.H50") is not None
    assert facts["1.004194"].valid_to == date(2026, 10, 1)
    assert (facts["2.000635"].fee, facts["2.000635"].limit_days) == ("8.000 đồng", None)


def test_one_file_ends_a_procedure_and_begins_its_successor(street: Street) -> None:
    taken_in(street, LIST)
    head = "code;name;valid_from;valid_to\n"
    old, new = "1.004194;Đăng ký khai sinh;2025-07-01;", "1.004194;Khai sinh, bản mới;2026-10-01;\n"

    succeeded = taken_in(street, f"{head}{new}{old}2026-09-30\n")
    again = taken_in(street, f"{head}{new}{old}2026-09-30\n")
    with pytest.raises(Refused):
        taken_in(street, f"{head}{old}\n")

    with street.platform.reading() as session:
        holds = by_code(session, "1.004194")
        stood = {facts.valid_from: facts.valid_to for facts in every(session).values() if facts.key == "1.004194"}
    assert (succeeded, again) == (["added", "changed"], ["unchanged", "unchanged"])
    assert holds
    assert holds.facts.name == "Khai sinh, bản mới"
    assert stood == {date(2025, 7, 1): date(2026, 9, 30), date(2026, 10, 1): None}
    assert street.is_whole()


def test_a_long_file_asks_the_database_no_oftener_than_a_short_one(street: Street) -> None:
    rows = [f"1.{100_000 + number};Thủ tục {number}" for number in range(200)]

    with counted() as short:
        taken_in(street, "\n".join(["code;name", *rows[:2]]))
    with counted() as long:
        taken_in(street, "\n".join(["code;name", *rows]))

    assert len(long) == len(short)
    assert street.is_whole()


def test_an_officer_sees_what_would_become_of_every_row_before_it_is_stored(house: Flask, clock: FixedClock) -> None:
    settle(house, clock)
    pages = officer(house, Role.ADMINISTRATOR).pages
    form = pages.get("/staff/procedures/file").form()

    def sent(content: bytes, name: str, status: int) -> Any:
        files = {**form, "file": (io.BytesIO(content), name)}
        return pages.post("/staff/procedures/file", files, status=status)

    wrong = sent(LIST.replace("1.004194", "4194").encode(), "a.csv", 422)
    right = sent(workbook(LIST), "a.xlsx", 200)
    unread = sent(b"PK broken", "a.xlsx", 422)
    before = pages.get("/staff/procedures").text("main")
    after = pages.send(right, {}, selector="form[action$=confirmation]")

    assert "Mã không giống 1.004194" in wrong.text("tbody")
    assert not wrong.all("form[action$=confirmation]")
    assert "mới: 2" in right.text("main")
    assert "Excel" in unread.text(".error-summary")
    assert "Chưa có thủ tục nào." in before
    assert "Đăng ký khai sinh" in after.text("tbody")
    assert "khai sinh" in pages.get("/staff/procedures?q=khai+sinh").text("tbody")
    assert "Không tìm thấy “xyz”" in pages.get("/staff/procedures?q=xyz").text(".empty")


def test_a_list_that_is_longer_than_other_forms_is_looked_at_and_stored(house: Flask, clock: FixedClock) -> None:
    settle(house, clock)
    pages = officer(house, Role.ADMINISTRATOR).pages
    long = "Đăng ký một thủ tục có tên dài như thường thấy trong danh mục, kể cả trường hợp riêng; " * 5
    rows = "".join(f'1.{100_000 + number};"{long}{number}"\n' for number in range(500))
    form = {**pages.get("/staff/procedures/file").form(), "file": (io.BytesIO(f"code;name\n{rows}".encode()), "a.csv")}

    looked_at = pages.post("/staff/procedures/file", form)
    stored = pages.send(looked_at, {}, selector="form[action$=confirmation]")

    assert len(looked_at.form("form[action$=confirmation]")["rows"].encode()) > 256 * 1024
    assert "Đã lưu các thủ tục" in stored.text("[role=status]")


def workbook(text: str) -> bytes:
    """Return a list as a workbook."""
    book, content = Workbook(), io.BytesIO()
    sheet: Any = book.active
    for line in text.splitlines():
        sheet.append(line.split(";"))
    book.save(content)
    return content.getvalue()


def test_nobody_of_one_unit_changes_the_procedures_of_all(house: Flask, clock: FixedClock) -> None:
    street = settle(house, clock)
    pages = officer(house, Role.ONE_STOP, unit_id=street.lobby.unit_id).pages

    assert pages.client.get("/staff/procedures").status_code == 200
    assert pages.client.get("/staff/procedures/file").status_code == 403


def test_answers_by_the_code_of_a_procedure_tell_it(street: Street) -> None:
    taken_in(street, LIST)
    with street.platform.reading() as session:
        known = by_code(session, "1.004194")
    assert known
    code = made(street, procedure_id=known.id)

    street.citizen().answer(f"/q/{code}")

    assert [row["procedure_id"] for row in street.rows(Rating)] == [known.id]
    assert street.is_whole()


@pytest.mark.parametrize(
    ("code", "key"),
    [
        *(("1.004194", "1.004194"), ("1.002835.000.00.00.H56", "1.002835"), ("2.002621.H56", "2.002621")),
        *((" 2.000635.h50 ", "2.000635"), ("0.004194", ""), ("1.04194", ""), ("", "")),
    ],
)
def test_old_and_new_codes_of_procedures_are_known(code: str, key: str) -> None:
    assert key_of(code) == key


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("x;Tên;;;;;", "The code is not like"),
        ("1.004194;;;;;;", "The name must have"),
        ("1.004194;Tên;huyện;;;;", "The level must be"),
        ("1.004194;Tên;;3;;;", "The online service must be"),
        ("1.004194;Tên;;;nhiều;;", "Please write a whole number"),
        ("1.004194;Tên;;;9999;;", "The time limit is more"),
        ("1.004194;Tên;;;;31/02/2026;", "Please enter a date"),
        ("1.004194;Tên;;;;02/01/2026;01/01/2026", "The last day comes before"),
    ],
)
def test_a_row_that_cannot_stand_says_why(row: str, message: str) -> None:
    table = table_of(f"code;name;level;service;limit_days;valid_from;valid_to\n{row}\n".encode())

    (read,) = rows_of(table)

    assert read.facts is None
    assert read.faults[0].message.startswith(message)


def test_a_file_with_a_faulty_row_is_not_stored_at_all(house: Flask, clock: FixedClock) -> None:
    street = settle(house, clock)

    with pytest.raises(Refused):
        taken_in(street, LIST + "1.004194;Lần nữa;;;;;;01/07/2025\n")
    with pytest.raises(Refused):
        taken_in(street, "tên;mã số\n1;2\n")

    with street.platform.reading() as session:
        assert every(session) == {}
        assert [one.outcome.value for one in look_at(session, rows_of(table_of(LIST.encode())))] == ["added", "added"]
