"""Acts on surveys: opening one, closing it, counting an answer under its quota."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, or_, select, update
from sqlalchemy.orm import Session

from feedback_service.audit.rules import Act
from feedback_service.audit.service import note
from feedback_service.core.errors import Conflict, Fault, NotFound, Refused
from feedback_service.questionnaires.queries import newest_published
from feedback_service.ratings.models import Survey, SurveyCount
from feedback_service.ratings.queries.surveys import SURVEYS

TAKEN = "Another survey has this address. Please choose another."


@dataclass(frozen=True)
class SurveyFacts:
    """What a survey is to be."""

    slug: str
    questionnaire_id: str
    unit_id: int
    counter_id: int | None
    ladder: str
    closes_at: datetime | None
    quota: int | None


def open_survey(session: Session, facts: SurveyFacts, *, by: str, now: datetime) -> int:
    """Open a survey and return its id; raises Refused when its address is taken or nothing is published to ask."""
    if newest_published(session, facts.questionnaire_id) is None:
        raise Refused("This questionnaire has no published version to ask by.")
    if session.execute(select(Survey.id).where(Survey.slug == facts.slug)).scalar() is not None:
        raise Refused(TAKEN, faults=(Fault("slug", TAKEN),))
    added = insert(Survey).values(**vars(facts), opened_at=now, closed_at=None).returning(Survey.id)
    survey_id = session.execute(added).scalar_one()
    session.execute(insert(SurveyCount).values(survey_id=survey_id, answered=0))
    _note(session, "survey.opened", survey_id, by=by, now=now)
    return survey_id


def close_survey(session: Session, survey_id: int, *, by: str, now: datetime) -> None:
    """Take no more answers; raises NotFound, Conflict when it is closed already."""
    known = session.execute(select(Survey.id, Survey.closed_at).where(Survey.id == survey_id)).one_or_none()
    if known is None:
        raise NotFound("There is no such survey.")
    if known.closed_at is not None:
        raise Conflict("This survey is closed already.")
    session.execute(update(Survey).where(Survey.id == survey_id).values(closed_at=now))
    _note(session, "survey.closed", survey_id, by=by, now=now)


def count_answer(session: Session, survey_id: int, *, now: datetime) -> None:
    """Count one more answer; raises Conflict when the survey is closed or has all that it wants.

    Whoever comes last under a quota is told in this transaction, so no two share the last place.
    """
    stands = (
        select(Survey.id)
        .where(
            Survey.id == survey_id,
            Survey.closed_at.is_(None),
            or_(Survey.closes_at.is_(None), Survey.closes_at > now),
            or_(Survey.quota.is_(None), SurveyCount.answered < Survey.quota),
        )
        .exists()
    )
    counted = (
        update(SurveyCount)
        .where(SurveyCount.survey_id == survey_id, stands)
        .values(answered=SurveyCount.answered + 1)
        .returning(SurveyCount.answered)
    )
    if session.execute(counted).scalar_one_or_none() is None:
        raise Conflict("This survey takes no more answers.")


def _note(session: Session, act: str, survey_id: int, *, by: str, now: datetime) -> None:
    digest = SURVEYS.digest(session, survey_id)
    note(session, Act(act, actor=by, subject=(SURVEYS.kind, survey_id), digest=digest), now=now)
