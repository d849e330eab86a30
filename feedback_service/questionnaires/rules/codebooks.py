"""The codebook of a version: what each value in the exports means, in the words that people were asked in."""

from collections.abc import Iterator

from feedback_service.questionnaires.rules.asking import Asked
from feedback_service.questionnaires.rules.questions import Kind, Question, questions_of
from feedback_service.questionnaires.rules.wording import Wording

COLUMNS = (
    *("questionnaire", "version", "question", "kind", "source", "required", "asked_after", "group", "text", "text_en"),
    *("value", "label", "label_en", "satisfied"),
)
"""`satisfied` says whether a level of faces counts as satisfied: the upper two of five, the upper two of three."""
Line = tuple[str, ...]


def lines_of(wording: Wording, number: int) -> tuple[Line, ...]:
    """Return a line for each value of each question, and one for a question that is answered in people's own words.

    `question` and `value` are what stands in "answers" of an export; words of people stand in the suggestions.
    """
    questions = questions_of(wording.questions)
    return tuple(line for question in questions for line in _lines(wording.id, number, question))


def _lines(name: str, number: int, question: Question) -> Iterator[Line]:
    condition = question.show_if
    after = f"{condition.question} = {', '.join(map(str, condition.values))}" if condition else ""
    asked = (question.kind.value, question.source.value, "yes" if question.required else "no", after)
    texts = (question.group.get("vi", ""), question.text["vi"], question.text.get("en", ""))
    before = (name, str(number), question.id, *asked, *texts)
    options = Asked(question, None).options
    if not options:
        yield (*before, "", "", "", "")
    for option in options:
        level = _satisfied(question, option.value) if question.kind is Kind.FACES else ""
        yield (*before, str(option.value), option.text["vi"], option.text.get("en", ""), level)


def _satisfied(question: Question, value: int | str) -> str:
    """Say whether a level is satisfied: 4 and 5 of five, 2 and 3 of three (the neutral one of five is not, SIPAS)."""
    least = 4 if len(question.options) == 5 else 2
    return "yes" if isinstance(value, int) and value >= least else "no"
