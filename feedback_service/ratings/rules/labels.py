"""What is remarkable about a rating: pressed too quickly, one of a run, out of hours, on a tablet that was lost.

A label never removes a rating; only "lost" leaves it out of the figures, as long as the label is not lifted.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import groupby, pairwise

from feedback_service.units.rules import OpeningHours, is_open_at

LABEL_RULES = 1
"""The version of these rules; it stands with every label."""
PACE = timedelta(seconds=5)
RUN_STEP = timedelta(seconds=60)
RUN_LENGTH = 5


class Label(StrEnum):
    """Why a rating is marked (product K10, R7)."""

    PACE = "pace"
    RUN = "run"
    HOURS = "hours"
    LOST = "lost"


BY_RULES = (Label.PACE, Label.RUN, Label.HOURS)
"""Labels that the rules set and a person may lift; "lost" is set and lifted with its tablet."""
LABEL_NAMES: Mapping[Label, str] = {
    Label.PACE: "Within five seconds of the one before",
    Label.RUN: "One of five or more alike in quick succession",
    Label.HOURS: "Outside opening hours",
    Label.LOST: "Given while the tablet was lost",
}
"""Message ids of the labels."""


@dataclass(frozen=True)
class Press:
    """One rating as the labels see it: where it was given, when by a clock that is believed, which level."""

    rating_id: str
    kiosk_id: int | None
    unit_id: int
    answered_at: datetime
    level: int | None


def labelled(presses: Sequence[Press], hours: Mapping[int, tuple[OpeningHours, ...]]) -> frozenset[tuple[str, Label]]:
    """Return the labels of ratings from tablets, by their ids; the order in which they come does not matter."""
    found = {(one.rating_id, Label.HOURS) for one in presses if not is_open_at(hours[one.unit_id], one.answered_at)}
    in_order = sorted(presses, key=lambda one: (one.kiosk_id or 0, one.answered_at, one.rating_id))
    for _kiosk_id, own in groupby(in_order, key=lambda one: one.kiosk_id):
        given = list(own)
        found |= {(after.rating_id, Label.PACE) for before, after in pairwise(given) if _step(before, after) < PACE}
        found |= {(one.rating_id, Label.RUN) for run in _runs(given) if len(run) >= RUN_LENGTH for one in run}
    return frozenset(found)


def _runs(given: Sequence[Press]) -> Iterator[list[Press]]:
    run: list[Press] = []
    for one in given:
        if run and (one.level != run[-1].level or _step(run[-1], one) > RUN_STEP):
            yield run
            run = []
        run.append(one)
    yield run


def _step(before: Press, after: Press) -> timedelta:
    return after.answered_at - before.answered_at
