"""Recording ratings: each is checked on its own, stored once, tallied and noted in the ledger."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from feedback_service.audit.queries import stored_text
from feedback_service.audit.rules import Act
from feedback_service.audit.service import note
from feedback_service.core.canonical import canonical
from feedback_service.core.errors import Conflict, Fault, NotFound, Refused
from feedback_service.core.ids import new_salt
from feedback_service.core.period import local_day, local_time
from feedback_service.db import Base, insert_once
from feedback_service.questionnaires.queries import Version
from feedback_service.questionnaires.rules import Source, face_of, faults_in
from feedback_service.ratings.models import Rating, RatingComment
from feedback_service.ratings.queries import RATINGS, digest_of
from feedback_service.ratings.rules import (
    COMMENT_LETTERS,
    Batch,
    Countable,
    Given,
    Outcome,
    Place,
    Verdict,
    believed,
    fingerprint,
    seal,
    tallied,
    with_words_apart,
)
from feedback_service.ratings.service.balloting import Claim, Settled, settle
from feedback_service.ratings.service.tallying import add
from feedback_service.ratings.service.versions import Versions
from feedback_service.statements import Statement

Row = Mapping[str, Any]
UNKNOWN_QUESTIONNAIRE = "This questionnaire or this version of it is not known here."
UNFIT = "Some answers do not fit the questionnaire."
OTHER_CONTENT = "A rating with this id but another content is already stored."


@dataclass(frozen=True)
class _Fit:
    """A rating that may be stored: what was said, by which version, whose it is, and its row."""

    given: Given
    version: Version
    batch: Batch
    row: Row


def record(
    session: Session, place: Place, ratings: Sequence[Given], *, now: datetime, actor: str = ""
) -> tuple[Verdict, ...]:
    """Store every rating that fits and is not there yet, and say in the same order what became of each.

    Sending a rating again changes nothing. `actor` is the tablet, or the public, unless it is told.
    """
    return record_all(session, [Batch(place, ratings, now, actor)])[0]


def record_all(session: Session, batches: Sequence[Batch]) -> list[tuple[Verdict, ...]]:
    """Store the ratings of many batches at once, with the verdicts that each would have had after those before it."""
    versions = Versions(session)
    judged = [[_judged(versions, batch, given) for given in batch.ratings] for batch in batches]
    judged = _with_ballots(session, judged)
    first: dict[str, _Fit] = {}
    for one in chain.from_iterable(judged):
        if isinstance(one, _Fit):
            first.setdefault(one.given.id, one)
    fits = [first[rating_id] for rating_id in sorted(first)]
    new_ids = insert_once(session, Rating, [fit.row for fit in fits], key=Rating.id)
    new = [fit for fit in fits if fit.given.id in new_ids]
    if new:
        comments = _keep_comments(session, new)
        add(session, tallied(map(_countable, new), {fit.version.id: fit.version.questions for fit in new}))
        _note(session, new, comments)
    stored = {fit.given.id: fit for fit in new}
    before = _kept_before(session, judged, stored)
    return [tuple(_verdict(one, stored, before) for one in batch) for batch in judged]


def _judged(versions: Versions, batch: Batch, given: Given) -> _Fit | Verdict:
    version = versions.find(given.questionnaire, given.version)
    if version is None:
        return Verdict(given.id, Outcome.REFUSED, NotFound.code, UNKNOWN_QUESTIONNAIRE)
    told = with_words_apart(given, version.questions)
    faults = faults_in(versions.asked(version, batch.place.channel), told.answers)
    if len(told.comment) > COMMENT_LETTERS:
        faults = (*faults, Fault("/comment", "The text is too long."))
    if faults:
        return Verdict(given.id, Outcome.REFUSED, Refused.code, UNFIT, faults)
    return _Fit(told, version, batch, _row(told, version, batch.place, batch.now))


def _with_ballots(session: Session, judged: list[list[_Fit | Verdict]]) -> list[list[_Fit | Verdict]]:
    """Give ratings that came with a known ballot their tier, their dossier and what its dates answer."""
    fits = [one for one in chain.from_iterable(judged) if isinstance(one, _Fit) and one.given.ballot_hash]
    claims = [Claim(fit.given.id, str(fit.given.ballot_hash), fit.row["answered_at"]) for fit in fits]
    told = settle(session, claims)
    return [[_settled(one, told) if isinstance(one, _Fit) else one for one in batch] for batch in judged]


def _settled(fit: _Fit, told: Mapping[str, Settled]) -> _Fit:
    if (known := told.get(fit.given.id)) is None:
        return fit
    by_dates = {question.id for question in fit.version.questions if question.source is Source.DOSSIER}
    filled = {name: points for name, points in known.filled.items() if name in by_dates}
    answers = {**fit.given.answers, **filled}
    procedure_id = fit.row["procedure_id"] if known.procedure_id is None else known.procedure_id
    changed = {"tier": known.tier.value, "ballot_hash": known.dossier_hash, "procedure_id": procedure_id}
    return replace(
        fit, given=replace(fit.given, answers=answers), row={**fit.row, **changed, "answers": canonical(answers)}
    )


def _row(given: Given, version: Version, place: Place, now: datetime) -> Row:
    answered_at, clock = believed(given.answered_at, now)
    face = face_of(version.questions, given.answers)
    return {
        "id": given.id,
        "kiosk_id": place.kiosk_id,
        "sequence": given.sequence,
        "unit_id": place.unit_id,
        "counter_id": place.counter_id,
        "version_id": version.id,
        "channel": place.channel.value,
        "tier": place.tier.value,
        "language": given.language,
        "answered_at": answered_at,
        "stored_at": now,
        "counted_on": local_day(answered_at),
        "clock": clock.value,
        "level": face[0] if face else None,
        "levels": face[1] if face else None,
        "answers": canonical(given.answers),
        "fingerprint": fingerprint(given),
        "salt": new_salt(),
        "ballot_hash": given.ballot_hash,
        "survey_id": place.survey_id,
        "procedure_id": place.procedure_id,
    }


def _keep_comments(session: Session, new: Iterable[_Fit]) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for fit in new:
        if fit.given.comment:
            salt = new_salt()
            rows[fit.given.id] = {
                "rating_id": fit.given.id,
                "unit_id": fit.row["unit_id"],
                "written_at": fit.row["answered_at"],
                "text": fit.given.comment,
                "salt": salt,
                "seal": seal(fit.given.comment, salt),
            }
    if rows:
        _COMMENT.each(session.connection(), list(rows.values()))
    return rows


def _countable(fit: _Fit) -> Countable:
    row = fit.row
    hour, procedure_id = local_time(row["answered_at"]).hour, row["procedure_id"]
    place = (row["unit_id"], row["counted_on"], row["counter_id"])
    kind = (row["version_id"], row["channel"], row["tier"])
    return Countable(*place, *kind, fit.given.answers, hour, procedure_id=procedure_id)


def _note(session: Session, new: Iterable[_Fit], comments: Mapping[str, Row]) -> None:
    for fit in new:
        comment = comments.get(fit.given.id)
        act = Act(
            "rating.stored",
            actor=fit.batch.whose,
            subject=(RATINGS.kind, fit.given.id),
            digest=digest_of(_texts(fit.row), _texts(comment) if comment else None),
            is_counting=True,
            facts={"unit": fit.row["unit_id"]},
        )
        note(session, act, now=fit.batch.now)


def _texts(row: Row) -> dict[str, str]:
    """Spell a row as its witness reads it; strings and numbers, which are most, are not asked twice."""
    texts: dict[str, str] = {}
    for name, value in row.items():
        kind = type(value)
        if kind is str:
            texts[name] = value
        elif kind is int:
            texts[name] = str(value)
        elif value is not None:
            texts[name] = stored_text(value)
    return texts


def _kept_before(
    session: Session, judged: Iterable[Iterable[_Fit | Verdict]], stored: Mapping[str, _Fit]
) -> dict[str, tuple[str, str | None]]:
    """Return the fingerprint of each rating that was there already and its comment: "" for none, None when erased."""
    fits = (one for one in chain.from_iterable(judged) if isinstance(one, _Fit))
    again = sorted({fit.given.id for fit in fits if fit is not stored.get(fit.given.id)})
    if not again:
        return {}
    query = (
        select(Rating.id, Rating.fingerprint, RatingComment.text, RatingComment.rating_id.is_not(None))
        .outerjoin(RatingComment, RatingComment.rating_id == Rating.id)
        .where(Rating.id.in_(again))
    )
    return {row[0]: (row[1], row[2] if row[3] else "") for row in session.execute(query)}


def _verdict(one: _Fit | Verdict, stored: Mapping[str, _Fit], before: Mapping[str, tuple[str, str | None]]) -> Verdict:
    if isinstance(one, Verdict):
        return one
    if one is stored.get(one.given.id):
        return Verdict(one.given.id, Outcome.STORED)
    known, comment = before[one.given.id]
    if known == one.row["fingerprint"] and comment in (None, one.given.comment):
        return Verdict(one.given.id, Outcome.REPEATED)
    return Verdict(one.given.id, Outcome.REFUSED, Conflict.code, OTHER_CONTENT)


_COMMENT = Statement(insert(Base.metadata.tables[RatingComment.__tablename__]))
