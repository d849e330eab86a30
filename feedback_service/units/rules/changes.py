"""Rows of a file of changes: which unit followed which, how, and from which day on."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from feedback_service.core.cells import Cell, Table, day, refused, words
from feedback_service.core.text import folded
from feedback_service.core.words import Sentence
from feedback_service.units.rules.facts import BY_ID
from feedback_service.units.rules.imports import KINDS
from feedback_service.units.rules.kinds import CODE, HISTORICAL_KINDS, IDENTIFIER, Kind, Succession

HEADS: Mapping[str, str] = {
    # heads as programs and as Vietnamese offices write them, accents apart
    **{name: name for name in ("change", "on", "from_code", "to_code", "to_identifier", "to_name", "to_kind")},
    "to_parent_code": "to_parent_code",
    "weight": "weight",
    "thay doi": "change",
    "loai thay doi": "change",
    "tu ngay": "on",
    "ma cu": "from_code",
    "ma don vi cu": "from_code",
    "ma moi": "to_code",
    "ma don vi moi": "to_code",
    "ma dinh danh moi": "to_identifier",
    "ten moi": "to_name",
    "ten don vi moi": "to_name",
    "loai don vi moi": "to_kind",
    "ma cap tren moi": "to_parent_code",
    "ty le": "weight",
}
NEEDED = ("change", "on", "from_code")
CHANGES: Mapping[str, Succession] = {
    **{one.value: one for one in Succession},
    "nhap": Succession.MERGE,
    "sap nhap": Succession.MERGE,
    "hop nhat": Succession.MERGE,
    "chia": Succession.SPLIT,
    "tach": Succession.SPLIT,
    "chia tach": Succession.SPLIT,
    "doi ten": Succession.RENAME,
    "chuyen": Succession.MOVE,
    "chuyen cap tren": Succession.MOVE,
}
_ID = re.compile(rf"{BY_ID}[0-9]{{1,9}}")
_PERCENT = re.compile(r"([0-9]{1,3}(?:[.,][0-9])?)\s*%?")


@dataclass(frozen=True)
class ChangeRow:
    """One link as it was written; `weight_permille` is the part that went over, absent where nobody measured it."""

    number: int
    change: Succession | None
    on: date | None
    from_code: str
    to_code: str
    to_identifier: str
    to_name: str
    to_kind: Kind | None
    to_parent_code: str
    weight_permille: int | None
    faults: tuple[Sentence, ...] = ()


def names_changes(table: Table) -> bool:
    """Say whether the head of a table is that of a file of changes."""
    return bool(table) and set(NEEDED) <= set(_places(table))


def change_rows(table: Table) -> tuple[ChangeRow, ...]:
    """Return every row of a file of changes, readable or not; raises Refused without its head."""
    if not names_changes(table):
        raise refused("The first line must name the columns change, on and from_code.")
    places = _places(table)
    return tuple(
        _row(number, {name: line[place] for name, place in places.items() if place < len(line)})
        for number, line in enumerate(table[1:], start=2)
        if any(words(cell) for cell in line)
    )


def _places(table: Table) -> dict[str, int]:
    named = ((HEADS.get(folded(words(cell)).strip()), place) for place, cell in enumerate(table[0]))
    return {name: place for name, place in named if name}


def _row(number: int, cells: Mapping[str, Cell]) -> ChangeRow:
    told = {name: words(cells.get(name)) for name in HEADS.values()}
    change, kind = CHANGES.get(folded(told["change"])), KINDS.get(folded(told["to_kind"]))
    faults = list(_faults(told, change, kind))
    on, weight = None, None
    try:
        on = day(cells.get("on"))
    except ValueError as error:
        faults.append(Sentence(str(error)))
    else:
        faults += [] if on else [Sentence("Please enter the first day of the new unit.")]
    try:
        weight = _permille(told["weight"])
    except ValueError:
        faults.append(Sentence("Please write the part that went over in percent, such as 62.5."))
    return ChangeRow(
        number=number,
        change=change,
        on=on,
        from_code=told["from_code"],
        to_code=told["to_code"],
        to_identifier=told["to_identifier"],
        to_name=told["to_name"],
        to_kind=kind,
        to_parent_code=told["to_parent_code"],
        weight_permille=weight,
        faults=tuple(faults),
    )


def _faults(told: Mapping[str, str], change: Succession | None, kind: Kind | None) -> Iterator[Sentence]:
    if change is None:
        yield Sentence("The change must be merge, split, rename or move.")
    if not told["from_code"]:
        yield Sentence("Please enter the code of the unit that ended.")
    if told["to_code"] and not any(form.fullmatch(told["to_code"]) for form in (CODE, IDENTIFIER, _ID)):
        yield Sentence("The code must have 2 to 5 digits.")
    if told["to_identifier"] and not IDENTIFIER.fullmatch(told["to_identifier"]):
        yield Sentence("The identifier must be like H50.14.07 or 000.00.14.H50.")
    if len(told["to_name"]) > 120:
        yield Sentence("The name must have 1 to 120 letters.")
    if told["to_kind"] and kind is None:
        yield Sentence("This kind of unit is not known: {kind}", {"kind": told["to_kind"]})
    if kind in HISTORICAL_KINDS:
        yield Sentence("This kind ended on 30 June 2025; no new unit can be one.")


def _permille(text: str) -> int | None:
    if not text:
        return None
    found = _PERCENT.fullmatch(text)
    permille = int(Decimal(found[1].replace(",", ".")) * 10) if found else 0
    if not 1 <= permille <= 1000:
        raise ValueError(text)
    return permille
