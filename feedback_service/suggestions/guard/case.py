"""Who may follow a suggestion: the browser in which its code was entered; the code stands in no address."""

import base64
import json
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from flask import request
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.core.canonical import canonical, seal
from feedback_service.web.context import platform

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet

LIFE = timedelta(hours=2)


@dataclass(frozen=True)
class Opened:
    """A suggestion that is open in this browser; `code` is kept until the citizen says that it is written down."""

    suggestion_id: int
    code: str | None = None


def opened() -> Opened | None:
    """Return what is open in this browser, None when nothing is or it was too long ago."""
    from cryptography.fernet import InvalidToken

    token = request.cookies.get(_name(), "")
    try:
        plain = _sealer(platform().settings.keys).decrypt_at_time(
            token.encode(), int(LIFE.total_seconds()), int(platform().now().timestamp())
        )
    except (InvalidToken, ValueError):
        return None
    return Opened(**json.loads(plain))


def give(response: AnyResponse, case: Opened) -> AnyResponse:
    """Keep a suggestion open in this browser from now on for LIFE; the cookie can be read by nobody but us."""
    content = canonical(vars(case)).encode()
    sealer = _sealer(platform().settings.keys)
    token = sealer.encrypt_at_time(content, int(platform().now().timestamp())).decode()
    is_https = platform().settings.is_https
    response.set_cookie(_name(), token, httponly=True, samesite="Lax", secure=is_https, path="/")
    return response


def close(response: AnyResponse) -> AnyResponse:
    """Close what is open in this browser."""
    response.delete_cookie(_name(), httponly=True, samesite="Lax", secure=platform().settings.is_https, path="/")
    return response


def _name() -> str:
    return "__Host-case" if platform().settings.is_https else "case"


@lru_cache(maxsize=4)
def _sealer(secrets: tuple[str, ...]) -> "MultiFernet":
    from cryptography.fernet import Fernet, MultiFernet

    keys = (bytes.fromhex(seal(secret, "open suggestion", "")) for secret in secrets)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])
