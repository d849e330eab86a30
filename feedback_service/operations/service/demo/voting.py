"""The poll of the city's portal, with votes that are made up."""

from datetime import datetime, time, timedelta

from sqlalchemy.orm import Session

from feedback_service.core.canonical import digest
from feedback_service.core.period import LOCAL_ZONE, local_day
from feedback_service.operations.service.demo.chance import Draws, made_up_id
from feedback_service.operations.service.demo.office import BY, Demo, made_up
from feedback_service.polls import queries as polls
from feedback_service.polls.rules import Status, Tier
from feedback_service.polls.service import Ballot, cast, create, move, shipped

OPENING, CLOSING = time(7, 30), time(17)


def hold_poll(session: Session, demo: Demo, *, now: datetime) -> None:
    """Open the poll of the city and cast votes over the days since; a poll that is there already stays as it is."""
    told = made_up()["poll"]
    opened_at = _at(now - timedelta(days=told["opened_days_ago"]), OPENING)
    closes_at = _at(now + timedelta(days=told["closes_in_days"]), CLOSING)
    draft = shipped(unit_id=demo.unit_id, opens_at=opened_at, closes_at=closes_at)
    if polls.has_slug(session, draft.slug):
        return
    poll_id = create(session, draft, by=BY, now=opened_at)
    poll = polls.by_id(session, poll_id, scope=[demo.unit_id], now=opened_at)
    assert poll is not None
    move(session, poll, Status.OPEN, by=BY, now=opened_at)
    draws = Draws("votes", draft.slug)
    weights = dict(zip(poll.option_ids, told["options"], strict=True))
    seconds = sorted(draws.share() ** 1.4 for _ in range(told["votes"]))
    for number, share in enumerate(seconds):
        at = opened_at + share * (now - opened_at)
        tier = Tier.SUSPICIOUS if draws.happens(told["suspicious"]) else Tier.CLEAN
        nonce = digest(["made-up vote", number])[:32]
        cast(session, Ballot(made_up_id("vote", number), poll_id, (draws.weighted(weights),), tier, nonce), now=at)


def _at(moment: datetime, clock_time: time) -> datetime:
    return datetime.combine(local_day(moment), clock_time, LOCAL_ZONE)
