"""Tables of staff accounts and their sessions, and of what lets other systems in."""

from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from feedback_service.accounts.rules.roles import Role
from feedback_service.db import Base, UtcDateTime


class Account(Base):
    """Somebody who works at the desk; without a unit the account reaches every unit.

    `must_change` marks a one-time password. Accounts are never deleted: the ledger names them by id.
    """

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint(f"role IN ({', '.join(repr(role.value) for role in Role)})", name="role"),
        CheckConstraint("name = lower(name)", name="name"),
        Index(None, "name", unique=True),
        Index(None, "unit_id"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    full_name: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(20))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    password_hash: Mapped[str] = mapped_column(String(200))
    must_change: Mapped[bool] = mapped_column(Boolean)
    is_active: Mapped[bool] = mapped_column(Boolean)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    password_changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class StaffSession(Base):
    """One sign-in that still holds; the browser has the token, we only its hash. Ended sessions have no row."""

    __tablename__ = "staff_session"
    __table_args__ = (
        CheckConstraint("created_at < expires_at", name="life"),
        Index(None, "token_hash", unique=True),
        Index(None, "account_id"),
        Index(None, "expires_at"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ProgramToken(Base):
    """What lets another system in: the seal of a token, the scopes that it opens with spaces between, its unit.

    Absent are: `unit_id` for every unit, `revoked_at` while it was not taken back.
    """

    __tablename__ = "program_token"
    __table_args__ = (
        CheckConstraint("length(seal) = 64", name="seal"),
        CheckConstraint("created_at < expires_at", name="life"),
        Index(None, "seal", unique=True),
        Index(None, "unit_id"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    seal: Mapped[str] = mapped_column(String(64))
    scopes: Mapped[str] = mapped_column(String(200))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
