"""A rating is stored once, as it was given, and counted."""

import threading
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from feedback_service.ratings.models import ChoiceTally, Rating, RatingComment, RatingTally
from feedback_service.ratings.rules import Outcome
from tests.ratings.lobby import OPENING, Lobby, named, rating

STORED, REPEATED, REFUSED = Outcome.STORED, Outcome.REPEATED, Outcome.REFUSED


def test_a_rating_is_kept_as_it_was_given(lobby: Lobby) -> None:
    answers = {"satisfaction": 2, "reasons": ["waiting", "guidance"]}

    lobby.record(rating(id=named(1), sequence=7, answers=answers, language="en"))

    row = lobby.one()
    assert (row["id"], row["sequence"], row["language"]) == (named(1), 7, "en")
    assert (row["level"], row["levels"], row["clock"]) == (2, 5, "right")
    assert row["answers"] == '{"reasons":["waiting","guidance"],"satisfaction":2}'
    assert row["counted_on"] == date(2026, 10, 13)


def test_sending_a_rating_again_changes_nothing(lobby: Lobby) -> None:
    given = rating(4, comment="Cán bộ hướng dẫn rất tận tình")

    outcomes = [*lobby.record(given), *lobby.record(given, now=OPENING + timedelta(days=2))]

    assert outcomes == [STORED, REPEATED]
    assert (lobby.count(), lobby.count(RatingComment)) == (1, 1)
    assert lobby.tallies_agree()


def test_the_same_id_with_another_content_is_refused(lobby: Lobby) -> None:
    lobby.record(rating(5, id=named(1)))

    outcomes = lobby.record(rating(1, id=named(1)), rating(5, id=named(1), comment="thêm"))

    assert outcomes == [REFUSED, REFUSED]
    assert lobby.one()["level"] == 5


def test_one_bad_rating_does_not_keep_the_others_out(lobby: Lobby) -> None:
    outcomes = lobby.record(
        rating(5),
        rating(9),
        rating(3, questionnaire="kiosk-7"),
        rating(3, version=2),
        rating(3, answers={"satisfaction": 3, "reasons": ["waiting"]}),
        rating(1),
    )

    assert outcomes == [STORED, REFUSED, REFUSED, REFUSED, REFUSED, STORED]
    assert lobby.count() == 2


def test_the_same_rating_twice_in_one_batch_is_stored_once(lobby: Lobby) -> None:
    given = rating(5)

    outcomes = lobby.record(given, given, rating(1, id=given.id))

    assert outcomes == [STORED, REPEATED, REFUSED]
    assert lobby.count() == 1


def test_sixteen_tablets_send_the_same_ten_ratings_at_once(lobby: Lobby) -> None:
    batch = [rating(number % 5 + 1, id=named(number)) for number in range(1, 11)]
    outcomes: list[Outcome] = []

    def send(start: int) -> None:
        outcomes.extend(lobby.record(*batch[start:], *batch[:start]))

    threads = [threading.Thread(target=send, args=(number % 10,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert lobby.count() == 10
    assert sorted(outcomes) == [REPEATED] * 150 + [STORED] * 10
    assert lobby.tallies_agree()
    assert lobby.broken() == []


@pytest.mark.parametrize(
    ("answered_at", "clock"),
    [
        (OPENING - timedelta(days=90), "right"),
        (OPENING + timedelta(minutes=5), "right"),
        (OPENING + timedelta(minutes=5, seconds=1), "future"),
        (OPENING - timedelta(days=90, seconds=1), "ancient"),
        (datetime.fromisoformat("1970-01-01T00:00:00+00:00"), "ancient"),
        (datetime.fromisoformat("9999-12-31T00:00:00+00:00"), "future"),
    ],
)
def test_a_time_that_cannot_be_gives_way_to_the_servers(lobby: Lobby, answered_at: datetime, clock: str) -> None:
    lobby.record(rating(5, answered_at=answered_at))

    row = lobby.one()
    assert row["clock"] == clock
    assert row["answered_at"] == (answered_at if clock == "right" else OPENING)
    assert row["stored_at"] == OPENING


def test_who_taps_a_face_and_walks_away_is_counted_whatever_else_needs_an_answer(lobby: Lobby) -> None:
    said: list[dict[str, int]] = [{"cs11": 3}, {"cs11": 3, "cs3": 2}, {"cs3": 2}, {"cs11": 3, "cs3": 7}]
    given = [rating(questionnaire="phieu-9-chi-so", answers=one, sequence=place) for place, one in enumerate(said, 1)]

    outcomes = lobby.record(*given)

    assert outcomes == [STORED, STORED, REFUSED, REFUSED]
    assert lobby.tallies_agree()


def test_a_rating_counts_on_the_day_of_the_office(lobby: Lobby) -> None:
    lobby.record(rating(5, answered_at=datetime.fromisoformat("2026-10-12T17:30:00+00:00")))

    assert lobby.one()["counted_on"] == date(2026, 10, 13)


def test_levels_and_reasons_are_tallied_by_day_and_counter(lobby: Lobby) -> None:
    lobby.record(rating(5), rating(5), rating(1, answers={"satisfaction": 1, "reasons": ["waiting", "fees"]}))
    lobby.record(rating(2, answers={"satisfaction": 2, "reasons": ["waiting"]}))

    tally = lobby.one(RatingTally)
    assert [tally[f"level_{level}"] for level in range(1, 6)] == [1, 1, 0, 0, 2]
    assert (tally["total"], tally["question"], tally["counter_id"]) == (4, "satisfaction", lobby.counter_id)
    with lobby.database.reading() as session:
        choices = {row[0]: row[1] for row in session.execute(select(ChoiceTally.value, ChoiceTally.count))}
    assert choices == {"waiting": 2, "fees": 1}


def test_what_a_citizen_writes_stands_apart_from_the_rating(lobby: Lobby) -> None:
    lobby.record(rating(3, answers={"satisfaction": 3, "comment": "Chỗ ngồi chờ hơi nóng"}))

    assert lobby.one(RatingComment)["text"] == "Chỗ ngồi chờ hơi nóng"
    assert "nóng" not in str(lobby.one(Rating)["answers"])


def test_a_comment_is_composed_and_cut_free_of_what_cannot_be_kept(lobby: Lobby) -> None:
    lobby.record(rating(3, comment=" Cho\u031b\u0300 la\u0302u\x00 qua\u0301\ud83d \r\n"))

    assert lobby.one(RatingComment)["text"] == "Chờ lâu quá"


def test_a_comment_longer_than_two_thousand_letters_is_refused(lobby: Lobby) -> None:
    fits, too_long = rating(3, comment="ý" * 2000), rating(3, comment="ý" * 2001)

    verdicts = lobby.verdicts(fits, too_long)

    assert [verdict.outcome for verdict in verdicts] == [STORED, REFUSED]
    assert [fault.pointer for fault in verdicts[1].faults] == ["/comment"]


def test_three_thousand_ratings_are_stored_in_one_go(lobby: Lobby) -> None:
    outcomes = lobby.record(*(rating(number % 5 + 1, sequence=number) for number in range(3000)))

    assert set(outcomes) == {STORED}
    assert lobby.count() == 3000
    assert lobby.tallies_agree()
