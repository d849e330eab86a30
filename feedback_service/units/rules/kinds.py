"""What kinds of units there are, how they are named in numbers, when they hold, how one follows another."""

import re
from datetime import date
from enum import StrEnum


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
