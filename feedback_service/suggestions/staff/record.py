"""What else belongs to one suggestion: drafts, masking, the contact in the vault, files."""

from flask import Response, flash, jsonify, request
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.accounts import guard
from feedback_service.core.errors import Conflict
from feedback_service.core.period import local_day, local_time
from feedback_service.suggestions import queries, service
from feedback_service.suggestions.forms.desk import SaidForm, SeenForm
from feedback_service.suggestions.guard import attachments
from feedback_service.suggestions.rules.hands import Hand
from feedback_service.suggestions.rules.masking import masked, proposals
from feedback_service.suggestions.rules.steps import Act
from feedback_service.suggestions.rules.telling import DONE_WORDS
from feedback_service.suggestions.service import Masked, Shelf, Vault
from feedback_service.suggestions.staff.acts import is_sound
from feedback_service.suggestions.staff.blueprint import staff
from feedback_service.suggestions.staff.case import Failed, show
from feedback_service.suggestions.staff.offers import sight
from feedback_service.suggestions.staff.queue import PAGE
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.security import policy, takes_files


@staff.post("/staff/suggestions/<int:suggestion_id>/draft")
@takes_files(attachments.BODY_BYTES)
def draft(suggestion_id: int) -> AnyResponse:
    """Keep what has been typed so far, for whoever typed it; a script gets the time of day as JSON."""
    person, now, form, given = guard.staff(), platform().now(), SaidForm(), attachments.gathered()
    form.clean = given.files
    if not is_sound(form, given):
        return show(suggestion_id, Failed(Act.ANSWER, form), 422)
    with platform().transaction() as session:
        hand = Hand.officer(person.id, sight())
        service.save_draft(session, suggestion_id, by=hand, text=form.text.data or "", now=now)
    if request.accept_mimetypes.best == "application/json":
        return jsonify(saved_at=f"{local_time(now):%H:%M}")
    flash("The draft is saved. Only you can read it.")
    if form.clean:
        return show(suggestion_id, Failed(Act.ANSWER, form))
    return pages.seen_at(f"{PAGE}/{suggestion_id}#answer-part")


@staff.post("/staff/suggestions/<int:suggestion_id>/masks")
def masks(suggestion_id: int) -> AnyResponse:
    """Keep a version in which the chosen stretches are masked; the others are kept on purpose."""
    person, now, form = guard.staff(), platform().now(), SeenForm()
    hand = Hand.officer(person.id, sight(), seen=form.version)
    try:
        with platform().transaction() as session:
            known = queries.case(session, suggestion_id, scope=sight(), today=local_day(now))
            version = _version_of(known.shown_text)
            service.mask(session, suggestion_id, by=hand, masked=version, now=now)
    except Conflict as refusal:
        form.refused(refusal)
        return show(suggestion_id, Failed(Act.MASK, form), 409)
    flash(DONE_WORDS[Act.MASK])
    return pages.seen_at(f"{PAGE}/{suggestion_id}")


@staff.post("/staff/suggestions/<int:suggestion_id>/contact")
def contact(suggestion_id: int) -> Response:
    """Show how the sender can be reached, on the answer itself; the look is noted."""
    person, running = guard.staff(), platform()
    with running.transaction() as session:
        hand = Hand.officer(person.id, sight())
        vault = Vault.at(running.settings.data_dir)
        known = service.contact(session, suggestion_id, by=hand, vault=vault, now=running.now())
    return show(suggestion_id, contact=known)


@staff.post("/staff/suggestions/files")
@takes_files(attachments.BODY_BYTES)
def keep_files() -> Response:
    """Check files while an officer is still writing, and keep them for the form; a program of the page asks."""
    return attachments.told(attachments.gathered())


@staff.get("/staff/suggestions/files/<file_id>")
def file(file_id: str) -> Response:
    """Send a file that came with a suggestion, as a download that no browser runs."""
    with platform().reading() as session:
        known = queries.attachment(session, file_id, scope=sight())
    response = Response(Shelf.at(platform().settings.data_dir).read(known.id), mimetype=known.media_type)
    response.headers.set("Content-Disposition", "attachment", filename=known.name)
    response.headers["Content-Security-Policy"] = f"{policy()}; sandbox"
    return response


def _version_of(text: str) -> Masked:
    found = proposals(text)
    is_taken = [request.form.get(f"mask-{number}") == "mask" for number in range(1, len(found) + 1)]
    taken = [one for one, is_one in zip(found, is_taken, strict=True) if is_one]
    decisions = [[one.kind.value, "masked" if is_one else "kept"] for one, is_one in zip(found, is_taken, strict=True)]
    return Masked(masked(text, taken), {"decisions": decisions})
