"""Quarters of the pages of officers, and what these pages say alike."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request

from feedback_service.core.errors import NotFound, Refused
from feedback_service.core.period import local_day
from feedback_service.reports.queries.places import Desk
from feedback_service.reports.rules.officers import ENOUGH_OF_OFFICER, PULL
from feedback_service.reports.rules.periods import ReportPeriod
from feedback_service.reports.staff.filters import CHANNEL_NAMES, asked_period
from feedback_service.reports.staff.indicators import is_quarter
from feedback_service.web.context import platform

QUARTERS = 4
OTHER_QUARTER = "Figures of officers are by calendar quarter. Please choose one."


@dataclass(frozen=True)
class Words:
    """What every page of officers says alike: from how many ratings on, the weight of the mean, channels, counters."""

    counters: Mapping[int, str]
    enough: int = ENOUGH_OF_OFFICER
    pull: int = PULL

    @property
    def channels(self) -> Mapping[str, str]:
        """Message ids of the channels."""
        return CHANNEL_NAMES


def asked_quarter(default: ReportPeriod) -> ReportPeriod:
    """Return the calendar quarter that the address asks for; raises NotFound for another period."""
    if not request.args.get("period"):
        return default
    try:
        found = asked_period(local_day(platform().now()))
    except Refused as error:
        raise NotFound(OTHER_QUARTER) from error
    if not isinstance(found, ReportPeriod) or not is_quarter(found):
        raise NotFound(OTHER_QUARTER)
    return found


def quarters_to(newest: ReportPeriod) -> tuple[ReportPeriod, ...]:
    """Return some quarters to choose from, the newest first."""
    found = [newest]
    while len(found) < QUARTERS:
        found.append(found[-1].before())
    return tuple(found)


def words_of(counters: tuple[Desk, ...]) -> Words:
    """Return what the pages say of counters and channels."""
    return Words({desk.id: desk.name for desk in counters})
