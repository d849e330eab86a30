"""The indicators of a unit: each opens its fraction, rule, source and version; what it takes to reach a goal."""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from flask import Response

from feedback_service.core.errors import Fault, Refused
from feedback_service.core.period import local_day
from feedback_service.reports.queries import indicators as queries
from feedback_service.reports.queries.indicators import Indicators
from feedback_service.reports.queries.places import Place
from feedback_service.reports.queries.scores import Score, scores
from feedback_service.reports.rules.indicators import Indicator, needed, shortened
from feedback_service.reports.rules.national import points_of
from feedback_service.reports.rules.nine import (
    COUNT,
    INDEX_NAMES,
    NINE,
    class_of,
    officer_band,
    to_next_class,
    total_of,
)
from feedback_service.reports.rules.periods import Choice, Kind, ReportPeriod
from feedback_service.reports.staff.blueprint import staff
from feedback_service.reports.staff.filters import Filters, asked_period, asked_unit, filters, reach
from feedback_service.reports.staff.lineage import Lineage, lineage
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.i18n import language

GOALS = (90, 95, 98)
"""Percent that offices set themselves."""


@dataclass(frozen=True)
class Line:
    """One of the nine indices: what can be computed, and what was given."""

    number: int
    name: str
    computed: Indicator | None
    points: Decimal | None
    score: Score


@dataclass(frozen=True)
class Total:
    """The sum of nine, its class, and the class above with the points that are missing; None while one is unknown."""

    points: Decimal | None
    name: str | None = None
    above: tuple[str, Decimal] | None = None
    officer: tuple[Decimal, str] | None = None
    parts: tuple[Decimal, ...] = ()


@dataclass(frozen=True)
class WhatIf:
    """How many more good cases in a row a rate needs for each goal; None where no number is enough."""

    name: str
    goals: tuple[tuple[int, int | None], ...]


@dataclass(frozen=True)
class IndicatorsPage:
    """The page; without figures it shows only the form and what is to be mended in it."""

    filters: Filters
    faults: tuple[Fault, ...]
    unit: Place
    period: Choice | None = None
    found: Indicators | None = None
    lineage: Lineage | None = None
    lines: tuple[Line, ...] = ()
    own: Total = Total(None)
    appraised: Total = Total(None)
    national_points: Decimal | None = None
    what_if: tuple[WhatIf, ...] = ()

    @property
    def is_quarter(self) -> bool:
        """Whether the nine indices are scored in this period: they are by calendar quarter."""
        return is_quarter(self.period)

    @property
    def basis(self) -> object:
        """What the nine indices stand on."""
        return NINE


@staff.get("/staff/reports/indicators")
def indicators() -> Response:
    """Show the indicators of a unit in a period."""
    now = platform().now()
    with platform().reading() as session:
        within = reach(session)
        unit = asked_unit(session, within)
        try:
            period = asked_period(local_day(now))
        except Refused as refusal:
            words = platform().translations
            faults = tuple(Fault(one.pointer, words.word(one.message, language())) for one in refusal.faults)
            page = IndicatorsPage(filters(session, within, unit, None), faults, unit)
            return pages.show("reports/indicators.html", page, 422)
        form = filters(session, within, unit, period)
        found = queries.indicators(session, within, unit.id, period.days, now=now, language=language())
        given = scores(session, unit.id, period) if isinstance(period, ReportPeriod) and is_quarter(period) else {}
    page = replace(_page(form, unit, period, found, given), lineage=lineage(within, unit, period.days))
    return pages.show("reports/indicators.html", page)


def is_quarter(period: Choice | None) -> bool:
    """Whether a period is a calendar quarter."""
    return isinstance(period, ReportPeriod) and period.kind is Kind.QUARTER and not period.is_cut


def _page(form: Filters, unit: Place, period: Choice, found: Indicators, given: dict[int, Score]) -> IndicatorsPage:
    lines = tuple(_line(number, found, given.get(number, Score())) for number in range(1, COUNT + 1))
    points = points_of(found.national)
    return IndicatorsPage(
        filters=form,
        faults=(),
        unit=unit,
        period=period,
        found=found,
        lines=lines,
        own=_total([line.score.own for line in lines]),
        appraised=_total([line.score.appraised for line in lines]),
        national_points=None if points is None else shortened(points, 2),
        what_if=tuple(_what_if(one) for one in (found.on_time[0], found.satisfaction[0]) if one.share is not None),
    )


def _line(number: int, found: Indicators, score: Score) -> Line:
    computed = found.nine.get(number)
    points = None
    if computed:
        points = computed.points_won if computed.points is not None else computed.rounded
    return Line(number, INDEX_NAMES[number], computed, points, score)


def _total(given: list[Decimal | None]) -> Total:
    total, officer = total_of(given), officer_band(given)
    if total is None:
        return Total(None, officer=officer)
    parts = tuple(one for one in given if one is not None)
    return Total(total, class_of(total), to_next_class(total), officer, parts)


def _what_if(indicator: Indicator) -> WhatIf:
    goals = ((goal, needed(int(indicator.part), indicator.whole or 0, Fraction(goal, 100))) for goal in GOALS)
    return WhatIf(indicator.name, tuple(goals))
