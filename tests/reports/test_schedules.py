"""Reports that are made by themselves: at the right day, once, sent or laid down, and honest when they fail."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from openpyxl import load_workbook

from feedback_service.accounts.rules.roles import Role
from feedback_service.app import worker_of
from feedback_service.audit.queries import findings
from feedback_service.audit.queries.entries import Filter, entries
from feedback_service.core.clock import FixedClock
from feedback_service.reports.export.laying import lay
from feedback_service.reports.export.scheduled import work
from feedback_service.reports.queries.schedules import WITNESSES, ScheduleRow, schedules
from feedback_service.reports.rules.forms import FormKind, Written
from feedback_service.reports.rules.periods import Kind
from feedback_service.reports.rules.schedules import Rhythm, Schedule, Way, faults_of, rhythm
from feedback_service.settings import Settings
from feedback_service.web.context import EXTENSION, Platform
from tests.notices.receivers import Mailbox, mail_server
from tests.officers import Officer, officer
from tests.reports import records
from tests.reports.records import DONG_HA, NAM_DONG_HA
from tests.reports.test_forms import QUARTER, fill

PAGE = "/staff/reports/schedules"
ADDRESS = "tonghop@dongha.example.vn"


@pytest.mark.parametrize(
    ("key", "days_after", "today", "next_on", "reported"),
    [
        ("quarter", 3, date(2026, 10, 3), date(2026, 10, 3), "2026-q3"),
        ("quarter", 3, date(2026, 10, 4), date(2027, 1, 3), "2026-q4"),
        ("month", 1, date(2026, 2, 28), date(2026, 3, 1), "2026-m2"),
        ("month-cut", 1, date(2026, 10, 14), date(2026, 10, 15), "2026-m10-cut"),
        ("month-cut", 1, date(2026, 10, 16), date(2026, 11, 15), "2026-m11-cut"),
        ("half", 28, date(2026, 7, 28), date(2026, 7, 28), "2026-h1"),
        ("year-cut", 2, date(2026, 12, 1), date(2026, 12, 16), "2026-y1-cut"),
    ],
)
def test_a_report_is_due_some_days_after_its_period(
    key: str, days_after: int, today: date, next_on: date, reported: str
) -> None:
    told = rhythm(key, days_after)

    assert told.key == key
    assert told.next_on(today) == next_on
    assert told.period_due(next_on).key == reported
    assert told.next_on(next_on + timedelta(days=1)) == told.due_on(told.following(told.period_due(next_on)))


def test_a_form_of_quarters_is_not_sent_monthly_and_single_answers_never() -> None:
    told = Schedule(DONG_HA, FormKind.NINE, Written.PDF, Rhythm(Kind.MONTH, False, 3), Way.FOLDER, "")

    assert [fault.pointer for fault in faults_of(told)] == ["rhythm"]
    assert faults_of(replace(told, rhythm=Rhythm(Kind.QUARTER, False, 3))) == ()
    assert [fault.pointer for fault in faults_of(replace(told, form=FormKind.BALLOTS))] == ["form"]


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """The mailbox of the office's mail server."""
    with mail_server() as mailbox:
        yield mailbox


@pytest.fixture
def settings(settings: Settings, mailbox: Mailbox) -> Settings:
    """The settings of an office that sends mail."""
    sending = Settings.from_environment({"FEEDBACK_DATA_DIR": str(settings.data_dir), "FEEDBACK_MAIL_URL": mailbox.url})
    return replace(settings, mail=sending.mail)


@pytest.fixture
def leader(app: Flask) -> Officer:
    """The leader of a ward with the dossier figures of the third quarter; it is 13 October."""
    fill(running(app).database)
    return officer(app, Role.LEADER, unit_id=DONG_HA)


def running(app: Flask) -> Platform:
    platform: Platform = app.extensions[EXTENSION]
    return platform


def scheduled(person: Officer, **fields: str) -> int:
    """Fill the form, send it and return the status."""
    form = person.pages.get(f"{PAGE}/new").form("form.form")
    told = {"form": "ii06a", "written_as": "xlsx", "rhythm": "quarter", "days_after": "3", "way": "folder", **fields}
    return person.pages.client.post(f"{PAGE}/new", data={**form, "unit_id": str(DONG_HA), **told}).status_code


def press(person: Officer, end: str) -> None:
    page, chosen = person.pages.get(PAGE), f"form[action$={end}]"
    answer = person.pages.client.post(page.action(chosen), data=page.form(chosen))
    assert answer.status_code == 303, answer.text


def listed(app: Flask) -> tuple[ScheduleRow, ...]:
    with running(app).reading() as session:
        return schedules(session, frozenset({DONG_HA, NAM_DONG_HA}))


