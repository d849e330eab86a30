"""Whatever is changed in a stored rating afterwards is found."""

import pytest
from sqlalchemy import text

from feedback_service.core.errors import NotFound
from feedback_service.db import Database
from feedback_service.ratings import service
from feedback_service.ratings.models import Rating, RatingComment, RatingQuarantine
from feedback_service.ratings.rules import Outcome, Verdict
from feedback_service.ratings.service import Refusal
from tests.ratings.lobby import OPENING, Lobby, named, rating

CHANGES = [
    ("rating", column, value)
    for column, value in {
        "sequence": "8",
        "counter_id": "NULL",
        "tier": "'suspicious'",
        "language": "'en'",
        "answered_at": "'2026-10-13 01:31:00.000000'",
        "stored_at": "'2026-10-13 01:31:00.000000'",
        "counted_on": "'2026-10-14'",
        "clock": "'future'",
        "level": "5",
        "answers": "'{}'",
        "fingerprint": f"'{'0' * 64}'",
        "salt": f"'{'0' * 32}'",
        "ballot_hash": f"'{'0' * 64}'",
    }.items()
] + [
    ("rating_comment", column, value)
    for column, value in {
        "written_at": "'2026-10-13 01:31:00.000000'",
        "text": "'khác'",
        "salt": f"'{'0' * 32}'",
        "seal": f"'{'0' * 64}'",
    }.items()
]


@pytest.fixture
def told(lobby: Lobby) -> Lobby:
    """A lobby with one rating and its comment."""
    lobby.record(rating(2, id=named(1), sequence=7, comment="Chờ lâu quá"))
    return lobby


def change(database: Database, words: str) -> None:
    """Change a record behind the back of the service."""
    with database.transaction() as session:
        session.execute(text(words))


def erase(lobby: Lobby) -> None:
    """Erase the comment as an officer may."""
    with lobby.database.transaction() as session:
        service.erase_comment(session, named(1), actor="staff:1", now=OPENING)


def test_untouched_records_agree_with_the_ledger(told: Lobby) -> None:
    assert told.broken() == []


@pytest.mark.parametrize(("table", "column", "value"), CHANGES, ids=[f"{change[0]}-{change[1]}" for change in CHANGES])
def test_a_changed_record_is_found(told: Lobby, table: str, column: str, value: str) -> None:
    change(told.database, f"UPDATE {table} SET {column} = {value}")

    assert "rating its record was changed" in told.broken()


def test_a_deleted_comment_is_found(told: Lobby) -> None:
    change(told.database, "DELETE FROM rating_comment")

    assert told.broken() == ["rating its record was changed"]


def test_a_comment_that_was_wiped_without_a_word_is_found(told: Lobby) -> None:
    change(told.database, "UPDATE rating_comment SET text = NULL, salt = NULL")

    assert told.broken() == ["rating_comment the record has no entry"]


def test_a_comment_can_be_erased_and_the_ledger_stays_whole(told: Lobby) -> None:
    erase(told)
    erase(told)

    assert told.one(RatingComment)["text"] is None
    assert told.broken() == []
    assert told.count() == 1


def test_an_erased_comment_that_comes_again_stays_erased(told: Lobby) -> None:
    erase(told)

    outcomes = told.record(rating(2, id=named(1), sequence=7, comment="Chờ lâu quá"))

    assert outcomes == [Outcome.REPEATED]
    assert told.one(RatingComment)["text"] is None


def test_there_is_nothing_to_erase_beside_a_rating_without_comment(lobby: Lobby) -> None:
    lobby.record(rating(5, id=named(1)))

    with pytest.raises(NotFound):
        erase(lobby)


def test_a_rating_that_came_by_another_way_is_found(told: Lobby) -> None:
    columns = ", ".join(column.key for column in Rating.__table__.columns if column.key != "id")
    words = f"INSERT INTO rating (id, {columns}) SELECT '{named(2)}', {columns} FROM rating"

    change(told.database, words)

    assert "rating the record has no entry" in told.broken()


def test_a_refused_rating_is_kept_once_and_watched(lobby: Lobby) -> None:
    verdict = Verdict("", Outcome.REFUSED, "invalid", "This rating cannot be read.")
    refusal = Refusal(lobby.kiosk_id, lobby.unit_id, OPENING, {"id": 5}, verdict)
    for _ in range(2):
        with lobby.database.transaction() as session:
            service.keep_refused(session, [refusal, refusal])

    assert lobby.count(RatingQuarantine) == 1
    assert lobby.broken() == []
    change(lobby.database, "UPDATE rating_quarantine SET raw = '{}'")
    assert lobby.broken() == ["rating_quarantine its record was changed"]
