"""Tables of what the office has set: days that were swapped, the figures of the clock, how the box works."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from feedback_service.db import Base, UtcDateTime


class SwappedDay(Base):
    """A day that is worked although the calendar says no, or the other way round, by an official notice."""

    __tablename__ = "swapped_day"
    __table_args__ = (UniqueConstraint("day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date]
    is_working: Mapped[bool]
    note: Mapped[str] = mapped_column(String(200))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime)


class DeadlineRule(Base):
    """The figures of the clock for a unit and all below it from a day on; without a unit they hold for every unit."""

    __tablename__ = "deadline_rule"
    __table_args__ = (Index(None, "valid_from"), Index(None, "unit_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    valid_from: Mapped[date]
    rules: Mapped[str] = mapped_column(Text)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime)


class BoxSetting(Base):
    """How the box of this office works; without the row the defaults hold."""

    __tablename__ = "box_setting"
    __table_args__ = (
        CheckConstraint("id = 1", name="only_one"),
        CheckConstraint("contact_days BETWEEN 1 AND 3650", name="contact_days"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    needs_approval: Mapped[bool]
    contact_days: Mapped[int] = mapped_column(SmallInteger)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime)
