"""Records for a statistics programme: every value with its label, read back by the library of that programme."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pyreadstat
import pytest

from feedback_service.core.canonical import canonical
from feedback_service.db import Database
from feedback_service.reports.export.files import Labels, codebook
from feedback_service.reports.export.statistics import sav_pieces
from feedback_service.reports.queries.rows import Wanted
from feedback_service.reports.rules.columns import Format, Records
from feedback_service.reports.rules.variables import Form, Variable, Version, variables
from tests.reports import records
from tests.reports.records import DONG_HA, MONDAY, NAM_DONG_HA, THREE
from tests.reports.test_exports import WORDS, exported
from tests.reports.test_more_forms import add_case


@pytest.fixture
def office(database: Database) -> Database:
    """An office with ratings on both scales, once on each kind of database."""
    with database.transaction() as session:
        records.found_office(session)
        low = canonical({"satisfaction": 1, "reasons": ["waiting"]})
        records.add_rating(session, 1, answers=low, level=1)
        low_of_three = canonical({"satisfaction": 1})
        records.add_rating(session, 2, answers=low_of_three, level=1, levels=3, version_id=THREE, counter_id=None)
        records.add_rating(session, 3, kiosk_id=None)
    return database


def read(content: bytes, folder: Path) -> tuple[dict[str, list[Any]], Any]:
    """Return columns and description of a file as the library of the programme reads it."""
    path = folder / "records.sav"
    path.write_bytes(content)
    columns, told = pyreadstat.read_sav(str(path), output_format="dict")
    return {name: list(column) for name, column in columns.items()}, told


def test_ratings_come_with_labels_in_vietnamese(office: Database, tmp_path: Path) -> None:
    content = exported(office, Wanted(Records.RATINGS, None, None), Format.SAV, tmp_path)

    columns, told = read(content, tmp_path)

    assert told.file_encoding == "UTF-8"
    assert told.column_names_to_labels["channel"] == "Kênh"
    assert told.variable_value_labels["channel"][1] == "Máy tại quầy"
    assert told.variable_value_labels["satisfaction"][5] == "Rất hài lòng"
    assert columns["satisfaction"] == [1, 2, 5]  # the lowest of three faces is the second of five
    assert columns["unit"] == ["19333"] * 3
    assert columns["answered_at"][0] == datetime(2026, 10, 12, 9)  # noqa: DTZ001  # the local clock
    assert columns["reasons_waiting"][0] == 1
    assert told.column_names_to_labels["reasons_waiting"] == "? Thời gian chờ đợi lâu"
    assert columns["version"] == [1, 1, 1]
    assert "answers" not in columns


def test_suggestions_come_without_a_word_that_anybody_wrote(office: Database, tmp_path: Path) -> None:
    add_case(office, 1, title="Chờ lâu ở quầy 1", level=2, refusal=None)
    add_case(office, 2, unit_id=NAM_DONG_HA, is_hidden=True)
    wanted = Wanted(Records.SUGGESTIONS, frozenset({DONG_HA}), None)

    columns, _told = read(exported(office, wanted, Format.SAV, tmp_path), tmp_path)
    as_csv = exported(office, Wanted(Records.SUGGESTIONS, None, None), Format.CSV, tmp_path).decode("utf-8-sig")
    as_lines = exported(office, wanted, Format.JSONL, tmp_path).decode()
    as_workbook = exported(office, wanted, Format.XLSX, tmp_path)

    assert columns["level"] == [2]
    assert columns["due_on"] == ["2026-10-13"]
    assert as_csv.splitlines()[1].split(";")[0] == "1"
    assert len(as_csv.splitlines()) == 3
    assert '"received_at": "2026-09-22' in as_lines
    assert as_workbook.startswith(b"PK")
    assert "Chờ lâu" not in as_csv + as_lines


def test_an_export_of_nothing_is_a_file_of_nothing(database: Database, tmp_path: Path) -> None:
    columns, told = read(exported(database, Wanted(Records.VOTES, None, None), Format.SAV, tmp_path), tmp_path)

    assert list(columns) == ["poll", "options", "tier", "at"]
    assert told.column_names_to_labels["options"] == "Lựa chọn"


def test_words_of_any_length_and_missing_numbers_are_kept(tmp_path: Path) -> None:
    told = (
        Variable("short", "Ngắn", Form.WORDS, lambda row: row[0], width=8),
        Variable("long", "Dài " * 80, Form.WORDS, lambda row: row[1], width=255),
        Variable("number", "Số", Form.NUMBER, lambda row: row[2], {1: "Một", 2: "Hai"}),
    )
    chunks: list[list[tuple[object, ...]]] = [[("Ăn", "đ" * 200, None)], [("", "x", 2)]]
    content = b"".join(sav_pieces(told, chunks, title="t", made_at=MONDAY, word=lambda message: message))

    columns, description = read(content, tmp_path)

    assert columns["short"] == ["Ăn", ""]
    assert columns["long"] == ["đ" * 127, "x"]  # cut between two letters at 255 bytes
    assert columns["number"][1] == 2
    assert columns["number"][0] is None or columns["number"][0] != columns["number"][0]
    assert description.variable_value_labels["number"] == {1: "Một", 2: "Hai"}
    assert description.column_names_to_labels["long"].startswith("Dài Dài")


def test_names_are_those_that_the_programme_takes_and_once_each() -> None:
    question = '[{"id": "%s", "kind": "number", "text": {"vi": "?"}}]'
    versions = [Version("a", 1, question % name) for name in ("all", "5-sao", "5_sao", "Version", "đường")]

    names = [one.name for one in variables(Records.RATINGS, versions)][-5:]

    assert names == ["q_all", "q_5_sao", "q_5_sao_2", "Version_2", "q__ư_ng".replace("ư", "_")]
    assert len({name.upper() for name in names}) == 5


def test_the_codebook_says_what_every_value_means(office: Database) -> None:
    labels = Labels((Version("kiosk-5", 1, str(records.version(1, "kiosk-5", 5)["questions"])),), said, MONDAY)

    lines = b"".join(codebook(Records.RATINGS, labels)).decode("utf-8-sig").splitlines()

    assert lines[0] == "variable;label;value;meaning"
    assert '"satisfaction";"";"5";"Rất hài lòng"' in lines
    assert '"reasons_waiting";"? Thời gian chờ đợi lâu";"";""' in lines
    assert all(line.split(";")[1] != '""' or line.split(";")[2] != '""' for line in lines)


def said(message: str) -> str:
    return WORDS.word(message, "vi")
