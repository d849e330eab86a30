"""Reading units: one, many, the tree, who came before and after, counters, the office."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from feedback_service.audit.queries import RowWitness
from feedback_service.core.text import folded, order_key
from feedback_service.units.models import Counter, Office, OfficeLogo, Unit, UnitSuccession
from feedback_service.units.rules import KIND_NAMES, Kind, OpeningHours, Succession, hours_from

UNIT_WITNESS = RowWitness("unit", Unit, parts=(UnitSuccession.successor_id,))
COUNTER_WITNESS = RowWitness("counter", Counter)
OFFICE_WITNESS = RowWitness("office", Office)
WITNESSES = (UNIT_WITNESS, COUNTER_WITNESS, OFFICE_WITNESS)
LIST_LIMIT = 500
LOGO_ADDRESS = "/office/logos/"
SAME_BODY = (Succession.RENAME.value, Succession.MOVE.value)


@dataclass(frozen=True)
class UnitRow:
    """A unit as lists show it."""

    id: int
    code: str | None
    name: str
    kind: str
    parent_id: int | None
    parent_name: str | None
    valid_from: date | None
    valid_to: date | None

    @property
    def kind_name(self) -> str:
        """The message id of its kind."""
        return KIND_NAMES[Kind(self.kind)]


@dataclass(frozen=True)
class UnitPart:
    """A unit with what only its own page shows."""

    row: UnitRow
    identifier: str | None
    opening_hours: tuple[OpeningHours, ...]
    has_own_hours: bool


@dataclass(frozen=True)
class Relative:
    """A unit before or after another, and how it became so."""

    unit: UnitRow
    kind: str


@dataclass(frozen=True)
class CounterRow:
    """A counter; `field` is what it is for, possibly nothing."""

    id: int
    unit_id: int
    name: str
    field: str
    opened_on: date
    closed_on: date | None


@dataclass(frozen=True)
class OfficeRow:
    """The office of this service; `logo` is the address of its logo, "" for none."""

    product: str
    office_name: str
    unit_id: int | None
    unit_name: str
    is_demo: bool
    logo: str


def office(session: Session) -> OfficeRow | None:
    """Return the office, None before the built-in units are loaded."""
    query = select(Office.product, Office.office_name, Office.unit_id, Unit.name, Office.is_demo, Office.logo_hash)
    row = session.execute(query.join(Unit, Unit.id == Office.unit_id, isouter=True)).one_or_none()
    return OfficeRow(*row[:3], row[3] or "", row[4], f"{LOGO_ADDRESS}{row[5]}" if row[5] else "") if row else None


def office_logo(session: Session, named: str = "") -> bytes | None:
    """Return the logo as WebP, at most 480 by 240 points and 20 KiB; None without one, or when it is not so `named`."""
    query = select(OfficeLogo.content).join(Office, Office.logo_hash == OfficeLogo.hash)
    return session.execute(query.where(OfficeLogo.hash == named) if named else query).scalar_one_or_none()


def unit(session: Session, unit_id: int) -> UnitPart | None:
    """Return one unit."""
    return parts(session, [unit_id]).get(unit_id)


def parts(session: Session, unit_ids: Iterable[int]) -> dict[int, UnitPart]:
    """Return some units by id."""
    query = _rows().add_columns(Unit.identifier, Unit.opening_hours).where(Unit.id.in_(list(unit_ids)))
    return {
        row[0]: UnitPart(UnitRow(*row[:-2]), row[-2], hours_from(row[-1]), row[-1] is not None)
        for row in session.execute(query)
    }


def by_code(session: Session, code: str, *, on: date) -> UnitRow | None:
    """Return the unit that bears a code (or an identifier) on a day."""
    query = _rows().where(or_(Unit.code == code, Unit.identifier == code), *_holding(on))
    return next((UnitRow(*row) for row in session.execute(query.order_by(Unit.id).limit(1))), None)


def units(session: Session, *, words: str = "", on: date | None, scope: Iterable[int]) -> tuple[UnitRow, ...]:
    """Return the units within reach whose name or code has `words`, accents apart, in the order of the dictionary.

    With `on` None those of the past come too. At most LIST_LIMIT are returned.
    """
    query = _rows().where(Unit.id.in_(list(scope)), *(_holding(on) if on else ()))
    wanted = folded(words).strip()
    if wanted:
        query = query.where(
            or_(Unit.folded_name.contains(wanted, autoescape=True), Unit.code.startswith(wanted, autoescape=True))
        )
    return _ordered(UnitRow(*row) for row in session.execute(query.order_by(Unit.id).limit(LIST_LIMIT)))


def below(session: Session, unit_id: int, *, on: date) -> tuple[UnitRow, ...]:
    """Return the units directly below a unit on a day, in the order of the dictionary."""
    query = _rows().where(Unit.parent_id == unit_id, *_holding(on)).order_by(Unit.id).limit(LIST_LIMIT)
    return _ordered(UnitRow(*row) for row in session.execute(query))


def reach(session: Session, unit_id: int | None) -> frozenset[int]:
    """Return the ids of a unit, also as it was renamed or moved, all below it, all they followed; of all for None."""
    if unit_id is None:
        return frozenset(session.execute(select(Unit.id)).scalars())
    below = select(Unit.id).where(Unit.id == unit_id).cte("below", recursive=True)
    under = _edges(UnitSuccession.predecessor_id, UnitSuccession.successor_id, Unit.parent_id, Unit.id)
    below = below.union(select(under.c.end).join(below, under.c.start == below.c.id))
    before = select(below.c.id).cte("before", recursive=True)
    followed = select(UnitSuccession.predecessor_id).join(before, UnitSuccession.successor_id == before.c.id)
    return frozenset(session.execute(select(before.union(followed).c.id)).scalars())


def above(session: Session, unit_id: int) -> frozenset[int]:
    """Return the ids of every unit in whose reach this one is: itself, those that followed it, all over these."""
    after = select(Unit.id).where(Unit.id == unit_id).cte("after", recursive=True)
    following = select(UnitSuccession.successor_id).join(after, UnitSuccession.predecessor_id == after.c.id)
    after = after.union(following)
    over = select(after.c.id).cte("over", recursive=True)
    upward = _edges(UnitSuccession.successor_id, UnitSuccession.predecessor_id, Unit.id, Unit.parent_id)
    over = over.union(select(upward.c.end).join(over, upward.c.start == over.c.id))
    return frozenset(session.execute(select(over.c.id)).scalars())


def _edges(before: Any, after: Any, start: Any, end: Any) -> Any:
    """Return the links of the tree, and those between a unit and itself under another name or in another place."""
    same = select(before.label("start"), after.label("end")).where(UnitSuccession.kind.in_(SAME_BODY))
    return union_all(select(start.label("start"), end.label("end")).where(Unit.parent_id.is_not(None)), same).cte()


def predecessors(session: Session, unit_id: int) -> tuple[Relative, ...]:
    """Return the units that this one followed."""
    return _relatives(session, UnitSuccession.predecessor_id, UnitSuccession.successor_id == unit_id)


def successors(session: Session, unit_id: int) -> tuple[Relative, ...]:
    """Return the units that followed this one."""
    return _relatives(session, UnitSuccession.successor_id, UnitSuccession.predecessor_id == unit_id)


def counters(
    session: Session, unit_ids: Iterable[int], *, also_closed: bool = False, limit: int = LIST_LIMIT
) -> tuple[CounterRow, ...]:
    """Return the counters of some units in the order of their names."""
    query = _counters().where(Counter.unit_id.in_(list(unit_ids)))
    if not also_closed:
        query = query.where(Counter.closed_on.is_(None))
    rows = [CounterRow(*row) for row in session.execute(query.order_by(Counter.id).limit(limit))]
    return tuple(sorted(rows, key=lambda row: (row.closed_on is not None, order_key(row.name), row.id)))


def counter(session: Session, counter_id: int) -> CounterRow | None:
    """Return one counter."""
    return next((CounterRow(*row) for row in session.execute(_counters().where(Counter.id == counter_id))), None)


def counter_named(session: Session, unit_id: int, name: str) -> CounterRow | None:
    """Return the open counter of a unit that bears a name, case and accents apart."""
    return next((row for row in counters(session, [unit_id]) if folded(row.name) == folded(name)), None)


def names(session: Session, unit_ids: Iterable[int]) -> dict[int, str]:
    """Return the names of some units by id."""
    wanted = list(unit_ids)
    return {row.id: row.name for row in session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(wanted)))}


def counter_names(session: Session, counter_ids: Iterable[int]) -> dict[int, str]:
    """Return the names of some counters by id."""
    query = select(Counter.id, Counter.name).where(Counter.id.in_(list(counter_ids)))
    return {row.id: row.name for row in session.execute(query)}


def has_units(session: Session) -> bool:
    """Say whether any unit is known."""
    return session.execute(select(Unit.id).limit(1)).first() is not None


def counts_of_counters(session: Session, unit_ids: Iterable[int]) -> dict[int, int]:
    """Return how many open counters each unit has; units without one are absent."""
    query = select(Counter.unit_id, func.count()).where(
        Counter.unit_id.in_(list(unit_ids)), Counter.closed_on.is_(None)
    )
    return {row[0]: row[1] for row in session.execute(query.group_by(Counter.unit_id))}


def _rows() -> Select[Any]:
    parent = aliased(Unit)
    names = ("id", "code", "name", "kind", "parent_id")
    columns = (*(getattr(Unit, name) for name in names), parent.name, Unit.valid_from, Unit.valid_to)
    return select(*columns).join(parent, parent.id == Unit.parent_id, isouter=True)


def _ordered(rows: Iterable[UnitRow]) -> tuple[UnitRow, ...]:
    return tuple(sorted(rows, key=lambda row: (_RANK[Kind(row.kind)], order_key(row.name), row.id)))


def _counters() -> Select[Any]:
    return select(*(getattr(Counter, name) for name in CounterRow.__dataclass_fields__))


def _holding(on: date) -> tuple[ColumnElement[bool], ...]:
    return (or_(Unit.valid_from.is_(None), Unit.valid_from <= on), or_(Unit.valid_to.is_(None), Unit.valid_to >= on))


def _relatives(session: Session, other: Any, condition: ColumnElement[bool]) -> tuple[Relative, ...]:
    query = _rows().add_columns(UnitSuccession.kind).join(UnitSuccession, Unit.id == other).where(condition)
    rows = [Relative(UnitRow(*row[:-1]), row[-1]) for row in session.execute(query.limit(LIST_LIMIT))]
    return tuple(sorted(rows, key=lambda row: (_RANK[Kind(row.unit.kind)], order_key(row.unit.name), row.unit.id)))


_LADDER = "province city town district ward special-zone commune township agency"
_RANK = {Kind(kind): rank for rank, kind in enumerate(_LADDER.split())}
