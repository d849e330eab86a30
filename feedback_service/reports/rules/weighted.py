"""Satisfaction as one number from 0 to 100: the mean of the levels, beside the share of those satisfied."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

from feedback_service.core.words import Sentence
from feedback_service.reports.rules.indicators import Basis, Indicator, Term
from feedback_service.reports.rules.satisfaction import FACES, LEVEL_NAMES, LevelCounts, Scale, too_few, without

OWN = Basis(
    name="Satisfied share as in SIPAS 2023 to 2026",
    source="SIPAS, QĐ 1001/QĐ-BNV",
    version=1,
    valid_from=date(2023, 12, 11),
    valid_to=date(2026, 12, 31),
    is_unverified=True,
)
WEIGHTS: Mapping[Scale, tuple[int, ...]] = {Scale.THREE: (0, 50, 100), Scale.FIVE: (0, 25, 50, 75, 100)}
"""What each level weighs, the lowest first: equal steps from 0 to 100."""


def weighted(counts: LevelCounts) -> Indicator:
    """Return the mean of the levels from 0 to 100."""
    lines = zip(_names(counts.scale), counts.counts, WEIGHTS[counts.scale], strict=True)
    found = Indicator(
        key="score",
        name="Weighted score, 0 to 100",
        terms=tuple(Term(name, count, Fraction(weight)) for name, count, weight in lines),
        whole=counts.total,
        rule="Mean of the levels: the lowest counts 0, the highest 100, in equal steps",
        origin="Ratings of the period",
        basis=OWN,
        scale=1,
    )
    return _if_enough(found, counts)


def satisfied(counts: LevelCounts) -> Indicator:
    """Return the share of those satisfied: the two best of five levels, or of three."""
    found = Indicator(
        key="satisfied",
        name="Satisfied",
        terms=(Term("Satisfied and very satisfied", counts.satisfied),),
        whole=counts.total,
        rule="Satisfied and very satisfied together, divided by all; neutral is not satisfied",
        origin="Ratings of the period",
        basis=OWN,
    )
    return _if_enough(found, counts)


def unmarked(counts: LevelCounts, marked: LevelCounts) -> Indicator | None:
    """Return the satisfied share without marked ratings; held back for a small group, None where none is marked."""
    if not marked.total or not counts.is_enough:
        return None
    rest = without(counts, marked)
    found = satisfied(rest or counts)
    why = Sentence("{marked} marked ratings: too few to show the figures without them.", {"marked": marked.total})
    found = replace(found, key="unmarked", name="Satisfied, without marked ratings")
    return found if rest else replace(found, terms=(), whole=None, withheld=why)


def _if_enough(found: Indicator, counts: LevelCounts) -> Indicator:
    """Hold the value of too few ratings back, as the board does (domain 5.3)."""
    if counts.is_enough:
        return found
    return replace(found, terms=(), withheld=too_few(counts) if counts.total else None)


def _names(scale: Scale) -> tuple[str, ...]:
    return tuple(LEVEL_NAMES[FACES[scale][level]] for level in range(1, scale + 1))
