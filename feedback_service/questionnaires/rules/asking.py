"""Asking on a page: questions by groups, and answers out of what a form sent back."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from feedback_service.core.text import composed
from feedback_service.questionnaires.rules.questions import (
    SCALE,
    Answer,
    Answers,
    Kind,
    Option,
    Question,
    Source,
    is_asked,
)

FIELD = "q-"
"""How the names of the fields of a form begin."""
_NUMBER = re.compile(r"-?[0-9]{1,15}([.,][0-9]{1,9})?")
_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_ONE = (Kind.FACES, Kind.SINGLE, Kind.SCALE)


@dataclass(frozen=True)
class Asked:
    """One question of a page; `filled` is what the dates of the dossier say, which nobody can change."""

    question: Question
    after: Question | None
    filled: Answer | None = None

    @property
    def field(self) -> str:
        """The name of its field."""
        return FIELD + self.question.id

    @property
    def options(self) -> tuple[Option, ...]:
        """What can be chosen, the steps of a scale included."""
        if self.question.kind is Kind.SCALE:
            return tuple(Option(value, {"vi": str(value)}) for value in SCALE)
        return self.question.options

    @property
    def after_values(self) -> str:
        """The values upon which it is asked, as the script of the page reads them."""
        return " ".join(str(value) for value in self.question.show_if.values) if self.question.show_if else ""

    @property
    def after_texts(self) -> tuple[Mapping[str, str], ...]:
        """The words of those values."""
        if self.after is None or self.question.show_if is None:
            return ()
        options = Asked(self.after, None).options
        return tuple(option.text for option in options if option.value in self.question.show_if.values)

    @property
    def filled_texts(self) -> tuple[Mapping[str, str], ...]:
        """The words of what is filled in."""
        return tuple(option.text for option in self.options if option.value == self.filled)


@dataclass(frozen=True)
class Group:
    """One page of a survey: its title by language, "" where the questions have none."""

    title: Mapping[str, str]
    asked: tuple[Asked, ...]


def groups_of(questions: Sequence[Question], filled: Answers | None = None) -> tuple[Group, ...]:
    """Return the pages of a survey: neighbours of one group together; what a unit says of itself is not there.

    Questions that the dates of a dossier answer are there only where they are answered.
    """
    known, told = {question.id: question for question in questions}, filled or {}
    pages: list[tuple[Mapping[str, str], list[Asked]]] = []
    for question in questions:
        if question.source is Source.UNIT or (question.source is Source.DOSSIER and question.id not in told):
            continue
        if not pages or dict(pages[-1][0]) != dict(question.group):
            pages.append((question.group, []))
        after = known.get(question.show_if.question) if question.show_if else None
        pages[-1][1].append(Asked(question, after, told.get(question.id)))
    return tuple(Group(title, tuple(asked)) for title, asked in pages)


def answers_in(questions: Sequence[Question], sent: Mapping[str, Sequence[str]]) -> dict[str, Answer]:
    """Return what a form answers, by question; what cannot be read stays text, for the check to name.

    An empty field is no answer. A page without a script shows every question: what it sent for one that is not asked
    after the other answers is left out, as the page says.
    """
    answers: dict[str, Answer] = {}
    for question in questions:
        given = [composed(text).strip() for text in sent.get(FIELD + question.id, ())]
        filled = [text for text in given if text]
        if filled and question.source is Source.CITIZEN and is_asked(question, answers):
            answers[question.id] = _READ[question.kind](question, filled)
    return answers


def _one(question: Question, given: Sequence[str]) -> Answer:
    return _code(question, given[0])


def _some(question: Question, given: Sequence[str]) -> Answer:
    return [_code(question, text) for text in given]


def _code(question: Question, text: str) -> int | str:
    return next((value for value in question.values if str(value) == text), text)


def _text(_question: Question, given: Sequence[str]) -> Answer:
    return given[0]


def _number(_question: Question, given: Sequence[str]) -> Answer:
    if not _NUMBER.fullmatch(given[0]):
        return given[0]
    return float(given[0].replace(",", ".")) if re.search("[.,]", given[0]) else int(given[0])


def _date(_question: Question, given: Sequence[str]) -> Answer:
    found = _DAY.fullmatch(given[0])
    try:
        return date(int(found[3]), int(found[2]), int(found[1])).isoformat() if found else given[0]
    except ValueError:
        return given[0]


_READ: Mapping[Kind, Callable[[Question, Sequence[str]], Answer]] = {
    **dict.fromkeys(_ONE, _one),
    Kind.MULTIPLE: _some,
    Kind.TEXT: _text,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
}
