"""Form 02: own and appraised scores of the nine indices, the class, and the satisfaction beside them."""

from decimal import Decimal

from feedback_service.core.numbers import percent
from feedback_service.reports.export.papers.heading import Heading, Word, letterhead, made
from feedback_service.reports.queries.forms import NineForm
from feedback_service.reports.rules.documents import Document, Grid
from feedback_service.reports.rules.nine import BEST, COUNT, INDEX_NAMES, NINE, class_of, total_of

NINE_WIDTHS = (8, 52, 12, 12, 14, 30)
NINE_HEADS = ("Index by the form", "Name of the index", "Standard points", "Own score", "Appraised", "Remark")


def filled_nine(heading: Heading, form: NineForm, quarter: str) -> Document:
    """Return form 02: own and appraised scores side by side, the class, and the ratings on three levels."""
    word = heading.word
    known = [form.scores.get(number) for number in range(1, COUNT + 1)]
    own, appraised = [one.own if one else None for one in known], [one.appraised if one else None for one in known]
    rows = tuple(
        (number, word(INDEX_NAMES[number]), BEST, own[number - 1], appraised[number - 1], one.reason if one else "")
        for number, one in enumerate(known, start=1)
    )
    totals = (total_of(own), total_of(appraised))
    return Document(
        code=word("Form 02"),
        title=word("TABLE OF EVALUATION OF HANDLING PROCEDURES"),
        lines=(
            word("Agency: {unit}").format(unit=heading.unit),
            word("Time of evaluation: {quarter}").format(quarter=quarter),
            word("Ballots: {count}").format(count=form.levels.total),
        ),
        head=letterhead(heading),
        grid=Grid(
            groups=tuple(("", 1) for _ in NINE_HEADS),
            heads=tuple(word(head) for head in NINE_HEADS),
            marks=(),
            widths=NINE_WIDTHS,
            rows=rows,
            totals=(("", word("Sum"), BEST * COUNT, *totals, ""),),
        ),
        notes=(*_classes(word, totals), _levels(word, form)),
        signers=(word("COMPILED BY"), word("DIRECTOR")),
        sources_title=word("Sources of the figures"),
        sources=(
            (word("Rules"), f"{word(NINE.name)}, {NINE.source}; {word('to be verified')}"),
            (word("Own score"), word("Entered by the unit in the software")),
            (word("Appraised"), word("Entered by whoever appraised, with the reason")),
            (word("Level of satisfaction"), word("Ratings of the quarter on three levels")),
            *made(heading),
        ),
        is_wide=False,
    )


def _classes(word: Word, totals: tuple[Decimal | None, Decimal | None]) -> tuple[str, ...]:
    names = (word("Class by own score: {name}"), word("Class by appraisal: {name}"))
    return tuple(
        line.format(name=word("no figures") if total is None else word(class_of(total)))
        for line, total in zip(names, totals, strict=True)
    )


def _levels(word: Word, form: NineForm) -> str:
    counts = form.levels
    if not counts.is_enough:
        return word("Level of satisfaction: too few ratings on three levels in this quarter.")
    low, middle, high = (percent(count / counts.total) for count in counts.counts)
    line = word("Satisfaction: not satisfied {low}; satisfied {middle}; very satisfied {high} ({count} ballots)")
    return line.format(low=low, middle=middle, high=high, count=counts.total)
