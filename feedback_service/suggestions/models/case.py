"""Tables of one suggestion: the case, its texts in every version, its steps, its words for the search."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from feedback_service.db import Base, UtcDateTime
from feedback_service.suggestions.rules.kinds import Channel, Kind, Refusal, State, Suspicion, Topic

RATED = text("act = 'rate'")
"""Ratings of answers, which the monthly review looks for by the day."""


def one_of(column: str, values: Iterable[str]) -> str:
    """Return the words of a CHECK that a column holds one of these values."""
    return f"{column} IN ({', '.join(repr(str(value)) for value in values)})"


class Suggestion(Base):
    """One suggestion and where it stands; `version` counts its changes.

    `submission_hash` and `content_hash` recognise a repeat, `code_hash` the tracking code: neither can be turned back.
    `rules` holds the figures of the clock as they were on the day of receipt. Absent are: `code_hash` and `opening_id`
    of what was not written to be tracked or not taken from a box, `rating_id` when it is no comment to a rating,
    `counter_id`, `handler_id`, `suspicion`, `refusal`, `merged_into_id` and `level` as long as there is none,
    `refuse_by`, `ask_by`, `publish_by` where the rules know no such day, and every moment until it has come.
    """

    __tablename__ = "suggestion"
    __table_args__ = (
        CheckConstraint("length(submission_hash) = 64 AND length(content_hash) = 64", name="submission"),
        CheckConstraint("length(code_hash) = 64", name="code_hash"),
        CheckConstraint(one_of("channel", Channel), name="channel"),
        CheckConstraint(one_of("kind", Kind), name="kind"),
        CheckConstraint(one_of("topic", Topic), name="topic"),
        CheckConstraint("language IN ('vi', 'en', 'bru', 'pac')", name="language"),
        CheckConstraint(one_of("state", State), name="state"),
        CheckConstraint(one_of("suspicion", Suspicion), name="suspicion"),
        CheckConstraint(one_of("refusal", Refusal), name="refusal"),
        CheckConstraint("version >= 1", name="version"),
        CheckConstraint("level BETWEEN 1 AND 5", name="level"),
        CheckConstraint("merged_into_id <> id", name="merged"),
        CheckConstraint("(answered_at IS NULL) = (answered_on IS NULL)", name="answered"),
        CheckConstraint("pauses >= 0 AND paused_days >= 0 AND extended_days >= 0", name="clock"),
        CheckConstraint("escalation >= 0 AND reopenings >= 0", name="counts"),
        CheckConstraint("length(salt) = 32", name="salt"),
        UniqueConstraint("submission_hash"),
        UniqueConstraint("code_hash"),
        UniqueConstraint("rating_id"),
        Index(None, "is_open", "due_on", "id"),
        Index(None, "unit_id", "is_open", "due_on", "id"),
        Index(None, "handler_id", "is_open", "due_on", "id"),
        Index(None, "state", "due_on", "id"),
        Index(None, "kind", "is_open", "due_on", "id"),
        Index(None, "channel", "is_open", "due_on", "id"),
        Index(None, "counter_id", "is_open", "due_on", "id"),
        Index(None, "is_hidden", "due_on", "id"),
        Index(None, "level", "rated_at"),
        Index(None, "received_at"),
        Index(None, "answered_on", "is_on_time"),
        Index(None, "closed_at"),
        Index(None, "merged_into_id"),
        Index(None, "opening_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_hash: Mapped[str] = mapped_column(String(64))
    content_hash: Mapped[str] = mapped_column(String(64))
    code_hash: Mapped[str | None] = mapped_column(String(64))
    channel: Mapped[str] = mapped_column(String(10))
    kind: Mapped[str] = mapped_column(String(10))
    topic: Mapped[str] = mapped_column(String(12))
    language: Mapped[str] = mapped_column(String(8))
    rating_id: Mapped[str | None] = mapped_column(String(36), ForeignKey("rating.id"))
    opening_id: Mapped[int | None] = mapped_column(ForeignKey("box_opening.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    first_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    counter_id: Mapped[int | None] = mapped_column(ForeignKey("counter.id"))
    procedure: Mapped[str] = mapped_column(String(200))
    is_about_staff: Mapped[bool]
    is_public_wished: Mapped[bool]
    state: Mapped[str] = mapped_column(String(12))
    is_open: Mapped[bool]
    is_hidden: Mapped[bool]
    is_held: Mapped[bool]
    suspicion: Mapped[str | None] = mapped_column(String(20))
    refusal: Mapped[str | None] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(160))
    handler_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("suggestion.id"))
    version: Mapped[int]
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    rules: Mapped[str] = mapped_column(Text)
    clock_from: Mapped[date]
    refuse_by: Mapped[date | None]
    ask_by: Mapped[date | None]
    due_on: Mapped[date]
    publish_by: Mapped[date | None]
    paused_on: Mapped[date | None]
    paused_until: Mapped[date | None]
    pauses: Mapped[int] = mapped_column(SmallInteger)
    paused_days: Mapped[int] = mapped_column(SmallInteger)
    extended_days: Mapped[int] = mapped_column(SmallInteger)
    escalation: Mapped[int] = mapped_column(SmallInteger)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_on: Mapped[date | None]
    answer_days: Mapped[int | None]
    is_on_time: Mapped[bool | None]
    level: Mapped[int | None] = mapped_column(SmallInteger)
    rated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reopenings: Mapped[int] = mapped_column(SmallInteger)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    salt: Mapped[str] = mapped_column(String(32))


class SuggestionText(Base):
    """What was written, in every version: 1 is the original, later ones are masked; empty once erased.

    `masks` says which proposals were taken and which were not; `account_id` is absent for the original.
    """

    __tablename__ = "suggestion_text"
    __table_args__ = (
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("length(text) <= 12000", name="text"),
        UniqueConstraint("suggestion_id", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    suggestion_id: Mapped[int] = mapped_column(ForeignKey("suggestion.id"))
    number: Mapped[int] = mapped_column(SmallInteger)
    text: Mapped[str] = mapped_column(Text)
    masks: Mapped[str] = mapped_column(Text)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SuggestionStep(Base):
    """One act on a suggestion, with what was said; the citizen sees those that are `is_shown`.

    `account_id` is absent when a citizen or the service itself acted; `text` is empty when nothing was said or it was
    erased; `facts` is JSON; `due_on` is the due day after this step.
    """

    __tablename__ = "suggestion_step"
    __table_args__ = (
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint(one_of("state", State), name="state"),
        CheckConstraint("length(text) <= 12000", name="text"),
        UniqueConstraint("suggestion_id", "number"),
        Index(None, "at", sqlite_where=RATED, postgresql_where=RATED),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    suggestion_id: Mapped[int] = mapped_column(ForeignKey("suggestion.id"))
    number: Mapped[int]
    act: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(60))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    is_shown: Mapped[bool]
    text: Mapped[str] = mapped_column(Text)
    facts: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date]


class SuggestionWord(Base):
    """A folded word that occurs in a suggestion: found with and without accents, and gone as soon as it is erased."""

    __tablename__ = "suggestion_word"
    __table_args__ = (Index(None, "suggestion_id"), {"sqlite_with_rowid": False})

    word: Mapped[str] = mapped_column(String(32), primary_key=True)
    suggestion_id: Mapped[int] = mapped_column(ForeignKey("suggestion.id"), primary_key=True)
