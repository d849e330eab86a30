"""The nine indices of how procedures are handled: 18 points, the class of a unit, the score of an officer."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from feedback_service.reports.rules.indicators import Basis, Indicator, Term
from feedback_service.reports.rules.satisfaction import ENOUGH as ENOUGH_BALLOTS
from feedback_service.reports.rules.satisfaction import PROTECTING, too_few_of

NINE = Basis(
    name="Nine indices, 18 points",
    source="NĐ 61/2018/NĐ-CP, TT 01/2018/TT-VPCP",
    version=1,
    valid_from=date(2018, 6, 21),
    valid_to=None,
    is_unverified=True,
)
"""NĐ 118/2025 replaced NĐ 61/2018; whether the nine indices still apply is to be verified (domain)."""
COUNT, BEST = 9, 2
INDEX_NAMES: Mapping[int, str] = {
    1: "Total time of handling against the time allowed",
    2: "Time of each agency that takes part",
    3: "How often the applicant had to come back to complete the dossier",
    4: "How many agencies had to be contacted",
    5: "Receiving, handling and returning at the one-stop shop",
    6: "Publishing the procedures",
    7: "Attitude of officials",
    8: "Taking up and explaining reports and proposals",
    9: "Progress and quality of online services",
}
"""Message ids of the indices."""
CLASSES: tuple[tuple[Decimal, str], ...] = (
    (Decimal(15), "Excellent"),
    (Decimal(12), "Good"),
    (Decimal(9), "Fair"),
    (Decimal(6), "Average"),
    (Decimal(0), "Weak"),
)
"""The least points of each class (a message id): exactly 15.00 is excellent, exactly 12.00 is good."""
OFFICER_INDICES = (1, 2, 3, 4, 7)
ASKED = (1, 2, 3, 4, 6, 7)
"""Indices that a ballot holds; the unit itself scores the others."""
OFFICER_BANDS: tuple[tuple[Decimal, str], ...] = (
    (Decimal(5), "100% of the task"),
    (Decimal("3.5"), "70% to less than 100% of the task"),
    (Decimal(0), "less than 70% of the task"),
)
"""The least points of each band (a message id); the last one is to be verified (domain 1.1)."""
FILLED = (1, 2)
BY_DAYS = "Ballots of dossiers, filled in by the days of the dossier, without suspicious ones"
BY_CITIZENS = "Ballots on the nine indices, without suspicious ones"
FULL, ENOUGH = Fraction(1), Fraction(9, 10)


def class_of(total: Decimal) -> str:
    """Return the class of a unit by its total of 0 to 18 points, as printed with two places."""
    return next(name for least, name in CLASSES if total >= least)


def to_next_class(total: Decimal) -> tuple[str, Decimal] | None:
    """Return the class above and how many points are missing to it, None for the highest one."""
    above = [(least, name) for least, name in CLASSES if least > total]
    return (above[-1][1], above[-1][0] - total) if above else None


def officer_band(points: Sequence[Decimal | None]) -> tuple[Decimal, str] | None:
    """Return the sum of indices 1, 2, 3, 4 and 7 and its band, None where one of them is not known."""
    known = [points[index - 1] for index in OFFICER_INDICES]
    if any(one is None for one in known):
        return None
    total = sum((one for one in known if one is not None), Decimal(0))
    return total, next(name for least, name in OFFICER_BANDS if total >= least)


def total_of(points: Sequence[Decimal | None]) -> Decimal | None:
    """Return the sum of nine means as they are printed, None where one of them is not known."""
    known = [one for one in points if one is not None]
    return sum(known, Decimal(0)) if len(known) == COUNT else None


def ranks(totals: Sequence[Decimal | None]) -> tuple[int | None, ...]:
    """Return the rank of each total, the highest first; equal totals share one, what is not known has none."""
    return tuple(
        None if one is None else 1 + sum(other > one for other in totals if other is not None) for one in totals
    )


def time_index(early: int | None, on_time: int | None, late: int | None) -> Indicator:
    """Return index 1: 2 points for a dossier before time, 1 on time, 0 late; the mean of all that were resolved."""
    told = (early, on_time, late)
    counts = tuple(number for number in told if number is not None)
    is_known = len(counts) == len(told)
    lines = (("Resolved before time", 2), ("Resolved on time", 1), ("Resolved late", 0))
    terms = tuple(Term(label, n, Fraction(points)) for (label, points), n in zip(lines, counts, strict=is_known))
    return Indicator(
        key="nine-1",
        name=INDEX_NAMES[1],
        terms=terms if is_known else (),
        whole=sum(counts) if is_known else None,
        rule="Mean points of the dossiers that were resolved",
        origin="Dossier figures, columns 8, 9 and 10 of form II.06a",
        basis=NINE,
        scale=1,
        decimals=2,
        most=BEST,
    )


def asked_index(number: int, points: Mapping[str, int], *, is_held: bool = False) -> Indicator:
    """Return index 1, 2, 3, 4, 6 or 7 as ballots answer it: the mean of their points, held back for too few of them.

    `points` tells how often 0, 1 and 2 were given; indices 1 and 2 are filled in by the days of the dossier. `is_held`
    tells that they would give the ballots of a smaller unit away.
    """
    counts = [points.get(str(given), 0) for given in range(BEST, -1, -1)]
    terms = tuple(
        Term(label, count, Fraction(given))
        for label, count, given in zip(("Two points", "One point", "No point"), counts, (2, 1, 0), strict=True)
    )
    total = sum(counts)
    return Indicator(
        key=f"nine-{number}",
        name=INDEX_NAMES[number],
        terms=terms if total >= ENOUGH_BALLOTS and not is_held else (),
        whole=total or None,
        rule="Mean points of the ballots that answer it",
        origin=BY_DAYS if number in FILLED else BY_CITIZENS,
        basis=NINE,
        scale=1,
        decimals=2,
        most=BEST,
        withheld=too_few_of(total) if 0 < total < ENOUGH_BALLOTS else PROTECTING if is_held else None,
    )


def answers_index(on_time: int, answered: int) -> Indicator:
    """Return index 8: 2 points without reports or with all answered on time, 1 from 90 % on, else 0."""
    share = Fraction(on_time, answered) if answered else FULL
    points = BEST if share == FULL else 1 if share >= ENOUGH else 0
    return Indicator(
        key="nine-8",
        name=INDEX_NAMES[8],
        terms=(Term("Reports and proposals answered on time", on_time),) if answered else (),
        whole=answered,
        rule="2 points without any or with all on time, 1 point from 90% on, else 0",
        origin="Suggestion box: reports and proposals received in the period, but for those in hand and in time",
        basis=NINE,
        most=BEST,
        points=Fraction(points),
    )
