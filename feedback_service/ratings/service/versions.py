"""Versions of questionnaires as ratings need them, each read once."""

from sqlalchemy.orm import Session

from feedback_service.questionnaires.queries import Version, published
from feedback_service.questionnaires.rules import Question
from feedback_service.ratings.rules import Channel
from feedback_service.ratings.rules.paper import asked_through


class Versions:
    """Published versions; they never change, so each is remembered beside the connection that read it."""

    def __init__(self, session: Session) -> None:
        """Remember what the connection of `session` has read before."""
        self._session = session
        kept = session.connection().info
        self._known: dict[tuple[str, int], Version] = kept.setdefault("versions", {})
        self._asked: dict[tuple[int, Channel], tuple[Question, ...]] = kept.setdefault("versions asked", {})

    def find(self, questionnaire: str, number: int) -> Version | None:
        """Return a published version, None when there is none of this name and number."""
        found = self._known.get((questionnaire, number)) or published(self._session, questionnaire, number)
        if found is not None:
            self._known[questionnaire, number] = found
        return found

    def asked(self, version: Version, channel: Channel) -> tuple[Question, ...]:
        """Return the questions of a version as a channel asks them."""
        kept = self._asked.get((version.id, channel))
        return kept or self._asked.setdefault((version.id, channel), asked_through(channel, version.questions))