def test_a_report_is_sent_once_with_its_file_on_the_day_that_it_is_due(
    app: Flask, leader: Officer, mailbox: Mailbox, clock: FixedClock
) -> None:
    assert scheduled(leader, way="mail", address=ADDRESS, days_after="14") == 303
    workers = [worker_of(app), worker_of(app)]
    for worker in workers:
        worker.step()
    assert mailbox.messages == []

    clock.move(timedelta(days=1))
    for worker in (*workers, *workers):
        worker.step()

    (message,) = mailbox.messages
    (file,) = message.iter_attachments()
    assert message["To"] == ADDRESS
    assert message["Subject"].startswith("Biểu II.06a: tình hình, kết quả giải quyết")
    assert message["Subject"].endswith("từ 01/07/2026 đến 30/09/2026")
    assert file.get_filename() == "ii06a-2026-07-01-2026-09-30.xlsx"
    assert file.get_content().startswith(b"PK")
    page = officer(app, Role.CONTROLLER, unit_id=DONG_HA).pages.get(PAGE)
    assert page.text("tbody td:nth-child(3)") == "14/01/2027"
    assert "Thư: Đã gửi" in page.text("tbody td:nth-child(4)")


def test_a_report_is_laid_into_the_folder_of_its_unit(app: Flask, leader: Officer) -> None:
    assert scheduled(leader) == 303

    press(leader, "run")
    assert work(running(app))
    assert not work(running(app))

    folder = running(app).settings.data_dir / "reports" / "19333"
    (file,) = folder.iterdir()
    assert file.name == f"ii06a-{QUARTER.days.first_on}-{QUARTER.days.last_on}.xlsx"
    assert file.stat().st_mode & 0o077 == 0
    assert load_workbook(file).worksheets[1].title == "Nguồn số liệu"
    assert "đã lập" in leader.pages.get(PAGE).text("tbody .state-done")


def test_a_report_without_figures_says_so_on_the_page_and_by_mail(
    app: Flask, leader: Officer, mailbox: Mailbox
) -> None:
    assert scheduled(leader, way="mail", address=ADDRESS, rhythm="month") == 303

    press(leader, "run")
    worker = worker_of(app)
    worker.step()
    worker.step()

    (message,) = mailbox.messages
    assert "Không lập được" in message["Subject"]
    assert "Chưa có số liệu hồ sơ" in message.get_content()
    assert "Chưa có số liệu hồ sơ" in leader.pages.get(PAGE).text("tbody td:nth-child(4)")


def test_what_was_missed_while_the_service_was_off_is_made_and_what_was_paused_is_not(
    app: Flask, leader: Officer, clock: FixedClock
) -> None:
    scheduled(leader, form="pakn", rhythm="month", days_after="1")
    clock.move(timedelta(days=60))
    while work(running(app)):
        pass
    folder = running(app).settings.data_dir / "reports" / "19333"
    assert sorted(path.name[:15] for path in folder.iterdir()) == ["pakn-2026-10-01", "pakn-2026-11-01"]

    person = officer(app, Role.CONTROLLER, unit_id=DONG_HA)
    press(person, "pause")
    clock.move(timedelta(days=40))
    assert not work(running(app))
    person = officer(app, Role.CONTROLLER, name="khoa", unit_id=DONG_HA)
    press(person, "resume")

    assert not work(running(app))
    (row,) = listed(app)
    assert row.next_on == date(2027, 2, 1)


def test_a_schedule_is_withdrawn_and_the_ledger_knows_every_step(app: Flask, leader: Officer) -> None:
    scheduled(leader)
    press(leader, "run")
    work(running(app))
    press(leader, "withdrawal")

    assert listed(app) == ()
    with running(app).reading() as session:
        acts = [one.act for one in entries(session, Filter()) if one.subject_kind == "report_schedule"]
        assert list(findings(session, WITNESSES)) == []
    assert acts == ["report_schedule.withdraw", "report_schedule.run", "report_schedule.created"]


def test_schedules_are_only_for_ones_own_units_and_for_who_may_approve(app: Flask, leader: Officer) -> None:
    other = officer(app, Role.CONTROLLER, unit_id=NAM_DONG_HA)
    reader = officer(app, Role.ONE_STOP, unit_id=DONG_HA)
    scheduled(leader)
    page = leader.pages.get(PAGE)

    assert scheduled(leader, unit_id=str(NAM_DONG_HA)) == 422
    assert scheduled(leader, way="mail", address="kein ort") == 422
    assert scheduled(leader, days_after="0") == 422
    assert scheduled(leader, form="mau03", rhythm="year") == 422
    assert other.pages.get(PAGE).all("tbody tr") == []
    token = other.pages.get(f"{PAGE}/new").form("form.form")
    assert other.pages.client.post(page.action("form[action$=run]"), data=token).status_code == 404
    reader.pages.get(PAGE, status=403)


def test_without_a_mail_server_the_page_says_that_nothing_can_be_sent(app: Flask, settings: Settings) -> None:
    with running(app).transaction() as session:
        records.found_office(session)
    person = officer(app, Role.LEADER, unit_id=DONG_HA)

    assert "chưa" in person.pages.get(PAGE).text(".empty strong").lower()


def test_a_file_that_breaks_off_leaves_nothing_behind_and_the_earlier_one_stays(tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield b"half"
        raise BrokenPipeError

    path = tmp_path / "report.pdf"
    assert lay(path, [b"wh", b"ole"]) == 5

    with pytest.raises(BrokenPipeError):
        lay(path, broken())

    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("report.pdf", b"whole")]
