"""A whole XLSForm out of the bytes of its workbook."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from feedback_service.core.errors import Refused
from feedback_service.core.period import day_of
from feedback_service.questionnaires.rules.drafting import name_of
from feedback_service.questionnaires.rules.flaws import MOST_OPTIONS
from feedback_service.questionnaires.rules.questions import Option, spelled
from feedback_service.questionnaires.rules.troubles import Trouble, Unreadable
from feedback_service.questionnaires.rules.wording import Wording
from feedback_service.questionnaires.rules.workbooks import MOST_TROUBLES, Row, sheets_of
from feedback_service.questionnaires.rules.xlsforms.columns import (
    FACE,
    YES,
    languages,
    repeated,
    strangers,
    texts,
    unsupported,
    value,
)
from feedback_service.questionnaires.rules.xlsforms.rows import Reading, read_row

SHEETS = ("survey", "choices", "settings")


def read_form(content: bytes, *, today: date) -> Wording:
    """Return the questionnaire of an XLSForm; raises Refused, Unreadable with every sheet and row that does not fit."""
    sheets = sheets_of(content, SHEETS)
    if not sheets.get("survey"):
        raise Refused("This workbook has no sheet “survey” with questions, so it is no XLSForm.")
    survey, choices = sheets["survey"], sheets.get("choices", ())
    settings = sheets["settings"][0] if sheets.get("settings") else Row("settings", 0, {})
    reading = Reading({}, languages((*survey, *choices), settings.get("default_language").lower()))
    reading.troubles += (*strangers(survey, reading.spoken), *strangers(choices, reading.spoken))
    reading.lists = dict(_lists(choices, reading))
    for row in survey:
        read_row(row, reading)
    reading.troubles += (row.trouble("This group is not ended.") for row in reading.groups)
    if reading.troubles:
        raise Unreadable(tuple(sorted(reading.troubles, key=_place)[:MOST_TROUBLES]))
    return _wording(settings, reading, today)


def _place(trouble: Trouble) -> tuple[int, int]:
    return SHEETS.index(trouble.sheet), trouble.row


def _wording(settings: Row, reading: Reading, today: date) -> Wording:
    title = settings.get("form_title", "title") or settings.get("form_id", "id_string") or "XLSForm"
    name = settings.get("form_id", "id_string")
    is_name = bool(re.fullmatch(r"[a-z][a-z0-9_-]{0,59}", name))
    valid_to = settings.get("feedback_valid_to")
    try:
        first, last = day_of(settings.get("feedback_valid_from") or today.isoformat()), None
        last = day_of(valid_to) if valid_to else None
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
        questions=spelled(reading.asked()),
    )


def _lists(rows: Sequence[Row], reading: Reading) -> Iterator[tuple[str, tuple[Option, ...]]]:
    found: dict[str, list[Option]] = {}
    for row in rows:
        name, code = row.get("list_name", "list name"), row.get("name", "value")
        said = texts(row, "label", reading.spoken)
        if not (name or code or said):
            continue  # a remark beside the lists
        if not name or not code or not said.get("vi"):
            reading.troubles.append(row.trouble("An option needs list_name, name and label."))
            continue
        reading.troubles += (*unsupported(row), *repeated(row, said))
        face = row.get(FACE)
        found.setdefault(name, []).append(Option(value(code), said, int(face) if face.isdecimal() else None))
        if len(found[name]) == MOST_OPTIONS + 1:
            reading.troubles.append(row.trouble("A list can have at most 200 options."))
    yield from ((name, tuple(options)) for name, options in found.items())
