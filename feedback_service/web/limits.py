"""How often something may be tried: counted in memory, forgotten at the end of the window."""

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from feedback_service.core.errors import Limited

TOO_OFTEN = "That was too often in a short time. Please wait a little and try again."


class Limits:
    """Counts tries by name and key; `is_open` lets everything through, for measurements."""

    def __init__(self, *, is_open: bool = False) -> None:
        """Start with nothing counted."""
        self._counter = MovingWindowRateLimiter(MemoryStorage())
        self._rules: dict[str, RateLimitItem] = {}
        self._is_open = is_open

    def hit(self, name: str, key: str, rule: str) -> None:
        """Count one try of `name` by `key` under a rule such as "5 per minute"; raises Limited beyond it."""
        if not self.allows(name, key, rule):
            wait_seconds = self._rules[rule].get_expiry()
            raise Limited(
                "That was too often in a short time. Please wait a little and try again.", retry_seconds=wait_seconds
            )

    def allows(self, name: str, key: str, rule: str) -> bool:
        """Count one try and say whether it is within the rule."""
        item = self._rules.get(rule) or self._rules.setdefault(rule, parse(rule))
        return self._is_open or self._counter.hit(item, name, key)

    def spent(self, name: str, key: str, rule: str) -> bool:
        """Say, without counting, whether the next try would be one too many."""
        item = self._rules.get(rule) or self._rules.setdefault(rule, parse(rule))
        return not self._is_open and not self._counter.test(item, name, key)
