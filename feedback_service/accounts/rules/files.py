"""Accounts out of a file: what its rows say, and what each would come to for whoever sends it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from feedback_service.accounts.rules.names import NAME, NAME_WORDS
from feedback_service.accounts.rules.roles import Role
from feedback_service.core.cells import Cell, Table, lines_of, words
from feedback_service.core.plans import Outcome
from feedback_service.core.text import folded
from feedback_service.core.words import Sentence

FULL_NAME_LETTERS = 120
HEADS: Mapping[str, str] = {
    # heads as programs and as Vietnamese offices write them, accents apart
    **{name: name for name in ("name", "full_name", "role", "unit")},
    "ten dang nhap": "name",
    "tai khoan": "name",
    "ho ten": "full_name",
    "ho va ten": "full_name",
    "vai tro": "role",
    "don vi": "unit",
    "ma don vi": "unit",
}
ROLES: Mapping[str, Role] = {
    **{role.value: role for role in Role},
    "quan tri": Role.ADMINISTRATOR,
    "lanh dao": Role.LEADER,
    "mot cua": Role.ONE_STOP,
    "can bo mot cua": Role.ONE_STOP,
    "kiem soat tthc": Role.CONTROLLER,
    "can bo xu ly": Role.HANDLER,
    "xu ly": Role.HANDLER,
    "giam sat": Role.OVERSEER,
}
NO_HEAD = "The first line must name the columns: sign-in name, full name and role; the unit where there is one."


@dataclass(frozen=True)
class Facts:
    """What a row says; without a code the account reaches every unit."""

    full_name: str
    role: Role
    unit_code: str


@dataclass(frozen=True)
class Row:
    """One row as it was understood; `number` counts lines, the head being 1; without facts it is refused."""

    number: int
    name: str
    facts: Facts | None
    faults: tuple[Sentence, ...] = ()


@dataclass(frozen=True)
class Known:
    """An account that is there already."""

    id: int
    full_name: str
    role: Role
    unit_id: int | None


@dataclass(frozen=True)
class Reach:
    """Whoever sends the file: the own account, the own unit (None reaches all), every unit within reach."""

    account_id: int
    unit_id: int | None
    scope: frozenset[int]

    def holds(self, unit_id: int | None) -> bool:
        """Whether rights in a unit are this person's to give; those in every unit only whoever has them gives."""
        return self.unit_id is None or unit_id in self.scope


@dataclass(frozen=True)
class Planned:
    """What becomes of a row: the account that it speaks of, None for a new one, and its unit."""

    row: Row
    outcome: Outcome
    known_id: int | None = None
    unit_id: int | None = None


def rows_of(table: Table) -> tuple[Row, ...]:
    """Return every row of a table, readable or not; raises Refused without a known head."""
    lines = lines_of(table, HEADS, needed={"name", "full_name", "role"}, no_head=NO_HEAD)
    return tuple(_without_twins([_row(number, cells) for number, cells in lines]))


def planned(
    rows: Sequence[Row], known: Mapping[str, Known], units: Mapping[str, int], reach: Reach
) -> tuple[Planned, ...]:
    """Return what becomes of each row beside the accounts and the units of today that are known by their codes."""
    return tuple(_planned(row, known.get(row.name), units, reach) for row in rows)


def _planned(row: Row, known: Known | None, units: Mapping[str, int], reach: Reach) -> Planned:
    if row.facts is None:
        return Planned(row, Outcome.REFUSED)
    unit_id = units.get(row.facts.unit_code)
    fault = _refusal(row.facts, known, unit_id, reach)
    if fault:
        return Planned(Row(row.number, row.name, None, (fault,)), Outcome.REFUSED)
    if known is None:
        return Planned(row, Outcome.ADDED, None, unit_id)
    same = (known.full_name, known.role, known.unit_id) == (row.facts.full_name, row.facts.role, unit_id)
    if known.id == reach.account_id and not same:
        own = Sentence("This is your own account; nobody changes that by a file.")
        return Planned(Row(row.number, row.name, None, (own,)), Outcome.REFUSED)
    return Planned(row, Outcome.UNCHANGED if same else Outcome.CHANGED, known.id, unit_id)


def _refusal(facts: Facts, known: Known | None, unit_id: int | None, reach: Reach) -> Sentence | None:
    if facts.unit_code and (unit_id is None or not reach.holds(unit_id)):
        return Sentence("There is no unit with the code {code} within your reach today.", {"code": facts.unit_code})
    if not facts.unit_code and reach.unit_id is not None:
        return Sentence("Please name the unit: rights in all units are given by somebody who has them.")
    if known is not None and not reach.holds(known.unit_id):
        return Sentence("This sign-in name is taken.")
    return None


def _without_twins(rows: Sequence[Row]) -> Iterator[Row]:
    seen: set[str] = set()
    for row in rows:
        is_twin = row.facts is not None and row.name in seen
        seen.add(row.name)
        twin = Sentence("An earlier row has the same sign-in name.")
        yield Row(row.number, row.name, None, (twin,)) if is_twin else row


def _row(number: int, cells: Mapping[str, Cell]) -> Row:
    name, full_name = words(cells.get("name")).lower(), words(cells.get("full_name"))
    role = ROLES.get(folded(words(cells.get("role"))).strip())
    faults = []
    if not NAME.fullmatch(name):
        faults.append(Sentence(NAME_WORDS))
    if not 0 < len(full_name) <= FULL_NAME_LETTERS:
        faults.append(Sentence("The full name must have 1 to 120 letters."))
    if role is None:
        faults.append(Sentence("There is no such role: {role}", {"role": words(cells.get("role"))[:60]}))
    if faults or role is None:
        return Row(number, name, None, tuple(faults))
    return Row(number, name, Facts(full_name, role, words(cells.get("unit"))))
