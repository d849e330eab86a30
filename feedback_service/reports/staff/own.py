"""One's own figures: an officer sees them before the head does, and may say what is wrong with them."""

from dataclasses import dataclass, replace
from datetime import date

from flask import Response, flash, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.accounts import guard
from feedback_service.accounts import queries as accounts
from feedback_service.core.errors import Conflict, Fault
from feedback_service.core.period import local_day
from feedback_service.reports.forms import WordsForm
from feedback_service.reports.queries.officers import OfficerBoard, Review, officer_board, reviews
from feedback_service.reports.queries.places import Desk, desks
from feedback_service.reports.rules.officers import OfficerFigures, head_sees_on
from feedback_service.reports.rules.periods import Kind, ReportPeriod, containing
from feedback_service.reports.service.officers import Whose, reply, see_figures
from feedback_service.reports.staff.blueprint import staff
from feedback_service.reports.staff.quarters import Words, asked_quarter, quarters_to, words_of
from feedback_service.web import pages
from feedback_service.web.context import platform

PAGE = "/staff/reports/own"
NO_UNIT = "Your account belongs to no unit, so no shift names you."
NAMESAKES = "Another account of your unit has the same name. Ask the administrator to tell the names apart."
NOT_NAMED = "No shift of this quarter names you. Whoever keeps the shifts enters them under Tablets."
NOT_OVER = "This quarter is not over yet; its figures still change."


@dataclass(frozen=True)
class OwnPage:
    """The own figures of a quarter; `hindrance` says why there are none."""

    name: str
    quarter: ReportPeriod
    quarters: tuple[ReportPeriod, ...]
    is_over: bool
    open_on: date
    figures: OfficerFigures | None
    hindrance: str | None
    board: OfficerBoard | None
    review: Review | None
    words: Words
    form: WordsForm
    faults: tuple[Fault, ...] = ()


@staff.get(PAGE)
def own_figures() -> Response:
    """Show the own figures."""
    with platform().reading() as session:
        return pages.show("reports/own.html", _page(session, WordsForm(formdata=None)))


@staff.post(f"{PAGE}/seen")
def see_own() -> AnyResponse:
    """Note that the figures were seen; the head may see them from now on."""
    with platform().transaction() as session:
        page = _page(session, WordsForm(formdata=None))
        see_figures(session, _whose(page), by=guard.staff().actor, now=platform().now())
    flash("It is noted that you have seen your figures.")
    return _back(page)


@staff.post(f"{PAGE}/reply")
def reply_to_own() -> AnyResponse:
    """Keep what the officer says of the figures."""
    form = WordsForm()
    with platform().transaction() as session:
        page = _page(session, form)
        whose = _whose(page)
        if not form.validate():
            return pages.show("reports/own.html", replace(page, faults=form.faults()), 422)
        reply(session, whose, str(form.text.data), by=guard.staff().actor, now=platform().now())
    flash("Your words are kept, and your head reads them beside the figures.")
    return _back(page)


def _page(session: Session, form: WordsForm) -> OwnPage:
    person, today = guard.staff(), local_day(platform().now())
    newest = containing(today, Kind.QUARTER)
    quarter = asked_quarter(newest)
    hindrance, board, review = _hindrance(session, person), None, None
    counters: tuple[Desk, ...] = ()
    if person.unit_id is not None and hindrance is None:
        board = officer_board(session, person.unit_id, quarter.days, now=platform().now())
        review = reviews(session, person.unit_id, quarter).get(person.full_name)
        counters = desks(session, [person.unit_id])
    figures = next((one for one in board.officers if one.officer == person.full_name), None) if board else None
    if hindrance is None and figures is None:
        hindrance = NOT_NAMED
    return OwnPage(
        name=person.full_name,
        quarter=quarter,
        quarters=quarters_to(newest),
        is_over=quarter.days.last_on < today,
        open_on=head_sees_on(quarter.days.last_on, seen_on=local_day(review.seen_at) if review else None),
        figures=figures,
        hindrance=hindrance,
        board=board,
        review=review,
        words=words_of(counters),
        form=form,
    )


def _hindrance(session: Session, person: guard.Staff) -> str | None:
    if person.unit_id is None:
        return NO_UNIT
    known = accounts.accounts(session, [person.unit_id])
    return NAMESAKES if sum(one.is_active and one.full_name == person.full_name for one in known) > 1 else None


def _whose(page: OwnPage) -> Whose:
    unit_id = guard.staff().unit_id
    if page.figures is None or unit_id is None:
        raise Conflict(page.hindrance or NOT_NAMED)
    if not page.is_over:
        raise Conflict(NOT_OVER)
    return Whose(unit_id, page.name, page.quarter)


def _back(page: OwnPage) -> AnyResponse:
    return pages.seen_at(url_for("reports_staff.own_figures", period=page.quarter.key))
