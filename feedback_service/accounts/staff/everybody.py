"""Everybody's accounts, for administrators."""

from dataclasses import dataclass
from typing import TypeVar

from flask import Response, flash
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.accounts import guard, queries
from feedback_service.accounts.forms import ALL_UNITS, AccountForm, NewAccountForm
from feedback_service.accounts.rules.roles import ROLE_NAMES, Role
from feedback_service.accounts.service import accounts as service
from feedback_service.accounts.service.sessions import close_all
from feedback_service.accounts.staff.blueprint import staff
from feedback_service.core.errors import DomainError, Fault, NotFound
from feedback_service.core.period import local_day
from feedback_service.units import queries as units
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.i18n import language

PAGE = "/staff/accounts"
Offered = TypeVar("Offered", bound=AccountForm)


@dataclass(frozen=True)
class Line:
    """One account in the list; without a unit it reaches all of them."""

    account: queries.AccountRow
    unit_name: str | None


@dataclass(frozen=True)
class AccountsPage:
    """The list of accounts."""

    lines: tuple[Line, ...]


@dataclass(frozen=True)
class AccountPage:
    """One account, or a new one when `account` is None."""

    account: queries.AccountRow | None
    sessions: tuple[queries.OpenSession, ...]
    form: AccountForm
    faults: tuple[Fault, ...]
    is_own: bool


@dataclass(frozen=True)
class PasswordPage:
    """A one-time password, shown once."""

    account: queries.AccountRow
    password: str


@staff.get("/staff/accounts")
def accounts() -> Response:
    """Show the accounts within reach."""
    person = guard.staff()
    with platform().reading() as session:
        found = queries.accounts(session, None if person.unit_id is None else person.scope)
        names = units.names(session, {row.unit_id for row in found if row.unit_id})
    lines = tuple(Line(row, names[row.unit_id] if row.unit_id else None) for row in found)
    return pages.show("accounts/list.html", AccountsPage(lines))


@staff.get("/staff/accounts/new")
def new_account() -> Response:
    """Show the form of a new account."""
    return _account_page(None, _offering(NewAccountForm(formdata=None)))


@staff.post("/staff/accounts")
def add_account() -> AnyResponse:
    """Add an account; its one-time password stands on the answer itself, since it may stand nowhere else."""
    form = _offering(NewAccountForm())
    if not form.validate():
        return _account_page(None, form, 422)
    person, running = guard.staff(), platform()
    try:
        with running.transaction() as session:
            added = service.add(session, form.name.data or "", _facts(form), by=person.actor, now=running.now())
            page = PasswordPage(_reached(session, added.account_id), added.password or "")
    except DomainError as refusal:
        form.refused(refusal)
        return _account_page(None, form, 422)
    return pages.show("accounts/password.html", page)


@staff.get("/staff/accounts/<int:account_id>")
def account(account_id: int) -> Response:
    """Show one account."""
    with platform().reading() as session:
        known = _reached(session, account_id)
    facts = {"full_name": known.full_name, "role": known.role.value, "unit": str(known.unit_id or ALL_UNITS)}
    return _account_page(known, _offering(AccountForm(formdata=None, data=facts)))


@staff.post("/staff/accounts/<int:account_id>")
def change_account(account_id: int) -> AnyResponse:
    """Change name, role and unit."""
    form = _offering(AccountForm())
    person, running = guard.staff(), platform()
    with running.reading() as session:
        known = _reached(session, account_id)
    if not form.validate():
        return _account_page(known, form, 422)
    try:
        with running.transaction() as session:
            service.change(session, account_id, _facts(form), by=person.actor, now=running.now())
    except DomainError as refusal:
        form.refused(refusal)
        return _account_page(known, form, 422)
    flash("The changes are saved.")
    return pages.seen_at(f"{PAGE}/{account_id}")


@staff.post("/staff/accounts/<int:account_id>/password")
def reset_password(account_id: int) -> Response:
    """Set a one-time password and show it on the answer itself, since it may stand nowhere else."""
    person, running = guard.staff(), platform()
    with running.transaction() as session:
        known = _reached(session, account_id)
        password = service.reset_password(session, account_id, by=person.actor, now=running.now())
    return pages.show("accounts/password.html", PasswordPage(known, password or ""))


@staff.post("/staff/accounts/<int:account_id>/<any(on,off):state>")
def switch_account(account_id: int, state: str) -> AnyResponse:
    """Switch an account on or off."""
    person, running = guard.staff(), platform()
    with running.transaction() as session:
        _reached(session, account_id)
        service.switch(session, account_id, is_active=state == "on", by=person.actor, now=running.now())
    flash("The account is switched on." if state == "on" else "The account is switched off; its sessions have ended.")
    return pages.seen_at(f"{PAGE}/{account_id}")


@staff.post("/staff/accounts/<int:account_id>/sign-out")
def end_sessions(account_id: int) -> AnyResponse:
    """End every session of an account."""
    person, running = guard.staff(), platform()
    with running.transaction() as session:
        _reached(session, account_id)
        close_all(session, account_id, by=person.actor, now=running.now())
    flash("All sessions of this account have ended.")
    return pages.seen_at(f"{PAGE}/{account_id}")


def _reached(session: Session, account_id: int) -> queries.AccountRow:
    person = guard.staff()
    known = queries.account(session, account_id)
    if known is None or (person.unit_id is not None and known.unit_id not in person.scope):
        raise NotFound("There is no such account.")
    return known


def _facts(form: AccountForm) -> service.AccountFacts:
    unit_id = None if form.unit.data == ALL_UNITS else int(form.unit.data)
    return service.AccountFacts(form.full_name.data or "", Role(form.role.data), unit_id)


def _offering(form: Offered) -> Offered:
    """Fill the choices: every role, and the units within reach that stand today."""
    person, running, words = guard.staff(), platform(), platform().translations
    with running.reading() as session:
        standing = units.units(session, on=local_day(running.now()), scope=person.scope)
    everything = [(ALL_UNITS, words.word("All units", language()))] if person.unit_id is None else []
    form.role.choices = [(role.value, words.word(ROLE_NAMES[role], language())) for role in Role]
    form.unit.choices = [*everything, *((str(unit.id), unit.name) for unit in standing)]
    return form


def _account_page(known: queries.AccountRow | None, form: AccountForm, status: int = 200) -> Response:
    sessions: tuple[queries.OpenSession, ...] = ()
    if known:
        with platform().reading() as session:
            sessions = queries.open_sessions(session, known.id, now=platform().now())
    is_own = known is not None and known.id == guard.staff().id
    page = AccountPage(known, sessions, form, form.faults(), is_own)
    return pages.show("accounts/account.html", page, status)
