"""Up to which moment the figures are complete, as far as the tablets tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from feedback_service.core.period import local_day
from feedback_service.core.words import Sentence

WAITING = "{sent} of {count} tablets have sent everything; {queued} ratings are known to be waiting on the others."


@dataclass(frozen=True)
class Report:
    """What one tablet in use said last; without a moment it has never said anything."""

    last_seen_at: datetime | None
    queued: int


@dataclass(frozen=True)
class Completeness:
    """The line on every report: whether the figures may still change, and why."""

    is_final: bool
    headline: Sentence
    detail: Sentence


def completeness(reports: Sequence[Report], *, until: datetime, now: datetime) -> Completeness:
    """Return how far the figures up to the moment `until` are complete (product R8).

    A tablet that has sent everything vouches for all that was answered before its last report; one that still holds
    ratings, or never reported, vouches for nothing.
    """
    end = min(until, now)
    last_on = local_day(until) - timedelta(days=1)
    if not reports:
        return _without_tablets(until <= now, last_on, end)
    queued = sum(report.queued for report in reports)
    seen = [report.last_seen_at for report in reports if report.last_seen_at and not report.queued]
    facts = {"sent": len(seen), "count": len(reports), "queued": queued}
    if len(seen) < len(reports):
        waiting = Sentence(WAITING, facts)
        return Completeness(False, Sentence("Provisional figures: tablets still have to report"), waiting)
    detail = Sentence("{sent} of {count} tablets have sent everything.", facts)
    complete_to = min(*seen, end)
    if complete_to < until:
        return Completeness(
            False, Sentence("Provisional figures, complete up to {moment}", {"moment": complete_to}), detail
        )
    return Completeness(True, Sentence("Figures complete to the end of {day}", {"day": last_on}), detail)


def _without_tablets(is_over: bool, last_on: date, end: datetime) -> Completeness:
    detail = Sentence("No tablet is in use here.")
    if is_over:
        return Completeness(True, Sentence("Figures as received to the end of {day}", {"day": last_on}), detail)
    return Completeness(False, Sentence("Provisional figures as received up to {moment}", {"moment": end}), detail)
