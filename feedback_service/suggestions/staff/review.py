"""The monthly review: everything hidden and everything rated with one star is looked at, with a record (M6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Response, flash, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.accounts import guard
from feedback_service.accounts import queries as accounts
from feedback_service.core.errors import NotFound
from feedback_service.core.period import day_of, local_day, month_of
from feedback_service.suggestions import queries, service
from feedback_service.suggestions.forms.desk import ReviewForm
from feedback_service.suggestions.queries.desk import Reviewed
from feedback_service.suggestions.rules.hands import Hand
from feedback_service.suggestions.service import Decision, Verdict
from feedback_service.suggestions.staff.blueprint import staff
from feedback_service.suggestions.staff.offers import sight
from feedback_service.web import pages
from feedback_service.web.context import platform

PAGE = "/staff/suggestions/review"
VERDICT_NAMES: Mapping[Verdict, str] = {
    Verdict.RIGHT: "Rightly so",
    Verdict.TO_IMPROVE: "To be improved",
    Verdict.SHOWN_AGAIN: "To be shown again",
    Verdict.REOPENED: "To be reopened",
}
"""Message ids of the names as people read them."""


@dataclass(frozen=True)
class ReviewLine:
    """One item: why it is looked at, and what was decided by whom."""

    reviewed: Reviewed
    by: str

    @property
    def verdict_name(self) -> str:
        """The message id of what was decided, empty while nothing is."""
        return VERDICT_NAMES[Verdict(self.reviewed.verdict)] if self.reviewed.verdict else ""


@dataclass(frozen=True)
class ReviewPage:
    """The review of one month; `later` is absent for the newest one."""

    month: date
    earlier: date
    later: date | None
    lines: tuple[ReviewLine, ...]
    done: int
    verdicts: tuple[tuple[str, str], ...]


@staff.get("/staff/suggestions/review")
def review() -> Response:
    """Show what the review of a month looks at, the month before this one unless another is asked for."""
    today = local_day(platform().now())
    month = _month(request.args.get("month", "")) or month_of(today).before().first_on
    with platform().reading() as session:
        lines = _lines(session, month, today)
    following = month_of(month).last_on + timedelta(days=1)
    page = ReviewPage(
        month=month,
        earlier=month_of(month).before().first_on,
        later=following if following <= today else None,
        lines=lines,
        done=sum(line.reviewed.verdict is not None for line in lines),
        verdicts=tuple((verdict.value, name) for verdict, name in VERDICT_NAMES.items()),
    )
    return pages.show("suggestions/desk/review.html", page)


@staff.post("/staff/suggestions/review/<month_text>/<int:suggestion_id>")
def keep_verdict(month_text: str, suggestion_id: int) -> AnyResponse:
    """Keep what was decided about one item."""
    person, running, month = guard.staff(), platform(), _month(month_text)
    if month is None or month > local_day(running.now()):
        raise NotFound("There is no such month.")
    form = ReviewForm()
    form.verdict.choices = [(verdict.value, verdict.value) for verdict in Verdict]
    if not form.validate():
        flash("Please choose what was decided.", "soon")
        return pages.seen_at(f"{PAGE}?month={month_text}")
    decision = Decision(month, Verdict(form.verdict.data), form.note.data or "")
    with running.transaction() as session:
        hand = Hand.officer(person.id, sight())
        service.review(session, suggestion_id, by=hand, decision=decision, now=running.now())
    flash("The decision is kept.")
    return pages.seen_at(f"{PAGE}?month={month_text}#item-{suggestion_id}")


def _lines(session: Session, month: date, today: date) -> tuple[ReviewLine, ...]:
    found = queries.to_review(session, month, scope=sight(), today=today)
    names = accounts.full_names(session, {one.account_id for one in found if one.account_id})
    return tuple(ReviewLine(one, names.get(one.account_id or 0, "")) for one in found)


def _month(text: str) -> date | None:
    try:
        return day_of(f"{text}-01")
    except ValueError:
        return None
