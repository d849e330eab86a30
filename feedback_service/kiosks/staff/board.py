"""The board of tablets: each as it stands now, in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Response, current_app
from sqlalchemy.orm import Session

from feedback_service.accounts.guard import staff as signed_in
from feedback_service.bundled import folder
from feedback_service.core.errors import NotFound
from feedback_service.core.words import Sentence
from feedback_service.kiosks import queries
from feedback_service.kiosks.export import current_version
from feedback_service.kiosks.rules import (
    CONDITION_NAMES,
    Condition,
    Numbers,
    clock_words,
    condition,
    is_working,
    seen_ago,
    warnings,
)
from feedback_service.kiosks.staff.blueprint import ARRIVALS, staff
from feedback_service.units import queries as units
from feedback_service.web import pages
from feedback_service.web.context import platform

Arrived = Callable[[Session, Mapping[int, int]], Mapping[int, Numbers]]


@dataclass(frozen=True)
class Line:
    """One tablet of the board; `numbers` is None before its first rating has arrived."""

    kiosk: queries.KioskRow
    place: str
    condition: Condition
    seen: Sentence | None
    clock: Sentence | None
    warnings: tuple[Sentence, ...]
    numbers: Numbers | None
    missing: int

    @property
    def condition_name(self) -> str:
        """The message id of its condition."""
        return CONDITION_NAMES[self.condition]


@dataclass(frozen=True)
class FleetPage:
    """The board of tablets."""

    lines: tuple[Line, ...]
    revoked: tuple[Line, ...]
    silent: tuple[Sentence, ...]
    missing: tuple[Sentence, ...]


@staff.get("/staff/kiosks")
def fleet() -> Response:
    """Show the tablets within reach and what somebody should look after."""
    with platform().reading() as session:
        rows = queries.fleet(session, signed_in().scope, also_revoked=True)
        lines = lines_of(session, rows)
    in_use = tuple(line for line in lines if line.condition is not Condition.REVOKED)
    revoked = tuple(line for line in lines if line.condition is Condition.REVOKED)
    silent = tuple(
        Sentence(
            "{tablet} is silent during opening hours, last heard {seen}.",
            {"tablet": line.kiosk.name, "seen": line.seen},
        )
        for line in in_use
        if line.condition is Condition.SILENT and line.seen
    )
    missing = tuple(
        Sentence("{count} ratings from {tablet} are missing.", {"count": line.missing, "tablet": line.kiosk.name})
        for line in in_use
        if line.missing
    )
    return pages.show("kiosks/fleet.html", FleetPage(in_use, revoked, silent, missing))


def line_of(kiosk_id: int) -> Line:
    """Return the line of one tablet within reach; raises NotFound."""
    with platform().reading() as session:
        known = queries.kiosk(session, kiosk_id)
        if known is None or known.unit_id not in signed_in().scope:
            raise NotFound("There is no such tablet.")
        return lines_of(session, (known,))[0]


def lines_of(session: Session, rows: tuple[queries.KioskRow, ...]) -> tuple[Line, ...]:
    """Return the lines of some tablets as they stand at the moment of this request."""
    unit_ids = {row.unit_id for row in rows}
    known = units.parts(session, unit_ids)
    counters = {row.id: row.name for row in units.counters(session, unit_ids, also_closed=True)}
    places = {row.id: _place_name(known[row.unit_id], counters.get(row.counter_id or 0)) for row in rows}
    arrived: Arrived = current_app.extensions[ARRIVALS]
    numbers = arrived(session, {row.id: row.report.last_sequence if row.report else 0 for row in rows})
    now, newest = platform().now(), current_version(folder("kiosk_static"))
    hours = {unit_id: is_working(unit.opening_hours, now) for unit_id, unit in known.items()}
    return tuple(
        _judged(row, places[row.id], numbers.get(row.id), is_open=hours[row.unit_id], newest=newest) for row in rows
    )


def _judged(row: queries.KioskRow, place: str, numbers: Numbers | None, *, is_open: bool, newest: str) -> Line:
    now, report = platform().now(), row.report
    stands = condition(
        report, now=now, is_open=is_open, is_revoked=row.revoked_at is not None, enrolled_at=row.enrolled_at
    )
    return Line(
        kiosk=row,
        place=place,
        condition=stands,
        seen=seen_ago(report.last_seen_at, now) if report else None,
        clock=clock_words(report.clock_skew_seconds) if report else None,
        warnings=tuple(warnings(report, current_version=newest)) if report else (),
        numbers=numbers,
        missing=numbers.missing(report.queued if report else 0) if numbers else 0,
    )


def _place_name(unit: units.UnitPart, counter: str | None) -> str:
    return f"{counter}, {unit.row.name}" if counter else unit.row.name
