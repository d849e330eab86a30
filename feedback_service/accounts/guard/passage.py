"""The one check before every request: a row for every route, our own forms only, staff by role."""

from collections.abc import Mapping

from flask import Flask, Response, g
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.accounts.guard import cookie
from feedback_service.accounts.guard.entrance import let_in
from feedback_service.accounts.guard.staff import staff
from feedback_service.accounts.rules.access import ACCESS, Audience, Grant
from feedback_service.core.errors import Forbidden, NotFound
from feedback_service.web.context import platform
from feedback_service.web.exchange import asked
from feedback_service.web.security import is_same_origin
from feedback_service.web.sessions import refuse_foreign_forms

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
WITHOUT_COOKIE = ("/api/", "/embed/", "/challenges", "/receipts")
"""Where no cookie speaks for anybody, so that no other site can borrow one."""


def install(app: Flask) -> None:
    """Ask the table before every request; raises RuntimeError unless routes and rows are the same."""
    routes = {rule.endpoint for rule in app.url_map.iter_rules()}
    if routes != set(ACCESS):
        raise RuntimeError(
            f"without a row: {sorted(routes - set(ACCESS))}; without a route: {sorted(set(ACCESS) - routes)}"
        )
    app.before_request(lambda: _checked(ACCESS))
    app.after_request(_stamped)


def opens(endpoint: str) -> bool:
    """Say whether a route is open for the person who is signed in."""
    grant = ACCESS[endpoint]
    return isinstance(grant, Audience) or staff().role in grant


def _checked(access: Mapping[str, Grant]) -> AnyResponse | None:
    sent = asked()
    if sent.endpoint is None:
        return None
    grant = access.get(sent.endpoint)
    if grant is None:
        raise NotFound("There is nothing at this address. Please check it, or start from the home page.")
    is_free_of_cookies = isinstance(grant, Audience) and sent.path.startswith(WITHOUT_COOKIE)
    if sent.method not in SAFE_METHODS and not is_free_of_cookies:
        _refuse_foreign_form()
    return None if isinstance(grant, Audience) else let_in(grant)


def _refuse_foreign_form() -> None:
    if not is_same_origin():
        raise Forbidden("This form was sent from another site. Please open the page here and try again.")
    refuse_foreign_forms()


def _stamped(response: Response) -> Response:
    seen: cookie.Cookie | None = g.pop("staff_cookie", None)
    if seen and platform().now() - seen.stamped_at >= cookie.STAMP_LIFE:
        cookie.give(response, seen.token)
    return response
