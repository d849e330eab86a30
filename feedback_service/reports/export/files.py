"""An export as one stream of bytes, whatever its format."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from feedback_service.reports.export.lines import Chunks, csv_pieces, jsonl_pieces
from feedback_service.reports.export.sheets import pieces, write_workbook
from feedback_service.reports.export.statistics import Word, sav_pieces
from feedback_service.reports.rules.columns import COLUMNS, Cell, Column, Format, Records
from feedback_service.reports.rules.variables import Version, variables


@dataclass(frozen=True)
class Labels:
    """What a statistics programme is told besides the rows: what was asked, in which words, and when it was."""

    versions: tuple[Version, ...]
    word: Word
    made_at: datetime


def file_pieces(
    records: Records, written_as: Format, chunks: Chunks, *, scratch: Path, labels: Labels
) -> Iterator[bytes]:
    """Yield the file; a workbook is first made in `scratch`, a folder that may be written to."""
    columns = COLUMNS[records]
    if written_as is Format.CSV:
        yield from csv_pieces(columns, chunks)
    elif written_as is Format.JSONL:
        yield from jsonl_pieces(columns, chunks)
    elif written_as is Format.SAV:
        told = variables(records, labels.versions)
        yield from sav_pieces(told, chunks, title=records.value, made_at=labels.made_at, word=labels.word)
    else:
        with TemporaryDirectory(prefix="export-", dir=scratch) as folder:
            path = Path(folder) / "export.xlsx"
            write_workbook(path, records.value, columns, chunks)
            yield from pieces(path)


def codebook(records: Records, labels: Labels) -> Iterator[bytes]:
    """Yield a CSV file of every variable, its label and the meaning of its values."""
    rows = []
    for one in variables(records, labels.versions):
        rows.append((one.name, labels.word(one.label), "", ""))
        rows += [(one.name, "", str(value), labels.word(meaning)) for value, meaning in one.values.items()]
    yield from csv_pieces(CODEBOOK, [rows])


CODEBOOK = tuple(Column(name, Cell.WORDS, 30) for name in ("variable", "label", "value", "meaning"))
