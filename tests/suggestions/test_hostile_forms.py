"""Hostile values in every field of the box: never a fault of ours, never a row that should not be there."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from feedback_service.core.clock import FixedClock
from feedback_service.db import Database
from feedback_service.suggestions import queries
from feedback_service.suggestions.models import Suggestion
from tests.suggestions.box import Box, furnish
from tests.suggestions.citizen import Citizen

VALUES = (
    b"\x00",
    b"\xed\xa0\x80",
    b"\xff\xfe\xfa",
    b"\xc0\xaf",
    b"a" * 100_000,
    "\u202e\u200b".encode(),
    b"1' OR '1'='1' --",
    b"'; DROP TABLE suggestion; --",
    b"{{7*7}}",
    b"../../etc/passwd",
    b"-1",
    b"1e400",
    b"99999999999999999999",
    b"a\r\nSet-Cookie: x=1",
    b"%s%n{0.__class__}",
)
FIELDS = (
    *("kind", "text", "unit", "counter", "procedure", "about_staff", "public", "contact_name", "contact_phone"),
    *("contact_email", "contact_consent", "went_on", "submission_id", "form_token", "challenge_answer", "work"),
    *("kept_files", "drop_file", "website"),
)
PLACES = (
    ("/suggestions/track", "code"),
    ("/suggestions/slips", "code"),
    ("/suggestions/slips", "signature"),
    ("/suggestions/track/messages", "text"),
    ("/suggestions/track/rating", "level"),
    ("/suggestions/track/reopening", "reason"),
)


@pytest.fixture
def box(app: Flask, clock: FixedClock, tmp_path: Path) -> Box:
    """The box of the running application."""
    database: Database = app.extensions["feedback_service"].database
    box = furnish(database, tmp_path / "office")
    box.clock = clock
    return box


@pytest.fixture
def citizen(app: Flask, clock: FixedClock, box: Box) -> Citizen:
    """A citizen whose suggestion is open in the browser."""
    citizen = Citizen(app, clock)
    citizen.finish(citizen.write())
    return citizen


def test_no_value_of_any_field_makes_the_form_fail(citizen: Citizen, box: Box) -> None:
    page = citizen.pages.get("/suggestions/new")
    filled = {name: str(value) for name, value in citizen.fill(page).items()}

    statuses = {
        citizen.pages.client.post("/suggestions", data={**filled, "challenge_answer": "0", name: value}).status_code
        for name in FIELDS
        for value in VALUES
    }

    assert statuses <= {200, 409, 413, 422, 429}
    with box.database.reading() as session:
        assert session.execute(select(func.count()).select_from(Suggestion)).scalar_one() == 1


def test_no_value_makes_tracking_fail(citizen: Citizen) -> None:
    token = citizen.pages.get("/suggestions/track").form("#message form")["csrf_token"]

    statuses = {
        citizen.pages.client.post(address, data={"csrf_token": token, name: value}).status_code
        for address, name in PLACES
        for value in VALUES
    }

    assert statuses <= {303, 409, 413, 422, 429}


def test_no_address_makes_the_published_answers_fail(citizen: Citizen) -> None:
    statuses = {
        citizen.pages.client.get(f"/answers?{name}={value}").status_code
        for name in ("q", "unit", "kind", "period", "page", "lang")
        for value in ("%00", "%ED%A0%80", "%FF", "-1", "1e9", "9" * 30, "%27", "%u0000")
    }

    assert statuses == {200}


def test_what_is_alike_stands_side_by_side(box: Box) -> None:
    one = box.submit("Chờ chứng thực bản sao hơn hai giờ ở Quầy 3.").suggestion_id
    alike = "Tôi cũng chờ chứng thực bản sao rất lâu ở Quầy 3."
    like = box.submit(alike).suggestion_id
    box.submit("Đèn đường trước chợ bị hỏng cả tuần nay.")

    with box.database.reading() as session:
        found = queries.similar(session, one, scope=None, today=box.today)
        elsewhere = queries.similar(session, one, scope=frozenset({box.agency_id}), today=box.today)

    assert [(other.row.id, other.text) for other in found] == [
        (like, "Tôi cũng chờ chứng thực bản sao rất lâu ở Quầy 3.")
    ]
    assert elsewhere == ()
