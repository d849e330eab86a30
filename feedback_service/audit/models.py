"""Tables of the ledger: entries are added, never changed; each lane keeps its head."""

from sqlalchemy import BigInteger, CheckConstraint, Index, SmallInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from feedback_service.db import Base


class LedgerEntry(Base):
    """One sealed entry; `at` is kept as it is hashed (ISO 8601), `digest` is absent when the record is gone."""

    __tablename__ = "ledger_entry"
    __table_args__ = (
        CheckConstraint("lane >= 0 AND lane < 64", name="lane"),
        CheckConstraint("sequence > 0", name="sequence"),
        CheckConstraint("length(hash) = 64 AND length(previous_hash) = 64", name="hash"),
        Index(None, "subject_kind", "subject_id"),
        Index(None, "at"),
    )

    lane: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    sequence: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(32))
    act: Mapped[str] = mapped_column(String(60))
    actor: Mapped[str] = mapped_column(String(60))
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[str] = mapped_column(String(80))
    digest: Mapped[str | None] = mapped_column(String(64))
    facts: Mapped[str] = mapped_column(Text)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class LedgerLane(Base):
    """The head of one chain; writers of the same lane wait for each other here."""

    __tablename__ = "ledger_lane"
    __table_args__ = (
        CheckConstraint("lane >= 0 AND lane < 64", name="lane"),
        CheckConstraint("sequence >= 0", name="sequence"),
    )

    lane: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    sequence: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[str] = mapped_column(String(64))
