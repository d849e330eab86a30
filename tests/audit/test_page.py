"""The ledger at the desk: told in words, filtered, page by page, and as a file."""

import csv
import io
import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import update

from feedback_service.accounts.rules.roles import Role
from feedback_service.audit import export
from feedback_service.audit.models import LedgerEntry
from feedback_service.audit.queries import EntryRow, Filter, entries
from feedback_service.audit.rules import Act
from feedback_service.audit.rules.telling import NOUNS, VERBS
from feedback_service.audit.service import note
from feedback_service.bundled import own
from feedback_service.core.clock import FixedClock
from feedback_service.web.context import EXTENSION, Platform
from tests.audit.registers import fill
from tests.officers import Officer, officer
from tests.statements import counted


@pytest.fixture
def hien(app: Flask, clock: FixedClock) -> Officer:
    """The administrator of a small office in which everything happened once, on each kind of database."""
    fill(app, clock)
    clock.move(timedelta(days=1))
    return officer(app, Role.ADMINISTRATOR, name="lan", full_name="Trần Thị Lan")


def test_the_newest_act_stands_on_top_in_words_and_by_name(hien: Officer) -> None:
    page = hien.pages.get("/staff/audit")

    _, person, act, *_ = page.texts("tbody tr:first-child td")
    assert person == "Trần Thị Lan"
    assert act.startswith("Phiên đăng nhập")
    assert act.endswith(": đã mở")


def test_every_act_of_the_office_is_told_in_words(hien: Officer, app: Flask) -> None:
    platform: Platform = app.extensions[EXTENSION]
    with platform.reading() as session:
        known = [*entries(session, Filter(), limit=500), *entries(session, Filter(is_counting=True), limit=500)]

    untold = {
        entry.act for entry in known if entry.act.split(".")[0] not in NOUNS or entry.act.split(".")[1] not in VERBS
    }

    assert len(known) > 30
    assert untold == set()


def test_no_act_of_a_known_record_is_without_its_word() -> None:
    named = re.compile(r"(?<!Job\()\"([a-z_-]+)\.([a-z-]+)\"")
    said = {
        found.groups()
        for path in own("app.py").parent.rglob("service*/**/*.py")
        for found in named.finditer(path.read_text(encoding="utf-8"))
    } | {
        found.groups()
        for path in own("app.py").parent.rglob("service.py")
        for found in named.finditer(path.read_text(encoding="utf-8"))
    }

    assert {verb for noun, verb in said if noun in NOUNS} <= set(VERBS)


def test_ratings_and_votes_have_a_view_of_their_own(hien: Officer) -> None:
    page = hien.pages.get("/staff/audit?view=records")

    told = page.text("tbody")
    assert "Đánh giá" in told
    assert "Phiếu" in told
    assert "Tài khoản" not in told


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("kind=poll", {"Thăm"}),
        ("kind=counter", {"Quầy"}),
        ("actor=staff:1&kind=unit", {"Đơn"}),
    ],
)
def test_filters_leave_what_was_asked_for(hien: Officer, query: str, kept: set[str]) -> None:
    page = hien.pages.get(f"/staff/audit?{query}")

    assert {cell.split()[0] for cell in page.texts("tbody td:nth-child(3)")} == kept


def test_days_bound_what_is_shown(hien: Officer) -> None:
    today = hien.pages.get("/staff/audit?first_on=2026-10-14&last_on=2026-10-14").texts("tbody tr")
    before = hien.pages.get("/staff/audit?last_on=2026-10-12")

    assert today
    assert all("14/10/2026" in line for line in today)
    assert before.all("tbody") == []
    assert "Không có dòng nào" in before.text(".empty")
    hien.pages.get("/staff/audit?first_on=13/10/2026", status=422)


@pytest.mark.parametrize("after", ["x", "a/b/c", "2026/0/-1", "//", "2026-10-13/0/99999999999999999999", "2026%00/0/1"])
def test_a_made_up_place_is_the_first_page_or_an_empty_one(hien: Officer, after: str) -> None:
    assert hien.pages.get(f"/staff/audit?after={after}").heading == "Nhật ký"


def test_older_entries_are_a_page_away_and_none_is_lost_between(hien: Officer, app: Flask, clock: FixedClock) -> None:
    platform: Platform = app.extensions[EXTENSION]
    with platform.transaction() as session:
        for number in range(230):
            note(session, Act("unit.changed", "system", ("unit", f"n{number}")), now=clock.now())
            note(session, Act("vote.cast", "public", ("vote", f"v{number}"), is_counting=True), now=clock.now())
    for view, letter in (("acts", "n"), ("records", "v")):
        address, seen = f"/staff/audit?view={view}", list[str]()
        while address:
            page = hien.pages.get(address)
            seen += page.texts("tbody bdi")
            older = [link for link in page.all(".pages a") if "cũ hơn" in link.text_content()]
            address = str(older[0].get("href")) if older else ""

        mine = [subject for subject in seen if subject.startswith(letter)]
        assert len(mine) == len(set(mine)) == 230


