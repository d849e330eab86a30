"""Reports and proposals of a period by unit, class and state, as local rules such as 78/2025/QĐ-UBND ask for."""

from feedback_service.reports.export.papers.heading import Heading, letterhead, made, period_lines
from feedback_service.reports.queries.forms import ReceivedForm
from feedback_service.reports.rules.documents import Document, Grid, Value

GROUPS = (
    *(("", 1), ("", 1), ("", 1), ("", 1)),
    *(("Answered by the form", 2), ("Being handled by the form", 2)),
    *(("", 1), ("", 1), ("", 1), ("", 1)),
)
HEADS = (
    *("Line number", "Unit", "Field by the form", "Received by the report"),
    *("In time", "Late", "Within time", "Late"),
    *("Refused by the form", "Closed otherwise", "Hidden and watched", "Dissatisfied with the answer"),
)
MARKS = ("(1)", "(2)", "(3)", "(4)=(5)+...+(10)", *(f"({number})" for number in range(5, 13)))
WIDTHS = (5, 28, 20, *(10,) * 9)
TOPICS = {
    "regulation": "Regulations, policies, procedures",
    "conduct": "Conduct of officials",
    "other": "Other matters",
}


def filled_received(heading: Heading, form: ReceivedForm) -> Document:
    """Return the report on what was received in a period and what became of it."""
    word = heading.word
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (number, unit, word(TOPICS[one.topic]), *one.numbers) for number, (unit, one) in enumerate(form.lines, start=1)
    )
    return Document(
        code=word("Report on reports and proposals"),
        title=word("RECEIVING AND HANDLING REPORTS AND PROPOSALS AT {unit}").format(unit=heading.unit.upper()),
        lines=period_lines(heading),
        head=letterhead(heading),
        grid=Grid(
            groups=tuple((word(title) if title else "", span) for title, span in GROUPS),
            heads=tuple(word(head) for head in HEADS),
            marks=MARKS,
            widths=WIDTHS,
            rows=rows,
            totals=((None, word("GRAND TOTAL"), "", *form.total.numbers),),
        ),
        notes=(word("Columns 11 and 12 are counted in the columns before as well."),),
        signers=(word("COMPILED BY"), word("DIRECTOR")),
        sources_title=word("Sources of the figures"),
        sources=(
            (word("Figures"), word("Suggestion box: reports and proposals received in the period")),
            (word("Not counted"), word("Ideas and praise, and what was merged with another report")),
            (word("Within time or late"), word("By the due day of each, at the end of the period or today")),
            (word("Layout"), f"{word('Decision 78/2025 of Bac Ninh')}; {word('to be verified')}"),
            *made(heading),
        ),
        is_wide=True,
    )
