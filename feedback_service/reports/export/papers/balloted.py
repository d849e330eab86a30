"""Form 01: the ballots of a quarter one by one, their means, the class of the officials and the satisfaction."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from feedback_service.core.errors import Refused
from feedback_service.reports.export.papers.heading import Heading, Word, letterhead, made, period_lines
from feedback_service.reports.queries.ballots import LEVELS, Ballot
from feedback_service.reports.rules.documents import Document, Grid, Value
from feedback_service.reports.rules.nine import ASKED, COUNT, NINE, officer_band

MOST = 1000
"""Ballots of one paper: with more of them nobody reads it, and a text document takes minutes."""
NO_BALLOTS = "No ballot on the nine indices was given in this period; there is nothing to fill the form with."
TOO_MANY = "There are more than 1,000 ballots in this period. Please choose a shorter one, or export the ratings."
SATISFACTION = ("Not satisfied by the form", "Satisfied by the form", "Very satisfied by the form")
WIDTHS = (5, 14, *(8,) * len(ASKED), 14, 18, 10, 10, 10)
HUNDREDTH = Decimal("0.01")


def filled_ballots(heading: Heading, given: Sequence[Ballot]) -> Document:
    """Return form 01; raises Refused without ballots, and with more than fit a paper."""
    word = heading.word
    if not given:
        raise Refused(NO_BALLOTS)
    if len(given) > MOST:
        raise Refused(TOO_MANY)
    rows = tuple(_row(word, number, one) for number, one in enumerate(given, start=1))
    return Document(
        code=word("Form 01"),
        title=word("SUMMARY OF INDICES, CLASSES OF OFFICIALS AND SATISFACTION BY BALLOTS"),
        lines=(*period_lines(heading), word("Ballots: {count}").format(count=len(given))),
        head=letterhead(heading),
        grid=_grid(word, rows, given),
        notes=(
            word("A ballot holds no code of a dossier: they are numbered, in an order that tells no day or counter."),
            word("An empty cell: the ballot does not tell it."),
        ),
        signers=(word("COMPILED BY"), word("DIRECTOR")),
        sources_title=word("Sources of the figures"),
        sources=(
            (word("Rules"), f"{word(NINE.name)}, {NINE.source}; {word('to be verified')}"),
            (word("Indices 1 and 2"), word("From the days of the dossier, where the one-stop software told them")),
            (word("Indices 3, 4, 6 and 7"), word("Answers of citizens on the ballot of nine indices")),
            (word("Level of satisfaction"), word("Answers of citizens to the question on the service as a whole")),
            *made(heading),
        ),
        is_wide=True,
    )


def _grid(word: Word, rows: tuple[tuple[Value, ...], ...], given: Sequence[Ballot]) -> Grid:
    heads = (
        *(word("Line number"), word("Dossier by the form")),
        *(word("Index {number}").format(number=number) for number in ASKED),
        word("Sum of points of the official (columns 1+2+3+4+7)"),
        word("Class of how the task is fulfilled"),
        *(word(level) for level in SATISFACTION),
    )
    return Grid(
        groups=tuple(("", 1) for _ in heads),
        heads=heads,
        marks=(),
        widths=WIDTHS,
        rows=rows,
        totals=_totals(word, given),
    )


def _row(word: Word, number: int, one: Ballot) -> tuple[Value, ...]:
    band = officer_band(_officer(one))
    points, name = (int(band[0]), word(band[1])) if band else (None, "")
    return (
        number,
        word("Ballot {number}").format(number=number),
        *(one.points.get(index) for index in ASKED),
        points,
        name,
        *(1 if one.level == level else None for level in range(1, LEVELS + 1)),
    )


def _totals(word: Word, given: Sequence[Ballot]) -> tuple[tuple[Value, ...], ...]:
    told = [[one.points[index] for one in given if index in one.points] for index in ASKED]
    means = [_share(sum(one), len(one)) for one in told]
    by_index = dict(zip(ASKED, means, strict=True))
    band = officer_band([by_index.get(index) for index in range(1, COUNT + 1)])
    officers = [found[0] for found in (officer_band(_officer(one)) for one in given) if found]
    levels = [sum(one.level == level for one in given) for level in range(1, LEVELS + 1)]
    shares = [_share(count * 100, sum(levels)) for count in levels]
    blank: tuple[Value, ...] = (None,) * len(ASKED)
    sums = (int(sum(officers)) if officers else None, None)
    return (
        (None, word("Sum by the form"), *(sum(one) if one else None for one in told), *sums, *levels),
        (
            None,
            word("Mean points of the index"),
            *means,
            *((band[0], word(band[1])) if band else (None, "")),
            *blank[:3],
        ),
        (None, word("Share of satisfaction (%)"), *blank, None, None, *shares),
    )


def _officer(one: Ballot) -> list[Decimal | None]:
    return [Decimal(one.points[index]) if index in one.points else None for index in range(1, COUNT + 1)]


def _share(part: int, whole: int) -> Decimal | None:
    return (Decimal(part) / whole).quantize(HUNDREDTH, ROUND_HALF_UP) if whole else None
