"""Giving scores on the nine indices: the unit itself, then whoever appraises, each with a reason."""

from dataclasses import dataclass
from decimal import Decimal

from flask import Response, flash, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.accounts import guard
from feedback_service.core.errors import Fault, NotFound
from feedback_service.core.period import local_day
from feedback_service.core.text import one_line
from feedback_service.reports.queries.places import Place
from feedback_service.reports.queries.scores import Score, scores
from feedback_service.reports.rules.nine import BEST, COUNT, INDEX_NAMES
from feedback_service.reports.rules.periods import ReportPeriod
from feedback_service.reports.service import Given
from feedback_service.reports.service import keep_scores as keep
from feedback_service.reports.staff.blueprint import staff
from feedback_service.reports.staff.filters import asked_period, asked_unit, reach
from feedback_service.reports.staff.indicators import is_quarter
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.i18n import language

NO_QUARTER = "The nine indices are scored by calendar quarter. Please choose one."
NO_POINTS = "Please write points from 0 to 2, with two decimals at most."
NO_REASON = "Please say why the appraisal differs."
LETTERS = 500


@dataclass(frozen=True)
class Entry:
    """What stands in the fields of one index, as it was typed."""

    number: int
    name: str
    own: str
    appraised: str
    reason: str


@dataclass(frozen=True)
class ScoresPage:
    """The form for a unit and a quarter."""

    unit: Place
    quarter: ReportPeriod
    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]


@staff.get("/staff/reports/scores")
def scores_form() -> Response:
    """Show the form, filled with what was given."""
    with platform().reading() as session:
        unit, quarter = asked_unit(session, reach(session)), _quarter()
        known = scores(session, unit.id, quarter)
    entries = tuple(_entry(number, known.get(number, Score())) for number in range(1, COUNT + 1))
    return pages.show("reports/scores.html", ScoresPage(unit, quarter, entries, ()))


@staff.post("/staff/reports/scores")
def keep_scores() -> AnyResponse:
    """Keep what was given."""
    person, now, quarter = guard.staff(), platform().now(), _quarter()
    entries = tuple(_typed(number) for number in range(1, COUNT + 1))
    faults = tuple(fault for entry in entries for fault in _faults(entry))
    with platform().transaction() as session:
        unit = asked_unit(session, reach(session))
        if faults:
            return pages.show("reports/scores.html", ScoresPage(unit, quarter, entries, faults), 422)
        given = {one.number: Given(_points(one.own), _points(one.appraised), one.reason) for one in entries}
        keep(session, unit.id, quarter, given, by=person.actor, now=now)
    flash("The scores are saved.")
    return pages.seen_at(url_for("reports_staff.indicators", unit=unit.id, period=quarter.key))


def _quarter() -> ReportPeriod:
    found = asked_period(local_day(platform().now()))
    if not isinstance(found, ReportPeriod) or not is_quarter(found):
        raise NotFound(NO_QUARTER)
    return found


def _entry(number: int, score: Score) -> Entry:
    return Entry(number, INDEX_NAMES[number], _written(score.own), _written(score.appraised), score.reason)


def _typed(number: int) -> Entry:
    told = (one_line(request.form.get(f"{name}_{number}", "")) for name in ("own", "appraised", "reason"))
    own, appraised, reason = told
    return Entry(number, INDEX_NAMES[number], own[:20], appraised[:20], reason[:LETTERS])


def _faults(entry: Entry) -> list[Fault]:
    words, found = platform().translations, []
    for name, text in (("own", entry.own), ("appraised", entry.appraised)):
        if text and _points(text) is None:
            found.append(Fault(f"{name}_{entry.number}", words.word(NO_POINTS, language())))
    own, appraised = _points(entry.own), _points(entry.appraised)
    if own is not None and appraised is not None and own != appraised and not entry.reason:
        found.append(Fault(f"reason_{entry.number}", words.word(NO_REASON, language())))
    return found


def _points(text: str) -> Decimal | None:
    """Return points typed as 1,82 or 1.82; None for nothing, and for what is none."""
    plain = text.replace(",", ".")
    whole, _, decimals = plain.partition(".")
    if not (whole + decimals).isascii() or not whole.isdecimal() or len(decimals) > 2 or len(whole) > 1:
        return None
    if decimals and not decimals.isdecimal():
        return None
    points = Decimal(plain.rstrip("."))
    return points if points <= BEST else None


def _written(points: Decimal | None) -> str:
    return "" if points is None else f"{points:.2f}".replace(".", ",")
