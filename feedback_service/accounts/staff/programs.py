"""Tokens of other systems, for administrators: a token is shown once, when it is made."""

from dataclasses import dataclass

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its type stubs

from feedback_service.accounts import guard, queries
from feedback_service.accounts.forms import ALL_UNITS, ProgramForm
from feedback_service.accounts.rules.programs import LIVES_DAYS, SCOPE_NAMES, Scope
from feedback_service.accounts.service.programs import ProgramFacts, make_token, revoke_token
from feedback_service.accounts.staff.blueprint import staff
from feedback_service.core.errors import Fault, NotFound
from feedback_service.core.period import local_day
from feedback_service.units import queries as units
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.i18n import language

PAGE = "/staff/accounts/programs"


@dataclass(frozen=True)
class Line:
    """One token in the list; without a unit it reaches all of them."""

    program: queries.ProgramRow
    unit_name: str | None
    is_good: bool


@dataclass(frozen=True)
class ProgramsPage:
    """The tokens within reach, the form for one more, and the one that was just made."""

    lines: tuple[Line, ...]
    form: ProgramForm
    faults: tuple[Fault, ...]
    token: str = ""


@staff.get(PAGE)
def programs() -> Response:
    """Show the tokens within reach."""
    return _page(_offering(ProgramForm(formdata=None, data={"days": str(LIVES_DAYS[-1])})))


@staff.post(PAGE)
def add_program() -> AnyResponse:
    """Make a token and show it on the answer itself, since it stands nowhere else."""
    person, running, form = guard.staff(), platform(), _offering(ProgramForm())
    if not form.validate():
        return _page(form, status=422)
    unit_id = None if form.unit.data == ALL_UNITS else int(form.unit.data)
    scopes = frozenset(Scope(scope) for scope in form.scopes.data or ())
    facts = ProgramFacts(form.name.data or "", scopes, unit_id, int(form.days.data))
    with running.transaction() as session:
        token = make_token(session, facts, secret=running.settings.lasting_key, by=person.actor, now=running.now())
    return _page(_offering(ProgramForm(formdata=None, data={"days": form.days.data})), token)


@staff.post(f"{PAGE}/<int:program_id>/revocation")
def end_program(program_id: int) -> AnyResponse:
    """Let a token open nothing any more."""
    person, running = guard.staff(), platform()
    with running.transaction() as session:
        known = queries.program(session, program_id)
        if known is None or (person.unit_id is not None and known.unit_id not in person.scope):
            raise NotFound("There is no such token.")
        revoke_token(session, program_id, by=person.actor, now=running.now())
    flash("The token opens nothing any more.")
    return pages.seen_at(PAGE)


def _page(form: ProgramForm, token: str = "", *, status: int = 200) -> Response:
    person, now = guard.staff(), platform().now()
    with platform().reading() as session:
        found = queries.programs(session, None if person.unit_id is None else person.scope)
        names = units.names(session, {row.unit_id for row in found if row.unit_id})
    lines = tuple(Line(row, names[row.unit_id] if row.unit_id else None, row.is_good(now)) for row in found)
    return pages.show("accounts/programs.html", ProgramsPage(lines, form, form.faults(), token), status)


def _offering(form: ProgramForm) -> ProgramForm:
    person, running = guard.staff(), platform()
    say = running.translations.word
    with running.reading() as session:
        standing = units.units(session, on=local_day(running.now()), scope=person.scope)
    everything = [SelectChoice(ALL_UNITS, say("All units", language()))] if person.unit_id is None else []
    form.unit.choices = [*everything, *(SelectChoice(str(unit.id), unit.name) for unit in standing)]
    form.scopes.choices = [(scope.value, say(name, language())) for scope, name in SCOPE_NAMES.items()]
    in_words = say("{count} days", language())
    form.days.choices = [SelectChoice(str(days), in_words.format(count=days)) for days in LIVES_DAYS]
    return form
