"""What is known of a unit, whatever it is known from."""

from dataclasses import dataclass
from datetime import date

BY_ID = "id:"
"""What stands before the id of a unit where a code is asked for: some old units have none."""


@dataclass(frozen=True)
class UnitFacts:
    """What is known of a unit before it has an id here."""

    code: str | None
    identifier: str | None
    name: str
    kind: str
    parent_id: int | None
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True)
class Known:
    """A unit that is known here."""

    id: int
    facts: UnitFacts

    def bears(self, code: str) -> bool:
        """Whether a code of the Statistics Office, an identifier (QĐ 20/2020) or id:12 names it."""
        return bool(code) and code in (self.facts.code, self.facts.identifier, f"{BY_ID}{self.id}")
