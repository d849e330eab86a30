"""The home page, and the results that the office publishes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from flask import Blueprint, Response, request

from feedback_service.core.errors import NotFound
from feedback_service.core.numbers import share
from feedback_service.core.period import local_day, quarter_of
from feedback_service.core.words import Sentence
from feedback_service.polls import queries as polls
from feedback_service.polls.queries import PollRow
from feedback_service.reports.drawing.charts import Figure, levels_figure
from feedback_service.reports.queries.editions import WAIT
from feedback_service.reports.queries.published import Asking, Publication, Published, publication
from feedback_service.reports.rules.disclosure import SMALLEST_GROUP
from feedback_service.reports.rules.satisfaction import FACES, LEVEL_NAMES, Standing
from feedback_service.suggestions.queries.publication import Answer, Promptness, newest, promptness
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.i18n import language
from feedback_service.web.lasting import lasting

public = Blueprint("reports_public", __name__)
LATEST = 2
"""How many of the newest answers stand on the home page."""


@dataclass(frozen=True)
class Promise:
    """One figure of the home page: a share or a count, what it is of, and what it stands on."""

    share: float | None
    count: int | None
    name: str
    fraction: Sentence


@dataclass(frozen=True)
class HomePage:
    """The doors that are open now, the figures of the last complete quarter, the newest answers."""

    polls: tuple[PollRow, ...]
    figures: Published | None
    promises: tuple[Promise, ...]
    latest: tuple[Answer, ...]
    first_results_on: date


@dataclass(frozen=True)
class ResultsPage:
    """The published figures of one quarter with their drawing; absent before the first quarter is over."""

    publication: Publication
    figures: Published | None
    levels: Figure | None
    level_names: Mapping[int, str]
    smallest_group: int
    first_results_on: date


@public.get("/")
@lasting
def home() -> Response:
    """Show what a citizen can do here, and how the office is doing."""
    now = platform().now()
    with platform().reading() as session:
        figures = publication(session, Asking("", None, _nameless()), now=now).figures
        answered = promptness(session, figures.period.days) if figures else None
        page = HomePage(
            polls=polls.list_page(session, now=now).open,
            figures=figures,
            promises=_promises(figures, answered) if figures and answered else (),
            latest=newest(session)[:LATEST],
            first_results_on=_after_quarter(now),
        )
    return pages.show("reports/home.html", page)


@public.get("/results")
@lasting
def results() -> Response:
    """Show how satisfied citizens were in a complete quarter."""
    now = platform().now()
    unit = request.args.get("unit", "")
    unit_id = int(unit) if unit.isascii() and unit.isdecimal() and len(unit) < 10 else None
    asking = Asking(request.args.get("period", ""), unit_id, _nameless())
    with platform().reading() as session:
        found = publication(session, asking, now=now)
    if found.figures is None and (asking.key or unit):
        raise NotFound("Nothing is published for this choice. Please choose another quarter.")
    return pages.show("reports/results.html", _page(found, now))


def _page(found: Publication, now: datetime) -> ResultsPage:
    figures = found.figures
    faces = FACES[figures.total.scale].values() if figures else ()
    return ResultsPage(
        publication=found,
        figures=figures,
        levels=_levels(figures) if figures else None,
        level_names={face: LEVEL_NAMES[face] for face in faces},
        smallest_group=SMALLEST_GROUP,
        first_results_on=_after_quarter(now),
    )


def _levels(figures: Published) -> Figure:
    shown = figures.comparison.lines
    if figures.rest:
        shown = (*shown, Standing(_word("Those with few ratings"), figures.rest))
    return levels_figure(replace(figures.comparison, lines=shown), Standing(figures.unit.name, figures.total))


def _promises(figures: Published, answered: Promptness) -> tuple[Promise, ...]:
    counts, known = figures.total, figures.dossiers
    facts: dict[str, object] = {"part": counts.satisfied, "whole": counts.total}
    satisfied = Sentence("{part} of {whole} ratings", facts)
    rate = share(figures.ratings, known.returned) if known else None
    if rate is not None:
        satisfied = Sentence("{part} of {whole} ratings; {rate} of the dossiers were rated", {**facts, "rate": rate})
    found = [Promise(counts.satisfied_share, None, "of the ratings were satisfied", satisfied)]
    if known:
        facts = {"part": known.on_time, "whole": known.received}
        on_time = Sentence("{part} of {whole} dossiers received", facts)
        punctual = share(known.on_time, known.received)
        found.insert(0, Promise(punctual, None, "of the dossiers were resolved on time", on_time))
    if answered.answered:
        of_all = Sentence("of {whole} suggestions answered", {"whole": answered.answered})
        found.append(Promise(None, answered.on_time, "suggestions were answered in time", of_all))
    return tuple(found)


def _after_quarter(now: datetime) -> date:
    return quarter_of(local_day(now)).last_on + WAIT + timedelta(days=1)


def _nameless() -> str:
    return _word("No counter named")


def _word(message: str) -> str:
    return platform().translations.word(message, language())
