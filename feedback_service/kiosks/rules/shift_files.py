"""Files of shifts: what a row says, and what becomes of it beside the shifts that stand."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import time
from itertools import starmap

from feedback_service.core.cells import Cell, Table, lines_of, words
from feedback_service.core.errors import Refused
from feedback_service.core.plans import Outcome
from feedback_service.core.text import folded
from feedback_service.core.words import Sentence
from feedback_service.kiosks.rules.configuration import Shift, with_shift

HEADS: Mapping[str, str] = {
    # heads as programs and as Vietnamese offices write them, accents apart
    **{name: name for name in ("unit", "counter", "weekdays", "opens", "closes", "officer")},
    "ma don vi": "unit",
    "don vi": "unit",
    "quay": "counter",
    "thu": "weekdays",
    "ngay trong tuan": "weekdays",
    "tu gio": "opens",
    "bat dau": "opens",
    "den gio": "closes",
    "ket thuc": "closes",
    "can bo": "officer",
    "ho ten": "officer",
    "ho va ten": "officer",
}
NO_HEAD = "The first line must name the columns unit, counter, weekdays, opens, closes and officer."
_TIME = re.compile(r"(\d{1,2})[:hg](\d{2})(?::\d{2})?")
_SUNDAY = 8
"""How the table of a Vietnamese office counts on after Saturday, "Thu 7"."""


@dataclass(frozen=True)
class ShiftRow:
    """One row as it was understood; `number` counts lines, the head being 1; without a shift it is refused."""

    number: int
    unit: str
    counter: str
    shift: Shift | None
    faults: tuple[Sentence, ...] = ()


@dataclass(frozen=True)
class PlannedShift:
    """What becomes of a row: it is new at a counter, stands there already, or is refused."""

    row: ShiftRow
    outcome: Outcome
    counter_id: int | None = None


def shift_rows(table: Table) -> tuple[ShiftRow, ...]:
    """Return every row of a table, readable or not; raises Refused without a known head."""
    needed = {"unit", "counter", "weekdays", "opens", "closes", "officer"}
    return tuple(starmap(_row, lines_of(table, HEADS, needed=needed, no_head=NO_HEAD)))


def planned_shifts(
    rows: Sequence[ShiftRow], counters: Mapping[int, int | None], standing: Mapping[int, tuple[Shift, ...]]
) -> tuple[PlannedShift, ...]:
    """Return what becomes of each row; `counters` gives the counter of a row by its number, None for an unknown one."""
    rosters, plan = dict(standing), []
    for row in rows:
        counter_id = counters.get(row.number)
        plan.append(_planned(row, counter_id, rosters))
    return tuple(plan)


def weekdays_of(text: str) -> tuple[int, ...]:
    """Return the days of the week (Monday is 1) of "2-6", "2, 4, 7" or "2-7, CN" as offices write them; () for none."""
    found: set[int] = set()
    for part in re.split(r"[\s,;]+", folded(text).replace("thu ", "").replace("chu nhat", "cn").strip()):
        ends = [_SUNDAY if end == "cn" else int(end) if end.isdecimal() else 0 for end in part.split("-", 1)]
        if not all(2 <= end <= _SUNDAY for end in ends) or ends[0] > ends[-1]:
            return ()
        found |= {day - 1 for day in range(ends[0], ends[-1] + 1)}
    return tuple(sorted(found))


def _planned(row: ShiftRow, counter_id: int | None, rosters: dict[int, tuple[Shift, ...]]) -> PlannedShift:
    if row.shift is None:
        return PlannedShift(row, Outcome.REFUSED)
    if counter_id is None:
        return _refused(row, "There is no such counter within your reach.")
    shifts = rosters.get(counter_id, ())
    if any(_is_same(row.shift, shift) for shift in shifts):
        return PlannedShift(row, Outcome.UNCHANGED, counter_id)
    try:
        rosters[counter_id] = with_shift(shifts, row.shift)
    except Refused as refusal:
        return _refused(row, refusal.message)
    return PlannedShift(row, Outcome.ADDED, counter_id)


def _refused(row: ShiftRow, message: str) -> PlannedShift:
    return PlannedShift(replace(row, faults=(Sentence(message),)), Outcome.REFUSED)


def _is_same(one: Shift, other: Shift) -> bool:
    facts = [(shift.weekdays, shift.opens, shift.closes, shift.officer) for shift in (one, other)]
    return facts[0] == facts[1]


def _row(number: int, cells: Mapping[str, Cell]) -> ShiftRow:
    texts = {name: words(cells.get(name)) for name in ("unit", "counter", "weekdays", "officer")}
    weekdays, opens, closes = weekdays_of(texts["weekdays"]), _clock(cells.get("opens")), _clock(cells.get("closes"))
    faults = []
    if not weekdays:
        faults.append(Sentence("The days are not written like 2-6 or 2, 4, CN."))
    if not opens or not closes:
        faults.append(Sentence("Please write the time as 07:30."))
    if not 0 < len(texts["officer"]) <= 80:
        faults.append(Sentence("The name of the officer must have 1 to 80 letters."))
    shift = None if faults else Shift(weekdays, opens, closes, texts["officer"], "")
    return ShiftRow(number, texts["unit"], texts["counter"], shift, tuple(faults))


def _clock(cell: object) -> str:
    """Return a time as 07:30, "" for what is none; workbooks hold times as such."""
    found = _TIME.fullmatch(words(str(cell)) if isinstance(cell, time) else words(cell))  # type: ignore[arg-type]  # a cell
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        return ""
    return f"{int(found[1]):02}:{found[2]}"
