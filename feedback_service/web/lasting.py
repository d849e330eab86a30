"""Pages of the portal for times at which the records are away: the last good copy of each, with a notice."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from threading import Lock
from typing import ParamSpec, cast

from flask import Flask, Response, current_app, make_response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.core.errors import StorageUnavailable
from feedback_service.web.context import platform
from feedback_service.web.i18n import COOKIE, language

EXTENSION = "lasting"
LIFE = timedelta(hours=1)
"""What was withdrawn meanwhile must not be shown for longer than this."""
MOST = 64
MARK = b"<!-- notice -->"
Words = ParamSpec("Words")
Key = tuple[str, str]


@dataclass(frozen=True)
class Copy:
    """A page as anybody saw it at a moment."""

    made_at: datetime
    page: bytes


class Copies:
    """The newest copies; those that nobody asked for longest go."""

    def __init__(self) -> None:
        self._copies: OrderedDict[Key, Copy] = OrderedDict()
        self._turn = Lock()

    def keep(self, key: Key, copy: Copy) -> None:
        """Put a copy in the place of the one before."""
        with self._turn:
            self._copies[key] = copy
            self._copies.move_to_end(key)
            while len(self._copies) > MOST:
                self._copies.popitem(last=False)

    def drop(self, key: Key) -> None:
        """Forget a page that is no longer there."""
        with self._turn:
            self._copies.pop(key, None)

    def get(self, key: Key, now: datetime) -> Copy | None:
        """Return a copy that is not too old."""
        copy = self._copies.get(key)
        return copy if copy and copy.made_at > now - LIFE else None


def install(app: Flask) -> None:
    """Give the application its copies."""
    app.extensions[EXTENSION] = Copies()


def lasting(view: Callable[Words, AnyResponse]) -> Callable[Words, AnyResponse]:
    """Show the last good copy of this page while its records are away; for pages that are the same for everybody."""

    @wraps(view)
    def seen(*words: Words.args, **facts: Words.kwargs) -> AnyResponse:
        copies, key = cast("Copies", current_app.extensions[EXTENSION]), (request.path, language())
        try:
            response = make_response(view(*words, **facts))
        except StorageUnavailable:
            copy = copies.get(key, platform().now())
            if copy is None or request.query_string:
                raise
            return _shown(copy)
        if response.status_code != 200:
            copies.drop(key)
        elif not request.query_string and request.cookies.keys() <= {COOKIE}:
            copies.keep(key, Copy(platform().now(), response.get_data()))
        return response

    return seen


def _shown(copy: Copy) -> Response:
    notice = render_template("layout/notice.html", as_it_was_at=copy.made_at)
    return Response(copy.page.replace(MARK, notice.encode(), 1), mimetype="text/html")
