"""Ratings at the desk: what was written beside them, and what could not be counted."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from flask import Blueprint, Response, request

from feedback_service.core.errors import NotFound
from feedback_service.kiosks.queries import fleet
from feedback_service.ratings import queries
from feedback_service.units.queries import counter_names, names
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.frame import person

staff = Blueprint("ratings_staff", __name__)
PAGE_LINES = 50
Listed = TypeVar("Listed", queries.Comment, queries.Refused)


@dataclass(frozen=True)
class CommentsPage:
    """Comments, the newest first; `next_after` is "" on the last page."""

    comments: tuple[queries.Comment, ...]
    next_after: str
    units: dict[int, str]
    counters: dict[int, str]


@dataclass(frozen=True)
class QuarantinePage:
    """Refused ratings, the newest first; `next_after` is "" on the last page."""

    refusals: tuple[queries.Refused, ...]
    next_after: str
    units: dict[int, str]
    tablets: dict[int, str]


@staff.get("/staff/ratings/comments")
def comments() -> Response:
    """Show what citizens of the units within reach wrote beside their ratings."""
    scope = person().scope
    with platform().reading() as session:
        shown, next_after = _paged(lambda after, limit: queries.comments(session, scope, after=after, limit=limit))
        units = names(session, {comment.unit_id for comment in shown})
        counters = counter_names(session, {comment.counter_id for comment in shown if comment.counter_id})
    return pages.show("ratings/comments.html", CommentsPage(shown, next_after, units, counters))


@staff.get("/staff/ratings/quarantine")
def quarantine() -> Response:
    """Show the ratings that tablets sent and that could not be counted, with the reason."""
    scope = person().scope
    with platform().reading() as session:
        shown, next_after = _paged(lambda after, limit: queries.refusals(session, scope, after=after, limit=limit))
        units = names(session, {refused.unit_id for refused in shown})
        tablets = {kiosk.id: kiosk.name for kiosk in fleet(session, scope, also_revoked=True)}
    return pages.show("ratings/quarantine.html", QuarantinePage(shown, next_after, units, tablets))


def _paged(listed: Callable[[str, int], tuple[Listed, ...]]) -> tuple[tuple[Listed, ...], str]:
    """Return one page and where the next one goes on; raises NotFound for a place that is none."""
    try:
        found = listed(request.args.get("after", ""), PAGE_LINES + 1)
    except ValueError as error:
        raise NotFound("There is nothing at this address. Please check it, or start from the home page.") from error
    shown = found[:PAGE_LINES]
    return shown, shown[-1].place if len(found) > PAGE_LINES else ""
