"""What is wrong with a file, place by place."""

from collections.abc import Sequence
from dataclasses import dataclass

from feedback_service.core.errors import DomainError, Refused
from feedback_service.core.words import Sentence


@dataclass(frozen=True)
class Trouble:
    """One place to mend: the sheet, the row as a spreadsheet counts it (0 for the whole), and what is wrong there."""

    sheet: str
    row: int
    sentence: Sentence


class Unreadable(DomainError):
    """A file of which something cannot be taken in; nothing of it was."""

    code = Refused.code

    def __init__(self, troubles: tuple[Trouble, ...]) -> None:
        """Keep every trouble, in the order of the file."""
        super().__init__("This file cannot be taken in as it stands; nothing of it was.")
        self.troubles = troubles


def words_of(troubles: Sequence[Trouble]) -> tuple[Sentence, ...]:
    """Return each trouble as one sentence with its sheet and row."""
    return tuple(
        Sentence("Sheet {sheet}, row {row}: {what}", {"sheet": one.sheet, "row": one.row, "what": one.sentence})
        if one.sheet
        else one.sentence
        for one in troubles
    )
