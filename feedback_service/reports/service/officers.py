"""Acts on the figures of officers, each with an entry: seeing them, replying, answering, correcting who served."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from feedback_service.audit.rules import Act
from feedback_service.audit.service import note
from feedback_service.core.errors import Conflict
from feedback_service.reports.models import OfficerReview, ShiftCorrection
from feedback_service.reports.queries.officers import CORRECTIONS, REVIEWS
from feedback_service.reports.rules.officers import Correction
from feedback_service.reports.rules.periods import ReportPeriod


@dataclass(frozen=True)
class Whose:
    """Whose figures: an officer of a unit, and the quarter."""

    unit_id: int
    officer: str
    quarter: ReportPeriod

    @property
    def key(self) -> dict[str, object]:
        """The columns by which a review is known."""
        when = {"year": self.quarter.year, "quarter": self.quarter.number}
        return {"unit_id": self.unit_id, "officer": self.officer, **when}


def see_figures(session: Session, whose: Whose, *, by: str, now: datetime) -> None:
    """Note that an officer has seen the own figures of a quarter; to see them again changes nothing."""
    if _review_of(session, whose) is None:
        added = insert(OfficerReview).values({**whose.key, "seen_at": now}).returning(OfficerReview.id)
        _note_review(session, session.execute(added).scalar_one(), whose, "seen", (by, now))


def reply(session: Session, whose: Whose, text: str, *, by: str, now: datetime) -> None:
    """Keep what an officer says of the own figures of a quarter; raises Conflict when it is answered already."""
    see_figures(session, whose, by=by, now=now)
    review_id = _open_review(session, whose)
    told = {"reply": text, "replied_at": now}
    session.execute(update(OfficerReview).where(OfficerReview.id == review_id).values(told))
    _note_review(session, review_id, whose, "reply", (by, now))


def answer_reply(session: Session, whose: Whose, text: str, *, by: str, now: datetime) -> None:
    """Answer what an officer said; raises Conflict when it is answered already or nothing was said."""
    review_id = _open_review(session, whose, has_reply=True)
    told = {"answer": text, "answered_at": now, "answered_by": by}
    session.execute(update(OfficerReview).where(OfficerReview.id == review_id).values(told))
    _note_review(session, review_id, whose, "answer", (by, now))


def correct_shift(session: Session, unit_id: int, correction: Correction) -> None:
    """Keep who really served at a counter in some hours; the shifts stay as they are, the figures follow this."""
    added = insert(ShiftCorrection).values(vars(correction)).returning(ShiftCorrection.id)
    kept = session.execute(added).scalar_one()
    digest = CORRECTIONS.digest(session, kept)
    act = Act("shift_correction.made", correction.made_by, (CORRECTIONS.kind, kept), digest, facts={"unit": unit_id})
    note(session, act, now=correction.made_at)


def take_officers(
    session: Session, export_id: UUID, whose: tuple[int, ReportPeriod], *, by: str, now: datetime
) -> None:
    """Note that a head takes the figures of the officers of a unit out."""
    unit_id, quarter = whose
    days = {"first_on": quarter.days.first_on.isoformat(), "last_on": quarter.days.last_on.isoformat()}
    note(session, Act("officers.exported", by, ("export", export_id), facts={"unit": unit_id, **days}), now=now)


def _review_of(session: Session, whose: Whose) -> tuple[int, str | None, str | None] | None:
    """Return the id of a review, what was said and what was answered, and hold it until the end."""
    where = [getattr(OfficerReview, name) == value for name, value in whose.key.items()]
    columns = (OfficerReview.id, OfficerReview.reply, OfficerReview.answer)
    row = session.execute(select(*columns).where(*where).with_for_update()).one_or_none()
    return (row[0], row[1], row[2]) if row else None


def _open_review(session: Session, whose: Whose, *, has_reply: bool = False) -> int:
    known = _review_of(session, whose)
    if known is None or (has_reply and known[1] is None):
        raise Conflict("The officer has not said anything of these figures.")
    if known[2] is not None:
        raise Conflict("This is answered already.")
    return known[0]


def _note_review(session: Session, review_id: int, whose: Whose, verb: str, done: tuple[str, datetime]) -> None:
    by, now = done
    act = Act(
        f"officer_review.{verb}",
        by,
        (REVIEWS.kind, review_id),
        REVIEWS.digest(session, review_id),
        facts={"unit": whose.unit_id},
    )
    note(session, act, now=now)
