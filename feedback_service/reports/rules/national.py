"""Group 5 of the national index: satisfaction with answers to reports and with procedures, 18 points."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from feedback_service.core.words import Sentence
from feedback_service.reports.rules.indicators import Basis, Indicator, Term

NATIONAL = Basis(
    name="National index, group 5",
    source="QĐ 766/QĐ-TTg",
    version=1,
    valid_from=date(2022, 6, 23),
    valid_to=None,
    is_unverified=True,
)
"""The conversion into points is read for 5.4 only; for 5.2 and 5.3 it is linear and to be verified (domain)."""
MOST = 6
FULL_FROM = Fraction(9, 10)
LINEAR = "The share times 6 points; this conversion is to be verified"


@dataclass(frozen=True)
class Reports:
    """Reports and proposals received in a period; each is counted once.

    `classed` are those on regulations or conduct; `unhappy` those answered to dissatisfaction, reported again or late.
    """

    received: int
    classed: int
    on_time: int
    in_time: int
    unhappy: int


def group_five(
    reports: Reports, *, dossiers: int | None, overdue: int | None, objected: int | Sentence | None
) -> tuple[Indicator, ...]:
    """Return 5.1 to 5.4; `objected` are dossiers with a report or a dislike, None where nobody can tell.

    A sentence says why their number is held back.
    """
    withheld = objected if isinstance(objected, Sentence) else None
    last = _dossiers(dossiers, overdue, None if isinstance(objected, Sentence) else objected)
    return (_classed(reports), _progress(reports), _answers(reports), replace(last, withheld=withheld))


def points_of(indicators: Sequence[Indicator]) -> Fraction | None:
    """Return the points of the group out of 18, None where one of them has no figures."""
    given = [one.points for one in indicators if one.most]
    known = [points for points in given if points is not None]
    return sum(known, Fraction(0)) if len(known) == len(given) else None


def _classed(reports: Reports) -> Indicator:
    return Indicator(
        key="5.1",
        name="Reports on regulations or on the conduct of officials",
        terms=_terms(reports, Term("On regulations or on conduct", reports.classed)),
        whole=reports.received,
        rule="Reports of these two classes divided by all that were received; watched, without points",
        origin="Suggestion box: reports and proposals received in the period",
        basis=NATIONAL,
        decimals=2,
    )


def _progress(reports: Reports) -> Indicator:
    terms = (Term("Answered on time", reports.on_time), Term("In hand and in time", reports.in_time))
    share = Fraction(reports.on_time + reports.in_time, reports.received) if reports.received else None
    return Indicator(
        key="5.2",
        name="Progress of answers to reports",
        terms=_terms(reports, *terms),
        whole=reports.received,
        rule=LINEAR,
        origin="Suggestion box: reports and proposals received in the period",
        basis=NATIONAL,
        decimals=2,
        most=MOST,
        points=None if share is None else share * MOST,
    )


def _answers(reports: Reports) -> Indicator:
    terms = (
        Term("All that were received", reports.received),
        Term("Dissatisfied, reported again or overdue", reports.unhappy, Fraction(-1)),
    )
    share = Fraction(reports.received - reports.unhappy, reports.received) if reports.received else None
    return Indicator(
        key="5.3",
        name="Satisfaction with answers to reports",
        terms=_terms(reports, *terms),
        whole=reports.received,
        rule=LINEAR,
        origin="Suggestion box: reports and proposals received in the period",
        basis=NATIONAL,
        decimals=2,
        most=MOST,
        points=None if share is None else share * MOST,
    )


def _dossiers(dossiers: int | None, overdue: int | None, objected: int | None) -> Indicator:
    terms: tuple[Term, ...] = ()
    if dossiers and overdue is not None and objected is not None:
        terms = (
            Term("All dossiers", dossiers),
            Term("Overdue dossiers", overdue, Fraction(-1)),
            Term("With a report or a dislike", objected, Fraction(-1)),
        )
    found = Indicator(
        key="5.4",
        name="Satisfaction with how procedures are handled",
        terms=terms,
        whole=dossiers,
        rule="100% less the overdue and the objected; 6 points from 90% on, below that the share times 6 / 90%",
        origin="Dossier figures (II.06a), and ratings with a dossier code that were dissatisfied",
        basis=NATIONAL,
        decimals=2,
        most=MOST,
    )
    if found.share is None:
        return found
    share = max(found.share, Fraction(0))
    points = Fraction(MOST) if share >= FULL_FROM else share * MOST / FULL_FROM
    return replace(found, points=points)


def _terms(reports: Reports, *terms: Term) -> tuple[Term, ...]:
    return terms if reports.received else ()
