"""A QR code leads to its survey, places the answer at its counter, is counted and can be revoked."""

import io
from dataclasses import replace

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import insert

from feedback_service.accounts.rules.roles import Role
from feedback_service.core.clock import FixedClock
from feedback_service.core.errors import StorageUnavailable
from feedback_service.db import Database
from feedback_service.ratings.export.posters import Poster, poster_pdf
from feedback_service.ratings.models import QrScan, Rating
from feedback_service.ratings.public.codes import EXTENSION, Scans
from feedback_service.ratings.queries.surveys import by_slug
from feedback_service.ratings.rules.qr import is_ours, signed
from feedback_service.ratings.service.scanning import CodeFacts, make_code, revoke_code
from feedback_service.units.drawing import logo
from feedback_service.units.models import Unit
from tests.conftest import SECRET
from tests.officers import officer
from tests.ratings.street import BALLOT, Street, settle


@pytest.fixture
def street(app: Flask, clock: FixedClock) -> Street:
    """A street, once on each kind of database."""
    return settle(app, clock)


def made(street: Street, *, slug: str = "phieu", procedure_id: int | None = None) -> str:
    """Open a survey, make a code for the counter, and return it."""
    street.open(slug)
    with street.platform.transaction() as session:
        known = by_slug(session, slug)
        assert known
        counter_id, now = street.lobby.counter_id, street.clock.now()
        return make_code(session, CodeFacts(known.id, counter_id, procedure_id), secret=SECRET, by="system", now=now)


def counted(street: Street) -> Scans:
    """Return what the process has counted."""
    scans: Scans = street.app.extensions[EXTENSION]
    return scans


def test_an_answer_by_a_code_is_counted_at_its_counter_and_its_scans_without_a_trace(street: Street) -> None:
    code = made(street)
    for _ in range(2):
        street.citizen().client.get(f"/q/{code}")

    sent = street.citizen().answer(f"/q/{code.lower()}")

    assert sent.status_code == 303
    (rating,) = street.rows(Rating)
    assert (rating["channel"], rating["counter_id"]) == ("qr", street.lobby.counter_id)
    assert rating["survey_id"] is not None
    assert street.rows(QrScan) == []
    counted(street).write(street.platform)
    assert [(row["code"], row["count"]) for row in street.rows(QrScan)] == [(code, 3)]
    street.citizen().client.get(f"/q/{code}")
    counted(street).write(street.platform)
    assert [row["count"] for row in street.rows(QrScan)] == [4]
    assert street.is_whole()


def test_scans_are_kept_while_they_cannot_be_written_down(street: Street) -> None:
    code = made(street)
    street.citizen().client.get(f"/q/{code}")
    away = replace(street.platform, database=Database("sqlite:////nowhere/at/all.db"))

    with pytest.raises(StorageUnavailable):
        counted(street).write(away)
    counted(street).write(street.platform)

    assert [row["count"] for row in street.rows(QrScan)] == [1]


def test_a_revoked_a_forged_and_another_code_lead_nowhere(street: Street) -> None:
    code = made(street)
    other = made(street, slug="khac")
    with street.platform.transaction() as session:
        revoke_code(session, code, by="system", now=street.clock.now())

    statuses = [
        street.citizen().client.get(f"/q/{tried}").status_code for tried in (code, code[:-1] + "0", "x", "0" * 14)
    ]
    citizen = street.citizen()
    citizen.look_at("/surveys/phieu")
    citizen.send(BALLOT, via=other)

    assert statuses == [404] * 4
    assert [row["channel"] for row in street.rows(Rating)] == ["web"]


def test_a_poster_bears_the_logo_of_the_office(clock: FixedClock) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (96, 96), "teal").save(picture, "PNG")
    plain = Poster("Phường Đông Hà", "Trung tâm", "Quầy 1", "https://gopy.example/q/1")

    made = [
        poster_pdf(one, "a6", word=str, made_at=clock.now())
        for one in (plain, replace(plain, logo=logo(picture.getvalue())))
    ]

    assert [b"/Subtype/Image" in pdf or b"/Subtype /Image" in pdf for pdf in made] == [False, True]


def test_only_what_was_signed_here_is_ours() -> None:
    assert is_ours(SECRET, signed(SECRET, "0123456789"))
    assert not is_ours("another secret that is long enough", signed(SECRET, "0123456789"))


def test_an_officer_makes_prints_and_revokes_a_code(house: Flask, clock: FixedClock) -> None:
    street = settle(house, clock)
    street.open()
    writer = officer(house, Role.ONE_STOP, unit_id=street.lobby.unit_id)
    blank = writer.pages.get("/staff/surveys/1/codes")

    shown = writer.pages.send(blank, {"counter": str(street.lobby.counter_id)})
    code = shown.text("tbody code")
    files = [writer.pages.client.get(f"/staff/codes/{code}.{shape}") for shape in ("a4", "a5", "a6", "svg", "a3")]
    revoked = writer.pages.send(shown, {}, selector="td form")
    stranger = officer(house, Role.ONE_STOP, name="elsewhere", unit_id=_elsewhere(street))

    assert [answer.status_code for answer in files] == [200, 200, 200, 200, 404]
    assert [answer.data[:4] for answer in files[:4]] == [b"%PDF"] * 3 + [b"<svg"]
    assert "Đã thu hồi" in revoked.text("tbody")
    assert stranger.pages.client.get("/staff/surveys/1/codes").status_code == 404
    assert stranger.pages.client.get(f"/staff/codes/{code}.svg").status_code == 404


def _elsewhere(street: Street) -> int:
    facts = {"code": "19336", "name": "Phường Nam Đông Hà", "folded_name": "phuong nam dong ha", "kind": "ward"}
    with street.platform.transaction() as session:
        return session.execute(insert(Unit).values(**facts).returning(Unit.id)).scalar_one()
