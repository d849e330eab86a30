"""Questionnaires as files: our own JSON and XLSForm, out and in."""

from dataclasses import dataclass

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.core.canonical import canonical
from feedback_service.core.errors import DomainError, Fault, Refused
from feedback_service.core.period import local_day
from feedback_service.core.words import Sentence
from feedback_service.questionnaires import service
from feedback_service.questionnaires.export.codebook import codebook_csv, codebook_xlsx
from feedback_service.questionnaires.export.xlsform import xlsform as workbook
from feedback_service.questionnaires.forms import FileForm
from feedback_service.questionnaires.payloads import read_any, schema
from feedback_service.questionnaires.rules.codebooks import lines_of
from feedback_service.questionnaires.rules.troubles import Unreadable, words_of
from feedback_service.questionnaires.rules.wording import file_of
from feedback_service.questionnaires.rules.workbooks import MOST_BYTES
from feedback_service.questionnaires.staff.blueprint import PAGE, staff
from feedback_service.questionnaires.staff.drafts import known_wording
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.frame import person
from feedback_service.web.security import takes_files

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class FilePage:
    """The form for a file, and what was wrong with the last one, place by place."""

    form: FileForm
    faults: tuple[Fault, ...]
    troubles: tuple[Sentence, ...] = ()


@staff.get(f"{PAGE}/file")
def take_in() -> Response:
    """Show the form for a file."""
    return pages.show("questionnaires/file.html", FilePage(FileForm(formdata=None), ()))


@staff.post(f"{PAGE}/file")
@takes_files(MOST_BYTES + 64 * 1024)
def take_in_file() -> AnyResponse:
    """Make a draft of a file, or say of every place what does not fit."""
    form, running = FileForm(), platform()
    try:
        if not form.validate():
            raise Refused("Please choose a file.")
        written = read_any(_content(form), today=local_day(running.now()))
        with running.transaction() as session:
            service.take_in(session, written, by=person().actor, now=running.now())
    except Unreadable as refusal:
        form.refused(refusal)
        page = FilePage(form, form.faults(), words_of(refusal.troubles))
        return pages.show("questionnaires/file.html", page, 422)
    except DomainError as refusal:
        form.refused(refusal)
        return pages.show("questionnaires/file.html", FilePage(form, form.faults()), 422)
    flash("The file is taken in as a draft. Look at it, then publish it.")
    return pages.seen_at(f"{PAGE}/{written.id}/draft")


@staff.get(f"{PAGE}/<questionnaire_id>/<int:number>/file.json")
def json_file(questionnaire_id: str, number: int) -> Response:
    """Send a version as our own JSON."""
    with platform().reading() as session:
        known = known_wording(session, questionnaire_id, number)
    name = f"{questionnaire_id}-{number}.json"
    return pages.attachment(file_of(known), file_name=name, media_type="application/json")


@staff.get(f"{PAGE}/<questionnaire_id>/<int:number>/file.xlsx")
def xlsform(questionnaire_id: str, number: int) -> Response:
    """Send a version as XLSForm."""
    with platform().reading() as session:
        known = known_wording(session, questionnaire_id, number)
    name = f"{questionnaire_id}-{number}.xlsx"
    return pages.attachment(workbook(known), file_name=name, media_type=WORKBOOK)


@staff.get(f"{PAGE}/<questionnaire_id>/<int:number>/codebook.<any(csv,xlsx):shape>")
def codebook(questionnaire_id: str, number: int, shape: str) -> Response:
    """Send what the values of a version mean in the exports."""
    with platform().reading() as session:
        known = known_wording(session, questionnaire_id, number)
    name = f"{questionnaire_id}-{number}-codebook.{shape}"
    lines = lines_of(known, number)
    if shape == "csv":
        return pages.attachment(codebook_csv(lines), file_name=name, media_type="text/csv; charset=utf-8")
    return pages.attachment(codebook_xlsx(lines), file_name=name, media_type=WORKBOOK)


@staff.get(f"{PAGE}/schema.json")
def json_schema() -> Response:
    """Send the JSON schema of such a file."""
    return Response(canonical(schema()), mimetype="application/schema+json")


def _content(form: FileForm) -> bytes:
    upload = form.file.data
    content: bytes = upload.stream.read(MOST_BYTES + 1) if upload else b""
    if not content:
        raise Refused("Please choose a file.")
    if len(content) > MOST_BYTES:
        raise Refused("This file is too big: at most 5 MB.")
    return content
