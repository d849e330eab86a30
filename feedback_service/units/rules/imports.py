"""Rows of a file of units: what is read, what each cell must be."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from feedback_service.core.text import folded, one_line
from feedback_service.units.rules.kinds import CODE, HISTORICAL_KINDS, IDENTIFIER, LAST_DAY_OF_DISTRICTS, Kind

COLUMNS: Mapping[str, str] = {
    # heads as programs and as Vietnamese offices write them, accents apart
    "code": "code",
    "ma": "code",
    "ma don vi": "code",
    "identifier": "identifier",
    "ma dinh danh": "identifier",
    "name": "name",
    "ten": "name",
    "ten don vi": "name",
    "kind": "kind",
    "loai": "kind",
    "parent_code": "parent_code",
    "ma cap tren": "parent_code",
    "valid_from": "valid_from",
    "tu ngay": "valid_from",
    "valid_to": "valid_to",
    "den ngay": "valid_to",
}
NEEDED = ("code", "name", "kind")
KINDS: Mapping[str, Kind] = {
    **{kind.value: kind for kind in Kind},
    "tinh": Kind.PROVINCE,
    "thanh pho truc thuoc trung uong": Kind.PROVINCE,
    "phuong": Kind.WARD,
    "xa": Kind.COMMUNE,
    "dac khu": Kind.SPECIAL_ZONE,
    "co quan": Kind.AGENCY,
    "thanh pho": Kind.CITY,
    "thi xa": Kind.TOWN,
    "huyen": Kind.DISTRICT,
    "quan": Kind.DISTRICT,
    "thi tran": Kind.TOWNSHIP,
}
ROW_LIMIT = 20_000


class Unreadable(ValueError):
    """The file is no table of units; the sentence says why."""


@dataclass(frozen=True)
class Row:
    """One row as it was understood; `faults` say what keeps it out. `number` counts lines, the head being 1."""

    number: int
    code: str
    identifier: str | None
    name: str
    kind: Kind | None
    parent_code: str | None
    valid_from: date | None
    valid_to: date | None
    faults: tuple[str, ...]


def rows_of(content: bytes) -> tuple[Row, ...]:
    """Return the rows of a CSV file in UTF-8 with `;`, `,` or tabs between cells; raises Unreadable."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable("The file is not UTF-8. Save it as “CSV UTF-8” and try again.") from error
    head = text.split("\n", 1)[0]
    separator = max(";,\t", key=head.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    names = [COLUMNS.get(folded(cell).strip(), "") for cell in next(lines, [])]
    missing = [name for name in NEEDED if name not in names]
    if missing:
        raise Unreadable(f"The first line must name the columns; missing: {', '.join(missing)}.")
    rows = tuple(
        _row(number, dict(zip(names, cells, strict=False)))
        for number, cells in enumerate(lines, start=2)
        if any(cell.strip() for cell in cells)
    )
    if len(rows) > ROW_LIMIT:
        raise Unreadable(f"The file has more than {ROW_LIMIT} rows.")
    return rows


def day_of(text: str) -> date | None:
    """Return the day written as 2025-07-01 or 01/07/2025, None for an empty cell; raises ValueError."""
    plain = text.strip()
    if not plain:
        return None
    return datetime.strptime(plain, "%d/%m/%Y" if "/" in plain else "%Y-%m-%d").date()  # noqa: DTZ007  # a day has no zone


def _row(number: int, cells: Mapping[str, str]) -> Row:
    facts = {name: one_line(cells.get(name) or "") for name in ("code", "identifier", "name", "kind", "parent_code")}
    faults: list[str] = []
    days: dict[str, date | None] = {"valid_from": None, "valid_to": None}
    for name in days:
        try:
            days[name] = day_of(cells.get(name) or "")
        except ValueError:
            faults.append(f"{name} is no day: write 2025-07-01 or 01/07/2025")
    kind = KINDS.get(folded(facts["kind"]))
    faults += _faults(facts, kind, days["valid_from"], days["valid_to"])
    return Row(
        number=number,
        code=facts["code"],
        identifier=facts["identifier"] or None,
        name=facts["name"],
        kind=kind,
        parent_code=facts["parent_code"] or None,
        valid_from=days["valid_from"],
        valid_to=days["valid_to"],
        faults=tuple(faults),
    )


def _faults(
    facts: Mapping[str, str], kind: Kind | None, valid_from: date | None, valid_to: date | None
) -> Iterator[str]:
    if not CODE.fullmatch(facts["code"]):
        yield "code must have 2 to 5 digits"
    if facts["identifier"] and not IDENTIFIER.fullmatch(facts["identifier"]):
        yield "identifier must be like H50.14.07 or 000.00.14.H50"
    if not 0 < len(facts["name"]) <= 120:
        yield "name must have 1 to 120 letters"
    if kind is None:
        yield f"kind is unknown: {facts['kind'] or 'empty'}"
    if valid_from and valid_to and valid_to < valid_from:
        yield "valid_to lies before valid_from"
    if kind in HISTORICAL_KINDS and (valid_to is None or valid_to > LAST_DAY_OF_DISTRICTS):
        yield "this kind ended on 30 June 2025: give valid_to"
