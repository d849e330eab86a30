"""Taking a poll along: its votes for spreadsheets, itself for another office."""

from flask import Response, jsonify, request
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.accounts import guard
from feedback_service.core.errors import Refused
from feedback_service.core.period import local_day
from feedback_service.polls import export, queries, service
from feedback_service.polls.staff.blueprint import reached, staff
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.i18n import language


@staff.post("/staff/polls/<int:poll_id>/votes")
def order_votes(poll_id: int) -> AnyResponse:
    """Send every vote of a poll as a file, and note that it was taken."""
    format_name = request.form.get("format", "csv")
    if format_name not in export.VOTE_FORMATS:
        raise Refused("Please choose one of the list.")
    now = platform().now()
    with platform().transaction() as session:
        known = reached(session, poll_id)
        votes = queries.votes(session, known)
        service.note_export(session, known, format_name, len(votes), by=guard.staff().actor, now=now)
    write, media_type = export.VOTE_FORMATS[format_name]
    headings = tuple(platform().translations.word(heading, language()) for heading in export.VOTE_HEADINGS)
    file_name = f"{known.slug}-{local_day(now)}.{format_name}"
    return pages.attachment(write(votes, headings), file_name=file_name, media_type=media_type)


@staff.get("/staff/polls/<int:poll_id>/poll.json")
def order_poll(poll_id: int) -> Response:
    """Send a poll as it is written down, without a count."""
    with platform().reading() as session:
        known = reached(session, poll_id)
    response = jsonify(export.written(known))
    response.headers["Content-Disposition"] = f'attachment; filename="{known.slug}.json"'
    return response
