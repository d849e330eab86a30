"""The queue of the desk: views, filters, search, saved views."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from flask import Response, flash, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.accounts import guard
from feedback_service.core.errors import DomainError
from feedback_service.core.period import local_day, month_of
from feedback_service.suggestions import queries, service
from feedback_service.suggestions.queries import VIEW_NAMES, Filters, Mark, Row, View
from feedback_service.suggestions.queries.queue import MOST_COUNTED
from feedback_service.suggestions.rules.hands import Hand
from feedback_service.suggestions.rules.kinds import Channel, Kind
from feedback_service.suggestions.staff import undo
from feedback_service.suggestions.staff.blueprint import staff
from feedback_service.suggestions.staff.offers import MINE, TIMES, Lists, lists, sight
from feedback_service.web import pages
from feedback_service.web.context import platform

PAGE = "/staff/suggestions"
NAMES = ("view", "q", "kind", "place", "channel", "when", "whose")
"""The filters as they stand in the address."""
Value = TypeVar("Value", bound=StrEnum)


@dataclass(frozen=True)
class Tab:
    """One view; `count` is None where nobody counts, `view_id` names one that an officer has saved."""

    address: str
    label: str
    count: int | None
    is_here: bool
    is_urgent: bool = False
    view_id: int | None = None

    @property
    def is_many(self) -> bool:
        """Whether there are more than are counted."""
        return self.count is not None and self.count >= MOST_COUNTED


@dataclass(frozen=True)
class QueuePage:
    """The queue as it is shown; `nearest` is the next thing to do where a view is empty."""

    view: View
    title: str
    sought: str
    tabs: tuple[Tab, ...]
    own_tabs: tuple[Tab, ...]
    lists: Lists
    rows: tuple[Row, ...]
    next_address: str
    kept: tuple[tuple[str, str], ...]
    is_filtered: bool
    is_mine: bool
    nearest: Row | None
    undo_count: int
    review_left: int
    """Items of last month's review that are still to be looked at, for those who decide about them."""


@staff.get("/staff/suggestions")
def queue() -> Response:
    """Show the queue."""
    asked = {name: request.args.get(name, "") for name in NAMES}
    with platform().reading() as session:
        page = _page(session, asked, _mark(request.args.get("after", "")))
    return pages.show("suggestions/desk/queue.html", page)


@staff.post("/staff/suggestions/views")
def save_view() -> AnyResponse:
    """Keep the filters that are chosen under a name."""
    person = guard.staff()
    kept = _address_of(request.form)
    try:
        with platform().transaction() as session:
            hand = Hand.officer(person.id, sight())
            service.save_view(session, by=hand, name=request.form.get("name", ""), filters=kept)
        flash("The view is saved.")
    except DomainError as refusal:
        flash(refusal.message, "soon")
    return pages.seen_at(f"{PAGE}?{kept}")


@staff.post("/staff/suggestions/views/<int:view_id>/removal")
def forget_view(view_id: int) -> AnyResponse:
    """Delete a saved view."""
    person = guard.staff()
    with platform().transaction() as session:
        service.forget_view(session, view_id, by=Hand.officer(person.id, sight()))
    flash("The view is deleted.")
    return pages.seen_at(PAGE)


def filters_of(asked: Mapping[str, str], today: date) -> Filters:
    """Return the filters that an address names; what it does not know is left out."""
    person = guard.staff()
    place, _, place_id = asked.get("place", "").partition(":")
    whose, (_name, days) = asked.get("whose", ""), TIMES.get(asked.get("when", ""), ("", None))
    return Filters(
        scope=sight(),
        view=_one_of(View, asked.get("view", "")) or View.TO_DO,
        sought=asked.get("q", "")[:200],
        kind=_one_of(Kind, asked.get("kind", "")),
        unit_id=number(place_id) if place == "unit" else None,
        counter_id=number(place_id) if place == "counter" else None,
        channel=_one_of(Channel, asked.get("channel", "")),
        handler_id=person.id if whose == MINE else number(whose),
        period=days(today) if days else None,
    )


def number(text: str) -> int | None:
    """Return a whole number that somebody wrote into an address, None for anything else."""
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 10 else None


def _page(session: Session, asked: Mapping[str, str], after: Mark | None) -> QueuePage:
    person, now = guard.staff(), platform().now()
    today, kept = local_day(now), _address_of(asked)
    filters = filters_of(asked, today)
    found = queries.queue(session, filters, today=today, after=after)
    counted = queries.counts(session, Filters(scope=sight()), today=today)
    return QueuePage(
        view=filters.view,
        title=VIEW_NAMES[filters.view],
        sought=filters.sought,
        tabs=tuple(_tab(view, counted[view], filters.view) for view in View),
        own_tabs=_own_tabs(session, person.id, kept),
        lists=lists(session, person, asked, today),
        rows=found.rows,
        next_address=_next(kept, found.next),
        kept=tuple((name, asked[name]) for name in NAMES if asked[name]),
        is_filtered=any(asked[name] for name in NAMES if name != "view"),
        is_mine=asked["whose"] == MINE,
        nearest=None if found.rows else _nearest(session, today),
        undo_count=undo.count(person.id, now=now),
        review_left=_review_left(session, today),
    )


def _review_left(session: Session, today: date) -> int:
    if not guard.opens("suggestions_staff.keep_verdict"):
        return 0
    return queries.review_left(session, month_of(today).before().first_on, scope=sight())


def _address_of(asked: Mapping[str, str]) -> str:
    return urlencode({name: asked[name][:200] for name in NAMES if asked.get(name)})


def _next(kept: str, mark: Mark | None) -> str:
    if mark is None:
        return ""
    after = urlencode({"after": f"{mark.due_on.isoformat()}.{mark.id}"})
    return f"{PAGE}?{kept}&{after}" if kept else f"{PAGE}?{after}"


def _tab(view: View, count: int, here: View) -> Tab:
    is_urgent = view is View.OVERDUE and count > 0
    return Tab(f"{PAGE}?view={view.value}", VIEW_NAMES[view], count, view is here, is_urgent)


def _own_tabs(session: Session, account_id: int, kept: str) -> tuple[Tab, ...]:
    own = queries.views(session, account_id)
    return tuple(Tab(f"{PAGE}?{view.filters}", view.name, None, view.filters == kept, view_id=view.id) for view in own)


def _nearest(session: Session, today: date) -> Row | None:
    rows = queries.queue(session, Filters(scope=sight()), today=today, limit=1).rows
    return rows[0] if rows else None


def _mark(text: str) -> Mark | None:
    day, _, row = text.partition(".")
    try:
        return Mark(date.fromisoformat(day), int(row))
    except ValueError:
        return None


def _one_of(kind: type[Value], text: str) -> Value | None:
    return kind(text) if text in [value.value for value in kind] else None
