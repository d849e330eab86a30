"""Letting the staff in: who is signed in, and whether the role opens the page."""

from urllib.parse import quote

from flask import g, request
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.accounts import queries
from feedback_service.accounts.guard import cookie
from feedback_service.accounts.guard.staff import Staff
from feedback_service.accounts.rules.roles import Role
from feedback_service.accounts.service.sessions import token_hash
from feedback_service.core.errors import Forbidden
from feedback_service.units.queries import reach
from feedback_service.web import pages
from feedback_service.web.context import platform

OPEN_TO_ONE_TIME_PASSWORDS = frozenset(
    {"accounts_staff.own_account", "accounts_staff.own_password", "accounts_staff.sign_out"}
)


def let_in(roles: frozenset[Role]) -> AnyResponse | None:
    """Return None for an officer whose role is among `roles`, or the way to the door; raises Forbidden."""
    known = _signed_in()
    if known is None:
        return pages.seen_at(_door())
    g.staff = known
    if known.must_change and request.endpoint not in OPEN_TO_ONE_TIME_PASSWORDS:
        return pages.seen_at("/staff/account")
    if known.role not in roles:
        raise Forbidden("Your role does not open this page. Please ask an administrator if you need it.")
    return None


def _door() -> str:
    if request.method != "GET":
        return "/staff/sign-in"
    return f"/staff/sign-in?next={quote(request.full_path.rstrip('?'))}"


def _signed_in() -> Staff | None:
    seen = cookie.shown()
    if seen is None:
        return None
    with platform().reading() as session:
        found = queries.open_session(session, token_hash(seen.token), now=platform().now())
        if found is None:
            return None
        whose = found.account
        scope = reach(session, whose.unit_id)
    g.staff_cookie = seen
    facts = (whose.id, whose.name, whose.full_name, whose.role, whose.unit_id)
    return Staff(*facts, scope=scope, session_id=found.id, must_change=whose.must_change)
