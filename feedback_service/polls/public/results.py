"""What was counted: the results for people and for programs, and how they came about."""

from flask import Response, jsonify, request

from feedback_service.core.errors import Forbidden
from feedback_service.polls import export, guard, queries
from feedback_service.polls.public.blueprint import public, published
from feedback_service.polls.queries import PollRow, Results
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.i18n import language
from feedback_service.web.lasting import lasting


@public.get("/polls/<slug>/results")
@lasting
def results(slug: str) -> Response:
    """Show the counts as bars and as a table, or say when they can be seen."""
    with platform().reading() as session:
        asked = published(session, slug)
        has_voted = guard.has_voted(asked.id)
        counts = queries.results(session, asked) if guard.sees_results(asked, has_voted=has_voted) else None
    page = queries.ResultsPage(
        poll=asked,
        results=counts,
        has_voted=has_voted,
        only_clean=request.args.get("count") == "clean",
        counted_at=platform().now(),
        receipt=guard.kept_receipt(asked.id),
    )
    return pages.show("polls/results.html", page)


@public.get("/polls/<slug>/results.json")
def results_json(slug: str) -> Response:
    """Return the counts for programs."""
    asked, counts = _counted(slug)
    return jsonify(export.as_json(asked, counts, now=platform().now()))


@public.get("/polls/<slug>/results.csv")
def results_csv(slug: str) -> Response:
    """Return the counts for spreadsheets."""
    _, counts = _counted(slug)
    spoken = language()
    headings = tuple(platform().translations.word(heading, spoken) for heading in export.HEADINGS)
    table = export.as_csv(counts, headings=headings, language=spoken)
    return pages.download(iter([table]), file_name=f"{slug}.csv", media_type="text/csv")


@public.get("/polls/<slug>/integrity")
@lasting
def integrity(slug: str) -> Response:
    """Show what came, what was refused and why, and how anybody checks the count."""
    now = platform().now()
    with platform().reading() as session:
        asked = published(session, slug)
        sees = guard.sees_results(asked, has_voted=guard.has_voted(asked.id))
        known = queries.integrity(session, asked) if sees else None
    return pages.show("polls/integrity.html", queries.IntegrityPage(asked, known, now))


def _counted(slug: str) -> tuple[PollRow, Results]:
    with platform().reading() as session:
        asked = published(session, slug)
        if not guard.sees_results(asked, has_voted=guard.has_voted(asked.id)):
            raise Forbidden("The results of this poll cannot be seen yet.")
        return asked, queries.results(session, asked)
