"""Two languages, limits, and the network that is asking."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from feedback_service.core.errors import Limited
from feedback_service.web.context import network_of
from feedback_service.web.i18n import day_text
from feedback_service.web.limits import Limits


def test_pages_are_vietnamese_until_english_is_asked_for_and_then_stay_so(client: FlaskClient) -> None:
    first = client.get("/nowhere")
    asked = client.get("/api/v1/docs?lang=en")
    later = client.get("/nowhere")

    assert 'lang="vi"' in first.text
    assert 'lang="en"' in asked.text
    assert 'lang="en"' in later.text
    assert "HttpOnly" in asked.headers["Set-Cookie"]


def test_a_language_that_we_do_not_speak_is_answered_in_vietnamese(client: FlaskClient) -> None:
    answer = client.get("/nowhere?lang=<script>")

    assert 'lang="vi"' in answer.text
    assert "Set-Cookie" not in answer.headers


def test_numbers_days_and_moments_are_written_as_the_language_does(app: Flask) -> None:
    moment = datetime(2026, 10, 31, 10, 0, tzinfo=UTC)
    template = app.jinja_env.from_string(
        "{{ 1234.5|number(1) }} {{ 0.967|percent }} {{ moment|moment }} {{ moment|clock_time }}"
    )

    with app.test_request_context("/"):
        assert template.render(moment=moment) == "1.234,5 96,7% 17:00 ngày 31/10/2026 17:00"
        assert day_text(date(2026, 2, 5)) == "05/02/2026"
    with app.test_request_context("/?lang=en"):
        assert template.render(moment=moment) == "1,234.5 96.7% 17:00 on 31/10/2026 17:00"


def test_one_try_too_many_is_told_when_to_come_back() -> None:
    limits = Limits()
    for _ in range(3):
        limits.hit("code", "10.0.0.0/24", "3 per minute")

    with pytest.raises(Limited) as refusal:
        limits.hit("code", "10.0.0.0/24", "3 per minute")

    assert refusal.value.retry_seconds == 60
    assert limits.allows("code", "10.0.1.0/24", "3 per minute")
    assert limits.spent("code", "10.0.0.0/24", "3 per minute")
    assert not limits.spent("vote", "10.0.0.0/24", "3 per minute")


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:12:3456::1", "2001:db8:12:3400::/56"),
        ("2001:db8:12:34ff:ffff::9", "2001:db8:12:3400::/56"),
        ("not an address", "not an address"),
    ],
)
def test_neighbours_share_one_network(address: str, network: str) -> None:
    assert network_of(address) == network
