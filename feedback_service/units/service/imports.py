"""Taking in a file of units: judged row by row, stored as a whole or not at all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from feedback_service.core.period import local_day
from feedback_service.core.plans import Outcome
from feedback_service.core.words import Sentence
from feedback_service.units.rules import holds
from feedback_service.units.rules.facts import Known, UnitFacts
from feedback_service.units.rules.imports import Row
from feedback_service.units.service.changes import known_units
from feedback_service.units.service.units import add_unit, change_unit


@dataclass(frozen=True)
class RowReport:
    """What became of one row, and why it was refused."""

    number: int
    name: str
    outcome: Outcome
    faults: tuple[Sentence, ...] = ()


def take_in(session: Session, rows: Iterable[Row], *, dry_run: bool, by: str, now: datetime) -> tuple[RowReport, ...]:
    """Return what becomes of every row; stores them all unless one is refused or it is a dry run."""
    given = tuple(rows)
    known = known_units(session)
    planned = [_judged(row, known, given, today=local_day(now)) for row in given]
    if not dry_run and all(report.outcome is not Outcome.REFUSED for report in planned):
        for row, report in zip(given, planned, strict=True):
            if report.outcome is not Outcome.UNCHANGED:
                _store(session, row, known, by=by, now=now)
    return tuple(planned)


def _judged(row: Row, known: list[Known], given: tuple[Row, ...], *, today: date) -> RowReport:
    faults = list(row.faults)
    if any(other.number < row.number and _same_code(other, row) for other in given):
        faults.append(Sentence("An earlier row has the same code for the same time."))
    on = _day_within(row, today)
    parents = [one for one in known if one.bears(row.parent_code or "")]
    to_come = [other for other in given if other.number < row.number and other.code == row.parent_code]
    if row.parent_code == row.code:
        faults.append(Sentence("A unit cannot stand below itself."))
    elif row.parent_code and not (parents or to_come):
        faults.append(Sentence("No unit bears the code {code}.", {"code": row.parent_code}))
    if faults:
        return RowReport(row.number, row.name, Outcome.REFUSED, tuple(faults))
    present = _counterpart(row, known)
    if present is None:
        return RowReport(row.number, row.name, Outcome.ADDED)
    parent_id = _parent_id(row, known, on)
    is_same = present.facts == _facts(row, parent_id, present) and not (row.parent_code and parent_id is None)
    return RowReport(row.number, row.name, Outcome.UNCHANGED if is_same else Outcome.CHANGED)


def _store(session: Session, row: Row, known: list[Known], *, by: str, now: datetime) -> None:
    present = _counterpart(row, known)
    facts = _facts(row, _parent_id(row, known, _day_within(row, local_day(now))), present)
    if present is None:
        known.append(Known(add_unit(session, facts, by=by, now=now), facts))
        return
    change_unit(session, present.id, facts, by=by, now=now)
    known[known.index(present)] = Known(present.id, facts)


def _counterpart(row: Row, known: list[Known]) -> Known | None:
    """Return the unit that a row speaks of: the same code, ending on the same day or both still standing."""
    return next((one for one in known if one.facts.code == row.code and one.facts.valid_to == row.valid_to), None)


def _parent_id(row: Row, known: list[Known], on: date) -> int | None:
    bearing = [one for one in known if one.bears(row.parent_code or "")]
    then = [one for one in bearing if holds(one.facts.valid_from, one.facts.valid_to, on)]
    return (then or bearing)[0].id if bearing else None


def _day_within(row: Row, today: date) -> date:
    if holds(row.valid_from, row.valid_to, today):
        return today
    return row.valid_to or row.valid_from or today


def _facts(row: Row, parent_id: int | None, present: Known | None) -> UnitFacts:
    """Return what a row says; where it says nothing, what is known stays."""
    assert row.kind
    kept = present.facts if present else None
    identifier = row.identifier or (kept.identifier if kept else None)
    valid_from = row.valid_from or (kept.valid_from if kept else None)
    parent_id = parent_id or (kept.parent_id if kept else None)
    return UnitFacts(row.code, identifier, row.name, row.kind.value, parent_id, valid_from, row.valid_to)


def _same_code(one: Row, other: Row) -> bool:
    return one.code == other.code and one.valid_to == other.valid_to
