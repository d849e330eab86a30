"""What changed between two versions of a questionnaire, in words."""

from collections.abc import Iterator, Mapping, Sequence

from feedback_service.core.words import Sentence
from feedback_service.questionnaires.rules.questions import Condition, Option, Question


def differences(old: Sequence[Question], new: Sequence[Question]) -> tuple[Sentence, ...]:
    """Return every difference that somebody who answers can meet, in the order of the new version."""
    return tuple(_differences(old, new))


def _differences(old: Sequence[Question], new: Sequence[Question]) -> Iterator[Sentence]:
    before = {question.id: question for question in old}
    after = {question.id: question for question in new}
    for place, question in enumerate(new, start=1):
        known = before.get(question.id)
        facts: dict[str, object] = {"place": place, "text": _short(question.text)}
        if known is None:
            yield Sentence("Question {place} is new: “{text}”.", facts)
        else:
            yield from _changes(known, question, facts)
    for question in old:
        if question.id not in after:
            yield Sentence("“{text}” is not asked any more.", {"text": _short(question.text)})
    kept_before = [question.id for question in old if question.id in after]
    if kept_before != [question.id for question in new if question.id in before]:
        yield Sentence("The questions stand in another order.")


def _changes(old: Question, new: Question, facts: dict[str, object]) -> Iterator[Sentence]:
    yield from _worded(old, new, facts)
    if old.kind is not new.kind or old.source is not new.source:
        yield Sentence("Question {place} is answered in another way: “{text}”.", facts)
    if old.required is not new.required and new.required:
        yield Sentence("Question {place} now needs an answer: “{text}”.", facts)
    elif old.required is not new.required:
        yield Sentence("Question {place} may now be skipped: “{text}”.", facts)
    if _condition(old.show_if) != _condition(new.show_if):
        yield Sentence("Question {place} is asked after other answers: “{text}”.", facts)
    yield from _options(old.options, new.options, facts)


def _worded(old: Question, new: Question, facts: dict[str, object]) -> Iterator[Sentence]:
    if old.text.get("vi") != new.text.get("vi"):
        yield Sentence(
            "Question {place} reads “{text}”; before it read “{before}”.", {**facts, "before": _short(old.text)}
        )
    elif dict(old.text) != dict(new.text):
        yield Sentence("Question {place} has other words in English: “{text}”.", facts)
    if dict(old.help) != dict(new.help):
        yield Sentence("The help of question {place} was changed: “{text}”.", facts)
    if dict(old.group) != dict(new.group):
        yield Sentence("Question {place} stands in another group: “{text}”.", facts)


def _options(old: Sequence[Option], new: Sequence[Option], facts: dict[str, object]) -> Iterator[Sentence]:
    before = {option.value: option for option in old}
    after = {option.value: option for option in new}
    for value, option in after.items():
        told = {**facts, "option": _short(option.text)}
        if value not in before:
            yield Sentence("Question {place} offers “{option}” as well.", told)
        elif dict(before[value].text) != dict(option.text):
            told["before"] = _short(before[value].text)
            yield Sentence("An option of question {place} reads “{option}”; before it read “{before}”.", told)
    for value, option in before.items():
        if value not in after:
            yield Sentence("Question {place} no longer offers “{option}”.", {**facts, "option": _short(option.text)})
    if [value for value in before if value in after] != [value for value in after if value in before]:
        yield Sentence("The options of question {place} stand in another order.", facts)


def _condition(condition: Condition | None) -> tuple[str, frozenset[object]] | None:
    return (condition.question, frozenset(condition.values)) if condition else None


def _short(text: Mapping[str, str]) -> str:
    words = text.get("vi", "")
    return words if len(words) <= 120 else f"{words[:119]}…"
