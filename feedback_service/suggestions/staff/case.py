"""One suggestion at the desk: its text, its clock, its history, and the steps that are open."""

from dataclasses import dataclass

from flask import Response, request

from feedback_service.accounts import guard
from feedback_service.core.errors import Fault
from feedback_service.core.period import local_day
from feedback_service.core.words import Sentence
from feedback_service.suggestions import queries
from feedback_service.suggestions.forms import desk as forms
from feedback_service.suggestions.guard import attachments
from feedback_service.suggestions.queries import Case
from feedback_service.suggestions.rules.hands import Contact
from feedback_service.suggestions.rules.steps import Act, next_steps
from feedback_service.suggestions.rules.telling import STEP_ICONS, STEP_KEYS, STEP_NAMES
from feedback_service.suggestions.staff.blueprint import staff
from feedback_service.suggestions.staff.filling import filled
from feedback_service.suggestions.staff.offers import sight
from feedback_service.suggestions.staff.reading import Reading, reading
from feedback_service.suggestions.staff.routes import ROUTES
from feedback_service.web import pages
from feedback_service.web.context import platform

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
    today = local_day(platform().now())
    with platform().reading() as session:
        known = queries.case(session, suggestion_id, scope=sight(), today=today)
        beside = reading(session, known, seen=failed.form.version if failed else known.row.version)
        buttons = _buttons(known)
        opened = _opened(failed, buttons)
        form_of = {act.value: filled(session, act, known, beside) for act in _shown(buttons, opened)}
    if failed:
        failed.form.seen.data = str(known.row.version)
        failed.form.kept = attachments.keep(failed.form.clean)
        form_of[failed.act.value] = failed.form
    typed = _typed(failed, {one.act for one in buttons if not one.obstacle})
    page = CasePage(known, beside, buttons, opened, form_of, _faults(failed), typed, contact)
    return pages.show("suggestions/desk/case.html", page, status)


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
