"""Figures by weekday and hour."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_service.ratings.models import HourTally, LaneHourTally, WeekdayTally
from feedback_service.reports.queries.slices import Slice, counts_of, is_everything, sums, within
from feedback_service.reports.queries.tallies import Versions
from feedback_service.reports.rules.months import by_months
from feedback_service.reports.rules.satisfaction import LevelCounts, Scale


def by_hour(session: Session, wanted: Slice, known: Versions, scale: Scale) -> dict[tuple[int, int], LevelCounts]:
    """Return counts by weekday (Monday is 0) and hour of the local clock; nothing of a single procedure.

    Whole months are read from the tallies of weekdays, which know no counters.
    """
    if wanted.procedure_id is not None:
        return {}
    ids = [version.version_id for version in known.values() if version.scale is scale]
    months, edges = (None, (wanted.period,)) if wanted.counter_id is not None else by_months(wanted.period)
    found: dict[tuple[int, int], LevelCounts] = {}
    if months:
        table = LaneHourTally if is_everything(session, wanted.unit_ids) else WeekdayTally
        keys = (table.weekday, table.hour)
        query = select(*keys, *sums(table)).where(*within(table, wanted.during(months)))
        for row in session.execute(query.where(table.version_id.in_(ids)).group_by(*keys)):
            found[row[0], row[1]] = counts_of(row[2:], scale)
    for edge in edges:
        of_days = (HourTally.day, HourTally.hour)
        query = select(*of_days, *sums(HourTally)).where(*within(HourTally, wanted.during(edge)))
        for row in session.execute(query.where(HourTally.version_id.in_(ids)).group_by(*of_days)):
            key, counts = (row[0].weekday(), row[1]), counts_of(row[2:], scale)
            found[key] = found[key] + counts if key in found else counts
    return found
