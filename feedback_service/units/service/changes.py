"""Recording how units merged, split, were renamed or moved: the old one ends, the new one begins, both stay linked."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from feedback_service.core.errors import Refused
from feedback_service.core.period import local_day
from feedback_service.core.plans import Outcome
from feedback_service.units.models import Unit, UnitSuccession
from feedback_service.units.rules.changes import ChangeRow
from feedback_service.units.rules.facts import Known, UnitFacts
from feedback_service.units.rules.kinds import Succession
from feedback_service.units.rules.plans import Map, PlannedChange, planned
from feedback_service.units.service.units import insert_unit, note_units

Key = tuple[object, ...]
NOTHING = "Nothing was stored. Mend the refused rows and send the file again."


def plan_changes(session: Session, rows: Sequence[ChangeRow], *, now: datetime) -> tuple[PlannedChange, ...]:
    """Return what would become of every row; nothing is stored."""
    return planned(rows, Map(known_units(session), _links(session), local_day(now)))


def take_in_changes(
    session: Session, rows: Sequence[ChangeRow], *, by: str, now: datetime
) -> tuple[PlannedChange, ...]:
    """Store every row and return what became of it; raises Refused, with nothing stored, when one cannot stand."""
    plan = plan_changes(session, rows, now=now)
    if any(one.outcome is Outcome.REFUSED for one in plan):
        raise Refused(NOTHING)
    changes = [one for one in plan if one.outcome is Outcome.CHANGED]
    ended = {one.unit.id: one.row.on - timedelta(days=1) for one in changes if one.unit and one.row.on}
    for unit_id, last_on in ended.items():
        session.execute(update(Unit).where(Unit.id == unit_id).values(valid_to=last_on))
    note_units(session, ended, "unit.closed", by=by, now=now)
    heirs = {one.heir.key: one.heir for one in changes if one.heir}
    ids = {key: heir.id or insert_unit(session, heir.facts) for key, heir in heirs.items()}
    moved = [unit_id for one in changes for unit_id in _stored(session, one, ids, ended)]
    note_units(session, [ids[key] for key, heir in heirs.items() if heir.id is None], "unit.added", by=by, now=now)
    joined = [heir.id for heir in heirs.values() if heir.id]
    note_units(session, {*joined, *moved}, "unit.changed", by=by, now=now)
    return plan


def known_units(session: Session) -> list[Known]:
    """Return every unit with what is known of it."""
    names = tuple(UnitFacts.__dataclass_fields__)
    query = select(Unit.id, *(getattr(Unit, name) for name in names)).order_by(Unit.id)
    return [Known(row[0], UnitFacts(*row[1:])) for row in session.execute(query)]


def _links(session: Session) -> frozenset[tuple[int, int]]:
    rows = session.execute(select(UnitSuccession.predecessor_id, UnitSuccession.successor_id))
    return frozenset((row[0], row[1]) for row in rows)


def _stored(session: Session, one: PlannedChange, ids: Mapping[Key, int], ended: Mapping[int, date]) -> list[int]:
    """Link both units; what stands below one that was not split stands below its heir; return the ids of these."""
    assert one.unit
    assert one.heir
    assert one.row.change
    values = {"predecessor_id": one.unit.id, "successor_id": ids[one.heir.key], "kind": one.row.change.value}
    session.execute(insert(UnitSuccession).values(**values, weight_permille=one.weight_permille))
    if one.row.change is Succession.SPLIT:
        return []
    heir_id = ids[one.heir.key]
    below = (Unit.parent_id == one.unit.id, Unit.valid_to.is_(None), Unit.id != heir_id, Unit.id.not_in(list(ended)))
    return list(session.execute(update(Unit).where(*below).values(parent_id=heir_id).returning(Unit.id)).scalars())
