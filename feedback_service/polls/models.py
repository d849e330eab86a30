"""Tables of polls: the polls, their options, the votes, their tally, and what is in doubt about them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, SmallInteger, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from feedback_service.db import Base, UtcDateTime


class Poll(Base):
    """One question to citizens; `closes_at` is absent while it stays open until somebody closes it.

    `portals` holds the origins that may show it in a frame, with spaces between; absent while there is none.
    """

    __tablename__ = "poll"
    __table_args__ = (
        CheckConstraint("kind IN ('single', 'multiple')", name="kind"),
        CheckConstraint("status IN ('draft', 'open', 'closed', 'archived')", name="status"),
        CheckConstraint("ladder IN ('code-work', 'work', 'code')", name="ladder"),
        CheckConstraint("results_shown IN ('always', 'after-vote', 'after-close')", name="results_shown"),
        CheckConstraint("most_choices >= 1 AND (kind = 'multiple' OR most_choices = 1)", name="most_choices"),
        UniqueConstraint("slug"),
        Index(None, "status", "opens_at"),
        Index(None, "unit_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    question_vi: Mapped[str] = mapped_column(String(300))
    question_en: Mapped[str] = mapped_column(String(300))
    note_vi: Mapped[str] = mapped_column(String(600))
    note_en: Mapped[str] = mapped_column(String(600))
    kind: Mapped[str] = mapped_column(String(10))
    most_choices: Mapped[int] = mapped_column(SmallInteger)
    status: Mapped[str] = mapped_column(String(10))
    opens_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ladder: Mapped[str] = mapped_column(String(12))
    results_shown: Mapped[str] = mapped_column(String(12))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    portals: Mapped[str | None] = mapped_column(Text)


class PollOption(Base):
    """One answer that may be chosen; `position` counts from 1."""

    __tablename__ = "poll_option"
    __table_args__ = (CheckConstraint("position >= 1", name="position"), UniqueConstraint("poll_id", "position"))

    id: Mapped[int] = mapped_column(primary_key=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"))
    position: Mapped[int] = mapped_column(SmallInteger)
    text_vi: Mapped[str] = mapped_column(String(200))
    text_en: Mapped[str] = mapped_column(String(200))


class Vote(Base):
    """One vote, stored once and never changed; `nonce` is the challenge that was spent for it.

    Absent in votes that were not cast by a browser: `network`, which names one network on one day and cannot be
    traced back once the key of that day is destroyed, `fill_seconds`, the channel, and what finds it by its receipt.
    `doubt` is absent when there was none.
    """

    __tablename__ = "vote"
    __table_args__ = (
        CheckConstraint("length(id) = 36", name="id"),
        CheckConstraint("tier IN ('clean', 'suspicious')", name="tier"),
        CheckConstraint("length(nonce) = 32 AND length(salt) = 32", name="nonce"),
        CheckConstraint("doubt IN ('budget', 'browser')", name="doubt"),
        CheckConstraint("channel IN ('site', 'embed')", name="channel"),
        CheckConstraint("fill_seconds >= 0", name="fill_seconds"),
        UniqueConstraint("nonce"),
        UniqueConstraint("receipt"),
        Index(None, "poll_id", "stored_at"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"))
    stored_at: Mapped[datetime] = mapped_column(UtcDateTime)
    tier: Mapped[str] = mapped_column(String(12))
    nonce: Mapped[str] = mapped_column(String(32))
    salt: Mapped[str] = mapped_column(String(32))
    doubt: Mapped[str | None] = mapped_column(String(10))
    channel: Mapped[str | None] = mapped_column(String(8))
    network: Mapped[str | None] = mapped_column(String(16))
    fill_seconds: Mapped[int | None] = mapped_column(SmallInteger)
    receipt: Mapped[str | None] = mapped_column(String(32))


class VoteChoice(Base):
    """One option chosen in one vote."""

    __tablename__ = "vote_choice"
    __table_args__ = (Index(None, "option_id"),)

    vote_id: Mapped[str] = mapped_column(ForeignKey("vote.id"), primary_key=True)
    option_id: Mapped[int] = mapped_column(ForeignKey("poll_option.id"), primary_key=True)


class PollTally(Base):
    """How often an option was chosen, kept with each vote; option 0 counts the votes themselves."""

    __tablename__ = "poll_tally"
    __table_args__ = (
        CheckConstraint("tier IN ('clean', 'suspicious')", name="tier"),
        CheckConstraint("option_id >= 0 AND count >= 0", name="count"),
    )

    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"), primary_key=True)
    option_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    tier: Mapped[str] = mapped_column(String(12), primary_key=True)
    count: Mapped[int]


class PollNetwork(Base):
    """How many votes one network has sent on one day; forgotten with the key of that day."""

    __tablename__ = "poll_network"
    __table_args__ = (CheckConstraint("votes > 0", name="votes"), Index(None, "counted_on"))

    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"), primary_key=True)
    network: Mapped[str] = mapped_column(String(16), primary_key=True)
    counted_on: Mapped[date] = mapped_column(Date)
    votes: Mapped[int]


class PollTraffic(Base):
    """What came to a poll in an hour beside counted votes: `issued` pages to vote on, and refusals by their reason."""

    __tablename__ = "poll_traffic"
    __table_args__ = (CheckConstraint("count > 0", name="count"),)

    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"), primary_key=True)
    hour_at: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    count: Mapped[int]


class PollFinding(Base):
    """Votes in doubt for one reason, as the rules of `version` found them; made anew whenever they run."""

    __tablename__ = "poll_finding"
    __table_args__ = (CheckConstraint("version >= 1", name="version"), UniqueConstraint("poll_id", "rule", "place"))

    id: Mapped[int] = mapped_column(primary_key=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"))
    rule: Mapped[str] = mapped_column(String(12))
    place: Mapped[str] = mapped_column(String(40))
    version: Mapped[int] = mapped_column(SmallInteger)
    found_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PollFindingVote(Base):
    """One vote that a finding holds."""

    __tablename__ = "poll_finding_vote"
    __table_args__ = (Index(None, "vote_id"),)

    finding_id: Mapped[int] = mapped_column(ForeignKey("poll_finding.id"), primary_key=True)
    vote_id: Mapped[str] = mapped_column(ForeignKey("vote.id"), primary_key=True)


class PollVerdict(Base):
    """What a person decided about a finding, by its rule and place: it outlives the finding when the rules run anew."""

    __tablename__ = "poll_verdict"
    __table_args__ = (UniqueConstraint("poll_id", "rule", "place"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"))
    rule: Mapped[str] = mapped_column(String(12))
    place: Mapped[str] = mapped_column(String(40))
    is_counted: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(500))
    decided_by: Mapped[str] = mapped_column(String(60))
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)


class VoteStanding(Base):
    """How a vote counts by now, where that differs from how it was stored; made anew whenever the rules run."""

    __tablename__ = "vote_standing"
    __table_args__ = (CheckConstraint("tier IN ('clean', 'suspicious')", name="tier"),)

    vote_id: Mapped[str] = mapped_column(ForeignKey("vote.id"), primary_key=True)
    tier: Mapped[str] = mapped_column(String(12))
