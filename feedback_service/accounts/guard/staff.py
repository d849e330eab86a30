"""Who is signed in, as far as a request needs to know."""

from dataclasses import dataclass
from typing import cast

from flask import g

from feedback_service.accounts.rules.roles import ROLE_NAMES, Role


@dataclass(frozen=True)
class Staff:
    """Somebody who is signed in; `scope` holds the ids of every unit within reach, past and present."""

    id: int
    name: str
    full_name: str
    role: Role
    unit_id: int | None
    scope: frozenset[int]
    session_id: int
    must_change: bool = False

    @property
    def role_name(self) -> str:
        """The message id of the role's name."""
        return ROLE_NAMES[self.role]

    @property
    def actor(self) -> str:
        """How the ledger names this person."""
        return f"staff:{self.id}"


def staff() -> Staff:
    """Return who is signed in; only within a staff route, where there is always somebody."""
    return cast("Staff", g.staff)
