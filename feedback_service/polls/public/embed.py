"""A poll in a frame on the page of another portal: no cookie, no session, only where its list allows it."""

from typing import TypeVar
from urllib.parse import urlencode, urlsplit

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.bundled import own
from feedback_service.core.errors import Forbidden, NotFound
from feedback_service.polls import export, guard, queries
from feedback_service.polls.public import booth as booths
from feedback_service.polls.public.blueprint import public, published
from feedback_service.polls.public.booth import Booth
from feedback_service.polls.public.shelf import shelf
from feedback_service.polls.queries import PollRow
from feedback_service.polls.rules import Channel
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.security import is_same_origin, policy

Answer = TypeVar("Answer", bound=AnyResponse)
TEMPLATE = "polls/embed.html"
PUBLISHED_AT = ("polls", "embed/polls")
SCRIPT_SECONDS = 3600


@public.get("/embed/polls/<slug>")
def embedded(slug: str) -> Response:
    """Ask the question in a frame."""
    kept = shelf().poll(slug)
    return _framed(booths.asking(_booth(kept.asked), kept.copies), kept.asked)


@public.post("/embed/polls/<slug>/votes")
def cast_embedded(slug: str) -> AnyResponse:
    """Count a vote from our own frame; a form on another page cannot vote for its visitors."""
    if not is_same_origin():
        raise Forbidden("This form was sent from another site. Please open the page here and try again.")
    booth = _booth(shelf().poll(slug).asked)
    tried = booths.vote(booth)
    if tried.page is not None:
        return _framed(tried.page, booth.asked)
    voted = urlencode({"voted": guard.voted_token(booth.asked.id, tried.nonce or "")})
    return _framed(pages.seen_at(f"/embed/polls/{slug}/results?{voted}"), booth.asked)


@public.get("/embed/polls/<slug>/results")
def embedded_results(slug: str) -> Response:
    """Show the counts in a frame; whoever has just voted there brings a token instead of a cookie."""
    voted = request.args.get("voted", "")
    with platform().reading() as session:
        asked = published(session, slug)
        receipt = guard.receipt_of(voted, asked.id)
        sees = guard.sees_results(asked, has_voted=bool(receipt))
        counts = queries.results(session, asked) if sees else None
    page = queries.ResultsPage(
        poll=asked,
        results=counts,
        has_voted=bool(receipt),
        only_clean=request.args.get("count") == "clean",
        counted_at=platform().now(),
        receipt=receipt,
        voted=voted if receipt else "",
    )
    return _framed(pages.show("polls/embed_results.html", page), asked)


@public.get("/embed.js")
def embed_script() -> Response:
    """Send the custom element to any portal."""
    response = Response(own("static/scripts/embed.js").read_bytes(), mimetype="text/javascript")
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.cache_control.public = True
    response.cache_control.max_age = SCRIPT_SECONDS
    response.add_etag()
    response.make_conditional(request)
    return response


@public.get("/oembed")
def oembed() -> Response:
    """Tell programs how to show a poll (oEmbed 1.0): JSON, or XML where that is asked for."""
    asked = _named(request.args.get("url", ""))
    most = tuple(request.args.get(name, type=int) for name in ("maxwidth", "maxheight"))
    site = platform().site()
    facts = export.oembed(asked, platform().settings.base_url, provider=site.unit or site.product, most=most)
    written_as = request.args.get("format", "json")
    if written_as not in export.OEMBED_FORMATS:
        return Response(status=501)
    write, media_type = export.OEMBED_FORMATS[written_as]
    return Response(write(facts), mimetype=media_type)


def _named(address: str) -> PollRow:
    """Return the poll at an address of ours; raises NotFound when it is none, or when no portal may show it."""
    base, parts = urlsplit(platform().settings.base_url), urlsplit(address[:500])
    folder, _, slug = parts.path.strip("/").rpartition("/")
    if (parts.scheme, parts.netloc) != (base.scheme, base.netloc) or folder not in PUBLISHED_AT:
        raise NotFound("There is no such poll.")
    with platform().reading() as session:
        asked = published(session, slug)
    if not asked.portals:
        raise NotFound("There is no such poll.")
    return asked


def _booth(asked: PollRow) -> Booth:
    return Booth(asked, Channel.EMBED, TEMPLATE, has_voted=False)


def _framed(response: Answer, asked: PollRow) -> Answer:
    """Let the portals of the list show a page in a frame, and nobody else."""
    response.headers["Content-Security-Policy"] = policy(frame_ancestors=" ".join(("'self'", *asked.portals)))
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
