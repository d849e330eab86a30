"""Opening a paper box: the minutes, the slips that are typed in, and the end of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from feedback_service.audit import service as audit
from feedback_service.audit.rules import Act as Entry
from feedback_service.core.canonical import canonical
from feedback_service.core.errors import Conflict, Fault, NotFound, Refused
from feedback_service.core.text import composed, one_line
from feedback_service.suggestions.models import BoxOpening
from feedback_service.suggestions.queries.paper import OPENINGS, figures_of
from feedback_service.suggestions.rules.hands import REASON_LETTERS, CleanFile, Hand
from feedback_service.suggestions.rules.paper import FEWEST_PEOPLE, MOST_PEOPLE, MOST_SLIPS, NAME_LETTERS, Person
from feedback_service.suggestions.service.changes import keep_files
from feedback_service.suggestions.service.intake import Keys, Receipt, Submission, submit


@dataclass(frozen=True)
class Minutes:
    """What is written down when a box is opened; `slips` were counted, `blank` and `legal` are among them."""

    unit_id: int
    place: str
    opened_at: datetime
    people: tuple[Person, ...]
    slips: int
    blank: int
    legal: int
    note: str
    photos: tuple[CleanFile, ...] = ()


def open_box(session: Session, minutes: Minutes, *, by: Hand, now: datetime) -> int:
    """Keep the minutes of an opening and return their id; raises Refused with everything that has to be mended."""
    faults = tuple(_faults(minutes, now))
    if faults:
        raise Refused("Some fields need to be mended.", faults=faults)
    if by.scope is not None and minutes.unit_id not in by.scope:
        raise NotFound("There is no such unit within your reach.")
    row = {
        "unit_id": minutes.unit_id,
        "number": _number(session, minutes),
        "place": one_line(minutes.place),
        "opened_at": minutes.opened_at,
        "people": canonical([vars(person) for person in minutes.people]),
        "slips": minutes.slips,
        "blank": minutes.blank,
        "legal": minutes.legal,
        "note": composed(minutes.note).strip(),
        "account_id": by.account_id,
        "noted_at": now,
    }
    found = session.execute(insert(BoxOpening).values(row).returning(BoxOpening.id)).scalar_one()
    keep_files(session, minutes.photos, {"opening_id": found}, now=now)
    _note(session, found, "opened", by=by, now=now)
    return found


def type_slip(
    session: Session, opening_id: int, submission: Submission, *, keys: Keys, by: Hand, now: datetime
) -> Receipt:
    """Type in one slip of an opening; its clock runs from this day, and it gets a code as everything does.

    Raises Conflict when the opening is finished or every slip was typed in.
    """
    opening = _opened(session, opening_id, by)
    receipt = submit(session, submission, keys=keys, now=now, by=by)
    if figures_of(session, opening).left < 0:
        raise Conflict("Every slip that was counted has been typed in. Please check the count in the minutes.")
    return receipt


def finish(session: Session, opening_id: int, *, by: Hand, now: datetime) -> None:
    """End the typing; raises Conflict while slips are missing."""
    opening = _opened(session, opening_id, by)
    if figures_of(session, opening).left > 0:
        raise Conflict("Not every slip that was counted has been typed in yet.")
    opening.finished_at = now
    _note(session, opening_id, "finished", by=by, now=now)


def _opened(session: Session, opening_id: int, by: Hand) -> BoxOpening:
    opening = session.get(BoxOpening, opening_id, with_for_update=True, populate_existing=True)
    if opening is None or (by.scope is not None and opening.unit_id not in by.scope):
        raise NotFound("There are no such minutes within your reach.")
    if opening.finished_at is not None:
        raise Conflict("These minutes are finished. Please open new ones.")
    return opening


def _faults(minutes: Minutes, now: datetime) -> list[Fault]:
    faults = []
    if not 0 < len(one_line(minutes.place)) <= 160:
        faults.append(Fault("place", "Please say where the box stands."))
    if minutes.opened_at > now:
        faults.append(Fault("opened_at", "The box cannot have been opened later than now."))
    if not FEWEST_PEOPLE <= len(minutes.people) <= MOST_PEOPLE:
        faults.append(Fault("people", "Please name at least two people who were there, one a line."))
    if any(len(person.name) > NAME_LETTERS or len(person.position) > NAME_LETTERS for person in minutes.people):
        faults.append(Fault("people", "A name or position is too long."))
    if not 0 <= minutes.slips <= MOST_SLIPS:
        faults.append(Fault("slips", "Please enter from 0 to 2000 slips."))
    if min(minutes.blank, minutes.legal) < 0 or minutes.blank + minutes.legal > minutes.slips:
        faults.append(Fault("blank", "Blank slips and complaints in law are among the slips that were counted."))
    if len(minutes.note) > REASON_LETTERS:
        faults.append(Fault("note", "The text is too long. Please shorten it."))
    return faults


def _number(session: Session, minutes: Minutes) -> str:
    year = minutes.opened_at.year
    known = select(func.count()).where(BoxOpening.unit_id == minutes.unit_id, BoxOpening.number.like(f"%/{year}"))
    return f"{session.execute(known).scalar_one() + 1:02d}/{year}"


def _note(session: Session, opening_id: int, verb: str, *, by: Hand, now: datetime) -> None:
    digest = OPENINGS.digest(session, opening_id)
    audit.note(session, Entry(f"box_opening.{verb}", by.actor, ("box_opening", opening_id), digest), now=now)
