"""After writing: the tracking code once, the slip, and the page where slips are checked."""

from dataclasses import dataclass

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.core.errors import Limited
from feedback_service.core.words import Sentence
from feedback_service.suggestions import guard
from feedback_service.suggestions.export.slip import Wording, is_signed, qr_address, signature, slip_pdf
from feedback_service.suggestions.forms.public import SlipForm
from feedback_service.suggestions.public.blueprint import public
from feedback_service.suggestions.queries.tracking import Slip, by_code, slip
from feedback_service.suggestions.rules.clock import weekday_words
from feedback_service.suggestions.rules.codes import code_hash, groups, typed
from feedback_service.web import pages
from feedback_service.web.context import network, platform
from feedback_service.web.i18n import day_text, language, moment_text

CHECKS = "20 per 10 minutes"
NOTHING = "Neither the code nor the signature was found together. Please compare each letter with the slip."


@dataclass(frozen=True)
class ReceiptPage:
    """The receipt, while the code has not been noted."""

    slip: Slip
    groups: tuple[str, ...]
    spoken: str
    qr: str
    signature: str
    due: Sentence
    is_wrong: bool


@dataclass(frozen=True)
class SlipPage:
    """The check of a slip: `slip` is what the service knows, None while nothing was found."""

    form: SlipForm
    slip: Slip | None
    fault: str | None


@public.get("/suggestions/receipt")
def receipt() -> AnyResponse:
    """Show the code, the slip and the step that says it is written down."""
    return _receipt(is_wrong=False)


@public.post("/suggestions/receipt")
def note_code() -> AnyResponse:
    """Let the code go for good once the citizen says that it is kept."""
    seen = guard.opened()
    if seen is None:
        return pages.seen_at("/suggestions/track")
    if "noted" not in request.form:
        return _receipt(is_wrong=True)
    return guard.give(pages.seen_at("/suggestions/track"), guard.Opened(seen.suggestion_id))


@public.get("/suggestions/receipt/slip.pdf")
def slip_file() -> AnyResponse:
    """Give the slip as PDF while the code is still known to this browser."""
    seen = guard.opened()
    if seen is None or seen.code is None:
        return pages.seen_at("/suggestions/track")
    with platform().reading() as session:
        found = slip(session, seen.suggestion_id)
    settings, translations, spoken = platform().settings, platform().translations, language()
    wording = Wording(
        word=lambda message: translations.word(message, spoken),
        day=day_text,
        moment=lambda moment: moment_text(moment, translations),
        language=spoken,
    )
    content = slip_pdf(
        found,
        seen.code,
        office=platform().site().office,
        address=f"{settings.base_url}/suggestions/track",
        secret=settings.lasting_key,
        wording=wording,
    )
    return pages.download(iter([content]), file_name="giay-hen.pdf", media_type="application/pdf")


@public.get("/suggestions/slips")
def slips() -> Response:
    """Ask for the code and the signature of a slip."""
    return pages.show("suggestions/slips.html", SlipPage(SlipForm(formdata=None), None, None))


@public.post("/suggestions/slips")
def check_slip() -> Response:
    """Say what the service knows about a slip whose code and signature belong together."""
    form = SlipForm()
    try:
        platform().limits.hit("slip", network(), CHECKS)
    except Limited as refusal:
        fault = platform().translations.word(refusal.message, language())
        response = pages.show("suggestions/slips.html", SlipPage(form, None, fault), 429)
        response.headers["Retry-After"] = str(refusal.retry_seconds)
        return response
    wanted = code_hash(typed(form.code.data or "") or "")
    with platform().reading() as session:
        suggestion_id = by_code(session, wanted)
        found = slip(session, suggestion_id) if suggestion_id is not None else None
    secret = platform().settings.lasting_key
    if found is None or not is_signed(secret, found, form.signature.data or ""):
        fault = platform().translations.word(NOTHING, language())
        return pages.show("suggestions/slips.html", SlipPage(form, None, fault), 422)
    return pages.show("suggestions/slips.html", SlipPage(form, found, None))


def _receipt(*, is_wrong: bool) -> AnyResponse:
    seen = guard.opened()
    if seen is None or seen.code is None:
        return pages.seen_at("/suggestions/track")
    with platform().reading() as session:
        found = slip(session, seen.suggestion_id)
    settings = platform().settings
    page = ReceiptPage(
        slip=found,
        groups=groups(seen.code),
        spoken=", ".join(" ".join(group) for group in groups(seen.code)),
        qr=qr_address(seen.code, f"{settings.base_url}/suggestions/track"),
        signature=signature(settings.lasting_key, found),
        due=weekday_words(found.due_on),
        is_wrong=is_wrong,
    )
    return pages.show("suggestions/receipt.html", page, 422 if is_wrong else 200)
