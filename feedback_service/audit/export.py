"""Entries of the ledger as CSV: UTF-8 with its mark, semicolons, no cell that a spreadsheet would run."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator

from feedback_service.audit.queries import EntryRow

HEAD = ("at", "lane", "sequence", "act", "actor", "actor_name", "subject_kind", "subject_id", "facts", "hash")
MARK = "\ufeff"
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
CHUNK_ROWS = 500


def lines_of(entries: Iterable[EntryRow], name_of: Callable[[str], str]) -> Iterator[bytes]:
    """Yield the file, some hundred lines at a time; moments stay UTC as they were hashed."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", quoting=csv.QUOTE_ALL)
    buffer.write(MARK)
    writer.writerow(HEAD)
    for number, entry in enumerate(entries, start=1):
        cells = (entry.act, entry.actor, name_of(entry.actor), entry.subject_kind, entry.subject_id, entry.facts)
        writer.writerow((entry.at, entry.lane, entry.sequence, *(_plain(cell) for cell in cells), entry.hash))
        if number % CHUNK_ROWS == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode()


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(DANGEROUS) else cell
