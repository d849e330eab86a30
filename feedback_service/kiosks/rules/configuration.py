"""What an office sets for its tablets: languages and paces for a unit, officers and questionnaires for a counter."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from feedback_service.core.canonical import canonical, digest
from feedback_service.core.errors import Fault, Refused
from feedback_service.units.rules import OpeningHours, is_open_at

DEFAULT_QUESTIONNAIRE = "kiosk-5"
PHOTO_ADDRESS = "/kiosk/photos/"
LANGUAGES = ("vi", "en", "bru", "pac")
MOST_SHIFTS = 20
IDLE_RANGE = range(15, 181)
"""WCAG 2.2.1: whoever reads slowly has 20 seconds more after it, again and again."""
WARNING_RANGE = range(10, 61)
THANKS_RANGE = range(2, 16)


@dataclass(frozen=True)
class Setting:
    """What holds for every tablet of a unit; the defaults hold where nobody has chosen, no photos then."""

    languages: tuple[str, ...] = ("vi", "en")
    idle_seconds: int = 30
    warning_seconds: int = 20
    thanks_seconds: int = 4
    is_photo_shown: bool = False


@dataclass(frozen=True)
class Shift:
    """Some hours of the week at a counter: who serves ("" for nobody named), and what is asked then ("" as always).

    `photo` names the picture of that officer, "" for none.
    """

    weekdays: tuple[int, ...]
    opens: str
    closes: str
    officer: str
    questionnaire: str
    photo: str = ""

    @property
    def key(self) -> str:
        """What tells it from every other shift of its counter."""
        return f"{','.join(map(str, self.weekdays))} {self.opens}"

    @property
    def hours(self) -> tuple[OpeningHours, ...]:
        """Its hours."""
        return (OpeningHours(self.weekdays, self.opens, self.closes),)

    def meets(self, other: "Shift") -> bool:
        """Say whether both hold at some moment of the week."""
        is_same_day = not set(self.weekdays).isdisjoint(other.weekdays)
        return is_same_day and self.opens < other.closes and other.opens < self.closes


@dataclass(frozen=True)
class Officer:
    """Somebody whom the shifts of a counter name; `photo` is the address of the picture, "" for none."""

    name: str
    photo: str

    @property
    def key(self) -> str:
        """What stands for the name in an address: no log shall hold the name."""
        return digest([self.name])[:16]


NO_SHIFT = Shift((), "", "", "", "")


def shift_at(shifts: Sequence[Shift], moment: datetime) -> Shift:
    """Return the shift that holds at a moment, NO_SHIFT when none does."""
    return next((shift for shift in shifts if is_open_at(shift.hours, moment)), NO_SHIFT)


def photo_address(shift: Shift) -> str:
    """Return where the picture of the officer on shift is found, "" for none."""
    return f"{PHOTO_ADDRESS}{shift.photo}" if shift.photo else ""


def officers_of(shifts: Sequence[Shift]) -> tuple[Officer, ...]:
    """Return whom the shifts of a counter name, each once, in the order of the week."""
    found = {shift.officer: Officer(shift.officer, photo_address(shift)) for shift in reversed(shifts) if shift.officer}
    return tuple(reversed(found.values()))


def with_photo(shifts: Sequence[Shift], officer: str, photo: str) -> tuple[Shift, ...]:
    """Return the roster with this picture ("" for none) in every shift of an officer."""
    return tuple(replace(shift, photo=photo) if shift.officer == officer else shift for shift in shifts)


def with_shift(shifts: Sequence[Shift], new: Shift) -> tuple[Shift, ...]:
    """Return the roster with one shift more, in the order of the week; raises Refused beside what must be mended.

    An officer who stands there already comes with the same photo.
    """
    if not new.weekdays:
        _refuse("weekdays", "Please tick at least one day.")
    if new.opens >= new.closes:
        _refuse("closes", "A shift must end after it begins.")
    if not new.officer and not new.questionnaire:
        _refuse("officer", "Please name an officer, or choose what is asked in this shift.")
    if any(new.meets(shift) for shift in shifts):
        _refuse("opens", "Another shift of this counter holds at this time.")
    if len(shifts) >= MOST_SHIFTS:
        _refuse("main", "A counter has at most twenty shifts.")
    photo = next((shift.photo for shift in shifts if shift.officer and shift.officer == new.officer), "")
    return tuple(sorted((*shifts, replace(new, photo=photo)), key=lambda shift: (shift.weekdays, shift.opens)))


def roster_text(shifts: Sequence[Shift]) -> str:
    """Return the one spelling under which a roster is kept."""
    return canonical([asdict(shift) for shift in shifts])


def shifts_from(text: str | None) -> tuple[Shift, ...]:
    """Return the shifts that a counter keeps as JSON, none when it keeps none."""
    return tuple(Shift(**{**kept, "weekdays": tuple(kept["weekdays"])}) for kept in json.loads(text or "[]"))


def _refuse(field: str, reason: str) -> None:
    raise Refused(reason, faults=(Fault(field, reason),) if field != "main" else ())
