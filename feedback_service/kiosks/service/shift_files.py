"""Taking in a file of shifts: judged row by row, stored as a whole or not at all."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from feedback_service.core.cells import Table
from feedback_service.core.errors import Refused
from feedback_service.core.period import local_day
from feedback_service.core.plans import Outcome
from feedback_service.kiosks import queries
from feedback_service.kiosks.rules import Shift
from feedback_service.kiosks.rules.shift_files import PlannedShift, ShiftRow, planned_shifts, shift_rows
from feedback_service.kiosks.service.roster import add_shifts
from feedback_service.units.queries import by_code, counter_named

NOTHING = "Some rows are to be mended; nothing was stored."


def look_at_shifts(session: Session, table: Table, scope: Iterable[int], *, now: datetime) -> tuple[PlannedShift, ...]:
    """Return what would become of every row; nothing is stored. Raises Refused for a table without a known head."""
    rows, within = shift_rows(table), frozenset(scope)
    places = {(row.unit, row.counter) for row in rows}
    known = {place: _counter(session, *place, within, now=now) for place in places}
    standing = {counter_id: queries.shifts(session, counter_id) for counter_id in known.values() if counter_id}
    return planned_shifts(rows, {row.number: known[_place(row)] for row in rows}, standing)


def store_shifts(session: Session, table: Table, scope: Iterable[int], *, by: str, now: datetime) -> int:
    """Add every new shift and return how many; raises Refused, with nothing stored, when a row cannot stand."""
    plan = look_at_shifts(session, table, scope, now=now)
    if any(one.outcome is Outcome.REFUSED for one in plan):
        raise Refused(NOTHING)
    new: dict[int, list[Shift]] = {}
    for one in plan:
        if one.outcome is Outcome.ADDED and one.counter_id and one.row.shift:
            new.setdefault(one.counter_id, []).append(one.row.shift)
    for counter_id, shifts in new.items():
        add_shifts(session, counter_id, shifts, by=by, now=now)
    return sum(map(len, new.values()))


def _place(row: ShiftRow) -> tuple[str, str]:
    return row.unit, row.counter


def _counter(session: Session, code: str, name: str, within: frozenset[int], *, now: datetime) -> int | None:
    unit = by_code(session, code, on=local_day(now))
    counter = counter_named(session, unit.id, name) if unit and unit.id in within else None
    return counter.id if counter else None
