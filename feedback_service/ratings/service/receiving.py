"""Receiving what tablets send: what fits is recorded, what does not is kept apart, all in one transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from feedback_service.core.errors import Refused
from feedback_service.ratings.rules import Batch, Outcome, Place, Sent, Verdict
from feedback_service.ratings.service.quarantine import Refusal, keep_refused
from feedback_service.ratings.service.recording import record_all

RECEIVER = "ratings.receive"
"""Under this name the application may give a receiver that does more than record, in the same transaction."""
UNREADABLE = "This rating cannot be read."


@dataclass(frozen=True)
class Arrival:
    """The ratings of one request of one tablet, or of a page: what a page sends is judged before, never kept apart.

    `actor` is the tablet, or the public, unless it is told.
    """

    kiosk_id: int | None
    place: Place
    sent: tuple[Sent, ...]
    now: datetime
    actor: str = ""


def receive(session: Session, arrivals: Sequence[Arrival]) -> list[tuple[Verdict, ...]]:
    """Record what fits and keep the rest in quarantine; return a verdict for each rating of each arrival."""
    batches = [
        Batch(one.place, [sent.given for sent in one.sent if sent.given], one.now, one.actor) for one in arrivals
    ]
    told = record_all(session, batches)
    verdicts = [_whole(one.sent, iter(judged)) for one, judged in zip(arrivals, told, strict=True)]
    refused = [
        Refusal(one.kiosk_id, one.place.unit_id, one.now, sent.raw, verdict)
        for one, judged in zip(arrivals, verdicts, strict=True)
        for sent, verdict in zip(one.sent, judged, strict=True)
        if verdict.outcome is Outcome.REFUSED and one.kiosk_id is not None
    ]
    if refused:
        keep_refused(session, refused)
    return verdicts


def _whole(sent: Iterable[Sent], told: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """Put the verdicts of those that could be read between those that could not."""
    left = iter(told)
    return tuple(next(left) if one.given else _unreadable(one) for one in sent)


def _unreadable(sent: Sent) -> Verdict:
    return Verdict("", Outcome.REFUSED, Refused.code, UNREADABLE, sent.faults)
