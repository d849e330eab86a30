"""Tables of what is made: prepared exports, scheduled reports and how each ended, published results."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, SmallInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from feedback_service.db import Base, UtcDateTime


class PreparedExport(Base):
    """An export that the worker makes; its file lies in the data folder under `id`.

    Absent are: `unit_id` for everything within reach, the days for all days, `channel` and `tier` for all of them,
    `begun_at` and `seen_at` before a worker took it, `size_bytes` until it is ready. `unit_ids` is JSON: the reach of
    whoever asked, as it was then.
    """

    __tablename__ = "prepared_export"
    __table_args__ = (
        CheckConstraint("rows_done >= 0 AND rows_total >= 0", name="rows"),
        CheckConstraint("records IN ('ratings', 'votes', 'suggestions')", name="records"),
        CheckConstraint("written_as IN ('csv', 'xlsx', 'jsonl', 'sav')", name="written_as"),
        CheckConstraint("channel IN ('kiosk', 'web', 'qr', 'paper', 'phone', 'site', 'embed')", name="channel"),
        CheckConstraint("tier IN ('dossier', 'kiosk', 'web', 'suspicious', 'clean')", name="tier"),
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
    channel: Mapped[str | None] = mapped_column(String(12))
    tier: Mapped[str | None] = mapped_column(String(12))
    status: Mapped[str] = mapped_column(String(10))
    rows_total: Mapped[int]
    rows_done: Mapped[int]
    size_bytes: Mapped[int | None] = mapped_column(BigInteger)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    begun_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    problem: Mapped[str] = mapped_column(String(200))


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


class PublicationEdition(Base):
    """The counts of a quarter as they are published, closed once.

    `cells` is JSON: lists of unit, counter, scale, levels, and levels of marked ratings.
    """

    __tablename__ = "publication_edition"

    period_key: Mapped[str] = mapped_column(String(16), primary_key=True)
    closed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    cells: Mapped[str] = mapped_column(Text)
