"""Taking in a file: what would become of every row is shown first, and stored only when that was seen."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.core.cells import day, refused
from feedback_service.core.errors import Fault, Refused
from feedback_service.core.period import Period
from feedback_service.dossiers import queries, service
from feedback_service.dossiers.forms import ConfirmationForm, SheetForm
from feedback_service.dossiers.rules import LABELS, NUMBERS_OF_COLUMNS, Check, checks, numbers
from feedback_service.dossiers.rules.plans import Outcome, Plan, Planned
from feedback_service.dossiers.rules.sheets import Given, as_list, rows_of
from feedback_service.dossiers.staff.blueprint import PAGE, staff, unit_choices
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.frame import person
from feedback_service.web.i18n import language
from feedback_service.web.security import takes_files
from feedback_service.web.uploads import content_of

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 500
"""Rows that are shown and confirmed on one page; the command takes more."""
TOO_MANY = "This page takes at most 500 rows. Please send the file in parts, or use the command dossier import."
OUTCOME_NAMES: Mapping[Outcome, str] = {
    Outcome.ADDED: "new",
    Outcome.REPLACED: "takes the place of other figures",
    Outcome.UNCHANGED: "as it stands",
    Outcome.REFUSED: "to be mended",
}


@dataclass(frozen=True)
class SheetPage:
    """The form for a file; with a plan also what would become of each row, and the rows to confirm."""

    form: SheetForm
    faults: tuple[Fault, ...]
    plan: Plan | None = None
    rows: str = ""

    @property
    def columns(self) -> Mapping[str, int]:
        """The numbers of the columns on form II.06a."""
        return NUMBERS_OF_COLUMNS

    @property
    def labels(self) -> Mapping[str, str]:
        """Message ids of what each column is called."""
        return LABELS

    def outcome_name(self, row: Planned) -> str:
        """Return the message id of what becomes of a row."""
        return OUTCOME_NAMES[row.outcome]

    def wrong_sums(self, row: Planned) -> tuple[Check, ...]:
        """Return the check sums of a row that do not add up."""
        return tuple(check for check in checks(numbers(row.report)) if check.is_wrong) if row.report else ()


@staff.get("/staff/dossiers/file")
def sheet() -> Response:
    """Show the form for a file."""
    with platform().reading() as session:
        form = SheetForm(formdata=None)
        form.unit_id.choices = _choices(unit_choices(session))
    return pages.show("dossiers/sheet.html", SheetPage(form, ()))


@staff.post("/staff/dossiers/file")
@takes_files(MOST_BYTES + 64 * 1024)
def look_at_sheet() -> Response:
    """Show what would become of every row of a file; nothing is stored."""
    form = SheetForm()
    with platform().reading() as session:
        form.unit_id.choices = _choices(unit_choices(session))
        if not form.validate():
            return pages.show("dossiers/sheet.html", SheetPage(form, form.faults()), 422)
        try:
            plan = queries.plan_of(
                session,
                rows_of(content_of(form.file, MOST_BYTES, "The file can have at most 10 MB."), _given(form)),
                scope=person().scope,
            )
            if len(plan.rows) > MOST_ROWS:
                raise refused(TOO_MANY)
        except Refused as refusal:
            form.refused(refusal)
            return pages.show("dossiers/sheet.html", SheetPage(form, form.faults()), 422)
    told = as_list((row.unit_id, row.report) for row in plan.rows if row.unit_id and row.report)
    return pages.show("dossiers/sheet.html", SheetPage(form, (), plan, told), 422 if plan.is_refused else 200)


@staff.post("/staff/dossiers/file/confirmation")
def confirm_sheet() -> AnyResponse:
    """Store the rows that were shown."""
    form, now, scope = ConfirmationForm(), platform().now(), person().scope
    rows = rows_of((form.rows.data or "").encode(), Given())
    confirmed = form.confirmed.data or ""
    with platform().transaction() as session:
        service.take_in(session, rows, scope=scope, confirmed=confirmed, by=person().actor, now=now)
    flash("The figures of the file are saved.")
    return pages.seen_at(PAGE)


def _choices(units: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [("", platform().translations.word("As the file says", language())), *units]


def _given(form: SheetForm) -> Given:
    days = []
    for name in ("first_on", "last_on"):
        try:
            days.append(day(form[name].data))
        except ValueError as error:
            raise Refused(str(error), faults=(Fault(name, str(error)),)) from error
    first_on, last_on = days
    if first_on and last_on and last_on < first_on:
        swapped = "The last day comes before the first day. Please swap them."
        raise Refused(swapped, faults=(Fault("last_on", swapped),))
    period = Period(first_on, last_on) if first_on and last_on else None
    return Given(int(form.unit_id.data) if form.unit_id.data else None, period, form.source.data or "")
