"""What will become of each row of a file of changes, judged before anything is stored."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from feedback_service.core.plans import Outcome
from feedback_service.core.text import folded
from feedback_service.core.words import Sentence
from feedback_service.units.rules.changes import ChangeRow
from feedback_service.units.rules.facts import BY_ID, Known, UnitFacts
from feedback_service.units.rules.kinds import CODE, HISTORICAL_KINDS, IDENTIFIER, Succession, holds

WHOLE = 1000
"""The weight of a unit that went over as a whole, in permille."""
Link = tuple[int, int]
"""A unit that ended and one that followed it, by their ids."""


@dataclass(frozen=True)
class Heir:
    """A unit that follows: one that stands, by its id, or a new one; rows with the same key mean the same one."""

    key: tuple[object, ...]
    id: int | None
    facts: UnitFacts


@dataclass(frozen=True)
class PlannedChange:
    """One row: which unit ends, which one follows, and what keeps the row out."""

    row: ChangeRow
    outcome: Outcome
    unit: Known | None = None
    heir: Heir | None = None
    faults: tuple[Sentence, ...] = ()

    @property
    def weight_permille(self) -> int | None:
        """The part that went over: all of it unless the unit was split."""
        return self.row.weight_permille if self.row.change is Succession.SPLIT else WHOLE


@dataclass(frozen=True)
class Map:
    """Every unit and every succession that is known, and the day it is."""

    units: Sequence[Known]
    links: frozenset[Link]
    today: date

    def bearing(self, code: str, on: date) -> list[Known]:
        """Return the units that a code names on a day."""
        return [one for one in self.units if one.bears(code) and holds(one.facts.valid_from, one.facts.valid_to, on)]

    def below(self, unit_id: int) -> list[Known]:
        """Return the units that stand just below one."""
        return [one for one in self.units if one.facts.parent_id == unit_id and one.facts.valid_to is None]


def planned(rows: Sequence[ChangeRow], known: Map) -> tuple[PlannedChange, ...]:
    """Return what becomes of every row of a file of changes."""
    ending = {one.id for row in rows if (one := _ended(row, known)) is not None and one.facts.valid_to is None}
    found = [_judged(row, known, frozenset(ending)) for row in rows]
    return tuple(_with_siblings(one, found) for one in found)


def _ended(row: ChangeRow, known: Map) -> Known | None:
    bearing = known.bearing(row.from_code, row.on - timedelta(days=1)) if row.on else []
    return bearing[0] if bearing else None


def _judged(row: ChangeRow, known: Map, ending: frozenset[int]) -> PlannedChange:
    if row.faults or row.on is None or row.change is None:
        return PlannedChange(row, Outcome.REFUSED, faults=row.faults)
    unit = _ended(row, known)
    if unit is None:
        nobody = Sentence("No unit bore the code {code} on the day before.", {"code": row.from_code})
        return PlannedChange(row, Outcome.REFUSED, faults=(nobody,))
    if _is_recorded(row, unit, known):
        return PlannedChange(row, Outcome.UNCHANGED, unit)
    heir = _heir(row, unit, known, ending)
    faults = (*_faults_of_unit(row, unit, known, ending), *_faults_of_heir(row, unit, heir, known, ending))
    return PlannedChange(row, Outcome.REFUSED if faults else Outcome.CHANGED, unit, heir, faults)


def _is_recorded(row: ChangeRow, unit: Known, known: Map) -> bool:
    assert row.on
    heirs = [one for one in known.units if (unit.id, one.id) in known.links]
    is_named = any(one.bears(row.to_code) or folded(one.facts.name) == folded(row.to_name) for one in heirs)
    return unit.facts.valid_to == row.on - timedelta(days=1) and (is_named or (bool(heirs) and not row.to_name))


def _heir(row: ChangeRow, unit: Known, known: Map, ending: frozenset[int]) -> Heir:
    assert row.on
    standing = [one for one in known.bearing(row.to_code, row.on) if one.id not in ending and not one.facts.valid_to]
    if standing:
        return Heir(("known", standing[0].id), standing[0].id, standing[0].facts)
    is_same_body = row.change in (Succession.RENAME, Succession.MOVE)
    code, identifier = (row.to_code or None), (row.to_identifier or None)
    if code and IDENTIFIER.fullmatch(code) and not CODE.fullmatch(code):
        code, identifier = None, identifier or code
    if is_same_body:
        code, identifier = code or unit.facts.code, identifier or unit.facts.identifier
    name = row.to_name or (unit.facts.name if row.change is Succession.MOVE else "")
    above = known.bearing(row.to_parent_code, row.on)
    parent_id = above[0].id if above else unit.facts.parent_id
    kind = row.to_kind.value if row.to_kind else unit.facts.kind
    facts = UnitFacts(code, identifier, name, kind, parent_id, row.on, None)
    return Heir(("new", row.on, code or identifier or folded(name)), None, facts)


def _faults_of_unit(row: ChangeRow, unit: Known, known: Map, ending: frozenset[int]) -> Iterator[Sentence]:
    assert row.on
    if unit.facts.valid_to is not None:
        yield Sentence("This unit has ended already, on {day}.", {"day": unit.facts.valid_to})
    if row.on > known.today:
        yield Sentence("The day lies in the future; please record the change when it has come.")
    if unit.facts.valid_from and row.on <= unit.facts.valid_from:
        yield Sentence("The unit began on {day}; it cannot end before.", {"day": unit.facts.valid_from})
    staying = [one for one in known.below(unit.id) if one.id not in ending]
    if staying and row.change is Succession.SPLIT:
        facts = {"count": len(staying), "name": staying[0].facts.name}
        yield Sentence("{count} units stand below it, such as {name}; please move them first.", facts)


def _faults_of_heir(row: ChangeRow, unit: Known, heir: Heir, known: Map, ending: frozenset[int]) -> Iterator[Sentence]:
    facts = heir.facts
    if heir.id is None:
        yield from _faults_of_new(row, heir.facts, ending)
    if row.to_parent_code and row.on and not known.bearing(row.to_parent_code, row.on):
        yield Sentence("No unit bears the code {code}.", {"code": row.to_parent_code})
    if row.change is Succession.RENAME and (heir.id or folded(facts.name) == folded(unit.facts.name)):
        yield Sentence("A renamed unit needs a name of its own.")
    if row.change is Succession.MOVE and (heir.id or facts.parent_id == unit.facts.parent_id):
        yield Sentence("A unit that moves needs another unit above it.")
    if heir.id == unit.id:
        yield Sentence("A unit cannot follow itself.")


def _faults_of_new(row: ChangeRow, facts: UnitFacts, ending: frozenset[int]) -> Iterator[Sentence]:
    if row.to_code.startswith(BY_ID):
        yield Sentence("No unit bears the code {code}.", {"code": row.to_code})
    if not facts.name:
        yield Sentence("Please enter the name of the new unit.")
    if facts.kind in HISTORICAL_KINDS:
        yield Sentence("This kind ended on 30 June 2025; no new unit can be one.")
    if facts.parent_id in ending:
        yield Sentence("The unit above ends, too; please name the one above the new unit.")


def _with_siblings(one: PlannedChange, plan: Sequence[PlannedChange]) -> PlannedChange:
    """Add what is wrong between rows that speak of the same unit."""
    if one.outcome is not Outcome.CHANGED or one.unit is None:
        return one
    same = [other for other in plan if other.unit and other.unit.id == one.unit.id and other.heir]
    faults = tuple(_between(one, same))
    return PlannedChange(one.row, Outcome.REFUSED, one.unit, one.heir, faults) if faults else one


def _between(one: PlannedChange, same: Sequence[PlannedChange]) -> Iterator[Sentence]:
    is_split = one.row.change is Succession.SPLIT
    if len({(other.row.change, other.row.on) for other in same}) > 1:
        yield Sentence("Other rows say something else about this unit.")
    elif not is_split and len(same) > 1:
        yield Sentence("An earlier row speaks of this unit; only a split has more than one.")
    elif is_split and len({other.heir.key for other in same if other.heir}) < max(2, len(same)):
        yield Sentence("A split needs at least two different units that follow.")
    weights = [other.row.weight_permille for other in same]
    known = [weight for weight in weights if weight is not None]
    if is_split and known and (len(known) < len(weights) or sum(known) != WHOLE):
        yield Sentence("The parts must be told for every unit that follows, and add up to 100.")
