"""Following a suggestion: the code is entered once and sent in the body, never in an address."""

from dataclasses import dataclass

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.core.errors import Conflict, Fault, Limited, Refused
from feedback_service.core.words import Sentence
from feedback_service.suggestions import guard
from feedback_service.suggestions.export.slip import Wording
from feedback_service.suggestions.export.talk import talk_text
from feedback_service.suggestions.forms.public import CodeForm, MessageForm, ReopeningForm
from feedback_service.suggestions.guard import attachments
from feedback_service.suggestions.public.blueprint import public
from feedback_service.suggestions.queries.tracking import Tracked, by_code, own_file, tracked
from feedback_service.suggestions.rules.clock import weekday_words
from feedback_service.suggestions.rules.codes import code_hash, typed
from feedback_service.suggestions.rules.hands import CleanFile
from feedback_service.suggestions.service.shelf import Shelf
from feedback_service.web import pages
from feedback_service.web.context import network, platform
from feedback_service.web.i18n import day_text, language, moment_text

ENTRIES = "20 per 10 minutes"
"""Codes that one network may try; 95 bits need no more, and a family at one table is not shut out."""
UNKNOWN = "This code was not found. Please compare each letter with what you noted; case and spaces do not matter."


@dataclass(frozen=True)
class EntryPage:
    """The form that asks for the code."""

    form: CodeForm
    fault: str | None = None


@dataclass(frozen=True)
class TrackingPage:
    """One suggestion as its sender sees it, with what is being written about it."""

    case: Tracked
    message: MessageForm
    reopening: ReopeningForm
    faults: tuple[Fault, ...] = ()
    files: tuple[CleanFile, ...] = ()
    kept_files: str = ""

    @property
    def lead(self) -> Sentence | None:
        """When the answer comes, or how promptly it came; None when there is nothing to say about days."""
        if self.case.due_on is not None:
            return Sentence("The answer will come at the latest on {day}.", {"day": weekday_words(self.case.due_on)})
        return None if self.case.answered_on is None else promptness(self.case)

    @property
    def is_writing(self) -> bool:
        """Whether the form for a message stands open."""
        return self.case.is_asked or bool(self.files or self.fault_of("text") or self.fault_of("files"))

    def fault_of(self, pointer: str) -> str | None:
        """What is wrong with a field, None when nothing is."""
        return next((fault.message for fault in self.faults if fault.pointer == pointer), None)


@public.get("/suggestions/track")
def track() -> Response:
    """Show what is open in this browser, else ask for the code."""
    seen = guard.opened()
    if seen is None:
        return pages.show("suggestions/entry.html", EntryPage(CodeForm(formdata=None)))
    return show_case(seen.suggestion_id)


@public.post("/suggestions/track")
def enter() -> AnyResponse:
    """Open a suggestion by its code; every wrong code gets the same words after the same work."""
    form = CodeForm()
    try:
        platform().limits.hit("tracking code", network(), ENTRIES)
    except Limited as refusal:
        return _limited(form, refusal)
    wanted = code_hash(typed(form.code.data or "") or "")
    with platform().reading() as session:
        found = by_code(session, wanted)
    if found is None:
        fault = platform().translations.word(UNKNOWN, language())
        return pages.show("suggestions/entry.html", EntryPage(form, fault), 422)
    return guard.give(pages.seen_at("/suggestions/track"), guard.Opened(found))


@public.post("/suggestions/track/end")
def leave() -> AnyResponse:
    """Close the suggestion in this browser, for whoever uses it next."""
    flash(platform().translations.word("Closed. Nobody sees the suggestion here without the code.", language()))
    return guard.close(pages.seen_at("/suggestions/track"))


@public.get("/suggestions/track/files/<file_id>")
def own_attachment(file_id: str) -> AnyResponse:
    """Give a file of the talk, to be saved and not shown."""
    seen = guard.opened()
    if seen is None:
        return pages.seen_at("/suggestions/track")
    with platform().reading() as session:
        known = own_file(session, seen.suggestion_id, file_id)
    content = Shelf.at(platform().settings.data_dir).read(known.id)
    return pages.attachment(content, file_name=known.name, media_type=known.media_type)


@public.get("/suggestions/track/talk.txt")
def talk() -> AnyResponse:
    """Give the whole talk as text."""
    seen = guard.opened()
    if seen is None:
        return pages.seen_at("/suggestions/track")
    with platform().reading() as session:
        case = tracked(session, seen.suggestion_id, now=platform().now())
    translations, spoken = platform().translations, language()
    wording = Wording(
        word=lambda message: translations.word(message, spoken),
        day=day_text,
        moment=lambda moment: moment_text(moment, translations),
        language=spoken,
    )
    content = talk_text(case, office=platform().site().office, wording=wording)
    return pages.download(iter([content]), file_name=f"gop-y-{case.id}.txt", media_type="text/plain")


def show_case(
    suggestion_id: int,
    *faults: Fault,
    message: MessageForm | None = None,
    reopening: ReopeningForm | None = None,
    files: tuple[CleanFile, ...] = (),
    status: int = 200,
) -> Response:
    """Show a suggestion to its sender, with what has to be mended and the files that came along."""
    with platform().reading() as session:
        case = tracked(session, suggestion_id, now=platform().now())
    page = TrackingPage(
        case=case,
        message=message or MessageForm(formdata=None),
        reopening=reopening or ReopeningForm(formdata=None),
        faults=faults,
        files=files,
        kept_files=attachments.keep(files),
    )
    return pages.show("suggestions/tracking.html", page, status)


def promptness(case: Tracked) -> Sentence:
    """Return when the answer came, after how many days, and how long before or after the due day."""
    early = case.early_days or 0
    if not case.answer_days:
        return Sentence("Answered on {day}, the day it came.", {"day": case.answered_on})
    facts = {"day": case.answered_on, "days": case.answer_days, "early": abs(early)}
    if early > 0:
        return Sentence("Answered on {day}, after {days} working days, {early} working days before the due day.", facts)
    if early < 0:
        return Sentence("Answered on {day}, after {days} working days, {early} working days late.", facts)
    return Sentence("Answered on {day}, after {days} working days, on the due day.", facts)


def _limited(form: CodeForm, refusal: Limited) -> Response:
    fault = platform().translations.word(refusal.message, language())
    response = pages.show("suggestions/entry.html", EntryPage(form, fault), 429)
    response.headers["Retry-After"] = str(refusal.retry_seconds)
    return response


KEPT_WORDS = (Refused, Conflict, Limited)
"""Refusals after which the page is shown again with everything that was written."""
