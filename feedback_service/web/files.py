"""Taking in a table from a file at the desk: every row is shown first, and stored only when that was seen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from flask import Response
from flask_wtf.file import FileField
from sqlalchemy.orm import Session
from wtforms import StringField

from feedback_service.core.cells import Table, as_csv, refused, table_of
from feedback_service.core.errors import DomainError, Fault, Refused
from feedback_service.core.plans import Outcome
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.forms import Form
from feedback_service.web.uploads import content_of

OUTCOME_NAMES: Mapping[Outcome, str] = {
    Outcome.ADDED: "new",
    Outcome.CHANGED: "changes",
    Outcome.UNCHANGED: "as it stands",
    Outcome.REFUSED: "to be mended",
}
"""Message ids of what becomes of a row."""


class Judged(Protocol):
    """One row, and what would become of it."""

    @property
    def outcome(self) -> Outcome:
        """What becomes of the row."""


Row = TypeVar("Row", bound=Judged)


class TableFileForm(Form):
    """A file, or the rows of one that was looked at."""

    file, rows = FileField(), StringField()

    def table(self) -> Table:
        """Return the rows to confirm as they were shown; raises Refused for what is no table."""
        return table_of((self.rows.data or "").encode())


@dataclass(frozen=True)
class FilePage(Generic[Row]):
    """The form for a file, what would become of the rows of the one that was sent, and these rows to confirm."""

    form: TableFileForm
    faults: tuple[Fault, ...] = ()
    plan: tuple[Row, ...] = ()
    rows: str = ""

    @property
    def is_refused(self) -> bool:
        """Whether some row keeps all of them out."""
        return any(one.outcome is Outcome.REFUSED for one in self.plan)

    @property
    def shown(self) -> tuple[Row, ...]:
        """The rows that are to be looked at: those to be mended, else all that change something."""
        wanted = (Outcome.REFUSED,) if self.is_refused else (Outcome.ADDED, Outcome.CHANGED)
        return tuple(one for one in self.plan if one.outcome in wanted)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows come to what, by the message id of it."""
        return {name: sum(one.outcome is outcome for one in self.plan) for outcome, name in OUTCOME_NAMES.items()}

    def outcome_name(self, one: Row) -> str:
        """Return the message id of what becomes of a row."""
        return OUTCOME_NAMES[one.outcome]


@dataclass(frozen=True)
class FileDesk(Generic[Row]):
    """One page that takes in a file: its template and its limits, with the words for what is beyond them."""

    template: str
    most_bytes: int
    too_big: str
    most_rows: int
    too_many: str
    page: Callable[..., FilePage[Row]] = FilePage

    def empty(self) -> Response:
        """Show the form for a file."""
        return pages.show(self.template, self.page(TableFileForm(formdata=None)))

    def looked_at(self, judge: Callable[[Session, Table], Sequence[Row]]) -> Response:
        """Show what would become of every row of the file that was sent; nothing is stored."""
        form = TableFileForm()
        try:
            table = table_of(content_of(form.file, self.most_bytes, self.too_big))
            if len(table) > self.most_rows + 1:
                raise refused(self.too_many)
            with platform().reading() as session:
                plan = tuple(judge(session, table))
        except Refused as refusal:
            return self.refused(refusal, form)
        page = self.page(form, (), plan, as_csv(table))
        return pages.show(self.template, page, 422 if page.is_refused else 200)

    def refused(self, refusal: DomainError, form: TableFileForm | None = None) -> Response:
        """Show the form again with what keeps the file out."""
        asked = form or TableFileForm(formdata=None)
        asked.refused(refusal)
        return pages.show(self.template, self.page(asked, asked.faults()), 422)
