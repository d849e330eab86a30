"""Reading ballots: by what was scanned or opened, and how many were issued and used."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from feedback_service.ratings.models import Ballot, BallotUse, Rating


@dataclass(frozen=True)
class BallotRow:
    """One ballot and the rating that used it; nothing of its dossier but the seal and what its dates answer."""

    dossier_hash: str
    link_hash: str
    unit_id: int
    questionnaire_id: str
    expires_at: datetime
    filled: Mapping[str, int]
    procedure_id: int | None
    rating_id: str | None
    used_at: datetime | None
    channel: str | None


@dataclass(frozen=True)
class BallotCount:
    """How many ballots of one unit were issued for a questionnaire, and how many are used."""

    unit_id: int
    questionnaire_id: str
    issued: int
    used: int


def by_link(session: Session, link_hash: str) -> BallotRow | None:
    """Return the ballot behind a link."""
    found = session.execute(_rows().where(Ballot.link_hash == link_hash)).one_or_none()
    return _row(found) if found else None


def by_seals(session: Session, seals: Collection[str]) -> dict[str, BallotRow]:
    """Return ballots by the seal of their dossier or of their link, whichever was given."""
    query = _rows().where(or_(Ballot.dossier_hash.in_(seals), Ballot.link_hash.in_(seals)))
    rows = [_row(found) for found in session.execute(query)]
    return {seal: row for row in rows for seal in (row.dossier_hash, row.link_hash) if seal in seals}


def users(session: Session, dossier_hashes: Collection[str]) -> dict[str, str]:
    """Return the id of the rating that used each ballot."""
    query = select(BallotUse.dossier_hash, BallotUse.rating_id).where(BallotUse.dossier_hash.in_(dossier_hashes))
    return {row.dossier_hash: row.rating_id for row in session.execute(query)}


def ballot_counts(session: Session, scope: Iterable[int]) -> tuple[BallotCount, ...]:
    """Return the counts of each unit and questionnaire within reach."""
    query = (
        select(Ballot.unit_id, Ballot.questionnaire_id, func.count(), func.count(BallotUse.rating_id))
        .outerjoin(BallotUse, BallotUse.dossier_hash == Ballot.dossier_hash)
        .where(Ballot.unit_id.in_(list(scope)))
        .group_by(Ballot.unit_id, Ballot.questionnaire_id)
        .order_by(Ballot.unit_id, Ballot.questionnaire_id)
    )
    return tuple(BallotCount(*row) for row in session.execute(query))


def _rows() -> Select[Any]:
    columns: tuple[Any, ...] = (
        *(Ballot.dossier_hash, Ballot.link_hash, Ballot.unit_id, Ballot.questionnaire_id, Ballot.expires_at),
        *(Ballot.filled, Ballot.procedure_id, BallotUse.rating_id, Rating.stored_at, Rating.channel),
    )
    used = select(*columns).outerjoin(BallotUse, BallotUse.dossier_hash == Ballot.dossier_hash)
    return used.outerjoin(Rating, Rating.id == BallotUse.rating_id)


def _row(found: Any) -> BallotRow:
    told = dict(zip(BallotRow.__dataclass_fields__, found, strict=True))
    return BallotRow(**{**told, "filled": json.loads(told["filled"])})
