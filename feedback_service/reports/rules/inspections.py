"""Inspections of units: what is looked at, and which numbers and days fit together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from feedback_service.core.errors import Fault

SUBJECTS: Mapping[str, str] = {
    "hours": "Working hours",
    "posting": "Posting of procedures",
    "box": "The suggestion box",
    "camera": "The camera",
    "punctual": "Appointments that are kept",
}
"""What an inspection looks at, with the message ids (QĐ 1769/QĐ-UBND of 2017; the columns are to be verified)."""
MOST_FOUND = 999
TOO_MANY_MENDED = "No more can be mended than was found."
NOTHING_FOUND = "Please write what was found, or put 0."
DUE_BEFORE = "The day cannot lie before that of the inspection."
NOT_YET = "This day is still to come."


@dataclass(frozen=True)
class Inspected:
    """What is told of one inspection; `due_on` is absent where nothing is left to mend."""

    unit_id: int
    inspected_on: date
    decision: str
    subjects: tuple[str, ...]
    problems: str
    found: int
    mended: int
    due_on: date | None
    note: str

    @property
    def subject_names(self) -> tuple[str, ...]:
        """The message ids of what was looked at."""
        return tuple(name for key, name in SUBJECTS.items() if key in self.subjects)


def faults_of(told: Inspected, *, today: date) -> tuple[Fault, ...]:
    """Return what does not fit together, by the name of the field."""
    wrong = (
        ("mended", TOO_MANY_MENDED, told.mended > told.found),
        ("problems", NOTHING_FOUND, bool(told.found) and not told.problems),
        ("due_on", DUE_BEFORE, told.due_on is not None and told.due_on < told.inspected_on),
        ("inspected_on", NOT_YET, told.inspected_on > today),
    )
    return tuple(Fault(pointer, message) for pointer, message, is_wrong in wrong if is_wrong)
