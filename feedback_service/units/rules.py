"""Rules of units: what kinds there are, when they hold, how one follows another, when they are open."""

import json
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from feedback_service.core.canonical import canonical


class Kind(StrEnum):
    """The kinds of units (Law on Organisation of Local Government 2025: two tiers since 1 July 2025)."""

    PROVINCE = "province"
    WARD = "ward"
    COMMUNE = "commune"
    SPECIAL_ZONE = "special-zone"
    AGENCY = "agency"
    CITY = "city"
    TOWN = "town"
    DISTRICT = "district"
    TOWNSHIP = "township"


HISTORICAL_KINDS = frozenset({Kind.CITY, Kind.TOWN, Kind.DISTRICT, Kind.TOWNSHIP})
"""Kinds that ended with 30 June 2025 and may not begin anew."""
LAST_DAY_OF_DISTRICTS = date(2025, 6, 30)
KIND_NAMES = {
    Kind.PROVINCE: "Province",
    Kind.WARD: "Ward",
    Kind.COMMUNE: "Commune",
    Kind.SPECIAL_ZONE: "Special zone",
    Kind.AGENCY: "Agency",
    Kind.CITY: "City under a province",
    Kind.TOWN: "Town under a province",
    Kind.DISTRICT: "District",
    Kind.TOWNSHIP: "Township",
}
"""Message ids of the names as people read them."""


class Succession(StrEnum):
    """How a unit follows another."""

    MERGE = "merge"
    SPLIT = "split"
    RENAME = "rename"
    MOVE = "move"


IDENTIFIER = re.compile(r"^[A-Z]\d{2}(\.\d{1,3}){0,2}$|^\d{3}\.\d{2}\.\d{2,3}\.[A-Z]\d{2}$")
"""The identifier of QĐ 20/2020/QĐ-TTg, new form H50.14.07 and old form 000.00.14.H50."""
CODE = re.compile(r"^\d{2,5}$")
"""The code of the General Statistics Office: 2 digits a province, 3 a district, 5 a commune."""


def holds(valid_from: date | None, valid_to: date | None, on: date) -> bool:
    """Say whether a unit exists on a day; without a first day it always did, without a last day it still does."""
    return (valid_from is None or valid_from <= on) and (valid_to is None or on <= valid_to)


@dataclass(frozen=True)
class OpeningHours:
    """One span of a week in local time: weekdays 1 (Monday) to 7, HH:MM."""

    weekdays: tuple[int, ...]
    opens: str
    closes: str


OFFICE_HOURS = (
    OpeningHours((1, 2, 3, 4, 5), "07:30", "11:30"),
    OpeningHours((1, 2, 3, 4, 5), "13:30", "17:00"),
)
"""What holds where a unit has not said otherwise."""


def hours_from(text: str | None) -> tuple[OpeningHours, ...]:
    """Return the hours that a unit keeps as JSON, those of every office when it keeps none."""
    if text is None:
        return OFFICE_HOURS
    return tuple(OpeningHours(tuple(span["weekdays"]), span["opens"], span["closes"]) for span in json.loads(text))


def hours_text(hours: tuple[OpeningHours, ...]) -> str:
    """Return the one spelling under which hours are kept."""
    return canonical([{"weekdays": span.weekdays, "opens": span.opens, "closes": span.closes} for span in hours])


def is_open(hours: tuple[OpeningHours, ...], weekday: int, clock_time: str) -> bool:
    """Say whether an office is open on a weekday (1 is Monday) at HH:MM."""
    return any(weekday in span.weekdays and span.opens <= clock_time < span.closes for span in hours)
