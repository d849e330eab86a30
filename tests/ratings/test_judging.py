"""A person lifts a mark with a reason and sets it again; the rules run again; both figures follow."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from feedback_service.accounts.rules.roles import Role
from feedback_service.core.clock import FixedClock
from feedback_service.core.errors import NotFound, Refused
from feedback_service.core.period import Period
from feedback_service.ratings import service
from feedback_service.ratings.models import MarkTally, RatingLabel
from feedback_service.ratings.rules import Label
from feedback_service.ratings.service.labelling import label_recent
from feedback_service.settings import Settings
from feedback_service.web.context import EXTENSION, Platform
from tests.officers import officer
from tests.pages import PageClient
from tests.ratings.lobby import OPENING, Lobby, furnish, named, rating

DAYS = Period(date(2026, 10, 13), date(2026, 10, 13))
LATER = OPENING + timedelta(hours=1)
BY = "staff:1"


def press(lobby: Lobby, *seconds: float, levels: Iterable[int] = ()) -> None:
    """Give ratings so many seconds after opening."""
    chosen = tuple(levels) or (5,) * len(seconds)
    given = enumerate(zip(seconds, chosen, strict=True), start=1)
    lobby.record(
        *(
            rating(level, id=named(n), sequence=n, answered_at=OPENING + timedelta(seconds=at))
            for n, (at, level) in given
        ),
        now=LATER,
    )


def marked(lobby: Lobby) -> int:
    """Return how many ratings the figures set apart."""
    with lobby.database.reading() as session:
        return sum(session.scalars(select(MarkTally.total)))


def rerun(lobby: Lobby, *, now: datetime = LATER) -> tuple[int, int]:
    """Run the rules again; return how many labels were set and lifted."""
    with lobby.database.transaction() as session:
        found = service.rerun(session, lobby.unit_id, DAYS, by=BY, now=now)
    return found.added, found.lifted


def test_marked_ratings_are_counted_apart_and_the_tallies_agree(lobby: Lobby, settings: Settings) -> None:
    press(lobby, 0, 2, 100)

    with lobby.database.transaction() as session:
        label_recent(session, settings, LATER)

    assert marked(lobby) == 1
    assert lobby.tallies_agree()
    assert lobby.broken() == []


def test_a_mark_is_lifted_with_a_reason_and_set_again(lobby: Lobby) -> None:
    press(lobby, 0, 2)
    assert rerun(lobby) == (1, 0)
    with pytest.raises(Refused), lobby.database.transaction() as session:
        service.lift(session, named(2), Label.PACE, reason="", by=BY, now=LATER)

    with lobby.database.transaction() as session:
        service.lift(session, named(2), Label.PACE, reason="Hai người cùng đánh giá", by=BY, now=LATER)
    lifted = marked(lobby)
    row = lobby.one(RatingLabel)
    with lobby.database.transaction() as session:
        service.restore(session, named(2), Label.PACE, by=BY, now=LATER)

    assert (lifted, marked(lobby)) == (0, 1)
    assert (row["lifted_by"], row["reason"]) == (BY, "Hai người cùng đánh giá")
    assert lobby.tallies_agree()
    assert lobby.broken() == []


def test_what_a_person_lifted_stays_lifted_when_the_rules_run_again(lobby: Lobby) -> None:
    press(lobby, 0, 2)
    rerun(lobby)
    with lobby.database.transaction() as session:
        service.lift(session, named(2), Label.PACE, reason="Đúng hai người", by=BY, now=LATER)

    assert rerun(lobby) == (0, 0)
    assert marked(lobby) == 0


def test_running_the_rules_again_changes_nothing_the_second_time(lobby: Lobby) -> None:
    press(lobby, *range(0, 300, 20))

    assert rerun(lobby) == (15, 0)
    assert rerun(lobby) == (0, 0)
    assert marked(lobby) == 15


def test_a_mark_that_the_rules_no_longer_set_is_lifted_and_comes_back_with_them(lobby: Lobby) -> None:
    press(lobby, 0, 2, 100)
    rerun(lobby)
    with lobby.database.transaction() as session:
        service.lift(session, named(2), Label.PACE, reason="x", by="system", now=LATER)

    assert rerun(lobby) == (1, 0)
    assert marked(lobby) == 1


def test_a_mark_that_is_not_there_cannot_be_lifted_and_a_lost_tablet_is_not_found_this_way(lobby: Lobby) -> None:
    press(lobby, 0)

    for label in (Label.RUN, Label.LOST):
        with pytest.raises(NotFound), lobby.database.transaction() as session:
            service.lift(session, named(1), label, reason="x", by=BY, now=LATER)


@dataclass(frozen=True)
class Desk:
    """A leader at the desk of the ward of the lobby."""

    lobby: Lobby
    pages: PageClient


@pytest.fixture
def desk(app: Flask, clock: FixedClock) -> Desk:
    """The lobby behind the application, once on each kind of database."""
    platform: Platform = app.extensions[EXTENSION]
    lobby = furnish(platform.database)
    press(lobby, 0, 2, 100)
    clock.move(timedelta(hours=1))
    return Desk(lobby, officer(app, Role.LEADER, unit_id=lobby.unit_id, full_name="Trần Thị Lan").pages)


def test_the_desk_runs_the_rules_and_lifts_a_mark_with_a_reason(desk: Desk) -> None:
    page = desk.pages.get("/staff/ratings/marks")
    assert "Không có lượt nào có nhãn" in page.text(".empty")

    page = desk.pages.send(page, {}, selector="form[action$=rerun]")
    assert page.texts("tbody tr")[0].startswith("Chỉ cách lượt trước dưới năm giây1")
    shown = desk.pages.get(page.all("table.messages a")[0].get("href") or "")
    refused = desk.pages.send(shown, {"reason": " "}, status=422)
    lifted = desk.pages.send(refused, {"reason": "Hai mẹ con cùng đánh giá"})

    assert "Xin ghi lý do" in refused.text(".error-summary")
    assert "Hai mẹ con cùng đánh giá" in lifted.text("dl")
    assert "Trần Thị Lan" in lifted.text("dl")
    again = desk.pages.send(lifted, {}, selector="form[action$=setting]")
    assert "còn hiệu lực" in again.text("dl")
    desk.pages.get("/staff/ratings/marks?from=x&to=2026-10-13&after=x&label=none", status=404)
    desk.pages.get(f"/staff/ratings/{named(1)}/marks/run", status=404)
