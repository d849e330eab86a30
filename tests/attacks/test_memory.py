"""What is taken out is never held whole: memory does not grow with the rows (attack 52)."""

import tracemalloc
from datetime import timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from feedback_service.bundled import own
from feedback_service.db import Database
from feedback_service.reports.export.files import Labels, file_pieces
from feedback_service.reports.queries import rows
from feedback_service.reports.queries.rows import Wanted
from feedback_service.reports.rules.columns import Format, Records
from feedback_service.web.i18n import Translations
from tests.reports import records

VOTES = Wanted(Records.VOTES, None, None)
MOST_GROWTH_BYTES = 1_000_000
FEW, MANY = rows.CHUNK, 4 * rows.CHUNK


def peak(database: Database, scratch: Path) -> int:
    """Return the most bytes that an export of all votes holds while it is given away piece by piece."""
    words = Translations.read(own("translations"))
    with database.reading() as session:
        labels = Labels(rows.versions(session), lambda message: words.word(message, "vi"), records.MONDAY)
        found = rows.chunks(session, VOTES)
        pieces = file_pieces(Records.VOTES, Format.CSV, found, scratch=scratch, labels=labels)
        tracemalloc.start()
        for _ in pieces:
            continue
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return most


def test_four_times_the_rows_take_no_more_memory(database: Database, tmp_path: Path) -> None:
    with database.transaction() as session:
        records.found_office(session)
        records.found_poll(session, ["Tốt", "Chưa tốt"])
        _vote(session, range(FEW))
    peak(database, tmp_path)
    few = peak(database, tmp_path)
    with database.transaction() as session:
        _vote(session, range(FEW, MANY))

    assert peak(database, tmp_path) - few < MOST_GROWTH_BYTES


def _vote(session: Session, numbers: range) -> None:
    votes = [(number, [1 + number % 2], records.MONDAY + timedelta(seconds=number)) for number in numbers]
    records.add_votes(session, votes)
