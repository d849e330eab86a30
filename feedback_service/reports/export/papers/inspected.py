"""The table of inspections: which units were looked at, what was found, mended, and is due until when."""

from collections.abc import Sequence

from feedback_service.core.errors import Refused
from feedback_service.core.numbers import percent, spelled
from feedback_service.reports.export.papers.heading import Heading, Word, letterhead, made, period_lines
from feedback_service.reports.queries.inspections import InspectionRow
from feedback_service.reports.rules.documents import Document, Grid, Value

NOTHING = "No inspection was entered for this period; there is nothing to fill the form with."
HEADS = (
    *("Line number", "Unit that was inspected", "Kind of unit by the form", "Day of the inspection"),
    *("Decision, team", "What was looked at", "Problems found", "Mended already", "Due by the form", "Remark"),
)
WIDTHS = (5, 24, 13, 13, 24, 26, 30, 10, 13, 18)


def filled_inspections(heading: Heading, rows: Sequence[InspectionRow], units: int) -> Document:
    """Return the table of inspections, of `units` units in all; raises Refused when there is none."""
    word = heading.word
    if not rows:
        raise Refused(NOTHING)
    lines = tuple(_row(word, number, one) for number, one in enumerate(rows, start=1))
    found, mended = sum(one.told.found for one in rows), sum(one.told.mended for one in rows)
    return Document(
        code=word("Table of inspections"),
        title=word("RESULTS OF INSPECTING ADMINISTRATIVE REFORM AT {unit}").format(unit=heading.unit.upper()),
        lines=(*period_lines(heading), *_sums(word, rows, units)),
        head=letterhead(heading),
        grid=Grid(
            groups=tuple(("", 1) for _ in HEADS),
            heads=tuple(word(head) for head in HEADS),
            marks=(),
            widths=WIDTHS,
            rows=lines,
            totals=((None, word("GRAND TOTAL"), "", "", "", "", found, mended, "", ""),),
        ),
        notes=(word("“Problems found” begins with their number."),),
        signers=(word("COMPILED BY"), word("DIRECTOR")),
        sources_title=word("Sources of the figures"),
        sources=(
            (word("Figures"), word("Inspections entered by the office in the software")),
            (word("Units in all"), word("Units below the reporting one that stood at the end of the period")),
            (word("Layout"), f"{word('Decision 1769 of Dong Ha, 2017')}; {word('to be verified')}"),
            *made(heading),
        ),
        is_wide=True,
    )


def _sums(word: Word, rows: Sequence[InspectionRow], units: int) -> tuple[str, ...]:
    inspected = len({one.told.unit_id for one in rows})
    found, mended = sum(one.told.found for one in rows), sum(one.told.mended for one in rows)
    of_units = word("Units inspected: {part} of {whole} ({share})")
    of_problems = word("Problems found: {found}; mended: {mended}; being mended: {left}")
    return (
        of_units.format(part=spelled(inspected), whole=spelled(units), share=percent(inspected / units)),
        of_problems.format(found=spelled(found), mended=spelled(mended), left=spelled(found - mended)),
    )


def _row(word: Word, number: int, one: InspectionRow) -> tuple[Value, ...]:
    told = one.told
    return (
        number,
        one.unit_name,
        word(one.kind_name),
        f"{told.inspected_on:%d/%m/%Y}",
        told.decision,
        "; ".join(word(name) for name in told.subject_names),
        f"{told.found}: {told.problems}" if told.problems else str(told.found),
        told.mended,
        f"{told.due_on:%d/%m/%Y}" if told.due_on else "",
        told.note,
    )
