"""Rows of a file of units: what is read, what each cell must be."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from feedback_service.core.cells import Cell, Table, day, refused, table_of, words
from feedback_service.core.text import folded
from feedback_service.core.words import Sentence
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
    faults: tuple[Sentence, ...]


def rows_of(content: bytes) -> tuple[Row, ...]:
    """Return the rows of a CSV file in UTF-8 or of an XLSX workbook; raises Refused when it is no list of units."""
    return listed(table_of(content))


def listed(table: Table) -> tuple[Row, ...]:
    """Return the rows of a table of units; raises Refused when its head is missing."""
    names = [COLUMNS.get(folded(words(cell)).strip(), "") for cell in (table[0] if table else ())]
    if any(name not in names for name in NEEDED):
        raise refused("The first line must name the columns code, name and kind.")
    return tuple(
        _row(number, dict(zip(names, cells, strict=False)))
        for number, cells in enumerate(table[1:], start=2)
        if any(words(cell) for cell in cells)
    )


def _row(number: int, cells: Mapping[str, Cell]) -> Row:
    facts = {name: words(cells.get(name)) for name in ("code", "identifier", "name", "kind", "parent_code")}
    faults: list[Sentence] = []
    days: dict[str, date | None] = {"valid_from": None, "valid_to": None}
    for name in days:
        try:
            days[name] = day(cells.get(name))
        except ValueError as error:
            faults.append(Sentence(str(error)))
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
) -> Iterator[Sentence]:
    if not CODE.fullmatch(facts["code"]):
        yield Sentence("The code must have 2 to 5 digits.")
    if facts["identifier"] and not IDENTIFIER.fullmatch(facts["identifier"]):
        yield Sentence("The identifier must be like H50.14.07 or 000.00.14.H50.")
    if not 0 < len(facts["name"]) <= 120:
        yield Sentence("The name must have 1 to 120 letters.")
    if kind is None:
        yield Sentence("This kind of unit is not known: {kind}", {"kind": facts["kind"] or "–"})
    if valid_from and valid_to and valid_to < valid_from:
        yield Sentence("The last day comes before the first day. Please swap them.")
    if kind in HISTORICAL_KINDS and (valid_to is None or valid_to > LAST_DAY_OF_DISTRICTS):
        yield Sentence("This kind ended on 30 June 2025: give its last day.")
