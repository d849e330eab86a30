"""Tables of reports: scores of indices, inspections, prepared exports, figures of officers and who really served."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, SmallInteger, String, Text, UniqueConstraint
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


class PreparedExport(Base):
    """An export that the worker makes; its file lies in the data folder under `id`.

    Absent are: `unit_id` for everything within reach, the days for all days, `begun_at` and `seen_at` before a worker
    took it, `size_bytes` until it is ready. `unit_ids` is JSON: the reach of whoever asked, as it was then.
    """

    __tablename__ = "prepared_export"
    __table_args__ = (
        CheckConstraint("rows_done >= 0 AND rows_total >= 0", name="rows"),
        CheckConstraint("records IN ('ratings', 'votes', 'suggestions')", name="records"),
        CheckConstraint("written_as IN ('csv', 'xlsx', 'jsonl', 'sav')", name="written_as"),
        CheckConstraint("status IN ('waiting', 'making', 'ready', 'failed')", name="status"),
        Index(None, "account_id"),
        Index(None, "status"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    records: Mapped[str] = mapped_column(String(12))
    written_as: Mapped[str] = mapped_column(String(6))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    unit_ids: Mapped[str] = mapped_column(Text)
    first_on: Mapped[date | None]
    last_on: Mapped[date | None]
    status: Mapped[str] = mapped_column(String(10))
    rows_total: Mapped[int]
    rows_done: Mapped[int]
    size_bytes: Mapped[int | None] = mapped_column(BigInteger)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    begun_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    problem: Mapped[str] = mapped_column(String(200))


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


class ReportSchedule(Base):
    """A form that is made by itself some days after each period, and where it goes; next on `next_on`.

    `address` is empty where it goes into the folder, `withdrawn_at` absent while the schedule stands.
    """

    __tablename__ = "report_schedule"
    __table_args__ = (
        CheckConstraint("every IN ('month', 'quarter', 'half', 'year')", name="every"),
        CheckConstraint("written_as IN ('xlsx', 'docx', 'pdf')", name="written_as"),
        CheckConstraint("way IN ('mail', 'folder')", name="way"),
        CheckConstraint("(way = 'mail') = (address <> '')", name="address"),
        CheckConstraint("days_after BETWEEN 1 AND 28", name="days_after"),
        Index(None, "next_on"),
        Index(None, "unit_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    form: Mapped[str] = mapped_column(String(12))
    written_as: Mapped[str] = mapped_column(String(6))
    every: Mapped[str] = mapped_column(String(8))
    is_cut: Mapped[bool]
    days_after: Mapped[int] = mapped_column(SmallInteger)
    way: Mapped[str] = mapped_column(String(8))
    address: Mapped[str] = mapped_column(String(254))
    next_on: Mapped[date]
    is_paused: Mapped[bool]
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_by: Mapped[str] = mapped_column(String(60))


class ReportRun(Base):
    """One making of a scheduled report; `problem` is a message id, `finished_at` absent while it waits."""

    __tablename__ = "report_run"
    __table_args__ = (
        CheckConstraint("status IN ('waiting', 'made', 'failed')", name="status"),
        CheckConstraint("(status = 'waiting') = (finished_at IS NULL)", name="finished"),
        Index(None, "schedule_id", "asked_at"),
        Index(None, "status"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    schedule_id: Mapped[int] = mapped_column(ForeignKey("report_schedule.id"))
    first_on: Mapped[date]
    last_on: Mapped[date]
    status: Mapped[str] = mapped_column(String(8))
    file_name: Mapped[str] = mapped_column(String(120))
    problem: Mapped[str] = mapped_column(String(200))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
