"""Taking in a file of accounts: every row is shown first, then stored, and slips with one-time passwords come out."""

from dataclasses import dataclass

from flask import Response

from feedback_service.accounts import guard
from feedback_service.accounts.rules.files import Planned, Reach
from feedback_service.accounts.rules.roles import ROLE_NAMES
from feedback_service.accounts.service.accounts import draw
from feedback_service.accounts.service.files import Slip, look_at, store
from feedback_service.accounts.staff.blueprint import staff
from feedback_service.accounts.staff.everybody import PAGE
from feedback_service.core.errors import DomainError
from feedback_service.core.plans import Outcome
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.files import FileDesk, FilePage, TableFileForm
from feedback_service.web.security import takes_files

MOST_BYTES = 1024 * 1024
MOST_ROWS = 200
"""Each new account costs the hash of its password, 20 ms."""


@dataclass(frozen=True)
class AccountFilePage(FilePage[Planned]):
    """The form for a file, what would become of the rows of the one that was sent, and these rows to confirm."""

    def role_name(self, one: Planned) -> str:
        """Return the message id of the role that a row gives."""
        return ROLE_NAMES[one.row.facts.role] if one.row.facts else ""


@dataclass(frozen=True)
class SlipsPage:
    """Slips to hand over, shown once; `address` is where one signs in."""

    slips: tuple[Slip, ...]
    address: str


DESK = FileDesk(
    "accounts/file.html",
    MOST_BYTES,
    "The file can have at most 1 MB.",
    MOST_ROWS,
    "This page takes at most 200 rows. Please send the file in parts.",
    AccountFilePage,
)


@staff.get(f"{PAGE}/file")
def account_file() -> Response:
    """Show the form for a file."""
    return DESK.empty()


@staff.post(f"{PAGE}/file")
@takes_files(MOST_BYTES + 64 * 1024)
def look_at_account_file() -> Response:
    """Show what would become of every row of a file; nothing is stored."""
    return DESK.looked_at(lambda session, table: look_at(session, table, _reach(), now=platform().now()))


@staff.post(f"{PAGE}/file/confirmation")
@takes_files(3 * MOST_BYTES)  # a form spells each byte of an accented letter with three signs
def confirm_account_file() -> Response:
    """Store the rows that were shown; the one-time passwords stand on the answer itself, and nowhere else."""
    running, reach = platform(), _reach()
    try:
        table = TableFileForm().table()[: MOST_ROWS + 1]
        with running.reading() as session:
            plan = look_at(session, table, reach, now=running.now())
        secrets = [draw() for one in plan if one.outcome is Outcome.ADDED]
        with running.transaction() as session:
            slips = store(session, table, reach, secrets, by=guard.staff().actor, now=running.now())
    except DomainError as refusal:
        return DESK.refused(refusal)
    return pages.show("accounts/slips.html", SlipsPage(slips, f"{running.settings.base_url}/staff/sign-in"))


def _reach() -> Reach:
    person = guard.staff()
    return Reach(person.id, person.unit_id, person.scope)
