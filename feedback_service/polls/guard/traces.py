"""How a vote comes, and what else comes to a poll: counted in memory until the next transaction takes it along."""

from collections import Counter
from threading import Lock
from typing import cast

from flask import current_app

from feedback_service.challenges.rules import Attempt, Outcome
from feedback_service.core.period import local_day
from feedback_service.polls.queries import ISSUED
from feedback_service.polls.rules import Channel
from feedback_service.polls.rules.receipts import code_of, mark_of
from feedback_service.polls.service import Keyring, Trace
from feedback_service.web.context import network, platform

EXTENSION = "polls"
FEWEST_TOGETHER = 20
REFUSALS_COUNTED = "30 per minute"
"""Of one network: whoever sends rubbish all day shall not keep the database busy with counting it."""
LONGEST_SECONDS = 3600


class Traffic:
    """How many pages to vote on this process has shown since they were last written down."""

    def __init__(self) -> None:
        """Begin with none."""
        self._issued: Counter[int] = Counter()
        self._lock = Lock()

    def show(self, poll_id: int) -> None:
        """Count a page."""
        with self._lock:
            self._issued[poll_id] += 1

    def taken(self, poll_id: int, *, fewest: int = 1) -> dict[str, int]:
        """Return what is to be written down, and forget it; nothing while it is less than `fewest`."""
        with self._lock:
            if self._issued[poll_id] < fewest:
                return {}
            return {ISSUED: self._issued.pop(poll_id)}


def traffic() -> Traffic:
    """Return the counter of this process."""
    return cast("Traffic", current_app.extensions[EXTENSION])


def keyring() -> Keyring:
    """Return the keys that name networks."""
    return Keyring.of(platform().settings)


def trace_of(attempt: Attempt, channel: Channel, *, has_voted: bool) -> Trace:
    """Return how a vote comes; the network itself stays in memory."""
    now, settings = platform().now(), platform().settings
    return Trace(
        network=network(),
        counted_on=local_day(now),
        budget=attempt.budget,
        fill_seconds=min(attempt.seconds, LONGEST_SECONDS),
        channel=channel,
        has_voted=has_voted,
        receipt=mark_of(code_of(settings.lasting_key, attempt.nonce or "")),
    )


def came_before(poll_id: int, outcome: Outcome) -> dict[str, int]:
    """Return how many pages were shown since that was last written down, for the transaction of a try to take along."""
    return traffic().taken(poll_id, fewest=FEWEST_TOGETHER if outcome is Outcome.PASSED else 1)


def counts_refusals() -> bool:
    """Say whether one more refusal of this network is written down."""
    return platform().limits.allows("refusals", network(), REFUSALS_COUNTED)
