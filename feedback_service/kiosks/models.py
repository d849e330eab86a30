"""Tables of tablets: what staff decided about each, what each last said of itself, codes, settings, prompts."""

from datetime import datetime

from sqlalchemy import BigInteger, Boolean, CheckConstraint, ForeignKey, Index, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from feedback_service.db import Base, UtcDateTime


class Kiosk(Base):
    """A tablet; without a counter it serves the whole unit, with `revoked_at` it may send nothing more.

    With `lost_since` its ratings given from then on are left out of the figures, as long as it is so.

    `questionnaire_id` has no foreign key: questionnaires are made later in the migrations and are never deleted.
    """

    __tablename__ = "kiosk"
    __table_args__ = (
        Index(None, "token_hash", unique=True),
        Index(None, "unit_id"),
        Index(None, "counter_id"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    counter_id: Mapped[int | None] = mapped_column(ForeignKey("counter.id"))
    name: Mapped[str] = mapped_column(String(80))
    questionnaire_id: Mapped[str] = mapped_column(String(60))
    is_officer_shown: Mapped[bool] = mapped_column(Boolean)
    token_hash: Mapped[str] = mapped_column(String(64))
    enrolled_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lost_since: Mapped[datetime | None] = mapped_column(UtcDateTime)


class KioskState(Base):
    """What a tablet said in its last heartbeat; absent values were not said (a browser may not know its battery)."""

    __tablename__ = "kiosk_state"
    __table_args__ = (
        CheckConstraint("queued >= 0", name="queued"),
        CheckConstraint("last_sequence >= 0", name="last_sequence"),
        CheckConstraint("battery_percent BETWEEN 0 AND 100", name="battery_percent"),
    )

    kiosk_id: Mapped[int] = mapped_column(ForeignKey("kiosk.id"), primary_key=True, autoincrement=False)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    queued: Mapped[int] = mapped_column(Integer)
    last_sequence: Mapped[int] = mapped_column(BigInteger)
    storage_persisted: Mapped[bool | None] = mapped_column(Boolean)
    app_version: Mapped[str] = mapped_column(String(40))
    clock_skew_seconds: Mapped[int | None] = mapped_column(BigInteger)
    battery_percent: Mapped[int | None] = mapped_column(Integer)


class KioskCode(Base):
    """A one-time code that turns a tablet into a kiosk; only its hash is kept. `used_at` absent: still good."""

    __tablename__ = "kiosk_code"
    __table_args__ = (
        CheckConstraint("(used_at IS NULL) = (kiosk_id IS NULL)", name="used"),
        CheckConstraint("created_at < expires_at", name="life"),
        Index(None, "expires_at"),
    )

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    counter_id: Mapped[int | None] = mapped_column(ForeignKey("counter.id"))
    name: Mapped[str] = mapped_column(String(80))
    questionnaire_id: Mapped[str] = mapped_column(String(60))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    kiosk_id: Mapped[int | None] = mapped_column(ForeignKey("kiosk.id"))


class KioskSetting(Base):
    """What holds for every tablet of a unit; a unit without a row has the defaults.

    `is_photo_shown` is absent until somebody has switched it on.
    """

    __tablename__ = "kiosk_setting"
    __table_args__ = (
        CheckConstraint("idle_seconds BETWEEN 15 AND 180", name="idle_seconds"),
        CheckConstraint("warning_seconds BETWEEN 10 AND 60", name="warning_seconds"),
        CheckConstraint("thanks_seconds BETWEEN 2 AND 15", name="thanks_seconds"),
    )

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True, autoincrement=False)
    languages: Mapped[str] = mapped_column(String(40))
    idle_seconds: Mapped[int] = mapped_column(Integer)
    warning_seconds: Mapped[int] = mapped_column(Integer)
    thanks_seconds: Mapped[int] = mapped_column(Integer)
    is_photo_shown: Mapped[bool | None] = mapped_column(Boolean)


class CounterRoster(Base):
    """The shifts of a counter as JSON: hours of the week, who serves then with which photo, what is asked then."""

    __tablename__ = "counter_roster"

    counter_id: Mapped[int] = mapped_column(ForeignKey("counter.id"), primary_key=True, autoincrement=False)
    shifts: Mapped[str] = mapped_column(Text)


class PastRoster(Base):
    """The shifts of a counter as they were until a moment, so that nobody answers for the hours of somebody else."""

    __tablename__ = "past_roster"
    __table_args__ = (Index(None, "counter_id", "until_at"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    counter_id: Mapped[int] = mapped_column(ForeignKey("counter.id"))
    shifts: Mapped[str] = mapped_column(Text)
    until_at: Mapped[datetime] = mapped_column(UtcDateTime)


class KioskPhoto(Base):
    """A photo of an officer, drawn anew and small, named by the digest of its bytes; kept while a roster names it."""

    __tablename__ = "kiosk_photo"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class KioskSound(Base):
    """A recording that somebody of the office spoke, named by the digest of its bytes; never changed."""

    __tablename__ = "kiosk_sound"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(20))
    content: Mapped[bytes] = mapped_column(LargeBinary)


class KioskPrompt(Base):
    """How a sentence of the tablet is written and spoken in a language; `source` is the sentence in Vietnamese.

    Without `text` the Vietnamese stands there, without `sound_hash` nobody has spoken it yet.
    """

    __tablename__ = "kiosk_prompt"
    __table_args__ = (
        CheckConstraint("language IN ('vi', 'bru', 'pac')", name="language"),
        Index(None, "language", "source", unique=True),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    language: Mapped[str] = mapped_column(String(8))
    source: Mapped[str] = mapped_column(String(1000))
    text: Mapped[str | None] = mapped_column(String(1000))
    sound_hash: Mapped[str | None] = mapped_column(ForeignKey("kiosk_sound.hash"))
