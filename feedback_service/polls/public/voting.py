"""Polls on the site: the list, the question, the vote."""

from urllib.parse import urlencode

from flask import Response, request
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.core.errors import Fault
from feedback_service.polls import guard, queries
from feedback_service.polls.public import booth as booths
from feedback_service.polls.public.blueprint import public
from feedback_service.polls.public.booth import Booth
from feedback_service.polls.public.shelf import shelf
from feedback_service.polls.queries import PollRow
from feedback_service.polls.rules import Channel
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.lasting import lasting

TEMPLATE = "polls/poll.html"


@public.get("/polls")
@lasting
def polls() -> Response:
    """List what is asked, what was asked, and the archive."""
    with platform().reading() as session:
        page = queries.list_page(session, now=platform().now())
    return pages.show("polls/list.html", page)


@public.get("/polls/<slug>")
def poll(slug: str) -> Response:
    """Ask the question; nothing is written."""
    kept = shelf().poll(slug)
    return booths.asking(_booth(kept.asked), kept.copies, oembed_url=_oembed_url(kept.asked))


@public.post("/polls/<slug>/votes")
def cast(slug: str) -> AnyResponse:
    """Count a vote, or say what to mend and keep what was chosen."""
    booth = _booth(shelf().poll(slug).asked)
    tried = booths.vote(booth)
    if tried.page is None:
        return guard.remember_vote(pages.seen_at(f"/polls/{slug}/results"), booth.asked.id, tried.nonce)
    return guard.remember_vote(tried.page, booth.asked.id) if tried.is_counted_before else tried.page


@public.errorhandler(CSRFError)
def keep_choice(_error: CSRFError) -> AnyResponse:
    """Ask again when the browser kept no cookie of the form."""
    booth = _booth(shelf().poll(str((request.view_args or {})["slug"])).asked)
    fault = Fault("question", "Your browser kept nothing of this page. Please allow cookies and send once more.")
    return booths.again(booth, booths.fresh(booth), fault, status=400)


def _booth(asked: PollRow) -> Booth:
    return Booth(asked, Channel.SITE, TEMPLATE, guard.has_voted(asked.id))


def _oembed_url(asked: PollRow) -> str:
    """Return where programs learn how to show this poll, empty when no portal may."""
    base = platform().settings.base_url
    return f"{base}/oembed?{urlencode({'url': f'{base}/polls/{asked.slug}'})}" if asked.portals else ""
