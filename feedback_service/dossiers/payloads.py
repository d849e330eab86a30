"""JSON of dossier figures: what a program reports, what becomes of it, and what stands."""

from typing import Annotated

from pydantic import Field

from feedback_service.core.cells import Cell
from feedback_service.dossiers.rules import MOST
from feedback_service.web.api import Payload

MOST_FIGURES = 500
Day = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$", json_schema_extra={"format": "date"})]
Count = Annotated[int, Field(ge=0, le=MOST)]


class Figures(Payload):
    """Columns 3 to 13 of form II.06a; a column that the source does not tell is absent.

    `unit` is a code or an identifier in either system, as it was in the period; `field` is empty for all fields.
    `on_time` is columns 8 + 9, and is needed only where these are absent.
    """

    unit: Annotated[str, Field(min_length=1, max_length=20)]
    first_on: Day
    last_on: Day
    field: Annotated[str, Field(max_length=200)] = ""
    received: Count
    received_online: Count | None = None
    received_in_person: Count | None = None
    carried_over: Count | None = None
    resolved: Count | None = None
    resolved_early: Count | None = None
    resolved_on_time: Count | None = None
    resolved_late: Count | None = None
    pending: Count | None = None
    pending_in_time: Count | None = None
    pending_late: Count | None = None
    on_time: Count | None = None
    source: Annotated[str, Field(max_length=500)] = ""

    @property
    def cells(self) -> dict[str, Cell]:
        """What is told, by the name of the column in a file."""
        return {"unit_code" if name == "unit" else name: cell for name, cell in self.model_dump().items()}


class Reported(Payload):
    """Figures to keep, all or none; `confirmed` is the `confirmation` of a trial that showed what is replaced."""

    figures: Annotated[list[Figures], Field(min_length=1, max_length=MOST_FIGURES)]
    is_trial: bool = False
    confirmed: Annotated[str, Field(max_length=64)] = ""


class Days(Payload):
    """A period by its first and last day."""

    first_on: Day
    last_on: Day


class Standing(Payload):
    """The figures that stand in the same place now."""

    received: int
    on_time: int
    source: str


class Outcome(Payload):
    """What becomes of one row: "added", "replaced" or "unchanged"; `overlaps` are other periods that share days."""

    unit: str
    unit_name: str
    outcome: str
    standing: Standing | None
    overlaps: list[Days]


class Outcomes(Payload):
    """What became of every row, in the order sent; after a trial, what would become of it."""

    is_stored: bool
    confirmation: str
    figures: list[Outcome]


class KeptFigures(Figures):
    """One report as it stands."""

    id: int
    on_time: int


class KeptPage(Payload):
    """Reports in the order of their ids; `next` is where to go on, absent at the end."""

    figures: list[KeptFigures]
    next: int | None
