"""What stands in the forms of one suggestion before anybody has typed."""

from typing import TypeVar

from flask import request
from sqlalchemy.orm import Session

from feedback_service.accounts import guard
from feedback_service.core.period import local_day
from feedback_service.suggestions.forms import desk as forms
from feedback_service.suggestions.queries import Case
from feedback_service.suggestions.rules.kinds import KIND_NAMES, REFUSAL_NAMES, TOPIC_NAMES
from feedback_service.suggestions.rules.steps import Act
from feedback_service.suggestions.staff.offers import people, standing_units
from feedback_service.suggestions.staff.reading import Reading
from feedback_service.suggestions.staff.routes import ROUTES
from feedback_service.web.context import platform
from feedback_service.web.i18n import language

Offered = TypeVar("Offered", bound=forms.SeenForm)


def filled(session: Session, act: Act, known: Case, reading: Reading) -> forms.SeenForm:
    """Return the form of a step with what is known already."""
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


def _answer_so_far(known: Case, reading: Reading) -> str:
    wanted = request.args.get("template", "")
    begun = next((one.text for one in reading.templates if str(one.id) == wanted), "")
    kept = reading.draft.text if reading.draft else ""
    if not kept and known.row.state == "answered":
        kept = _last_answer(known)
    return "\n\n".join(part for part in (kept, begun) if part)


def _last_answer(known: Case) -> str:
    return next((step.text for step in reversed(known.steps) if step.act == Act.ANSWER), "")
