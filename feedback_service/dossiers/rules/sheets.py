"""Files of dossier figures: a list with a head, or form II.06a as an office fills it in; read row by row."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

from feedback_service.core.cells import MOST_ROWS, Cell, Table, amount, day, refused, table_of, words
from feedback_service.core.errors import Fault
from feedback_service.core.period import Period
from feedback_service.core.text import folded
from feedback_service.dossiers.rules.figures import NUMBERS_OF_COLUMNS, Parts, Report, faults_in, numbers

HEADS: Mapping[str, str] = {
    **{name: name for name in (*NUMBERS_OF_COLUMNS, "unit_id", "unit_code", "on_time", "field", "source")},
    # heads as programs and as Vietnamese offices write them, accents apart
    "ma don vi": "unit_code",
    "ma": "unit_code",
    "first_on": "first_on",
    "tu ngay": "first_on",
    "last_on": "last_on",
    "den ngay": "last_on",
    "linh vuc": "field",
    "nguon": "source",
    "nguon so lieu": "source",
    "tiep nhan": "received",
    "tong so tiep nhan": "received",
    "truc tuyen": "received_online",
    "truc tiep": "received_in_person",
    "truc tiep, dich vu buu chinh": "received_in_person",
    "tu ky truoc": "carried_over",
    "da giai quyet": "resolved",
    "tong so da giai quyet": "resolved",
    "truoc han": "resolved_early",
    "dung han": "resolved_on_time",
    "qua han": "resolved_late",
    "dang giai quyet": "pending",
    "tong so dang giai quyet": "pending",
    "dang giai quyet trong han": "pending_in_time",
    "dang giai quyet qua han": "pending_late",
    "dung hen": "on_time",
}
NO_HEAD = "No head was found: name the columns in the first line, or send form II.06a with its column numbers 1 to 13."
NO_PERIOD = "Please choose the first and the last day: the file does not name them."
NO_UNIT = "Please choose the unit: the file does not name it."
NO_NAME = "This row has figures but no name of a field."
WRONG_TOTAL = "The total does not agree with the sum of the rows above."
NEEDED = "This column is needed."
HEAD_WITHIN = 40
TOTALS = frozenset({"tong cong", "tong so", "tong", "total"})
_NUMBERED = re.compile(r"\(?([0-9]{1,2})\)?(?:\s*=.*)?")
_FROM_TO = re.compile(r"tu ngay\s+(\d{1,2}/\d{1,2}/\d{4})\s+den (?:ngay|het ngay)\s+(\d{1,2}/\d{1,2}/\d{4})")
_NUMBERS = (*NUMBERS_OF_COLUMNS, "on_time")


@dataclass(frozen=True)
class Given:
    """What stands beside the file: the unit, the days and the source of rows that do not name them."""

    unit_id: int | None = None
    period: Period | None = None
    source: str = ""


@dataclass(frozen=True)
class Row:
    """One row as it was understood; `faults` name the column. `number` counts lines, the head being 1, 0 a sum."""

    number: int
    unit_id: int | None
    unit_code: str
    report: Report | None
    faults: tuple[Fault, ...] = ()


def rows_of(content: bytes, given: Given) -> tuple[Row, ...]:
    """Return every row of a file, readable or not; raises Refused when it is no table of dossier figures."""
    table = table_of(content)
    for index, line in enumerate(table[:HEAD_WITHIN]):
        if places := _numbered(line):
            return _form(table, index, places, given)
    for index, line in enumerate(table[:HEAD_WITHIN]):
        named = {HEADS[head]: place for place, cell in enumerate(line) if (head := folded(words(cell))) in HEADS}
        if "received" in named and len(named) >= 3:
            return tuple(_listed(table, index, named, given))
    raise refused(NO_HEAD)


def as_list(rows: Iterable[tuple[int, Report]]) -> str:
    """Return reports, each with the id of its unit, as a file that `rows_of` reads."""
    out = io.StringIO()
    written = csv.writer(out, delimiter=";", lineterminator="\n")
    written.writerow(("unit_id", "first_on", "last_on", "field", *_NUMBERS, "source"))
    for unit_id, report in rows:
        told = numbers(report)
        days = (report.period.first_on, report.period.last_on)
        written.writerow((unit_id, *days, report.field, *(told[name] for name in _NUMBERS), report.source))
    return out.getvalue()


def _listed(table: Table, head: int, places: Mapping[str, int], given: Given) -> Iterator[Row]:
    for number, line in enumerate(table[head + 1 :], start=head + 2):
        if any(words(cell) for cell in line):
            yield row_of(number, {name: line[place] for name, place in places.items() if place < len(line)}, given)


def row_of(number: int, cells: Mapping[str, Cell], given: Given) -> Row:
    """Return one row from its cells by the name of their column."""
    faults: list[Fault] = []
    unit_id, code = given.unit_id, words(cells.get("unit_code"))
    try:
        unit_id = amount(cells.get("unit_id")) or (None if code else given.unit_id)
    except ValueError as error:
        faults.append(Fault("unit_id", str(error)))
    if unit_id is None and not code:
        faults.append(Fault("unit_code", NO_UNIT))
    period = _period(cells, given, faults)
    told = _told(cells, faults)
    field, source = words(cells.get("field"))[:200], (words(cells.get("source")) or given.source)[:500]
    report = _report(period, told, "" if folded(field) in TOTALS else field, source) if not faults else None
    return Row(number, unit_id, code, report, (*faults, *(faults_in(report) if report else ())))


def _period(cells: Mapping[str, Cell], given: Given, faults: list[Fault]) -> Period | None:
    days: dict[str, date | None] = {}
    for name in ("first_on", "last_on"):
        try:
            days[name] = day(cells.get(name))
        except ValueError as error:
            faults.append(Fault(name, str(error)))
            return None
    first_on, last_on = days["first_on"], days["last_on"]
    if first_on is None and last_on is None and given.period:
        return given.period
    if first_on is None or last_on is None:
        faults.append(Fault("first_on" if first_on is None else "last_on", NO_PERIOD))
        return None
    if last_on < first_on:
        faults.append(Fault("last_on", "The last day comes before the first day. Please swap them."))
        return None
    return Period(first_on, last_on)


def _told(cells: Mapping[str, Cell], faults: list[Fault]) -> dict[str, int | None]:
    told: dict[str, int | None] = {}
    for name in _NUMBERS:
        try:
            told[name] = amount(cells.get(name))
        except ValueError as error:
            faults.append(Fault(name, str(error)))
    if not faults and told["on_time"] is None:
        told["on_time"] = on_time_of(told)
    if not faults:
        faults += [Fault(name, NEEDED) for name in ("received", "on_time") if told[name] is None]
    return told


def on_time_of(told: Mapping[str, int | None]) -> int | None:
    """Return columns 8 + 9, None where one of them is not told."""
    early, on_time = told["resolved_early"], told["resolved_on_time"]
    return None if early is None or on_time is None else early + on_time


def _report(period: Period | None, told: Mapping[str, int | None], field: str, source: str) -> Report:
    assert period
    parts = Parts(**{part.name: told[part.name] for part in fields(Parts)})
    return Report(period, told["received"] or 0, told["on_time"] or 0, source, field, parts)


def _numbered(line: Sequence[Cell]) -> dict[str, int]:
    """Return the places of the columns when a line holds the numbers 1 to 13 of the form."""
    found = {int(known[1]): place for place, cell in enumerate(line) if (known := _NUMBERED.fullmatch(_plain(cell)))}
    if not set(range(1, 14)) <= set(found):
        return {}
    return {"order": found[1], "label": found[2], **{name: found[at] for name, at in NUMBERS_OF_COLUMNS.items()}}


def _form(table: Table, head: int, places: Mapping[str, int], given: Given) -> tuple[Row, ...]:
    known = Given(given.unit_id, given.period or _stated(table[:head]), given.source)
    rows = [
        _form_row(number, line, places, known)
        for number, line in enumerate(table[head + 1 :], start=head + 2)
        if any(_cell(line, places[name]) not in (None, "") for name in NUMBERS_OF_COLUMNS)
    ]
    return tuple(_with_total(rows, known))


def _form_row(number: int, line: Sequence[Cell], places: Mapping[str, int], given: Given) -> Row:
    names = (words(_cell(line, places["label"])), words(_cell(line, places["order"])))
    is_total = any(folded(name).rstrip(" :.") in TOTALS for name in names)
    cells = {name: _cell(line, places[name]) for name in NUMBERS_OF_COLUMNS}
    row = row_of(number, {**cells, "field": "" if is_total else names[0]}, given)
    if not names[0] and not is_total:
        return Row(row.number, row.unit_id, "", None, (*row.faults, Fault("field", NO_NAME)))
    return row


def _with_total(rows: Sequence[Row], given: Given) -> Iterator[Row]:
    reports = [row.report for row in rows if row.report]
    parts = [report for report in reports if report.field]
    summed = _sum(parts, given)
    for row in rows:
        is_total = row.report is not None and not row.report.field
        if is_total and row.report and summed and _figures(row.report) != _figures(summed):
            yield Row(row.number, row.unit_id, "", row.report, (*row.faults, Fault("received", WRONG_TOTAL)))
        else:
            yield row
    if summed and len(parts) == len(rows) and len(rows) < MOST_ROWS:
        yield Row(0, given.unit_id, "", summed, faults_in(summed))


def _sum(parts: Sequence[Report], given: Given) -> Report | None:
    if not parts or given.period is None:
        return None
    totals = {part.name: _added([getattr(report.parts, part.name) for report in parts]) for part in fields(Parts)}
    received, on_time = sum(report.received for report in parts), sum(report.on_time for report in parts)
    return Report(given.period, received, on_time, parts[0].source, "", Parts(**totals))


def _added(told: Sequence[int | None]) -> int | None:
    known = [number for number in told if number is not None]
    return sum(known) if len(known) == len(told) else None


def _figures(report: Report) -> tuple[object, ...]:
    return (report.received, report.on_time, report.parts)


def _stated(lines: Table) -> Period | None:
    """Return the days that the heading of the form names."""
    for line in lines:
        for cell in line:
            found = _FROM_TO.search(_plain(cell))
            if found:
                first_on, last_on = day(found[1]), day(found[2])
                return Period(first_on, last_on) if first_on and last_on and first_on <= last_on else None
    return None


def _cell(line: Sequence[Cell], place: int) -> Cell:
    return line[place] if place < len(line) else None


def _plain(cell: Cell) -> str:
    return folded(words(cell)).strip(" .:")
