"""The signed cookie that keeps the forms of a browser together, and what proves that a form is ours.

Flask's session in our own signature: reading and writing flask's own costs a third of a vote. The proof of a form
follows from the secret in the cookie, which a page of another site neither reads nor sets.
"""

from flask import Flask, Request, Response, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.core.canonical import same, seal
from feedback_service.core.ids import new_token
from feedback_service.core.tokens import BadToken, Signer
from feedback_service.web.context import EXTENSION, Platform, platform
from feedback_service.web.exchange import asked

WITHOUT_SESSION = ("/api/", "/embed/")
"""Programs name themselves by a token, and pages inside other portals are for everybody: neither has a session."""
PURPOSE, PROOF = "form session", "form proof"
FIELD, HEADER = "csrf_token", "X-CSRFToken"
"""Where a form, or a script, brings the proof; the session keeps the secret under the name of the field."""
SECRET_BYTES = 16


class Sessions(SecureCookieSessionInterface):
    """Flask's session, signed as every other token of the service."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Return what the cookie says, or a session that takes nothing where no cookie speaks for anybody."""
        if request.path.startswith(WITHOUT_SESSION):
            return None
        shown = request.cookies.get(self.get_cookie_name(app))
        if not shown:
            return self.session_class()
        try:
            return self.session_class(self._signer(app).read_for_good(shown))
        except BadToken:
            return self.session_class()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Give the browser what has changed; take the cookie back when nothing is left in it."""
        if session.accessed and "Vary" not in response.headers:
            response.headers["Vary"] = "Cookie"
        elif session.accessed:
            response.vary.add("Cookie")
        if not session.modified:
            return
        name, is_secure = self.get_cookie_name(app), app.config["SESSION_COOKIE_SECURE"]
        kept = self._signer(app).sign_for_good(dict(session)) if session else "; Max-Age=0"
        give(response, f"{name}={kept}", is_secure=is_secure)

    def _signer(self, app: Flask) -> Signer:
        platform: Platform = app.extensions[EXTENSION]
        return platform.signer(PURPOSE)


def give(response: AnyResponse, cookie: str, *, path: str = "/", is_secure: bool) -> None:
    """Give a browser a cookie of ours, `name=value` and perhaps its age; scripts never read it.

    Our tokens need no quoting, and werkzeug's way of finding that out costs ten times as much.
    """
    manners = f"; HttpOnly; Path={path}; SameSite=Lax"
    response.headers.add("Set-Cookie", f"{cookie}; Secure{manners}" if is_secure else f"{cookie}{manners}")


def form_proof() -> str:
    """Return what proves that a form of this browser is ours."""
    secret = session.get(FIELD)
    if not isinstance(secret, str):
        secret = session[FIELD] = new_token(SECRET_BYTES)
    return _proof(secret)


def refuse_foreign_forms() -> None:
    """Raise CSRFError unless this request brings the proof of a form that this browser was given."""
    sent = asked()
    secret, brought = session.get(FIELD), sent.form.get(FIELD) or sent.headers.get(HEADER, "")
    if not isinstance(secret, str) or not same(brought, _proof(secret)):
        raise CSRFError("This form was not made for this browser.")
    if sent.is_secure and not (sent.referrer or "").startswith(f"https://{sent.host}/"):
        raise CSRFError("This form was sent from another site.")


def _proof(secret: str) -> str:
    return seal(platform().settings.lasting_key, PROOF, secret)[:43]
