"""An office for the tests of tablets: a ward that never closes, its counter, its server, and what it has stored."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from playwright.sync_api import Page, expect
from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from feedback_service.accounts.rules.roles import Role
from feedback_service.accounts.service.accounts import AccountFacts, add
from feedback_service.db import Database
from feedback_service.kiosks.drawing import photo as photo_of_officer
from feedback_service.kiosks.guard import code_hash
from feedback_service.kiosks.models import Kiosk, KioskState
from feedback_service.kiosks.rules import Setting, Shift
from feedback_service.kiosks.service import Place, add_shift, issue_code, keep_photo, keep_setting, revoke
from feedback_service.questionnaires.service import load_builtin
from feedback_service.ratings.models import Rating, RatingComment
from feedback_service.ratings.rules.ballots import Dossier
from feedback_service.ratings.service.balloting import Terms, issue
from feedback_service.units.drawing import logo as logo_of_office
from feedback_service.units.models import Counter, Office, Unit
from feedback_service.units.service import keep_logo
from tests.conftest import SECRET
from tests.kiosk.drawn import logo, portrait
from tests.officers import PASSWORD
from tests.servers import Server

WARD = "19333"
PATIENCE_MS = 20_000


@dataclass(frozen=True)
class Stored:
    """One rating as the server has it."""

    id: str
    sequence: int
    language: str
    answers: Mapping[str, object]
    comment: str | None
    tier: str


class TabletOffice:
    """A counter of a running office whose tablets are under test; each has a network of its own."""

    def __init__(self, server: Server, database_url: str) -> None:
        self.server = server
        self._database_url = database_url
        with self._opened() as session:
            number = session.scalar(select(func.count()).select_from(Counter)) or 0
            self.counter = f"Quầy {number + 3}"
            self._unit_id = session.scalars(select(Unit.id)).one()
            counter = {"unit_id": self._unit_id, "name": self.counter, "field": "", "opened_on": date(2025, 7, 1)}
            self._id = session.execute(insert(Counter).values(**counter).returning(Counter.id)).scalar_one()
        self.network = {"X-Forwarded-For": f"10.{number // 250}.{number % 250}.1"}

    @property
    def address(self) -> str:
        """Where a tablet begins."""
        return f"{self.server.url}/kiosk/"

    def open(self, page: Page, code: str = "") -> None:
        """Open the kiosk page on a tablet in the office's network, perhaps by a QR with a code."""
        page.context.set_extra_http_headers(self.network)
        page.goto(f"{self.address}#{code}" if code else self.address)

    def code(self) -> str:
        """Have staff make a code and return its eight figures."""
        place = Place(self._unit_id, self._id, self.counter, "kiosk-5")
        hashed = partial(code_hash, self.server.settings["FEEDBACK_SECRET_KEY"])
        with self._opened() as session:
            return issue_code(session, place, hashed=hashed, by="system", now=datetime.now(UTC))

    def pair(self, page: Page) -> None:
        """Bring a fresh tablet to its invitation."""
        self.open(page, self.code())
        expect(page.locator(".begin")).to_be_visible(timeout=PATIENCE_MS)

    def revoke_all(self) -> None:
        """Take the right of every tablet at the counter away."""
        mine = select(Kiosk.id).where(Kiosk.counter_id == self._id, Kiosk.revoked_at.is_(None))
        with self._opened() as session:
            for kiosk_id in session.scalars(mine).all():
                revoke(session, kiosk_id, by="system", now=datetime.now(UTC))

    def show_officer(self, name: str) -> None:
        """Bear a logo, and show who serves at every hour by name and photo on every tablet of the counter."""
        now, by = datetime.now(UTC), "system"
        with self._opened() as session:
            keep_logo(session, logo_of_office(logo()), by=by, now=now)
            add_shift(session, self._id, Shift((1, 2, 3, 4, 5, 6, 7), "00:00", "23:59", name, ""), by=by, now=now)
            keep_photo(session, self._id, name, photo_of_officer(portrait()), by=by, now=now)
            keep_setting(session, self._unit_id, Setting(is_photo_shown=True), by=by, now=now)
            session.execute(update(Kiosk).where(Kiosk.counter_id == self._id).values(is_officer_shown=True))

    def clerk(self) -> str:
        """Add an account of the one-stop shop and return its sign-in name; its password is that of every officer."""
        name = f"motcua{self._id}"
        with self._opened() as session:
            facts = AccountFacts("Lê Thị Mai", Role.ONE_STOP, self._unit_id)
            add(session, name, facts, password=PASSWORD, by="system", now=datetime.now(UTC))
        return name

    def hand_out(self, dossier: str) -> None:
        """Have the office give somebody the slip of a dossier."""
        terms = Terms(self._unit_id, "phieu-9-chi-so", days=30)
        with self._opened() as session:
            issue(session, [Dossier(dossier)], terms, secret=SECRET, by="system", now=datetime.now(UTC))

    def ratings(self) -> list[Stored]:
        """Return every stored rating of the counter in the order of its number."""
        query = (
            select(Rating.id, Rating.sequence, Rating.language, Rating.answers, RatingComment.text, Rating.tier)
            .outerjoin(RatingComment, RatingComment.rating_id == Rating.id)
            .where(Rating.counter_id == self._id)
            .order_by(Rating.sequence)
        )
        with self._opened() as session:
            rows = session.execute(query).all()
        return [
            Stored(one.id, one.sequence or 0, one.language, json.loads(one.answers), one.text, one.tier) for one in rows
        ]

    def heard(self) -> Mapping[str, object]:
        """Return what the only tablet of the counter has last said of itself."""
        mine = select(Kiosk.id).where(Kiosk.counter_id == self._id).scalar_subquery()
        with self._opened() as session:
            query = select(*KioskState.__table__.columns).where(KioskState.kiosk_id == mine)
            return dict(session.execute(query).mappings().one())

    @contextmanager
    def _opened(self) -> Iterator[Session]:
        database = Database(self._database_url)
        with database.transaction() as session:
            yield session
        database.close()


