"""Whether a page of its own would give a smaller group away: its line is held back beside its neighbours."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from feedback_service.reports.queries import tallies
from feedback_service.reports.queries.places import Places
from feedback_service.reports.queries.procedures import by_procedure
from feedback_service.reports.queries.slices import Slice
from feedback_service.reports.queries.tallies import Versions
from feedback_service.reports.rules.disclosure import hidden_of
from feedback_service.reports.rules.satisfaction import LevelCounts, Scale, added

Side = tuple[str, int | str]
"""What tells groups side by side apart: a unit below, a counter, a procedure, a tier, a channel."""
Groups = Mapping[Side, LevelCounts]


@dataclass(frozen=True)
class Neighbours:
    """Reads what stands beside a page: `known` are the versions that it counts, `every` those of each questionnaire."""

    session: Session
    within: Places
    unit_id: int
    known: Versions
    every: Versions
    scale: Scale

    def hide(self, wanted: Slice) -> bool:
        """Say whether the counts of `wanted` must be held back, as a unit or by one of its filters."""
        return any(_is_hidden(side, groups) for side, groups in (*self._above(wanted), *self._beside(wanted)))

    def total(self, wanted: Slice) -> LevelCounts:
        """Return the counts of `wanted`, of nothing where they must be held back."""
        none = LevelCounts.none(self.scale)
        return none if self.hide(wanted) else tallies.total(self.session, wanted, self.known, self.scale)

    def _above(self, wanted: Slice) -> Iterator[tuple[Side, Groups]]:
        """Yield the unit, and each unit above it, beside those that the reader sees next to it."""
        current = self.within.by_id[self.unit_id]
        while (above := self.within.by_id.get(current.parent_id or 0)) is not None:
            wider = replace(wanted, unit_ids=self.within.below(above.id), counter_id=None)
            yield ("unit", current.id), self._places(above.id, wider)
            current = above

    def _beside(self, wanted: Slice) -> Iterator[tuple[Side, Groups]]:
        """Yield each filter that is chosen beside what else could be."""
        session, asked = self.session, (self.known, self.scale)
        if wanted.counter_id is not None:
            yield ("counter", wanted.counter_id), self._places(self.unit_id, replace(wanted, counter_id=None))
        if wanted.procedure_id is not None:
            wider = replace(wanted, procedure_id=None)
            found = {one: of.counts for one, of in by_procedure(session, wider, *asked).items()}
            rest = tallies.total(session, wider, *asked) - added(self.scale, found.values())
            yield ("procedure", wanted.procedure_id), {**_named("procedure", found), ("procedure", ""): rest}
        if wanted.tier is not None:
            tiers = tallies.by_tier(session, replace(wanted, tier=None), *asked)
            yield ("tier", wanted.tier), _named("tier", tiers)
        if wanted.channel is not None:
            channels = tallies.by_channel(session, replace(wanted, channel=None), *asked)
            yield ("channel", wanted.channel), _named("channel", channels)
        if len(self.every) > len(self.known):
            mine = tallies.total(session, wanted, *asked)
            rest = tallies.total(session, wanted, self.every, self.scale) - mine
            yield ("asked", 0), {("asked", 0): mine, ("asked", 1): rest}

    def _places(self, unit_id: int, wanted: Slice) -> Groups:
        """Return the counters of a unit and the units just below it, as its board shows them."""
        found = tallies.by_place(self.session, wanted, self.known, self.scale)
        groups: dict[Side, LevelCounts] = {
            ("counter", counter_id): counts for (place, counter_id), counts in found.items() if place == unit_id
        }
        for child in self.within.children(unit_id):
            ids = self.within.below(child.id)
            parts = (counts for (place, _counter), counts in found.items() if place in ids)
            groups["unit", child.id] = added(self.scale, parts)
        return groups


def _named(kind: str, groups: Mapping[int, LevelCounts] | Mapping[str, LevelCounts]) -> dict[Side, LevelCounts]:
    named: dict[Side, LevelCounts] = {}
    for name, counts in groups.items():
        named[kind, name] = counts
    return named


def _is_hidden(side: Side, groups: Groups) -> bool:
    names = list(groups)
    return side in {names[place] for place in hidden_of([groups[name] for name in names])}
