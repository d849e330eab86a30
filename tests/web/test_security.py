"""Headers of every answer, and bodies that are too much."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from feedback_service.web.security import BODY_LIMIT_BYTES, HEADERS, POLICY

OTHERWISE = {
    "/embed.js": {"Cross-Origin-Resource-Policy": "cross-origin"},
    "/kiosk/": {"Permissions-Policy": "camera=(self), microphone=(), geolocation=(), usb=(), payment=()"},
}
"""What other sites load from us to show a poll in their pages; and the tablet, whose camera reads slips."""


def plain_addresses(app: Flask) -> list[str]:
    """Return every address that can be opened without further parts."""
    return sorted(
        {rule.rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and "<" not in rule.rule}
    )


def test_every_answer_is_protected(app: Flask, client: FlaskClient) -> None:
    for address in (*plain_addresses(app), "/nothing/here", "/static/none.css", "/api/v1/nothing"):
        answer = client.get(address)
        for name, value in {**HEADERS, **OTHERWISE.get(address, {})}.items():
            assert answer.headers.get(name) == value, (address, name)
        policy = answer.headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert all(f"{name} {value}" in policy for name, value in POLICY.items()), address
        assert "Cache-Control" in answer.headers, address
        assert "charset=utf-8" in answer.content_type or not answer.content_type.startswith("text/"), address


def test_only_the_page_of_the_tablet_may_ask_for_the_camera(client: FlaskClient) -> None:
    asked = {
        path: client.get(path).headers["Permissions-Policy"] for path in ("/kiosk/", "/kiosk/main.js", "/", "/kiosk/no")
    }

    assert [path for path, rights in asked.items() if "camera=()" not in rights] == ["/kiosk/"]


def test_a_fault_of_ours_shows_no_trace_of_the_code(app: Flask, client: FlaskClient) -> None:
    def broken() -> str:
        raise ZeroDivisionError("secret detail")

    app.testing = False
    app.view_functions["health_probe.alive"] = broken

    answer = client.get("/healthz")

    assert answer.status_code == 500
    assert "secret detail" not in answer.text
    assert "Traceback" not in answer.text
    assert answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost:80@evil.example"])
def test_a_host_that_is_not_ours_is_not_answered(client: FlaskClient, host: str) -> None:
    answer = client.get("/healthz", headers={"Host": host})

    assert answer.status_code == 400
    assert "evil" not in answer.text


def test_an_address_that_takes_no_such_request_says_so(client: FlaskClient) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH", "TRACE"):
        assert client.open("/healthz", method=method).status_code == 405, method


def test_more_than_the_limit_is_refused_before_it_is_read(client: FlaskClient) -> None:
    answer = client.post("/api/v1/ratings", data=b"x" * (BODY_LIMIT_BYTES + 1), content_type="application/json")

    assert answer.status_code in (401, 413)


@pytest.mark.parametrize("path", ["/.git/config", "/.env", "/console", "/metrics", "/instance/feedback.db", "/wsgi.py"])
def test_what_is_nobodys_business_is_not_there(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404
