"""XLSForm (xlsform.org): which of its forms ask what our questionnaires can ask, and every row that does not."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from feedback_service.core.errors import Refused
from feedback_service.questionnaires.rules.drafting import name_of, value_of, with_faces
from feedback_service.questionnaires.rules.flaws import MOST_OPTIONS
from feedback_service.questionnaires.rules.questions import Condition, Kind, Option, Question, Source, Value, spelled
from feedback_service.questionnaires.rules.troubles import Trouble, Unreadable
from feedback_service.questionnaires.rules.wording import Wording
from feedback_service.questionnaires.rules.workbooks import MOST_TROUBLES, Row, sheets_of

SHEETS = ("survey", "choices", "settings")
PLAIN: Mapping[str, Kind] = {
    "text": Kind.TEXT,
    "string": Kind.TEXT,
    "integer": Kind.NUMBER,
    "int": Kind.NUMBER,
    "decimal": Kind.NUMBER,
    "date": Kind.DATE,
}
CHOICE: Mapping[str, Kind] = {"select_one": Kind.SINGLE, "select_multiple": Kind.MULTIPLE}
KIND, SOURCE, FACE = "instance::feedback_kind", "instance::feedback_source", "face"
"""Our own columns: attributes that other programs carry along, and an extra column of the choices."""
UNSUPPORTED = re.compile(
    r"(constraint|calculat(e|ion)|choice_filter|default|repeat_count|count|jr:count|read_?only|trigger|save_to)"
    r"|(bind|media)::?.+|(image|big-image|audio|video)(::?.+)?"
)
"""Columns that would change what is asked, or what is seen and heard with it; `appearance` and messages would not."""
YES, NO = frozenset({"yes", "true", "true()", "1"}), frozenset({"", "no", "false", "false()", "0"})
_TYPE = re.compile(r"(select[ _](?:one|multiple)|select1)(?: from)? (\S+)(?: or[ _]other)?", re.IGNORECASE)
_EQUALS = re.compile(r"\$\{([^}]+)\}\s*=\s*(?:'([^']*)'|\"([^\"]*)\"|([0-9]+))")
_SELECTED = re.compile(r"selected\(\s*\$\{([^}]+)\}\s*,\s*(?:'([^']*)'|\"([^\"]*)\")\s*\)")
_LANGUAGE = re.compile(r"(label|hint)\s*::?\s*(.+)")


@dataclass
class _Reading:
    """What was read so far, and what could not be."""

    lists: Mapping[str, tuple[Option, ...]]
    spoken: Mapping[str, str]
    group: Mapping[str, str] = field(default_factory=dict)
    depth: int = 0
    questions: list[Question] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)


def read_form(content: bytes, *, today: date) -> Wording:
    """Return the questionnaire of an XLSForm; raises Refused, Unreadable with every sheet and row that does not fit."""
    sheets = sheets_of(content, SHEETS)
    if not sheets.get("survey"):
        raise Refused("This workbook has no sheet “survey” with questions, so it is no XLSForm.")
    settings = sheets.get("settings", ())[0] if sheets.get("settings") else Row("settings", 0, {})
    spoken = _languages(sheets, settings)
    reading = _Reading({}, spoken)
    reading.lists = dict(_lists(sheets.get("choices", ()), reading))
    for row in sheets["survey"]:
        _read_row(row, reading)
    if reading.troubles:
        raise Unreadable(tuple(sorted(reading.troubles, key=_place)[:MOST_TROUBLES]))
    return _wording(settings, reading, today)


def _place(trouble: Trouble) -> tuple[int, int]:
    return SHEETS.index(trouble.sheet), trouble.row


def _wording(settings: Row, reading: _Reading, today: date) -> Wording:
    title = settings.get("form_title", "title") or settings.get("form_id", "id_string") or "XLSForm"
    name = settings.get("form_id", "id_string")
    is_name = bool(re.fullmatch(r"[a-z][a-z0-9_-]{0,59}", name))
    valid_to = settings.get("feedback_valid_to")
    try:
        first, last = date.fromisoformat(settings.get("feedback_valid_from") or today.isoformat()), None
        last = date.fromisoformat(valid_to) if valid_to else None
    except ValueError as error:
        raise Refused("The days of the settings are not written like 2026-12-31.") from error
    return Wording(
        id=name if is_name else name_of(name or title, (), fallback="q"),
        kind="kiosk" if settings.get("feedback_type") == "kiosk" else "survey",
        title_vi=title[:200],
        title_en=settings.get("feedback_title_en")[:200],
        legal_basis=settings.get("feedback_legal_basis")[:1000] or "XLSForm",
        valid_from=first,
        valid_to=last,
        is_unverified=settings.get("feedback_is_unverified") in YES,
        questions=spelled(reading.questions),
    )


def _languages(sheets: Mapping[str, Sequence[Row]], settings: Row) -> Mapping[str, str]:
    """Return which language of ours each column "label::X" speaks; a single foreign one counts as Vietnamese."""
    heads = {head for name in ("survey", "choices") for row in sheets.get(name, ()) for head in row.texts}
    names = sorted({found[2] for head in heads if (found := _LANGUAGE.fullmatch(head))})
    known = {name: _language(name) for name in names}
    if "vi" not in known.values() and not any(head in ("label", "hint") for head in heads):
        chosen = settings.get("default_language").lower()
        first = chosen if chosen in known else next(iter(names), "")
        known[first] = "vi"
    return known


def _language(name: str) -> str:
    plain = name.casefold()
    if "(vi)" in plain or plain in ("vi", "vietnamese") or plain.startswith("ti\u1ebf"):
        return "vi"
    return "en" if "(en)" in plain or plain in ("en", "english") else ""


def _lists(rows: Sequence[Row], reading: _Reading) -> Iterator[tuple[str, tuple[Option, ...]]]:
    found: dict[str, list[Option]] = {}
    for row in rows:
        name, value = row.get("list_name", "list name"), row.get("name", "value")
        texts = _texts(row, "label", reading.spoken)
        if not name or not value or not texts.get("vi"):
            reading.troubles.append(row.trouble("An option needs list_name, name and label."))
            continue
        reading.troubles += _unsupported(row)
        face = row.get(FACE)
        found.setdefault(name, []).append(Option(_value(value), texts, int(face) if face.isdecimal() else None))
        if len(found[name]) == MOST_OPTIONS + 1:
            reading.troubles.append(row.trouble("A list can have at most 200 options."))
    yield from ((name, tuple(options)) for name, options in found.items())


def _value(text: str) -> Value:
    value = value_of(text)
    return value if isinstance(value, int) else text


def _read_row(row: Row, reading: _Reading) -> None:
    kind = " ".join(row.get("type").split())
    plain = kind.lower().replace("_", " ")
    if not kind:
        reading.troubles.append(row.trouble("This row has no type."))
    elif plain == "begin group":
        _begin_group(row, reading)
    elif plain == "end group":
        reading.depth, reading.group = max(0, reading.depth - 1), {}
    else:
        _read_question(row, kind, reading)


def _begin_group(row: Row, reading: _Reading) -> None:
    reading.depth += 1
    reading.group = _texts(row, "label", reading.spoken)
    if reading.depth > 1:
        reading.troubles.append(row.trouble("A group inside a group is not supported."))
    if row.get("relevant"):
        reading.troubles.append(row.trouble("A condition of a whole group is not supported; give it to its questions."))


def _read_question(row: Row, kind: str, reading: _Reading) -> None:
    before = len(reading.troubles)
    answered = _kind(row, kind, reading)
    texts = _texts(row, "label", reading.spoken)
    if answered is not None and not texts.get("vi"):
        reading.troubles.append(row.trouble("A question needs a label."))
    reading.troubles += _unsupported(row)
    condition = _condition(row, reading)
    required = row.get("required").lower()
    if required not in YES | NO:
        reading.troubles.append(row.trouble("The column {column} is not supported.", column="required"))
    if answered is None or len(reading.troubles) > before:
        return
    taken = {question.id for question in reading.questions}
    asked = Question(
        id=_name(row.get("name") or texts["vi"], taken),
        kind=answered[0],
        text=texts,
        required=required in YES,
        show_if=condition,
        options=answered[1],
        help=_texts(row, "hint", reading.spoken),
        group=reading.group,
        source=Source(row.get(SOURCE)) if row.get(SOURCE) in tuple(Source) else Source.CITIZEN,
    )
    reading.questions.append(asked if any(option.face for option in asked.options) else with_faces(asked))


def _unsupported(row: Row) -> list[Trouble]:
    columns = (column for column in row.texts if UNSUPPORTED.fullmatch(column))
    return [row.trouble("The column {column} is not supported.", column=column) for column in columns]


def _name(text: str, taken: set[str]) -> str:
    return (
        text
        if re.fullmatch(r"[a-z][a-z0-9_-]{0,59}", text) and text not in taken
        else name_of(text, taken, fallback="q")
    )


def _kind(row: Row, kind: str, reading: _Reading) -> tuple[Kind, tuple[Option, ...]] | None:
    chosen = _TYPE.fullmatch(kind)
    if chosen and " from " not in f" {kind.lower()} " and "other" not in kind.lower().rpartition(" ")[2]:
        stem = chosen[1].lower().replace(" ", "_").replace("select1", "select_one")
        if chosen[2] in reading.lists:
            is_faces = row.get(KIND) == Kind.FACES.value
            return (Kind.FACES if is_faces else CHOICE[stem]), reading.lists[chosen[2]]
        reading.troubles.append(row.trouble("The list {name} is not on the sheet “choices”.", name=chosen[2]))
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


def _condition(row: Row, reading: _Reading) -> Condition | None:
    words = row.get("relevant", "relevance")
    if not words:
        return None
    found = [_EQUALS.fullmatch(part) or _SELECTED.fullmatch(part) for part in re.split(r"\s+or\s+", words.strip())]
    names = {part[1].strip() for part in found if part}
    if None in found or len(names) != 1:
        reading.troubles.append(row.trouble("This condition is not supported: {words}", words=words[:200]))
        return None
    values = tuple(_value(next(text for text in part.groups()[1:] if text is not None)) for part in found if part)
    return Condition(names.pop(), values)


def _texts(row: Row, column: str, spoken: Mapping[str, str]) -> dict[str, str]:
    texts = {"vi": row.get(column)} if row.get(column) else {}
    for heading, text in row.texts.items():
        found = _LANGUAGE.fullmatch(heading)
        if found and found[1] == column and spoken.get(found[2]):
            texts[spoken[found[2]]] = text
    return {code: texts[code] for code in ("vi", "en") if code in texts}
