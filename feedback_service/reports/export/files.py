"""An export as one stream of bytes, whatever its format."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from feedback_service.reports.export.lines import Chunks, csv_pieces, jsonl_pieces
from feedback_service.reports.export.sheets import pieces, write_workbook
from feedback_service.reports.rules.columns import COLUMNS, Format, Records


def file_pieces(records: Records, written_as: Format, chunks: Chunks, *, scratch: Path) -> Iterator[bytes]:
    """Yield the file; a workbook is first made in `scratch`, a folder that may be written to."""
    columns = COLUMNS[records]
    if written_as is Format.CSV:
        yield from csv_pieces(columns, chunks)
    elif written_as is Format.JSONL:
        yield from jsonl_pieces(columns, chunks)
    else:
        with TemporaryDirectory(prefix="export-", dir=scratch) as folder:
            path = Path(folder) / "export.xlsx"
            write_workbook(path, records.value, columns, chunks)
            yield from pieces(path)
