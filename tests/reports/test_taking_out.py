"""Taking records out: at the desk by the rights of a person, on the command line whole or not at all."""

import json
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from flask import Flask

from feedback_service.accounts.rules.roles import Role
from feedback_service.audit.queries.entries import Filter, entries
from feedback_service.core.clock import FixedClock
from feedback_service.web.context import EXTENSION, Platform
from tests.databases import feedback_service
from tests.officers import Officer, officer
from tests.reports import records
from tests.reports.records import COUNTER_3, DONG_HA, NAM_DONG_HA

ADDRESS = "/staff/reports/exports"


@pytest.fixture
def desk(app: Flask) -> Flask:
    """Two wards with a rating each, behind the application."""
    platform: Platform = app.extensions[EXTENSION]
    with platform.transaction() as session:
        records.found_office(session)
        records.add_rating(session, 1)
        records.add_rating(session, 2, unit_id=NAM_DONG_HA, counter_id=COUNTER_3)
    return app


def ordered(person: Officer, **fields: object) -> str:
    """Ask for an export by its form and return the address of the download."""
    page = person.pages.get(ADDRESS)
    form = page.form("form.export-order")
    answer = person.pages.client.post(ADDRESS, data={**form, **fields})
    assert answer.status_code == 303, answer.text
    return answer.location


def test_a_leader_takes_the_ratings_of_his_ward_out_and_the_ledger_says_so(desk: Flask) -> None:
    person = officer(desk, Role.LEADER, unit_id=DONG_HA)

    file = person.pages.client.get(ordered(person, format="jsonl"))

    assert file.headers["Content-Disposition"] == 'attachment; filename="ratings-2026-10-01-2026-10-13.jsonl"'
    assert [json.loads(line)["unit"] for line in file.text.splitlines()] == ["19333"]
    platform: Platform = desk.extensions[EXTENSION]
    with platform.reading() as session:
        entry = next(entry for entry in entries(session, Filter()) if entry.act == "ratings.exported")
    assert entry.actor == person.actor
    assert json.loads(entry.facts)["rows"] == 1


def test_looking_at_the_form_says_how_many_rows_there_are(desk: Flask) -> None:
    person = officer(desk, Role.OVERSEER)

    assert person.pages.get(ADDRESS).text("form.export-order h2") == "2 dòng để xuất"
    page = person.pages.get(f"{ADDRESS}?records=votes&unit={DONG_HA}&from=&to=")
    assert page.text(".empty strong") == "Không có dòng nào để xuất."
    assert person.pages.get(f"{ADDRESS}?channel=kiosk&tier=kiosk").text("form.export-order h2") == "2 dòng để xuất"
    refused = person.pages.get(f"{ADDRESS}?records=votes&channel=phone&tier=dossier", status=422)
    assert refused.text("#channel-error") == "Loại dữ liệu này không đến qua kênh đó. Xin chọn kênh khác."
    assert refused.text("#tier-error") == "Loại dữ liệu này không có tầng tin cậy đó. Xin chọn tầng khác."


def test_nobody_takes_out_what_is_not_his_to_see(desk: Flask) -> None:
    person = officer(desk, Role.LEADER, unit_id=DONG_HA)
    form = person.pages.get(ADDRESS).form("form.export-order")

    answer = person.pages.client.post(ADDRESS, data={**form, "unit": str(NAM_DONG_HA)})

    assert answer.status_code == 404
    for role in (Role.HANDLER, Role.ONE_STOP):
        officer(desk, role, unit_id=DONG_HA).pages.get(ADDRESS, status=403)


def test_the_address_of_a_download_is_good_for_one_person_and_ten_minutes(desk: Flask, clock: FixedClock) -> None:
    person = officer(desk, Role.LEADER, unit_id=DONG_HA)
    other = officer(desk, Role.CONTROLLER)
    address = ordered(person)

    other.pages.get(address, status=404)
    assert person.pages.client.get(address).status_code == 200
    clock.move(timedelta(minutes=11))
    person.pages.get(address, status=404)
    person.pages.get(f"{ADDRESS}/made-up", status=404)


def test_an_export_is_not_ordered_by_another_page(desk: Flask) -> None:
    person = officer(desk, Role.LEADER, unit_id=DONG_HA)
    form = person.pages.get(ADDRESS).form("form.export-order")

    without_token = {name: value for name, value in form.items() if name != "csrf_token"}

    assert person.pages.client.post(ADDRESS, data=without_token).status_code in (400, 403, 422)
    assert person.pages.client.post(ADDRESS, data=form, headers={"Origin": "https://evil.example"}).status_code == 403


def test_the_command_line_writes_a_whole_file(desk: Flask, tmp_path: Path) -> None:
    platform: Platform = desk.extensions[EXTENSION]
    out = tmp_path / "ratings.xlsx"

    done = feedback_service(
        *(
            "export",
            "ratings",
            "--format",
            "xlsx",
            "--unit",
            "19333",
            "--from",
            "2026-10-01",
            "--tier",
            "kiosk",
            "--out",
            str(out),
        ),
        FEEDBACK_DATABASE_URL=platform.settings.database_url,
        FEEDBACK_DATA_DIR=str(tmp_path),
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"1 rows in {out}\n"
    assert openpyxl.load_workbook(out)["ratings"].max_row == 2


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--unit", "00000"), 1),
        (("--from", "2026-10-31", "--to", "2026-10-01"), 2),
        (("--from", "soon"), 2),
        (("--format", "ods"), 2),
        (("--channel", "embed"), 1),
    ],
)
def test_the_command_line_refuses_with_a_sentence_and_leaves_no_file(
    sqlite_url: str, tmp_path: Path, words: tuple[str, ...], code: int
) -> None:
    out = tmp_path / "ratings.csv"

    done = feedback_service(
        *("export", "ratings", *words, "--out", str(out)),
        FEEDBACK_DATABASE_URL=sqlite_url,
        FEEDBACK_DATA_DIR=str(tmp_path),
    )

    assert done.returncode == code
    assert done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.glob("*ratings*")) == []


def test_an_export_to_a_folder_that_is_not_there_is_refused(sqlite_url: str, tmp_path: Path) -> None:
    done = feedback_service(
        *("export", "votes", "--out", str(tmp_path / "nowhere" / "votes.csv")),
        FEEDBACK_DATABASE_URL=sqlite_url,
        FEEDBACK_DATA_DIR=str(tmp_path),
    )

    assert done.returncode == 1
    assert "cannot be written" in done.stderr
