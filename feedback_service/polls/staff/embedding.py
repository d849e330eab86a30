"""Other portals: which of them may show a poll, and what they copy into their pages."""

from dataclasses import dataclass

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.accounts import guard
from feedback_service.core.errors import Fault
from feedback_service.polls import export, service
from feedback_service.polls.export import Snippet
from feedback_service.polls.forms import PortalsForm
from feedback_service.polls.queries import PollRow
from feedback_service.polls.rules import Phase
from feedback_service.polls.rules.portals import portals_of
from feedback_service.polls.staff.blueprint import PAGE, reached, staff
from feedback_service.web import pages
from feedback_service.web.context import platform


@dataclass(frozen=True)
class EmbeddingPage:
    """A poll, the portals that may show it, and the lines to copy."""

    poll: PollRow
    form: PortalsForm
    faults: tuple[Fault, ...]
    snippets: tuple[Snippet, ...]
    may_edit: bool


@staff.get("/staff/polls/<int:poll_id>/embedding")
def embedding(poll_id: int) -> Response:
    """Show where a poll may appear and how."""
    with platform().reading() as session:
        known = reached(session, poll_id)
    return _page(known, PortalsForm(formdata=None, data={"portals": "\n".join(known.portals)}))


@staff.post("/staff/polls/<int:poll_id>/portals")
def allow_portals(poll_id: int) -> AnyResponse:
    """Let the portals of the list show a poll, and no others."""
    form = PortalsForm()
    with platform().reading() as session:
        known = reached(session, poll_id)
    if not form.validate():
        return _page(known, form, 422)
    with platform().transaction() as session:
        portals = portals_of(form.lines())
        service.allow(session, reached(session, poll_id), portals, by=guard.staff().actor, now=platform().now())
    flash("The list of portals is saved.")
    return pages.seen_at(f"{PAGE}/{poll_id}/embedding")


def _page(known: PollRow, form: PortalsForm, status: int = 200) -> Response:
    may_edit = guard.opens("polls_staff.allow_portals") and known.phase is not Phase.ARCHIVED
    lines = export.snippets(known, platform().settings.base_url)
    return pages.show("polls/desk_embedding.html", EmbeddingPage(known, form, form.faults(), lines, may_edit), status)
