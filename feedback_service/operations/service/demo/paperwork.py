"""Dossier figures of the demonstration: the article of 2018 as it is, and months that are made up."""

from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback_service.core.period import Period, local_day, month_of
from feedback_service.dossiers import queries as dossiers
from feedback_service.dossiers.rules import Parts, Report
from feedback_service.dossiers.service import article_unit_code, load_article, record
from feedback_service.operations.service.demo.office import BY, Demo, made_up
from feedback_service.ratings.models import Rating
from feedback_service.units import queries as units

IN_THE_CITY = date(2018, 5, 10)
"""The day of the article, when the old city still stood."""


def report_dossiers(session: Session, demo: Demo, *, now: datetime) -> None:
    """Report every month that is over and was not reported yet."""
    city = units.by_code(session, article_unit_code(), on=IN_THE_CITY)
    if city is not None:
        load_article(session, city.id, by=BY, now=now)
    reported = {line.report.period: line.report for line in dossiers.reports(session, [demo.unit_id])}
    carried_over = 0
    month = month_of(demo.first_on)
    while month.last_on < local_day(now):
        report = reported.get(month) or _report(month, _ratings(session, demo, month), carried_over)
        record(session, demo.unit_id, report, by=BY, now=now)
        carried_over = report.parts.pending or 0
        month = month_of(month.last_on + timedelta(days=1))


def _ratings(session: Session, demo: Demo, month: Period) -> int:
    within = Rating.counted_on.between(month.first_on, month.last_on)
    found = select(func.count()).select_from(Rating).where(Rating.unit_id == demo.unit_id, within)
    return session.execute(found).scalar_one()


def _report(month: Period, ratings: int, carried_over: int) -> Report:
    """Return a month that adds up by the check sums of form II.06a."""
    told = made_up()["dossiers"]
    resolved = round(ratings * told["per_rating"])
    late, early = round(resolved * told["late"]), round(resolved * told["early"])
    pending = round(resolved * told["pending"])
    received = resolved + pending
    online = round((received - carried_over) * told["online"])
    parts = Parts(
        received_online=online,
        received_in_person=received - carried_over - online,
        carried_over=carried_over,
        resolved=resolved,
        resolved_early=early,
        resolved_on_time=resolved - early - late,
        resolved_late=late,
        pending=pending,
        pending_in_time=pending,
        pending_late=0,
    )
    return Report(month, received, resolved - late, told["source"], parts=parts)
