"""The table of procedures."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from feedback_service.db import Base
from feedback_service.procedures.rules import Level, Service


class Procedure(Base):
    """A procedure while it holds: `key` is the part of its code that stays, such as 1.004194 (domain.md 4.3).

    Absent are: `valid_from` for what is older than our records, `valid_to` while it holds, `limit_days` where the law
    names no number of working days.
    """

    __tablename__ = "procedure"
    __table_args__ = (
        CheckConstraint(f"level IN ({', '.join(repr(level.value) for level in Level)})", name="level"),
        CheckConstraint(f"service IN ({', '.join(repr(service.value) for service in Service)})", name="service"),
        CheckConstraint("limit_days > 0", name="limit_days"),
        CheckConstraint("valid_to >= valid_from", name="validity"),
        Index(None, "key", "valid_to"),
        Index(
            "uq_procedure_key_standing",
            "key",
            unique=True,
            sqlite_where=text("valid_to IS NULL"),
            postgresql_where=text("valid_to IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    code: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(500))
    folded_name: Mapped[str] = mapped_column(String(500))
    field: Mapped[str] = mapped_column(String(120))
    level: Mapped[str] = mapped_column(String(20))
    service: Mapped[str] = mapped_column(String(20))
    limit_days: Mapped[int | None]
    fee: Mapped[str] = mapped_column(String(200))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
