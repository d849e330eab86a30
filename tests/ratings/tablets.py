"""Tablets that send ratings over HTTP."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from werkzeug.test import TestResponse

from feedback_service.core.ids import new_id
from feedback_service.db import Base
from feedback_service.ratings.models import Rating
from tests.kiosks.lobbies import Lobby, Tablet, told


@dataclass(frozen=True)
class Sender:
    """An enrolled tablet, and what the service has of it."""

    lobby: Lobby
    tablet: Tablet

    def sends(self, *ratings: object) -> TestResponse:
        """Send a batch of ratings."""
        return self.posts(json={"ratings": list(ratings)})

    def posts(self, **what: Any) -> TestResponse:
        """Send anything at all to the address of ratings."""
        bearer = {"Authorization": f"Bearer {self.tablet.token}"}
        return self.lobby.app.test_client().post("/api/v1/ratings", headers=bearer | what.pop("headers", {}), **what)

    def outcomes(self, *ratings: object) -> list[str]:
        """Send a batch and return what became of each."""
        answer = self.sends(*ratings)
        assert answer.status_code == 200, answer.text
        return [result["outcome"] for result in told(answer)["results"]]

    def count(self, table: type[Base] = Rating) -> int:
        """Count the rows of a table."""
        with self.lobby.platform.reading() as session:
            return session.execute(select(func.count()).select_from(table)).scalar_one()


def rating(level: object = 5, **changes: object) -> dict[str, object]:
    """Return the JSON of a rating at the five faces, given this minute."""
    given: dict[str, object] = {
        "id": str(new_id()),
        "sequence": 1,
        "questionnaire": "kiosk-5",
        "version": 1,
        "answered_at": "2026-10-13T08:30:00.000+07:00",
        "language": "vi",
        "answers": {"satisfaction": level},
    }
    return {name: value for name, value in {**given, **changes}.items() if value is not ...}


def pointers(problem: dict[str, Any]) -> list[str]:
    """Return where a problem says that something is wrong."""
    return [error["pointer"] for error in problem["errors"]]


def refused(answer: TestResponse) -> Iterable[dict[str, Any]]:
    """Return the problem of every rating that was refused."""
    assert answer.status_code == 200, answer.text
    return [result["problem"] for result in told(answer)["results"] if result["outcome"] == "refused"]
