"""A suggestion box for tests: one ward with its agency and counter, its desk, and a citizen who writes."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from feedback_service.accounts.models import Account
from feedback_service.audit.queries import findings
from feedback_service.core.clock import FixedClock
from feedback_service.core.ids import new_id
from feedback_service.core.period import local_day
from feedback_service.db import Base, Database
from feedback_service.suggestions import queries, service
from feedback_service.suggestions.models import Suggestion, SuggestionStep
from feedback_service.suggestions.queries import WITNESSES, Case
from feedback_service.suggestions.rules.hands import Hand
from feedback_service.suggestions.rules.kinds import Kind
from feedback_service.suggestions.service import Keys, Receipt, Submission, Vault
from feedback_service.units.models import Counter, Office, Unit

OPENING = datetime(2026, 10, 13, 1, 30, tzinfo=UTC)
"""A Tuesday, 08:30 at the office."""
SECRET = "a secret for tests, longer than it must be"
WAITED = "Sáng thứ Hai tôi đến chứng thực bản sao, chờ hơn hai giờ mà người đến sau được gọi trước."


@dataclass
class Box:
    """The ids of one ward, its agency, its counter and its people, and the hands they act with."""

    database: Database
    folder: Path
    ward_id: int
    agency_id: int
    counter_id: int
    accounts: dict[str, int]
    other_ward_id: int = 0
    clock: FixedClock = field(default_factory=lambda: FixedClock(OPENING))

    @property
    def keys(self) -> Keys:
        """What turns a form into its code."""
        return Keys(SECRET, Vault.at(self.folder))

    @property
    def today(self) -> date:
        """The local day."""
        return local_day(self.clock.now())

    def hand(self, who: str = "hien", *, seen: int | None = None) -> Hand:
        """The hand of somebody at the desk of the ward."""
        return Hand.officer(self.accounts[who], frozenset({self.ward_id, self.agency_id}), seen=seen)

    def submission(self, text: str = WAITED, **changes: object) -> Submission:
        """What a citizen sends to the ward."""
        plain = Submission(submission_id=str(new_id()), kind=Kind.REPORT, text=text, unit_id=self.ward_id)
        return replace(plain, **changes)  # type: ignore[arg-type]  # the test names the fields

    def submit(self, text: str = WAITED, **changes: object) -> Receipt:
        """Have a citizen write."""
        return self.send(self.submission(text, **changes))

    def send(self, submission: Submission) -> Receipt:
        """Send what a citizen wrote."""

        def work() -> Receipt:
            with self.database.transaction() as session:
                return service.submit(session, submission, keys=self.keys, now=self.clock.now())

        return self.database.retrying(work)

    def pass_days(self, days: float) -> None:
        """Let some days go by."""
        self.clock.move(timedelta(days=days))

    def case(self, suggestion_id: int) -> Case:
        """Read one suggestion as the desk does."""
        with self.database.reading() as session:
            return queries.case(session, suggestion_id, scope=None, today=self.today)

    def row(self, suggestion_id: int) -> dict[str, object]:
        """Return the row of a suggestion."""
        with self.database.reading() as session:
            query = select(*Suggestion.__table__.columns).where(Suggestion.id == suggestion_id)
            return dict(session.execute(query).mappings().one())

    def acts(self, suggestion_id: int) -> list[str]:
        """Return the acts on a suggestion in their order."""
        with self.database.reading() as session:
            query = select(SuggestionStep.act).where(SuggestionStep.suggestion_id == suggestion_id)
            return list(session.execute(query.order_by(SuggestionStep.number)).scalars())

    def broken(self) -> list[str]:
        """Return what the ledger finds wrong with the records."""
        with self.database.inspecting() as session:
            return [f"{found.subject_kind} {found.problem}" for found in findings(session, WITNESSES)]


def furnish(database: Database, folder: Path) -> Box:
    """Build the box."""
    folder.mkdir(exist_ok=True)
    with database.transaction() as session:
        ward_id = _unit(session, "Phường Đông Hà", "phuong dong ha", code="19333", kind="ward")
        agency_id = _unit(session, "Phòng Kinh tế", "phong kinh te", kind="agency", parent_id=ward_id)
        counter_id = _add(session, Counter, unit_id=ward_id, name="Quầy 3", field="Hộ tịch", opened_on=date(2025, 7, 1))
        session.execute(
            insert(Office).values(
                id=1, unit_id=ward_id, product="Lắng nghe dân", office_name="UBND phường Đông Hà", is_demo=False
            )
        )
        people = {name: _account(session, name, ward_id) for name in ("hien", "thanh", "duc")}
        other_ward_id = _unit(session, "Phường Khác", "phuong khac", kind="ward")
        people["elsewhere"] = _account(session, "elsewhere", other_ward_id)
    return Box(database, folder, ward_id, agency_id, counter_id, people, other_ward_id)


def _unit(session: Session, name: str, folded_name: str, **facts: object) -> int:
    return _add(session, Unit, name=name, folded_name=folded_name, valid_from=date(2025, 7, 1), **facts)


def _account(session: Session, name: str, unit_id: int) -> int:
    return _add(
        session,
        Account,
        name=name,
        full_name=name.capitalize(),
        role="one-stop",
        unit_id=unit_id,
        password_hash="x",
        must_change=False,
        is_active=True,
        created_at=OPENING,
        password_changed_at=OPENING,
    )


def _add(session: Session, model: type[Base], **facts: object) -> int:
    key = model.__table__.c.id
    return int(session.execute(insert(model).values(**facts).returning(key)).scalar_one())
