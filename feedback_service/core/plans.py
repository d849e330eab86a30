"""What will become of each row of a file, judged before anything is stored."""

from enum import StrEnum


class Outcome(StrEnum):
    """What becomes of a row."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
