"""Sheets on paper and answers by telephone: how they are keyed, and what a keyed sheet says."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from feedback_service.core.canonical import canonical
from feedback_service.core.errors import Fault
from feedback_service.core.text import composed
from feedback_service.questionnaires.rules import Answer, Answers, Kind, Question, asked_of_citizens, faults_in
from feedback_service.questionnaires.rules.asking import FIELD, Asked, answers_in
from feedback_service.ratings.rules.recording import COMMENT_LETTERS, Channel

BY_HAND = (Channel.PAPER, Channel.PHONE)
MOST_SHEETS = 500
TYPED_WITHIN = timedelta(days=89)
"""How old a day of answers may be: what is older the service would not believe (recording.KEPT_OFFLINE)."""
BALLOT = "ballot"
"""How the code of the dossier is named among the questions of a sheet."""
NUMBER_OF_ANSWER = "Please type the number that stands before the answer."
EMPTY_SHEET = "This sheet answers nothing. Put it aside; an empty sheet is not counted."


class State(StrEnum):
    """Where a pile stands."""

    KEYING = "keying"
    CHECKING = "checking"
    COMPARING = "comparing"
    STORED = "stored"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Keyed:
    """One sheet as somebody keyed it; `ballot` is the seal of the code of its dossier, "" without one."""

    answers: Answers
    ballot: str = ""

    def spelled(self) -> str:
        """Return it as it is kept."""
        return canonical({"answers": self.answers, "ballot": self.ballot})

    def part(self, name: str) -> Answer | None:
        """Return the answer to a question, or the seal of the ballot; None for nothing."""
        return (self.ballot or None) if name == BALLOT else self.answers.get(name)


@dataclass(frozen=True)
class Pair:
    """One sheet as each of the two keyed it; None where one did not."""

    id: str
    number: int
    first: Keyed | None
    second: Keyed | None


def state_of(
    keyed_at: datetime | None, checked_at: datetime | None, stored_at: datetime | None, dropped_at: datetime | None
) -> State:
    """Return where a pile stands."""
    reached = ((State.DROPPED, dropped_at), (State.STORED, stored_at), (State.COMPARING, checked_at))
    return next((state for state, at in reached if at), State.CHECKING if keyed_at else State.KEYING)


def read_back(spelled: str | None) -> Keyed | None:
    """Return a sheet out of what was kept."""
    told = json.loads(spelled) if spelled else None
    return Keyed(told["answers"], told["ballot"]) if told else None


def keys_of(question: Question) -> tuple[tuple[str, Mapping[str, str]], ...]:
    """Return what is typed for each answer: its place in the list, on a scale the step itself."""
    options = Asked(question, None).options
    if question.kind is Kind.SCALE and not question.options:
        return tuple((str(option.value), option.text) for option in options)
    return tuple((str(place), option.text) for place, option in enumerate(options, start=1))


def typed(question: Question, answer: Answer | None) -> str:
    """Return what has to be typed for an answer."""
    return " ".join(key for key, _text in said(question, answer))


def said(question: Question, answer: Answer | None) -> tuple[tuple[str, Mapping[str, str]], ...]:
    """Return what an answer says: each key that is typed for it, with its words where the key alone has none."""
    if answer is None:
        return ()
    if question.kind in _WRITTEN:
        return ((_WRITTEN[question.kind](str(answer)), {}),)
    chosen = (answer,) if isinstance(answer, int | float | str) else answer
    keys = [(key, {} if dict(text) == {"vi": key} else text) for key, text in keys_of(question)]
    return tuple(keys[question.values.index(value)] for value in chosen if value in question.values)


def keyed_in(
    questions: Sequence[Question], fields: Mapping[str, str], ballot: str = ""
) -> tuple[Keyed, tuple[Fault, ...]]:
    """Return the sheet that fields say, and what is wrong with it, by the name of the field.

    Nothing has to be answered: people leave out on paper what they like. What was answered beside a condition is left
    out, as on a page without a script.
    """
    asked = free_to_skip(questions)
    told, faults = {}, []
    for question in asked:
        text = fields.get(FIELD + question.id, "")
        values = _values(question, text)
        if None in values:
            faults.append(Fault(FIELD + question.id, NUMBER_OF_ANSWER))
        told[FIELD + question.id] = [str(value) for value in values if value is not None]
    answers = answers_in(asked, told)
    faults += [Fault(FIELD + one.pointer.removeprefix("/answers/"), one.message) for one in _wrong(asked, answers)]
    if not answers and not faults:
        faults.append(Fault("main", EMPTY_SHEET))
    return Keyed(answers, ballot), tuple(faults)


def free_to_skip(questions: Sequence[Question]) -> tuple[Question, ...]:
    """Return what citizens answer, where every question may be left out."""
    return tuple(replace(question, required=False) for question in asked_of_citizens(questions))


def asked_through(channel: Channel, questions: Sequence[Question]) -> tuple[Question, ...]:
    """Return the questions as a channel asks them: at a tablet everything after the faces can be skipped, too."""
    if channel in BY_HAND:
        return free_to_skip(questions)
    if channel is not Channel.KIOSK:
        return tuple(questions)
    faces = next((question.id for question in questions if question.kind is Kind.FACES), "")
    return tuple(replace(one, required=one.required and one.id == faces) for one in questions)


def _values(question: Question, text: str) -> list[int | str | None]:
    """Return the values of what was typed; None stands for what is no number of an answer."""
    plain = composed(text).strip()
    if question.kind in _WRITTEN:
        return [plain] if plain else []
    known = dict(zip((key for key, _text in keys_of(question)), question.values, strict=True))
    given = plain.replace(",", " ").replace(";", " ").split()
    if question.kind is not Kind.MULTIPLE and len(given) > 1:
        return [None]
    return [known.get(key) for key in given]


def _wrong(questions: Sequence[Question], answers: Answers) -> Iterator[Fault]:
    yield from faults_in(questions, answers)
    written = [question.id for question in questions if question.kind is Kind.TEXT and question.id in answers]
    if sum(len(str(answers[name])) + 2 for name in written) > COMMENT_LETTERS + 2:
        yield Fault(written[-1], "All that you wrote together is too long: at most 2,000 letters.")


_WRITTEN: Mapping[Kind, Callable[[str], str]] = {
    Kind.TEXT: str,
    Kind.NUMBER: lambda text: text.replace(".", ","),
    Kind.DATE: lambda text: "/".join(reversed(text.split("-"))),
}
"""Kinds of questions whose answers are written out, and how."""
