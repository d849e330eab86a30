"""The table of scores: what a unit gives itself on the nine indices, and what was appraised."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, SmallInteger, String, UniqueConstraint
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
