"""The three on-time rates that are in use, side by side, so that nobody has to guess which one is meant."""

from collections.abc import Mapping
from datetime import date

from feedback_service.dossiers.rules import LABELS
from feedback_service.dossiers.rules.rates import WAYS
from feedback_service.reports.rules.indicators import Basis, Indicator, Term

ORIGIN = "Dossier figures that cover the period without a gap"
BASES: Mapping[str, Basis] = {
    "A": Basis("On time, way A: the city's own", "Article of the city, 2018", 1, date(2017, 1, 1), None, False),
    "B": Basis("On time, way B: of what was resolved", "TT 01/2020/TT-VPCP", 1, date(2020, 10, 21), None, True),
    "C": Basis("On time, way C: with what is in hand", "QĐ 766/QĐ-TTg, 2.1", 1, date(2022, 6, 23), None, True),
}
"""What each way stands on (domain 5.2)."""


def on_time(told: Mapping[str, int | None]) -> tuple[Indicator, ...]:
    """Return the rates A, B and C of the columns of form II.06a; without figures they have no value."""
    return tuple(
        Indicator(
            key=way.letter,
            name=BASES[way.letter].name,
            terms=_terms(told, way.parts),
            whole=told.get(way.whole),
            rule=way.rule,
            origin=ORIGIN,
            basis=BASES[way.letter],
        )
        for way in WAYS
    )


def _terms(told: Mapping[str, int | None], parts: tuple[str, ...]) -> tuple[Term, ...]:
    counts = [(LABELS[part], told.get(part)) for part in parts]
    known = [Term(label, count) for label, count in counts if count is not None]
    return tuple(known) if len(known) == len(counts) else ()
