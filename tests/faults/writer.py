"""A program that rates and moderates from eight threads and says so after each: the subject of cuts of every kind.

`python -m tests.faults.writer FILE rate|moderate [--trusting]`
"""

import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_service.core.ids import new_id
from feedback_service.db import Database
from feedback_service.kiosks.models import Kiosk
from feedback_service.ratings.rules import Channel, Given, Place, Tier
from feedback_service.ratings.service import record
from feedback_service.suggestions.models import Suggestion
from feedback_service.suggestions.rules.hands import Hand
from feedback_service.suggestions.rules.kinds import State
from feedback_service.suggestions.service import desk

THREADS = 8
Deed = Callable[[Session, str], object]


class TrustingDatabase(Database):
    """The planted hole: believes that what is committed is on the disk."""

    def _make_durable(self, ticket: int) -> None:
        pass


def rating(session: Session) -> Deed:
    """Return how one rating is given at a tablet of this office."""
    kiosk = session.execute(select(Kiosk)).scalars().first()
    assert kiosk
    place = Place(kiosk.unit_id, kiosk.counter_id, kiosk.id, Channel.KIOSK, Tier.KIOSK)
    sequences = count(1_000_000)

    def rate(session: Session, name: str) -> object:
        now = datetime.now(UTC)
        given = Given(name, next(sequences), "kiosk-5", 1, now, "vi", {"satisfaction": 5})
        return record(session, place, [given], now=now)

    return rate


def moderation(session: Session) -> Deed:
    """Return how an officer keeps a note on a suggestion, whose version, step and entry change together."""
    being_worked_on = select(Suggestion.id).where(Suggestion.state == State.ASSIGNED)
    suggestion_id = session.execute(being_worked_on).scalars().first()
    assert suggestion_id
    by = Hand("system")

    def moderate(session: Session, name: str) -> object:
        return desk.note(session, suggestion_id, by=by, text=name, now=datetime.now(UTC))

    return moderate


DEEDS: dict[str, Callable[[Session], Deed]] = {"rate": rating, "moderate": moderation}


def main(path: Path, kind: str, *, is_trusting: bool) -> None:
    """Write until killed; a trusting writer believes COMMIT and does not wait for the disk."""
    database = (TrustingDatabase if is_trusting else Database)(f"sqlite:///{path}")
    with database.reading() as session:
        deed = DEEDS[kind](session)
    said = threading.Lock()

    def write() -> None:
        while True:
            name = str(new_id())
            with database.transaction() as session:
                deed(session, name)
            with said:
                sys.stdout.write(f"{name}\n")
                sys.stdout.flush()

    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for _ in range(THREADS):
        threading.Thread(target=write, daemon=True).start()
    threading.Event().wait()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], is_trusting="--trusting" in sys.argv)
