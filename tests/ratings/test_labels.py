"""Ratings are marked for pace, runs and hours, and those of a lost tablet are left out, reversibly."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_service.core.errors import NotFound
from feedback_service.ratings import service
from feedback_service.ratings.models import Rating, RatingLabel, RatingTally
from feedback_service.ratings.queries import arrived_numbers
from feedback_service.ratings.rules import Label, Press, labelled
from feedback_service.ratings.service.labelling import label_late, label_recent
from feedback_service.settings import Settings
from feedback_service.units.rules import OFFICE_HOURS
from tests.ratings.lobby import OPENING, Lobby, named, rating

HOURS = {1: OFFICE_HOURS}
EVENING = datetime(2026, 10, 13, 12, 0, tzinfo=UTC)
BY = "staff:1"


def pressed(*seconds: float, level: int = 5, kiosk_id: int = 1, first: int = 0) -> list[Press]:
    """Return ratings of one tablet, so many seconds after opening."""
    return [
        Press(named(first + place), kiosk_id, 1, OPENING + timedelta(seconds=second), level)
        for place, second in enumerate(seconds)
    ]


def marked(presses: Iterable[Press], label: Label) -> list[str]:
    """Return the ids that bear a label."""
    return sorted(rating_id for rating_id, found in labelled(list(presses), HOURS) if found is label)


def test_a_press_within_five_seconds_of_the_one_before_is_marked() -> None:
    assert marked(pressed(0, 4.999, 10, 15), Label.PACE) == [named(1)]


def test_another_tablet_is_no_neighbour() -> None:
    both = pressed(0) + pressed(2, kiosk_id=2, first=1)

    assert marked(both, Label.PACE) == []


@pytest.mark.parametrize(("count", "expected"), [(4, 0), (5, 5), (9, 9)])
def test_five_alike_in_quick_succession_are_a_run(count: int, expected: int) -> None:
    assert len(marked(pressed(*range(0, count * 30, 30)), Label.RUN)) == expected


def test_another_level_or_a_pause_ends_a_run() -> None:
    other = pressed(0, 30, 60, 90) + pressed(120, level=1, first=4) + pressed(150, 180, 210, 240, first=5)
    paused = pressed(0, 30, 60, 90, 151, 181, 211, 241)

    assert marked(other, Label.RUN) == marked(paused, Label.RUN) == []


def test_out_of_hours_is_marked_to_the_minute() -> None:
    closing = datetime(2026, 10, 13, 4, 30, tzinfo=UTC)
    last, late = (Press(named(n), 1, 1, closing + timedelta(seconds=n - 1), 3) for n in (0, 1))

    assert marked([last, late], Label.HOURS) == [named(1)]


def test_the_order_in_which_ratings_arrive_does_not_matter() -> None:
    given = pressed(0, 2, 30, 60, 90, 120) + pressed(1, 3, kiosk_id=2, first=10)

    assert labelled(given, HOURS) == labelled(given[::-1], HOURS)


def test_marks_are_set_once_by_the_worker_and_change_no_figure(lobby: Lobby, settings: Settings) -> None:
    lobby.record(rating(5, sequence=1), rating(5, sequence=2, answered_at=OPENING + timedelta(seconds=3)))
    before = tallied(lobby)

    for _ in range(2):
        with lobby.database.transaction() as session:
            label_recent(session, settings, OPENING + timedelta(minutes=10))

    assert labels(lobby) == {(2, "pace", True)}
    assert tallied(lobby) == before == 2
    assert lobby.tallies_agree()
    assert lobby.broken() == []


def test_what_arrives_days_later_is_marked_the_next_night(lobby: Lobby, settings: Settings) -> None:
    week_later = OPENING + timedelta(days=7)
    lobby.record(rating(3, sequence=1, answered_at=EVENING), now=week_later)

    with lobby.database.transaction() as session:
        label_recent(session, settings, week_later)
    assert labels(lobby) == set()
    with lobby.database.transaction() as session:
        label_late(session, settings, week_later + timedelta(hours=17))

    assert labels(lobby) == {(1, "hours", True)}


def test_a_lost_tablet_is_left_out_since_then_and_counts_again_when_it_is_found(lobby: Lobby) -> None:
    lobby.record(*(rating(5, sequence=hour + 1, answered_at=OPENING + timedelta(hours=hour)) for hour in range(-1, 1)))
    lobby.record(rating(1, sequence=3, answered_at=OPENING + timedelta(hours=1)), now=OPENING + timedelta(hours=1))
    since, now = OPENING + timedelta(minutes=30), OPENING + timedelta(hours=2)

    with lobby.database.transaction() as session:
        left_out = service.lose(session, lobby.kiosk_id, since=since, by=BY, now=now)

    assert (left_out, tallied(lobby), lobby.count()) == (1, 2, 3)
    assert labels(lobby) == {(3, "lost", True)}
    assert lobby.tallies_agree()
    with lobby.database.transaction() as session:
        assert service.find(session, lobby.kiosk_id, by=BY, now=now) == 1
    assert (tallied(lobby), labels(lobby)) == (3, {(3, "lost", False)})
    with pytest.raises(NotFound), lobby.database.transaction() as session:
        service.find(session, lobby.kiosk_id, by=BY, now=now)
    assert lobby.tallies_agree()
    assert lobby.broken() == []


def test_the_moment_of_the_loss_can_be_moved_both_ways(lobby: Lobby) -> None:
    lobby.record(*(rating(4, sequence=n, answered_at=OPENING - timedelta(hours=5 - n)) for n in range(1, 5)))

    for hours, counted in ((3, 1), (1, 3), (9, 0), (0, 4)):
        with lobby.database.transaction() as session:
            since = OPENING - timedelta(hours=hours)
            service.lose(session, lobby.kiosk_id, since=since, by=BY, now=OPENING)
        assert tallied(lobby) == counted
        assert lobby.tallies_agree()
    assert lobby.broken() == []


def test_a_straggler_of_a_lost_tablet_is_left_out_by_the_worker(lobby: Lobby, settings: Settings) -> None:
    with lobby.database.transaction() as session:
        service.lose(session, lobby.kiosk_id, since=OPENING, by=BY, now=OPENING)
    lobby.record(rating(5, sequence=1, answered_at=OPENING + timedelta(seconds=2)))
    assert tallied(lobby) == 1

    with lobby.database.transaction() as session:
        label_recent(session, settings, OPENING + timedelta(minutes=10))

    assert tallied(lobby) == 0
    assert lobby.tallies_agree()


def test_gaps_in_the_numbers_of_a_tablet_are_named(lobby: Lobby) -> None:
    lobby.record(*(rating(5, sequence=number) for number in (40, 41, 44, 45, 47)))

    with lobby.database.reading() as session:
        numbers = arrived_numbers(session, {lobby.kiosk_id: 50, 99: 7})

    assert set(numbers) == {lobby.kiosk_id}
    found = numbers[lobby.kiosk_id]
    assert (found.first, found.last, found.spans()) == (40, 50, "42–43, 46, 48–50")
    assert [found.missing(waiting) for waiting in (0, 3, 9)] == [6, 3, 0]
    assert found.cells() == (True, True, False, False, True, True, False, True, False, False, False)


def test_numbers_without_a_gap_are_whole(lobby: Lobby) -> None:
    lobby.record(*(rating(5, sequence=number) for number in range(1, 50)))

    with lobby.database.reading() as session:
        found = arrived_numbers(session, {lobby.kiosk_id: 49})[lobby.kiosk_id]

    assert (found.gaps, found.missing(0), found.cells()) == ((), 0, (True,) * 30)


def tallied(lobby: Lobby) -> int:
    """Return how many ratings the figures count."""
    with lobby.database.reading() as session:
        return sum(session.scalars(select(RatingTally.total)))


def labels(lobby: Lobby) -> set[tuple[int | None, str, bool]]:
    """Return (number, label, whether it holds) of every label."""
    with lobby.database.reading() as session:
        return set(_labels(session))


def _labels(session: Session) -> Iterable[tuple[int | None, str, bool]]:
    query = select(Rating.sequence, RatingLabel.label, RatingLabel.lifted_at).join(
        Rating, Rating.id == RatingLabel.rating_id
    )
    return [(row.sequence, row.label, row.lifted_at is None) for row in session.execute(query)]
