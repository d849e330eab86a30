"""Typing one report in; other figures of the same unit, period and field are replaced only when that was seen."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response, flash, request
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.core.cells import amount
from feedback_service.core.errors import Fault, NotFound
from feedback_service.dossiers import queries, service
from feedback_service.dossiers.forms import FigureForm
from feedback_service.dossiers.rules import LABELS, NUMBERS_OF_COLUMNS, Check, checks, numbers
from feedback_service.dossiers.rules.plans import Kept, Outcome, Planned
from feedback_service.dossiers.rules.sheets import Given, Row, row_of
from feedback_service.dossiers.staff.blueprint import PAGE, staff, unit_choices
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.frame import person
from feedback_service.web.i18n import language


@dataclass(frozen=True)
class Both:
    """One number as it stands and as it would be."""

    label: str
    old: int | None
    new: int | None


@dataclass(frozen=True)
class FormPage:
    """The form, what is to be mended, the check sums of what was typed, and the figures that would be replaced."""

    form: FigureForm
    faults: tuple[Fault, ...]
    checks: tuple[Check, ...]
    kept: Kept | None
    both: tuple[Both, ...]

    @property
    def columns(self) -> Mapping[str, int]:
        """The numbers of the columns on form II.06a."""
        return NUMBERS_OF_COLUMNS

    @property
    def labels(self) -> Mapping[str, str]:
        """Message ids of what each column is called."""
        return LABELS


@staff.get("/staff/dossiers/new")
def new_figure() -> Response:
    """Show an empty form, or one filled with the report that the address names."""
    wanted = request.args.get("figure", "")
    with platform().reading() as session:
        choices = unit_choices(session)
        is_number = wanted.isascii() and wanted.isdecimal() and len(wanted) < 10
        known = queries.figure(session, int(wanted), person().scope) if is_number else None
    if wanted and known is None:
        raise NotFound("There is no such report within your reach.")
    form = FigureForm.filled(known.line.unit_id, known.line.report) if known else _empty(choices)
    form.unit_id.choices = choices
    return _page(form)


@staff.post("/staff/dossiers/new")
def keep_figure() -> AnyResponse:
    """Keep a report, or show what it would replace."""
    form, running = FigureForm(), platform()
    with running.reading() as session:
        form.unit_id.choices = unit_choices(session)
        is_shaped, row = form.validate(), row_of(1, form.cells(), Given())
        plan = queries.plan_of(session, [row], scope=person().scope)
    planned = plan.rows[0]
    if not is_shaped or planned.outcome is Outcome.REFUSED:
        return _page(form, planned, status=422)
    if planned.outcome is Outcome.REPLACED and form.confirmed.data != plan.seal:
        form.confirmed.data = plan.seal
        return _page(form, planned, status=409)
    return _keep(row, form.confirmed.data or "")


def _keep(row: Row, confirmed: str) -> AnyResponse:
    now, by, scope = platform().now(), person().actor, person().scope
    with platform().transaction() as session:
        plan = service.take_in(session, [row], scope=scope, confirmed=confirmed, by=by, now=now)
        stored = plan.rows[0]
        assert stored.unit_id is not None
        assert stored.report is not None
        standing = queries.kept(session, stored.unit_id, stored.report)
    flash("The figures are saved.")
    return pages.seen_at(f"{PAGE}/{standing.id}" if standing else PAGE)


def _empty(choices: list[tuple[str, str]]) -> FigureForm:
    own = person().unit_id
    known = {value for value, _name in choices}
    return FigureForm.filled(own if str(own) in known else None, None)


def _page(form: FigureForm, planned: Planned | None = None, *, status: int = 200) -> Response:
    said: dict[str, list[str]] = {}
    for fault in (_said(fault) for fault in planned.faults) if planned else ():
        said.setdefault(fault.pointer, []).append(fault.message)
    for pointer, messages in said.items():
        form[pointer].errors = [*form[pointer].errors, " ".join(messages)]
    kept = planned.kept if planned and planned.outcome is Outcome.REPLACED else None
    both = _both(planned) if kept and planned else ()
    shown = tuple(check for check in checks(_typed(form)) if check.is_wrong)
    return pages.show("dossiers/form.html", FormPage(form, form.faults(), shown, kept, both), status)


def _said(fault: Fault) -> Fault:
    pointer = {"unit_code": "unit_id"}.get(fault.pointer, fault.pointer)
    return Fault(pointer, platform().translations.word(fault.message, language()))


def _both(planned: Planned) -> tuple[Both, ...]:
    assert planned.kept
    assert planned.report
    old, new = numbers(planned.kept.report), numbers(planned.report)
    return tuple(Both(LABELS[name], old[name], new[name]) for name in old if old[name] != new[name])


def _typed(form: FigureForm) -> dict[str, int | None]:
    """Return the numbers that can be read, so that check sums explain themselves beside other mistakes."""
    told: dict[str, int | None] = {}
    for name in (*NUMBERS_OF_COLUMNS, "on_time"):
        try:
            told[name] = amount(form[name].data)
        except ValueError:
            told[name] = None
    return told
