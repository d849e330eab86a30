"""Large exports are made by the worker: fetched by whoever asked, whole or not at all, and gone in time."""

import csv
import io
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import update

from feedback_service.accounts.models import Account
from feedback_service.accounts.rules.roles import Role
from feedback_service.app import worker_of
from feedback_service.audit.queries.entries import Filter, entries
from feedback_service.core.clock import FixedClock
from feedback_service.core.errors import NotFound
from feedback_service.reports.export.preparing import work
from feedback_service.reports.queries.prepared import Prepared, prepared_of
from feedback_service.reports.service import preparing
from feedback_service.suggestions.models import Suggestion
from feedback_service.web.context import EXTENSION, Platform
from tests.officers import Officer, officer
from tests.pages import Page
from tests.reports import records
from tests.reports.records import COUNTER_3, DONG_HA, NAM_DONG_HA
from tests.reports.test_more_forms import add_case

ADDRESS = "/staff/reports/exports"


@pytest.fixture
def desk(app: Flask) -> Flask:
    """Two wards with ratings, behind the application."""
    with running(app).transaction() as session:
        records.found_office(session)
        records.add_rating(session, 1)
        records.add_rating(session, 2, unit_id=NAM_DONG_HA, counter_id=COUNTER_3)
        records.add_rating(session, 3)
    return app


@pytest.fixture
def leader(desk: Flask) -> Officer:
    """The leader of a ward with two ratings."""
    return officer(desk, Role.LEADER, unit_id=DONG_HA)


def running(app: Flask) -> Platform:
    platform: Platform = app.extensions[EXTENSION]
    return platform


def asked(person: Officer, **fields: object) -> None:
    form = person.pages.get(ADDRESS).form("form.export-order")
    answer = person.pages.client.post(f"{ADDRESS}/prepared", data={**form, **fields})
    assert answer.status_code == 303, answer.text


def kept(app: Flask, person: Officer) -> tuple[Prepared, ...]:
    with running(app).reading() as session:
        return prepared_of(session, person.id)


def press(person: Officer, page: Page, end: str) -> str:
    """Press a button of the list and return where it leads."""
    chosen = f"form[action$={end}]"
    answer = person.pages.client.post(page.action(chosen), data=page.form(chosen))
    return answer.location if answer.status_code == 303 else str(answer.status_code)


def files(app: Flask) -> list[Path]:
    return [path for path in (running(app).settings.data_dir / "exports").rglob("*") if path.is_file()]


def acts(app: Flask) -> list[str]:
    with running(app).reading() as session:
        return [one.act for one in entries(session, Filter()) if one.subject_kind == "export"]


def test_the_worker_makes_the_file_and_whoever_asked_fetches_it(desk: Flask, leader: Officer) -> None:
    with running(desk).transaction() as session:
        records.add_rating(session, 4, channel="paper")
    asked(leader, format="csv", channel="kiosk", tier="kiosk")
    waiting = leader.pages.get(ADDRESS)

    assert worker_of(desk).step() > 0
    page = leader.pages.get(ADDRESS)
    file = leader.pages.client.get(press(leader, page, "fetch"))

    assert waiting.text("#prepared .state") == "chờ đến lượt"
    assert page.text("#prepared .state") == "đã xong"
    assert "Máy tại quầy" in page.text("#prepared td")
    rows = list(csv.reader(io.StringIO(file.data.decode("utf-8-sig")), delimiter=";"))
    assert [row[3] for row in rows] == ["unit", "19333", "19333"]
    assert file.headers["Content-Disposition"] == 'attachment; filename="ratings-kiosk-kiosk-2026-10-01-2026-10-13.csv"'
    assert [path.stat().st_mode & 0o077 for path in files(desk)] == [0]
    assert acts(desk) == ["export.fetched", "ratings.exported"]


def test_nobody_else_fetches_it_nor_whoever_lost_the_reach(desk: Flask, leader: Officer, clock: FixedClock) -> None:
    asked(leader)
    work(running(desk))
    page = leader.pages.get(ADDRESS)
    other = officer(desk, Role.CONTROLLER)
    token = press(leader, page, "fetch")

    theirs = other.pages.client.post(page.action("form[action$=fetch]"), data=other.pages.get(ADDRESS).form("form"))
    assert theirs.status_code in (400, 404)
    other.pages.get(token, status=404)
    assert other.pages.get(ADDRESS).all("#prepared") == []
    with running(desk).transaction() as session:
        session.execute(update(Account).where(Account.id == leader.id).values(unit_id=NAM_DONG_HA))
    assert press(leader, page, "fetch") == "404"
    leader.pages.get(token, status=404)


