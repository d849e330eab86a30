"""Form 01: each ballot on the nine indices is a line, and whoever takes it leaves an entry in the ledger."""

import io
import json
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask
from openpyxl import load_workbook

from feedback_service.accounts.rules.roles import Role
from feedback_service.audit.queries.entries import Filter, entries
from feedback_service.core.canonical import canonical
from feedback_service.core.errors import Refused
from feedback_service.db import Database
from feedback_service.questionnaires.models import Questionnaire, QuestionnaireVersion
from feedback_service.reports.export.papers.balloted import filled_ballots
from feedback_service.reports.export.papers.heading import Heading
from feedback_service.reports.queries.ballots import Ballot
from feedback_service.reports.rules.forms import FormKind
from feedback_service.reports.rules.periods import Kind, ReportPeriod
from feedback_service.web.context import EXTENSION, Platform
from tests.databases import feedback_service
from tests.officers import officer
from tests.reports import records
from tests.reports.records import DONG_HA, NAM_DONG_HA
from tests.reports.test_forms import NOW, WORDS, document

QUARTER = ReportPeriod(Kind.QUARTER, 2026, 4)
ADDRESS = "/staff/reports/forms/mau01.xlsx?period=2026-q4"
BEST_OF_ALL = {"cs1": 2, "cs2": 2, "cs3": 2, "cs4": 2, "cs6": 2, "cs7": 2, "cs10": 3, "cs11": 3}


def fill(database: Database) -> None:
    """Write three ballots of a ward, one of them without days of its dossier, and one of another ward."""
    with database.transaction() as session:
        records.found_office(session)
        titles = {"title_vi": "Phiếu", "title_en": "Ballot", "kind": "survey"}
        records.add(session, Questionnaire, {"id": "phieu-9-chi-so", **titles})
        records.add(session, QuestionnaireVersion, {**records.version(9, "phieu-9-chi-so", 3)})
        given = (
            (1, DONG_HA, BEST_OF_ALL),
            (2, DONG_HA, {**BEST_OF_ALL, "cs1": 0, "cs3": 0, "cs7": 1, "cs11": 1}),
            (3, DONG_HA, {"cs3": 1, "cs4": 1, "cs6": 0, "cs7": 2, "cs10": 2, "cs11": 2}),
            (4, NAM_DONG_HA, BEST_OF_ALL),
            (5, DONG_HA, BEST_OF_ALL),
        )
        for number, unit_id, answers in given:
            row = {"version_id": 9, "level": answers["cs11"], "levels": 3, "answers": canonical(answers)}
            records.add_rating(session, number, unit_id=unit_id, counter_id=None, channel="web", tier="web", **row)
        records.add_label(session, 5, "lost", None)
        again = {"version_id": 9, "level": 1, "levels": 3, "answers": canonical({**BEST_OF_ALL, "cs3": 0})}
        records.add_rating(session, 7, counter_id=None, channel="web", tier="suspicious", **again)
        records.add_rating(session, 6)


def test_each_ballot_is_a_line_and_the_last_lines_sum_it_up(database: Database) -> None:
    fill(database)

    form = document(database, FormKind.BALLOTS, QUARTER)

    assert form.title.startswith("TỔNG HỢP KẾT QUẢ ĐÁNH GIÁ CÁC CHỈ SỐ THÀNH PHẦN; XẾP LOẠI CÁN BỘ, CÔNG CHỨC")
    assert form.grid.heads[:4] == ("TT", "Hồ sơ", "Chỉ số 1", "Chỉ số 2")
    assert form.grid.heads[8:10] == ("Tổng điểm đánh giá CBCC (cột 1+2+3+4+7)", "Xếp loại hoàn thành nhiệm vụ")
    full = "hoàn thành 100% nhiệm vụ"
    first, second, third = form.grid.rows
    assert first == (1, "Phiếu 1", 2, 2, 2, 2, 2, 2, 10, full, None, None, 1)
    assert second == (2, "Phiếu 2", 0, 2, 0, 2, 2, 1, 5, full, 1, None, None)
    assert third == (3, "Phiếu 3", None, None, 1, 1, 0, 2, None, "", None, 1, None)
    sums, means, shares = form.grid.totals
    assert sums == (None, "Tổng số", 2, 4, 3, 5, 4, 5, 15, None, 1, 1, 1)
    assert means[2:9] == tuple(Decimal(one) for one in ("1.00", "2.00", "1.00", "1.67", "1.33", "1.67", "7.34"))
    assert shares[10:] == (Decimal("33.33"),) * 3


def test_without_ballots_and_with_too_many_the_form_is_refused(database: Database) -> None:
    fill(database)
    heading = Heading("Phường Đông Hà", "", QUARTER.days, NOW, lambda one: WORDS.word(one, "vi"))

    with pytest.raises(Refused, match="No ballot"):
        document(database, FormKind.BALLOTS, ReportPeriod(Kind.QUARTER, 2025, 4))
    with pytest.raises(Refused, match=r"more than 1,000"):
        filled_ballots(heading, [Ballot({3: 2}, 3)] * 1001)


def test_whoever_takes_single_ballots_may_see_them_and_the_ledger_says_so(house: Flask) -> None:
    platform: Platform = house.extensions[EXTENSION]
    fill(platform.database)
    person, counter = officer(house, Role.CONTROLLER, unit_id=DONG_HA), officer(house, Role.ONE_STOP, unit_id=DONG_HA)
    form = person.pages.get("/staff/reports/forms?period=2026-q4").form("#mau01 ~ .actions form")

    file = person.pages.client.post(ADDRESS, data=form)

    sheet = load_workbook(io.BytesIO(file.data)).worksheets[0]
    assert "Phiếu 3" in {cell.value for row in sheet.iter_rows() for cell in row}
    with platform.reading() as session:
        entry = next(one for one in entries(session, Filter()) if one.act == "ballots.exported")
    told = json.loads(entry.facts)
    assert (entry.actor, told["format"], told["rows"]) == (person.actor, "mau01.xlsx", 3)
    page = counter.pages.get("/staff/reports/forms?period=2026-q4")
    assert page.all("#mau01") == []
    assert counter.pages.client.post(ADDRESS, data=page.form("form[method=post]")).status_code == 403
    assert person.pages.client.get(ADDRESS).status_code in (404, 405)


def test_the_command_that_writes_form_one_leaves_an_entry_too(sqlite_url: str, tmp_path: Path) -> None:
    database = Database(sqlite_url)
    fill(database)
    words = ("--unit", "19333", "--from", "2026-10-01", "--to", "2026-12-31", "--out", str(tmp_path / "form.docx"))
    known = {"FEEDBACK_DATABASE_URL": sqlite_url, "FEEDBACK_DATA_DIR": str(tmp_path / "office")}

    done = feedback_service("report", "mau01", "--format", "docx", *words, **known)

    assert done.returncode == 0, done.stderr
    with database.reading() as session:
        assert [one.actor for one in entries(session, Filter()) if one.act == "ballots.exported"] == ["system"]
    database.close()
