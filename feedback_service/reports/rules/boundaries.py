"""Old figures and today's map: what a unit that has ended belongs to, and when that cannot be said."""

from collections.abc import Mapping
from enum import StrEnum


class Boundaries(StrEnum):
    """Whose figures a report counts: those of each unit as it was then, or those of today's area."""

    THEN = "then"
    NOW = "now"


BOUNDARY_NAMES: Mapping[Boundaries, str] = {
    Boundaries.THEN: "By the units of that time",
    Boundaries.NOW: "By today's boundaries",
}
"""Message ids of whose figures are counted."""


def parents_now(parents: Mapping[int, int | None], heirs: Mapping[int, frozenset[int]]) -> dict[int, int | None]:
    """Return above every unit the one that it stands below by today's boundaries, None where nothing holds it.

    A unit that others followed goes to the smallest unit that holds all of them: a ward that merged to its heir, a city
    that was divided between two wards to their province and to neither ward. Figures are moved whole or not at all.
    """
    found: dict[int, int | None] = {}

    def place(unit_id: int, on_the_way: tuple[int, ...]) -> int | None:
        if unit_id not in found:
            way = (*on_the_way, unit_id)
            followers = [one for one in sorted(heirs.get(unit_id, ())) if one not in way]
            chains = [chain(one, way) for one in followers]
            shared = [one for one in chains[0] if all(one in other for other in chains)] if chains else []
            found[unit_id] = (shared[0] if shared else None) if chains else parents.get(unit_id)
        return found[unit_id]

    def chain(unit_id: int, on_the_way: tuple[int, ...]) -> tuple[int, ...]:
        upward: list[int] = []
        current: int | None = unit_id
        while current is not None and current not in upward:
            upward.append(current)
            current = place(current, on_the_way)
        return tuple(upward)

    for unit_id in parents:
        place(unit_id, ())
    return found
