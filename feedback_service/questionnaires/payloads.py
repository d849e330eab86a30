"""The JSON of a questionnaire file, judged strictly; its schema is published at the desk."""

import json
from dataclasses import replace
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from feedback_service.core.errors import Refused
from feedback_service.core.words import Sentence
from feedback_service.questionnaires.rules import questions_of, spelled
from feedback_service.questionnaires.rules.flaws import MOST_OPTIONS, MOST_QUESTIONS, TEXT_LETTERS
from feedback_service.questionnaires.rules.troubles import Trouble, Unreadable
from feedback_service.questionnaires.rules.wording import Wording, wording_of
from feedback_service.questionnaires.rules.xlsforms import read_form
from feedback_service.web.api import Payload, faults_of

OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
"""How the files of Excel 97 to 2003 begin."""
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,59}$")]
Code = Annotated[int, Field(strict=True, ge=0, le=999_999)] | Name


class Words(Payload):
    """One text; Vietnamese is needed, English may be missing."""

    vi: Annotated[str, Field(min_length=1, max_length=TEXT_LETTERS)]
    en: Annotated[str, Field(min_length=1, max_length=TEXT_LETTERS)] | None = None


class OptionPayload(Payload):
    """One possible answer; `face` is the drawn face beside it, 5 to 1."""

    value: Code
    text: Words
    face: Annotated[int, Field(ge=1, le=5)] | None = None


class ConditionPayload(Payload):
    """The question is asked when `question`, which stands before it, was answered with one of `in`."""

    question: Name
    values: Annotated[list[Code], Field(alias="in", min_length=1, max_length=MOST_OPTIONS)]


class QuestionPayload(Payload):
    """One question."""

    id: Name
    kind: Literal["faces", "single", "multiple", "scale", "text", "number", "date"]
    text: Words
    required: bool = False
    show_if: ConditionPayload | None = None
    options: Annotated[list[OptionPayload], Field(max_length=MOST_OPTIONS, default_factory=list)]
    help: Words | None = None
    group: Words | None = None
    source: Literal["citizen", "dossier", "unit"] = "citizen"


class Title(Payload):
    """What people call it."""

    vi: Annotated[str, Field(min_length=1, max_length=200)]
    en: Annotated[str, Field(max_length=200)] = ""


class QuestionnaireFile(Payload):
    """A questionnaire as a file; days are written 2026-12-31."""

    id: Name
    kind: Literal["kiosk", "survey"]
    title: Title
    legal_basis: Annotated[str, Field(min_length=1, max_length=1000)]
    valid_from: date
    valid_to: date | None = None
    is_unverified: bool
    questions: Annotated[list[QuestionPayload], Field(max_length=MOST_QUESTIONS)]


def read_any(content: bytes, *, today: date) -> Wording:
    """Return the questionnaire of a file, JSON or XLSForm; raises Refused, Unreadable."""
    if content.startswith(OLD_WORKBOOK):
        raise Refused("This is a workbook of the old kind (.xls). Open it, save it as .xlsx, and try once more.")
    return read_form(content, today=today) if content.startswith(b"PK") else read_file(content)


def read_file(content: bytes) -> Wording:
    """Return the questionnaire of a JSON file; raises Refused, Unreadable with every place that does not fit."""
    try:
        payload = QuestionnaireFile.model_validate_json(content)
    except ValidationError as error:
        kinds = [fault["type"] for fault in error.errors(include_url=False, include_input=False)]
        if kinds == ["json_invalid"]:
            raise Refused("This file is neither JSON nor an Excel workbook (.xlsx).") from error
        told = zip(faults_of(error), kinds, strict=True)
        raise Unreadable(tuple(_trouble(fault.pointer, kind) for fault, kind in told)) from error
    if payload.valid_to and payload.valid_to < payload.valid_from:
        raise Refused("The last day comes before the first day.")
    told_by = json.loads(payload.model_dump_json(by_alias=True, exclude_none=True))
    written = wording_of({"valid_to": None, **told_by})
    return replace(written, questions=spelled(questions_of(written.questions)))


def schema() -> dict[str, object]:
    """Return the JSON schema of such a file."""
    return QuestionnaireFile.model_json_schema(by_alias=True)


def _trouble(pointer: str, kind: str) -> Trouble:
    what = Sentence(_WORDS.get(kind, "This is not what is expected here."))
    return Trouble("", 0, Sentence("At {place}: {what}", {"place": pointer or "/", "what": what}))


_WORDS = {
    "missing": "This is missing.",
    "extra_forbidden": "This name is not known here.",
    "too_long": "This holds too much.",
    "string_too_long": "This holds too much.",
}
