"""What a unit is: kinds, days, hours, and the rows of a file."""

from datetime import date

import pytest

from feedback_service.core.errors import Refused
from feedback_service.units.rules import (
    IDENTIFIER,
    OFFICE_HOURS,
    Kind,
    OpeningHours,
    holds,
    hours_from,
    hours_text,
    is_open,
)
from feedback_service.units.rules.imports import Row, rows_of

HEAD = "code;name;kind;parent_code;identifier;valid_from;valid_to\n"


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "on", "expected"),
    [
        (None, date(2025, 6, 30), date(2025, 6, 30), True),
        (None, date(2025, 6, 30), date(2025, 7, 1), False),
        (date(2025, 7, 1), None, date(2025, 7, 1), True),
        (date(2025, 7, 1), None, date(2025, 6, 30), False),
        (None, None, date(1975, 4, 30), True),
    ],
)
def test_a_unit_holds_from_its_first_to_its_last_day(
    valid_from: date | None, valid_to: date | None, on: date, expected: bool
) -> None:
    assert holds(valid_from, valid_to, on) is expected


@pytest.mark.parametrize("text", ["H50", "H50.14", "H50.14.07", "H56.140.7", "000.00.14.H56", "000.00.00.G09"])
def test_both_forms_of_the_identifier_are_known(text: str) -> None:
    assert IDENTIFIER.fullmatch(text)


@pytest.mark.parametrize("text", ["h50", "H5", "H50.1.2.3", "000.0.14.H56", "19333", ""])
def test_other_writing_is_no_identifier(text: str) -> None:
    assert not IDENTIFIER.fullmatch(text)


@pytest.mark.parametrize(
    ("weekday", "clock_time", "expected"),
    [
        (1, "07:29", False),
        (1, "07:30", True),
        (1, "11:30", False),
        (5, "16:59", True),
        (5, "17:00", False),
        (6, "09:00", False),
    ],
)
def test_every_office_is_open_on_weekdays_morning_and_afternoon(weekday: int, clock_time: str, expected: bool) -> None:
    assert is_open(OFFICE_HOURS, weekday, clock_time) is expected


def test_hours_are_kept_and_read_without_loss() -> None:
    hours = (OpeningHours((1, 6), "08:00", "11:00"),)

    assert hours_from(hours_text(hours)) == hours
    assert hours_from(None) == OFFICE_HOURS


def test_a_file_of_the_office_is_read_with_its_own_heads() -> None:
    content = "\ufeffMã;Tên đơn vị;Loại;Mã cấp trên;Từ ngày\n19333;Phường Đông Hà;Phường;44;01/07/2025\n".encode()

    (row,) = rows_of(content)

    assert row == Row(2, "19333", None, "Phường Đông Hà", Kind.WARD, "44", date(2025, 7, 1), None, ())


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ("1;Phường Đông Hà;phường;;;;", "The code must have"),
        ("19333;;phường;;;;", "The name must have"),
        ("19333;Phường Đông Hà;làng;;;;", "kind of unit is not known"),
        ("19333;Phường Đông Hà;phường;;50H;;", "The identifier must be"),
        ("19333;Phường Đông Hà;phường;;;31/02/2025;", "Please enter a date"),
        ("19333;Phường Đông Hà;phường;;;01/07/2025;01/06/2025", "comes before"),
        ("464;Huyện Vĩnh Linh;huyện;;;;", "ended on 30 June 2025"),
        ("464;Huyện Vĩnh Linh;huyện;;;;01/07/2025", "ended on 30 June 2025"),
    ],
)
def test_a_row_says_what_is_wrong_with_it(cells: str, fault: str) -> None:
    (row,) = rows_of((HEAD + cells).encode())

    assert any(fault in said.message for said in row.faults)


def test_a_district_is_allowed_for_history() -> None:
    (row,) = rows_of((HEAD + "464;Huyện Vĩnh Linh;huyện;45;;;30/06/2025").encode())

    assert row.faults == ()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("Mã;Tên\n".encode("utf-16"), "UTF-8"),
        (b"name;kind\nx;y\n", "must name the columns"),
        (b"", "must name the columns"),
    ],
)
def test_a_file_that_is_no_table_of_units_is_refused_in_words(content: bytes, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        rows_of(content)
