"""Tables of what is kept beside a suggestion: contact in the vault, files, the paper box it came from."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, SmallInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from feedback_service.db import Base, UtcDateTime
from feedback_service.suggestions.models.case import one_of

MEDIA_TYPES = ("image/jpeg", "image/png", "image/webp", "application/pdf")


class SuggestionContact(Base):
    """How a citizen can be reached, sealed with the key `key_name` of the vault; the row goes when it is forgotten."""

    __tablename__ = "suggestion_contact"
    __table_args__ = (CheckConstraint("length(key_name) = 12", name="key_name"),)

    suggestion_id: Mapped[int] = mapped_column(ForeignKey("suggestion.id"), primary_key=True, autoincrement=False)
    key_name: Mapped[str] = mapped_column(String(12))
    sealed: Mapped[str] = mapped_column(Text)
    stored_at: Mapped[datetime] = mapped_column(UtcDateTime)


class BoxOpening(Base):
    """One opening of a paper box and its minutes; `people` is JSON, `finished_at` is absent while slips are typed in.

    `slips` is what was counted by hand when the box was opened.
    """

    __tablename__ = "box_opening"
    __table_args__ = (
        CheckConstraint("slips >= 0 AND blank >= 0 AND legal >= 0", name="slips"),
        CheckConstraint("blank + legal <= slips", name="classes"),
        Index(None, "unit_id", "opened_at"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    number: Mapped[str] = mapped_column(String(40))
    place: Mapped[str] = mapped_column(String(160))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    people: Mapped[str] = mapped_column(Text)
    slips: Mapped[int] = mapped_column(SmallInteger)
    blank: Mapped[int] = mapped_column(SmallInteger)
    legal: Mapped[int] = mapped_column(SmallInteger)
    note: Mapped[str] = mapped_column(Text)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SuggestionFile(Base):
    """A file that was checked and made new, kept in the data folder under its id.

    It belongs to the first text or to a later step of a suggestion (`step_number`), or to the minutes of an opening.
    """

    __tablename__ = "suggestion_file"
    __table_args__ = (
        CheckConstraint("length(id) = 36 AND length(sha256) = 64", name="id"),
        CheckConstraint("(suggestion_id IS NULL) <> (opening_id IS NULL)", name="owner"),
        CheckConstraint("(suggestion_id IS NULL) = (step_number IS NULL)", name="step"),
        CheckConstraint(one_of("media_type", MEDIA_TYPES), name="media_type"),
        CheckConstraint("size_bytes > 0", name="size"),
        Index(None, "suggestion_id"),
        Index(None, "opening_id"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    suggestion_id: Mapped[int | None] = mapped_column(ForeignKey("suggestion.id"))
    step_number: Mapped[int | None]
    opening_id: Mapped[int | None] = mapped_column(ForeignKey("box_opening.id"))
    name: Mapped[str] = mapped_column(String(120))
    media_type: Mapped[str] = mapped_column(String(20))
    size_bytes: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    stored_at: Mapped[datetime] = mapped_column(UtcDateTime)