def furnish(database_url: str, *, is_demo: bool = False, hours: str = "[]") -> None:
    """Put the ward, the office and the questionnaires of the counter into an empty database."""
    now = datetime.now(UTC)
    database = Database(database_url)
    with database.transaction() as session:
        load_builtin(session, now)
        unit = {"code": WARD, "name": "Phường Đông Hà", "folded_name": "phuong dong ha", "kind": "ward"}
        unit_id = session.execute(insert(Unit).values(**unit, opening_hours=hours).returning(Unit.id)).scalar_one()
        office = {"id": 1, "unit_id": unit_id, "product": "Lắng nghe dân", "is_demo": is_demo}
        session.execute(insert(Office).values(**office, office_name="Trung tâm Phục vụ hành chính công"))
    database.close()


@contextmanager
def running(database_url: str, folder: Path, **settings: str) -> Iterator[Server]:
    """A server of ours behind one proxy, so that each test may come from a network of its own."""
    folder.mkdir(exist_ok=True)
    own = {"FEEDBACK_DATABASE_URL": database_url, "FEEDBACK_SECRET_KEY": SECRET, "FEEDBACK_TRUSTED_PROXIES": "1"}
    server = Server(folder, own | settings)
    server.start()
    yield server
    server.kill()


def inside(name: str) -> str:
    """Return a script that runs inside the tablet."""
    text = (Path(__file__).parent / "inside" / f"{name}.js").read_text(encoding="utf-8")
    return text.split("*/", 1)[1].strip().removesuffix(";")


def tap_through(page: Page, level: int) -> None:
    """Give one rating with two taps and skip everything that may be skipped, until the invitation stands again."""
    page.locator(".begin").click()
    page.locator(f'.face[data-level="{level}"]').click()
    finish(page)


def finish(page: Page) -> None:
    """Skip what is left to ask, and end the thanks with a tap."""
    while not page.locator(".screen-thanks").count():
        page.evaluate("document.querySelector('.skip')?.click()")
        page.wait_for_timeout(20)
    page.locator(".screen-thanks .button").click()
    page.locator(".begin").wait_for()
