"""What the filters and forms of the desk offer: kinds, places, ways, people, units."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from feedback_service.accounts import guard
from feedback_service.accounts import queries as accounts
from feedback_service.accounts.rules.roles import Role
from feedback_service.core.period import Period, month_of, quarter_of, year_of
from feedback_service.suggestions.rules.hands import Sight
from feedback_service.suggestions.rules.kinds import CHANNEL_NAMES, KIND_NAMES, Channel, Kind
from feedback_service.units import queries as units

MINE = "me"
"""The value that stands for whoever is signed in."""


TIMES: Mapping[str, tuple[str, Callable[[date], Period]]] = {
    "month": ("This month", month_of),
    "month-before": ("Last month", lambda today: month_of(today).before()),
    "quarter": ("This quarter", quarter_of),
    "year": ("This year", year_of),
    "year-before": ("Last year", lambda today: year_of(today).before()),
}
"""When a suggestion came, as the filter offers it: the message id of its name, and the days."""


@dataclass(frozen=True)
class Choice:
    """One line of a list; `label` is a message id where it is one of ours, else a name."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Lists:
    """What the filters of the queue offer."""

    kinds: tuple[Choice, ...]
    places: tuple[Choice, ...]
    channels: tuple[Choice, ...]
    times: tuple[Choice, ...]
    people: tuple[Choice, ...]


def sight() -> frozenset[int]:
    """Return what whoever is signed in may see: a handling officer reads of colleagues only what is given to him."""
    person = guard.staff()
    return Sight(person.scope, person.id) if person.role is Role.HANDLER else person.scope


def lists(session: Session, person: guard.Staff, asked: Mapping[str, str], today: date) -> Lists:
    """Return what the filters offer to somebody, with what is chosen."""
    return Lists(
        kinds=_choices([(kind.value, KIND_NAMES[kind]) for kind in Kind], asked["kind"]),
        places=_choices(_places(session, person, today), asked["place"]),
        channels=_choices([(channel.value, CHANNEL_NAMES[channel]) for channel in Channel], asked["channel"]),
        times=_choices([(value, name) for value, (name, _days) in TIMES.items()], asked["when"]),
        people=_choices(people(session, person), asked["whose"]),
    )


def people(session: Session, person: guard.Staff) -> list[tuple[str, str]]:
    """Return the officers within reach who may be given a suggestion, in the order of their names."""
    found = accounts.accounts(session, person.scope)
    return [(str(row.id), row.full_name) for row in found if row.is_active]


def standing_units(session: Session, today: date) -> list[tuple[str, str]]:
    """Return every unit that stands today: a suggestion may be handed to any of them."""
    everywhere = units.reach(session, None)
    return [(str(row.id), row.name) for row in units.units(session, on=today, scope=everywhere)]


def _places(session: Session, person: guard.Staff, today: date) -> list[tuple[str, str]]:
    standing = units.units(session, on=today, scope=person.scope)
    places = [(f"unit:{unit.id}", unit.name) for unit in standing] if len(standing) > 1 else []
    own = [] if person.unit_id is None else [person.unit_id]
    named = ((row, ", ".join(part for part in (row.name, row.field) if part)) for row in units.counters(session, own))
    return [*places, *((f"counter:{row.id}", name) for row, name in named)]


def _choices(pairs: list[tuple[str, str]], chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(value, label, value == chosen) for value, label in pairs)
