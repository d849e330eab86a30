"""Which copies to keep, and how a copy is named: pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

NAME = re.compile(r"^\d{4}-\d{2}-\d{2}T\d{6}Z$")
SPELLING = "%Y-%m-%dT%H%M%SZ"
KEPT = 30
"""How many copies stay unless the office says otherwise: a month of nightly ones."""


@dataclass(frozen=True)
class Manifest:
    """What a copy holds: enough to tell later that it is whole and of which revision."""

    made_at: str
    engine: str
    revision: str
    files: dict[str, str]
    heads: dict[str, str]


def copy_name(moment: datetime) -> str:
    """Return the name of a copy made at `moment`, such as 2026-10-13T013000Z."""
    return moment.astimezone(UTC).strftime(SPELLING)


def copied_at(name: str) -> datetime:
    """Return the moment in the name of a copy; raises ValueError for any other name."""
    return datetime.strptime(name, SPELLING).replace(tzinfo=UTC)


def superfluous(names: Iterable[str], *, keep: int) -> tuple[str, ...]:
    """Return the oldest copies beyond the newest `keep`; what is not named as a copy is never among them."""
    copies = sorted(name for name in names if NAME.match(name))
    return tuple(copies[: max(len(copies) - max(keep, 1), 0)])
