"""Procedures at the desk: the list, and taking in a file, where every row is shown before it is stored."""

from dataclasses import dataclass

from flask import Blueprint, Response, flash, request
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.core.errors import Forbidden
from feedback_service.core.period import local_day
from feedback_service.core.text import one_line
from feedback_service.procedures import queries, service
from feedback_service.procedures.rules import Planned, rows_of
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.files import FileDesk, TableFileForm
from feedback_service.web.frame import person
from feedback_service.web.security import takes_files

staff = Blueprint("procedures_staff", __name__)
PAGE = "/staff/procedures"
MOST_BYTES = 4 * 1024 * 1024
DESK: FileDesk[Planned] = FileDesk(
    "procedures/file.html",
    MOST_BYTES,
    "The file can have at most 4 MB.",
    3000,
    "This page takes at most 3,000 rows. Please send the file in parts.",
)


@dataclass(frozen=True)
class ProceduresPage:
    """The procedures that were asked for."""

    words: str
    has_past: bool
    procedures: tuple[queries.ProcedureRow, ...]
    is_cut: bool
    may_change: bool


@staff.get(PAGE)
def procedures() -> Response:
    """Show the procedures; `q` searches without accents, `past` brings those that ended."""
    words, has_past = one_line(request.args.get("q", ""))[:100], request.args.get("past") == "1"
    on = None if has_past else local_day(platform().now())
    with platform().reading() as session:
        found = queries.procedures(session, words=words, on=on)
    is_cut, may_change = len(found) >= queries.LIST_LIMIT, person().unit_id is None
    return pages.show("procedures/list.html", ProceduresPage(words, has_past, found, is_cut, may_change))


@staff.get(f"{PAGE}/file")
def file() -> Response:
    """Show the form for a file."""
    _keep_to_everywhere()
    return DESK.empty()


@staff.post(f"{PAGE}/file")
@takes_files(MOST_BYTES + 64 * 1024)
def look_at_file() -> Response:
    """Show what would become of every row of a file; nothing is stored."""
    _keep_to_everywhere()
    return DESK.looked_at(lambda session, table: service.look_at(session, rows_of(table)))


@staff.post(f"{PAGE}/file/confirmation")
@takes_files(3 * MOST_BYTES)  # a form spells each byte of an accented letter with three signs
def confirm_file() -> AnyResponse:
    """Store the rows that were shown."""
    _keep_to_everywhere()
    rows = rows_of(TableFileForm().table())
    with platform().transaction() as session:
        service.store(session, rows, by=person().actor, now=platform().now())
    flash("The procedures of the file are saved.")
    return pages.seen_at(PAGE)


def _keep_to_everywhere() -> None:
    if person().unit_id is not None:
        raise Forbidden("Procedures are changed by somebody who reaches every unit.")
