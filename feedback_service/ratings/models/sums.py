"""Tables of what the tallies of days add up to, so that long periods and many units are read in few rows."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from feedback_service.db import Base
from feedback_service.ratings.models.stored import CHANNELS, TIERS
from feedback_service.ratings.models.tallies import Levels, level_checks


class MonthTally(Levels, Base):
    """What `RatingTally` comes to in a month, so that a year of a province is read in a few thousand rows."""

    __tablename__ = "month_tally"
    __table_args__ = (
        CheckConstraint(CHANNELS, name="channel"),
        CheckConstraint(TIERS, name="tier"),
        *level_checks(),
        {"sqlite_with_rowid": False},
    )

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    month_on: Mapped[date] = mapped_column(primary_key=True)
    counter_id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_version.id"), primary_key=True)
    question: Mapped[str] = mapped_column(String(60), primary_key=True)
    channel: Mapped[str] = mapped_column(String(10), primary_key=True)
    tier: Mapped[str] = mapped_column(String(12), primary_key=True)


class WeekdayTally(Levels, Base):
    """What `HourTally` comes to in a month by weekday, whatever the counter; Monday is weekday 0."""

    __tablename__ = "weekday_tally"
    __table_args__ = (
        CheckConstraint("weekday >= 0 AND weekday <= 6", name="weekday"),
        CheckConstraint("hour >= 0 AND hour <= 23", name="hour"),
        CheckConstraint(CHANNELS, name="channel"),
        CheckConstraint(TIERS, name="tier"),
        *level_checks(),
        {"sqlite_with_rowid": False},
    )

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    month_on: Mapped[date] = mapped_column(primary_key=True)
    weekday: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    hour: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_version.id"), primary_key=True)
    channel: Mapped[str] = mapped_column(String(10), primary_key=True)
    tier: Mapped[str] = mapped_column(String(12), primary_key=True)


class ProcedureMonthTally(Levels, Base):
    """What `ProcedureTally` comes to in a month, whatever the counter."""

    __tablename__ = "procedure_month_tally"
    __table_args__ = (
        CheckConstraint(CHANNELS, name="channel"),
        CheckConstraint(TIERS, name="tier"),
        *level_checks(),
        {"sqlite_with_rowid": False},
    )

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    month_on: Mapped[date] = mapped_column(primary_key=True)
    procedure_id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_version.id"), primary_key=True)
    channel: Mapped[str] = mapped_column(String(10), primary_key=True)
    tier: Mapped[str] = mapped_column(String(12), primary_key=True)
    is_marked: Mapped[bool] = mapped_column(primary_key=True)


class LaneDayTally(Levels, Base):
    """What `RatingTally` comes to on a day in all units of a lane together."""

    __tablename__ = "lane_day_tally"
    __table_args__ = (
        CheckConstraint("lane >= 0 AND lane <= 7", name="lane"),
        CheckConstraint(CHANNELS, name="channel"),
        CheckConstraint(TIERS, name="tier"),
        *level_checks(),
        {"sqlite_with_rowid": False},
    )

    day: Mapped[date] = mapped_column(primary_key=True)
    lane: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_version.id"), primary_key=True)
    question: Mapped[str] = mapped_column(String(60), primary_key=True)
    channel: Mapped[str] = mapped_column(String(10), primary_key=True)
    tier: Mapped[str] = mapped_column(String(12), primary_key=True)


class LaneHourTally(Levels, Base):
    """What `WeekdayTally` comes to in all units of a lane together."""

    __tablename__ = "lane_hour_tally"
    __table_args__ = (
        CheckConstraint("lane >= 0 AND lane <= 7", name="lane"),
        CheckConstraint("weekday >= 0 AND weekday <= 6", name="weekday"),
        CheckConstraint("hour >= 0 AND hour <= 23", name="hour"),
        CheckConstraint(CHANNELS, name="channel"),
        CheckConstraint(TIERS, name="tier"),
        *level_checks(),
        {"sqlite_with_rowid": False},
    )

    month_on: Mapped[date] = mapped_column(primary_key=True)
    weekday: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    hour: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    lane: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_version.id"), primary_key=True)
    channel: Mapped[str] = mapped_column(String(10), primary_key=True)
    tier: Mapped[str] = mapped_column(String(12), primary_key=True)


class LaneChoiceTally(Base):
    """What `ChoiceTally` comes to in a month in all units of a lane together."""

    __tablename__ = "lane_choice_tally"
    __table_args__ = (
        CheckConstraint("lane >= 0 AND lane <= 7", name="lane"),
        CheckConstraint(CHANNELS, name="channel"),
        CheckConstraint(TIERS, name="tier"),
        CheckConstraint("count >= 0", name="count"),
        {"sqlite_with_rowid": False},
    )

    month_on: Mapped[date] = mapped_column(primary_key=True)
    lane: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_version.id"), primary_key=True)
    question: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[str] = mapped_column(String(60), primary_key=True)
    channel: Mapped[str] = mapped_column(String(10), primary_key=True)
    tier: Mapped[str] = mapped_column(String(12), primary_key=True)
    count: Mapped[int]
