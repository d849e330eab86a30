"""What a request may reach: the platform of the running application, built once by `create_app`."""

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from socket import AF_INET, inet_pton
from typing import cast
from uuid import UUID

from flask import Flask, current_app, g, request
from sqlalchemy.orm import Session

from feedback_service.core.clock import Clock
from feedback_service.core.ids import new_timed_id
from feedback_service.core.tokens import Signer
from feedback_service.db import Database
from feedback_service.settings import Settings
from feedback_service.web.i18n import Translations
from feedback_service.web.limits import Limits

EXTENSION = "feedback_service"


@dataclass(frozen=True)
class Site:
    """How this office signs its pages; `logo` is an address, `is_demo` puts the demo mark on every page."""

    product: str
    office: str
    unit: str
    is_demo: bool
    logo: str = ""


@dataclass(frozen=True)
class Platform:
    """Everything that a route may use besides its own feature."""

    settings: Settings
    database: Database
    clock: Clock
    limits: Limits
    translations: Translations
    site: Callable[[], Site]

    def reading(self) -> AbstractContextManager[Session]:
        """Open a session that can write nothing."""
        return self.database.reading()

    def transaction(self) -> AbstractContextManager[Session]:
        """Open the one transaction of this request."""
        return self.database.transaction()

    def now(self) -> datetime:
        """Return the moment of this request, the same wherever it is asked for."""
        kept = g._get_current_object()  # noqa: SLF001  # documented; every request asks eight times
        if "now" not in kept:
            kept.now = self.clock.now()
        return cast("datetime", kept.now)

    def signer(self, purpose: str) -> Signer:
        """Return the signer of one kind of token."""
        return _signer(self.settings.secret_key, purpose, self.settings.former_keys)


def platform() -> Platform:
    """Return the platform of the running application."""
    # Every request asks twenty times; each look through the proxy itself costs as much as a signature.
    running: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001  # documented
    found: Platform = running.extensions[EXTENSION]
    return found


def request_id() -> UUID:
    """Return an id of this request that stays the same when its transaction has to run again."""
    kept = g._get_current_object()  # noqa: SLF001  # as above
    if "request_id" not in kept:
        kept.request_id = new_timed_id()
    return cast("UUID", kept.request_id)


def network() -> str:
    """Return the network that is asking, for limits in memory only: IPv4 /24 or IPv6 /56; never stored."""
    kept = g._get_current_object()  # noqa: SLF001  # as above
    if "network" not in kept:
        kept.network = network_of(request.remote_addr or "")
    return cast("str", kept.network)


@lru_cache(maxsize=64)
def _signer(secret: str, purpose: str, former: tuple[str, ...]) -> Signer:
    return Signer(secret, purpose, former)


def network_of(address: str) -> str:
    """Return the network of an address, the address itself when it is none."""
    import ipaddress

    with suppress(OSError, ValueError):
        first, second, third, _ = inet_pton(AF_INET, address)
        return f"{first}.{second}.{third}.0/24"
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network(f"{known}/{24 if known.version == 4 else 56}", strict=False))
