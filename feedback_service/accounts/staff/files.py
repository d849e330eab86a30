"""Taking in a file of accounts: every row is shown first, then stored, and slips with one-time passwords come out."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response

from feedback_service.accounts import guard
from feedback_service.accounts.forms import AccountFileForm, AccountRowsForm
from feedback_service.accounts.rules.files import Outcome, Planned, Reach
from feedback_service.accounts.rules.roles import ROLE_NAMES
from feedback_service.accounts.service.accounts import draw
from feedback_service.accounts.service.files import Slip, look_at, store
from feedback_service.accounts.staff.blueprint import staff
from feedback_service.accounts.staff.everybody import PAGE
from feedback_service.core.cells import as_csv, refused, table_of
from feedback_service.core.errors import DomainError, Fault, Refused
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.security import takes_files
from feedback_service.web.uploads import content_of

MOST_BYTES = 1024 * 1024
MOST_ROWS = 200
"""Each new account costs the hash of its password, 20 ms."""
OUTCOME_NAMES: Mapping[Outcome, str] = {
    Outcome.ADDED: "new",
    Outcome.CHANGED: "changes",
    Outcome.UNCHANGED: "as it stands",
    Outcome.REFUSED: "to be mended",
}


@dataclass(frozen=True)
class AccountFilePage:
    """The form for a file, what would become of the rows of the one that was sent, and these rows to confirm."""

    form: AccountFileForm
    faults: tuple[Fault, ...]
    plan: tuple[Planned, ...] = ()
    rows: str = ""

    @property
    def is_refused(self) -> bool:
        """Whether some row keeps all of them out."""
        return any(one.outcome is Outcome.REFUSED for one in self.plan)

    @property
    def shown(self) -> tuple[Planned, ...]:
        """The rows that are to be looked at: those to be mended, else all that change something."""
        wanted = (Outcome.REFUSED,) if self.is_refused else (Outcome.ADDED, Outcome.CHANGED)
        return tuple(one for one in self.plan if one.outcome in wanted)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows come to what, by the message id of it."""
        return {name: sum(one.outcome is outcome for one in self.plan) for outcome, name in OUTCOME_NAMES.items()}

    def outcome_name(self, one: Planned) -> str:
        """Return the message id of what becomes of a row."""
        return OUTCOME_NAMES[one.outcome]

    def role_name(self, one: Planned) -> str:
        """Return the message id of the role that a row gives."""
        return ROLE_NAMES[one.row.facts.role] if one.row.facts else ""


@dataclass(frozen=True)
class SlipsPage:
    """Slips to hand over, shown once; `address` is where one signs in."""

    slips: tuple[Slip, ...]
    address: str


@staff.get(f"{PAGE}/file")
def account_file() -> Response:
    """Show the form for a file."""
    return pages.show("accounts/file.html", AccountFilePage(AccountFileForm(formdata=None), ()))


@staff.post(f"{PAGE}/file")
@takes_files(MOST_BYTES + 64 * 1024)
def look_at_account_file() -> Response:
    """Show what would become of every row of a file; nothing is stored."""
    form = AccountFileForm()
    try:
        table = table_of(content_of(form.file, MOST_BYTES, "The file can have at most 1 MB."))
        if len(table) > MOST_ROWS + 1:
            raise refused("This page takes at most 200 rows. Please send the file in parts.")
        with platform().reading() as session:
            plan = look_at(session, table, _reach(), now=platform().now())
    except Refused as refusal:
        form.refused(refusal)
        return pages.show("accounts/file.html", AccountFilePage(form, form.faults()), 422)
    page = AccountFilePage(form, (), plan, as_csv(table))
    return pages.show("accounts/file.html", page, 422 if page.is_refused else 200)


@staff.post(f"{PAGE}/file/confirmation")
@takes_files(3 * MOST_BYTES)  # a form spells each byte of an accented letter with three signs
def confirm_account_file() -> Response:
    """Store the rows that were shown; the one-time passwords stand on the answer itself, and nowhere else."""
    running, reach = platform(), _reach()
    form = AccountRowsForm()
    try:
        table = table_of((form.rows.data or "").encode())[: MOST_ROWS + 1]
        with running.reading() as session:
            plan = look_at(session, table, reach, now=running.now())
        secrets = [draw() for one in plan if one.outcome is Outcome.ADDED]
        with running.transaction() as session:
            slips = store(session, table, reach, secrets, by=guard.staff().actor, now=running.now())
    except DomainError as refusal:
        again = AccountFileForm(formdata=None)
        again.refused(refusal)
        return pages.show("accounts/file.html", AccountFilePage(again, again.faults()), 422)
    return pages.show("accounts/slips.html", SlipsPage(slips, f"{running.settings.base_url}/staff/sign-in"))


def _reach() -> Reach:
    person = guard.staff()
    return Reach(person.id, person.unit_id, person.scope)
