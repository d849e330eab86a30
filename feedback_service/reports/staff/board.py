"""The board: satisfaction of a unit in a period, from the daily tallies."""

from dataclasses import dataclass, replace
from datetime import datetime

from flask import Response

from feedback_service.core.errors import Fault, Refused
from feedback_service.core.period import local_day, local_time
from feedback_service.core.words import Sentence
from feedback_service.reports.drawing.charts import Charts, charts
from feedback_service.reports.queries import board as queries
from feedback_service.reports.queries.board import Asking, Board
from feedback_service.reports.queries.places import Place, Places
from feedback_service.reports.rules.hours import WEEKDAY_NAMES
from feedback_service.reports.rules.satisfaction import FACES, LEVEL_NAMES, LevelCounts, without
from feedback_service.reports.staff.blueprint import staff
from feedback_service.reports.staff.filters import (
    TIER_NAMES,
    Filters,
    asked_period,
    asked_unit,
    filters,
    narrowed_to,
    reach,
)
from feedback_service.reports.staff.lineage import Lineage, lineage
from feedback_service.reports.staff.tiles import Tile, tiles
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.i18n import language


@dataclass(frozen=True)
class BoardPage:
    """The board as it is shown: figures with their drawings, or only the form and what to mend in it."""

    filters: Filters
    faults: tuple[Fault, ...]
    unit: Place
    parent: Place | None
    counted: tuple[Sentence, ...]
    dated: Sentence
    level_names: dict[int, str]
    tier_names: dict[str, str]
    board: Board | None
    lineage: Lineage | None
    tiles: tuple[Tile, ...]
    charts: Charts | None

    @property
    def weekday_names(self) -> tuple[str, ...]:
        """Message ids of the days of the week, Monday first."""
        return WEEKDAY_NAMES

    @property
    def unmarked(self) -> LevelCounts | None:
        """The counts of the whole without marked ratings, None where too few are marked to tell them apart."""
        return without(self.board.total, self.board.marked) if self.board else None

    @property
    def has_hidden(self) -> bool:
        """Whether some line with ratings is held back."""
        lines = self.board.comparison.lines if self.board else ()
        return any(line.counts.total and not line.is_shown for line in lines)


@staff.get("/staff/reports")
def board() -> Response:
    """Show how satisfied citizens were."""
    now = platform().now()
    with platform().reading() as session:
        within = reach(session)
        unit = asked_unit(session, within)
        try:
            period = asked_period(local_day(now))
        except Refused as refusal:
            page = _page(within, unit, filters(session, within, unit, None), None)
            return pages.show("reports/board.html", replace(page, faults=_said(refusal)), 422)
        form = filters(session, within, unit, period)
        asking = Asking(unit.id, period, form.tier, form.scale, language(), _nameless(), *form.narrowing)
        found = queries.board(session, within, asking, now=now)
    return pages.show("reports/board.html", _page(within, unit, form, found))


def _page(within: Places, unit: Place, form: Filters, found: Board | None) -> BoardPage:
    faces = FACES[found.scale].values() if found else ()
    return BoardPage(
        filters=form,
        faults=(),
        unit=unit,
        parent=within.by_id.get(unit.parent_id or 0),
        counted=narrowed_to(form),
        dated=_dated(unit, platform().now()),
        level_names={face: LEVEL_NAMES[face] for face in faces},
        tier_names=TIER_NAMES,
        board=found,
        lineage=lineage(within, unit, found.period.days) if found else None,
        tiles=tiles(found) if found and not found.is_held_back else (),
        charts=charts(found) if found and not found.is_held_back else None,
    )


def _said(refusal: Refused) -> tuple[Fault, ...]:
    words = platform().translations
    return tuple(Fault(fault.pointer, words.word(fault.message, language())) for fault in refusal.faults)


def _dated(unit: Place, now: datetime) -> Sentence:
    today = local_time(now)
    month = f"{today:%m}" if today.month < 3 else str(today.month)  # decree 30/2020: zeros before days and months 1, 2
    facts = {"place": unit.name, "day": f"{today:%d}", "month": month, "year": f"{today:%Y}"}
    return Sentence("{place}, {day}/{month}/{year}", facts)


def _nameless() -> str:
    return platform().translations.word("No counter named", language())
