"""One suggestion at the desk: its text, its clock, its history, and the steps that are open."""

from dataclasses import dataclass
from typing import TypeVar

from flask import Response, request
from sqlalchemy.orm import Session

from feedback_service.accounts import guard
from feedback_service.core.errors import Fault
from feedback_service.core.period import local_day
from feedback_service.core.words import Sentence
from feedback_service.suggestions import queries
from feedback_service.suggestions.forms import desk as forms
from feedback_service.suggestions.queries import Case, Like
from feedback_service.suggestions.queries.desk import Draft, Template
from feedback_service.suggestions.queries.history import HistoryLine, history
from feedback_service.suggestions.rules.hands import Contact
from feedback_service.suggestions.rules.kinds import KIND_NAMES, REFUSAL_NAMES, TOPIC_NAMES
from feedback_service.suggestions.rules.profanity import held
from feedback_service.suggestions.rules.steps import Act, next_steps
from feedback_service.suggestions.rules.telling import STEP_ICONS, STEP_KEYS, STEP_NAMES
from feedback_service.suggestions.rules.words import has_hidden_letters
from feedback_service.suggestions.staff.blueprint import staff
from feedback_service.suggestions.staff.marks import Marked, marked
from feedback_service.suggestions.staff.offers import people, standing_units
from feedback_service.suggestions.staff.routes import ROUTES
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.i18n import language

Offered = TypeVar("Offered", bound=forms.SeenForm)
ASIDE = (Act.NOTE, Act.CLASSIFY)
"""Forms that always stand on the page, whatever the state."""
PLACES = {
    Act.ANSWER: {"text": "answer-text", "files": "answer-files"},
    Act.NOTE: {"text": "note-text"},
}
"""Where the words of these acts are typed; every other form has its own name for each field."""
AT_ONCE = frozenset({Act.APPROVE, Act.SEPARATE})
"""Steps that ask for nothing more: a button is enough."""


@dataclass(frozen=True)
class Failed:
    """A form that was sent and not taken: it is shown again as it was typed."""

    act: Act
    form: forms.SeenForm


@dataclass(frozen=True)
class StepButton:
    """One step as the page offers it; with an obstacle it is shut, and the obstacle says why."""

    act: Act
    name: str
    icon: str
    key: str
    address: str
    is_at_once: bool
    obstacle: Sentence | None


@dataclass(frozen=True)
class Reading:
    """What is read beside the case itself."""

    marks: Marked
    held: tuple[str, ...]
    has_hidden_letters: bool
    similar: tuple[Like, ...]
    history: tuple[HistoryLine, ...]
    changed: tuple[HistoryLine, ...]
    """What others have done since the page was opened, when that stood in the way."""
    templates: tuple[Template, ...]
    draft: Draft | None
    before_id: int | None
    after_id: int | None


@dataclass(frozen=True)
class CasePage:
    """One suggestion; `opened` is the step whose form stands on the page beside the answer."""

    case: Case
    reading: Reading
    buttons: tuple[StepButton, ...]
    opened: Act | None
    forms: dict[str, forms.SeenForm]
    faults: tuple[Fault, ...]
    typed: tuple[str, ...]
    """What was typed for a step that is no longer offered: nobody has to write it twice."""
    contact: Contact | None = None


@staff.get("/staff/suggestions/<int:suggestion_id>")
def case(suggestion_id: int) -> Response:
    """Show one suggestion."""
    return show(suggestion_id)


def show(
    suggestion_id: int, failed: Failed | None = None, status: int = 200, *, contact: Contact | None = None
) -> Response:
    """Return the page of a suggestion within reach; raises NotFound."""
    person, today = guard.staff(), local_day(platform().now())
    with platform().reading() as session:
        known = queries.case(session, suggestion_id, scope=person.scope, today=today)
        reading = _reading(session, known, failed)
        buttons = _buttons(known)
        opened = _opened(failed, buttons)
        filled = {act.value: _filled(session, act, known, reading) for act in _shown(buttons, opened)}
    if failed:
        failed.form.seen.data = str(known.row.version)
        filled[failed.act.value] = failed.form
    typed = _typed(failed, {one.act for one in buttons if not one.obstacle})
    page = CasePage(known, reading, buttons, opened, filled, _faults(failed), typed, contact)
    return pages.show("suggestions/desk/case.html", page, status)


