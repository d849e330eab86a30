"""What a questionnaire is, which answers fit it, and what is wrong with those that do not."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache

from feedback_service.core.canonical import canonical
from feedback_service.core.errors import Fault

Value = int | str
"""The code of an option; it stands in answers, tallies and exports."""
Answer = int | float | str | Sequence[int | float | str]
Answers = Mapping[str, Answer]
NO_DATE = "This question takes a date such as 2026-10-13."
TEXT_LETTERS = 2000
SCALE = range(11)
"""The steps of a scale without options: 0 to 10."""
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


class Source(StrEnum):
    """Who answers a question: the citizen, the dates of the dossier, or the unit about itself, never a citizen."""

    CITIZEN = "citizen"
    DOSSIER = "dossier"
    UNIT = "unit"


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
    """One question of a version; questions of one `group` stand on one page of a survey."""

    id: str
    kind: Kind
    text: Mapping[str, str]
    required: bool
    show_if: Condition | None
    options: tuple[Option, ...]
    help: Mapping[str, str]
    group: Mapping[str, str] = field(default_factory=dict)
    source: Source = Source.CITIZEN

    @property
    def values(self) -> tuple[Value, ...]:
        """The codes that may be chosen."""
        return tuple(option.value for option in self.options) or tuple(SCALE)


@lru_cache(maxsize=256)
def questions_of(spelled: str) -> tuple[Question, ...]:
    """Return the questions that a version keeps as JSON in the shape of the kiosk's configuration."""
    return tuple(_question(written) for written in json.loads(spelled))


def asked_of_citizens(questions: Sequence[Question]) -> tuple[Question, ...]:
    """Return the questions that a citizen answers."""
    return tuple(question for question in questions if question.source is Source.CITIZEN)


def asked_at_tablets(questions: Sequence[Question]) -> tuple[Question, ...]:
    """Return what a tablet asks, the faces first; nothing without faces that are asked of everybody."""
    asked = asked_of_citizens(questions)
    faces = [question for question in asked if question.kind is Kind.FACES and question.show_if is None][:1]
    return (*faces, *(question for question in asked if question not in faces)) if faces else ()


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


def spelled(questions: Sequence[Question]) -> str:
    """Return questions as a version keeps them; what is empty is left out, and reading it back gives the same."""
    return canonical([_written(question) for question in questions])


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
        group=_words(written.get("group") or {}),
        source=Source(str(written.get("source", Source.CITIZEN))),
    )


def _written(question: Question) -> dict[str, object]:
    condition = question.show_if
    told: dict[str, object] = {
        "id": question.id,
        "kind": question.kind.value,
        "text": dict(question.text),
        "required": question.required,
        "show_if": {"question": condition.question, "in": list(condition.values)} if condition else None,
    }
    if question.options:
        told["options"] = [_written_option(option) for option in question.options]
    more = {"help": dict(question.help), "group": dict(question.group)}
    told.update({name: words for name, words in more.items() if words})
    return told if question.source is Source.CITIZEN else {**told, "source": question.source.value}


def _written_option(option: Option) -> dict[str, object]:
    told: dict[str, object] = {"value": option.value, "text": dict(option.text)}
    return told if option.face is None else {**told, "face": option.face}


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
    if question.source is not Source.CITIZEN:
        return None if answer is None else "This question is not asked of citizens."
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
        return NO_DATE
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
