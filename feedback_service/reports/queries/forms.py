"""What the prescribed forms are filled with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_service.core.period import Period
from feedback_service.core.text import order_key
from feedback_service.dossiers.models import PARTS, DossierFigure
from feedback_service.reports.queries import tallies
from feedback_service.reports.queries.cases import Received, received
from feedback_service.reports.queries.dossiers import ALL_FIELDS, columns_of
from feedback_service.reports.queries.places import Places
from feedback_service.reports.queries.scores import Score, scores
from feedback_service.reports.queries.slices import Slice
from feedback_service.reports.rules.periods import ReportPeriod
from feedback_service.reports.rules.satisfaction import LevelCounts, Scale

MOST_FIELDS = 1000


@dataclass(frozen=True)
class FieldRow:
    """What was reported for one field, from where, and when it was recorded."""

    field: str
    numbers: Mapping[str, int | None]
    source: str
    recorded_at: datetime


@dataclass(frozen=True)
class DossierForm:
    """The rows of form II.06a, and its total; `total_row` is the report of all fields, absent where it is added up."""

    fields: tuple[FieldRow, ...]
    total: Mapping[str, int | None] | None
    total_row: FieldRow | None


@dataclass(frozen=True)
class NineForm:
    """The scores of a quarter, and the ratings on three levels that stand beside them."""

    scores: Mapping[int, Score]
    levels: LevelCounts


def dossier_form(session: Session, within: Places, unit_id: int, days: Period) -> DossierForm:
    """Return what a unit reported by field for exactly these days, and the total of all fields."""
    names = ("received", "on_time", *PARTS)
    query = (
        select(
            *(DossierFigure.field, DossierFigure.source, DossierFigure.recorded_at),
            *(getattr(DossierFigure, name) for name in names),
        )
        .where(
            DossierFigure.unit_id == unit_id,
            DossierFigure.first_on == days.first_on,
            DossierFigure.last_on == days.last_on,
        )
        .order_by(DossierFigure.field)
        .limit(MOST_FIELDS)
    )
    rows = [FieldRow(row[0], dict(zip(names, row[3:], strict=True)), row[1], row[2]) for row in session.execute(query)]
    total = columns_of(session, within.below(unit_id), days, unit_id=unit_id)
    whole = next((row for row in rows if row.field == ALL_FIELDS), None)
    return DossierForm(tuple(row for row in rows if row.field != ALL_FIELDS), total, whole)


def nine_form(session: Session, within: Places, unit_id: int, quarter: ReportPeriod) -> NineForm:
    """Return the scores of a quarter and its ratings on three levels."""
    wanted = Slice(within.below(unit_id), quarter.days)
    counts = tallies.total(session, wanted, tallies.versions(session), Scale.THREE)
    return NineForm(scores(session, unit_id, quarter), counts)


@dataclass(frozen=True)
class ReceivedForm:
    """Reports and proposals of a period by the name of the unit and the class, and all of them."""

    lines: tuple[tuple[str, Received], ...]
    total: Received


def received_form(session: Session, within: Places, unit_id: int, days: Period, *, now: datetime) -> ReceivedForm:
    """Return the reports and proposals that came to a unit and everything below it."""
    found = received(session, within.below(unit_id), days, now=now)
    lines = sorted(found, key=lambda one: (order_key(within.by_id[one.unit_id].name), one.unit_id, one.topic))
    total = Received(unit_id, "", *(sum(column) for column in zip(*(one.numbers for one in found), strict=True)))
    return ReceivedForm(tuple((within.by_id[one.unit_id].name, one) for one in lines), total)
