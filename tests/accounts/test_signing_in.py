"""Signing in: who is let in, how fast, and where it leads."""

import time
from pathlib import Path
from statistics import median

import pytest
from flask import Flask

from feedback_service.accounts.rules.roles import Role
from feedback_service.accounts.service import accounts as service
from feedback_service.app import create_app
from feedback_service.core.clock import FixedClock
from feedback_service.settings import Settings
from feedback_service.web.context import EXTENSION, Platform
from tests.accounts.signing import NEW, is_in, sign_in, token_of
from tests.conftest import SECRET
from tests.officers import PASSWORD, officer
from tests.pages import PageClient, read


def test_unknown_and_known_names_get_the_same_words(house: Flask) -> None:
    officer(house, Role.ADMINISTRATOR, name="hien")

    known, unknown = (sign_in(house.test_client(), name, "sai mật khẩu rồi") for name in ("hien", "nobody"))

    assert known.status_code == unknown.status_code == 422
    assert read(known.text).cssselect(".error-summary")[0].text_content() == (
        read(unknown.text).cssselect(".error-summary")[0].text_content()
    )


def test_unknown_and_known_names_cost_the_same_work(house: Flask) -> None:
    officer(house, Role.ADMINISTRATOR, name="hien")
    client = house.test_client()
    spent: dict[str, list[float]] = {"hien": [], "nobody": []}

    for _ in range(9):
        for name, seconds in spent.items():
            token = token_of(client)
            begun = time.process_time()
            client.post("/staff/sign-in", data={"csrf_token": token, "name": name, "password": "sai mật khẩu rồi"})
            seconds.append(time.process_time() - begun)

    assert 0.6 < median(spent["hien"]) / median(spent["nobody"]) < 1.6


def test_a_hundred_wrong_passwords_are_stopped_and_other_accounts_are_not(app: Flask) -> None:
    officer(app, Role.ADMINISTRATOR, name="hien")
    officer(app, Role.LEADER, name="nam")
    client = app.test_client()
    token = token_of(client)

    tries = [
        client.post("/staff/sign-in", data={"csrf_token": token, "name": "hien", "password": f"sai lần thứ {n}"})
        for n in range(30)
    ]

    statuses = [answer.status_code for answer in tries]
    assert statuses.count(429) >= 9
    assert statuses[-1] == 429
    assert tries[-1].headers["Retry-After"] == "900"
    assert sign_in(client, "hien", PASSWORD).status_code == 429
    assert sign_in(client, "nam", PASSWORD).status_code == 303


def test_an_account_that_is_switched_off_is_out_at_once_and_stays_out(app: Flask) -> None:
    officer(app, Role.ADMINISTRATOR, name="hien")
    nam = officer(app, Role.LEADER, name="nam")
    platform: Platform = app.extensions[EXTENSION]

    with platform.transaction() as session:
        service.switch(session, nam.id, is_active=False, by="system", now=platform.clock.now())

    assert not is_in(nam.pages.client)
    assert sign_in(app.test_client(), "nam", PASSWORD).status_code == 422


def test_a_one_time_password_opens_nothing_but_the_change_of_it(app: Flask) -> None:
    platform: Platform = app.extensions[EXTENSION]
    facts = service.AccountFacts("Lê Văn Nam", Role.ADMINISTRATOR, None)
    with platform.transaction() as session:
        added = service.add(session, "nam", facts, by="system", now=platform.clock.now())
    pages = PageClient(app.test_client())

    page = pages.send(pages.get("/staff/sign-in"), {"name": "nam", "password": added.password})
    assert page.address == "/staff/account"
    assert pages.get("/staff/accounts").address == "/staff/account"
    pages.send(page, {"present": added.password, "password": NEW, "repeated": NEW})

    assert pages.get("/staff/accounts").address == "/staff/accounts"


@pytest.mark.parametrize(
    ("wanted", "opened"),
    [
        ("/staff/units?q=dong+ha&past=1", "/staff/units?q=dong+ha&past=1"),
        ("/staff/accounts/1", "/staff/accounts/1"),
        ("//evil.example", "/staff/"),
        ("/\\evil.example", "/staff/"),
        ("\\\\evil.example", "/staff/"),
        ("https:evil.example", "/staff/"),
        ("https://evil.example/staff/units", "/staff/"),
        ("%09//evil.example", "/staff/"),
        ("\t//evil.example", "/staff/"),
        ("/staff/../../evil", "/staff/../../evil"),
        ("/staff//evil.example", "/staff/"),
        ("/staff@evil.example", "/staff/"),
        ("javascript:alert(1)", "/staff/"),
        ("/staff/units\r\nSet-Cookie: a=b", "/staff/"),
    ],
)
def test_signing_in_leads_to_a_page_of_ours_only(house: Flask, wanted: str, opened: str) -> None:
    officer(house, Role.ADMINISTRATOR, name="hien")

    answer = sign_in(house.test_client(), "hien", PASSWORD, next=wanted)

    assert answer.headers["Location"] == opened


def test_the_page_that_was_asked_for_opens_after_signing_in(house: Flask) -> None:
    officer(house, Role.ADMINISTRATOR, name="hien")
    pages = PageClient(house.test_client())

    door = pages.get("/staff/units?q=dong%20ha")
    page = pages.send(door, {"name": "HIEN ", "password": PASSWORD})

    assert door.address == "/staff/sign-in"
    assert page.address == "/staff/units"
    assert page.form("form[role=search]")["q"] == "dong ha"


def test_over_tls_the_cookie_is_bound_to_this_host(sqlite_url: str, tmp_path: Path, clock: FixedClock) -> None:
    settings = Settings.from_environment(
        {
            "FEEDBACK_DATABASE_URL": sqlite_url,
            "FEEDBACK_DATA_DIR": str(tmp_path / "office"),
            "FEEDBACK_SECRET_KEY": SECRET,
            "FEEDBACK_BASE_URL": "https://feedback.example.vn",
        }
    )
    app = create_app(settings, clock=clock)
    platform: Platform = app.extensions[EXTENSION]
    facts = service.AccountFacts("Nguyễn Thị Hiền", Role.LEADER, None)
    with platform.transaction() as session:
        service.add(session, "hien", facts, password=PASSWORD, by="system", now=clock.now())
    client = app.test_client()
    secure = {"base_url": "https://feedback.example.vn"}
    token = read(client.get("/staff/sign-in", **secure).text).cssselect("input[name=csrf_token]")[0].get("value")

    answer = client.post(
        "/staff/sign-in",
        data={"csrf_token": token, "name": "hien", "password": PASSWORD},
        headers={"Referer": "https://feedback.example.vn/staff/sign-in"},
        **secure,
    )

    given = next(line for line in answer.headers.getlist("Set-Cookie") if line.startswith("__Host-staff="))
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(given.split("; "))
    assert "Domain" not in given
    platform.database.close()
