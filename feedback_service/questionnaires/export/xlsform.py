"""A questionnaire as XLSForm workbook: reading it back gives the same questionnaire."""

import io
from collections.abc import Iterator, Mapping, Sequence

from feedback_service.questionnaires.rules import Condition, Kind, Question, Source, questions_of
from feedback_service.questionnaires.rules.wording import Wording
from feedback_service.questionnaires.rules.xlsforms import FACE, KIND, SOURCE

VI, EN = "Vietnamese (vi)", "English (en)"
SURVEY = (
    *("type", "name", f"label::{VI}", f"label::{EN}", f"hint::{VI}", f"hint::{EN}"),
    *("required", "relevant", "parameters", KIND, SOURCE),
)
CHOICES = ("list_name", "name", f"label::{VI}", f"label::{EN}", FACE)
SETTINGS = (
    *("form_title", "form_id", "default_language", "feedback_type", "feedback_title_en", "feedback_legal_basis"),
    *("feedback_valid_from", "feedback_valid_to", "feedback_is_unverified"),
)
TYPES: Mapping[Kind, str] = {
    Kind.TEXT: "text",
    Kind.NUMBER: "decimal",
    Kind.DATE: "date",
    Kind.SCALE: "range",
}


def xlsform(wording: Wording) -> bytes:
    """Return the workbook; every cell is text, whatever it begins with."""
    import xlsxwriter

    content = io.BytesIO()
    questions = questions_of(wording.questions)
    with xlsxwriter.Workbook(content, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        head = book.add_format({"bold": True, "bottom": 1})
        for name, columns, rows in (
            ("survey", SURVEY, _survey(questions)),
            ("choices", CHOICES, _choices(questions)),
            ("settings", SETTINGS, iter([_settings(wording)])),
        ):
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, len(columns) - 1, 24)
            for place, column in enumerate(columns):
                sheet.write_string(0, place, column, head)
            for number, row in enumerate(rows, start=1):
                for place, text in enumerate(row):
                    sheet.write_string(number, place, text)
    return content.getvalue()


def _survey(questions: Sequence[Question]) -> Iterator[tuple[str, ...]]:
    group: Mapping[str, str] = {}
    for place, question in enumerate(questions):
        if dict(question.group) != dict(group):
            if group:
                yield ("end_group",)
            group = question.group
            if group:
                yield ("begin_group", f"group_{place + 1}", *_both(group))
        yield _row(question)
    if group:
        yield ("end_group",)


def _row(question: Question) -> tuple[str, ...]:
    return (
        _type(question),
        question.id,
        *_both(question.text),
        *_both(question.help),
        "yes" if question.required else "",
        _relevant(question.show_if) if question.show_if else "",
        "start=0 end=10 step=1" if question.kind is Kind.SCALE else "",
        question.kind.value if question.kind is Kind.FACES else "",
        "" if question.source is Source.CITIZEN else question.source.value,
    )


def _type(question: Question) -> str:
    if question.kind in TYPES:
        return TYPES[question.kind]
    return f"select_{'multiple' if question.kind is Kind.MULTIPLE else 'one'} {question.id}"


def _relevant(condition: Condition) -> str:
    return " or ".join(f"selected(${{{condition.question}}}, '{value}')" for value in condition.values)


def _choices(questions: Sequence[Question]) -> Iterator[tuple[str, ...]]:
    for question in questions:
        for option in question.options:
            face = "" if option.face is None else str(option.face)
            yield (question.id, str(option.value), *_both(option.text), face)


def _settings(wording: Wording) -> tuple[str, ...]:
    return (
        *(wording.title_vi, wording.id, VI, wording.kind, wording.title_en, wording.legal_basis),
        wording.valid_from.isoformat(),
        wording.valid_to.isoformat() if wording.valid_to else "",
        "yes" if wording.is_unverified else "",
    )


def _both(words: Mapping[str, str]) -> tuple[str, str]:
    return words.get("vi", ""), words.get("en", "")
