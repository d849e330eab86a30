"""Figures of officers for the responsible head: by name in the order of the alphabet, never ranked, never public."""

from dataclasses import dataclass, replace
from datetime import date

from flask import Response, flash, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.accounts import guard
from feedback_service.core.errors import Conflict, Fault, NotFound
from feedback_service.core.period import local_day
from feedback_service.core.text import order_key
from feedback_service.kiosks.rules import Officer
from feedback_service.reports.export.officers import officers_csv
from feedback_service.reports.forms import CorrectionForm, WordsForm, correction_form
from feedback_service.reports.queries.officers import OfficerBoard, Review, officer_board, reviews
from feedback_service.reports.queries.places import Place, desks
from feedback_service.reports.rules.officers import OfficerFigures, head_sees_on
from feedback_service.reports.rules.periods import Kind, ReportPeriod, last_complete
from feedback_service.reports.service.officers import Whose, answer_reply, correct_shift, take_officers
from feedback_service.reports.staff.blueprint import staff
from feedback_service.reports.staff.filters import asked_unit, reach
from feedback_service.reports.staff.quarters import Words, asked_quarter, quarters_to, words_of
from feedback_service.web import pages
from feedback_service.web.context import platform, request_id

PAGE = "/staff/reports/officers"
NOBODY_NAMED = "Nobody named, or more than one"


@dataclass(frozen=True)
class Line:
    """An officer of the list: the figures, absent before the head may see them, and what was said of them."""

    name: str
    key: str
    figures: OfficerFigures | None
    open_on: date
    review: Review | None


@dataclass(frozen=True)
class OfficersPage:
    """The officers of a unit in a quarter, the quarters to choose from, and the form for who really served."""

    unit: Place
    quarter: ReportPeriod
    quarters: tuple[ReportPeriod, ...]
    board: OfficerBoard
    lines: tuple[Line, ...]
    words: Words
    form: CorrectionForm
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class OfficerPage:
    """The figures of one officer, and the answer to what was said of them."""

    unit: Place
    quarter: ReportPeriod
    line: Line
    board: OfficerBoard
    words: Words
    form: WordsForm
    faults: tuple[Fault, ...] = ()


@staff.get(PAGE)
def officers() -> Response:
    """Show the officers of a unit whose figures the head may see."""
    with platform().reading() as session:
        return pages.show("reports/officers.html", _page(session))


@staff.post(f"{PAGE}/corrections")
def correct_service() -> AnyResponse:
    """Keep who really served in some hours."""
    now = platform().now()
    with platform().transaction() as session:
        page = _page(session, is_empty=False)
        if not page.form.validate():
            return pages.show("reports/officers.html", replace(page, faults=page.form.faults()), 422)
        correct_shift(session, page.unit.id, page.form.correction(by=guard.staff().actor, now=now))
    flash("The figures follow the correction now.")
    return pages.seen_at(_address(page.unit, page.quarter))


@staff.post(f"{PAGE}.csv")
def take_figures() -> Response:
    """Note that the head takes the figures of the officers out, and send them."""
    with platform().transaction() as session:
        page = _page(session)
        whose = (page.unit.id, page.quarter)
        take_officers(session, request_id(), whose, by=guard.staff().actor, now=platform().now())
    words = platform().translations
    lines = ((line.name, line.figures) for line in page.lines)
    content = officers_csv(lines, lambda message: words.word(message, "vi"))
    name = f"officers-{page.unit.code or page.unit.id}-{page.quarter.key}.csv"
    return pages.attachment(content, file_name=name, media_type="text/csv; charset=utf-8")


@staff.get(f"{PAGE}/<key>")
def officer(key: str) -> Response:
    """Show the figures of one officer."""
    with platform().reading() as session:
        page = _page(session)
        return pages.show("reports/officer.html", _one(page, key, WordsForm(formdata=None)))


@staff.post(f"{PAGE}/<key>/answer")
def answer_officer(key: str) -> AnyResponse:
    """Answer what an officer said of the own figures."""
    form, now = WordsForm(), platform().now()
    with platform().transaction() as session:
        page = _page(session)
        found = _one(page, key, form)
        if not form.validate():
            return pages.show("reports/officer.html", _one(page, key, form, form.faults()), 422)
        whose = Whose(page.unit.id, found.line.name, page.quarter)
        answer_reply(session, whose, str(form.text.data), by=guard.staff().actor, now=now)
    flash("Your answer is kept, and the officer reads it beside the figures.")
    return pages.seen_at(_address(page.unit, page.quarter))


def _page(session: Session, *, is_empty: bool = True) -> OfficersPage:
    today = local_day(platform().now())
    newest = last_complete(today, Kind.QUARTER)
    quarter = asked_quarter(newest)
    if quarter.days.last_on >= today:
        raise NotFound("The head sees the figures of officers when the quarter is over.")
    unit = asked_unit(session, reach(session))
    counters = desks(session, [unit.id])
    board, said = (
        officer_board(session, unit.id, quarter.days, now=platform().now()),
        reviews(session, unit.id, quarter),
    )
    form = correction_form(
        [(str(desk.id), desk.name) for desk in counters],
        [*((name, name) for name in board.named), ("-", platform().translations.word(NOBODY_NAMED, "vi"))],
        (quarter.days.first_on, quarter.days.last_on),
        is_empty=is_empty,
    )
    lines = [_line(one, quarter, said.get(one.officer), today) for one in board.officers]
    lines.sort(key=lambda line: order_key(line.name))
    return OfficersPage(unit, quarter, quarters_to(newest), board, tuple(lines), words_of(counters), form)


def _line(found: OfficerFigures, quarter: ReportPeriod, review: Review | None, today: date) -> Line:
    seen_on = local_day(review.seen_at) if review else None
    open_on = head_sees_on(quarter.days.last_on, seen_on=seen_on)
    return Line(found.officer, Officer(found.officer, "").key, found if today >= open_on else None, open_on, review)


def _one(page: OfficersPage, key: str, form: WordsForm, faults: tuple[Fault, ...] = ()) -> OfficerPage:
    line = next((one for one in page.lines if one.key == key), None)
    if line is None:
        raise NotFound("There are no figures of such an officer in this quarter.")
    if line.figures is None:
        raise Conflict("The officer looks at the figures first; you see them a week after the quarter at the latest.")
    return OfficerPage(page.unit, page.quarter, line, page.board, page.words, form, faults)


def _address(unit: Place, quarter: ReportPeriod) -> str:
    return url_for("reports_staff.officers", unit=unit.id, period=quarter.key)
