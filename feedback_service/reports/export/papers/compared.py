"""Form 03: units side by side, with their indices, classes, ranks and satisfaction."""

from collections.abc import Sequence
from decimal import Decimal

from feedback_service.core.errors import Refused
from feedback_service.reports.export.papers.heading import Heading, Word, letterhead, made, period_lines
from feedback_service.reports.queries.compared import ComparedLine
from feedback_service.reports.queries.scores import Score
from feedback_service.reports.rules.documents import Document, Grid, Value
from feedback_service.reports.rules.nine import COUNT, NINE, class_of, ranks, total_of
from feedback_service.reports.rules.periods import ROMAN, ReportPeriod

NO_SCORES = "No unit was given scores of the nine indices in this quarter; there is nothing to fill the form with."
LEVELS = ("Not satisfied by the form", "Satisfied by the form", "Very satisfied by the form")
WIDTHS = (5, 26, 8, *(7,) * COUNT, 9, 12, 8, *(9,) * 3)
HUNDREDTH = Decimal("0.01")


def filled_compared(heading: Heading, quarter: ReportPeriod, lines: Sequence[ComparedLine]) -> Document:
    """Return form 03 of a quarter; raises Refused when no unit was given scores."""
    word = heading.word
    if not lines:
        raise Refused(NO_SCORES)
    points = [[_points(line.scores.get(number)) for number in range(1, COUNT + 1)] for line in lines]
    totals = [total_of(one) for one in points]
    rows = tuple(
        _row(word, number, line, points[number - 1], (totals[number - 1], rank))
        for number, (line, rank) in enumerate(zip(lines, ranks(totals), strict=True), start=1)
    )
    own = [line.unit.name for line in lines if any(_is_own(score) for score in line.scores.values())]
    return Document(
        code=word("Form 03"),
        title=word("SUMMARY OF INDICES, SATISFACTION AND CLASSES, QUARTER {roman} / {year}").format(
            roman=ROMAN[quarter.number - 1], year=quarter.year
        ),
        lines=period_lines(heading),
        head=letterhead(heading),
        grid=_grid(word, rows),
        notes=_notes(word, own),
        signers=(word("COMPILED BY"), word("DIRECTOR")),
        sources_title=word("Sources of the figures"),
        sources=(
            (word("Rules"), f"{word(NINE.name)}, {NINE.source}; {word('to be verified')}"),
            (word("Index by the form"), word("Appraised points; where none were given, those of the unit itself")),
            (word("Level of satisfaction"), word("Ratings of the quarter on three levels")),
            *made(heading),
        ),
        is_wide=True,
    )


def _grid(word: Word, rows: tuple[tuple[Value, ...], ...]) -> Grid:
    heads = (
        *(word(head) for head in ("Line number", "Name of the agency", "Number of ballots")),
        *(word("Index {number}").format(number=number) for number in range(1, COUNT + 1)),
        *(word(head) for head in ("Sum of points", "Class by the form", "Rank", *LEVELS)),
    )
    single = (("", 1),) * (len(heads) - len(LEVELS))
    groups = (*single, (word("Satisfaction (%)"), len(LEVELS)))
    return Grid(groups=groups, heads=heads, marks=(), widths=WIDTHS, rows=rows, totals=())


def _row(
    word: Word,
    number: int,
    line: ComparedLine,
    points: Sequence[Decimal | None],
    result: tuple[Decimal | None, int | None],
) -> tuple[Value, ...]:
    total, rank = result
    counts = line.ratings.counts
    shares: tuple[Value, ...] = (None,) * 3
    if line.ratings.is_shown:
        shares = tuple((Decimal(one) * 100 / counts.total).quantize(HUNDREDTH) for one in counts.counts)
    name = word(class_of(total)) if total is not None else word("no figures")
    return (number, line.unit.name, counts.total, *points, total, name, rank, *shares)


def _points(score: Score | None) -> Decimal | None:
    if score is None:
        return None
    return score.own if score.appraised is None else score.appraised


def _is_own(score: Score) -> bool:
    return score.appraised is None and score.own is not None


def _notes(word: Word, own: Sequence[str]) -> tuple[str, ...]:
    found = [word("An empty cell: there are too few ratings, or nothing was given.")]
    if own:
        found.append(word("Not appraised yet, with points of its own: {units}").format(units=", ".join(own)))
    return tuple(found)
