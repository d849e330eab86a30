"""Signed, expiring tokens that need no row: each is good for one purpose only."""

import base64
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from feedback_service.core.canonical import canonical, same, seal
from feedback_service.core.errors import DomainError

CLOCK_TOLERANCE = timedelta(minutes=5)
"""A token from the future is accepted this far, so that a clock set back locks nobody out."""


class BadToken(DomainError):
    """The token is not ours, or was made for another purpose."""

    code = "bad-token"


class ExpiredToken(BadToken):
    """The token was ours and its time is over."""

    code = "expired-token"


@dataclass(frozen=True)
class Signer:
    """Signs small facts under one secret; `purpose` keeps tokens of different use apart.

    What was signed under one of the `former` secrets is still read.
    """

    secret: str
    purpose: str
    former: tuple[str, ...] = ()

    def sign(self, facts: dict[str, object], *, now: datetime) -> str:
        """Return a URL-safe token that carries `facts` and the moment `now`."""
        return self.sign_for_good({"at": int(now.timestamp()), "facts": facts})

    def read(self, token: str, *, now: datetime, life: timedelta) -> tuple[dict[str, object], datetime]:
        """Return the facts and the moment of signing; raises BadToken or ExpiredToken."""
        content = self._content(token)
        signed_at = datetime.fromtimestamp(content["at"], UTC)
        if not -CLOCK_TOLERANCE <= now - signed_at <= life:
            raise ExpiredToken("This page was open for too long. Please try once more.")
        return content["facts"], signed_at

    def sign_for_good(self, facts: dict[str, object]) -> str:
        """Return a token that carries `facts` and no moment: no clock that is set makes it void."""
        body = _encode(canonical(facts))
        return f"{body}.{seal(self.secret, self.purpose, body)[:43]}"

    def read_for_good(self, token: str) -> dict[str, object]:
        """Return the facts of such a token; raises BadToken."""
        return self._content(token)

    def _content(self, token: str) -> dict[str, Any]:
        body, _, signature = token.partition(".")
        if not self._sealed(self.secret, body, signature) and not any(
            self._sealed(secret, body, signature) for secret in self.former
        ):
            raise BadToken("This page has become invalid. Please open it again.")
        return cast("dict[str, Any]", json.loads(_decode(body)))

    def _sealed(self, secret: str, body: str, signature: str) -> bool:
        return same(signature, seal(secret, self.purpose, body)[:43])


def _encode(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
