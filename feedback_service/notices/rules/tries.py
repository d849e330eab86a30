"""How often a message is tried and when: the schedule that Standard Webhooks recommends, for mail too."""

from datetime import timedelta
from enum import StrEnum

WAITS_SECONDS = (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)
"""The wait after the first, the second, ... try that failed; after the last one nobody tries again by himself."""
LEASE = timedelta(minutes=2)
"""How long a message belongs to the worker that took it; a worker that died in between gives it back by this."""
KEEP = timedelta(days=90)
"""How long the log of what was sent is kept."""


class Status(StrEnum):
    """Where a message stands."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    NOBODY = "nobody"


STATUS_NAMES = {
    Status.WAITING: "On its way",
    Status.SENT: "Sent",
    Status.FAILED: "Failed",
    Status.NOBODY: "Nobody to tell",
}
"""Message ids of the names as people read them."""


class Channel(StrEnum):
    """The way a message goes."""

    MAIL = "mail"
    WEBHOOK = "webhook"
    GATEWAY = "gateway"


CHANNEL_NAMES = {
    Channel.MAIL: "E-mail",
    Channel.WEBHOOK: "Webhook",
    Channel.GATEWAY: "SMS or Zalo gateway",
}


def wait_after(tries: int, chance: int) -> timedelta | None:
    """Return how long to wait after that many tries, from four fifths to six fifths by `chance` (0 to 999).

    None says that it is given up.
    """
    if tries > len(WAITS_SECONDS):
        return None
    return timedelta(seconds=WAITS_SECONDS[tries - 1] * (0.8 + 0.4 * chance / 999))
