"""What the sender does with an open suggestion: write back, rate, reopen, erase."""

from flask import flash, request
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.core.errors import Fault
from feedback_service.suggestions import guard, service
from feedback_service.suggestions.forms.public import MessageForm, ReopeningForm
from feedback_service.suggestions.guard import attachments
from feedback_service.suggestions.public.blueprint import public
from feedback_service.suggestions.public.tracking import KEPT_WORDS, show_case
from feedback_service.suggestions.queries.standing import WORD_TABLES
from feedback_service.suggestions.rules.hands import CleanFile, Said
from feedback_service.web import pages
from feedback_service.web.context import network, platform
from feedback_service.web.i18n import language
from feedback_service.web.problems import faults_in_words
from feedback_service.web.security import takes_files

MESSAGES = "30 per hour"


@public.post("/suggestions/track/messages")
@takes_files(attachments.BODY_BYTES)
def write_back() -> AnyResponse:
    """Send a message with files to the office."""
    seen = guard.opened()
    if seen is None:
        return pages.seen_at("/suggestions/track")
    form, given = MessageForm(), attachments.attached()
    if attachments.is_dropping():
        return show_case(seen.suggestion_id, message=form, files=given.files)
    if not form.validate():
        return show_case(seen.suggestion_id, *form.faults(), message=form, files=given.files, status=422)
    try:
        if given.refusal:
            raise given.refusal
        platform().limits.hit("message", network(), MESSAGES)
        _write(seen.suggestion_id, form.text.data or "", attachments.renewed(given.files))
    except KEPT_WORDS as refusal:
        faults, status = faults_in_words(refusal, platform().translations)
        return show_case(seen.suggestion_id, *faults, message=form, files=given.files, status=status)
    attachments.forget(given.files)
    return _said("Your message has arrived.", seen)


@public.post("/suggestions/track/rating")
def rate() -> AnyResponse:
    """Rate the answer with one of five faces."""
    seen = guard.opened()
    if seen is None:
        return pages.seen_at("/suggestions/track")
    chosen = request.form.get("level", "")
    level = int(chosen) if chosen in ("1", "2", "3", "4", "5") else 0
    try:
        with platform().transaction() as session:
            service.rate(session, seen.suggestion_id, level=level, now=platform().now())
    except KEPT_WORDS as refusal:
        faults, status = faults_in_words(refusal, platform().translations)
        return show_case(seen.suggestion_id, *faults, status=status)
    return _said("Thank you. Your rating has been recorded.", seen)


@public.post("/suggestions/track/reopening")
def reopen() -> AnyResponse:
    """Have the answer looked at again."""
    seen = guard.opened()
    if seen is None:
        return pages.seen_at("/suggestions/track")
    form = ReopeningForm()
    if not form.validate():
        return show_case(seen.suggestion_id, *form.faults(), reopening=form, status=422)
    try:
        platform().limits.hit("message", network(), MESSAGES)
        with platform().transaction() as session:
            said = Said(form.reason.data or "")
            service.reopen(session, seen.suggestion_id, said=said, now=platform().now())
    except KEPT_WORDS as refusal:
        faults, status = faults_in_words(refusal, platform().translations)
        return show_case(seen.suggestion_id, *faults, reopening=form, status=status)
    return _said("It will be looked at again. The clock starts anew today.", seen)


@public.post("/suggestions/track/erasure")
def erase() -> AnyResponse:
    """Erase what was written and left, once that was confirmed."""
    seen = guard.opened()
    if seen is None:
        return pages.seen_at("/suggestions/track")
    if "confirmed" not in request.form:
        message = "Please tick that you want to erase your data. It cannot be undone."
        fault = Fault("confirmed", platform().translations.word(message, language()))
        return show_case(seen.suggestion_id, fault, status=422)
    try:
        with platform().transaction() as session:
            file_ids = service.erase(session, seen.suggestion_id, now=platform().now())
    except KEPT_WORDS as refusal:
        faults, status = faults_in_words(refusal, platform().translations)
        return show_case(seen.suggestion_id, *faults, status=status)
    attachments.shelf().remove(file_ids)
    platform().database.forget(*WORD_TABLES)
    return _said("Your data were erased.", seen)


def _write(suggestion_id: int, text: str, files: tuple[CleanFile, ...]) -> None:
    with attachments.shelf().holding(files), platform().transaction() as session:
        service.reply(session, suggestion_id, said=Said(text, files), now=platform().now())


def _said(message: str, seen: guard.Opened) -> AnyResponse:
    flash(platform().translations.word(message, language()))
    return guard.give(pages.seen_at("/suggestions/track"), guard.Opened(seen.suggestion_id))
