"""Rows of the sheet “survey”: questions and groups as ours, or what is wrong with them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from feedback_service.questionnaires.rules.drafting import name_of, with_faces
from feedback_service.questionnaires.rules.flaws import MOST_QUESTIONS
from feedback_service.questionnaires.rules.questions import Condition, Kind, Option, Question, Source
from feedback_service.questionnaires.rules.troubles import Trouble
from feedback_service.questionnaires.rules.workbooks import Row
from feedback_service.questionnaires.rules.xlsforms.columns import (
    KIND,
    NO,
    SOURCE,
    YES,
    repeated,
    texts,
    unsupported,
    value,
)

PLAIN: Mapping[str, Kind] = {
    "text": Kind.TEXT,
    "string": Kind.TEXT,
    "integer": Kind.NUMBER,
    "int": Kind.NUMBER,
    "decimal": Kind.NUMBER,
    "date": Kind.DATE,
}
_TYPE = re.compile(
    r"(?P<one>select[ _]one|select1)(?: from)? (?P<list>\S+)"
    r"|(?:select[ _]multiple|select all that apply)(?: from)? (?P<lists>\S+)",
    re.IGNORECASE,
)
_OR = re.compile(r"(?<!\s)\s+or\s+")
_EQUALS = re.compile(r"\$\{([^}]+)\}\s*=\s*(?:'([^']*)'|\"([^\"]*)\"|([0-9]+))")
_SELECTED = re.compile(r"selected\(\s*\$\{([^}]+)\}\s*,\s*(?:'([^']*)'|\"([^\"]*)\")\s*\)")


@dataclass
class Reading:
    """What was read so far, and what could not be; `names` tells how each row is named here, "" where it is refused."""

    lists: Mapping[str, tuple[Option, ...]]
    spoken: Mapping[str, str]
    groups: list[Row] = field(default_factory=list)
    group: Mapping[str, str] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)

    def asked(self) -> tuple[Question, ...]:
        """Return the questions; conditions speak of them as they are named here."""
        return tuple(replace(question, show_if=self._renamed(question.show_if)) for question in self.questions)

    def _renamed(self, condition: Condition | None) -> Condition | None:
        return condition and replace(condition, question=self.names[condition.question])


def read_row(row: Row, reading: Reading) -> None:
    """Take one row in: a question, the begin or end of a group; a remark and a row that is switched off ask nothing."""
    if len(reading.questions) > MOST_QUESTIONS:
        return
    kind = " ".join(row.get("type").split())
    plain = kind.lower().replace("_", " ")
    if row.get("disabled").lower() in YES or not (kind or row.get("name") or texts(row, "label", reading.spoken)):
        return
    if not kind:
        reading.troubles.append(row.trouble("This row has no type."))
    elif plain == "begin group":
        _begin_group(row, reading)
    elif plain == "end group":
        _end_group(row, reading)
    else:
        _read_question(row, kind, reading)


def _begin_group(row: Row, reading: Reading) -> None:
    reading.groups.append(row)
    reading.group = texts(row, "label", reading.spoken)
    reading.troubles += repeated(row, reading.group)
    if len(reading.groups) > 1:
        reading.troubles.append(row.trouble("A group inside a group is not supported."))
    if row.get("relevant", "relevance"):
        reading.troubles.append(row.trouble("A condition of a whole group is not supported; give it to its questions."))


def _end_group(row: Row, reading: Reading) -> None:
    reading.group = {}
    if reading.groups:
        reading.groups.pop()
    else:
        reading.troubles.append(row.trouble("This row ends a group that has not begun."))


def _read_question(row: Row, kind: str, reading: Reading) -> None:
    before = len(reading.troubles)
    answered = _kind(row, kind, reading)
    said, hint = texts(row, "label", reading.spoken), texts(row, "hint", reading.spoken)
    if answered is not None and not said.get("vi"):
        reading.troubles.append(row.trouble("A question needs a label."))
    reading.troubles += (*unsupported(row), *repeated(row, {**said, **{f"hint {code}": hint[code] for code in hint}}))
    condition = _condition(row, reading)
    required = row.get("required").lower()
    if required not in YES | NO:
        reading.troubles.append(row.trouble("The column {column} is not supported.", column="required"))
    if row.get("name") and row.get("name") in reading.names:
        reading.troubles.append(row.trouble("The name {name} stands twice.", name=row.get("name")))
    reading.names.setdefault(row.get("name"), "")
    if answered is None or len(reading.troubles) > before:
        return
    asked = Question(
        id=_name(row, said["vi"], reading),
        kind=answered[0],
        text=said,
        required=required in YES,
        show_if=condition,
        options=answered[1],
        help=hint,
        group=reading.group,
        source=Source(row.get(SOURCE)) if row.get(SOURCE) in tuple(Source) else Source.CITIZEN,
    )
    if len(reading.questions) == MOST_QUESTIONS:
        reading.troubles.append(row.trouble("A questionnaire can have at most 200 questions."))
    reading.questions.append(asked if any(option.face for option in asked.options) else with_faces(asked))


def _name(row: Row, label: str, reading: Reading) -> str:
    taken = {question.id for question in reading.questions}
    written = row.get("name")
    is_ours = re.fullmatch(r"[a-z][a-z0-9_-]{0,59}", written) and written not in taken
    name = written if is_ours else name_of(written or label, taken, fallback="q")
    reading.names[written] = name
    return name


def _kind(row: Row, kind: str, reading: Reading) -> tuple[Kind, tuple[Option, ...]] | None:
    chosen = _TYPE.fullmatch(kind)
    if chosen:
        name = chosen["list"] or chosen["lists"]
        if name in reading.lists:
            is_faces = row.get(KIND) == Kind.FACES.value
            one = Kind.FACES if is_faces else Kind.SINGLE
            return (one if chosen["one"] else Kind.MULTIPLE), reading.lists[name]
        reading.troubles.append(row.trouble("The list {name} is not on the sheet “choices”.", name=name))
        return None
    if kind.lower() in PLAIN:
        return PLAIN[kind.lower()], ()
    if kind.lower() == "range" and _steps(row.get("parameters")) == ("0", "10", "1"):
        return Kind.SCALE, ()
    reading.troubles.append(row.trouble("The type {type} is not supported.", type=kind))
    return None


def _steps(parameters: str) -> tuple[str, str, str]:
    found = dict(pair.split("=", 1) for pair in re.split(r"[\s;,]+", parameters) if "=" in pair)
    return found.get("start", "1"), found.get("end", "10"), found.get("step", "1")


def _condition(row: Row, reading: Reading) -> Condition | None:
    words = row.get("relevant", "relevance")
    if not words:
        return None
    found = [_EQUALS.fullmatch(part) or _SELECTED.fullmatch(part) for part in _OR.split(words.strip())]
    names = {part[1].strip() for part in found if part}
    if None in found or len(names) != 1:
        reading.troubles.append(row.trouble("This condition is not supported: {words}", words=words[:200]))
        return None
    name = names.pop()
    if name not in reading.names:
        message = "This condition names {name}, which is no question before it."
        reading.troubles.append(row.trouble(message, name=name))
        return None
    values = tuple(value(next(text for text in part.groups()[1:] if text is not None)) for part in found if part)
    return Condition(name, values)
