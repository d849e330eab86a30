"""What an office may send as dossier figures, and what it is told when something cannot be read."""

from datetime import date

import pytest

from feedback_service.core.cells import MOST_ROWS, amount, day
from feedback_service.core.errors import Refused
from feedback_service.core.period import Period, quarter_of
from feedback_service.dossiers.rules import Parts, Report, checks, numbers
from feedback_service.dossiers.rules.plans import overlapping
from feedback_service.dossiers.rules.rates import rates
from feedback_service.dossiers.rules.sheets import Given, Row, as_list, rows_of
from tests.dossiers.sheets import CIVIL, LAND, TOTAL, form, workbook

QUARTER = quarter_of(date(2026, 7, 1))
WARD = Given(unit_id=7, source="Báo cáo quý III")
HEAD = "unit_code;first_on;last_on;received;on_time;source"


def read(text: str) -> tuple[Row, ...]:
    """Return the rows of a CSV file that names everything."""
    return rows_of(text.encode(), Given())


def test_form_two_six_a_is_read_as_the_office_files_it() -> None:
    land, civil, total = rows_of(form(LAND, CIVIL, TOTAL), WARD)

    assert [row.faults for row in (land, civil, total)] == [(), (), ()]
    assert land.report == Report(
        QUARTER, 60, 54, "Báo cáo quý III", "Đất đai", Parts(40, 15, 5, 55, 30, 24, 1, 5, 5, 0)
    )
    assert total.report
    assert (total.report.field, total.report.received, total.report.on_time) == ("", 100, 88)


def test_a_form_without_a_total_is_added_up() -> None:
    rows = rows_of(form(LAND, CIVIL), WARD)

    assert [row.number for row in rows] == [6, 7, 0]
    assert rows[-1].report
    assert numbers(rows[-1].report) == numbers(rows_of(form(TOTAL), WARD)[0].report or Report(QUARTER, 0, 0, ""))


def test_a_total_that_does_not_agree_with_its_rows_is_told() -> None:
    *_, total = rows_of(form(LAND, CIVIL, ("", "Tổng cộng", 101, 61, *TOTAL[4:10], 11, 10, 1)), WARD)

    assert [fault.message for fault in total.faults] == ["The total does not agree with the sum of the rows above."]


def test_headings_between_the_rows_of_a_form_are_passed_over() -> None:
    rows = rows_of(form(("A", "Cấp tỉnh"), LAND, ("B", "Cấp xã"), CIVIL, TOTAL), WARD)

    assert [row.report.field for row in rows if row.report] == ["Đất đai", "Hộ tịch", ""]


def test_columns_that_do_not_add_up_are_explained_cell_by_cell() -> None:
    (row, *_rest) = rows_of(form((1, "Đất đai", 61, *LAND[3:])), WARD)

    assert [(fault.pointer, fault.message) for fault in row.faults] == [
        ("received", "Column 3 must be 4 + 5 + 6."),
        ("received", "Column 3 must be 7 + 11."),
    ]
    assert row.report
    first = checks(numbers(row.report))[0]
    assert (first.told, first.counted, first.difference) == (61, 60, 1)


def test_text_in_a_number_cell_is_told_with_its_column() -> None:
    (row, *_rest) = rows_of(form((1, "Đất đai", "sáu mươi", *LAND[3:])), WARD)

    assert [fault.pointer for fault in row.faults] == ["received"]
    assert row.report is None


def test_a_list_names_unit_and_days_in_every_row() -> None:
    (row,) = read(f"{HEAD}\n19333;01/07/2026;30/09/2026;1.200;1160;Báo cáo\n")

    assert row.unit_code == "19333"
    assert row.report == Report(QUARTER, 1200, 1160, "Báo cáo")


def test_a_list_in_vietnamese_is_understood_with_or_without_accents() -> None:
    head = "Mã đơn vị,Từ ngày,Đến ngày,Lĩnh vực,Tiếp nhận,Đúng hẹn,Nguồn"

    (row,) = read(f"\ufeff{head}\n19333,2026-07-01,2026-09-30,=1+1,10,9,x\n")

    assert row.report == Report(QUARTER, 10, 9, "x", field="=1+1")


