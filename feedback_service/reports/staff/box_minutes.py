"""The minutes of an opening of the paper box, to be signed by those who were there."""

from flask import Response

from feedback_service.accounts import guard
from feedback_service.core.period import Period, local_day
from feedback_service.reports.export.papers import Heading, filled_minutes, form_bytes
from feedback_service.reports.rules.forms import MEDIA_TYPES, Written
from feedback_service.reports.staff.blueprint import staff
from feedback_service.suggestions.queries.paper import opening
from feedback_service.web import pages
from feedback_service.web.context import platform


@staff.get("/staff/box/<int:opening_id>/minutes.<any(xlsx, docx, pdf):ending>")
def box_minutes(opening_id: int, ending: str) -> Response:
    """Send the minutes of an opening."""
    now, words = platform().now(), platform().translations
    with platform().reading() as session:
        found = opening(session, opening_id, scope=guard.staff().scope, today=local_day(now))
    day, written_as = local_day(found.row.opened_at), Written(ending)
    office = platform().site().office
    heading = Heading(found.row.unit_name, office, Period(day, day), now, lambda message: words.word(message, "vi"))
    content = form_bytes(filled_minutes(heading, found), written_as, made_at=now)
    name = f"bien-ban-{found.row.number.replace('/', '-')}.{ending}"
    return pages.attachment(content, file_name=name, media_type=MEDIA_TYPES[written_as])