def test_somebody_of_one_ward_reads_the_acts_of_that_ward_only(hien: Officer, app: Flask) -> None:
    local = officer(app, Role.LEADER, name="hoa", unit_id=1, full_name="Lê Thị Hoa")

    page = local.pages.get("/staff/audit")
    foreign = local.pages.get("/staff/audit?actor=staff:3")

    people = set(page.texts("tbody td:nth-child(2)"))
    assert "Lê Thị Hoa" in people
    assert "Trần Thị Lan" not in people
    assert foreign.all("tbody") == []


def test_the_file_holds_every_entry_and_taking_it_is_an_entry(hien: Officer, app: Flask) -> None:
    page = hien.pages.get("/staff/audit?kind=poll")
    answer = hien.pages.client.post(page.action("form[action$=exports]"), data=page.form("form[action$=exports]"))

    text = answer.data.decode("utf-8")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="ledger-2026-10-14.csv"'
    assert text.startswith("\ufeff")
    assert tuple(rows[0]) == export.HEAD
    assert [row[3] for row in rows[1:]] == ["poll.opened", "poll.created"]
    assert "đã xuất" in hien.pages.get("/staff/audit").texts("tbody td:nth-child(3)")[0]


def test_the_ledger_is_a_workbook_and_lines_for_programs_too(hien: Officer) -> None:
    page = hien.pages.get("/staff/audit?kind=poll")
    action, form = page.action("form[action$=exports]"), page.form("form[action$=exports]")

    book = hien.pages.client.post(action, data={**form, "format": "xlsx"}).data
    lines = hien.pages.client.post(action, data={**form, "format": "jsonl"})
    told = [json.loads(line) for line in lines.text.splitlines()]
    unknown = hien.pages.client.post(action, data={**form, "format": "ods"})

    rows = list(load_workbook(io.BytesIO(book))["ledger"].iter_rows(values_only=True))
    assert rows[0] == export.HEAD
    assert [row[3] for row in rows[1:]] == [one["act"] for one in told] == ["poll.opened", "poll.created"]
    assert tuple(told[0]) == export.HEAD
    assert isinstance(rows[1][2], int)
    assert lines.headers["Content-Disposition"] == 'attachment; filename="ledger-2026-10-14.jsonl"'
    assert unknown.status_code == 422


def test_a_long_ledger_goes_on_in_a_second_sheet(tmp_path: Path) -> None:
    entry = EntryRow(0, 1, "2026-10-13T01:30:00.000000+00:00", "unit.added", "=1+1", "unit", "2", "{}", "0" * 64)

    export.write_workbook(tmp_path / "ledger.xlsx", [entry] * 5, str, most_rows=4)

    book = load_workbook(tmp_path / "ledger.xlsx")
    assert [sheet.max_row for sheet in book.worksheets] == [4, 3]
    assert book["ledger 2"]["E2"].data_type == "s"


def test_no_cell_of_the_file_is_run_by_a_spreadsheet() -> None:
    entry = EntryRow(
        0, 1, "2026-10-13T01:30:00.000000+00:00", "unit.added", "=1+1", "unit", "@SUM(A1)", "-2+3", "0" * 64
    )

    (text,) = export.lines_of([entry], lambda _actor: "+name")

    assert '\'=1+1";"\'+name";"unit";"\'@SUM(A1)";"\'-2+3' in text.decode()


def test_a_damaged_entry_is_still_shown(hien: Officer, app: Flask) -> None:
    platform: Platform = app.extensions[EXTENSION]
    with platform.transaction() as session:
        session.execute(
            update(LedgerEntry)
            .where(LedgerEntry.lane == 0, LedgerEntry.sequence == 3)
            .values(at="never", facts="{100%}", act="<b>5%</b>.%s", actor="<script>")
        )

    page = hien.pages.get("/staff/audit")

    (line,) = [text for text in page.texts("tbody tr") if text.startswith("never")]
    assert line.startswith("never <script> <b>5%</b> ")
    assert line.endswith(": %s {100%} 0-3")
    assert page.all("tbody b, tbody script") == []


def test_a_long_ledger_costs_the_page_no_more_questions(hien: Officer, app: Flask, clock: FixedClock) -> None:
    with counted() as few:
        hien.pages.get("/staff/audit")
    platform: Platform = app.extensions[EXTENSION]
    with platform.transaction() as session:
        for number in range(300):
            note(session, Act("unit.changed", f"staff:{number}", ("unit", number)), now=clock.now())

    with counted() as many:
        hien.pages.get("/staff/audit")

    assert len(many) == len(few)
