"""Signing in and out: what a session is worth, and when it ends."""

import time
from datetime import timedelta
from pathlib import Path
from statistics import median

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from feedback_service.accounts.models import StaffSession
from feedback_service.accounts.rules.roles import Role
from feedback_service.accounts.service import accounts as service
from feedback_service.accounts.service.sessions import token_hash
from feedback_service.app import create_app
from feedback_service.core.clock import FixedClock
from feedback_service.core.tokens import Signer
from feedback_service.settings import Settings
from feedback_service.web.context import EXTENSION, Platform
from tests.conftest import SECRET
from tests.officers import PASSWORD, officer
from tests.pages import PageClient, read

NEW = "thuyền ra khơi buổi sớm"


def token_of(client: FlaskClient, address: str = "/staff/sign-in") -> str:
    return read(client.get(address).text).cssselect("input[name=csrf_token]")[0].get("value") or ""


def sign_in(client: FlaskClient, name: str, password: str, **fields: str) -> TestResponse:
    sent = {"csrf_token": token_of(client), "name": name, "password": password, **fields}
    return client.post("/staff/sign-in", data=sent)


def cookie(client: FlaskClient, name: str = "staff") -> str:
    found = client.get_cookie(name)
    return found.value if found else ""


def is_in(client: FlaskClient) -> bool:
    return client.get("/staff/account").status_code == 200


def test_a_session_is_kept_as_a_hash_only(app: Flask) -> None:
    hien = officer(app, Role.ADMINISTRATOR)
    platform: Platform = app.extensions[EXTENSION]
    facts, _ = Signer(SECRET, "staff session").read(
        cookie(hien.pages.client), now=platform.clock.now(), life=timedelta(minutes=1)
    )

    with platform.reading() as session:
        kept = session.execute(select(StaffSession.token_hash)).scalar_one()

    assert kept == token_hash(str(facts["token"]))
    assert str(facts["token"]) != kept


def test_what_the_browser_had_before_signing_in_is_worth_nothing_after(house: Flask) -> None:
    officer(house, Role.ADMINISTRATOR, name="hien")
    victim = house.test_client()
    victim.set_cookie("staff", "planted")
    before = cookie(victim, "form")

    sign_in(victim, "hien", PASSWORD)

    thief = house.test_client()
    thief.set_cookie("staff", "planted")
    assert is_in(victim)
    assert not is_in(thief)
    assert cookie(victim, "form") != before


def test_signing_out_ends_the_session_on_the_server(app: Flask) -> None:
    hien = officer(app, Role.ADMINISTRATOR)
    stolen = cookie(hien.pages.client)
    page = hien.pages.get("/staff/account")

    hien.pages.send(page, {}, selector="form[action='/staff/sign-out']")

    thief = app.test_client()
    thief.set_cookie("staff", stolen)
    assert not is_in(hien.pages.client)
    assert not is_in(thief)


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(app: Flask) -> None:
    hien = officer(app, Role.ADMINISTRATOR, name="hien")
    elsewhere = app.test_client()
    sign_in(elsewhere, "hien", PASSWORD)

    page = hien.pages.get("/staff/account")
    page = hien.pages.send(page, {"present": PASSWORD, "password": NEW, "repeated": NEW})

    assert page.text(".notice") == "Đã đổi mật khẩu. Các phiên khác đã kết thúc."
    assert is_in(hien.pages.client)
    assert not is_in(elsewhere)
    assert sign_in(app.test_client(), "hien", PASSWORD).status_code == 422
    assert sign_in(app.test_client(), "hien", NEW).status_code == 303


@pytest.mark.parametrize(
    ("present", "password", "repeated", "said"),
    [
        ("wrong wrong wrong", NEW, NEW, "chưa phải mật khẩu"),
        (PASSWORD, NEW, NEW + "x", "chưa giống nhau"),
        (PASSWORD, "matkhau123456", "matkhau123456", "dễ bị đoán"),
        (PASSWORD, "", "", "mật khẩu mới"),
    ],
)
def test_a_password_that_cannot_be_kept_is_refused_in_words(
    house: Flask, present: str, password: str, repeated: str, said: str
) -> None:
    hien = officer(house, Role.ADMINISTRATOR)
    page = hien.pages.get("/staff/account")

    page = hien.pages.send(page, {"present": present, "password": password, "repeated": repeated}, status=422)

    assert said in page.text(".error-summary")


def test_one_can_end_ones_own_other_session_and_nobody_elses(house: Flask) -> None:
    hien, nam = officer(house, Role.ADMINISTRATOR, name="hien"), officer(house, Role.LEADER, name="nam")
    elsewhere = house.test_client()
    sign_in(elsewhere, "hien", PASSWORD)
    page = hien.pages.get("/staff/account")
    address = page.action("form[action*='/staff/account/sessions/']")

    nam.pages.post(address, {"csrf_token": nam.pages.get("/staff/account").form()["csrf_token"]})
    assert is_in(elsewhere)
    hien.pages.send(page, {}, selector="form[action*='/staff/account/sessions/']")

    assert not is_in(elsewhere)
    assert is_in(hien.pages.client)


def test_half_an_hour_without_a_page_ends_a_session(house: Flask, clock: FixedClock) -> None:
    hien = officer(house, Role.ADMINISTRATOR)

    clock.move(timedelta(minutes=29))
    assert is_in(hien.pages.client)
    clock.move(timedelta(minutes=29))
    assert is_in(hien.pages.client)
    clock.move(timedelta(minutes=31))

    assert not is_in(hien.pages.client)


def test_eight_hours_end_a_session_however_busy(house: Flask, clock: FixedClock) -> None:
    hien = officer(house, Role.ADMINISTRATOR)

    for _ in range(23):
        clock.move(timedelta(minutes=20))
        assert is_in(hien.pages.client)
    clock.move(timedelta(minutes=20))

    assert not is_in(hien.pages.client)


def test_the_stamp_is_renewed_at_most_once_a_minute(house: Flask, clock: FixedClock) -> None:
    hien = officer(house, Role.ADMINISTRATOR)
    first = cookie(hien.pages.client)

    clock.move(timedelta(seconds=59))
    hien.pages.get("/staff/account")
    assert cookie(hien.pages.client) == first
    clock.move(timedelta(seconds=2))
    hien.pages.get("/staff/account")

    assert cookie(hien.pages.client) != first


@pytest.mark.parametrize("value", ["", "x", "x.y", "." * 50, "é.ü", "eyJhdCI6MX0." + "A" * 43])
def test_a_made_up_cookie_opens_nothing(house: Flask, value: str) -> None:
    client = house.test_client()
    client.set_cookie("staff", value)

    assert not is_in(client)


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
