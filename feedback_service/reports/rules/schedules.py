"""Reports that are made by themselves: how often, how long after a period, where they go, what cannot be scheduled."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from feedback_service.core.errors import Fault
from feedback_service.reports.rules.forms import OF_SINGLES, FormKind, Written
from feedback_service.reports.rules.periods import Kind, ReportPeriod, containing

FOLDER = "reports"
"""Where reports lie in the data folder, one folder a unit."""
MOST_DAYS = 28
ONLY_QUARTERS = "This form is filled by calendar quarter. Please choose “every quarter”."
NOT_BY_ITSELF = "This form shows single answers. Somebody has to take it, it is not sent by itself."
QUARTERLY = (FormKind.NINE, FormKind.COMPARED)


class Way(StrEnum):
    """Where a report goes."""

    MAIL = "mail"
    FOLDER = "folder"


WAY_NAMES: Mapping[Way, str] = {Way.MAIL: "By e-mail", Way.FOLDER: "Into the folder of the server"}
RHYTHM_NAMES: Mapping[str, str] = {
    "month": "every month",
    "quarter": "every quarter",
    "half": "every half year",
    "year": "every year",
    "month-cut": "every month, from the 15th to the 14th",
    "quarter-cut": "every quarter, from the 15th to the 14th",
    "half-cut": "every half year, from the 15th to the 14th",
    "year-cut": "every year, from the 15th to the 14th",
}
"""Message ids of how often, by kind of period and whether it is cut on the 15th."""


@dataclass(frozen=True)
class Rhythm:
    """How often: after each period of a kind, some days later."""

    every: Kind
    is_cut: bool
    days_after: int

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.every.value}-cut" if self.is_cut else self.every.value

    @property
    def name(self) -> str:
        """The message id of what people call it."""
        return RHYTHM_NAMES[self.key]

    def due_on(self, period: ReportPeriod) -> date:
        """Return the day on which the report of a period is made."""
        return period.days.last_on + timedelta(days=self.days_after)

    def next_on(self, today: date) -> date:
        """Return the first day from today on that a report is made."""
        return self.due_on(self.period_due(today))

    def period_due(self, day: date) -> ReportPeriod:
        """Return the period whose report is made on `day`, or else next after it."""
        return containing(day - timedelta(days=self.days_after), self.every, is_cut=self.is_cut)

    def following(self, period: ReportPeriod) -> ReportPeriod:
        """Return the period just after one."""
        return containing(period.days.last_on + timedelta(days=1), self.every, is_cut=self.is_cut)

    def last_complete(self, today: date) -> ReportPeriod:
        """Return the last period that is over."""
        return containing(today, self.every, is_cut=self.is_cut).before()


def rhythm(key: str, days_after: int) -> Rhythm:
    """Return what a form names."""
    kind, _, cut = key.partition("-")
    return Rhythm(Kind(kind), bool(cut), days_after)


@dataclass(frozen=True)
class Schedule:
    """A form of a unit, how often, how it is written, and where it goes; `address` only for mail."""

    unit_id: int
    form: FormKind
    written_as: Written
    rhythm: Rhythm
    way: Way
    address: str


def faults_of(told: Schedule) -> tuple[Fault, ...]:
    """Return what cannot be scheduled, by the name of the field."""
    is_quarterly = told.rhythm.every is Kind.QUARTER and not told.rhythm.is_cut
    wrong = (
        ("rhythm", ONLY_QUARTERS, told.form in QUARTERLY and not is_quarterly),
        ("form", NOT_BY_ITSELF, told.form in OF_SINGLES),
    )
    return tuple(Fault(pointer, message) for pointer, message, is_wrong in wrong if is_wrong)
