"""Tables of asking outside the lobby: surveys on the web, and ballots for dossiers, each good for one voice."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from feedback_service.db import Base, UtcDateTime


class Survey(Base):
    """A questionnaire asked on the web at one address.

    Absent are: `counter_id` for the whole unit, `closes_at` while no end is set, `closed_at` before somebody closed
    it, `quota` without a limit of answers.
    """

    __tablename__ = "survey"
    __table_args__ = (
        CheckConstraint("ladder IN ('code-work', 'work', 'code')", name="ladder"),
        CheckConstraint("quota > 0", name="quota"),
        Index(None, "unit_id"),
        Index(None, "questionnaire_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    questionnaire_id: Mapped[str] = mapped_column(String(60), ForeignKey("questionnaire.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    counter_id: Mapped[int | None] = mapped_column(ForeignKey("counter.id"))
    ladder: Mapped[str] = mapped_column(String(12))
    quota: Mapped[int | None]
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SurveyCount(Base):
    """How many answers a survey has taken; one row each, so that a quota is kept to the answer."""

    __tablename__ = "survey_count"
    __table_args__ = (CheckConstraint("answered >= 0", name="answered"),)

    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), primary_key=True, autoincrement=False)
    answered: Mapped[int]


class QrCode(Base):
    """A printed way to a survey.

    Absent are: `counter_id` for the whole unit, `procedure_id` for every procedure, `revoked_at` while it leads there.
    """

    __tablename__ = "qr_code"
    __table_args__ = (Index(None, "survey_id"),)

    code: Mapped[str] = mapped_column(String(16), primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"))
    counter_id: Mapped[int | None] = mapped_column(ForeignKey("counter.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    procedure_id: Mapped[int | None] = mapped_column(ForeignKey("procedure.id"))


class QrScan(Base):
    """How often a code was scanned on one day; nothing is known of who scanned it."""

    __tablename__ = "qr_scan"
    __table_args__ = (CheckConstraint("count > 0", name="count"),)

    code: Mapped[str] = mapped_column(String(16), ForeignKey("qr_code.code"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    count: Mapped[int]


class Ballot(Base):
    """The right of one dossier to one voice: sealed code of the dossier, sealed code of the link, nothing of either.

    `filled` holds what the dates of the dossier answer, as JSON by question; `procedure_id` is absent where the list
    named none, and has no foreign key, as in `Rating`.
    """

    __tablename__ = "ballot"
    __table_args__ = (
        CheckConstraint("length(dossier_hash) = 64 AND length(link_hash) = 64", name="hashes"),
        CheckConstraint("expires_at > issued_at", name="expiry"),
        Index(None, "unit_id", "issued_at"),
    )

    dossier_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    link_hash: Mapped[str] = mapped_column(String(64), unique=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    questionnaire_id: Mapped[str] = mapped_column(String(60), ForeignKey("questionnaire.id"))
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    filled: Mapped[str] = mapped_column(Text)
    procedure_id: Mapped[int | None]


class BallotInvitation(Base):
    """That somebody is invited to use a ballot, once; number and link are locked, and absent once the message went."""

    __tablename__ = "ballot_invitation"
    __table_args__ = (Index(None, "queued_at"),)

    dossier_hash: Mapped[str] = mapped_column(String(64), ForeignKey("ballot.dossier_hash"), primary_key=True)
    queued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    locked: Mapped[str | None] = mapped_column(Text)


class BallotUse(Base):
    """The rating that used a ballot: the first one, whatever the channel; it is written before the rating itself."""

    __tablename__ = "ballot_use"

    dossier_hash: Mapped[str] = mapped_column(String(64), ForeignKey("ballot.dossier_hash"), primary_key=True)
    rating_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("rating.id", deferrable=True, initially="DEFERRED"), unique=True
    )
