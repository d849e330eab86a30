"""Figures for Prometheus: whole, of all processes, and for nobody but the holder of the token."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families as families

from feedback_service.app import create_app
from feedback_service.core.clock import FixedClock
from feedback_service.settings import Settings, SettingsError
from feedback_service.web.context import EXTENSION
from tests.conftest import SECRET
from tests.servers import Server

TOKEN = "a token for tests, longer than it must be"
ASKED = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def measured(engine_url: str, tmp_path: Path, clock: FixedClock) -> Iterator[Flask]:
    """The application of an office that measures, once on each kind of database."""
    named = {
        "FEEDBACK_DATABASE_URL": engine_url,
        "FEEDBACK_DATA_DIR": str(tmp_path / "office"),
        "FEEDBACK_SECRET_KEY": SECRET,
        "FEEDBACK_METRICS_TOKEN": TOKEN,
    }
    app = create_app(Settings.from_environment(named), clock=clock)
    yield app
    app.extensions[EXTENSION].database.close()


def told(page: str) -> dict[tuple[str, str], float]:
    """Return every number of a page of figures by its name and what tells it apart."""
    samples = (sample for family in families(page) for sample in family.samples)
    order = ("method", "route", "status", "state")
    return {
        (one.name, " ".join(one.labels[name] for name in order if name in one.labels)): one.value for one in samples
    }


def test_answers_are_counted_by_route_and_the_office_tells_how_it_stands(measured: Flask) -> None:
    client = measured.test_client()
    client.get("/")
    client.get("/polls/unknown")
    client.get("/made/up/1")
    client.get("/made/up/2")

    figures = told(client.get("/metrics", headers=ASKED).text)

    assert figures["feedback_answer_seconds_count", "GET reports_public.home 200"] == 1
    assert figures["feedback_answer_seconds_count", "GET polls_public.poll 404"] == 1
    assert figures["feedback_answer_seconds_count", "GET none 404"] == 2
    assert figures["feedback_database_up", ""] == 1
    assert figures["feedback_suggestions_open", ""] == 0
    assert figures["feedback_disk_free_bytes", ""] > 0
    assert ("feedback_copy_age_seconds", "") not in figures


@pytest.mark.parametrize("said", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": TOKEN}])
def test_nobody_else_learns_that_there_are_figures(measured: Flask, said: dict[str, str]) -> None:
    answer = measured.test_client().get("/metrics", headers=said)

    assert answer.status_code == 404
    assert answer.text == measured.test_client().get("/metrics2").text


def test_without_a_token_nothing_is_measured(house: Flask) -> None:
    assert house.test_client().get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


def test_a_short_token_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="FEEDBACK_METRICS_TOKEN: too short"):
        Settings.from_environment({"FEEDBACK_DATA_DIR": str(tmp_path), "FEEDBACK_METRICS_TOKEN": "short"})


def test_several_processes_add_up(postgresql_url: str, tmp_path: Path) -> None:
    settings = {"FEEDBACK_DATABASE_URL": postgresql_url, "FEEDBACK_SECRET_KEY": SECRET, "FEEDBACK_METRICS_TOKEN": TOKEN}
    server = Server(tmp_path, settings)
    (tmp_path / "metrics").mkdir()
    (tmp_path / "metrics" / "counter_1.db").write_bytes(b"left over")
    server.start("--workers", "2")
    with server.client() as client:
        for _ in range(20):
            assert client.get("/healthz", headers={"Connection": "close"}).status_code == 200
        figures = told(client.get("/metrics", headers=ASKED).text)

    assert figures["feedback_answer_seconds_count", "GET health_probe.alive 200"] == 20
    server.end()
