"""Records as variables of a statistics programme: a name, a label, labels of values, and how a value is read."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from feedback_service.reports.rules.columns import COLUMNS, Cell, Records
from feedback_service.reports.rules.satisfaction import FACES, LEVEL_NAMES, Scale

Values = Sequence[Any]
"""A row in the order of the columns of its records."""


class Form(StrEnum):
    """What a variable holds."""

    NUMBER = "number"
    WORDS = "words"
    MOMENT = "moment"


@dataclass(frozen=True)
class Variable:
    """One variable; `label` and the labels of values are message ids, or words of a questionnaire as they stand."""

    name: str
    label: str
    form: Form
    read: Callable[[Values], object]
    values: Mapping[int, str] = field(default_factory=dict)
    width: int = 0


@dataclass(frozen=True)
class Version:
    """A version of a questionnaire: who asked, its number, and its questions as JSON."""

    questionnaire: str
    number: int
    questions: str


CODES: Mapping[str, Mapping[str, str]] = {
    "channel": {
        "kiosk": "Tablet at the counter",
        "web": "Web page",
        "qr": "QR code",
        "paper": "Paper",
        "phone": "Telephone",
        "box": "Paper box",
    },
    "tier": {
        "dossier": "With a dossier code",
        "kiosk": "At a tablet",
        "web": "On the web",
        "suspicious": "On the web, suspicious",
        "clean": "On the web",
    },
}
"""Our own codes that become numbers with labels, in their order; every other word stays one."""
LABELS: Mapping[str, str] = {
    "id": "Number of the record",
    "sequence": "Sequence on the tablet",
    "kiosk_id": "Number of the tablet",
    "survey": "Survey",
    "procedure": "Procedure",
    "unit": "Code of the unit",
    "counter": "Counter",
    "questionnaire": "Questionnaire",
    "version": "Version",
    "channel": "Channel",
    "tier": "Tier of trust",
    "language": "Language",
    "labels": "Labels of misuse",
    "answered_at": "Answered at",
    "stored_at": "Stored at",
    "poll": "Poll",
    "options": "Options chosen",
    "at": "Cast at",
    "kind": "Kind of suggestion",
    "topic": "What it is about",
    "state": "State",
    "refusal": "Reason of refusal",
    "received_at": "Received at",
    "due_on": "Due on",
    "answered_on": "Answered on",
    "on_time": "Answered on time",
    "answer_days": "Working days to the answer",
    "hidden": "Hidden and watched",
    "level": "Satisfaction with the answer, 1 to 5",
    "reopenings": "How often it was reopened",
}
"""Message ids of what each column holds."""
YES_NO = {0: "No", 1: "Yes"}
FLAGS = frozenset({"on_time", "hidden"})
WIDTHS = {Cell.LIST: 255, Cell.WORDS: 160, Cell.CODE: 40}
"""Bytes of a string variable, by what stands in its column."""
BETWEEN = " | "


def variables(records: Records, versions: Sequence[Version]) -> tuple[Variable, ...]:
    """Return the variables of an export; the questions of ratings come last, without what people wrote."""
    columns = [column for column in COLUMNS[records] if column.cell is not Cell.JSON]
    places = {column.name: place for place, column in enumerate(COLUMNS[records])}
    found = [_of_column(column.name, column.cell, places[column.name]) for column in columns]
    if records is Records.RATINGS:
        found += _of_questions(versions, places)
    return tuple(_named(found))


def _of_column(name: str, cell: Cell, place: int) -> Variable:
    label = LABELS.get(name, name)
    if name in CODES:
        numbers = {code: number for number, code in enumerate(CODES[name], start=1)}
        labels = {numbers[code]: label for code, label in CODES[name].items()}
        return Variable(name, label, Form.NUMBER, lambda row: numbers.get(row[place]), labels)
    if cell is Cell.NUMBER:
        return Variable(name, label, Form.NUMBER, lambda row: row[place], YES_NO if name in FLAGS else {})
    if cell is Cell.MOMENT:
        return Variable(name, label, Form.MOMENT, lambda row: row[place])
    if cell is Cell.LIST:
        return Variable(name, label, Form.WORDS, lambda row: BETWEEN.join(row[place]), width=WIDTHS[cell])
    return Variable(name, label, Form.WORDS, lambda row: row[place] or "", width=WIDTHS[cell])


def _of_questions(versions: Sequence[Version], places: Mapping[str, int]) -> Iterator[Variable]:
    asked: dict[tuple[str, str], list[Any]] = {}
    scales: dict[tuple[str, int, str], int] = {}
    for version in versions:
        for question in json.loads(version.questions):
            asked.setdefault((question["id"], question["kind"]), []).append(question)
            scales[version.questionnaire, version.number, question["id"]] = len(question.get("options") or ())
    answers, who = places["answers"], (places["questionnaire"], places["version"])

    def answer(row: Values, question: str) -> Any:
        return json.loads(row[answers]).get(question)

    def face(row: Values, question: str) -> int | None:
        size, level = scales.get((row[who[0]], row[who[1]], question)), answer(row, question)
        return FACES[Scale(size)].get(level) if size in tuple(Scale) else None

    for (name, kind), questions in asked.items():
        yield from _of_question((name, kind), questions, answer, face)


Answer = Callable[[Values, str], Any]


def _of_question(key: tuple[str, str], questions: Sequence[Any], answer: Answer, face: Answer) -> Iterator[Variable]:
    name, kind = key
    label = questions[-1]["text"]["vi"]
    options = {str(one["value"]): one["text"]["vi"] for question in questions for one in question.get("options") or ()}
    if kind == "faces":
        yield Variable(name, label, Form.NUMBER, lambda row: face(row, name), LEVEL_NAMES)
    elif kind in ("scale", "number"):
        yield Variable(name, label, Form.NUMBER, lambda row: answer(row, name))
    elif kind == "date":
        yield Variable(name, label, Form.WORDS, lambda row: answer(row, name) or "", width=10)
    elif kind == "single":
        numbers = {value: number for number, value in enumerate(options, start=1)}
        labels = {numbers[value]: text for value, text in options.items()}
        yield Variable(name, label, Form.NUMBER, lambda row: numbers.get(str(answer(row, name))), labels)
    elif kind == "multiple":
        for value, text in options.items():
            yield _ticked(name, value, f"{label} {text}", answer)


def _ticked(name: str, value: str, label: str, answer: Answer) -> Variable:
    def read(row: Values) -> int | None:
        chosen = answer(row, name)
        return None if chosen is None else int(value in [str(one) for one in chosen])

    return Variable(f"{name}_{value}", label, Form.NUMBER, read, YES_NO)


def _named(found: Iterable[Variable]) -> Iterator[Variable]:
    """Give each variable a name that the programme takes: letters, digits and _, begun by a letter, once each."""
    taken: set[str] = set()
    for one in found:
        plain = re.sub(r"[^A-Za-z0-9_]", "_", one.name)[:56]
        plain = plain if plain[:1].isalpha() and plain.upper() not in RESERVED else f"q_{plain}"
        name, number = plain, 1
        while name.upper() in taken:
            number += 1
            name = f"{plain}_{number}"
        taken.add(name.upper())
        yield Variable(name, one.label, one.form, one.read, one.values, one.width)


RESERVED = frozenset(["ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH"])
