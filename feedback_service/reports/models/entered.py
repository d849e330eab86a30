"""Tables of what people enter: scores of indices, inspections, replies to figures of officers, who really served."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from feedback_service.db import Base, UtcDateTime


class IndexScore(Base):
    """Points of one of the nine indices in one quarter, in hundredths; absent where nobody has given any yet."""

    __tablename__ = "index_score"
    __table_args__ = (
        CheckConstraint("quarter BETWEEN 1 AND 4", name="quarter"),
        CheckConstraint("index_number BETWEEN 1 AND 9", name="index_number"),
        CheckConstraint("own_points BETWEEN 0 AND 200", name="own_points"),
        CheckConstraint("appraised_points BETWEEN 0 AND 200", name="appraised_points"),
        UniqueConstraint("unit_id", "year", "quarter", "index_number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    year: Mapped[int] = mapped_column(SmallInteger)
    quarter: Mapped[int] = mapped_column(SmallInteger)
    index_number: Mapped[int] = mapped_column(SmallInteger)
    own_points: Mapped[int | None] = mapped_column(SmallInteger)
    appraised_points: Mapped[int | None] = mapped_column(SmallInteger)
    reason: Mapped[str] = mapped_column(String(500))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_by: Mapped[str] = mapped_column(String(60))


class OfficerReview(Base):
    """What an officer says of the own figures of a quarter, seen before the head saw them.

    Absent are: `reply` while nothing was said, `answer` while the head has not answered it.
    """

    __tablename__ = "officer_review"
    __table_args__ = (
        CheckConstraint("quarter BETWEEN 1 AND 4", name="quarter"),
        CheckConstraint("(reply IS NULL) = (replied_at IS NULL)", name="reply"),
        CheckConstraint("answer IS NULL OR reply IS NOT NULL", name="answer"),
        UniqueConstraint("unit_id", "year", "quarter", "officer"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    officer: Mapped[str] = mapped_column(String(80))
    year: Mapped[int] = mapped_column(SmallInteger)
    quarter: Mapped[int] = mapped_column(SmallInteger)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reply: Mapped[str | None] = mapped_column(String(2000))
    replied_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answer: Mapped[str | None] = mapped_column(String(2000))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by: Mapped[str | None] = mapped_column(String(60))


class ShiftCorrection(Base):
    """Who really served at a counter in some hours of a day, "" for nobody named; the last one made holds."""

    __tablename__ = "shift_correction"
    __table_args__ = (
        CheckConstraint("first_hour >= 0 AND first_hour <= last_hour AND last_hour <= 23", name="hours"),
        Index(None, "counter_id", "day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    counter_id: Mapped[int] = mapped_column(ForeignKey("counter.id"))
    day: Mapped[date]
    first_hour: Mapped[int] = mapped_column(SmallInteger)
    last_hour: Mapped[int] = mapped_column(SmallInteger)
    officer: Mapped[str] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(String(500))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str] = mapped_column(String(60))


class Inspection(Base):
    """One inspection of a unit; `subjects` are the keys of what was looked at, with commas between.

    Absent are: `due_on` where nothing is left to mend, `withdrawn_at` unless it was entered by mistake.
    """

    __tablename__ = "inspection"
    __table_args__ = (
        CheckConstraint("found BETWEEN 0 AND 999", name="found"),
        CheckConstraint("mended BETWEEN 0 AND found", name="mended"),
        CheckConstraint("due_on >= inspected_on", name="due_on"),
        Index(None, "unit_id", "inspected_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    inspected_on: Mapped[date]
    decision: Mapped[str] = mapped_column(String(300))
    subjects: Mapped[str] = mapped_column(String(100))
    problems: Mapped[str] = mapped_column(String(2000))
    found: Mapped[int] = mapped_column(SmallInteger)
    mended: Mapped[int] = mapped_column(SmallInteger)
    due_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(String(500))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_by: Mapped[str] = mapped_column(String(60))
