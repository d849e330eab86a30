"""The queue of the desk: filters, views, search without accents, counts; quick however long it grows."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from feedback_service.core.period import Period
from feedback_service.suggestions.models import Suggestion, SuggestionWord
from feedback_service.suggestions.queries.office import calendar
from feedback_service.suggestions.queries.rows import Row, columns, filled, unpublished, within
from feedback_service.suggestions.rules.calendar import Calendar
from feedback_service.suggestions.rules.clock import SOON_DAYS
from feedback_service.suggestions.rules.kinds import Channel, Kind, State
from feedback_service.suggestions.rules.words import words_of

PAGE_ROWS = 50
MOST_COUNTED = 2000
"""Counts stop here; the page then says “2.000+”."""
RARE_ROWS = 1000
"""A word that occurs in no more suggestions is rare."""
MOST_WORDS = 8
"""Words of a search that are looked at."""


class View(StrEnum):
    """The views that every desk has."""

    TO_DO = "to-do"
    OVERDUE = "overdue"
    SOON = "soon"
    UNASSIGNED = "unassigned"
    WAITING = "waiting"
    APPROVAL = "approval"
    PUBLICATION = "publication"
    HIDDEN = "hidden"
    ALL = "all"


VIEW_NAMES = {
    View.TO_DO: "To do",
    View.OVERDUE: "Overdue",
    View.SOON: "Due within 2 days",
    View.UNASSIGNED: "Not assigned",
    View.WAITING: "Waiting for the sender",
    View.APPROVAL: "To be approved",
    View.PUBLICATION: "To be published",
    View.HIDDEN: "Hidden but tracked",
    View.ALL: "All",
}


@dataclass(frozen=True)
class Filters:
    """What the queue shows: everything within `scope` that fits; `sought` are words, with accents or without."""

    scope: frozenset[int] | None
    view: View = View.TO_DO
    sought: str = ""
    kind: Kind | None = None
    unit_id: int | None = None
    counter_id: int | None = None
    channel: Channel | None = None
    handler_id: int | None = None
    period: Period | None = None

    @property
    def is_newest_first(self) -> bool:
        """Whether the newest stands first: in a search, and where everything is shown."""
        return bool(self.sought.strip()) or self.view is View.ALL


@dataclass(frozen=True)
class Mark:
    """The last row of a page, from which the next one goes on."""

    due_on: date
    id: int


@dataclass(frozen=True)
class QueuePage:
    """One page of the queue; `next` is None on the last one."""

    rows: tuple[Row, ...]
    next: Mark | None


def queue(
    session: Session, filters: Filters, *, today: date, after: Mark | None = None, limit: int = PAGE_ROWS
) -> QueuePage:
    """Return a page of the queue: the nearest due day first; a search and the view of all, the newest first."""
    days = calendar(session)
    query = columns().where(*_wanted(session, filters, today, days))
    if filters.is_newest_first and filters.period:
        # The index of the time leads; by number alone everything newer than the period would be read first.
        query = query.where(*_earlier(after)) if after else query
        query = query.order_by(Suggestion.received_at.desc(), Suggestion.id.desc())
    elif filters.is_newest_first:
        query = query.where(Suggestion.id < after.id) if after else query
        query = query.order_by(Suggestion.id.desc())
    else:
        query = query.where(_beyond(after)) if after else query
        query = query.order_by(Suggestion.due_on, Suggestion.id)
    found = list(session.execute(query.limit(limit + 1)))
    rows = filled(session, found[:limit], today, days)
    following = Mark(found[limit - 1].due_on, found[limit - 1].id) if len(found) > limit else None
    return QueuePage(rows, following)


def counts(session: Session, filters: Filters, *, today: date) -> dict[View, int]:
    """Return how many suggestions each view holds within the reach of these filters, at most MOST_COUNTED."""
    days = calendar(session)
    found = {}
    for view in View:
        wanted = _wanted(session, Filters(scope=filters.scope, view=view), today, days)
        inside = select(Suggestion.id).where(*wanted).limit(MOST_COUNTED).subquery()
        found[view] = session.execute(select(func.count()).select_from(inside)).scalar_one()
    return found


def neighbours(session: Session, filters: Filters, suggestion_id: int, *, today: date) -> tuple[int | None, int | None]:
    """Return the suggestions before and after one in the order of the queue, within these filters."""
    here = session.execute(select(Suggestion.due_on).where(Suggestion.id == suggestion_id)).scalar()
    if here is None:
        return None, None
    mark = Mark(here, suggestion_id)
    wanted = _wanted(session, filters, today, calendar(session))
    following = select(Suggestion.id).where(*wanted, _beyond(mark)).order_by(Suggestion.due_on, Suggestion.id)
    before = and_(Suggestion.due_on == here, Suggestion.id < suggestion_id)
    earlier = select(Suggestion.id).where(*wanted, or_(Suggestion.due_on < here, before))
    earlier = earlier.order_by(Suggestion.due_on.desc(), Suggestion.id.desc())
    return session.execute(earlier.limit(1)).scalar(), session.execute(following.limit(1)).scalar()


def _wanted(session: Session, filters: Filters, today: date, days: Calendar) -> list[ColumnElement[bool]]:
    is_led_otherwise = filters.is_newest_first or filters.view in (View.HIDDEN, View.PUBLICATION)
    wanted = within(filters.scope, by_unit=not is_led_otherwise)
    wanted += [*_in_view(filters.view, today, days), *_holding(session, filters.sought)]
    chosen: dict[Any, object] = {
        Suggestion.kind: filters.kind,
        Suggestion.unit_id: filters.unit_id,
        Suggestion.counter_id: filters.counter_id,
        Suggestion.channel: filters.channel,
        Suggestion.handler_id: filters.handler_id,
    }
    wanted += [column == value for column, value in chosen.items() if value is not None]
    if filters.period:
        wanted += [Suggestion.received_at >= filters.period.from_at, Suggestion.received_at < filters.period.until_at]
    return wanted


def _in_view(view: View, today: date, days: Calendar) -> list[ColumnElement[bool]]:
    is_open = Suggestion.is_open.is_(True)
    soon = days.after(today, SOON_DAYS)
    views: dict[View, list[ColumnElement[bool]]] = {
        View.TO_DO: [is_open],
        View.OVERDUE: [is_open, Suggestion.due_on < today],
        View.SOON: [is_open, Suggestion.due_on >= today, Suggestion.due_on <= soon],
        View.UNASSIGNED: [is_open, Suggestion.handler_id.is_(None)],
        View.WAITING: [is_open, Suggestion.state == State.ASKED],
        View.APPROVAL: [is_open, Suggestion.state == State.ANSWERED],
        View.PUBLICATION: unpublished(),
        View.HIDDEN: [Suggestion.is_hidden.is_(True)],
        View.ALL: [],
    }
    return views[view]


def _holding(session: Session, sought: str) -> list[ColumnElement[bool]]:
    """Return that every word occurs; the last one may be the beginning of a word.

    A rare word leads to its suggestions; common ones are looked for in each suggestion, which soon fills a page.
    """
    words = list(dict.fromkeys(words_of(sought)))[:MOST_WORDS]
    found: list[ColumnElement[bool]] = []
    for place, word in enumerate(words, start=1):
        is_last = place == len(words) and not sought.endswith(" ")
        same = _like(SuggestionWord, word, is_last=is_last)
        some = select(SuggestionWord.word).where(same).limit(RARE_ROWS + 1).subquery()
        if session.execute(select(func.count()).select_from(some)).scalar_one() <= RARE_ROWS:
            found.append(Suggestion.id.in_(select(SuggestionWord.suggestion_id).where(same)))
        else:
            own = aliased(SuggestionWord)
            found.append(exists().where(own.suggestion_id == Suggestion.id, _like(own, word, is_last=is_last)))
    return found


def _like(rows: type[SuggestionWord], word: str, *, is_last: bool) -> ColumnElement[bool]:
    return and_(rows.word >= word, rows.word < f"{word}\U0010ffff") if is_last else rows.word == word


def _beyond(mark: Mark) -> ColumnElement[bool]:
    same_day = and_(Suggestion.due_on == mark.due_on, Suggestion.id > mark.id)
    return or_(Suggestion.due_on > mark.due_on, same_day)


def _earlier(mark: Mark) -> list[ColumnElement[bool]]:
    at = select(Suggestion.received_at).where(Suggestion.id == mark.id).scalar_subquery()
    return [Suggestion.received_at <= at, or_(Suggestion.received_at < at, Suggestion.id < mark.id)]
