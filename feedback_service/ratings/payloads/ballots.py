"""JSON of ballots: an order of the one-stop software, and what was issued."""

from datetime import date
from typing import Annotated

from pydantic import Field, field_validator

from feedback_service.core.period import day_of
from feedback_service.core.text import one_line
from feedback_service.ratings.rules.ballots import DAYS, INDICES, MOST_ROWS, Dossier
from feedback_service.ratings.rules.inviting import is_phone
from feedback_service.web.api import Payload

_DAY = r"^\d{4}-\d\d-\d\d$"
Day = Annotated[str, Field(pattern=_DAY, json_schema_extra={"format": "date"})]


class OrderedBallot(Payload):
    """One dossier; the days answer indices 1 and 2, `phone` is where to invite, such as 0912345678 or +84912345678.

    `procedure` is the code of the procedure, such as 1.004194, by which its rating is counted as well.
    """

    dossier: Annotated[str, Field(min_length=1, max_length=60)]
    due_on: Day | None = None
    returned_on: Day | None = None
    agency_due_on: Day | None = None
    agency_done_on: Day | None = None
    phone: Annotated[str, Field(max_length=20)] | None = None
    procedure: Annotated[str, Field(max_length=40)] | None = None

    @field_validator("due_on", "returned_on", "agency_due_on", "agency_done_on")
    @classmethod
    def is_day(cls, text: str | None) -> str | None:
        """Refuse a day that does not exist."""
        day_of(text or "2026-01-01")
        return text

    @field_validator("phone")
    @classmethod
    def is_number(cls, text: str | None) -> str | None:
        """Refuse what nobody can be reached by."""
        if text is not None and not is_phone(text):
            raise ValueError("this is not a Vietnamese telephone number")
        return text

    @property
    def asked(self) -> Dossier:
        """The dossier as a list names it."""
        named = {name: getattr(self, name) for pair in INDICES.values() for name in pair}
        days = {name: date.fromisoformat(text) for name, text in named.items() if text}
        procedure = one_line(self.procedure or "").upper()
        return Dossier(one_line(self.dossier).upper(), days, self.phone or "", procedure)


class BallotOrder(Payload):
    """For which unit (code or identifier) ballots are issued, what they ask, and for how many days they are good."""

    unit: Annotated[str, Field(min_length=1, max_length=20)]
    questionnaire: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$", max_length=60)] = "phieu-9-chi-so"
    days: Annotated[int, Field(ge=1, le=999)] = DAYS
    dossiers: Annotated[list[OrderedBallot], Field(min_length=1, max_length=MOST_ROWS)]

    @property
    def listed(self) -> tuple[Dossier, ...]:
        """The dossiers, each once."""
        return tuple({one.asked.code: one.asked for one in self.dossiers}.values())


class IssuedBallot(Payload):
    """One ballot: its link, whether it is new, whether the code has a usual shape, whether somebody is invited."""

    dossier: str
    link: str
    is_new: bool
    is_usual: bool
    is_invited: bool


class Ballots(Payload):
    """One ballot for each dossier."""

    ballots: list[IssuedBallot]