@pytest.mark.parametrize(
    ("line", "pointer"),
    [
        (";2026-07-01;2026-09-30;10;9;x", "unit_code"),
        ("19333;;2026-09-30;10;9;x", "first_on"),
        ("19333;2026-07-01;31/02/2026;10;9;x", "last_on"),
        ("19333;2026-09-30;2026-07-01;10;9;x", "last_on"),
        ("19333;2026-07-01;2026-09-30;;9;x", "received"),
        ("19333;2026-07-01;2026-09-30;10;;x", "on_time"),
        ("19333;2026-07-01;2026-09-30;-10;9;x", "received"),
        ("19333;2026-07-01;2026-09-30;10;9,5;x", "on_time"),
        ("19333;2026-07-01;2026-09-30;10;11;x", "on_time"),
        ("19333", "first_on"),
    ],
)
def test_what_cannot_be_read_is_told_by_its_column(line: str, pointer: str) -> None:
    (row,) = read(f"{HEAD}\n{line}\n")

    assert pointer in {fault.pointer for fault in row.faults}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 broken",
        "Đơn vị;Tiếp nhận\n".encode("utf-16"),
        b"name;value\na;1\n",
        workbook([("just", "words")]),
        b"unit_code;first_on;last_on;received;on_time\n" + b"1;2026-01-01;2026-01-31;1;1\n" * (MOST_ROWS + 1),
    ],
)
def test_a_file_that_is_no_table_of_dossiers_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        rows_of(content, WARD)

    assert [fault.pointer for fault in refusal.value.faults] == ["file"]


def test_a_file_of_a_million_rows_is_put_aside_before_it_is_read_through() -> None:
    content = b"unit_code;first_on;last_on;received;on_time\n" + b"1;;;;\n" * 1_048_577

    with pytest.raises(Refused, match="20,000 rows"):
        rows_of(content, WARD)


def test_rows_come_back_from_the_list_that_is_confirmed() -> None:
    reports = [row.report for row in rows_of(form(LAND, CIVIL, TOTAL), WARD) if row.report]

    again = read(as_list((7, report) for report in reports))

    assert [row.report for row in again] == reports
    assert {row.unit_id for row in again} == {7}


@pytest.mark.parametrize(
    ("cell", "number"), [(5, 5), (5.0, 5), ("1.234.567", 1_234_567), (" 12 ", 12), ("", None), (None, None)]
)
def test_whole_numbers_are_read_as_vietnam_writes_them(cell: str | float | None, number: int | None) -> None:
    assert amount(cell) == number


@pytest.mark.parametrize("cell", [True, 1.5, -1, "1,5", "1e3", "12a", "１２", "1.23", 10**13])
def test_what_is_no_whole_number_is_refused(cell: str | float) -> None:
    with pytest.raises(ValueError, match="whole number"):
        amount(cell)


def test_days_are_read_in_both_spellings() -> None:
    assert day("05/02/2026") == day("2026-02-05") == day(date(2026, 2, 5)) == date(2026, 2, 5)


def test_the_three_rates_stand_side_by_side_and_a_rate_of_nothing_is_none() -> None:
    told = numbers(Report(QUARTER, 100, 88, "", parts=Parts(60, 30, 10, 90, 50, 38, 2, 10, 9, 1)))
    city = numbers(Report(QUARTER, 9728, 9413, ""))
    nothing = numbers(Report(QUARTER, 0, 0, ""))

    assert [(rate.letter, rate.part, rate.whole) for rate in rates(told)] == [
        ("A", 88, 100),
        ("B", 88, 90),
        ("C", 97, 100),
    ]
    assert [str(rate.rounded) for rate in rates(city)] == ["96.8", "None", "None"]
    assert [str(rate.truncated) for rate in rates(city)] == ["96.7", "None", "None"]
    assert [rate.rounded for rate in rates(nothing)] == [None, None, None]


def test_a_month_within_a_quarter_overlaps_nothing_but_a_shifted_quarter_does() -> None:
    july = Period(date(2026, 7, 1), date(2026, 7, 31))
    shifted = Period(date(2026, 6, 15), date(2026, 9, 14))

    assert overlapping(july, [QUARTER]) == ()
    assert overlapping(shifted, [QUARTER, july]) == (QUARTER,)
