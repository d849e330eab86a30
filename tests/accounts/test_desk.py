"""Accounts at the desk and on the command line."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from feedback_service.accounts import queries
from feedback_service.accounts.models import Account
from feedback_service.accounts.rules.roles import Role
from feedback_service.accounts.service import accounts as service
from feedback_service.audit.queries import findings
from feedback_service.core.clock import FixedClock
from feedback_service.core.errors import Conflict, Refused
from feedback_service.units.queries import by_code
from feedback_service.units.service import load_builtin
from feedback_service.web.context import EXTENSION, Platform
from tests.databases import feedback_service
from tests.officers import PASSWORD, Officer, officer
from tests.pages import PageClient

TODAY = date(2026, 10, 13)


@dataclass(frozen=True)
class Office:
    """Two wards and the administrator of everything."""

    app: Flask
    hien: Officer
    ward_id: int
    other_id: int

    @property
    def platform(self) -> Platform:
        """What the application stands on."""
        platform: Platform = self.app.extensions[EXTENSION]
        return platform

    def count(self) -> int:
        """Count the accounts."""
        with self.platform.reading() as session:
            return len(session.execute(select(Account.id)).all())


@pytest.fixture
def office(house: Flask, clock: FixedClock) -> Office:
    """The office on SQLite."""
    platform: Platform = house.extensions[EXTENSION]
    with platform.transaction() as session:
        load_builtin(session, now=clock.now())
        wards = [by_code(session, code, on=TODAY) for code in ("19333", "19351")]
    ids = [ward.id for ward in wards if ward]
    return Office(house, officer(house, Role.ADMINISTRATOR, name="hien"), *ids)


def test_an_account_is_added_with_a_password_that_is_shown_once(office: Office) -> None:
    page = office.hien.pages.get("/staff/accounts/new")
    fields = {"name": "Nam.Le", "full_name": "Lê Văn Nam", "role": "one-stop", "unit": str(office.ward_id)}

    shown = office.hien.pages.send(page, fields)
    password = shown.text(".spoken-code")
    nam = PageClient(office.app.test_client())
    first = nam.send(nam.get("/staff/sign-in"), {"name": "nam.le", "password": password})

    assert first.address == "/staff/account"
    assert shown.headers["Cache-Control"] == "no-store"
    assert password not in office.hien.pages.get("/staff/accounts").text()
    assert "Lê Văn Nam nam.le Cán bộ Một cửa Phường Đông Hà" in office.hien.pages.get("/staff/accounts").text("tbody")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": "hien"}, "đã có người dùng"),
        ({"name": "hiền"}, "không dấu"),
        ({"name": "a b"}, "không dấu"),
        ({"name": ""}, "tên đăng nhập"),
        ({"full_name": ""}, "họ và tên"),
        ({"role": "king"}, "trong danh sách"),
        ({"unit": "0"}, "trong danh sách"),
    ],
)
def test_what_is_wrong_with_an_account_is_said_and_the_rest_is_kept(
    office: Office, fields: dict[str, str], said: str
) -> None:
    page = office.hien.pages.get("/staff/accounts/new")
    good = {"name": "nam", "full_name": "Lê Văn Nam", "role": "leader", "unit": "all"}

    page = office.hien.pages.send(page, {**good, **fields}, status=422)

    assert said in page.text(".error-summary")
    assert office.count() == 1
    if "full_name" not in fields:
        assert page.form("main form")["full_name"] == "Lê Văn Nam"


def test_role_and_unit_are_changed(office: Office) -> None:
    nam = officer(office.app, Role.LEADER, name="nam")
    page = office.hien.pages.get(f"/staff/accounts/{nam.id}")

    page = office.hien.pages.send(page, {"role": "overseer", "unit": str(office.ward_id)})

    assert page.form("main form") | {"csrf_token": ""} == {
        "csrf_token": "",
        "full_name": "Nam",
        "role": "overseer",
        "unit": str(office.ward_id),
    }
    nam.pages.get(f"/staff/units/{office.other_id}", status=404)


def test_an_administrator_ends_the_sessions_of_others_and_resets_their_password(office: Office) -> None:
    nam = officer(office.app, Role.LEADER, name="nam")
    page = office.hien.pages.get(f"/staff/accounts/{nam.id}")

    office.hien.pages.send(page, {}, selector=f"form[action$='/{nam.id}/sign-out']")
    assert nam.pages.get("/staff/account").address == "/staff/sign-in"
    shown = office.hien.pages.send(page, {}, selector="form[action$='/password']")

    door = nam.pages.get("/staff/sign-in")
    nam.pages.send(door, {"name": "nam", "password": PASSWORD}, status=422)
    assert nam.pages.send(door, {"name": "nam", "password": shown.text(".spoken-code")}).address == "/staff/account"


def test_an_account_is_switched_off_and_on_again(office: Office) -> None:
    nam = officer(office.app, Role.LEADER, name="nam")
    page = office.hien.pages.get(f"/staff/accounts/{nam.id}")

    page = office.hien.pages.send(page, {}, selector="form[action$='/off']")
    assert "Tài khoản này đã khóa" in page.text(".page-head")
    page = office.hien.pages.send(page, {}, selector="form[action$='/on']")

    assert nam.pages.get("/staff/account").address == "/staff/sign-in"
    assert page.all("form[action$='/off']")


def test_one_cannot_switch_oneself_off_by_mistake(office: Office) -> None:
    page = office.hien.pages.get(f"/staff/accounts/{office.hien.id}")

    assert page.all("form[action$='/off']") == []


def test_the_last_administrator_stays_one(office: Office) -> None:
    page = office.hien.pages.get(f"/staff/accounts/{office.hien.id}")

    page = office.hien.pages.send(page, {"role": "leader"}, status=422)

    assert "quản trị viên cuối cùng" in page.text(".error-summary")


def test_an_administrator_of_one_ward_sees_and_makes_accounts_of_that_ward_only(office: Office) -> None:
    local = officer(office.app, Role.ADMINISTRATOR, name="lan", unit_id=office.ward_id)
    elsewhere = officer(office.app, Role.LEADER, name="nam", unit_id=office.other_id)
    page = local.pages.get("/staff/accounts/new")

    offered = [option.get("value") for option in page.all("#unit option")]
    local.pages.get(f"/staff/accounts/{elsewhere.id}", status=404)
    local.pages.get(f"/staff/accounts/{office.hien.id}", status=404)
    token = page.form("main form")["csrf_token"]
    for act in ("", "/password", "/off", "/sign-out"):
        local.pages.post(f"/staff/accounts/{elsewhere.id}{act}", {"csrf_token": token}, status=404)
    local.pages.send(page, {"name": "x1", "full_name": "X", "role": "leader", "unit": "all"}, status=422)

    assert offered == [str(office.ward_id)]
    assert local.pages.get("/staff/accounts").texts("tbody th") == ["Lan"]


def test_fields_that_nobody_asked_for_change_nothing(office: Office) -> None:
    nam = officer(office.app, Role.LEADER, name="nam")
    page = office.hien.pages.get(f"/staff/accounts/{nam.id}")

    office.hien.pages.send(
        page, {"is_active": "0", "id": "1", "password_hash": "x", "must_change": "1", "name": "other"}
    )

    with office.platform.reading() as session:
        known = queries.account(session, nam.id)
    assert known
    assert (known.name, known.is_active, known.must_change) == ("nam", True, False)


def test_every_act_on_an_account_is_in_the_ledger_without_a_name(app: Flask, clock: FixedClock) -> None:
    platform: Platform = app.extensions[EXTENSION]
    officer(app, Role.ADMINISTRATOR, name="hien", full_name="Nguyễn Thị Hiền")
    with platform.transaction() as session:
        facts = service.AccountFacts("Lê Văn Nam", Role.LEADER, None)
        added = service.add(session, "nam", facts, by="staff:1", now=clock.now())
        service.change(session, added.account_id, facts, by="staff:1", now=clock.now())
        service.reset_password(session, added.account_id, by="staff:1", now=clock.now())
        service.switch(session, added.account_id, is_active=False, by="staff:1", now=clock.now())

    with platform.database.inspecting() as session:
        found = list(findings(session, queries.WITNESSES))
        entries = session.connection().exec_driver_sql(
            "SELECT act, facts, subject_id FROM ledger_entry ORDER BY sequence"
        )
        kept = [tuple(row) for row in entries]
    assert found == []
    assert [act for act, _, subject in kept if subject == "2"] == [
        "account.added",
        "account.changed",
        "account.password-reset",
        "account.switched-off",
    ]
    assert not any("Nam" in str(row) or "Hiền" in str(row) for row in kept)


def test_the_same_name_cannot_be_added_twice(app: Flask, clock: FixedClock) -> None:
    platform: Platform = app.extensions[EXTENSION]
    facts = service.AccountFacts("Lê Văn Nam", Role.LEADER, None)
    with platform.transaction() as session:
        service.add(session, "nam", facts, by="system", now=clock.now())

    with pytest.raises(Conflict), platform.transaction() as session:
        service.add(session, "  NAM ", facts, by="system", now=clock.now())
    with pytest.raises(Refused), platform.transaction() as session:
        service.add(session, "nam2", facts, password="matkhau123456", by="system", now=clock.now())


def test_the_command_line_makes_the_first_administrator(tmp_path: Path) -> None:
    settings = {"FEEDBACK_DATA_DIR": str(tmp_path / "office")}
    feedback_service("db", "upgrade", **settings)
    feedback_service("unit", "import", "builtin", **settings)

    added = feedback_service("user", "add", "hien", "--role", "administrator", **settings)
    scoped = feedback_service("user", "add", "nam", "--role", "one-stop", "--unit", "19333", **settings)
    again = feedback_service("user", "add", "hien", "--role", "leader", **settings)
    nowhere = feedback_service("user", "add", "lan", "--role", "leader", "--unit", "99999", **settings)
    no_role = feedback_service("user", "add", "lan", **settings)
    reset = feedback_service("user", "reset", "hien", **settings)
    unknown = feedback_service("user", "reset", "nobody", **settings)

    assert [run.returncode for run in (added, scoped, again, nowhere, no_role, reset, unknown)] == [0, 0, 1, 1, 2, 0, 1]
    assert "One-time password: " in added.stdout
    assert "Tên đăng nhập này đã có người dùng." in again.stderr
    assert "99999" in nowhere.stderr
    assert reset.stdout.split("One-time password: ")[1] != added.stdout.split("One-time password: ")[1]
