"""Dossier figures for other systems: POST and GET /api/v1/dossiers."""

from flask import Blueprint, request

from feedback_service.accounts.guard.program import program
from feedback_service.accounts.rules.programs import Scope
from feedback_service.core.cells import amount
from feedback_service.core.errors import Conflict, Fault, Refused
from feedback_service.core.period import Period
from feedback_service.dossiers import queries, service
from feedback_service.dossiers.payloads import Days, Figures, KeptFigures, KeptPage, Outcomes, Reported, Standing
from feedback_service.dossiers.payloads import Outcome as ToldOutcome
from feedback_service.dossiers.queries import Line
from feedback_service.dossiers.rules import numbers
from feedback_service.dossiers.rules.plans import Outcome, Plan, Planned
from feedback_service.dossiers.rules.sheets import Given, row_of
from feedback_service.units.queries import parts
from feedback_service.web.api import operation
from feedback_service.web.context import platform

programs = Blueprint("dossiers_programs", __name__)
PAGE_ROWS = 200
NAMES = {"unit_code": "unit", "unit_id": "unit"}
"""Columns that bear another name in JSON than in a file."""


@operation(programs, "POST /dossiers", body=Reported, answer=Outcomes)
def report_figures(body: Reported) -> Outcomes:
    """Report what units received and resolved in a period (form II.06a), up to 500 rows, all or none.

    The token must open "dossiers" for every unit. Sums that do not agree are refused with a pointer to the row and
    column. Sending the same again changes nothing. Where other figures stand, 409 names the rows: send them with
    `is_trial` to see both, then again with `confirmed` set to the `confirmation` that the trial gave. Figures that
    are replaced stay readable.
    """
    asking, running = program(Scope.DOSSIERS), platform()
    rows = tuple(row_of(number, one.cells, Given()) for number, one in enumerate(body.figures, start=1))
    with running.reading() as session:
        plan = queries.plan_of(session, rows, scope=asking.scope)
    if plan.is_refused:
        raise Refused("The figures do not add up.", faults=_faults(plan))
    if body.is_trial:
        return _told(body, plan, is_stored=False)
    if plan.count(Outcome.REPLACED) and plan.seal != body.confirmed:
        raise Conflict(service.OTHERS, faults=_replaced(plan))
    with running.transaction() as session:
        confirmed, now = body.confirmed, running.now()
        plan = service.take_in(session, rows, scope=asking.scope, confirmed=confirmed, by=asking.actor, now=now)
    return _told(body, plan, is_stored=True)


@operation(programs, "GET /dossiers", answer=KeptPage)
def kept_figures() -> KeptPage:
    """Read the figures that stand within the reach of the token, 200 at a time, in the order of their ids.

    The token must open "dossiers". Go on with `?after=` and the number in `next`, until it is null.
    """
    asking = program(Scope.DOSSIERS)
    with platform().reading() as session:
        lines = queries.reports_after(session, asking.scope, _after(), limit=PAGE_ROWS + 1)
        found = parts(session, {line.unit_id for line in lines})
    shown = lines[:PAGE_ROWS]
    codes = {unit_id: unit.row.code or unit.identifier or "" for unit_id, unit in found.items()}
    figures = [_kept(line, codes[line.unit_id]) for line in shown]
    return KeptPage(figures=figures, next=shown[-1].id if len(lines) > PAGE_ROWS else None)


def _after() -> int:
    try:
        return min(amount(request.args.get("after")) or 0, 2**31 - 1)
    except ValueError as error:
        raise Refused(str(error), faults=(Fault("/after", str(error)),)) from error


def _faults(plan: Plan) -> tuple[Fault, ...]:
    return tuple(
        Fault(f"/figures/{row.number - 1}/{NAMES.get(fault.pointer, fault.pointer)}", fault.message)
        for row in plan.rows
        for fault in row.faults
    )


def _replaced(plan: Plan) -> tuple[Fault, ...]:
    replaced = (row.number - 1 for row in plan.rows if row.outcome is Outcome.REPLACED)
    return tuple(Fault(f"/figures/{index}", service.OTHERS) for index in replaced)


def _told(body: Reported, plan: Plan, *, is_stored: bool) -> Outcomes:
    figures = [_outcome(one, row) for one, row in zip(body.figures, plan.rows, strict=True)]
    return Outcomes(is_stored=is_stored, confirmation=plan.seal, figures=figures)


def _outcome(one: Figures, row: Planned) -> ToldOutcome:
    stood = row.kept.report if row.kept else None
    return ToldOutcome(
        unit=one.unit,
        unit_name=row.unit_name,
        outcome=row.outcome.value,
        standing=Standing(received=stood.received, on_time=stood.on_time, source=stood.source) if stood else None,
        overlaps=[Days(**_days(other)) for other in row.overlaps],
    )


def _kept(line: Line, code: str) -> KeptFigures:
    report = line.report
    told = {**_days(report.period), **numbers(report), "field": report.field, "source": report.source}
    return KeptFigures.model_validate({"id": line.id, "unit": code, **told})


def _days(period: Period) -> dict[str, str]:
    return {"first_on": period.first_on.isoformat(), "last_on": period.last_on.isoformat()}
