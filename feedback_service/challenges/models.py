"""The table of challenges that were used up, so that each is good for one try."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from feedback_service.db import Base, UtcDateTime


class ChallengeSpend(Base):
    """One challenge that was answered, rightly or wrongly; `record_id` names what was to be stored with it."""

    __tablename__ = "challenge_spend"
    __table_args__ = (
        CheckConstraint("length(nonce) = 32", name="nonce"),
        CheckConstraint("outcome IN ('passed', 'failed')", name="outcome"),
        CheckConstraint("length(record_id) = 36", name="record_id"),
        Index(None, "spent_at"),
    )

    nonce: Mapped[str] = mapped_column(String(32), primary_key=True)
    form: Mapped[str] = mapped_column(String(100))
    outcome: Mapped[str] = mapped_column(String(6))
    record_id: Mapped[str] = mapped_column(String(36))
    spent_at: Mapped[datetime] = mapped_column(UtcDateTime)
