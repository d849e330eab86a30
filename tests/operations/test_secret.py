"""Rotating the secret: nothing that was given out stops, unless somebody else may know it."""

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from feedback_service.app import create_app
from feedback_service.audit.queries import findings
from feedback_service.core.tokens import BadToken
from feedback_service.db import Database
from feedback_service.schema import WITNESSES
from feedback_service.settings import Settings
from feedback_service.web.context import EXTENSION, Platform
from tests.databases import feedback_service


@pytest.fixture
def known(engine_url: str, tmp_path: Path) -> dict[str, str]:
    """The settings of an office that left it to the service to make a secret, once on each kind of database."""
    return {"FEEDBACK_DATABASE_URL": engine_url, "FEEDBACK_DATA_DIR": str(tmp_path / "office")}


def running(known: dict[str, str]) -> Flask:
    """Return the application after a start."""
    app = create_app(Settings.from_environment(known))
    app.testing = True
    return app


def end(app: Flask) -> Platform:
    """Stop the application; return what it worked with."""
    platform: Platform = app.extensions[EXTENSION]
    platform.database.close()
    return platform


def sign_in(client: FlaskClient, proof: str) -> int:
    """Send the form for signing in, with a wrong password; return the status."""
    fields = {"name": "nobody", "password": "not a password", "csrf_token": proof}
    return client.post("/staff/sign-in", data=fields).status_code


def test_a_form_that_was_open_meanwhile_is_taken_and_codes_stay_what_they_were(known: dict[str, str]) -> None:
    app = running(known)
    client = app.test_client()
    [proof] = re.findall(r'name="csrf_token" value="([^"]+)"', client.get("/staff/sign-in").text)[:1]
    cookie = client.get_cookie("form")
    before = end(app).settings

    assert feedback_service("secret", "rotate", **known).returncode == 0
    assert feedback_service("secret", "rotate", **known).returncode == 0

    app = running(known)
    client = app.test_client()
    assert cookie
    client.set_cookie("form", cookie.value)
    refused = sign_in(client, proof + "x")
    taken = sign_in(client, proof)
    platform = end(app)
    assert (taken, refused) == (422, 400)
    assert platform.settings.lasting_key == before.lasting_key
    assert platform.settings.secret_key != before.secret_key
    assert len(platform.settings.keys) == 3


def test_when_somebody_else_may_know_it_all_that_was_signed_is_void(known: dict[str, str], tmp_path: Path) -> None:
    platform = end(running(known))
    token = platform.signer("a form").sign_for_good({"poll": 1})
    asked = feedback_service("secret", "rotate", "--everything", **known)
    assert (asked.returncode, Settings.from_environment(known).keys) == (1, platform.settings.keys)

    done = feedback_service("secret", "rotate", "--everything", "--yes", **known)

    assert done.returncode == 0, done.stderr
    renewed = end(running(known))
    assert len(renewed.settings.keys) == 1
    with pytest.raises(BadToken):
        renewed.signer("a form").read_for_good(token)
    assert (tmp_path / "office" / "secret.key").stat().st_mode & 0o777 == 0o600


def test_the_ledger_tells_of_it(known: dict[str, str]) -> None:
    assert feedback_service("secret", "rotate", **known).returncode == 0

    database = Database(known["FEEDBACK_DATABASE_URL"])
    with database.inspecting() as session:
        assert list(findings(session, WITNESSES)) == []
        told = session.connection().exec_driver_sql("SELECT act FROM ledger_entry WHERE act = 'secret.changed'")
        assert len(told.all()) == 1
    database.close()


def test_a_secret_that_stands_in_the_environment_is_changed_there(known: dict[str, str]) -> None:
    refused = feedback_service("secret", "rotate", **known, FEEDBACK_SECRET_KEY="k" * 40)

    assert refused.returncode == 2
    assert "FEEDBACK_SECRET_KEY" in refused.stderr
    both = Settings.from_environment(known | {"FEEDBACK_SECRET_KEY": f"{'n' * 40}\n{'k' * 40}\n"})
    assert (both.secret_key, both.lasting_key) == ("n" * 40, "k" * 40)
