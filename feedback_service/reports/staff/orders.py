"""What the form of an export asks for: records, format, unit, days, channel and tier, within the reach of a person."""

from collections.abc import Mapping

from feedback_service.core.errors import Fault, NotFound, Refused
from feedback_service.core.period import Period
from feedback_service.reports.queries.places import Places
from feedback_service.reports.rules.columns import Format, Records
from feedback_service.reports.rules.narrowing import narrowed
from feedback_service.reports.rules.periods import free_days
from feedback_service.reports.service import Order


def order_of(asked: Mapping[str, str], within: Places) -> Order:
    """Return what is asked for; raises Refused that names the field, NotFound beyond the reach."""
    records, written_as, unit = asked.get("records", "ratings"), asked.get("format", "csv"), asked.get("unit", "")
    if records not in tuple(Records) or written_as not in tuple(Format):
        raise Refused("Please choose one of the list.", faults=(Fault("records", "Please choose one of the list."),))
    unit_id = unit_in(asked)
    if unit and unit_id not in within.by_id:
        raise NotFound("There is no such unit within your reach.")
    narrowing = narrowed(Records(records), asked.get("channel", ""), asked.get("tier", ""))
    days = _days(asked.get("from", ""), asked.get("to", ""))
    return Order(Records(records), Format(written_as), unit_id, days, narrowing)


def unit_in(asked: Mapping[str, str]) -> int | None:
    """Return the number of the unit that a form names; None where it names none."""
    unit = asked.get("unit", "")
    return int(unit) if unit.isascii() and unit.isdecimal() and len(unit) < 10 else None


def units_of(order: Order, within: Places) -> frozenset[int]:
    """Return the units whose records are asked for."""
    return frozenset(within.by_id) if order.unit_id is None else within.below(order.unit_id)


def words_of(order: Order) -> dict[str, str]:
    """Return an order as its form would say it."""
    return {
        "records": order.records.value,
        "format": order.written_as.value,
        "unit": "" if order.unit_id is None else str(order.unit_id),
        "from": order.period.first_on.isoformat() if order.period else "",
        "to": order.period.last_on.isoformat() if order.period else "",
        "channel": order.narrowing.channel or "",
        "tier": order.narrowing.tier or "",
    }


def file_name_of(order: Order, within: Places) -> str:
    """Return the name under which the file is kept by whoever takes it out."""
    code = within.by_id[order.unit_id].code if order.unit_id is not None else None
    days = (order.period.first_on.isoformat(), order.period.last_on.isoformat()) if order.period else ()
    told = (order.records.value, *([code] if code else []), *order.narrowing.told, *days)
    return "-".join(told) + f".{order.written_as.value}"


def _days(first: str, last: str) -> Period | None:
    return free_days(first, last) if first or last else None