def offering(session: Session, form: Offered) -> Offered:
    """Fill what a form offers to choose from."""
    word, today = platform().translations.word, local_day(platform().now())
    if isinstance(form, forms.AssignForm):
        form.handler_id.choices = people(session, guard.staff())
    elif isinstance(form, forms.TransferForm):
        form.unit_id.choices = standing_units(session, today)
    elif isinstance(form, forms.RefuseForm):
        form.refusal.choices = [(reason.value, word(name, language())) for reason, name in REFUSAL_NAMES.items()]
    elif isinstance(form, forms.ClassifyForm):
        form.kind.choices = [(kind.value, word(name, language())) for kind, name in KIND_NAMES.items()]
        form.topic.choices = [(topic.value, word(name, language())) for topic, name in TOPIC_NAMES.items()]
    return form


def _typed(failed: Failed | None, offered: set[Act]) -> tuple[str, ...]:
    if failed is None or failed.act in offered or failed.act in ASIDE:
        return ()
    return tuple(
        str(field.data) for field in failed.form if field.type in ("TextAreaField", "StringField") and field.data
    )


def _faults(failed: Failed | None) -> tuple[Fault, ...]:
    if failed is None:
        return ()
    names = PLACES.get(failed.act, {})
    return tuple(Fault(names.get(fault.pointer, fault.pointer), fault.message) for fault in failed.form.faults())


def _reading(session: Session, known: Case, failed: Failed | None) -> Reading:
    person, today = guard.staff(), local_day(platform().now())
    lines = history(session, known.steps)
    seen = failed.form.version if failed else known.row.version
    before, after = queries.neighbours(session, queries.Filters(scope=person.scope), known.row.id, today=today)
    return Reading(
        marks=marked(known.shown_text),
        held=tuple(dict.fromkeys(found.words for found in held(known.shown_text))),
        has_hidden_letters=has_hidden_letters(known.original),
        similar=queries.similar(session, known.row.id, scope=person.scope, today=today),
        history=lines,
        changed=tuple(line for line in lines if line.number > seen),
        templates=queries.templates(session, known.unit_id),
        draft=queries.draft(session, known.row.id, person.id),
        before_id=before,
        after_id=after,
    )


def _buttons(known: Case) -> tuple[StepButton, ...]:
    """Return the steps that the state allows and the role opens, the main one first."""
    person, today = guard.staff(), local_day(platform().now())
    offered = next_steps(known.standing, account_id=person.id, today=today)
    return tuple(
        StepButton(
            act=step.act,
            name=STEP_NAMES[step.act],
            icon=STEP_ICONS[step.act],
            key=STEP_KEYS.get(step.act, ""),
            address=f"/staff/suggestions/{known.row.id}/{ROUTES[step.act].noun}",
            is_at_once=step.act in AT_ONCE,
            obstacle=step.obstacle,
        )
        for step in offered
        if guard.opens(ROUTES[step.act].endpoint)
    )


def _opened(failed: Failed | None, buttons: tuple[StepButton, ...]) -> Act | None:
    if failed:
        return failed.act if failed.act in ROUTES and failed.act not in AT_ONCE else None
    asked = request.args.get("step", "")
    return next((one.act for one in buttons if one.act.value == asked and not one.obstacle), None)


def _shown(buttons: tuple[StepButton, ...], opened: Act | None) -> list[Act]:
    can_answer = [one.act for one in buttons if one.act in {Act.ANSWER, *AT_ONCE} and not one.obstacle]
    aside = [act for act in ASIDE if guard.opens(ROUTES[act].endpoint)]
    return list(dict.fromkeys([*can_answer, *aside, *([opened] if opened else [])]))


def _filled(session: Session, act: Act, known: Case, reading: Reading) -> forms.SeenForm:
    facts: dict[str, object] = {"seen": str(known.row.version)}
    if act is Act.ANSWER:
        facts["text"] = _answer_so_far(known, reading)
    elif act is Act.CLASSIFY:
        facts |= {"kind": known.row.kind, "topic": known.topic.value}
    elif act is Act.PUBLISH:
        facts |= {"title": known.row.title, "question": known.shown_text, "answer": _last_answer(known)}
    elif act is Act.ASSIGN:
        facts["handler_id"] = str(known.handler_id or guard.staff().id)
    return offering(session, ROUTES[act].form(formdata=None, data=facts))


def _answer_so_far(known: Case, reading: Reading) -> str:
    wanted = request.args.get("template", "")
    begun = next((one.text for one in reading.templates if str(one.id) == wanted), "")
    kept = reading.draft.text if reading.draft else ""
    if not kept and known.row.state == "answered":
        kept = _last_answer(known)
    return "\n\n".join(part for part in (kept, begun) if part)


def _last_answer(known: Case) -> str:
    return next((step.text for step in reversed(known.steps) if step.act == Act.ANSWER), "")
