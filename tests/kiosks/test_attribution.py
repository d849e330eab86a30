"""Whoever served is told by the shifts as they were at that moment, never by who was seen last."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import insert

from feedback_service.accounts.rules.roles import Role
from feedback_service.core.clock import FixedClock
from feedback_service.db import Database
from feedback_service.kiosks.queries import officer_at
from feedback_service.kiosks.rules import Shift
from feedback_service.kiosks.service import add_shift, remove_shift
from feedback_service.ratings.models import RatingLabel
from feedback_service.web.context import EXTENSION
from tests.officers import officer
from tests.ratings.lobby import OPENING, furnish, named, rating

LAN = Shift((1, 2, 3, 4, 5), "07:30", "11:30", "Trần Thị Lan", "")
MINH = Shift((1, 2, 3, 4, 5), "07:30", "11:30", "Lê Văn Minh", "")
BEFORE, CHANGED, AFTER = (OPENING + timedelta(days=days) for days in (1, 2, 3))


def handed_over(database: Database, counter_id: int) -> None:
    """Let Lan serve from the first day on, and Minh in her place from the third."""
    with database.transaction() as session:
        add_shift(session, counter_id, LAN, by="system", now=OPENING)
        remove_shift(session, counter_id, LAN.key, by="system", now=CHANGED)
        add_shift(session, counter_id, MINH, by="system", now=CHANGED)


def test_a_change_of_shifts_leaves_what_was_before_with_whoever_served_then(database: Database) -> None:
    counter_id = furnish(database).counter_id
    handed_over(database, counter_id)

    with database.reading() as session:
        told = [
            officer_at(session, counter_id, moment)
            for moment in (OPENING - timedelta(days=1), OPENING, BEFORE, CHANGED, AFTER, AFTER + timedelta(hours=8))
        ]

    assert told == ["", "Trần Thị Lan", "Trần Thị Lan", "Lê Văn Minh", "Lê Văn Minh", ""]


def test_a_marked_rating_names_whoever_was_on_shift(house: Flask, clock: FixedClock) -> None:
    lobby = furnish(house.extensions[EXTENSION].database)
    handed_over(lobby.database, lobby.counter_id)
    lobby.record(rating(id=named(1), answered_at=BEFORE), now=AFTER)
    label = {"id": f"{named(1)}/pace", "rating_id": named(1), "label": "pace", "rules_version": 1, "set_at": AFTER}
    with lobby.database.transaction() as session:
        session.execute(insert(RatingLabel).values(label))

    page = officer(house, Role.LEADER).pages.get(f"/staff/ratings/{named(1)}/marks/pace")

    assert "Trần Thị Lan" in page.text("dl")
    assert "Lê Văn Minh" not in page.text("main")
