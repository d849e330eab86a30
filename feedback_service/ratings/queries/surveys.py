"""Reading surveys: by their address, for the desk, by their questionnaire."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from feedback_service.audit.queries import RowWitness
from feedback_service.ratings.models import Survey, SurveyCount
from feedback_service.ratings.rules.surveys import Phase, phase

SURVEYS = RowWitness("survey", Survey)
LIST_LIMIT = 200


@dataclass(frozen=True)
class SurveyRow:
    """One survey as it stands."""

    id: int
    slug: str
    questionnaire_id: str
    unit_id: int
    counter_id: int | None
    ladder: str
    quota: int | None
    opened_at: datetime
    closes_at: datetime | None
    closed_at: datetime | None
    answered: int

    def phase(self, now: datetime) -> Phase:
        """Return where it stands."""
        is_full = self.quota is not None and self.answered >= self.quota
        return phase(now=now, closes_at=self.closes_at, closed_at=self.closed_at, is_full=is_full)


def by_slug(session: Session, slug: str) -> SurveyRow | None:
    """Return the survey at an address."""
    return _row(session.execute(_rows().where(Survey.slug == slug)).one_or_none())


def survey(session: Session, survey_id: int) -> SurveyRow | None:
    """Return one survey."""
    return _row(session.execute(_rows().where(Survey.id == survey_id)).one_or_none())


def surveys(session: Session, scope: Iterable[int], *, questionnaire_id: str = "") -> tuple[SurveyRow, ...]:
    """Return the surveys of some units, the newest first."""
    query = _rows().where(Survey.unit_id.in_(list(scope)))
    if questionnaire_id:
        query = query.where(Survey.questionnaire_id == questionnaire_id)
    found = session.execute(query.order_by(Survey.id.desc()).limit(LIST_LIMIT))
    return tuple(SurveyRow(*row) for row in found)


def _rows() -> Select[Any]:
    columns = (getattr(Survey, name) for name in SurveyRow.__dataclass_fields__ if name != "answered")
    return select(*columns, SurveyCount.answered).join(SurveyCount, SurveyCount.survey_id == Survey.id)


def _row(found: Any) -> SurveyRow | None:
    return SurveyRow(*found) if found else None
