"""Exports that are made beside the requests: how large is large, how long a file is kept, when work was given up."""

from datetime import timedelta
from enum import StrEnum

LARGE = 200_000
"""From this many rows on an export is prepared: a workbook of them takes about half a minute on two busy cores."""
MOST_KEPT = 5
"""Exports that one person may have waiting or ready; each of them is a file on the disk of the office."""
KEEP = timedelta(days=3)
"""How long a file that is ready may be fetched."""
GIVEN_UP = timedelta(minutes=5)
"""A worker that was silent for so long was ended; the export is begun anew."""
SAYS_EVERY = timedelta(seconds=2)
"""How often a worker tells how far it is, and looks whether the export is still wanted."""


class Status(StrEnum):
    """Where a prepared export stands."""

    WAITING = "waiting"
    MAKING = "making"
    READY = "ready"
    FAILED = "failed"


OPEN = (Status.WAITING, Status.MAKING, Status.READY)
STATUS_NAMES = {
    Status.WAITING: "waits its turn",
    Status.MAKING: "is being made",
    Status.READY: "is ready",
    Status.FAILED: "could not be made",
}
"""Message ids of what people are told."""
