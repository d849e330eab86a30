"""Recording what units report about their dossiers; what is replaced stays readable."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from feedback_service.audit.rules import Act
from feedback_service.audit.service import note
from feedback_service.bundled import own
from feedback_service.core.errors import Conflict, Refused
from feedback_service.dossiers.models import DossierFigure, ReplacedFigure
from feedback_service.dossiers.queries import FIGURES, REPLACED, kept, plan_of
from feedback_service.dossiers.rules import Report, faults_in, numbers, read_row
from feedback_service.dossiers.rules.plans import Kept, Outcome, Plan
from feedback_service.dossiers.rules.sheets import Row

ARTICLE = "dossiers/article_2018.json"
OTHERS = "Other figures stand for this unit, period and field. Please compare both and confirm."


def record(session: Session, unit_id: int, report: Report, *, by: str, now: datetime) -> bool:
    """Keep one report where none stands for the same unit, period and field; return whether it is new.

    Raises Refused with every fault when the figures do not add up, Conflict when others stand there.
    """
    present = _agreed(session, unit_id, report)
    if present is not None and present.report != report:
        raise Conflict(OTHERS)
    if present is None:
        _add(session, unit_id, report, by=by, now=now)
    return present is None


def replace(session: Session, unit_id: int, report: Report, *, by: str, now: datetime) -> bool:
    """Keep one report in the place of an earlier one, which stays readable; return whether anything changed.

    Raises Refused with every fault when the figures do not add up.
    """
    present = _agreed(session, unit_id, report)
    if present is None:
        _add(session, unit_id, report, by=by, now=now)
    elif present.report != report:
        _correct(session, present, report, by=by, now=now)
    return present is None or present.report != report


def take_in(
    session: Session, rows: Sequence[Row], *, scope: frozenset[int] | None, confirmed: str, by: str, now: datetime
) -> Plan:
    """Store a whole file and return what became of its rows; nothing is stored when a row is refused.

    Figures are replaced only when `confirmed` is the seal of a plan that shows the same ones; raises Conflict.
    """
    plan = plan_of(session, rows, scope=scope)
    if plan.is_refused:
        raise Refused("Nothing was stored. Mend the refused rows and send the file again.")
    if plan.count(Outcome.REPLACED) and plan.seal != confirmed:
        raise Conflict(OTHERS)
    for row in plan.rows:
        assert row.unit_id is not None
        assert row.report is not None
        replace(session, row.unit_id, row.report, by=by, now=now)
    return plan


def load_article(session: Session, unit_id: int, *, by: str, now: datetime) -> int:
    """Record the figures of the article of 2018 for its unit, the old city; return how many were new."""
    article = json.loads(own(ARTICLE).read_text(encoding="utf-8"))
    told = (read_row({**figure, "source": article["source"]}) for figure in article["figures"])
    return sum(record(session, unit_id, report, by=by, now=now) for report in told)


def article_unit_code() -> str:
    """Return the code of the unit that the article tells of; it has two successors, so nothing is added to either."""
    return str(json.loads(own(ARTICLE).read_text(encoding="utf-8"))["unit_code"])


def _agreed(session: Session, unit_id: int, report: Report) -> Kept | None:
    faults = faults_in(report)
    if faults:
        raise Refused("The figures do not add up.", faults=faults)
    return kept(session, unit_id, report)


def _add(session: Session, unit_id: int, report: Report, *, by: str, now: datetime) -> None:
    period = {"first_on": report.period.first_on, "last_on": report.period.last_on}
    row = {"unit_id": unit_id, "field": report.field, **period, **_told(report), "recorded_at": now}
    figure_id = session.execute(insert(DossierFigure).values(row).returning(DossierFigure.id)).scalar_one()
    _note(session, "dossiers.reported", figure_id, by=by, now=now)


def _correct(session: Session, present: Kept, report: Report, *, by: str, now: datetime) -> None:
    row = {
        "figure_id": present.id,
        **_told(present.report),
        "recorded_at": present.recorded_at,
        "replaced_at": now,
        "replaced_by": by,
    }
    former = session.execute(insert(ReplacedFigure).values(row).returning(ReplacedFigure.id)).scalar_one()
    subject = (REPLACED.kind, former)
    act = Act("dossiers.archived", actor=by, subject=subject, digest=REPLACED.digest(session, former))
    note(session, act, now=now)
    changed = update(DossierFigure).where(DossierFigure.id == present.id)
    session.execute(changed.values(**_told(report), recorded_at=now))
    _note(session, "dossiers.corrected", present.id, by=by, now=now)


def _told(report: Report) -> dict[str, Any]:
    return {**numbers(report), "source": report.source}


def _note(session: Session, name: str, figure_id: int, *, by: str, now: datetime) -> None:
    digest = FIGURES.digest(session, figure_id)
    note(session, Act(name, actor=by, subject=(FIGURES.kind, figure_id), digest=digest), now=now)
