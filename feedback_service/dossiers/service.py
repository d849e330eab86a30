"""Recording what units report about their dossiers."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Select, insert, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from feedback_service.audit.rules import Act
from feedback_service.audit.service import note
from feedback_service.bundled import own
from feedback_service.core.errors import Refused
from feedback_service.dossiers.models import DossierFigure
from feedback_service.dossiers.queries import FIGURES
from feedback_service.dossiers.rules import Report, faults_in, numbers, read_row

ARTICLE = "dossiers/article_2018.json"


def record(session: Session, unit_id: int, report: Report, *, by: str, now: datetime) -> bool:
    """Keep one report in the place of an earlier one of the same unit, period and field.

    Return whether anything changed. Raises Refused with every fault when the figures do not add up.
    """
    faults = faults_in(report)
    if faults:
        raise Refused("The figures do not add up.", faults=faults)
    kept = session.execute(_kept(unit_id, report)).mappings().one_or_none()
    wanted: dict[str, Any] = {**numbers(report), "source": report.source}
    if kept is not None and all(kept[name] == value for name, value in wanted.items()):
        return False
    if kept is None:
        figure_id = session.execute(_addition(unit_id, report, {**wanted, "recorded_at": now})).scalar_one()
        name = "dossiers.reported"
    else:
        figure_id, name = kept["id"], "dossiers.corrected"
        session.execute(update(DossierFigure).where(DossierFigure.id == figure_id).values(**wanted, recorded_at=now))
    digest = FIGURES.digest(session, figure_id)
    note(session, Act(name, actor=by, subject=(FIGURES.kind, figure_id), digest=digest), now=now)
    return True


def load_article(session: Session, unit_id: int, *, by: str, now: datetime) -> int:
    """Record the figures of the article of 2018 for its unit, the old city; return how many were new."""
    article = json.loads(own(ARTICLE).read_text(encoding="utf-8"))
    told = (read_row({**figure, "source": article["source"]}) for figure in article["figures"])
    return sum(record(session, unit_id, report, by=by, now=now) for report in told)


def article_unit_code() -> str:
    """Return the code of the unit that the article tells of; it has two successors, so nothing is added to either."""
    return str(json.loads(own(ARTICLE).read_text(encoding="utf-8"))["unit_code"])


def _kept(unit_id: int, report: Report) -> Select[Any]:
    return select(*DossierFigure.__table__.columns).where(
        DossierFigure.unit_id == unit_id,
        DossierFigure.first_on == report.period.first_on,
        DossierFigure.last_on == report.period.last_on,
        DossierFigure.field == report.field,
    )


def _addition(unit_id: int, report: Report, told: dict[str, Any]) -> ReturningInsert[Any]:
    period = {"first_on": report.period.first_on, "last_on": report.period.last_on}
    row = {"unit_id": unit_id, "field": report.field, **period, **told}
    return insert(DossierFigure).values(row).returning(DossierFigure.id)
