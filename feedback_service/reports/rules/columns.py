"""What an export holds: the columns that the contract names, in their order."""

from dataclasses import dataclass
from enum import StrEnum
from string import ascii_letters, digits


class Records(StrEnum):
    """What can be exported."""

    RATINGS = "ratings"
    VOTES = "votes"
    SUGGESTIONS = "suggestions"


class Format(StrEnum):
    """How it can be written."""

    CSV = "csv"
    XLSX = "xlsx"
    JSONL = "jsonl"
    SAV = "sav"


class Cell(StrEnum):
    """What stands in a column: one of our own codes, words of people, whole numbers, moments, JSON, several words."""

    CODE = "code"
    WORDS = "words"
    NUMBER = "number"
    MOMENT = "moment"
    JSON = "json"
    LIST = "list"


@dataclass(frozen=True)
class Column:
    """One column; `width` is its width in a sheet, in letters."""

    name: str
    cell: Cell
    width: int


COLUMNS: dict[Records, tuple[Column, ...]] = {
    Records.RATINGS: (
        Column("id", Cell.CODE, 38),
        Column("sequence", Cell.NUMBER, 10),
        Column("kiosk_id", Cell.NUMBER, 10),
        Column("unit", Cell.WORDS, 10),
        Column("counter", Cell.WORDS, 14),
        Column("questionnaire", Cell.WORDS, 16),
        Column("version", Cell.NUMBER, 8),
        Column("channel", Cell.CODE, 10),
        Column("tier", Cell.CODE, 12),
        Column("language", Cell.CODE, 10),
        Column("answered_at", Cell.MOMENT, 20),
        Column("stored_at", Cell.MOMENT, 20),
        Column("answers", Cell.JSON, 60),
        Column("labels", Cell.LIST, 20),
        Column("survey", Cell.WORDS, 20),
        Column("procedure", Cell.WORDS, 20),
    ),
    Records.VOTES: (
        Column("poll", Cell.WORDS, 40),
        Column("options", Cell.LIST, 40),
        Column("tier", Cell.CODE, 12),
        Column("at", Cell.MOMENT, 20),
    ),
    Records.SUGGESTIONS: (
        Column("id", Cell.NUMBER, 10),
        Column("unit", Cell.WORDS, 10),
        Column("counter", Cell.WORDS, 14),
        *(Column(name, Cell.CODE, 12) for name in ("channel", "kind", "topic", "language", "state", "refusal")),
        Column("received_at", Cell.MOMENT, 20),
        Column("due_on", Cell.CODE, 12),
        Column("answered_on", Cell.CODE, 12),
        *(Column(name, Cell.NUMBER, 12) for name in ("on_time", "answer_days", "level", "reopenings", "hidden")),
    ),
}
MEDIA_TYPES = {
    Format.CSV: "text/csv",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.JSONL: "application/jsonl",
    Format.SAV: "application/x-spss-sav",
}
_LEADING = frozenset(" \t\r\n\v\f\u00a0\u200b\ufeff\"',;")
_FORMULA = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")
_HARMLESS = frozenset(f"{ascii_letters}{digits}{{[")
_CONTROL = frozenset("\t\r\n")


def as_text(words: str) -> str:
    """Return words that no spreadsheet takes for a formula: a suspicious beginning is marked by an apostrophe.

    Source: OWASP, CSV injection; full-width signs and signs behind quotes, separators or a byte order mark count too.
    """
    if not words or words[0] in _HARMLESS:
        return words
    meant = next((letter for letter in words if letter not in _LEADING), "")
    return f"'{words}" if words[0] in _CONTROL or meant in _FORMULA else words
