"""Filling the forms in words; an official paper is in Vietnamese whatever the reader speaks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from feedback_service.core.errors import Refused
from feedback_service.core.period import Period
from feedback_service.reports.export.papers.balloted import MOST, filled_ballots
from feedback_service.reports.export.papers.compared import filled_compared
from feedback_service.reports.export.papers.evaluated import filled_nine
from feedback_service.reports.export.papers.handled import filled_dossiers
from feedback_service.reports.export.papers.heading import Heading, spoken
from feedback_service.reports.export.papers.inspected import filled_inspections
from feedback_service.reports.export.papers.received import filled_received
from feedback_service.reports.export.papers.reform import Done, filled_reform
from feedback_service.reports.export.papers.summary import filled_summary
from feedback_service.reports.queries.ballots import ballots
from feedback_service.reports.queries.compared import compared_form
from feedback_service.reports.queries.forms import dossier_form, nine_form, received_form
from feedback_service.reports.queries.indicators import Indicators, indicators
from feedback_service.reports.queries.inspections import inspections
from feedback_service.reports.queries.places import Places
from feedback_service.reports.rules.boundaries import BOUNDARY_NAMES, Boundaries
from feedback_service.reports.rules.documents import Document
from feedback_service.reports.rules.forms import FormKind
from feedback_service.reports.rules.periods import Choice, Kind, ReportPeriod
from feedback_service.units.rules.kinds import holds

NEVER_STOOD = "The unit did not stand in this period; there is nothing to fill the form with."
NO_QUARTER = "The nine indices are scored by calendar quarter. Please choose one."


@dataclass(frozen=True)
class _Asked:
    session: Session
    within: Places
    unit_id: int
    period: Choice
    heading: Heading

    @property
    def units(self) -> frozenset[int]:
        return self.within.below(self.unit_id)

    @property
    def days(self) -> Period:
        return self.period.days

    @property
    def has_stood(self) -> bool:
        """Whether the unit stood on some day of the period, or today's boundaries count those before it as its own."""
        unit, days = self.within.by_id[self.unit_id], self.days
        stood = holds(unit.valid_from, None, days.last_on) and holds(None, unit.valid_to, days.first_on)
        return stood or self.within.boundaries is Boundaries.NOW

    @property
    def standing_below(self) -> int:
        """How many units below stood at the end of the period; a unit without any counts for itself."""
        below = (self.within.by_id[one] for one in self.units - {self.unit_id})
        return sum(holds(one.valid_from, one.valid_to, self.days.last_on) for one in below) or 1

    @property
    def quarter(self) -> ReportPeriod:
        period = self.period
        if not isinstance(period, ReportPeriod) or period.kind is not Kind.QUARTER or period.is_cut:
            raise Refused(NO_QUARTER)
        return period


def filled(session: Session, within: Places, place: tuple[int, Choice], kind: FormKind, heading: Heading) -> Document:
    """Return a form of a unit and a period in words; raises Refused when it cannot be filled."""
    asked = _Asked(session, within, *place, heading)
    if not asked.has_stood:
        raise Refused(NEVER_STOOD)
    told = FILLERS[kind](asked)
    counted = (heading.word("Figures of the past"), heading.word(BOUNDARY_NAMES[within.boundaries]))
    heads = (heading.word("What is told"), heading.word("Where it is from"))
    return replace(told, sources=(*told.sources, counted), sources_heads=heads)


def _dossiers(asked: _Asked) -> Document:
    return filled_dossiers(asked.heading, dossier_form(asked.session, asked.within, asked.unit_id, asked.days))


def _ballots(asked: _Asked) -> Document:
    return filled_ballots(asked.heading, ballots(asked.session, asked.units, asked.days, limit=MOST + 1))


def _nine(asked: _Asked) -> Document:
    found = nine_form(asked.session, asked.within, asked.unit_id, asked.quarter)
    return filled_nine(asked.heading, found, spoken(asked.heading.word, asked.period.name))


def _compared(asked: _Asked) -> Document:
    found = compared_form(asked.session, asked.within, asked.unit_id, asked.quarter)
    return filled_compared(asked.heading, asked.quarter, found)


def _received(asked: _Asked) -> Document:
    now = asked.heading.made_at
    return filled_received(
        asked.heading, received_form(asked.session, asked.within, asked.unit_id, asked.days, now=now)
    )


def _inspected(asked: _Asked) -> Document:
    found = inspections(asked.session, asked.units, asked.days)
    return filled_inspections(asked.heading, found, asked.standing_below)


def _summary(asked: _Asked) -> Document:
    return filled_summary(asked.heading, asked.period, _thrice(asked))


def _reform(asked: _Asked) -> Document:
    now = asked.heading.made_at
    received = received_form(asked.session, asked.within, asked.unit_id, asked.days, now=now).total
    done = Done(received, inspections(asked.session, asked.units, asked.days), asked.standing_below)
    return filled_reform(asked.heading, asked.period, _thrice(asked), done)


def _thrice(asked: _Asked) -> list[Indicators]:
    spans = (asked.period, asked.period.before(), asked.period.year_before())
    now = asked.heading.made_at
    return [indicators(asked.session, asked.within, asked.unit_id, one.days, now=now) for one in spans]


FILLERS: Mapping[FormKind, Callable[[_Asked], Document]] = {
    FormKind.DOSSIERS: _dossiers,
    FormKind.BALLOTS: _ballots,
    FormKind.NINE: _nine,
    FormKind.COMPARED: _compared,
    FormKind.RECEIVED: _received,
    FormKind.INSPECTIONS: _inspected,
    FormKind.REFORM: _reform,
    FormKind.SUMMARY: _summary,
}
