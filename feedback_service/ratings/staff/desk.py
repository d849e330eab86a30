"""Ratings at the desk: what was written beside them, what could not be counted, what is marked or left out."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from flask import Response, flash, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.accounts import guard
from feedback_service.core.errors import Fault, NotFound
from feedback_service.core.period import local_time
from feedback_service.kiosks.queries import KioskRow, fleet, kiosk, officers_named
from feedback_service.ratings import queries, service
from feedback_service.ratings.forms import SHAPE, LossForm
from feedback_service.ratings.rules import LABEL_NAMES
from feedback_service.ratings.rules.naming import names_officer
from feedback_service.ratings.staff.blueprint import staff
from feedback_service.units.queries import counter_names, names
from feedback_service.units.queries import counters as counters_of
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.frame import person

PAGE_LINES = 50
HEADS_PAGE = "reports_staff.officers"
"""Whoever may open this page answers for the officers."""
Listed = TypeVar("Listed", queries.Comment, queries.Refused, queries.Mark)


@dataclass(frozen=True)
class CommentsPage:
    """Comments, the newest first; `next_after` is "" on the last page.

    `kept_back` are the ratings whose words name an officer, which the responsible head alone reads.
    """

    comments: tuple[queries.Comment, ...]
    next_after: str
    units: dict[int, str]
    counters: dict[int, str]
    kept_back: frozenset[str] = frozenset()


@dataclass(frozen=True)
class QuarantinePage:
    """Refused ratings, the newest first; `next_after` is "" on the last page, `kept_back` is as in `CommentsPage`."""

    refusals: tuple[queries.Refused, ...]
    next_after: str
    units: dict[int, str]
    tablets: dict[int, str]
    kept_back: frozenset[str] = frozenset()


@dataclass(frozen=True)
class LossPage:
    """One tablet: how many of its ratings bear each label, by message id, and whether it is lost."""

    kiosk: KioskRow
    labels: tuple[tuple[str, int], ...]
    form: LossForm
    faults: tuple[Fault, ...]


@staff.get("/staff/ratings/comments")
def comments() -> Response:
    """Show what citizens of the units within reach wrote beside their ratings."""
    scope = person().scope
    with platform().reading() as session:
        shown, next_after = paged(lambda after, limit: queries.comments(session, scope, after=after, limit=limit))
        units = names(session, {comment.unit_id for comment in shown})
        counters = counter_names(session, {comment.counter_id for comment in shown if comment.counter_id})
        kept_back = _naming(session, [(one.rating_id, one.unit_id, one.text) for one in shown])
    return pages.show("ratings/comments.html", CommentsPage(shown, next_after, units, counters, kept_back))


def _naming(session: Session, written: Sequence[tuple[str, int, str]]) -> frozenset[str]:
    """Return the ids of what names an officer of its unit; of each are given its id, its unit and its words."""
    if guard.opens(HEADS_PAGE):
        return frozenset()
    unit_of = {row.id: row.unit_id for row in counters_of(session, {one[1] for one in written}, also_closed=True)}
    named: dict[int, set[str]] = {}
    for counter_id, officers in officers_named(session, unit_of).items():
        named.setdefault(unit_of[counter_id], set()).update(officers)
    return frozenset(key for key, unit_id, text in written if names_officer(text, named.get(unit_id, ())))


@staff.get("/staff/ratings/quarantine")
def quarantine() -> Response:
    """Show the ratings that tablets sent and that could not be counted, with the reason."""
    scope = person().scope
    with platform().reading() as session:
        shown, next_after = paged(lambda after, limit: queries.refusals(session, scope, after=after, limit=limit))
        units = names(session, {refused.unit_id for refused in shown})
        tablets = {kiosk.id: kiosk.name for kiosk in fleet(session, scope, also_revoked=True)}
        sent = [(one.id, one.unit_id, json.dumps(json.loads(one.raw), ensure_ascii=False)) for one in shown]
        kept_back = _naming(session, sent)
    return pages.show("ratings/quarantine.html", QuarantinePage(shown, next_after, units, tablets, kept_back))


@staff.get("/staff/kiosks/<int:kiosk_id>/loss")
def loss(kiosk_id: int) -> Response:
    """Show which ratings of a tablet are marked, and ask since when it is lost."""
    return _loss_page(kiosk_id, None)


@staff.post("/staff/kiosks/<int:kiosk_id>/loss")
def report_lost(kiosk_id: int) -> AnyResponse:
    """Revoke a tablet and leave what it was given since a moment out of the figures."""
    form, running = LossForm(), platform()
    if not form.validate():
        return _loss_page(kiosk_id, form)
    with running.transaction() as session:
        known = _reached(session, kiosk_id)
        service.lose(session, known.id, since=form.moment(), by=person().actor, now=running.now())
    flash("The tablet is revoked, and its ratings since then are left out of the figures.")
    return pages.seen_at(f"/staff/kiosks/{kiosk_id}/loss")


@staff.post("/staff/kiosks/<int:kiosk_id>/finding")
def report_found(kiosk_id: int) -> AnyResponse:
    """Count again what was left out when a tablet was lost."""
    running = platform()
    with running.transaction() as session:
        known = _reached(session, kiosk_id)
        service.find(session, known.id, by=person().actor, now=running.now())
    flash("The ratings of this tablet count again.")
    return pages.seen_at(f"/staff/kiosks/{kiosk_id}/loss")


def _loss_page(kiosk_id: int, form: LossForm | None) -> Response:
    running = platform()
    with running.reading() as session:
        known = _reached(session, kiosk_id)
        counts = queries.counts_of_labels(session, kiosk_id)
    labels = tuple((name, counts.get(label.value, 0)) for label, name in LABEL_NAMES.items())
    since = known.lost_since or (known.report.last_seen_at if known.report else running.now())
    shown = form or LossForm(formdata=None, data={"since": local_time(since).strftime(SHAPE)})
    page = LossPage(known, labels, shown, shown.faults())
    return pages.show("ratings/loss.html", page, 422 if form else 200)


def _reached(session: Session, kiosk_id: int) -> KioskRow:
    known = kiosk(session, kiosk_id)
    if known is None or known.unit_id not in person().scope:
        raise NotFound("There is no such tablet.")
    return known


def paged(listed: Callable[[str, int], tuple[Listed, ...]]) -> tuple[tuple[Listed, ...], str]:
    """Return one page and where the next one goes on; raises NotFound for a place that is none."""
    try:
        found = listed(request.args.get("after", ""), PAGE_LINES + 1)
    except ValueError as error:
        raise NotFound("There is nothing at this address. Please check it, or start from the home page.") from error
    shown = found[:PAGE_LINES]
    return shown, shown[-1].place if len(found) > PAGE_LINES else ""
