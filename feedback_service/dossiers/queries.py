"""Reading dossier figures: what units reported, what stood there before, and what a file would change."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from feedback_service.audit.queries import RowWitness
from feedback_service.core.errors import Fault
from feedback_service.core.period import Period
from feedback_service.dossiers.models import DossierFigure, ReplacedFigure
from feedback_service.dossiers.rules import Parts, Report
from feedback_service.dossiers.rules.plans import Kept, Outcome, Plan, Planned, overlapping
from feedback_service.dossiers.rules.sheets import Row
from feedback_service.units.queries import by_code, parts
from feedback_service.units.rules import holds

FIGURES = RowWitness("dossier_figure", DossierFigure)
REPLACED = RowWitness("replaced_figure", ReplacedFigure, is_final=True)
WITNESSES = (FIGURES, REPLACED)
MOST_ROWS = 500
NO_UNIT = "There is no unit with this code in this period."
OUT_OF_REACH = "This unit is not within your reach."
NOT_STANDING = "This unit did not stand in this period."
TWICE = "An earlier row tells of the same unit, period and field."
Key = tuple[int, date, date, str]


@dataclass(frozen=True)
class Line:
    """One report and the unit that made it."""

    unit_id: int
    report: Report
    id: int = 0


@dataclass(frozen=True)
class Earlier:
    """Figures that others took the place of, when, and by whom."""

    report: Report
    recorded_at: datetime
    replaced_at: datetime
    replaced_by: str


@dataclass(frozen=True)
class Figure:
    """One report with all that stood there before, the latest first."""

    line: Line
    recorded_at: datetime
    earlier: tuple[Earlier, ...]


def reports(session: Session, unit_ids: Iterable[int], *, limit: int = MOST_ROWS) -> tuple[Line, ...]:
    """Return what these units reported, the latest period first."""
    query = (
        select(DossierFigure)
        .where(DossierFigure.unit_id.in_(sorted(unit_ids)))
        .order_by(DossierFigure.last_on.desc(), DossierFigure.first_on, DossierFigure.unit_id, DossierFigure.field)
        .limit(limit)
    )
    return tuple(Line(row.unit_id, _report(row), row.id) for row in session.execute(query).scalars())


def reports_after(session: Session, unit_ids: Iterable[int], after_id: int, *, limit: int) -> tuple[Line, ...]:
    """Return what these units reported in the order of the ids, from the one after `after_id`."""
    known = (DossierFigure.unit_id.in_(sorted(unit_ids)), DossierFigure.id > after_id)
    query = select(DossierFigure).where(*known).order_by(DossierFigure.id).limit(limit)
    return tuple(Line(row.unit_id, _report(row), row.id) for row in session.execute(query).scalars())


def figure(session: Session, figure_id: int, unit_ids: Iterable[int]) -> Figure | None:
    """Return one report of these units with what stood there before, None when there is none."""
    query = select(DossierFigure).where(DossierFigure.id == figure_id, DossierFigure.unit_id.in_(sorted(unit_ids)))
    row = session.execute(query).scalar_one_or_none()
    if row is None:
        return None
    line = Line(row.unit_id, _report(row), row.id)
    return Figure(line, row.recorded_at, _earlier(session, line))


def kept(session: Session, unit_id: int, report: Report) -> Kept | None:
    """Return the figures that stand for the same unit, period and field."""
    query = select(DossierFigure).where(
        DossierFigure.unit_id == unit_id,
        DossierFigure.first_on == report.period.first_on,
        DossierFigure.last_on == report.period.last_on,
        DossierFigure.field == report.field,
    )
    row = session.execute(query).scalar_one_or_none()
    return Kept(row.id, _report(row), row.recorded_at) if row else None


def plan_of(session: Session, rows: Sequence[Row], *, scope: frozenset[int] | None) -> Plan:
    """Return what would become of every row of a file; `scope` holds the units within reach, None every unit."""
    placed = _Units(session, scope)
    whose = [placed.of(row) for row in rows]
    standing = _standing(session, {unit_id for unit_id, _name, _fault in whose if unit_id})
    seen: set[Key] = set()
    found = []
    for row, (unit_id, name, fault) in zip(rows, whose, strict=True):
        key = _key(unit_id, row.report) if unit_id and row.report else None
        is_again = key is not None and key in seen
        faults = (*row.faults, *([fault] if fault else ()), *([Fault("field", TWICE)] if is_again else ()))
        found.append(_planned(row, (unit_id, name), faults, standing))
        if key:
            seen.add(key)
    return Plan(tuple(found))


def _planned(
    row: Row, unit: tuple[int | None, str], faults: tuple[Fault, ...], standing: Mapping[Key, Kept]
) -> Planned:
    unit_id, name = unit
    if faults or row.report is None or unit_id is None:
        return Planned(row.number, unit_id, name, row.report, Outcome.REFUSED, faults=faults)
    present = standing.get(_key(unit_id, row.report))
    others = [kept.report.period for key, kept in standing.items() if (key[0], key[3]) == (unit_id, row.report.field)]
    overlaps = overlapping(row.report.period, others)
    if present is None:
        return Planned(row.number, unit_id, name, row.report, Outcome.ADDED, overlaps=overlaps)
    outcome = Outcome.UNCHANGED if present.report == row.report else Outcome.REPLACED
    return Planned(row.number, unit_id, name, row.report, outcome, present, overlaps)


class _Units:
    """Finds the unit of each row, each asked for once."""

    def __init__(self, session: Session, scope: frozenset[int] | None) -> None:
        self._session = session
        self._scope = scope
        self._ids: dict[tuple[str, Period], int | None] = {}
        self._known: dict[int, tuple[str, date | None, date | None] | None] = {}

    def of(self, row: Row) -> tuple[int | None, str, Fault | None]:
        """Return the id and name of the unit of a row, and what is wrong with it."""
        if row.report is None:
            return row.unit_id, row.unit_code, None
        period = row.report.period
        unit_id = self._by_code(row.unit_code, period) if row.unit_code else row.unit_id
        unit = self._unit(unit_id) if unit_id else None
        if unit is None or unit_id is None:
            return None, row.unit_code, Fault("unit_code", NO_UNIT)
        if self._scope is not None and unit_id not in self._scope:
            return None, row.unit_code, Fault("unit_code", OUT_OF_REACH)
        name, valid_from, valid_to = unit
        if not any(holds(valid_from, valid_to, on) for on in (period.first_on, period.last_on)):
            return unit_id, name, Fault("unit_code", NOT_STANDING)
        return unit_id, name, None

    def _by_code(self, code: str, period: Period) -> int | None:
        if (code, period) not in self._ids:
            then = (by_code(self._session, code, on=on) for on in (period.last_on, period.first_on))
            self._ids[code, period] = next((unit.id for unit in then if unit), None)
        return self._ids[code, period]

    def _unit(self, unit_id: int) -> tuple[str, date | None, date | None] | None:
        if unit_id not in self._known:
            found = parts(self._session, [unit_id]).get(unit_id)
            self._known[unit_id] = (found.row.name, found.row.valid_from, found.row.valid_to) if found else None
        return self._known[unit_id]


def _standing(session: Session, unit_ids: set[int]) -> dict[Key, Kept]:
    query: Select[Any] = select(DossierFigure).where(DossierFigure.unit_id.in_(sorted(unit_ids)))
    rows = session.execute(query.order_by(DossierFigure.id)).scalars()
    return {_key(row.unit_id, _report(row)): Kept(row.id, _report(row), row.recorded_at) for row in rows}


def _key(unit_id: int, report: Report) -> Key:
    return (unit_id, report.period.first_on, report.period.last_on, report.field)


def _earlier(session: Session, line: Line) -> tuple[Earlier, ...]:
    query = (
        select(ReplacedFigure)
        .where(ReplacedFigure.figure_id == line.id)
        .order_by(ReplacedFigure.replaced_at.desc(), ReplacedFigure.id.desc())
        .limit(MOST_ROWS)
    )
    return tuple(
        Earlier(
            Report(line.report.period, row.received, row.on_time, row.source, line.report.field, _parts(row)),
            *(row.recorded_at, row.replaced_at, row.replaced_by),
        )
        for row in session.execute(query).scalars()
    )


def _report(row: DossierFigure) -> Report:
    return Report(Period(row.first_on, row.last_on), row.received, row.on_time, row.source, row.field, _parts(row))


def _parts(row: DossierFigure | ReplacedFigure) -> Parts:
    return Parts(**{part.name: getattr(row, part.name) for part in fields(Parts)})
