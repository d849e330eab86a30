"""The report on administrative reform: its parts, written where the service knows figures, left open elsewhere."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from feedback_service.core.numbers import percent, spelled
from feedback_service.reports.export.papers.heading import Heading, Word, spoken
from feedback_service.reports.export.papers.summary import compared, filled_summary
from feedback_service.reports.queries.cases import Received
from feedback_service.reports.queries.indicators import Indicators
from feedback_service.reports.queries.inspections import InspectionRow
from feedback_service.reports.rules.documents import Document, Part
from feedback_service.reports.rules.periods import Choice

OPEN = "(The office writes this part.)"
BEFORE = ("II.1. Reform of institutions",)
AFTER = (
    *("II.3. Reform of organisation", "II.4. Reform of the civil service", "II.5. Reform of public finance"),
    *("II.6. Electronic and digital government", "III. General assessment: results, limits, causes"),
    *("IV. Directions and tasks",),
)
"""Parts of which the service knows nothing (domain 5.1, number 6)."""

_NUMBERS = ("received", "on_time", "late", "in_time", "overdue")


@dataclass(frozen=True)
class Done:
    """What else was done in the period: reports and proposals, inspections, and how many units there are to inspect."""

    received: Received
    inspections: Sequence[InspectionRow]
    units: int


def filled_reform(heading: Heading, period: Choice, found: Sequence[Indicators], done: Done) -> Document:
    """Return the report of a period; raises Refused when nothing was measured in it."""
    word = heading.word
    annex = filled_summary(heading, period, found)
    title = word("REPORT ON THE RESULTS OF ADMINISTRATIVE REFORM, {period}")
    return replace(
        annex,
        code=word("No. {number}").format(number="……/BC-UBND"),
        title=title.format(period=spoken(word, period.name).upper().replace(" ", "\u00a0")),
        parts=(
            Part(word("I. Direction and management"), tuple(_inspected(word, done))),
            *(Part(word(one), (word(OPEN),)) for one in BEFORE),
            Part(word("II.2. Reform of procedures"), tuple(_procedures(word, found, done.received))),
            *(Part(word(one), (word(OPEN),)) for one in AFTER),
        ),
        table_title=word("Annex: figures of this period, the period before and a year before"),
        sources=(
            (word("I. Direction and management"), word("Inspections entered by the office in the software")),
            (word("II.2. Reform of procedures"), word("The figures of the annex; suggestions kept in the software")),
            (word("The other parts"), word("Nothing in the software: the office writes them")),
            (word("Layout"), f"{word('Parts of a report on administrative reform')}; {word('to be verified')}"),
            *annex.sources,
        ),
        is_wide=False,
        sheet_name=word("Text of the report"),
    )


def _inspected(word: Word, done: Done) -> Iterator[str]:
    if not done.inspections:
        yield word("No inspection was entered for this period.")
    else:
        part = len({one.told.unit_id for one in done.inspections})
        found = sum(one.told.found for one in done.inspections)
        mended = sum(one.told.mended for one in done.inspections)
        yield word("Units inspected: {part} of {whole} ({share})").format(
            part=spelled(part), whole=spelled(done.units), share=percent(part / done.units)
        )
        yield word("Problems found: {found}; mended: {mended}; being mended: {left}").format(
            found=spelled(found), mended=spelled(mended), left=spelled(found - mended)
        )
    yield word(OPEN)


def _procedures(word: Word, found: Sequence[Indicators], received: Received) -> Iterator[str]:
    told = word("{name}: {now} ({fraction}); period before it: {before}; a year before: {year}")
    for one in compared(word, found, lambda period: (*period.on_time, *period.satisfaction)):
        yield told.format(**one) if one["fraction"] else f"{one['name']}: {one['now']}"
    answered = word(
        "Reports and proposals of citizens: {received} received; {on_time} answered on time, {late} late; "
        "{in_time} in hand within their time, {overdue} overdue"
    )
    yield answered.format(**{name: spelled(getattr(received, name)) for name in _NUMBERS})
