"""Adding accounts, changing what they may, switching them off, and their passwords."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from feedback_service.accounts import queries
from feedback_service.accounts.models import Account, StaffSession
from feedback_service.accounts.rules.names import NAME, NAME_WORDS
from feedback_service.accounts.rules.roles import Role
from feedback_service.accounts.service.passwords import hashed, one_time_password, refuse_weak
from feedback_service.audit.rules import Act
from feedback_service.audit.service import note
from feedback_service.core.errors import Conflict, Fault, NotFound, Refused
from feedback_service.core.text import one_line


@dataclass(frozen=True)
class AccountFacts:
    """Who somebody is and what they may; without a unit they reach every unit."""

    full_name: str
    role: Role
    unit_id: int | None


@dataclass(frozen=True)
class Added:
    """A new account; `password` is the one-time password, None where one was given."""

    account_id: int
    password: str | None


@dataclass(frozen=True)
class Secret:
    """A password with its hash; a drawn one has to be changed at the first sign-in. Making one takes about 20 ms."""

    password: str
    password_hash: str
    is_drawn: bool


def draw() -> Secret:
    """Return a one-time password."""
    password = one_time_password()
    return Secret(password, hashed(password), is_drawn=True)


def add(
    session: Session, name: str, facts: AccountFacts, *, password: str | None = None, by: str, now: datetime
) -> Added:
    """Add an account with a given password, or with a one-time password that must be changed at the first sign-in.

    Raises Refused for a name or password that cannot be used, Conflict for a name that is taken.
    """
    login = login_name(name)
    if password is not None:
        refuse_weak(password, names=(login, facts.full_name), field="password")
    secret = draw() if password is None else Secret(password, hashed(password), is_drawn=False)
    return enter(session, login, facts, secret, by=by, now=now)


def enter(session: Session, name: str, facts: AccountFacts, secret: Secret, *, by: str, now: datetime) -> Added:
    """Add an account with a secret that was made before; raises Refused for the name, Conflict when it is taken."""
    login = login_name(name)
    if queries.credentials(session, login) is not None:
        raise Conflict("This sign-in name is taken.", faults=(Fault("name", "This sign-in name is taken."),))
    values = {
        "name": login,
        "full_name": one_line(facts.full_name) or login,
        "role": facts.role.value,
        "unit_id": facts.unit_id,
        "password_hash": secret.password_hash,
        "must_change": secret.is_drawn,
        "is_active": True,
        "created_at": now,
        "password_changed_at": now,
    }
    account_id = session.execute(insert(Account).values(**values).returning(Account.id)).scalar_one()
    _note(session, account_id, "account.added", by=by, now=now)
    return Added(account_id, secret.password if secret.is_drawn else None)


def change(session: Session, account_id: int, facts: AccountFacts, *, by: str, now: datetime) -> None:
    """Change name, role and unit; raises NotFound, or Conflict when nobody would be left to administer."""
    known = _known(session, account_id)
    if (facts.role, facts.unit_id) != (known.role, known.unit_id):
        _refuse_last_administrator(session, known)
    values = {"full_name": one_line(facts.full_name), "role": facts.role.value, "unit_id": facts.unit_id}
    session.execute(update(Account).where(Account.id == account_id).values(**values))
    _note(session, account_id, "account.changed", by=by, now=now)


def switch(session: Session, account_id: int, *, is_active: bool, by: str, now: datetime) -> None:
    """Switch an account on, or off with all its sessions; raises NotFound, Conflict for the last administrator."""
    known = _known(session, account_id)
    if known.is_active == is_active:
        return
    if not is_active:
        _refuse_last_administrator(session, known)
        session.execute(delete(StaffSession).where(StaffSession.account_id == account_id))
    session.execute(update(Account).where(Account.id == account_id).values(is_active=is_active))
    _note(session, account_id, "account.switched-on" if is_active else "account.switched-off", by=by, now=now)


def reset_password(
    session: Session, account_id: int, *, chosen: str | None = None, by: str, now: datetime
) -> str | None:
    """Keep a chosen password, or make a one-time one and return it, and end all sessions; raises NotFound, Refused."""
    known = _known(session, account_id)
    if chosen is not None:
        refuse_weak(chosen, names=(known.name, known.full_name), field="password")
    drawn = one_time_password() if chosen is None else None
    session.execute(delete(StaffSession).where(StaffSession.account_id == account_id))
    _keep_password(session, account_id, drawn or chosen or "", must_change=drawn is not None, now=now)
    _note(session, account_id, "account.password-reset", by=by, now=now)
    return drawn


def change_password(session: Session, account_id: int, password: str, *, kept_session_id: int, now: datetime) -> None:
    """Keep a password that its owner chose and end the other sessions; raises Refused for a weak one."""
    known = _known(session, account_id)
    refuse_weak(password, names=(known.name, known.full_name), field="password")
    others = delete(StaffSession).where(StaffSession.account_id == account_id, StaffSession.id != kept_session_id)
    session.execute(others)
    _keep_password(session, account_id, password, must_change=False, now=now)
    _note(session, account_id, "account.password-changed", by=f"staff:{account_id}", now=now)


def login_name(name: str) -> str:
    """Return the one spelling of a sign-in name; raises Refused for a name that cannot be one."""
    login = one_line(name).lower()
    if not NAME.fullmatch(login):
        raise Refused(NAME_WORDS, faults=(Fault("name", NAME_WORDS),))
    return login


def _keep_password(session: Session, account_id: int, password: str, *, must_change: bool, now: datetime) -> None:
    values = {"password_hash": hashed(password), "must_change": must_change, "password_changed_at": now}
    session.execute(update(Account).where(Account.id == account_id).values(**values))


def _known(session: Session, account_id: int) -> queries.AccountRow:
    account = queries.account(session, account_id)
    if account is None:
        raise NotFound("There is no such account.")
    return account


def _refuse_last_administrator(session: Session, known: queries.AccountRow) -> None:
    administers_all = known.role is Role.ADMINISTRATOR and known.unit_id is None and known.is_active
    if administers_all and not queries.has_other_administrator(session, known.id):
        raise Conflict("This is the last administrator of all units. Please make somebody else one first.")


def _note(session: Session, account_id: int, act: str, *, by: str, now: datetime) -> None:
    digest = queries.ACCOUNT_WITNESS.digest(session, account_id)
    note(session, Act(act, by, ("account", account_id), digest), now=now)
