"""The cookie of a session: its token under a signed stamp, so that idle time is judged without writing anything."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import g, request
from werkzeug.wrappers import Response

from feedback_service.accounts.service.sessions import LIFE
from feedback_service.core.tokens import BadToken
from feedback_service.web.context import platform

IDLE = timedelta(minutes=30)
"""After so long without a page, a session is over (ASVS 5.0, 7.3.1)."""
STAMP_LIFE = timedelta(minutes=1)
"""A stamp younger than this is left as it is."""
PURPOSE = "staff session"


@dataclass(frozen=True)
class Cookie:
    """What a browser showed: the token of its session and when it was last stamped."""

    token: str
    stamped_at: datetime


def name() -> str:
    """Return the name of the cookie; over TLS it is bound to this host alone."""
    return "__Host-staff" if platform().settings.is_https else "staff"


def shown() -> Cookie | None:
    """Return the cookie of this request, None when there is none, it is not ours, or it was idle for too long."""
    text = request.cookies.get(name())
    if not text:
        return None
    try:
        facts, stamped_at = platform().signer(PURPOSE).read(text, now=platform().now(), life=IDLE)
    except BadToken:
        return None
    return Cookie(str(facts["token"]), stamped_at)


def give(response: Response, token: str) -> None:
    """Hand the browser a fresh stamp on its token."""
    running = platform()
    text = running.signer(PURPOSE).sign({"token": token}, now=running.now())
    response.set_cookie(
        name(),
        text,
        max_age=LIFE,
        secure=running.settings.is_https,
        httponly=True,
        samesite="Lax",
    )


def take_back(response: Response) -> None:
    """Have the browser forget its cookie."""
    g.pop("staff_cookie", None)
    response.delete_cookie(name(), secure=platform().settings.is_https, httponly=True, samesite="Lax")
