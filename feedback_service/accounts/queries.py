"""Reading accounts and their sessions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from feedback_service.accounts.models import Account, ProgramToken, StaffSession
from feedback_service.accounts.rules.files import Known
from feedback_service.accounts.rules.programs import SCOPE_NAMES, Scope, is_good
from feedback_service.accounts.rules.roles import ROLE_NAMES, Role
from feedback_service.audit.queries import RowWitness
from feedback_service.core.text import order_key

ACCOUNT_WITNESS = RowWitness("account", Account)
PROGRAM_WITNESS = RowWitness("program_token", ProgramToken)
WITNESSES = (ACCOUNT_WITNESS, PROGRAM_WITNESS)
LIST_LIMIT = 500


@dataclass(frozen=True)
class Credentials:
    """What signing in needs to know of an account."""

    account_id: int
    name: str
    password_hash: str
    is_active: bool


@dataclass(frozen=True)
class AccountRow:
    """An account without its secrets."""

    id: int
    name: str
    full_name: str
    role: Role
    unit_id: int | None
    is_active: bool
    must_change: bool
    created_at: datetime

    @property
    def role_name(self) -> str:
        """The message id of the role."""
        return ROLE_NAMES[self.role]


@dataclass(frozen=True)
class OpenSession:
    """A session that holds, with the account it belongs to."""

    id: int
    created_at: datetime
    expires_at: datetime
    account: AccountRow


@dataclass(frozen=True)
class ProgramRow:
    """A token of another system, without its secret."""

    id: int
    name: str
    scopes: frozenset[Scope]
    unit_id: int | None
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None

    @property
    def scope_names(self) -> tuple[str, ...]:
        """The message ids of what it opens."""
        return tuple(name for scope, name in SCOPE_NAMES.items() if scope in self.scopes)

    def is_good(self, now: datetime) -> bool:
        """Say whether it opens anything at a moment."""
        return is_good(expires_at=self.expires_at, revoked_at=self.revoked_at, now=now)


def credentials(session: Session, name: str) -> Credentials | None:
    """Return what is needed to check a password for a sign-in name."""
    columns = (Account.id, Account.name, Account.password_hash, Account.is_active)
    row = session.execute(select(*columns).where(Account.name == name)).one_or_none()
    return Credentials(*row) if row else None


def account(session: Session, account_id: int) -> AccountRow | None:
    """Return one account."""
    row = session.execute(_accounts().where(Account.id == account_id)).one_or_none()
    return _account(tuple(row)) if row else None


def accounts(session: Session, unit_ids: Iterable[int] | None) -> tuple[AccountRow, ...]:
    """Return the accounts of some units, of all and of those without a unit when None, in the order of their names."""
    query = _accounts().order_by(Account.id).limit(LIST_LIMIT)
    if unit_ids is not None:
        query = query.where(Account.unit_id.in_(list(unit_ids)))
    rows = [_account(tuple(row)) for row in session.execute(query)]
    return tuple(sorted(rows, key=lambda row: (not row.is_active, order_key(_given_name(row.full_name)), row.id)))


def named(session: Session, names: Iterable[str]) -> dict[str, Known]:
    """Return the accounts that bear some sign-in names, by these names."""
    rows = [_account(tuple(row)) for row in session.execute(_accounts().where(Account.name.in_(list(names))))]
    return {row.name: Known(row.id, row.full_name, row.role, row.unit_id) for row in rows}


def has_other_administrator(session: Session, account_id: int) -> bool:
    """Say whether somebody else who is active administers every unit."""
    query = select(Account.id).where(
        Account.role == Role.ADMINISTRATOR.value,
        Account.is_active.is_(True),
        Account.unit_id.is_(None),
        Account.id != account_id,
    )
    return session.execute(query.limit(1)).first() is not None


def open_session(session: Session, token_hash: str, *, now: datetime) -> OpenSession | None:
    """Return the session of a token while it holds and its account is active."""
    query = _sessions().where(StaffSession.token_hash == token_hash, StaffSession.expires_at > now)
    row = session.execute(query.where(Account.is_active.is_(True))).one_or_none()
    return _open_session(tuple(row)) if row else None


def open_sessions(session: Session, account_id: int, *, now: datetime) -> tuple[OpenSession, ...]:
    """Return the sessions of an account that still hold, the newest first."""
    query = _sessions().where(StaffSession.account_id == account_id, StaffSession.expires_at > now)
    rows = session.execute(query.order_by(StaffSession.created_at.desc(), StaffSession.id.desc()).limit(LIST_LIMIT))
    return tuple(_open_session(tuple(row)) for row in rows)


def full_names(session: Session, account_ids: Iterable[int]) -> dict[int, str]:
    """Return the names of some accounts by id."""
    query = select(Account.id, Account.full_name).where(Account.id.in_(list(account_ids)))
    return {row.id: row.full_name for row in session.execute(query)}


def programs(session: Session, unit_ids: Iterable[int] | None) -> tuple[ProgramRow, ...]:
    """Return the tokens of some units, of all and of those without a unit when None, the newest first."""
    query = _programs().order_by(ProgramToken.id.desc()).limit(LIST_LIMIT)
    if unit_ids is not None:
        query = query.where(ProgramToken.unit_id.in_(list(unit_ids)))
    return tuple(_program(tuple(row)) for row in session.execute(query))


def program(session: Session, program_id: int) -> ProgramRow | None:
    """Return one token."""
    row = session.execute(_programs().where(ProgramToken.id == program_id)).one_or_none()
    return _program(tuple(row)) if row else None


def program_by_seal(session: Session, sealed: str) -> ProgramRow | None:
    """Return the token that is kept under a seal."""
    row = session.execute(_programs().where(ProgramToken.seal == sealed)).one_or_none()
    return _program(tuple(row)) if row else None


def _programs() -> Select[Any]:
    return select(*(getattr(ProgramToken, name) for name in ProgramRow.__dataclass_fields__))


def _program(row: tuple[Any, ...]) -> ProgramRow:
    return ProgramRow(row[0], row[1], frozenset(map(Scope, row[2].split())), *row[3:])


def _accounts() -> Select[Any]:
    return select(*(getattr(Account, name) for name in AccountRow.__dataclass_fields__))


def _sessions() -> Select[Any]:
    own = (StaffSession.id, StaffSession.created_at, StaffSession.expires_at)
    whose = (getattr(Account, name) for name in AccountRow.__dataclass_fields__)
    return select(*own, *whose).join(Account, Account.id == StaffSession.account_id)


def _account(row: tuple[Any, ...]) -> AccountRow:
    facts = dict(zip(AccountRow.__dataclass_fields__, row, strict=True))
    return AccountRow(**{**facts, "role": Role(facts["role"])})


def _open_session(row: tuple[Any, ...]) -> OpenSession:
    return OpenSession(row[0], row[1], row[2], _account(row[3:]))


def _given_name(full_name: str) -> str:
    """Return the last word first: Vietnamese lists are in the order of given names."""
    words = full_name.split()
    return " ".join((*words[-1:], *words[:-1]))
