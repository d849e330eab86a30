"""Inviting people to rate their dossier: queued with the ballot, sent in the evening, the number erased after it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from feedback_service.db import insert_once
from feedback_service.notices import queries as notices_queries
from feedback_service.notices import service as notices
from feedback_service.notices.rules.events import Event, Notice
from feedback_service.notices.rules.hours import in_the_evening
from feedback_service.ratings.models import BallotInvitation
from feedback_service.ratings.queries.ballots import by_seals
from feedback_service.ratings.rules.ballots import Dossier, sealed
from feedback_service.ratings.rules.inviting import international, locked, unlocked
from feedback_service.ratings.service.balloting import Issued, Terms, issue
from feedback_service.settings import Settings

KIND = "ballot"
"""How notices name a ballot; its id there is the seal of its dossier."""
AT_ONCE = 500


@dataclass(frozen=True)
class Told:
    """The ballots that were issued, and the codes of the dossiers whose people are invited."""

    issued: tuple[Issued, ...]
    invited: frozenset[str]


def issue_and_invite(
    session: Session, dossiers: Sequence[Dossier], terms: Terms, *, secret: str, by: str, now: datetime
) -> Told:
    """Issue ballots, and invite those of whom a number is given; raises NotFound when nothing is published to ask.

    Nobody is invited twice for one dossier, and nobody without a gateway or whose dossier was rated already.
    """
    issued = issue(session, dossiers, terms, secret=secret, by=by, now=now)
    if not any(one.dossier.phone for one in issued) or notices_queries.gateway(session) is None:
        return Told(issued, frozenset())
    rows = {sealed(secret, one.dossier.code): one for one in issued if international(one.dossier.phone)}
    used = {key for key, row in by_seals(session, rows).items() if row.rating_id}
    wanted = [_row(key, one, secret, now) for key, one in sorted(rows.items()) if key not in used]
    new = insert_once(session, BallotInvitation, wanted, key=BallotInvitation.dossier_hash)
    evening = in_the_evening(notices_queries.hours(session), now)
    for key in sorted(new):
        notice = Notice(Event.INVITED, (KIND, key), "/", unit_id=terms.unit_id, to_citizen=True, not_before=evening)
        notices.queue(session, notice, now=now)
    return Told(issued, frozenset(one.dossier.code for key, one in rows.items() if key in new))


def invited(session: Session, settings: Settings, subject_id: str, now: datetime) -> notices.Contact:
    """Return how to reach the person of a dossier; empty when it was rated meanwhile or the ballot is over."""
    known = by_seals(session, {subject_id}).get(subject_id)
    query = select(BallotInvitation.locked).where(BallotInvitation.dossier_hash == subject_id)
    kept = session.execute(query).scalar_one_or_none()
    if known is None or known.rating_id or known.expires_at <= now or not kept:
        return notices.Contact()
    told = unlocked(settings.lasting_key, kept)
    return notices.Contact(phone=told[0], path=f"/b/{told[1]}") if told else notices.Contact()


def erase_told(session: Session, settings: Settings, now: datetime) -> None:  # noqa: ARG001  # every job is called alike
    """Erase the numbers of those whose message has gone, or will not go any more."""
    kept = select(BallotInvitation.dossier_hash).where(BallotInvitation.locked.is_not(None))
    held = list(session.execute(kept.order_by(BallotInvitation.queued_at).limit(AT_ONCE)).scalars())
    done = sorted(set(held) - notices_queries.unfinished(session, KIND, held))
    session.execute(update(BallotInvitation).where(BallotInvitation.dossier_hash.in_(done)).values(locked=None))


JOBS = (notices.Job("invitations.erase", time(0), erase_told, every=timedelta(minutes=5)),)


def _row(key: str, one: Issued, secret: str, now: datetime) -> dict[str, object]:
    phone = international(one.dossier.phone)
    return {"dossier_hash": key, "queued_at": now, "locked": locked(secret, phone=phone, link=one.link, at=now)}
