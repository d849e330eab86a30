"""Writing to the office: the form, and what becomes of it; whatever has to be mended, nothing of it is lost."""

from typing import cast

from flask import Response, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.challenges import guard as challenges
from feedback_service.challenges.rules import GUESSES, Budget, Outcome
from feedback_service.challenges.service import spend
from feedback_service.core.errors import Conflict, Fault, Limited, Refused, StorageUnavailable
from feedback_service.suggestions import guard
from feedback_service.suggestions.forms.public import SuggestionForm
from feedback_service.suggestions.guard import attachments
from feedback_service.suggestions.public.blueprint import public
from feedback_service.suggestions.public.drafting import (
    FORM,
    LADDER,
    FormPage,
    opened,
    refused,
    shown_again,
    unproven,
    unready,
)
from feedback_service.suggestions.queries.places import Places
from feedback_service.suggestions.rules.hands import CleanFile
from feedback_service.suggestions.rules.kinds import Channel, Kind
from feedback_service.suggestions.service import Keys, Receipt, Submission, Vault, submit
from feedback_service.web import pages
from feedback_service.web.context import network, platform
from feedback_service.web.i18n import language
from feedback_service.web.problems import problem_of, respond
from feedback_service.web.security import takes_files

BUDGETS = {Budget.FULL: "60 per hour", Budget.SMALL: "10 per hour"}
"""Suggestions of one network: an office shares one address, so the limit is wide."""


@public.get("/suggestions/new")
def new() -> Response:
    """Show the form; nothing is written."""
    form, found = opened(is_sent=False)
    counter = request.args.get("counter", "")
    form.counter.data = counter if counter in form.counter.known else ""
    return pages.show("suggestions/new.html", FormPage(form, found, challenges.fresh(FORM), (), None, (), ""))


@public.get("/suggestions/law")
def complaints_in_law() -> Response:
    """Explain where complaints and denunciations in law are filed."""
    return pages.show("suggestions/law.html", None)


@public.post("/suggestions")
@takes_files(attachments.BODY_BYTES)
def send() -> AnyResponse:
    """Take a suggestion in, or say what to mend and keep all of it."""
    form, found = opened(is_sent=True)
    given = attachments.attached()
    if given.refusal:
        return refused(form, found, given.refusal, files=given.files)
    files = given.files
    again = unready(form, found, files)
    if again is not None:
        return again
    try:
        outcome, receipt = _stored(form, found, files)
    except (Refused, Conflict, Limited) as refusal:
        return refused(form, found, refusal, files=files)
    if receipt is None:
        return unproven(form, found, files, outcome)
    attachments.forget(files)
    return guard.give(pages.seen_at("/suggestions/receipt"), guard.Opened(receipt.suggestion_id, receipt.code))


@public.errorhandler(CSRFError)
def keep_words(_error: CSRFError) -> AnyResponse:
    """Ask again when the browser kept no cookie of the form."""
    fault = Fault("form", "Your browser kept nothing of this page. Please allow cookies and send once more.")
    if request.path != "/suggestions":
        return pages.seen_at("/suggestions/track")
    form, found = opened(is_sent=True)
    return shown_again(form, found, fault, status=400)


@public.errorhandler(RequestEntityTooLarge)
def say_too_large(_error: RequestEntityTooLarge) -> AnyResponse:
    """Say what to do about files that are too large; a body that is not read cannot be shown again."""
    form, found = opened(is_sent=False)
    fault = Fault("files", "The files are larger than 50 MB together. Please send fewer, or make them smaller.")
    return shown_again(form, found, fault, challenge=challenges.fresh(FORM), status=413)


@public.errorhandler(StorageUnavailable)
def keep_unstored(error: StorageUnavailable) -> AnyResponse:
    """Show the form with its words when nothing can be stored just now; files have to be chosen again."""
    problem = problem_of(error, platform().translations)
    if request.endpoint != "suggestions_public.send":
        return respond(problem)
    try:
        form, found = opened(is_sent=True)
    except StorageUnavailable:
        return respond(problem)
    response = shown_again(form, found, Fault("form", problem.detail), status=problem.status)
    response.headers["Retry-After"] = str(problem.retry_seconds)
    return response


@public.post("/suggestions/files")
@takes_files(attachments.BODY_BYTES)
def keep_files() -> Response:
    """Check files while the citizen is still writing, and keep them for the form; a program of the page asks."""
    return attachments.told(attachments.attached())


def _stored(form: SuggestionForm, found: Places, given: tuple[CleanFile, ...]) -> tuple[Outcome, Receipt | None]:
    attempt = challenges.attempt(FORM, LADDER)
    if attempt.outcome not in GUESSES:
        return attempt.outcome, None
    if attempt.outcome is Outcome.PASSED:
        platform().limits.hit("suggestions", network(), BUDGETS[attempt.budget])
    files = attachments.renewed(given)
    submission = _submission(form, found, files)
    settings, now = platform().settings, platform().now()
    keys = Keys(settings.lasting_key, Vault.at(settings.data_dir))
    with attachments.shelf().holding(files), platform().transaction() as session:
        outcome = spend(session, attempt, record_id=submission.submission_id, now=now)
        passed = outcome in (Outcome.PASSED, Outcome.REPEATED)
        receipt = submit(session, submission, keys=keys, now=now) if passed else None
    if receipt is None or receipt.is_repeated:
        attachments.shelf().remove(file.id for file in files)
    return outcome, receipt


def _submission(form: SuggestionForm, found: Places, files: tuple[CleanFile, ...]) -> Submission:
    unit_id, counter_id = (int(field.data) if field.data else None for field in (form.unit, form.counter))
    return Submission(
        submission_id=cast("str", form.submission_id.data),
        kind=Kind(form.kind.data or ""),
        text=form.text.data or "",
        unit_id=found.unit_of(unit_id, counter_id),
        counter_id=counter_id,
        procedure=form.procedure.data or "",
        is_about_staff=form.about_staff.data,
        is_public_wished=form.public.data,
        channel=Channel.WEB,
        language=language(),
        contact=form.contact,
        files=files,
    )
