"""The cookie of forms: what a browser is given proves its own forms, and nothing that was changed proves any."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.accounts.signing import token_of

COOKIE = "form"
DOOR = "/staff/sign-in"


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser that has opened the door of the desk."""
    return app.test_client()


def status(client: FlaskClient, **sent: str) -> int:
    """Send the form of the door; 422 says that the form was ours and the password was wrong."""
    return client.post(DOOR, data={"name": "nobody", "password": "x" * 20, **sent}).status_code


def test_a_form_of_this_browser_is_ours_and_one_without_its_proof_is_not(client: FlaskClient) -> None:
    token = token_of(client)

    assert status(client, csrf_token=token) == 422
    for wrong in ("", token[:-1], f"{token}x", "é", "\x00"):
        assert status(client, csrf_token=wrong) == 400, wrong
    assert status(client) == 400


def test_the_proof_stays_the_same_for_a_browser_and_differs_from_that_of_another(
    client: FlaskClient, app: Flask
) -> None:
    assert token_of(client) == token_of(client)
    assert token_of(client) != token_of(app.test_client())


def test_a_cookie_that_was_changed_proves_nothing_and_is_no_fault(client: FlaskClient) -> None:
    token = token_of(client)
    kept = client.get_cookie(COOKIE)
    assert kept

    for changed in (kept.value[:-1], f"x{kept.value}", ".", "a.b", "%00", "x" * 3000):
        client.set_cookie(COOKIE, changed)
        assert status(client, csrf_token=token) == 400, changed
    client.set_cookie(COOKIE, kept.value)
    assert status(client, csrf_token=token) == 422


def test_the_cookie_is_for_this_site_and_no_script(client: FlaskClient) -> None:
    told = client.get(DOOR).headers.get_all("Set-Cookie")

    assert [part.strip() for part in told[0].split(";")[1:]] == ["HttpOnly", "Path=/", "SameSite=Lax"]
    assert "Cookie" in client.get(DOOR).headers["Vary"]
