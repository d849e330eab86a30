"""Form II.06a: how procedures were handled, by field, with its check sums."""

from collections.abc import Mapping

from feedback_service.core.errors import Refused
from feedback_service.dossiers.rules import NUMBERS_OF_COLUMNS, checks
from feedback_service.reports.export.papers.heading import Heading, Word, letterhead, made, moment, period_lines
from feedback_service.reports.queries.forms import DossierForm
from feedback_service.reports.rules.documents import Document, Grid, Value

NO_FIGURES = "No dossier figures cover this period; there is nothing to fill the form with."
GROUPS = (("", 1), ("", 1), ("Received by the form", 4), ("Resolved by the form", 4), ("In hand by the form", 3))
HEADS = (
    *("Line number", "Field, work by level"),
    *("Total by the form", "Online", "In person, by post", "Period before"),
    *("Total by the form", "Before time", "In time", "Late"),
    *("Total by the form", "Within time", "Late"),
)
SUMS = {3: "(3)=(4)+(5)+(6)", 7: "(7)=(8)+(9)+(10)", 11: "(11)=(12)+(13)"}
DOSSIER_WIDTHS = (5, 30, *(11,) * 11)


def filled_dossiers(heading: Heading, form: DossierForm) -> Document:
    """Return form II.06a; raises Refused when no figures cover the days."""
    word = heading.word
    if form.total is None:
        raise Refused(NO_FIGURES)
    rows = tuple(_line(number, row.field, row.numbers) for number, row in enumerate(form.fields, start=1))
    grid = Grid(
        groups=tuple((word(title) if title else "", span) for title, span in GROUPS),
        heads=tuple(word(head) for head in HEADS),
        marks=tuple(SUMS.get(number, f"({number})") for number in range(1, 14)),
        widths=DOSSIER_WIDTHS,
        rows=rows,
        totals=(_line(None, word("GRAND TOTAL"), form.total),),
    )
    return Document(
        code=word("Form II.06a/VPCP/KSTT"),
        title=word("SITUATION AND RESULTS OF HANDLING PROCEDURES AT {unit}").format(unit=heading.unit.upper()),
        lines=(*period_lines(heading), word("Unit of count: dossiers")),
        head=letterhead(heading),
        grid=grid,
        notes=(word("An empty cell: the source does not tell it."),),
        signers=(word("COMPILED BY"), word("DIRECTOR")),
        sources_title=word("Sources of the figures"),
        sources=(*_told(heading, form), *_sums(word, form.total), *made(heading)),
        is_wide=True,
    )


def _told(heading: Heading, form: DossierForm) -> tuple[tuple[str, str], ...]:
    whole = heading.word("All fields")
    told = [(row.field or whole, f"{row.source or '–'} ({moment(row.recorded_at)})") for row in form.fields]
    if form.total_row:
        told.append((whole, f"{form.total_row.source or '–'} ({moment(form.total_row.recorded_at)})"))
    else:
        told.append((whole, heading.word("Added from the reports of shorter periods or of the units below")))
    return tuple(told)


def _line(number: int | None, name: str, told: Mapping[str, int | None]) -> tuple[Value, ...]:
    return (number, name, *(told[column] for column in NUMBERS_OF_COLUMNS))


def _sums(word: Word, told: Mapping[str, int | None]) -> tuple[tuple[str, str], ...]:
    known = [check for check in checks(told) if check.is_known]
    wrong = [word(check.sentence) for check in known if check.is_wrong]
    return ((word("Check sums"), "; ".join(wrong) if wrong else word("all that are told add up")),)
