"""Headers of every answer and the size of every body."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from flask import Flask, Response, request

from feedback_service.settings import Settings

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
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
    )
    plain = policy()

    def protect(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", plain)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if settings.is_https:
            response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        if not response.headers.get("Cache-Control"):
            response.headers["Cache-Control"] = "no-store"
        return response

    def widen() -> None:
        view = app.view_functions.get(request.endpoint or "")
        limit = getattr(view, "body_limit_bytes", None)
        if limit is not None:
            request.max_content_length = limit

    app.before_request(widen)
    app.after_request(protect)


def is_same_origin() -> bool:
    """Whether a browser says that this request comes from our own pages; a program that says nothing passes."""
    origin = request.headers.get("Origin")
    return origin is None or origin == request.host_url.rstrip("/")
