"""How often something may be tried: counted in memory, or in Valkey for many processes, forgotten after the window."""

from collections.abc import Callable

from limits import RateLimitItem, parse
from limits.errors import StorageError
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

from feedback_service.core.canonical import seal
from feedback_service.core.clock import Clock, SystemClock
from feedback_service.core.errors import Limited
from feedback_service.web.counting import Memory
from feedback_service.web.logs import logger

TOO_OFTEN = "That was too often in a short time. Please wait a little and try again."
PATIENCE_SECONDS = 0.25
"""How long one question to Valkey may take before this process counts by itself."""
AWAY_SECONDS = 10.0
"""How long nobody asks it again after that."""


class Limits:
    """Counts tries by name and key; `is_open` lets everything through, for measurements.

    With a `store` the counts are those of all processes. While it is away each process counts by itself, so that
    nothing stands still and nothing is free. A key, which may be a network, is stored only as its seal.
    """

    def __init__(self, *, clock: Clock | None = None, store: str = "", secret: str = "", is_open: bool = False) -> None:
        """Start with nothing counted; nobody is asked yet."""
        self._shared = _shared(store) if store else None
        self._secret = secret
        self._clock = clock or SystemClock()
        self._own = Memory(self._clock)
        self._away_until = 0.0
        self._rules: dict[str, RateLimitItem] = {}
        self._is_open = is_open

    def hit(self, name: str, key: str, rule: str) -> None:
        """Count one try of `name` by `key` under a rule such as "5 per minute"; raises Limited beyond it."""
        if not self.allows(name, key, rule):
            raise Limited(TOO_OFTEN, retry_seconds=self._rules[rule].get_expiry())

    def allows(self, name: str, key: str, rule: str) -> bool:
        """Count one try and say whether it is within the rule."""
        item = self._rule(rule)
        return self._is_open or self._asked(lambda counter, sealed: counter.hit(item, name, sealed), key)

    def spent(self, name: str, key: str, rule: str) -> bool:
        """Say, without counting, whether the next try would be one too many."""
        item = self._rule(rule)
        return not self._is_open and not self._asked(lambda counter, sealed: counter.test(item, name, sealed), key)

    def _rule(self, rule: str) -> RateLimitItem:
        return self._rules.get(rule) or self._rules.setdefault(rule, parse(rule))

    def _asked(self, ask: Callable[[MovingWindowRateLimiter | Memory, str], bool], key: str) -> bool:
        if self._shared is not None and self._clock.monotonic() >= self._away_until:
            try:
                return ask(self._shared, seal(self._secret, "limits", key)[:32])
            except StorageError:
                self._away_until = self._clock.monotonic() + AWAY_SECONDS
                logger().warning("valkey is away: each process counts by itself")
        return ask(self._own, key)


def _shared(store: str) -> MovingWindowRateLimiter:
    patience: dict[str, float] = {"socket_timeout": PATIENCE_SECONDS, "socket_connect_timeout": PATIENCE_SECONDS}
    return MovingWindowRateLimiter(storage_from_string(store, wrap_exceptions=True, **patience))