def test_the_address_of_the_file_is_good_for_ten_minutes(desk: Flask, leader: Officer, clock: FixedClock) -> None:
    asked(leader)
    work(running(desk))
    address = press(leader, leader.pages.get(ADDRESS), "fetch")

    assert leader.pages.client.get(address).status_code == 200
    clock.move(timedelta(minutes=11))
    leader.pages.get(address, status=404)


def test_after_three_days_file_and_line_are_gone(desk: Flask, leader: Officer, clock: FixedClock) -> None:
    asked(leader)
    work(running(desk))
    (made,) = kept(desk, leader)
    clock.move(timedelta(days=3))

    with running(desk).reading() as session, pytest.raises(NotFound):
        preparing.fetched(session, made.id, made.unit_ids, account_id=leader.id, now=clock.now())
    work(running(desk))

    assert (kept(desk, leader), files(desk)) == ((), [])


def test_when_a_citizen_erases_a_suggestion_every_file_made_before_goes(
    desk: Flask, leader: Officer, clock: FixedClock
) -> None:
    add_case(running(desk).database, 1)
    asked(leader)
    work(running(desk))
    page = leader.pages.get(ADDRESS)
    clock.move(timedelta(minutes=1))
    with running(desk).transaction() as session:
        session.execute(update(Suggestion).values(erased_at=clock.now()))

    assert press(leader, page, "fetch") == "404"
    work(running(desk))

    assert (kept(desk, leader), files(desk)) == ((), [])


def test_an_export_that_is_cancelled_while_it_is_made_leaves_no_file(desk: Flask, leader: Officer) -> None:
    asked(leader, format="xlsx")
    page = leader.pages.get(ADDRESS)
    platform = running(desk)
    with platform.transaction() as session:
        taken = preparing.take_up(session, now=platform.clock.now())
    assert taken
    part = platform.settings.data_dir / "exports" / taken.id / ".ratings.xlsx.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(b"half")

    press(leader, page, "removal")

    with platform.transaction() as session:
        assert not preparing.tell_progress(session, taken.id, 1, now=platform.clock.now())
        assert not preparing.conclude(session, taken.id, 1, now=platform.clock.now())
    assert (kept(desk, leader), files(desk)) == ((), [])
    assert acts(desk)[0] == "export.cancelled"


def test_an_export_whose_worker_was_ended_is_begun_anew(desk: Flask, leader: Officer, clock: FixedClock) -> None:
    asked(leader, format="xlsx")
    with running(desk).transaction() as session:
        assert preparing.take_up(session, now=clock.now())
        assert preparing.take_up(session, now=clock.now()) is None

    clock.move(timedelta(minutes=6))
    work(running(desk))

    (made,) = kept(desk, leader)
    (file,) = files(desk)
    assert made.is_ready
    assert load_workbook(file)["ratings"].max_row == 3


def test_a_disk_that_takes_nothing_is_told_in_words(desk: Flask, leader: Officer) -> None:
    asked(leader)
    (running(desk).settings.data_dir / "exports").write_text("no folder", encoding="utf-8")

    work(running(desk))

    page = leader.pages.get(ADDRESS)
    assert page.text("#prepared .state") == "không lập được"
    assert "ổ đĩa" in page.text("#prepared td small")


def test_nobody_fills_the_disk_with_exports(desk: Flask, leader: Officer) -> None:
    for _ in range(5):
        asked(leader)
    form = leader.pages.get(ADDRESS).form("form.export-order")

    answer = leader.pages.client.post(f"{ADDRESS}/prepared", data=form)

    assert answer.status_code == 422
    assert len(kept(desk, leader)) == 5


def test_exports_are_not_prepared_for_who_may_not_take_them(desk: Flask) -> None:
    person = officer(desk, Role.ONE_STOP, unit_id=DONG_HA)
    form = person.pages.get("/staff/reports/forms").form("form[method=post]")

    assert person.pages.client.post(f"{ADDRESS}/prepared", data=form).status_code == 403
