"""A lobby for tests: one ward, its counters with a tablet each, and the questionnaires of the counter."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from feedback_service.audit.queries import findings
from feedback_service.core.ids import new_id
from feedback_service.db import Base, Database
from feedback_service.kiosks.models import Kiosk
from feedback_service.questionnaires.queries import WITNESSES as QUESTIONNAIRES
from feedback_service.questionnaires.service import load_builtin
from feedback_service.ratings.models import Rating
from feedback_service.ratings.queries import WITNESSES, days, kept_tally, recount
from feedback_service.ratings.queries.tallies import kept_months, month_of_days
from feedback_service.ratings.rules import Channel, Given, Outcome, Place, Tier, Verdict
from feedback_service.ratings.service import record
from feedback_service.units.models import Counter, Unit

OPENING = datetime(2026, 10, 13, 1, 30, tzinfo=UTC)
"""A Tuesday, 08:30 at the office."""
EVERY_WITNESS = (*QUESTIONNAIRES, *WITNESSES)


@dataclass(frozen=True)
class Lobby:
    """The ids of one ward, one counter and its tablet."""

    database: Database
    unit_id: int
    counter_id: int
    kiosk_id: int

    @property
    def place(self) -> Place:
        """Where the tablet stands."""
        return Place(self.unit_id, self.counter_id, self.kiosk_id, Channel.KIOSK, Tier.KIOSK)

    def record(self, *ratings: Given, now: datetime = OPENING) -> list[Outcome]:
        """Send a batch from the tablet and return what became of each rating."""
        return [verdict.outcome for verdict in self.verdicts(*ratings, now=now)]

    def verdicts(self, *ratings: Given, now: datetime = OPENING) -> tuple[Verdict, ...]:
        """Send a batch from the tablet and return the verdicts."""

        def work() -> tuple[Verdict, ...]:
            with self.database.transaction() as session:
                return record(session, self.place, ratings, now=now)

        return self.database.retrying(work)

    def count(self, table: type[Base] = Rating) -> int:
        """Count the rows of a table."""
        with self.database.reading() as session:
            return session.execute(select(func.count()).select_from(table)).scalar_one()

    def one(self, table: type[Base] = Rating) -> dict[str, object]:
        """Return the only row of a table."""
        with self.database.reading() as session:
            return dict(session.execute(select(*table.__table__.columns)).mappings().one())

    def broken(self) -> list[str]:
        """Return what the ledger finds wrong with the records."""
        with self.database.inspecting() as session:
            return [f"{found.subject_kind} {found.problem}" for found in findings(session, EVERY_WITNESS)]

    def tallies_agree(self) -> bool:
        """Whether every tally is what a recount of the ratings gives, and there is at least one."""
        with self.database.reading() as session:
            places = days(session)
            return bool(places) and all(agrees(session, *place) for place in places)


def agrees(session: Session, unit_id: int, day: date) -> bool:
    """Say whether the tallies of a day are what its ratings give, and those of its month what its days give."""
    of_month = kept_months(session, unit_id, day) == month_of_days(session, unit_id, day)
    return of_month and kept_tally(session, unit_id, day) == recount(session, unit_id, day)


def furnish(database: Database, code: str = "19333") -> Lobby:
    """Build the lobby; another `code` where the shipped units are there already."""
    with database.transaction() as session:
        load_builtin(session, OPENING)
        unit_id = _add(session, Unit, code=code, name="Phường Đông Hà", folded_name="phuong dong ha", kind="ward")
        counter_id = _add(session, Counter, unit_id=unit_id, name="Quầy 1", field="", opened_on=date(2025, 7, 1))
        kiosk_id = _add(
            session,
            Kiosk,
            unit_id=unit_id,
            counter_id=counter_id,
            name="Quầy 1",
            questionnaire_id="kiosk-5",
            is_officer_shown=False,
            token_hash="0" * 64,
            enrolled_at=OPENING,
        )
    return Lobby(database, unit_id, counter_id, kiosk_id)


def rating(level: int = 5, **changes: object) -> Given:
    """Return a rating at the five faces, given this minute."""
    given = Given(
        id=str(new_id()),
        sequence=1,
        questionnaire="kiosk-5",
        version=1,
        answered_at=OPENING,
        language="vi",
        answers={"satisfaction": level},
    )
    return replace(given, **changes)  # type: ignore[arg-type]  # the test names the fields


def named(number: int) -> str:
    """Return the id with this number."""
    return str(UUID(int=number))


def _add(session: Session, model: type[Base], **facts: object) -> int:
    key = model.__table__.c.id
    return int(session.execute(insert(model).values(**facts).returning(key)).scalar_one())
