"""What became of my vote: a receipt code leads to it, and never to what was chosen."""

from dataclasses import dataclass

from flask import Response, request

from feedback_service.core.errors import Fault
from feedback_service.polls import queries
from feedback_service.polls.public.blueprint import public
from feedback_service.polls.queries import Fate
from feedback_service.polls.rules.receipts import mark_of, typed_code
from feedback_service.web import pages
from feedback_service.web.context import network, platform
from feedback_service.web.i18n import language

TRIES = "30 per 10 minutes"


@dataclass(frozen=True)
class ReceiptPage:
    """The form, what was typed into it, and what became of the vote."""

    typed: str = ""
    fate: Fate | None = None
    faults: tuple[Fault, ...] = ()


@public.get("/receipts")
def receipts() -> Response:
    """Ask for the code of a receipt."""
    return pages.show("polls/receipts.html", ReceiptPage())


@public.post("/receipts")
def check_receipt() -> Response:
    """Tell what became of a vote; nothing is changed, so that no cookie is asked for."""
    platform().limits.hit("receipt", network(), TRIES)
    typed = request.form.get("code", "")[:40]
    code = typed_code(typed)
    if code is None:
        return _again(typed, "A receipt has twelve letters and digits, such as 7K3M-9QX2-H4TV.")
    with platform().reading() as session:
        fate = queries.fate(session, mark_of(code))
    if fate is None:
        return _again(typed, "There is no vote with this receipt. Please compare each letter and digit.")
    return pages.show("polls/receipts.html", ReceiptPage(fate=fate))


def _again(typed: str, message: str) -> Response:
    fault = Fault("code", platform().translations.word(message, language()))
    return pages.show("polls/receipts.html", ReceiptPage(typed=typed, faults=(fault,)), 422)
