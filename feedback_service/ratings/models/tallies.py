"""Tables of tallies: what the ratings of a day come to, so that no report counts them one by one."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from feedback_service.db import Base
from feedback_service.ratings.models.stored import CHANNELS, TIERS


class Levels:
    """How many ratings of a cell chose each level, and how many there are."""

    level_1: Mapped[int] = mapped_column(sort_order=1)
    level_2: Mapped[int] = mapped_column(sort_order=1)
    level_3: Mapped[int] = mapped_column(sort_order=1)
    level_4: Mapped[int] = mapped_column(sort_order=1)
    level_5: Mapped[int] = mapped_column(sort_order=1)
    total: Mapped[int] = mapped_column(sort_order=1)


def level_checks() -> tuple[CheckConstraint, CheckConstraint]:
    """Return what holds of the counts of every cell."""
    at_least_none = " AND ".join(f"level_{level} >= 0" for level in range(1, 6))
    added_up = " + ".join(f"level_{level}" for level in range(1, 6))
    return CheckConstraint(at_least_none, name="levels"), CheckConstraint(f"total = {added_up}", name="total")


class RatingTally(Levels, Base):
    """How often each level of a faces question was chosen on one day; counter 0 means that none is known."""

    __tablename__ = "rating_tally"
    __table_args__ = (
        CheckConstraint(CHANNELS, name="channel"),
        CheckConstraint(TIERS, name="tier"),
        *level_checks(),
        {"sqlite_with_rowid": False},
    )

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    counter_id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_version.id"), primary_key=True)
    question: Mapped[str] = mapped_column(String(60), primary_key=True)
    channel: Mapped[str] = mapped_column(String(10), primary_key=True)
    tier: Mapped[str] = mapped_column(String(12), primary_key=True)


class HourTally(Levels, Base):
    """How often each level of the first faces was chosen in one hour of the local clock; counter 0: none is known."""

    __tablename__ = "hour_tally"
    __table_args__ = (
        CheckConstraint("hour >= 0 AND hour <= 23", name="hour"),
        CheckConstraint(CHANNELS, name="channel"),
        CheckConstraint(TIERS, name="tier"),
        *level_checks(),
        {"sqlite_with_rowid": False},
    )

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    hour: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    counter_id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_version.id"), primary_key=True)
    channel: Mapped[str] = mapped_column(String(10), primary_key=True)
    tier: Mapped[str] = mapped_column(String(12), primary_key=True)


class MarkTally(Levels, Base):
    """How often each level of the first faces was chosen on one day by labelled ratings; counter 0: none is known."""

    __tablename__ = "mark_tally"
    __table_args__ = (
        CheckConstraint(CHANNELS, name="channel"),
        CheckConstraint(TIERS, name="tier"),
        *level_checks(),
        {"sqlite_with_rowid": False},
    )

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    counter_id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_version.id"), primary_key=True)
    channel: Mapped[str] = mapped_column(String(10), primary_key=True)
    tier: Mapped[str] = mapped_column(String(12), primary_key=True)


class ProcedureTally(Levels, Base):
    """How often each level of the first faces was chosen on one day by ratings whose procedure is known.

    Counter 0: none is known. The procedure has no foreign key, as in `Rating`, so that nobody waits for its row.
    """

    __tablename__ = "procedure_tally"
    __table_args__ = (
        CheckConstraint(CHANNELS, name="channel"),
        CheckConstraint(TIERS, name="tier"),
        *level_checks(),
        {"sqlite_with_rowid": False},
    )

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    procedure_id: Mapped[int] = mapped_column(primary_key=True)
    counter_id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_version.id"), primary_key=True)
    channel: Mapped[str] = mapped_column(String(10), primary_key=True)
    tier: Mapped[str] = mapped_column(String(12), primary_key=True)
    is_marked: Mapped[bool] = mapped_column(primary_key=True)


class ChoiceTally(Base):
    """How often one value of a question with options was chosen on one day; counter 0 means that none is known."""

    __tablename__ = "choice_tally"
    __table_args__ = (
        CheckConstraint(CHANNELS, name="channel"),
        CheckConstraint(TIERS, name="tier"),
        CheckConstraint("count >= 0", name="count"),
        {"sqlite_with_rowid": False},
    )

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    counter_id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_version.id"), primary_key=True)
    question: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[str] = mapped_column(String(60), primary_key=True)
    channel: Mapped[str] = mapped_column(String(10), primary_key=True)
    tier: Mapped[str] = mapped_column(String(12), primary_key=True)
    count: Mapped[int]
