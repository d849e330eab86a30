"""Filling the forms in words; an official paper is in Vietnamese whatever the reader speaks."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from sqlalchemy.orm import Session

from feedback_service.core.errors import Refused
from feedback_service.core.numbers import percent
from feedback_service.dossiers.rules import NUMBERS_OF_COLUMNS, checks
from feedback_service.reports.export.papers.balloted import MOST, filled_ballots
from feedback_service.reports.export.papers.compared import filled_compared
from feedback_service.reports.export.papers.heading import Heading, Word, letterhead, made, moment, period_lines, spoken
from feedback_service.reports.export.papers.received import filled_received
from feedback_service.reports.export.papers.summary import filled_summary
from feedback_service.reports.queries.ballots import ballots
from feedback_service.reports.queries.compared import compared_form
from feedback_service.reports.queries.forms import (
    DossierForm,
    NineForm,
    dossier_form,
    nine_form,
    received_form,
)
from feedback_service.reports.queries.indicators import indicators
from feedback_service.reports.queries.places import Places
from feedback_service.reports.rules.boundaries import BOUNDARY_NAMES
from feedback_service.reports.rules.forms import Document, FormKind, Grid, Value
from feedback_service.reports.rules.nine import BEST, COUNT, INDEX_NAMES, NINE, class_of, total_of
from feedback_service.reports.rules.periods import Choice, Kind, ReportPeriod

NO_QUARTER = "The nine indices are scored by calendar quarter. Please choose one."
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
NINE_WIDTHS = (8, 52, 12, 12, 14, 30)
NINE_HEADS = ("Index by the form", "Name of the index", "Standard points", "Own score", "Appraised", "Remark")


def filled(session: Session, within: Places, place: tuple[int, Choice], kind: FormKind, heading: Heading) -> Document:
    """Return a form of a unit and a period in words; raises Refused when it cannot be filled."""
    told = _filled(session, within, place, kind, heading)
    counted = (heading.word("Figures of the past"), heading.word(BOUNDARY_NAMES[within.boundaries]))
    return replace(told, sources=(*told.sources, counted))


def _filled(session: Session, within: Places, place: tuple[int, Choice], kind: FormKind, heading: Heading) -> Document:
    unit_id, period = place
    if kind is FormKind.DOSSIERS:
        return filled_dossiers(heading, dossier_form(session, within, unit_id, period.days))
    if kind is FormKind.BALLOTS:
        return filled_ballots(heading, ballots(session, within.below(unit_id), period.days, limit=MOST + 1))
    if kind is FormKind.RECEIVED:
        return filled_received(heading, received_form(session, within, unit_id, period.days, now=heading.made_at))
    if kind is FormKind.SUMMARY:
        spans = (period, period.before(), period.year_before())
        found = [indicators(session, within, unit_id, one.days, now=heading.made_at) for one in spans]
        return filled_summary(heading, period, found)
    if not isinstance(period, ReportPeriod) or period.kind is not Kind.QUARTER or period.is_cut:
        raise Refused(NO_QUARTER)
    if kind is FormKind.COMPARED:
        return filled_compared(heading, period, compared_form(session, within, unit_id, period))
    quarter = spoken(heading.word, period.name)
    return filled_nine(heading, nine_form(session, within, unit_id, period), quarter)


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
