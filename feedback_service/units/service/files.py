"""Files of units, whatever they hold: a list of units, or what became of some; looked at first, then stored whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from feedback_service.core.cells import Table
from feedback_service.core.errors import Refused
from feedback_service.core.plans import Outcome
from feedback_service.core.words import Sentence
from feedback_service.units.rules.changes import change_rows, names_changes
from feedback_service.units.rules.imports import listed
from feedback_service.units.rules.kinds import Succession
from feedback_service.units.rules.plans import PlannedChange
from feedback_service.units.service.changes import NOTHING, plan_changes, take_in_changes
from feedback_service.units.service.imports import RowReport, take_in

CHANGES_IN_WORDS: Mapping[Succession, tuple[str, str]] = {
    # followed by a new unit, and by one that stands
    Succession.MERGE: ("merges into the new unit {heir} on {day}", "merges into {heir} on {day}"),
    Succession.SPLIT: ("in part becomes the new unit {heir} on {day}", "in part goes to {heir} on {day}"),
    Succession.RENAME: ("is called {heir} from {day} on", "is called {heir} from {day} on"),
    Succession.MOVE: ("stands below another unit as {heir} from {day} on", "stands below another unit from {day} on"),
}


@dataclass(frozen=True)
class Line:
    """What would become of one row of a file, in words."""

    number: int
    name: str
    outcome: Outcome
    told: Sentence | None
    faults: tuple[Sentence, ...]


def look_at(session: Session, table: Table, *, now: datetime) -> tuple[Line, ...]:
    """Return what would become of every row; nothing is stored. Raises Refused for a table without a known head."""
    if names_changes(table):
        return tuple(_of_change(one) for one in plan_changes(session, change_rows(table), now=now))
    return tuple(_of_list(one) for one in take_in(session, listed(table), dry_run=True, by="", now=now))


def store(session: Session, table: Table, *, by: str, now: datetime) -> tuple[Line, ...]:
    """Store every row and return what became of it; raises Refused, with nothing stored, when one cannot stand."""
    if names_changes(table):
        return tuple(_of_change(one) for one in take_in_changes(session, change_rows(table), by=by, now=now))
    reports = take_in(session, listed(table), dry_run=False, by=by, now=now)
    if any(one.outcome is Outcome.REFUSED for one in reports):
        raise Refused(NOTHING)
    return tuple(_of_list(one) for one in reports)


def _of_list(report: RowReport) -> Line:
    return Line(report.number, report.name, report.outcome, None, report.faults)


def _of_change(one: PlannedChange) -> Line:
    name = one.unit.facts.name if one.unit else one.row.from_code
    told = None
    if one.heir and one.row.change and one.row.on:
        words = CHANGES_IN_WORDS[one.row.change][one.heir.id is not None]
        told = Sentence(words, {"heir": one.heir.facts.name or "–", "day": one.row.on})
    return Line(one.row.number, name, one.outcome, told, one.faults)
