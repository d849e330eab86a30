"""Tables of questionnaires: a name for each, and its versions, which never change once they are published."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from feedback_service.db import Base, UtcDateTime


class Questionnaire(Base):
    """What is asked on one occasion, whatever its wording this year; `id` is a word such as "kiosk-5"."""

    __tablename__ = "questionnaire"
    __table_args__ = (CheckConstraint("kind IN ('kiosk', 'survey')", name="kind"),)

    id: Mapped[str] = mapped_column(String(60), primary_key=True)
    title_vi: Mapped[str] = mapped_column(String(200))
    title_en: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20))


class QuestionnaireVersion(Base):
    """The questions in one wording; no `valid_to` means for the time being, no `published_at` means a draft."""

    __tablename__ = "questionnaire_version"
    __table_args__ = (
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("status IN ('draft', 'published', 'retired')", name="status"),
        CheckConstraint("(status = 'draft') = (published_at IS NULL)", name="published"),
        CheckConstraint("valid_to >= valid_from", name="validity"),
        UniqueConstraint("questionnaire_id", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    questionnaire_id: Mapped[str] = mapped_column(String(60), ForeignKey("questionnaire.id"))
    number: Mapped[int]
    status: Mapped[str] = mapped_column(String(20))
    questions: Mapped[str] = mapped_column(Text)
    legal_basis: Mapped[str] = mapped_column(String(1000))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    is_unverified: Mapped[bool]
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
