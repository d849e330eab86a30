"""Signing in and out: what a session is worth, and when it ends."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from feedback_service.accounts.models import StaffSession
from feedback_service.accounts.rules.roles import Role
from feedback_service.accounts.service.sessions import token_hash
from feedback_service.core.clock import FixedClock
from feedback_service.core.tokens import Signer
from feedback_service.web.context import EXTENSION, Platform
from tests.accounts.signing import NEW, cookie, is_in, sign_in
from tests.conftest import SECRET
from tests.officers import PASSWORD, officer


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
