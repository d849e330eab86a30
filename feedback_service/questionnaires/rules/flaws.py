"""What keeps a version from being published."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from feedback_service.questionnaires.rules.questions import Kind, Option, Question, Source

SCALES_OF_FACES = (3, 5)
MOST_QUESTIONS = 200
MOST_OPTIONS = 200
TEXT_LETTERS = 1000
CHOOSING = (Kind.FACES, Kind.SINGLE, Kind.MULTIPLE)
"""Kinds whose answers are a list of our own."""
_ID = re.compile(r"[a-z][a-z0-9_-]{0,59}")
_CODE = re.compile(r"[a-z][a-z0-9_-]{0,59}")


@dataclass(frozen=True)
class Flaw:
    """One thing to mend: the id of the question, "" for the whole, and a message id."""

    question: str
    message: str

    def __str__(self) -> str:
        """Say it on one line in English."""
        return f"{self.question}: {self.message}" if self.question else self.message


def flaws(questions: Sequence[Question], *, is_kiosk: bool = False) -> tuple[Flaw, ...]:
    """Return what keeps a version from being published, nothing when it is sound."""
    return tuple(_flaws(questions, is_kiosk=is_kiosk))


def _flaws(questions: Sequence[Question], *, is_kiosk: bool) -> Iterator[Flaw]:
    if not any(question.source is Source.CITIZEN for question in questions):
        yield Flaw("", "it asks citizens nothing")
    if len(questions) > MOST_QUESTIONS:
        yield Flaw("", "it has more than 200 questions")
    if is_kiosk and questions and questions[0].kind is not Kind.FACES:
        yield Flaw(questions[0].id, "the first question of a tablet is answered by faces")
    times = Counter(question.id for question in questions)
    yield from (Flaw(name, "its name for programs stands twice") for name, count in times.items() if count > 1)
    before: dict[str, Question] = {}
    for question in questions:
        yield from (Flaw(question.id, message) for message in _flaws_of(question, before))
        before[question.id] = question


def _flaws_of(question: Question, before: Mapping[str, Question]) -> Iterator[str]:
    if not _ID.fullmatch(question.id):
        yield "a name for programs is made of small letters, digits, - and _"
    if not question.text.get("vi"):
        yield "the Vietnamese text is missing"
    if any(len(text) > TEXT_LETTERS for text in (*question.text.values(), *question.help.values())):
        yield "a text has more than 1,000 characters"
    yield from _flaws_of_options(question)
    yield from _flaws_of_condition(question, before)


def _flaws_of_condition(question: Question, before: Mapping[str, Question]) -> Iterator[str]:
    condition = question.show_if
    if condition is None:
        return
    asked = before.get(condition.question)
    if asked is None or asked.source is not Source.CITIZEN:
        yield "its condition names no question before it"
    elif not condition.values or not set(condition.values) <= set(asked.values):
        yield "its condition names an option that does not exist"
    elif asked.kind not in (*CHOOSING, Kind.SCALE):
        yield "its condition names a question without options"


def _flaws_of_options(question: Question) -> Iterator[str]:
    codes = [option.value for option in question.options]
    if len(set(codes)) < len(codes):
        yield "an option stands twice"
    if len(codes) > MOST_OPTIONS:
        yield "it has more than 200 options"
    if question.kind in (Kind.SINGLE, Kind.MULTIPLE) and len(codes) < 2:
        yield "there is nothing to choose from"
    if question.kind not in CHOOSING and codes:
        yield "this kind of question has no options of its own"
    is_scale = len(codes) in SCALES_OF_FACES and set(codes) == set(range(1, len(codes) + 1))
    if question.kind is Kind.FACES and not is_scale:
        yield "faces have three levels (3 to 1) or five (5 to 1)"
    if any(not option.text.get("vi") for option in question.options):
        yield "an option has no Vietnamese text"
    if not all(map(_is_code, question.options)):
        yield "the code of an option is a number up to 999999 or a word of small letters, digits, - and _"


def _is_code(option: Option) -> bool:
    if isinstance(option.value, bool):
        return False
    return 0 <= option.value <= 999_999 if isinstance(option.value, int) else bool(_CODE.fullmatch(option.value))
