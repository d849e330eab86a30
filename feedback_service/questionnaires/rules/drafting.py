"""Changing the questions of a draft: each change gives new questions and leaves the old ones as they are."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import chain, count

from feedback_service.core.canonical import digest
from feedback_service.core.errors import Conflict, NotFound
from feedback_service.core.text import folded
from feedback_service.questionnaires.rules.questions import Kind, Option, Question, Value, spelled

NAME_LETTERS = 40
FACE_OF_LEVEL = {3: {3: 5, 2: 4, 1: 2}, 5: {level: level for level in range(1, 6)}}
"""Which drawn face stands for a level: three levels show the faces 5, 4 and 2."""
GONE = "This question is not there any more."

Questions = tuple[Question, ...]


def seen(questions: Sequence[Question]) -> str:
    """Return a mark of these questions, by which a form knows that nobody changed them meanwhile."""
    return digest(spelled(questions))[:16]


def checked(questions: Questions, mark: str) -> Questions:
    """Return the questions that bear this mark; raises Conflict when they were changed meanwhile."""
    if seen(questions) != mark:
        raise Conflict("Somebody changed this draft meanwhile. Please look at it again.")
    return questions


def found(questions: Questions, question_id: str) -> Question:
    """Return one question; raises NotFound."""
    for question in questions:
        if question.id == question_id:
            return question
    raise NotFound(GONE)


def put(questions: Questions, question: Question, *, instead_of: str | None = None) -> Questions:
    """Return the questions with one more at the end, or with one in the place of another; raises NotFound."""
    if instead_of is None:
        return (*questions, question)
    place = questions.index(found(questions, instead_of))
    return (*questions[:place], question, *questions[place + 1 :])


def without(questions: Questions, question_id: str) -> Questions:
    """Return the questions without one; raises NotFound."""
    gone = found(questions, question_id)
    return tuple(question for question in questions if question is not gone)


def moved(questions: Questions, question_id: str, *, to: int) -> Questions:
    """Return the questions with one at place `to`, counted from 0; the ends hold what goes beyond; raises NotFound."""
    moving = found(questions, question_id)
    others = without(questions, question_id)
    place = max(0, min(to, len(others)))
    return (*others[:place], moving, *others[place:])


def name_of(text: str, taken: Collection[str], *, fallback: str) -> str:
    """Return a name for programs that is made of `text` and is not taken yet."""
    plain = re.sub(r"[^a-z0-9]+", "-", folded(text)).strip("-")[:NAME_LETTERS].strip("-")
    stem = plain if plain[:1].isalpha() else f"{fallback}-{plain}".rstrip("-")
    numbered = (f"{stem}-{number}" for number in count(2))
    return next(name for name in chain([stem], numbered) if name not in taken)


def value_of(code: str) -> Value:
    """Return the code of an option: a number where it is written as one."""
    return int(code) if code.isascii() and code.isdecimal() and str(int(code)) == code else code


def with_faces(question: Question) -> Question:
    """Return a question with the drawn faces that belong to its levels, none where it is not answered by faces."""
    drawn = FACE_OF_LEVEL.get(len(question.options), {}) if question.kind is Kind.FACES else {}

    def faced(option: Option) -> Option:
        return replace(option, face=drawn.get(option.value) if isinstance(option.value, int) else None)

    return replace(question, options=tuple(map(faced, question.options)))
