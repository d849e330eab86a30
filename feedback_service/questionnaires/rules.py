"""What a questionnaire is, which answers fit it, and what is wrong with those that do not."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from feedback_service.core.errors import Fault

Value = int | str
"""The code of an option; it stands in answers, tallies and exports."""
Answer = int | float | str | Sequence[int | float | str]
Answers = Mapping[str, Answer]
TEXT_LETTERS = 2000
SCALE = range(11)
"""The steps of a scale without options: 0 to 10."""
SCALES_OF_FACES = (3, 5)
_ID = re.compile(r"[a-z][a-z0-9_-]{0,59}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Kind(StrEnum):
    """How a question is answered."""

    FACES = "faces"
    SINGLE = "single"
    MULTIPLE = "multiple"
    SCALE = "scale"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"


@dataclass(frozen=True)
class Option:
    """One possible answer: its code, its words by language, the drawn face beside it (5 to 1) if it has one."""

    value: Value
    text: Mapping[str, str]
    face: int | None = None


@dataclass(frozen=True)
class Condition:
    """The question is asked when `question` was answered with one of `values`."""

    question: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Question:
    """One question of a published version."""

    id: str
    kind: Kind
    text: Mapping[str, str]
    required: bool
    show_if: Condition | None
    options: tuple[Option, ...]
    help: Mapping[str, str]

    @property
    def values(self) -> tuple[Value, ...]:
        """The codes that may be chosen."""
        return tuple(option.value for option in self.options) or tuple(SCALE)


@lru_cache(maxsize=256)
def questions_of(spelled: str) -> tuple[Question, ...]:
    """Return the questions that a version keeps as JSON in the shape of the kiosk's configuration."""
    return tuple(_question(written) for written in json.loads(spelled))


def is_asked(question: Question, answers: Answers) -> bool:
    """Whether the question comes up after these answers."""
    condition = question.show_if
    return condition is None or any(value in condition.values for value in _given(answers.get(condition.question)))


def faults_in(questions: Sequence[Question], answers: Answers) -> tuple[Fault, ...]:
    """Return everything that does not fit, with JSON pointers below /answers."""
    known = {question.id for question in questions}
    strangers = [_fault(name, "This questionnaire has no such question.") for name in answers if name not in known]
    wrong = [_fault(question.id, message) for question in questions if (message := _wrong(question, answers))]
    return (*strangers, *wrong)


def face_of(questions: Sequence[Question], answers: Answers) -> tuple[int, int] | None:
    """Return the level chosen on the first faces and how many levels there were, None when none was chosen."""
    for question in questions:
        chosen = answers.get(question.id)
        if question.kind is Kind.FACES and isinstance(chosen, int):
            return chosen, len(question.options)
    return None


def flaws(questions: Sequence[Question]) -> tuple[str, ...]:
    """Return in English what keeps a version from being published, nothing when it is sound."""
    return tuple(_flaws(questions))


def _question(written: Mapping[str, object]) -> Question:
    shown = written.get("show_if")
    options = written.get("options") or []
    assert isinstance(options, list)
    return Question(
        id=str(written["id"]),
        kind=Kind(str(written["kind"])),
        text=_words(written["text"]),
        required=bool(written["required"]),
        show_if=Condition(str(shown["question"]), tuple(shown["in"])) if isinstance(shown, dict) else None,
        options=tuple(Option(option["value"], option["text"], option.get("face")) for option in options),
        help=_words(written.get("help") or {}),
    )


def _words(text: object) -> Mapping[str, str]:
    assert isinstance(text, dict)
    return text


def _given(answer: Answer | None) -> Sequence[int | float | str]:
    if answer is None:
        return ()
    return (answer,) if isinstance(answer, int | float | str) else answer


def _fault(name: str, message: str) -> Fault:
    return Fault(f"/answers/{name.replace('~', '~0').replace('/', '~1')}", message)


def _wrong(question: Question, answers: Answers) -> str | None:
    answer = answers.get(question.id)
    if not is_asked(question, answers):
        return None if answer is None else "This question is not asked after that answer."
    if answer is None:
        return "This question needs an answer." if question.required else None
    return _CHECKS[question.kind](question, answer)


def _one_option(question: Question, answer: Answer) -> str | None:
    is_code = type(answer) in (int, str)  # True equals 1 and 1.0 equals 1, but neither is a code
    return None if is_code and answer in question.values else "This option does not exist."


def _some_options(question: Question, answer: Answer) -> str | None:
    if isinstance(answer, int | float | str):
        return "This question takes a list of options."
    if len(set(answer)) < len(answer):
        return "An option is named twice."
    if question.required and not answer:
        return "This question needs an answer."
    return next((wrong for value in answer if (wrong := _one_option(question, value))), None)


def _text(_question: Question, answer: Answer) -> str | None:
    if not isinstance(answer, str):
        return "This question takes text."
    return None if len(answer) <= TEXT_LETTERS else "The text is too long."


def _number(_question: Question, answer: Answer) -> str | None:
    is_number = type(answer) in (int, float)
    return None if is_number and abs(float(str(answer))) < 1e15 else "This question takes a number."


def _date(_question: Question, answer: Answer) -> str | None:
    try:
        date.fromisoformat(answer if isinstance(answer, str) and _DAY.fullmatch(answer) else "")
    except ValueError:
        return "This question takes a date such as 2026-10-13."
    return None


_CHECKS: Mapping[Kind, Callable[[Question, Answer], str | None]] = {
    Kind.FACES: _one_option,
    Kind.SINGLE: _one_option,
    Kind.SCALE: _one_option,
    Kind.MULTIPLE: _some_options,
    Kind.TEXT: _text,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
}


def _flaws(questions: Sequence[Question]) -> Iterator[str]:
    if not questions:
        yield "it asks nothing"
    yield from (f"{name} stands twice" for name, times in Counter(q.id for q in questions).items() if times > 1)
    before: dict[str, Question] = {}
    for question in questions:
        yield from (f"{question.id}: {flaw}" for flaw in _flaws_of(question, before))
        before[question.id] = question


def _flaws_of(question: Question, before: Mapping[str, Question]) -> Iterator[str]:
    if not _ID.fullmatch(question.id):
        yield "an id is made of small letters, digits, - and _"
    if not question.text.get("vi"):
        yield "the Vietnamese text is missing"
    yield from _flaws_of_options(question)
    condition = question.show_if
    if condition and condition.question not in before:
        yield "its condition names no question before it"
    elif condition and not set(condition.values) <= set(before[condition.question].values):
        yield "its condition names an option that does not exist"


def _flaws_of_options(question: Question) -> Iterator[str]:
    codes = [option.value for option in question.options]
    if len(set(codes)) < len(codes):
        yield "an option stands twice"
    if question.kind in (Kind.SINGLE, Kind.MULTIPLE) and len(codes) < 2:
        yield "there is nothing to choose from"
    is_scale = len(codes) in SCALES_OF_FACES and set(codes) == set(range(1, len(codes) + 1))
    if question.kind is Kind.FACES and not is_scale:
        yield "faces have three levels (3 to 1) or five (5 to 1)"
    if any(not option.text.get("vi") for option in question.options):
        yield "an option has no Vietnamese text"
