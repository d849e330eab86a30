"""The ballot, SIPAS and a home-made questionnaire, answered three ways each, stand whole in exports and codebook."""

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

import pyreadstat
import pytest
from flask import Flask
from openpyxl import load_workbook

from feedback_service.accounts.rules.roles import Role
from feedback_service.core.clock import FixedClock
from feedback_service.questionnaires.payloads import read_any
from feedback_service.questionnaires.queries import published
from feedback_service.questionnaires.rules import Kind, Question, asked_of_citizens
from feedback_service.questionnaires.rules.asking import FIELD
from feedback_service.questionnaires.rules.codebooks import COLUMNS
from feedback_service.questionnaires.service import publish_draft, take_in
from feedback_service.ratings.rules import Channel, Given, Place, Tier
from feedback_service.ratings.rules.paper import keyed_in, keys_of
from feedback_service.ratings.service import record
from feedback_service.reports.export.files import Labels, file_pieces
from feedback_service.reports.queries import rows
from feedback_service.reports.queries.rows import Wanted
from feedback_service.reports.rules.columns import Format, Records
from tests.officers import officer
from tests.questionnaires.test_files import CHOICES, GOOD, TODAY, book
from tests.ratings.street import Street, settle


@pytest.fixture
def street(app: Flask, clock: FixedClock) -> Street:
    """A street that asks by a questionnaire of its own, too, once on each kind of database."""
    street = settle(app, clock)
    written = read_any(book(GOOD, choices=CHOICES), today=TODAY)
    with street.platform.transaction() as session:
        take_in(session, written, by="system", now=clock.now())
        publish_draft(session, written.id, by="system", now=clock.now())
    return street


@pytest.mark.parametrize("questionnaire_id", ["phieu-9-chi-so", "sipas-2023", "xlsform"])
def test_what_is_answered_at_a_tablet_on_the_web_and_on_paper_stands_whole_in_the_export(
    street: Street, questionnaire_id: str, tmp_path: Path
) -> None:
    asked = questions(street, questionnaire_id)
    said = {question.id: _first(question) for question in asked if question.kind is not Kind.TEXT}
    keyed, faults = keyed_in(asked, {FIELD + one.id: _typed(one) for one in asked if one.id in said})

    give(street, questionnaire_id, said, Channel.KIOSK)
    street.citizen().answer(street.open(questionnaire_id=questionnaire_id), _fields(said))
    give(street, questionnaire_id, keyed.answers, Channel.PAPER)

    exported = [json.loads(line) for line in export(street, Format.JSONL, tmp_path).splitlines()]
    told = {(row["channel"], row["survey"]): row["answers"] for row in exported}
    assert faults == ()
    assert told == {("kiosk", None): said, ("web", "phieu"): said, ("paper", None): said}
    assert [lines_in(export(street, kind, tmp_path), kind, tmp_path) for kind in Format] == [3] * len(Format)
    known = {(line["question"], line["value"]) for line in codebook(street, questionnaire_id)}
    assert {(name, text) for name, answer in said.items() for text in _values(asked, name, answer)} <= known


def test_the_codebook_says_the_same_as_csv_and_as_workbook(house: Flask, clock: FixedClock) -> None:
    street = settle(house, clock)
    reader = officer(street.app, Role.OVERSEER).pages.client
    base = "/staff/questionnaires/phieu-9-chi-so/1/codebook"

    lines = list(csv.reader(io.StringIO(reader.get(f"{base}.csv").data.decode("utf-8-sig")), delimiter=";"))
    sheet: Any = load_workbook(io.BytesIO(reader.get(f"{base}.xlsx").data)).active
    cells = [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]

    assert tuple(lines[0]) == COLUMNS
    assert lines == cells
    face = next(line for line in lines if line[3] == "faces" and line[10] == "3")
    assert (face[11], face[13]) == ("Rất hài lòng", "yes")
    assert "Sổ mã" in officer(street.app, Role.LEADER).pages.get("/staff/questionnaires/phieu-9-chi-so/1").text("main")


def questions(street: Street, questionnaire_id: str) -> tuple[Question, ...]:
    """Return what citizens are asked by the first version."""
    with street.platform.reading() as session:
        version = published(session, questionnaire_id, 1)
    assert version
    return asked_of_citizens(version.questions)


def give(street: Street, questionnaire_id: str, answers: Mapping[str, Any], channel: Channel) -> None:
    """Record a rating that came some way."""
    kiosk_id = street.lobby.kiosk_id if channel is Channel.KIOSK else None
    place = Place(street.lobby.unit_id, None, kiosk_id, channel, Tier.KIOSK if kiosk_id else Tier.WEB)
    number = 1 if kiosk_id else None
    given = Given(str(uuid4()), number, questionnaire_id, 1, street.clock.now(), "vi", answers)
    with street.platform.transaction() as session:
        (verdict,) = record(session, place, [given], now=street.clock.now())
    assert verdict.outcome.value == "stored", verdict.faults


def export(street: Street, written_as: Format, scratch: Path) -> bytes:
    """Return every rating as a file."""
    with street.platform.reading() as session:
        found = rows.chunks(session, Wanted(Records.RATINGS, None, None))
        labels = Labels((), str, street.clock.now())
        return b"".join(file_pieces(Records.RATINGS, written_as, found, scratch=scratch, labels=labels))


def lines_in(content: bytes, written_as: Format, scratch: Path) -> int:
    """Return how many records a file holds."""
    if written_as is Format.SAV:
        (scratch / "records.sav").write_bytes(content)
        return len(next(iter(pyreadstat.read_sav(str(scratch / "records.sav"), output_format="dict")[0].values())))
    if written_as is Format.XLSX:
        sheet: Any = load_workbook(io.BytesIO(content), read_only=True).worksheets[0]
        return sum(1 for _row in sheet.iter_rows()) - 1
    return len(content.decode("utf-8").splitlines()) - (written_as is Format.CSV)


def codebook(street: Street, questionnaire_id: str) -> list[dict[str, str]]:
    """Return the codebook of the first version."""
    reader = officer(street.app, Role.OVERSEER).pages.client
    content = reader.get(f"/staff/questionnaires/{questionnaire_id}/1/codebook.csv").data
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def _first(question: Question) -> object:
    by_kind: dict[Kind, object] = {Kind.NUMBER: 3, Kind.DATE: "2026-10-01", Kind.MULTIPLE: list(question.values[:2])}
    return by_kind.get(question.kind, question.values[0])


def _typed(question: Question) -> str:
    if question.kind in (Kind.NUMBER, Kind.DATE):
        return "3" if question.kind is Kind.NUMBER else "01/10/2026"
    keys = [key for key, _text in keys_of(question)]
    return " ".join(keys[:2]) if question.kind is Kind.MULTIPLE else keys[0]


def _fields(said: Mapping[str, Any]) -> dict[str, object]:
    told = {FIELD + name: answer for name, answer in said.items()}
    return {name: "01/10/2026" if answer == "2026-10-01" else answer for name, answer in told.items()}


def _values(asked: tuple[Question, ...], name: str, answer: Any) -> list[str]:
    question = next(one for one in asked if one.id == name)
    if question.kind in (Kind.NUMBER, Kind.DATE):
        return [""]
    return [str(value) for value in answer] if isinstance(answer, list) else [str(answer)]
