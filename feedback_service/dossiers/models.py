"""Tables of dossier figures: what a unit received and resolved in a period, and what stood there before."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from feedback_service.db import Base, UtcDateTime

PARTS = (
    "received_online",
    "received_in_person",
    "carried_over",
    "resolved",
    "resolved_early",
    "resolved_on_time",
    "resolved_late",
    "pending",
    "pending_in_time",
    "pending_late",
)
"""Columns 4 to 13 of form II.06a."""


class DossierFigure(Base):
    """Dossiers of one unit, period and field ("" for all fields); a part that the source does not tell is absent.

    `received` is column 3 of form II.06a; `on_time` counts those resolved before or on the day they were due.
    """

    __tablename__ = "dossier_figure"
    __table_args__ = (
        CheckConstraint("last_on >= first_on", name="period"),
        CheckConstraint("on_time >= 0 AND on_time <= received", name="on_time"),
        CheckConstraint(" AND ".join(f"{part} >= 0" for part in PARTS), name="parts"),
        CheckConstraint("received = received_online + received_in_person + carried_over", name="received"),
        CheckConstraint("resolved = resolved_early + resolved_on_time + resolved_late", name="resolved"),
        CheckConstraint("pending = pending_in_time + pending_late", name="pending"),
        CheckConstraint("received = resolved + pending", name="balance"),
        UniqueConstraint("unit_id", "first_on", "last_on", "field"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    first_on: Mapped[date]
    last_on: Mapped[date]
    field: Mapped[str] = mapped_column(String(200))
    received: Mapped[int]
    on_time: Mapped[int]
    received_online: Mapped[int | None]
    received_in_person: Mapped[int | None]
    carried_over: Mapped[int | None]
    resolved: Mapped[int | None]
    resolved_early: Mapped[int | None]
    resolved_on_time: Mapped[int | None]
    resolved_late: Mapped[int | None]
    pending: Mapped[int | None]
    pending_in_time: Mapped[int | None]
    pending_late: Mapped[int | None]
    source: Mapped[str] = mapped_column(String(500))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ReplacedFigure(Base):
    """Figures that others took the place of; `replaced_by` names who did it, as the ledger does. Never changed."""

    __tablename__ = "replaced_figure"
    __table_args__ = (Index(None, "figure_id", "replaced_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    figure_id: Mapped[int] = mapped_column(ForeignKey("dossier_figure.id"))
    received: Mapped[int]
    on_time: Mapped[int]
    received_online: Mapped[int | None]
    received_in_person: Mapped[int | None]
    carried_over: Mapped[int | None]
    resolved: Mapped[int | None]
    resolved_early: Mapped[int | None]
    resolved_on_time: Mapped[int | None]
    resolved_late: Mapped[int | None]
    pending: Mapped[int | None]
    pending_in_time: Mapped[int | None]
    pending_late: Mapped[int | None]
    source: Mapped[str] = mapped_column(String(500))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    replaced_at: Mapped[datetime] = mapped_column(UtcDateTime)
    replaced_by: Mapped[str] = mapped_column(String(60))
