"""Tables of notices: who is told, what there is to tell, each message on its way, and the daily jobs that ran."""

from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, SmallInteger, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from feedback_service.db import Base, UtcDateTime
from feedback_service.notices.rules.events import Event
from feedback_service.notices.rules.tries import Channel, Status


def _one_of(column: str, values: type[Event] | type[Channel] | type[Status]) -> str:
    return f"{column} IN ({', '.join(repr(value.value) for value in values)})"


class NoticeTarget(Base):
    """An address that is told of some events: an officer's own, a mailbox of the office, another system.

    Without a unit it hears of every unit. `seed` gives a webhook its secret, which itself is kept nowhere.
    """

    __tablename__ = "notice_target"
    __table_args__ = (
        CheckConstraint(_one_of("channel", Channel), name="channel"),
        CheckConstraint("account_id IS NULL OR channel = 'mail'", name="personal"),
        Index(
            "uq_notice_target_account_id",
            "account_id",
            unique=True,
            sqlite_where=text("account_id IS NOT NULL"),
            postgresql_where=text("account_id IS NOT NULL"),
        ),
        Index(None, "unit_id"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    channel: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(80))
    address: Mapped[str] = mapped_column(String(500))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    events: Mapped[str] = mapped_column(Text)
    seed: Mapped[str] = mapped_column(String(32))
    salt: Mapped[str] = mapped_column(String(32))
    is_active: Mapped[bool] = mapped_column(Boolean)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class StoredNotice(Base):
    """Something to tell, written with the act itself; `key` is what it must not be told twice for."""

    __tablename__ = "notice"
    __table_args__ = (
        CheckConstraint(_one_of("event", Event), name="event"),
        CheckConstraint("language IN ('vi', 'en')", name="language"),
        Index(None, "key", unique=True),
        Index(None, "made_at"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    key: Mapped[str] = mapped_column(String(120))
    event: Mapped[str] = mapped_column(String(40))
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[str] = mapped_column(String(80))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    language: Mapped[str] = mapped_column(String(2))
    path: Mapped[str] = mapped_column(String(200))
    facts: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Delivery(Base):
    """One message to one address; without a target it goes to the citizen, by what was left with the record.

    `channel` is absent until the worker knows how that citizen can be reached, `finished_at` while it is on its way.
    `problem` says why the last try failed, `code` what the other side answered, absent when it said nothing.
    """

    __tablename__ = "notice_delivery"
    __table_args__ = (
        CheckConstraint(_one_of("channel", Channel), name="channel"),
        CheckConstraint(_one_of("status", Status), name="status"),
        CheckConstraint("tries >= 0", name="tries"),
        CheckConstraint("(status = 'waiting') = (finished_at IS NULL)", name="finished"),
        Index(None, "status", "due_at"),
        Index(None, "notice_id"),
        Index(None, "target_id"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    notice_id: Mapped[str] = mapped_column(ForeignKey("notice.id"))
    target_id: Mapped[int | None] = mapped_column(ForeignKey("notice_target.id"))
    channel: Mapped[str | None] = mapped_column(String(10))
    status: Mapped[str] = mapped_column(String(10))
    tries: Mapped[int] = mapped_column(SmallInteger)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    problem: Mapped[str] = mapped_column(String(200))
    code: Mapped[int | None] = mapped_column(SmallInteger)


class NoticeHours(Base):
    """When telephones are written to, as local times such as 20:00; no row where nobody has chosen."""

    __tablename__ = "notice_hours"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    evening: Mapped[str] = mapped_column(String(5))
    quiet_from: Mapped[str] = mapped_column(String(5))
    quiet_until: Mapped[str] = mapped_column(String(5))


class JobRun(Base):
    """A job that was done for a day, or for a part of it: written in the same transaction, so that it is done once.

    `key` is the name of the job, the day, and the part of it.
    """

    __tablename__ = "job_run"
    __table_args__ = (Index(None, "finished_at"),)

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    finished_at: Mapped[datetime] = mapped_column(UtcDateTime)
