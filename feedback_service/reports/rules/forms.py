"""Prescribed forms: which there are, and how they can be written."""

from collections.abc import Mapping
from enum import StrEnum


class FormKind(StrEnum):
    """A form that offices file."""

    DOSSIERS = "ii06a"
    BALLOTS = "mau01"
    NINE = "mau02"
    COMPARED = "mau03"
    RECEIVED = "pakn"
    INSPECTIONS = "kiemtra"
    REFORM = "baocao"
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
    FormKind.REFORM: "Report on administrative reform, with its figures",
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
