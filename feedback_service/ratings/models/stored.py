"""Tables of ratings: the ratings with their labels, what was written, and what was refused."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, SmallInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from feedback_service.db import Base, UtcDateTime

CHANNELS = "channel IN ('kiosk', 'web', 'qr', 'paper', 'phone')"
TIERS = "tier IN ('dossier', 'kiosk', 'web', 'suspicious')"


class Rating(Base):
    """One rating, stored once and never changed.

    Absent are: `kiosk_id` and `sequence` without a tablet, `counter_id` when no counter is known, `level` and `levels`
    when no faces were asked for, `ballot_hash` without a ballot, `survey_id` outside surveys, `procedure_id` where
    none is known; these two have no foreign key, so that the largest table was not rewritten for them.
    """

    __tablename__ = "rating"
    __table_args__ = (
        CheckConstraint("length(id) = 36", name="id"),
        CheckConstraint("sequence >= 0", name="sequence"),
        CheckConstraint(CHANNELS, name="channel"),
        CheckConstraint(TIERS, name="tier"),
        CheckConstraint("language IN ('vi', 'en', 'bru', 'pac')", name="language"),
        CheckConstraint("clock IN ('right', 'future', 'ancient')", name="clock"),
        CheckConstraint("levels IN (3, 5)", name="levels"),
        CheckConstraint("level >= 1 AND level <= levels", name="level"),
        CheckConstraint("(level IS NULL) = (levels IS NULL)", name="level_of_levels"),
        CheckConstraint("length(fingerprint) = 64 AND length(salt) = 32", name="fingerprint"),
        Index(None, "unit_id", "counted_on"),
        Index(None, "kiosk_id", "sequence"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    kiosk_id: Mapped[int | None] = mapped_column(ForeignKey("kiosk.id"))
    sequence: Mapped[int | None] = mapped_column(BigInteger)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    counter_id: Mapped[int | None] = mapped_column(ForeignKey("counter.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_version.id"))
    channel: Mapped[str] = mapped_column(String(10))
    tier: Mapped[str] = mapped_column(String(12))
    language: Mapped[str] = mapped_column(String(8))
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    stored_at: Mapped[datetime] = mapped_column(UtcDateTime)
    counted_on: Mapped[date]
    clock: Mapped[str] = mapped_column(String(10))
    level: Mapped[int | None] = mapped_column(SmallInteger)
    levels: Mapped[int | None] = mapped_column(SmallInteger)
    answers: Mapped[str] = mapped_column(Text)
    fingerprint: Mapped[str] = mapped_column(String(64))
    salt: Mapped[str] = mapped_column(String(32))
    ballot_hash: Mapped[str | None] = mapped_column(String(64))
    survey_id: Mapped[int | None]
    procedure_id: Mapped[int | None]


class RatingComment(Base):
    """What a citizen wrote beside a rating; when it is erased, text and salt are absent and the seal stays."""

    __tablename__ = "rating_comment"
    __table_args__ = (
        CheckConstraint("length(text) >= 1 AND length(text) <= 2000", name="text"),
        CheckConstraint("(text IS NULL) = (salt IS NULL)", name="salt"),
        CheckConstraint("length(seal) = 64", name="seal"),
        Index(None, "unit_id", "written_at"),
    )

    rating_id: Mapped[str] = mapped_column(String(36), ForeignKey("rating.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    text: Mapped[str | None] = mapped_column(Text)
    salt: Mapped[str | None] = mapped_column(String(32))
    seal: Mapped[str] = mapped_column(String(64))


class RatingLabel(Base):
    """Why a rating is remarkable, by which rules; `id` is "rating/label", without `lifted_at` it holds.

    `lifted_by` and `reason` tell who lifted it and why; absent where the rules did, or a tablet was found again.
    """

    __tablename__ = "rating_label"
    __table_args__ = (
        CheckConstraint("label IN ('pace', 'run', 'hours', 'lost')", name="label"),
        Index(None, "rating_id"),
    )

    id: Mapped[str] = mapped_column(String(50), primary_key=True)
    rating_id: Mapped[str] = mapped_column(String(36), ForeignKey("rating.id"))
    label: Mapped[str] = mapped_column(String(10))
    rules_version: Mapped[int]
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)
    lifted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lifted_by: Mapped[str | None] = mapped_column(String(60))
    reason: Mapped[str | None] = mapped_column(String(500))


class RatingQuarantine(Base):
    """A rating that was refused, as it came; `id` is the digest of kiosk and content, so that it stands here once."""

    __tablename__ = "rating_quarantine"
    __table_args__ = (
        CheckConstraint("length(id) = 64", name="id"),
        CheckConstraint("code IN ('invalid', 'not-found', 'conflict')", name="code"),
        Index(None, "unit_id", "refused_at"),
    )

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    kiosk_id: Mapped[int] = mapped_column(ForeignKey("kiosk.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    refused_at: Mapped[datetime] = mapped_column(UtcDateTime)
    raw: Mapped[str] = mapped_column(Text)
    code: Mapped[str] = mapped_column(String(40))
    faults: Mapped[str] = mapped_column(Text)
