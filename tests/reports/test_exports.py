"""Exports: complete, exact, and harmless in a spreadsheet."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_service.bundled import own
from feedback_service.core.canonical import canonical
from feedback_service.core.period import Period
from feedback_service.db import Database
from feedback_service.polls.models import VoteStanding
from feedback_service.reports.export.files import Labels, file_pieces
from feedback_service.reports.export.sheets import write_workbook
from feedback_service.reports.queries import rows
from feedback_service.reports.queries.rows import Wanted
from feedback_service.reports.rules.columns import COLUMNS, Cell, Column, Format, Records, as_text
from feedback_service.reports.rules.narrowing import Narrowing
from feedback_service.web.i18n import Translations
from tests.reports import records
from tests.reports.records import DONG_HA, MONDAY, NAM_DONG_HA

HOSTILE = (
    "=1+1",
    "+84 233",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    '"=1+1',
    ";=1+1",
    "\ufeff=1+1",
    " =cmd|' /C calc'!A0",
    'a";=1;"b',
    "một\nhai",
    "sep=,",
    '=HYPERLINK("http://x")',
)
WORDS = Translations.read(own("translations"))
EVERYTHING = Wanted(Records.RATINGS, None, None)
ONE_WORD = (Column("words", Cell.WORDS, 20),)


@pytest.fixture
def office(database: Database) -> Database:
    """An office with counters and questionnaires, on each kind of database."""
    with database.transaction() as session:
        records.found_office(session)
    return database


def exported(database: Database, wanted: Wanted, written_as: Format, scratch: Path) -> bytes:
    """Return an export as one piece."""
    with database.reading() as session:
        found = rows.chunks(session, wanted)
        labels = Labels(rows.versions(session), lambda message: WORDS.word(message, "vi"), MONDAY)
        return b"".join(file_pieces(wanted.records, written_as, found, scratch=scratch, labels=labels))


def read_csv(content: bytes) -> list[list[str]]:
    """Return the cells of a CSV file as a spreadsheet for Vietnam reads it."""
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_a_rating_is_exported_with_the_columns_of_the_contract(office: Database, tmp_path: Path) -> None:
    with office.transaction() as session:
        records.add_rating(session, 7, answers=canonical({"satisfaction": 5, "praise": ["fast"]}))

    lines = read_csv(exported(office, EVERYTHING, Format.CSV, tmp_path))

    assert lines[0] == [
        *("id", "sequence", "kiosk_id", "unit", "counter", "questionnaire", "version", "channel", "tier", "language"),
        *("answered_at", "stored_at", "answers", "labels", "survey", "procedure"),
    ]
    assert lines[1][1:] == [
        *("7", "", "19333", "Quầy 1", "kiosk-5", "1", "kiosk", "kiosk", "vi"),
        *("12/10/2026 09:00:00", "12/10/2026 09:00:02", '{"praise":["fast"],"satisfaction":5}', "", "", ""),
    ]


def test_json_lines_carry_real_numbers_moments_and_answers(office: Database, tmp_path: Path) -> None:
    with office.transaction() as session:
        records.add_rating(session, 7)

    (line,) = exported(office, EVERYTHING, Format.JSONL, tmp_path).decode().splitlines()

    rating = json.loads(line)
    assert list(rating) == [column.name for column in COLUMNS[Records.RATINGS]]
    assert rating["sequence"] == 7
    assert rating["kiosk_id"] is None
    assert rating["answers"] == {"satisfaction": 5}
    assert rating["labels"] == []
    assert datetime.fromisoformat(rating["answered_at"]) == MONDAY


def test_the_marks_that_hold_stand_with_their_rating(office: Database, tmp_path: Path) -> None:
    with office.transaction() as session:
        for number in (1, 2):
            records.add_rating(session, number)
        for number, label, lifted_at in ((1, "pace", None), (1, "hours", None), (2, "lost", MONDAY)):
            records.add_label(session, number, label, lifted_at)

    lines = exported(office, EVERYTHING, Format.JSONL, tmp_path).decode().splitlines()

    assert [json.loads(line)["labels"] for line in lines] == [["hours", "pace"], []]


def test_a_workbook_has_numbers_dates_and_no_formula(office: Database, tmp_path: Path) -> None:
    with office.transaction() as session:
        records.add_rating(session, 7)

    book = openpyxl.load_workbook(io.BytesIO(exported(office, EVERYTHING, Format.XLSX, tmp_path)))

    heading, cells = list(book["ratings"].iter_rows())
    assert [cell.value for cell in heading] == [column.name for column in COLUMNS[Records.RATINGS]]
    assert (cells[1].data_type, cells[1].value) == ("n", 7)
    assert (cells[10].data_type, cells[10].value) == ("d", datetime(2026, 10, 12, 9))  # noqa: DTZ001  # a sheet knows no zone
    assert (cells[3].data_type, cells[3].value) == ("s", "19333")
    assert list(tmp_path.glob("export-*")) == []


def test_a_vote_is_exported_with_its_options_and_nothing_of_the_voter(office: Database, tmp_path: Path) -> None:
    with office.transaction() as session:
        records.found_poll(session, ["Rất tốt", "Tốt", "Bình thường", "Chưa tốt"])
        records.add_vote(session, 1, [1, 3])
        records.add_vote(session, 2, [4], at=MONDAY + timedelta(minutes=1))

    lines = exported(office, Wanted(Records.VOTES, None, None), Format.JSONL, tmp_path).decode().splitlines()

    assert [json.loads(line) for line in lines] == [
        {
            "poll": "chuyen-muc-dang",
            "options": ["Rất tốt", "Bình thường"],
            "tier": "clean",
            "at": "2026-10-12T02:00:00.000000Z",
        },
        {"poll": "chuyen-muc-dang", "options": ["Chưa tốt"], "tier": "clean", "at": "2026-10-12T02:01:00.000000Z"},
    ]


def test_an_export_keeps_to_its_units_and_local_days(office: Database, tmp_path: Path) -> None:
    half_past_midnight = datetime(2026, 10, 12, 17, 30, tzinfo=UTC)
    with office.transaction() as session:
        records.add_rating(session, 1)
        records.add_rating(session, 2, answered_at=half_past_midnight)
        records.add_rating(session, 3, unit_id=NAM_DONG_HA, counter_id=records.COUNTER_3)
    wanted = Wanted(Records.RATINGS, frozenset({DONG_HA}), Period(date(2026, 10, 13), date(2026, 10, 13)))

    lines = read_csv(exported(office, wanted, Format.CSV, tmp_path))

    assert [line[1] for line in lines[1:]] == ["2"]
    with office.reading() as session:
        assert rows.count(session, wanted) == 1
        assert rows.count(session, EVERYTHING) == 3


def test_an_export_keeps_to_one_channel_and_one_tier_of_trust(office: Database, tmp_path: Path) -> None:
    with office.transaction() as session:
        for number, channel, tier in ((1, "kiosk", "kiosk"), (2, "qr", "web"), (3, "qr", "suspicious")):
            records.add_rating(session, number, channel=channel, tier=tier)
        records.found_poll(session, ["Tốt", "Chưa tốt"])
        for number in (1, 2):
            records.add_vote(session, number, [number])
        records.add(session, VoteStanding, {"vote_id": str(UUID(int=2)), "tier": "suspicious"})

    def options(tier: str) -> list[str]:
        wanted = Wanted(Records.VOTES, None, None, Narrowing(tier=tier))
        lines = exported(office, wanted, Format.JSONL, tmp_path).decode().splitlines()
        with office.reading() as session:
            assert rows.count(session, wanted) == len(lines)
        return [option for line in lines for option in json.loads(line)["options"]]

    of_qr = Wanted(Records.RATINGS, None, None, Narrowing("qr"))
    sure = Wanted(Records.RATINGS, None, None, Narrowing("qr", "web"))
    assert [line[1] for line in read_csv(exported(office, of_qr, Format.CSV, tmp_path))[1:]] == ["2", "3"]
    assert [line[1] for line in read_csv(exported(office, sure, Format.CSV, tmp_path))[1:]] == ["2"]
    assert (options("clean"), options("suspicious")) == (["Tốt"], ["Chưa tốt"])


def test_an_export_of_several_chunks_has_every_row_once(office: Database, tmp_path: Path) -> None:
    number = 2 * rows.CHUNK + 1
    with office.transaction() as session:
        records.found_poll(session, ["Tốt", "Chưa tốt"])
        moments = (MONDAY + timedelta(seconds=index) for index in range(number))
        records.add_votes(session, [(index, [1 + index % 2], at) for index, at in enumerate(moments)])
    votes = Wanted(Records.VOTES, None, None)

    book = openpyxl.load_workbook(io.BytesIO(exported(office, votes, Format.XLSX, tmp_path)), read_only=True)
    lines = exported(office, votes, Format.JSONL, tmp_path).decode().splitlines()

    assert len(list(book["votes"].iter_rows())) == number + 1
    assert len(read_csv(exported(office, votes, Format.CSV, tmp_path))) == number + 1
    assert len({json.loads(line)["at"] for line in lines}) == number


def test_a_spreadsheet_never_runs_what_a_citizen_wrote(office: Database, tmp_path: Path) -> None:
    with office.transaction() as session:
        records.found_poll(session, HOSTILE)
        for number in range(len(HOSTILE)):
            records.add_vote(session, number, [number + 1], at=MONDAY + timedelta(seconds=number))
    wanted = Wanted(Records.VOTES, None, None)

    lines = read_csv(exported(office, wanted, Format.CSV, tmp_path))[1:]
    book = exported(office, wanted, Format.XLSX, tmp_path)

    assert len(lines) == len(HOSTILE)
    for line, words in zip(lines, HOSTILE, strict=True):
        assert line[1] in (words, f"'{words}")
        assert not _would_run(line[1])
    cells = openpyxl.load_workbook(io.BytesIO(book))["votes"]["B"][1:]
    assert [(cell.data_type, cell.hyperlink) for cell in cells] == [("s", None)] * len(HOSTILE)
    with ZipFile(io.BytesIO(book)) as parts:
        assert not any(b"<f>" in parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets"))


def test_plain_words_and_numbers_in_words_are_left_alone() -> None:
    for words in ("Quầy 1", "Đúng hẹn", "19333", "a=b", "{}", "e-mail", ""):
        assert as_text(words) == words


@given(st.text(max_size=30))
def test_no_text_at_all_begins_a_formula(words: str) -> None:
    assert not _would_run(as_text(words))


def test_a_full_sheet_goes_on_in_the_next(tmp_path: Path) -> None:
    path = tmp_path / "words.xlsx"
    chunks: Iterator[list[tuple[str]]] = iter([[("a",), ("b",)], [("c",), ("d",)]])

    write_workbook(path, "words", ONE_WORD, chunks, most_rows=3)

    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["words", "words 2"]
    assert [[row[0].value for row in sheet.iter_rows()] for sheet in book] == [["words", "a", "b"], ["words", "c", "d"]]


def test_an_export_of_nothing_still_has_its_heading(office: Database, tmp_path: Path) -> None:
    assert len(read_csv(exported(office, EVERYTHING, Format.CSV, tmp_path))) == 1
    assert exported(office, EVERYTHING, Format.JSONL, tmp_path) == b""
    book = openpyxl.load_workbook(io.BytesIO(exported(office, EVERYTHING, Format.XLSX, tmp_path)))
    assert len(list(book["ratings"].iter_rows())) == 1


def _would_run(cell: str) -> bool:
    """Whether a spreadsheet might take a cell for a formula, whatever stands before the sign."""
    if cell[:1] in ("\t", "\r", "\n"):
        return True
    bare = cell.lstrip(' \t\r\n\v\f\u00a0\u200b\ufeff",;')
    return bare[:1] in tuple("=+-@＝＋－＠")
