"""Tables of polls: the polls, their options, the votes and their tally."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from feedback_service.db import Base, UtcDateTime


class Poll(Base):
    """One question to citizens; `closes_at` is absent while it stays open until somebody closes it."""

    __tablename__ = "poll"
    __table_args__ = (
        CheckConstraint("kind IN ('single', 'multiple')", name="kind"),
        CheckConstraint("status IN ('draft', 'open', 'closed', 'archived')", name="status"),
        CheckConstraint("ladder IN ('code-work', 'work', 'code')", name="ladder"),
        CheckConstraint("results_shown IN ('always', 'after-vote', 'after-close')", name="results_shown"),
        CheckConstraint("most_choices >= 1 AND (kind = 'multiple' OR most_choices = 1)", name="most_choices"),
        UniqueConstraint("slug"),
        Index(None, "status", "opens_at"),
        Index(None, "unit_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    question_vi: Mapped[str] = mapped_column(String(300))
    question_en: Mapped[str] = mapped_column(String(300))
    note_vi: Mapped[str] = mapped_column(String(600))
    note_en: Mapped[str] = mapped_column(String(600))
    kind: Mapped[str] = mapped_column(String(10))
    most_choices: Mapped[int] = mapped_column(SmallInteger)
    status: Mapped[str] = mapped_column(String(10))
    opens_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ladder: Mapped[str] = mapped_column(String(12))
    results_shown: Mapped[str] = mapped_column(String(12))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PollOption(Base):
    """One answer that may be chosen; `position` counts from 1."""

    __tablename__ = "poll_option"
    __table_args__ = (CheckConstraint("position >= 1", name="position"), UniqueConstraint("poll_id", "position"))

    id: Mapped[int] = mapped_column(primary_key=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"))
    position: Mapped[int] = mapped_column(SmallInteger)
    text_vi: Mapped[str] = mapped_column(String(200))
    text_en: Mapped[str] = mapped_column(String(200))


class Vote(Base):
    """One vote, stored once and never changed; `nonce` is the challenge that was spent for it."""

    __tablename__ = "vote"
    __table_args__ = (
        CheckConstraint("length(id) = 36", name="id"),
        CheckConstraint("tier IN ('clean', 'suspicious')", name="tier"),
        CheckConstraint("length(nonce) = 32 AND length(salt) = 32", name="nonce"),
        UniqueConstraint("nonce"),
        Index(None, "poll_id", "stored_at"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"))
    stored_at: Mapped[datetime] = mapped_column(UtcDateTime)
    tier: Mapped[str] = mapped_column(String(12))
    nonce: Mapped[str] = mapped_column(String(32))
    salt: Mapped[str] = mapped_column(String(32))


class VoteChoice(Base):
    """One option chosen in one vote."""

    __tablename__ = "vote_choice"
    __table_args__ = (Index(None, "option_id"),)

    vote_id: Mapped[str] = mapped_column(ForeignKey("vote.id"), primary_key=True)
    option_id: Mapped[int] = mapped_column(ForeignKey("poll_option.id"), primary_key=True)


class PollTally(Base):
    """How often an option was chosen, kept with each vote; option 0 counts the votes themselves."""

    __tablename__ = "poll_tally"
    __table_args__ = (
        CheckConstraint("tier IN ('clean', 'suspicious')", name="tier"),
        CheckConstraint("option_id >= 0 AND count >= 0", name="count"),
    )

    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"), primary_key=True)
    option_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    tier: Mapped[str] = mapped_column(String(12), primary_key=True)
    count: Mapped[int]
