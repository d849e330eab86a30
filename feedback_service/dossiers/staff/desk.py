"""Dossier figures at the desk: what each unit reported, with its check sums, its rates and what stood there before."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response
from sqlalchemy.orm import Session

from feedback_service.accounts.queries import full_names, program
from feedback_service.core.errors import NotFound
from feedback_service.dossiers import queries
from feedback_service.dossiers.queries import Earlier, Figure, Line
from feedback_service.dossiers.rules import LABELS, NUMBERS_OF_COLUMNS, Check, checks, numbers
from feedback_service.dossiers.rules.rates import Rate, rates
from feedback_service.dossiers.staff.blueprint import staff
from feedback_service.units.queries import names
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.frame import person


@dataclass(frozen=True)
class ListPage:
    """What the page shows: reports, and the names of their units as they were."""

    lines: tuple[Line, ...]
    units: dict[int, str]


@dataclass(frozen=True)
class FigurePage:
    """One report: its numbers by column, its check sums, its rates, and what stood there before."""

    figure: Figure
    unit: str
    told: Mapping[str, int | None]
    checks: tuple[Check, ...]
    rates: tuple[Rate, ...]
    earlier: tuple[tuple[Earlier, Mapping[str, int | None], str], ...]

    @property
    def columns(self) -> Mapping[str, int]:
        """The numbers of the columns on form II.06a."""
        return NUMBERS_OF_COLUMNS

    @property
    def labels(self) -> Mapping[str, str]:
        """Message ids of what each column is called."""
        return LABELS


@staff.get("/staff/dossiers")
def dossiers() -> Response:
    """Show every report within reach, the latest period first."""
    with platform().reading() as session:
        lines = queries.reports(session, person().scope)
        page = ListPage(lines, names(session, {line.unit_id for line in lines}))
    return pages.show("dossiers/list.html", page)


@staff.get("/staff/dossiers/<int:figure_id>")
def figure(figure_id: int) -> Response:
    """Show one report."""
    with platform().reading() as session:
        known = queries.figure(session, figure_id, person().scope)
        if known is None:
            raise NotFound("There is no such report within your reach.")
        unit = names(session, {known.line.unit_id})[known.line.unit_id]
        people = _people(session, known)
    told = numbers(known.line.report)
    earlier = tuple((one, numbers(one.report), people.get(one.replaced_by, "")) for one in known.earlier)
    return pages.show("dossiers/figure.html", FigurePage(known, unit, told, checks(told), rates(told), earlier))


def _people(session: Session, known: Figure) -> dict[str, str]:
    """Return the names of those who replaced figures, people and programs, as the ledger names them."""
    ids: dict[str, list[int]] = {"staff": [], "program": []}
    for kind, _, number in (one.replaced_by.partition(":") for one in known.earlier):
        ids.get(kind, []).append(int(number or 0))
    names = {f"staff:{key}": name for key, name in full_names(session, ids["staff"]).items()}
    asked = (program(session, key) for key in sorted(set(ids["program"])))
    return names | {f"program:{one.id}": one.name for one in asked if one}
