"""What two keyings of a pile of paper differ in, and what the pile comes to once somebody has settled it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from feedback_service.core.errors import Fault
from feedback_service.core.text import one_line
from feedback_service.questionnaires.rules import Answer, Question, asked_of_citizens, faults_in
from feedback_service.questionnaires.rules.asking import FIELD
from feedback_service.ratings.rules.paper import BALLOT, Keyed, Pair, free_to_skip, keyed_in

WHOLE = "sheet"
"""How it is named when a sheet was keyed by one of the two only."""
UNSETTLED = "Please choose what stands on the sheet."


class Choice(StrEnum):
    """How a difference is settled."""

    FIRST = "first"
    SECOND = "second"
    OTHER = "other"


@dataclass(frozen=True)
class Difference:
    """One thing that two keyings say differently: a question by its id, BALLOT or WHOLE."""

    number: int
    name: str
    first: Answer | None
    second: Answer | None

    @property
    def field(self) -> str:
        """The name of the field that settles it."""
        return f"d-{self.number}-{self.name}"


@dataclass(frozen=True)
class Settled:
    """One sheet as it will be stored; `id` becomes the id of the rating."""

    id: str
    keyed: Keyed


@dataclass(frozen=True)
class Said:
    """What somebody settled: choices and what was read a third time, by the name of the difference's field."""

    chosen: Mapping[str, str]
    typed: Mapping[str, str]
    ballots: Mapping[str, str]


def differences(questions: Sequence[Question], pairs: Sequence[Pair]) -> tuple[Difference, ...]:
    """Return everything that the two keyings of a pile differ in, sheet by sheet; spaces in texts do not count."""
    return tuple(found for pair in pairs for found in _differences(questions, pair))


def settlement(
    questions: Sequence[Question], pairs: Sequence[Pair], said: Said
) -> tuple[tuple[Settled, ...], tuple[Fault, ...]]:
    """Return the sheets as they will be stored, without those left out, and what is still to be settled."""
    found = differences(questions, pairs)
    faults = [Fault(one.field, UNSETTLED) for one in found if said.chosen.get(one.field) not in tuple(Choice)]
    if faults:
        return (), tuple(faults)
    kept: list[Settled] = []
    for pair in pairs:
        sheet, wrong = _settled(questions, pair, said)
        faults += wrong
        if sheet is not None and sheet.answers:
            kept.append(Settled(pair.id, sheet))
    return tuple(kept), tuple(faults)


def _settled(questions: Sequence[Question], pair: Pair, said: Said) -> tuple[Keyed | None, list[Fault]]:
    """Return a sheet as it is stored, None when it is left out, and what is wrong with it."""
    if pair.first is None or pair.second is None:
        is_taken = said.chosen[Difference(pair.number, WHOLE, None, None).field] == Choice.FIRST
        return (pair.first or pair.second) if is_taken else None, []
    found = {one.name: one for one in _differences(questions, pair)}
    third, wrong = _third(questions, found, said)
    sides = {Choice.FIRST: pair.first, Choice.SECOND: pair.second, Choice.OTHER: third}
    sources = {name: sides[Choice(said.chosen[one.field])] for name, one in found.items()}
    names = [question.id for question in asked_of_citizens(questions)]
    parts = {name: sources.get(name, pair.first).part(name) for name in names}
    answers = {name: part for name, part in parts.items() if part is not None}
    if not wrong:
        field = next(iter(found.values())).field if found else "main"
        wrong = [Fault(field, one.message) for one in faults_in(free_to_skip(questions), answers)]
    return Keyed(answers, str(sources.get(BALLOT, pair.first).part(BALLOT) or "")), wrong


def _third(questions: Sequence[Question], found: Mapping[str, Difference], said: Said) -> tuple[Keyed, list[Fault]]:
    """Return what was read from the sheet a third time; a question alone is judged without those before it."""
    asked = [one for one in questions if one.id in found and said.chosen[found[one.id].field] == Choice.OTHER]
    alone = [replace(question, show_if=None) for question in asked]
    fields = {FIELD + one.id: said.typed.get(found[one.id].field, "") for one in alone}
    ballot = said.ballots.get(found[BALLOT].field, "") if BALLOT in found else ""
    keyed, wrong = keyed_in(alone, fields, ballot)
    named = [(one.pointer.removeprefix(FIELD), one.message) for one in wrong]
    return keyed, [Fault(found[name].field, message) for name, message in named if name in found]


def _differences(questions: Sequence[Question], pair: Pair) -> Iterator[Difference]:
    if pair.first is None or pair.second is None:
        yield Difference(pair.number, WHOLE, None, None)
        return
    for name in (*(question.id for question in asked_of_citizens(questions)), BALLOT):
        first, second = pair.first.part(name), pair.second.part(name)
        if _plain(first) != _plain(second):
            yield Difference(pair.number, name, first, second)


def _plain(answer: Answer | None) -> Answer | None:
    if isinstance(answer, str):
        return one_line(answer)
    return answer if answer is None or isinstance(answer, int | float) else sorted(map(str, answer))
