"""The paper box: what its minutes hold, and how what was counted agrees with what was typed in (product S7)."""

from collections.abc import Mapping
from dataclasses import dataclass

from feedback_service.core.text import one_line
from feedback_service.suggestions.rules.kinds import Kind

FEWEST_PEOPLE = 2
MOST_PEOPLE = 12
MOST_SLIPS = 2000
NAME_LETTERS = 120


@dataclass(frozen=True)
class Person:
    """Somebody who was there when a box was opened."""

    name: str
    position: str


@dataclass(frozen=True)
class Figures:
    """What was counted when a box was opened, and what was typed in since, by kind."""

    slips: int
    blank: int
    legal: int
    typed: Mapping[Kind, int]

    @property
    def typed_count(self) -> int:
        """How many slips were typed in."""
        return sum(self.typed.values())

    @property
    def left(self) -> int:
        """How many slips are still to be typed in; negative when more were typed in than counted."""
        return self.slips - self.blank - self.legal - self.typed_count


def people_of(text: str) -> tuple[Person, ...]:
    """Return who is named in a text of one person a line: the name, then after a comma or a dash the position."""
    found = []
    for line in text.splitlines():
        plain = one_line(line)
        if plain:
            cut = next((plain.find(mark) for mark in (",", " - ", " – ", ";") if mark in plain), -1)
            name, position = (plain[:cut], plain[cut:]) if cut > 0 else (plain, "")
            found.append(Person(name.strip(), position.strip(" ,;-–")))
    return tuple(found)


def lines_of(people: tuple[Person, ...]) -> str:
    """Return people as they are typed, one a line."""
    return "\n".join(f"{one.name}, {one.position}" if one.position else one.name for one in people)
