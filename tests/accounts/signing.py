"""Signing in by the form, and what the browser then holds."""

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.pages import read

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
