"""Prescribed forms: which there are, how they can be written, and what a filled one holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from feedback_service.core.numbers import spelled


class FormKind(StrEnum):
    """A form that offices file."""

    DOSSIERS = "ii06a"
    BALLOTS = "mau01"
    NINE = "mau02"
    COMPARED = "mau03"
    RECEIVED = "pakn"
    INSPECTIONS = "kiemtra"
    SUMMARY = "tonghop"


OFFICIAL = frozenset({FormKind.DOSSIERS})
"""Forms whose heads and columns were read in an official text; the others are to be verified (domain 5.1)."""


OF_SINGLES = frozenset({FormKind.BALLOTS})
"""Forms that show what single people answered: whoever takes one leaves an entry in the ledger."""


FORM_NAMES: Mapping[FormKind, str] = {
    FormKind.DOSSIERS: "Form II.06a: how procedures were handled",
    FormKind.BALLOTS: "Form 01: ballots on the nine indices, one by one",
    FormKind.NINE: "Form 02: evaluation of handling procedures",
    FormKind.COMPARED: "Form 03: indices, satisfaction and classes of the units",
    FormKind.RECEIVED: "Reports and proposals: received and handled",
    FormKind.INSPECTIONS: "Table of inspections",
    FormKind.SUMMARY: "Figures for the report on administrative reform",
}
"""Message ids of what a form is called."""


class Written(StrEnum):
    """How a form can be written."""

    XLSX = "xlsx"
    DOCX = "docx"
    PDF = "pdf"


WRITTEN_NAMES = {Written.XLSX: "Excel (XLSX)", Written.DOCX: "Word (DOCX)", Written.PDF: "PDF"}
"""What each way of writing is called."""
MEDIA_TYPES = {
    Written.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Written.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Written.PDF: "application/pdf",
}
Value = str | int | Decimal | None


@dataclass(frozen=True)
class Letterhead:
    """What stands at the head of an official paper (NĐ 30/2020/NĐ-CP), in Vietnamese."""

    authority: str
    office: str
    nation: str
    motto: str
    dated: str


@dataclass(frozen=True)
class Grid:
    """The table of a form: `groups` are titles over so many columns, `marks` the numbers under the heads.

    `totals` are the last rows, none where a form has none.
    """

    groups: tuple[tuple[str, int], ...]
    heads: tuple[str, ...]
    marks: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Value, ...], ...]
    totals: tuple[tuple[Value, ...], ...]

    @property
    def is_grouped(self) -> bool:
        """Whether some title spans several columns."""
        return any(span > 1 for _title, span in self.groups)


@dataclass(frozen=True)
class Document:
    """A filled form in words that are ready to print; `sources` say where each number is from."""

    code: str
    title: str
    lines: tuple[str, ...]
    head: Letterhead
    grid: Grid
    notes: tuple[str, ...]
    signers: tuple[str, str]
    sources_title: str
    sources: tuple[tuple[str, str], ...]
    is_wide: bool
    sources_heads: tuple[str, str] = ("", "")


def written(value: Value) -> str:
    """Return a value as Vietnam writes it: 1.234 and 1,70; nothing for what is not told."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return spelled(value, decimals=2)
    return spelled(value) if isinstance(value, int) else value


def leading(values: Sequence[Value]) -> tuple[str, ...]:
    """Return a whole row as it is printed."""
    return tuple(written(value) for value in values)
