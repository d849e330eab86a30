"""All figures of a period beside those of the period before and of a year before: the annex of a reform report."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from feedback_service.core.errors import Refused
from feedback_service.core.numbers import spelled
from feedback_service.reports.export.papers.heading import Heading, Word, letterhead, made, period_lines, spoken
from feedback_service.reports.queries.indicators import Indicators
from feedback_service.reports.rules.documents import Document, Grid, Value
from feedback_service.reports.rules.indicators import Indicator
from feedback_service.reports.rules.periods import Choice

NOTHING = "Nothing was measured or reported in this period; there is nothing to fill the form with."
HEADS = (
    "Line number",
    "Figure",
    "This period",
    "Period before it",
    "Same period a year before",
    "Numerator / denominator",
)
WIDTHS = (5, 48, 18, 18, 19, 20)


def filled_summary(heading: Heading, period: Choice, found: Sequence[Indicators]) -> Document:
    """Return the figures of a period, the period before and a year before; raises Refused when it has none."""
    word = heading.word
    columns = [{one.key: one for one in _all(period_found)} for period_found in found]
    now = tuple(columns[0].values())
    if not any(one.share is not None for one in now):
        raise Refused(NOTHING)
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (number, word(one.name), *(_value(word, other.get(one.key)) for other in columns), _fraction(one))
        for number, one in enumerate(now, start=1)
    )
    rules = sorted({f"{word(one.basis.name)}, {word(one.basis.source)}" for one in now})
    return Document(
        code=word("Annex of figures"),
        title=word("FIGURES FOR THE REPORT ON ADMINISTRATIVE REFORM, {period}").format(
            period=spoken(word, period.name).upper()
        ),
        lines=period_lines(heading),
        head=letterhead(heading),
        grid=Grid(
            groups=tuple(("", 1) for _ in HEADS),
            heads=tuple(word(head) for head in HEADS),
            marks=(),
            widths=WIDTHS,
            rows=rows,
            totals=(),
        ),
        notes=_notes(word, found[0]),
        signers=(word("COMPILED BY"), word("DIRECTOR")),
        sources_title=word("Sources of the figures"),
        sources=(
            *((word(one.name), f"{word(one.origin)}. {word(one.rule)}") for one in now),
            (word("Rules"), f"{'; '.join(rules)}; {word('to be verified')}"),
            *made(heading),
        ),
        is_wide=True,
    )


def compared(
    word: Word, found: Sequence[Indicators], chosen: Callable[[Indicators], Sequence[Indicator]]
) -> Iterator[dict[str, str]]:
    """Yield some figures in words, of this period, the period before it and a year before."""
    now, before, year = ({one.key: one for one in chosen(period)} for period in found)
    for key, one in now.items():
        yield {
            "name": word(one.name),
            "fraction": _fraction(one),
            "now": _value(word, one),
            "before": _value(word, before.get(key)),
            "year": _value(word, year.get(key)),
        }


def _all(one: Indicators) -> tuple[Indicator, ...]:
    return (*one.on_time, *one.satisfaction, *one.national)


def _value(word: Word, one: Indicator | None) -> str:
    if one is None:
        return word("no figures")
    if one.withheld:
        return word("too few figures")
    if one.rounded is None:
        return word("no figures")
    told = spelled(one.rounded, decimals=one.decimals)
    return f"{told}%" if one.is_percentage else told


def _fraction(one: Indicator) -> str:
    if one.share is None or one.whole is None or one.withheld:
        return ""
    part: Fraction = one.part
    whole = spelled(one.whole)
    return (
        f"{spelled(part.numerator)} / {whole}"
        if part.denominator == 1
        else f"{spelled(float(part), decimals=2)} / {whole}"
    )


def _notes(word: Word, found: Indicators) -> tuple[str, ...]:
    notes = [word("“No figures” is not 0%: nobody measured or reported it.")]
    if found.others:
        told = word("{others} ratings on another scale are left out: shares of different scales cannot be compared.")
        notes.append(told.format(others=spelled(found.others)))
    return tuple(notes)
