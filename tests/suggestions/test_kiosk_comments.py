"""What is written at a tablet lands in the one queue, in the transaction that records the rating."""

import pytest
from flask import Flask
from sqlalchemy import select

from feedback_service.core.clock import FixedClock
from feedback_service.ratings.models import Rating
from feedback_service.ratings.rules import Channel as RatingChannel
from feedback_service.suggestions.models import Suggestion, SuggestionText
from feedback_service.suggestions.rules.kinds import Channel
from tests.kiosks.lobbies import furnish
from tests.ratings.tablets import Sender, rating


@pytest.fixture
def sender(app: Flask, clock: FixedClock) -> Sender:
    """A tablet at a counter."""
    lobby = furnish(app, clock)
    return Sender(lobby, lobby.tablet())


def kept(sender: Sender) -> list[tuple[str, ...]]:
    """Return channel, kind, state and text of every suggestion."""
    query = select(Suggestion.channel, Suggestion.kind, Suggestion.state, SuggestionText.text)
    query = query.join(SuggestionText, SuggestionText.suggestion_id == Suggestion.id).order_by(Suggestion.id)
    with sender.lobby.platform.reading() as session:
        return [tuple(row) for row in session.execute(query)]


def test_a_comment_becomes_a_suggestion_of_the_kind_that_its_face_says(sender: Sender) -> None:
    sender.outcomes(
        rating(1, comment="Chờ lâu quá."), rating(5, comment="Cảm ơn cán bộ."), rating(3, comment="Thêm ghế.")
    )

    assert kept(sender) == [
        ("kiosk", "report", "received", "Chờ lâu quá."),
        ("kiosk", "praise", "received", "Cảm ơn cán bộ."),
        ("kiosk", "idea", "received", "Thêm ghế."),
    ]


def test_an_answer_to_a_question_for_text_becomes_a_suggestion_too(sender: Sender) -> None:
    sender.outcomes(rating(5, answers={"satisfaction": 5, "comment": "Cảm ơn cán bộ."}))

    assert kept(sender) == [("kiosk", "praise", "received", "Cảm ơn cán bộ.")]


def test_a_comment_may_come_every_way_that_a_rating_can() -> None:
    assert {way.value for way in RatingChannel} == {way.value for way in Channel}


def test_a_rating_sent_again_makes_no_second_suggestion(sender: Sender) -> None:
    sent = rating(1, comment="Chờ lâu quá.")

    assert [*sender.outcomes(sent), *sender.outcomes(sent)] == ["stored", "repeated"]

    assert len(kept(sender)) == 1


def test_a_comment_that_nobody_can_see_is_no_suggestion_and_loses_no_rating(sender: Sender) -> None:
    assert sender.outcomes(rating(1, comment="\u200b\u2060"), rating(1)) == ["stored", "stored"]

    assert kept(sender) == []
    assert sender.count(Rating) == 2
