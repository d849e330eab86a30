"""Tables of what is typed in from paper or noted on the telephone, until both keyings agree and it is stored."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from feedback_service.db import Base, UtcDateTime


class PaperBatch(Base):
    """A pile of sheets of one day, keyed by one person and then by another.

    Absent are: `counter_id` for the whole unit, `checked_by` before somebody took up the second keying, each moment
    and `stored_by` before it has come. `differences` and `left_out` are counted when the pile is stored.
    """

    __tablename__ = "paper_batch"
    __table_args__ = (
        CheckConstraint("channel IN ('paper', 'phone')", name="channel"),
        CheckConstraint("checked_by <> keyed_by", name="two_people"),
        CheckConstraint("sheets >= 0 AND differences >= 0 AND left_out >= 0", name="counts"),
        CheckConstraint("(stored_at IS NULL) = (stored_by IS NULL)", name="stored"),
        Index(None, "unit_id", "opened_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    counter_id: Mapped[int | None] = mapped_column(ForeignKey("counter.id"))
    questionnaire_id: Mapped[str] = mapped_column(String(60), ForeignKey("questionnaire.id"))
    version: Mapped[int]
    channel: Mapped[str] = mapped_column(String(10))
    answered_on: Mapped[date]
    keyed_by: Mapped[str] = mapped_column(String(60))
    checked_by: Mapped[str | None] = mapped_column(String(60))
    stored_by: Mapped[str | None] = mapped_column(String(60))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    keyed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    stored_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    dropped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sheets: Mapped[int]
    differences: Mapped[int]
    left_out: Mapped[int]


class PaperSheet(Base):
    """One sheet of a pile as each of the two keyed it (JSON), absent where one did not; gone once it is stored.

    `id` becomes the id of the rating.
    """

    __tablename__ = "paper_sheet"
    __table_args__ = (
        CheckConstraint("length(id) = 36", name="id"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("first IS NOT NULL OR second IS NOT NULL", name="keyed"),
        UniqueConstraint("batch_id", "number"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("paper_batch.id"))
    number: Mapped[int]
    first: Mapped[str | None] = mapped_column(Text)
    second: Mapped[str | None] = mapped_column(Text)
