"""Tables of units over time, their counters, and the office that runs this service."""

from datetime import date

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from feedback_service.db import Base
from feedback_service.units.rules import Kind, Succession


class Unit(Base):
    """A unit while it holds: without a first day it is older than our records, without a last day it still stands.

    `code` (General Statistics Office) and `identifier` (QĐ 20/2020) are absent where nobody knows them; codes come
    back after a merger, so a code names a unit only together with a day. `opening_hours` absent: those of every office.
    """

    __tablename__ = "unit"
    __table_args__ = (
        CheckConstraint(f"kind IN ({', '.join(repr(kind.value) for kind in Kind)})", name="kind"),
        CheckConstraint("valid_to IS NULL OR valid_from IS NULL OR valid_from <= valid_to", name="validity"),
        CheckConstraint("parent_id IS NULL OR parent_id <> id", name="parent"),
        Index(None, "code", "valid_to"),
        Index(None, "parent_id"),
        Index(
            "uq_unit_code_standing",
            "code",
            unique=True,
            sqlite_where=text("valid_to IS NULL"),
            postgresql_where=text("valid_to IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    code: Mapped[str | None] = mapped_column(String(20))
    identifier: Mapped[str | None] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(120))
    folded_name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(20))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    valid_from: Mapped[date | None] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
    opening_hours: Mapped[str | None] = mapped_column(Text)


class UnitSuccession(Base):
    """One unit follows another; `weight_permille` is the part that went over, absent where nobody measured it."""

    __tablename__ = "unit_succession"
    __table_args__ = (
        CheckConstraint(f"kind IN ({', '.join(repr(kind.value) for kind in Succession)})", name="kind"),
        CheckConstraint("weight_permille BETWEEN 1 AND 1000", name="weight"),
        CheckConstraint("predecessor_id <> successor_id", name="other"),
        Index(None, "successor_id"),
    )

    predecessor_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    successor_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    weight_permille: Mapped[int | None] = mapped_column(Integer)


class Counter(Base):
    """A place in a unit where citizens are served; `closed_on` is the first day without it."""

    __tablename__ = "counter"
    __table_args__ = (
        CheckConstraint("closed_on IS NULL OR opened_on <= closed_on", name="validity"),
        Index(None, "unit_id"),
        Index(
            "uq_counter_unit_id_name_open",
            "unit_id",
            "name",
            unique=True,
            sqlite_where=text("closed_on IS NULL"),
            postgresql_where=text("closed_on IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str] = mapped_column(String(80))
    field: Mapped[str] = mapped_column(String(120))
    opened_on: Mapped[date] = mapped_column(Date)
    closed_on: Mapped[date | None] = mapped_column(Date)


class Office(Base):
    """The one office of this service and how it signs.

    `unit_id` is absent until somebody has chosen it, `logo_hash` while it has no logo.
    """

    __tablename__ = "office"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    product: Mapped[str] = mapped_column(String(80))
    office_name: Mapped[str] = mapped_column(String(160))
    is_demo: Mapped[bool] = mapped_column(Boolean)
    logo_hash: Mapped[str | None] = mapped_column(ForeignKey("office_logo.hash"))


class OfficeLogo(Base):
    """The logo of the office, drawn anew and small, named by the digest of its bytes; never changed."""

    __tablename__ = "office_logo"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
