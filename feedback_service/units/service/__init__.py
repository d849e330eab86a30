"""What people do with units: load and import them, open and close counters, settle the office."""

from feedback_service.units.rules.facts import UnitFacts
from feedback_service.units.service.logo import keep_logo, remove_logo
from feedback_service.units.service.units import (
    BUILTIN,
    add_unit,
    change_unit,
    close_counter,
    keep_hours,
    load_builtin,
    mark_demo,
    open_counter,
    open_office,
    product,
    rename_counter,
    settle_office,
)

__all__ = [
    "BUILTIN",
    "UnitFacts",
    "add_unit",
    "change_unit",
    "close_counter",
    "keep_hours",
    "keep_logo",
    "load_builtin",
    "mark_demo",
    "open_counter",
    "open_office",
    "product",
    "remove_logo",
    "rename_counter",
    "settle_office",
]
