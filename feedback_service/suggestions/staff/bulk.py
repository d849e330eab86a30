"""One step for many suggestions at once, and taking it back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Response, flash, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.accounts import guard
from feedback_service.core.errors import DomainError
from feedback_service.core.period import local_day
from feedback_service.suggestions import queries, service
from feedback_service.suggestions.forms.desk import BulkForm
from feedback_service.suggestions.queries import Row
from feedback_service.suggestions.rules.hands import Done, Hand
from feedback_service.suggestions.rules.steps import Act
from feedback_service.suggestions.rules.telling import STEP_NAMES
from feedback_service.suggestions.staff import undo
from feedback_service.suggestions.staff.blueprint import staff
from feedback_service.suggestions.staff.offers import people, sight, standing_units
from feedback_service.suggestions.staff.queue import PAGE, number
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.i18n import language

MOST = 100
Step = Callable[[Session, int, Hand], Done]


@dataclass(frozen=True)
class BulkPage:
    """The chosen suggestions and what is asked for; `seen` holds each id with the version on the screen."""

    act: str
    title: str
    rows: tuple[Row, ...]
    seen: tuple[str, ...]
    offers: tuple[tuple[str, str], ...]
    form: BulkForm


@staff.get("/staff/suggestions/bulk")
def bulk() -> AnyResponse:
    """Ask what is needed to do a step for the chosen suggestions."""
    act, chosen = _act(request.args.get("act", "")), _chosen(request.args.getlist("id"))
    if act is None or not chosen:
        flash("Please choose at least one suggestion first.", "soon")
        return pages.seen_at(PAGE)
    return _page(act, chosen, BulkForm(formdata=None))


@staff.post("/staff/suggestions/bulk")
def do_bulk() -> AnyResponse:
    """Do a step for each chosen suggestion; what has changed meanwhile is left alone and said."""
    act, chosen, form = _act(request.form.get("act", "")), _chosen(request.form.getlist("id")), BulkForm()
    if act is None or not chosen or not form.validate():
        flash("Please choose at least one suggestion first.", "soon")
        return pages.seen_at(PAGE)
    person, running = guard.staff(), platform()
    if act is Act.MERGE:
        chosen.pop(number(form.into_id.data or "") or 0, None)
    with running.transaction() as session:
        done, refusals = _each(session, chosen, _step(act, form))
    undo.keep(person.id, done, now=running.now())
    _tell(len(done), refusals)
    return pages.seen_at(PAGE)


@staff.post("/staff/suggestions/undo")
def undo_bulk() -> AnyResponse:
    """Take back what was just done, where nothing has happened since."""
    person, running = guard.staff(), platform()
    kept = dict(undo.kept(person.id, now=running.now()))
    with running.transaction() as session:
        done, refusals = _each(
            session, kept, lambda inside, one, hand: service.undo(inside, one, by=hand, now=running.now())
        )
    undo.forget()
    flash("It is as it was before." if done else "This cannot be undone any more. Please take the next step by hand.")
    if done and refusals:
        flash("Some could not be taken back, because something has happened since.", "soon")
    return pages.seen_at(PAGE)


def _each(session: Session, chosen: Mapping[int, int], step: Step) -> tuple[list[Done], list[str]]:
    person = guard.staff()
    done: list[Done] = []
    refusals: list[str] = []
    for suggestion_id, version in chosen.items():
        try:
            # An act looks before it changes anything: a refusal leaves nothing behind in this transaction.
            done.append(step(session, suggestion_id, Hand.officer(person.id, sight(), seen=version)))
        except DomainError as refusal:
            refusals.append(refusal.message)
    return done, refusals


def _step(act: Act, form: BulkForm) -> Step:
    now = platform().now()
    reason = form.reason.data or ""
    steps: Mapping[Act, Step] = {
        Act.ASSIGN: lambda session, one, hand: service.assign(
            session, one, by=hand, handler_id=number(form.handler_id.data or "") or 0, now=now
        ),
        Act.TRANSFER: lambda session, one, hand: service.transfer(
            session, one, by=hand, unit_id=number(form.unit_id.data or "") or 0, reason=reason, now=now
        ),
        Act.MERGE: lambda session, one, hand: service.merge(
            session, one, by=hand, into_id=number(form.into_id.data or "") or 0, now=now
        ),
    }
    return steps[act]


def _page(act: Act, chosen: Mapping[int, int], form: BulkForm) -> Response:
    person, today = guard.staff(), local_day(platform().now())
    with platform().reading() as session:
        rows = queries.rows_of(session, chosen, scope=sight(), today=today)
        offers = {
            Act.ASSIGN: lambda: people(session, person),
            Act.TRANSFER: lambda: standing_units(session, today),
            Act.MERGE: lambda: [(str(row.id), f"{row.id}: {row.title}") for row in rows],
        }[act]()
    seen = tuple(f"{row.id}.{chosen[row.id]}" for row in rows)
    return pages.show(
        "suggestions/desk/bulk.html", BulkPage(act.value, STEP_NAMES[act], rows, seen, tuple(offers), form)
    )


def _tell(count: int, refusals: list[str]) -> None:
    word = platform().translations.word
    if count:
        flash(word("Done for {count} suggestions.", language()).format(count=count))
    for message in dict.fromkeys(refusals):
        lead = word("{count} were left as they are:", language()).format(count=refusals.count(message))
        flash(f"{lead} {word(message, language())}", "soon")


def _act(text: str) -> Act | None:
    return next((act for act in service.UNDONE if act.value == text), None)


def _chosen(marks: list[str]) -> dict[int, int]:
    pairs = (mark.partition(".") for mark in marks[:MOST])
    found = ((number(one), number(version)) for one, _, version in pairs)
    return {one: version for one, version in found if one is not None and version is not None}
