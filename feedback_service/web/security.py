"""Headers of every answer and the size of every body."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from flask import Flask, request

from feedback_service.core.errors import NotFound
from feedback_service.settings import Settings
from feedback_service.web import sessions
from feedback_service.web.exchange import asked

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

View = TypeVar("View", bound=Callable[..., Any])
BODY_LIMIT_BYTES = 256 * 1024
POLICY: Mapping[str, str] = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "media-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "object-src": "'none'",
    "frame-ancestors": "'none'",
}
HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), usb=(), payment=()",
}

WITH_CAMERA: Mapping[str, str] = {
    "Permissions-Policy": HEADERS["Permissions-Policy"].replace("camera=()", "camera=(self)")
}
"""For the tablet's page alone: it reads the code of an appointment slip when somebody asks it to."""


class Protected:
    """Gives every answer of an application, error pages included, the headers that it does not set itself.

    They are added to the finished list: among the headers of a response each would be judged once more.
    """

    def __init__(self, application: "WSGIApplication", given: Mapping[str, str]) -> None:
        """Stand around `application`."""
        self._application = application
        self._given = tuple((name.lower(), (name, value)) for name, value in given.items())

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer."""

        def start(status: str, headers: list[tuple[str, str]], *fault: Any) -> Callable[[bytes], object]:
            own = {name.lower(): value for name, value in headers}
            if _may_be_framed(own.get("content-security-policy", "")):
                own["x-frame-options"] = ""  # it knows no list of portals, and older browsers would obey it alone
            headers.extend(header for name, header in self._given if name not in own)
            return start_response(status, headers, *fault)

        return self._application(environ, start)


def takes_files(size_bytes: int) -> Callable[[View], View]:
    """Let a view read a body of up to `size_bytes`, where every other one reads 256 KiB."""

    def mark(view: View) -> View:
        view.body_limit_bytes = size_bytes  # type: ignore[attr-defined]  # read before the body is
        return view

    return mark


def policy(**changed: str) -> str:
    """Return the content security policy, with directives changed by name (underscores for dashes)."""
    directives = {**POLICY, **{name.replace("_", "-"): value for name, value in changed.items()}}
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def install(app: Flask, settings: Settings) -> None:
    """Protect every answer, error pages included."""
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=BODY_LIMIT_BYTES,
        MAX_FORM_MEMORY_SIZE=BODY_LIMIT_BYTES,
        MAX_FORM_PARTS=200,
        TRUSTED_HOSTS=list(settings.hosts),
        SESSION_COOKIE_NAME="__Host-form" if settings.is_https else "form",
        SESSION_COOKIE_SECURE=settings.is_https,
        WTF_CSRF_ENABLED=False,  # every form is judged before its route is, see accounts.guard
    )
    app.session_interface = sessions.Sessions()
    app.jinja_env.globals["csrf_token"] = sessions.form_proof
    given = {"Content-Security-Policy": policy(), **HEADERS, "Cache-Control": "no-store"}
    if settings.is_https:
        given["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"

    def look() -> None:
        sent = asked()
        if "\0" in sent.path:  # PostgreSQL takes no such letter, and no address of ours has one
            raise NotFound("There is nothing at this address. Please check it, or start from the home page.")
        view = app.view_functions.get(sent.endpoint or "")
        limit = getattr(view, "body_limit_bytes", None)
        if limit is not None:
            sent.max_content_length = limit

    app.before_request(look)
    app.wsgi_app = Protected(app.wsgi_app, given)  # type: ignore[method-assign]


def _may_be_framed(own_policy: str) -> bool:
    return "frame-ancestors" in own_policy and "frame-ancestors 'none'" not in own_policy


def is_same_origin() -> bool:
    """Whether a browser says that this request comes from our own pages; a program that says nothing passes."""
    origin = request.headers.get("Origin")
    return origin is None or origin == request.host_url.rstrip("/")
