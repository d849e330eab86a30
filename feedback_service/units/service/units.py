"""What people do with units: load the built-in ones, open and close counters, settle the office."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from feedback_service.audit.rules import Act
from feedback_service.audit.service import note
from feedback_service.bundled import own
from feedback_service.core.errors import Conflict, NotFound
from feedback_service.core.period import local_day
from feedback_service.core.text import folded, one_line
from feedback_service.units import queries
from feedback_service.units.models import Counter, Office, Unit, UnitSuccession
from feedback_service.units.rules import OpeningHours, hours_text
from feedback_service.units.rules.facts import UnitFacts
from feedback_service.units.rules.plans import WHOLE

BUILTIN = "builtin"
"""The word that stands for the shipped units where a file is asked for."""


def product() -> str:
    """Return the name under which this service is shipped."""
    name: str = json.loads(own("units/office.json").read_text(encoding="utf-8"))["product"]
    return name


def load_builtin(session: Session, *, now: datetime) -> int:
    """Add the units of Quang Tri since 1 July 2025 and before where there is no unit yet; return how many."""
    if queries.has_units(session):
        return 0
    shipped = json.loads(own("units/quang_tri_2025.json").read_text(encoding="utf-8"))
    ids: dict[str, int] = {}
    for unit in shipped["units"]:
        ids[unit["ref"]] = insert_unit(session, _shipped_facts(unit, ids.get(unit.get("parent"))))
    session.execute(insert(UnitSuccession), [_link(ids, *link) for link in shipped["successions"]])
    open_office(session, now=now)
    note_units(session, ids.values(), "unit.added", by="system", now=now)
    return len(ids)


def open_office(session: Session, *, now: datetime) -> None:
    """Make the row of the office, with the shipped name, where there is none yet."""
    if queries.office(session) is None:
        session.execute(insert(Office).values(id=1, product=product(), office_name="", is_demo=False))
        _note_office(session, by="system", now=now)


def add_unit(session: Session, facts: UnitFacts, *, by: str, now: datetime) -> int:
    """Add a unit and return its id; what is allowed has been judged before."""
    unit_id = insert_unit(session, facts)
    note_units(session, [unit_id], "unit.added", by=by, now=now)
    return unit_id


def change_unit(session: Session, unit_id: int, facts: UnitFacts, *, by: str, now: datetime) -> None:
    """Write down what is known of a unit."""
    session.execute(update(Unit).where(Unit.id == unit_id).values(**_columns(facts)))
    note_units(session, [unit_id], "unit.changed", by=by, now=now)


def keep_hours(
    session: Session, unit_id: int, hours: tuple[OpeningHours, ...] | None, *, by: str, now: datetime
) -> None:
    """Keep the opening hours of a unit; None goes back to those of every office."""
    text = None if hours is None else hours_text(hours)
    session.execute(update(Unit).where(Unit.id == unit_id).values(opening_hours=text))
    note_units(session, [unit_id], "unit.hours-kept", by=by, now=now)


def open_counter(session: Session, unit_id: int, name: str, *, field: str = "", by: str, now: datetime) -> int:
    """Open a counter and return its id; raises Conflict when an open one of this unit bears the name."""
    _refuse_taken_name(session, unit_id, name)
    values = {"unit_id": unit_id, "name": one_line(name), "field": one_line(field), "opened_on": local_day(now)}
    counter_id = session.execute(insert(Counter).values(**values).returning(Counter.id)).scalar_one()
    _note_counter(session, counter_id, "counter.opened", by=by, now=now)
    return counter_id


def rename_counter(session: Session, counter_id: int, name: str, *, field: str, by: str, now: datetime) -> None:
    """Give an open counter another name or field; raises NotFound, or Conflict for a name that is taken."""
    counter = _open_counter(session, counter_id)
    _refuse_taken_name(session, counter.unit_id, name, but=counter_id)
    values = {"name": one_line(name), "field": one_line(field)}
    session.execute(update(Counter).where(Counter.id == counter_id).values(**values))
    _note_counter(session, counter_id, "counter.renamed", by=by, now=now)


def close_counter(session: Session, counter_id: int, *, by: str, now: datetime) -> None:
    """Close a counter for good; its ratings stay. Closing it again changes nothing; raises NotFound."""
    counter = queries.counter(session, counter_id)
    if counter is None:
        raise NotFound("There is no such counter.")
    if counter.closed_on is None:
        session.execute(update(Counter).where(Counter.id == counter_id).values(closed_on=local_day(now)))
        _note_counter(session, counter_id, "counter.closed", by=by, now=now)


def settle_office(session: Session, unit_id: int | None, office_name: str, *, by: str, now: datetime) -> None:
    """Say which unit this service is for and how the office signs; raises NotFound before units are loaded."""
    values = {"unit_id": unit_id, "office_name": one_line(office_name)}
    _change_office(session, values, by=by, now=now)


def mark_demo(session: Session, *, by: str, now: datetime) -> None:
    """Mark everything here as demonstration, for good."""
    _change_office(session, {"is_demo": True}, by=by, now=now)


def _change_office(session: Session, values: dict[str, Any], *, by: str, now: datetime) -> None:
    if queries.office(session) is None:
        raise NotFound("There is no office yet. Load the units first: feedback-service unit import builtin")
    session.execute(update(Office).where(Office.id == 1).values(**values))
    _note_office(session, by=by, now=now)


def _open_counter(session: Session, counter_id: int) -> queries.CounterRow:
    counter = queries.counter(session, counter_id)
    if counter is None or counter.closed_on is not None:
        raise NotFound("There is no such counter.")
    return counter


def _refuse_taken_name(session: Session, unit_id: int, name: str, *, but: int | None = None) -> None:
    namesake = queries.counter_named(session, unit_id, one_line(name))
    if namesake is not None and namesake.id != but:
        raise Conflict("This unit already has a counter of that name.")


def insert_unit(session: Session, facts: UnitFacts) -> int:
    """Write a unit down and return its id; whoever calls notes it once it is whole."""
    return session.execute(insert(Unit).values(**_columns(facts)).returning(Unit.id)).scalar_one()


def _columns(facts: UnitFacts) -> dict[str, Any]:
    return {**vars(facts), "folded_name": folded(facts.name)}


def _shipped_facts(unit: dict[str, str], parent_id: int | None) -> UnitFacts:
    valid_from, valid_to = (
        date.fromisoformat(unit[key]) if key in unit else None for key in ("valid_from", "valid_to")
    )
    return UnitFacts(unit.get("code"), None, unit["name"], unit["kind"], parent_id, valid_from, valid_to)


def _link(ids: dict[str, int], predecessor: str, successor: str, kind: str) -> dict[str, Any]:
    weight = None if kind == "split" else WHOLE
    return {
        "predecessor_id": ids[predecessor],
        "successor_id": ids[successor],
        "kind": kind,
        "weight_permille": weight,
    }


def note_units(session: Session, unit_ids: Iterable[int], act: str, *, by: str, now: datetime) -> None:
    """Note an act on some units in the ledger."""
    digests = queries.UNIT_WITNESS.digests(session, [str(unit_id) for unit_id in unit_ids])
    for unit_id, digest in digests.items():
        note(session, Act(act, by, ("unit", unit_id), digest), now=now)


def _note_counter(session: Session, counter_id: int, act: str, *, by: str, now: datetime) -> None:
    digest = queries.COUNTER_WITNESS.digest(session, counter_id)
    note(session, Act(act, by, ("counter", counter_id), digest), now=now)


def _note_office(session: Session, *, by: str, now: datetime) -> None:
    note(session, Act("office.settled", by, ("office", 1), queries.OFFICE_WITNESS.digest(session, 1)), now=now)
