"""Tries counted in the memory of this process, each forgotten when its window has passed; no thread sweeps them."""

from collections import deque
from threading import Lock

from limits import RateLimitItem

from feedback_service.core.clock import Clock

SWEPT_SECONDS = 60.0
"""How often keys are dropped that nobody has tried again."""
Key = tuple[str, str, int, int]


class Memory:
    """A moving window for each name, key and rule."""

    def __init__(self, clock: Clock) -> None:
        """Begin with nothing counted."""
        self._clock = clock
        self._lock = Lock()
        self._tries: dict[Key, deque[float]] = {}
        self._swept_at = clock.monotonic()

    def hit(self, item: RateLimitItem, name: str, key: str) -> bool:
        """Count one try and say whether it is within the rule; what is not within it is not counted."""
        now, of = self._clock.monotonic(), (name, key, item.amount, item.get_expiry())
        with self._lock:
            if now - self._swept_at >= SWEPT_SECONDS:
                self._sweep(now)
            tries = self._tries.setdefault(of, deque())
            if _within(tries, now, of) >= item.amount:
                return False
            tries.append(now)
            return True

    def test(self, item: RateLimitItem, name: str, key: str) -> bool:
        """Say, without counting, whether one more try would be within the rule."""
        of = (name, key, item.amount, item.get_expiry())
        with self._lock:
            tries = self._tries.get(of)
            return tries is None or _within(tries, self._clock.monotonic(), of) < item.amount

    @property
    def size(self) -> int:
        """How many keys are remembered."""
        return len(self._tries)

    def _sweep(self, now: float) -> None:
        self._swept_at = now
        for of in [of for of, tries in self._tries.items() if not _within(tries, now, of)]:
            del self._tries[of]


def _within(tries: deque[float], now: float, of: Key) -> int:
    """Forget tries that are older than the window, and return how many are left."""
    while tries and now - tries[0] >= of[3]:
        tries.popleft()
    return len(tries)
