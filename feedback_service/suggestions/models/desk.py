"""Tables of the desk: drafts, answer templates, saved views, the monthly review."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from feedback_service.db import Base, UtcDateTime


class SuggestionDraft(Base):
    """What an officer has begun to write and not sent; nobody else reads it."""

    __tablename__ = "suggestion_draft"
    __table_args__ = (CheckConstraint("length(text) <= 12000", name="text"),)

    suggestion_id: Mapped[int] = mapped_column(ForeignKey("suggestion.id"), primary_key=True, autoincrement=False)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True, autoincrement=False)
    text: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AnswerTemplate(Base):
    """Words that answers often begin with; without a unit they are for every unit."""

    __tablename__ = "answer_template"
    __table_args__ = (Index(None, "unit_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    is_active: Mapped[bool]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SavedView(Base):
    """A choice of filters that an officer keeps; `filters` is the query of the queue's address."""

    __tablename__ = "saved_view"
    __table_args__ = (Index(None, "account_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    name: Mapped[str] = mapped_column(String(60))
    filters: Mapped[str] = mapped_column(String(500))
    position: Mapped[int] = mapped_column(SmallInteger)


class SuggestionReview(Base):
    """What somebody decided in the monthly review about one hidden or badly rated item; `month` is its first day."""

    __tablename__ = "suggestion_review"
    __table_args__ = (
        CheckConstraint("verdict IN ('right', 'shown-again', 'reopened', 'to-improve')", name="verdict"),
        Index(None, "suggestion_id"),
    )

    month: Mapped[date] = mapped_column(primary_key=True)
    suggestion_id: Mapped[int] = mapped_column(ForeignKey("suggestion.id"), primary_key=True, autoincrement=False)
    verdict: Mapped[str] = mapped_column(String(12))
    note: Mapped[str] = mapped_column(Text)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    reviewed_at: Mapped[datetime] = mapped_column(UtcDateTime)
