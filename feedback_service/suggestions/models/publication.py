"""Tables of what everybody may read: the published answers and their words for the search."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from feedback_service.db import Base, UtcDateTime
from feedback_service.suggestions.models.case import one_of
from feedback_service.suggestions.rules.kinds import Kind


class PublishedAnswer(Base):
    """A question and its answer as they are shown to everybody; the row goes when the publication is withdrawn."""

    __tablename__ = "published_answer"
    __table_args__ = (
        CheckConstraint(one_of("kind", Kind), name="kind"),
        CheckConstraint("length(question) <= 12000 AND length(answer) <= 12000", name="texts"),
        Index(None, "answered_on", "suggestion_id"),
        Index(None, "unit_id", "answered_on", "suggestion_id"),
        Index(None, "kind", "answered_on", "suggestion_id"),
    )

    suggestion_id: Mapped[int] = mapped_column(ForeignKey("suggestion.id"), primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(10))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    title: Mapped[str] = mapped_column(String(160))
    question: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text)
    received_on: Mapped[date]
    answered_on: Mapped[date]
    answer_days: Mapped[int]
    late_days: Mapped[int]
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AnswerWord(Base):
    """A folded word of a published question or answer; what was masked is not among them."""

    __tablename__ = "answer_word"
    __table_args__ = (Index(None, "suggestion_id"), {"sqlite_with_rowid": False})

    word: Mapped[str] = mapped_column(String(32), primary_key=True)
    suggestion_id: Mapped[int] = mapped_column(ForeignKey("published_answer.suggestion_id"), primary_key=True)
