"""Acts on ballots: issuing them, and settling which rating is the one voice of a dossier."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_service.audit.rules import Act
from feedback_service.audit.service import note
from feedback_service.core.canonical import canonical
from feedback_service.core.errors import Conflict, Fault, NotFound, Refused
from feedback_service.db import insert_once
from feedback_service.procedures import queries as procedures
from feedback_service.questionnaires.queries import newest_published
from feedback_service.ratings.models import Ballot, BallotUse, Rating
from feedback_service.ratings.queries.ballots import BallotRow, by_seals, users
from feedback_service.ratings.rules import Tier
from feedback_service.ratings.rules.ballots import Dossier, expiry, link_of, sealed

NO_PROCEDURE = "A procedure of the list is not known here. Please add it to the procedures first, or leave it out."
USED = "This dossier was already rated, and it counts once."


@dataclass(frozen=True)
class Terms:
    """For which unit ballots are issued, what they ask, and for how many days they are good."""

    unit_id: int
    questionnaire_id: str
    days: int


@dataclass(frozen=True)
class Issued:
    """One ballot: the code of the dossier and the letters of its link; not new where it was issued before."""

    dossier: Dossier
    link: str
    is_new: bool


@dataclass(frozen=True)
class Claim:
    """A rating that came with a ballot: what was sealed of it, and when it was given."""

    rating_id: str
    seal: str
    answered_at: datetime


@dataclass(frozen=True)
class Settled:
    """What a ballot makes of a rating: its tier, its dossier, what the dates answer, and the procedure if known."""

    tier: Tier
    dossier_hash: str
    filled: Mapping[str, int]
    procedure_id: int | None


def issue(
    session: Session, dossiers: Sequence[Dossier], terms: Terms, *, secret: str, by: str, now: datetime
) -> tuple[Issued, ...]:
    """Issue a ballot for each dossier that has none; raises NotFound when nothing is published to ask.

    Raises Refused when a dossier names a procedure that is not known.
    """
    if newest_published(session, terms.questionnaire_id) is None:
        raise NotFound("This questionnaire has no published version to ask by.")
    links = {dossier.code: link_of(secret, dossier.code) for dossier in dossiers}
    told = procedures_of(session, dossiers)
    rows = [
        {**_row(dossier, links[dossier.code], terms, secret, now), "procedure_id": told.get(dossier.procedure)}
        for dossier in dossiers
    ]
    new = insert_once(session, Ballot, rows, key=Ballot.dossier_hash)
    if new:
        facts = {"rows": len(new), "unit": terms.unit_id, "questionnaire": terms.questionnaire_id}
        note(session, Act("ballots.issued", actor=by, subject=("ballots", terms.unit_id), facts=facts), now=now)
    return tuple(Issued(dossier, links[dossier.code], sealed(secret, dossier.code) in new) for dossier in dossiers)


def procedures_of(session: Session, dossiers: Sequence[Dossier]) -> Mapping[str, int]:
    """Return the ids of the procedures that dossiers name, by code; raises Refused for one that is not known."""
    codes = {dossier.procedure for dossier in dossiers if dossier.procedure}
    known = procedures.ids_of(session, codes)
    if codes - known.keys():
        raise Refused(NO_PROCEDURE, faults=(Fault("dossiers", NO_PROCEDURE),))
    return known


def settle(session: Session, claims: Sequence[Claim]) -> dict[str, Settled]:
    """Return what known ballots make of ratings that are about to be stored, by rating.

    The first rating of a dossier is its voice, whatever the channel; every later one is kept in the suspicious tier.
    An unknown or forged code, or one whose time is over, makes nothing of a rating.
    """
    if not claims:
        return {}
    known = by_seals(session, {claim.seal for claim in claims})
    good = [claim for claim in claims if claim.seal in known and claim.answered_at <= known[claim.seal].expires_at]
    stored = set(session.execute(select(Rating.id).where(Rating.id.in_([claim.rating_id for claim in good]))).scalars())
    first: dict[str, str] = {}
    for claim in good:
        if claim.rating_id not in stored and claim.rating_id not in first.values():
            first.setdefault(known[claim.seal].dossier_hash, claim.rating_id)
    rows = [{"dossier_hash": dossier, "rating_id": first[dossier]} for dossier in sorted(first)]
    insert_once(session, BallotUse, rows, key=BallotUse.dossier_hash)
    voices = users(session, {known[claim.seal].dossier_hash for claim in good})
    return {claim.rating_id: _settled(claim, known[claim.seal], voices) for claim in good}


def confirm(session: Session, dossier_hash: str, rating_id: str) -> None:
    """Make sure that a rating is the voice of its dossier; raises Conflict when another one came first."""
    if users(session, [dossier_hash]).get(dossier_hash) != rating_id:
        raise Conflict(USED)


def _settled(claim: Claim, ballot: BallotRow, voices: Mapping[str, str]) -> Settled:
    is_voice = voices.get(ballot.dossier_hash) == claim.rating_id
    tier, filled = (Tier.DOSSIER, ballot.filled) if is_voice else (Tier.SUSPICIOUS, {})
    return Settled(tier, ballot.dossier_hash, filled, ballot.procedure_id)


def _row(dossier: Dossier, link: str, terms: Terms, secret: str, now: datetime) -> dict[str, object]:
    return {
        "dossier_hash": sealed(secret, dossier.code),
        "link_hash": sealed(secret, link),
        "unit_id": terms.unit_id,
        "questionnaire_id": terms.questionnaire_id,
        "issued_at": now,
        "expires_at": expiry(now, terms.days),
        "filled": canonical(dict(dossier.filled)),
    }
