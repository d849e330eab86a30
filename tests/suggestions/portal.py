"""A running portal with its box and its desk, for tests in a browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

from feedback_service.accounts.rules.roles import Role
from feedback_service.accounts.service.accounts import AccountFacts, add
from feedback_service.challenges.guard import PURPOSE
from feedback_service.challenges.rules import LIFE, digits_of
from feedback_service.core.clock import SystemClock
from feedback_service.core.tokens import Signer
from feedback_service.db import Database
from feedback_service.suggestions import service
from tests.accessibility import barriers
from tests.browsers import LOCALE, PATIENCE_MS, TIMEZONE
from tests.conftest import SECRET
from tests.officers import PASSWORD
from tests.servers import Server
from tests.suggestions.box import Box, furnish
from tests.walks import NARROW, WIDE


@dataclass
class Portal:
    """A running portal with its box."""

    server: Server
    box: Box

    @property
    def url(self) -> str:
        """Where it is reached."""
        return self.server.url

    def act(self, name: str, number: int, **facts: object) -> None:
        """Have the desk do something with a suggestion."""
        with self.box.database.transaction() as session:
            getattr(service, name)(session, number, by=self.box.hand(), now=SystemClock().now(), **facts)

    def add(self, name: str, full_name: str, role: Role) -> int:
        """Add somebody to the desk of the ward and return the number of the account."""
        facts = AccountFacts(full_name, role, self.box.ward_id)
        with self.box.database.transaction() as session:
            return add(session, name, facts, password=PASSWORD, by="system", now=SystemClock().now()).account_id

    @contextmanager
    def desk(self, browser: Browser, name: str) -> Iterator[Page]:
        """A window in which somebody of the desk has signed in."""
        context = browser.new_context(locale=LOCALE, timezone_id=TIMEZONE, viewport=WIDE)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.goto(f"{self.url}/staff/sign-in?next=/staff/suggestions")
        page.locator("#name").fill(name)
        page.locator("#password").fill(PASSWORD)
        page.locator("#password").press("Enter")
        page.wait_for_url("**/staff/suggestions")
        yield page
        context.close()


@contextmanager
def running(url: str, folder: Path) -> Iterator[Portal]:
    """A running portal on an empty, migrated database."""
    database = Database(url)
    box = furnish(database, folder)
    server = Server(folder, {"FEEDBACK_DATABASE_URL": url, "FEEDBACK_SECRET_KEY": SECRET})
    server.start()
    yield Portal(server, box)
    server.end()
    database.close()


def code_on(page: Page) -> str:
    """Read the code that a page shows."""
    token = page.locator("[name=form_token]").input_value()
    facts, _ = Signer(SECRET, PURPOSE).read(token, now=SystemClock().now(), life=LIFE)
    return digits_of(SECRET, str(facts["nonce"]))


def looked_at(page: Page) -> None:
    """Look at a page wide and narrow: no barrier, nothing to scroll sideways."""
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)
        assert barriers(page) == [], page.url
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
