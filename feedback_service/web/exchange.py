"""What is sent and what is answered: werkzeug's own, without the work that none of our requests needs."""

import re
from collections.abc import Mapping
from typing import IO, TYPE_CHECKING, Any, cast
from urllib.parse import parse_qsl

from flask import Request, Response, request
from werkzeug.datastructures import Headers, ImmutableMultiDict
from werkzeug.http import parse_cookie
from werkzeug.routing import Map, MapAdapter, Rule
from werkzeug.utils import cached_property
from werkzeug.wsgi import get_host

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

FORM = "application/x-www-form-urlencoded"
MOST_HOSTS, MOST_WAYS = 64, 512
Ways = dict[tuple[str, str], tuple[Rule, Mapping[str, Any]]]
"""Where a path and a method lead: the route, and the parts of the path that it names."""
_PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9/._~?=&:-]*")


class Sent(Request):
    """A request: forms without files are read in one step, and whatever was laid on the disk for it is closed."""

    @cached_property
    def cookies(self) -> ImmutableMultiDict[str, str]:
        """The cookies, read from where the server laid them instead of among all headers."""
        kind = cast("type[ImmutableMultiDict[str, str]]", self.dict_storage_class)
        return cast("ImmutableMultiDict[str, str]", parse_cookie(self.environ.get("HTTP_COOKIE", ""), cls=kind))

    def close(self) -> None:
        """Close the files of a form, also of one that was refused before all of it was read."""
        super().close()
        for stream in cast("list[IO[bytes]]", self.__dict__.get("spooled", ())):
            stream.close()

    def _load_form_data(self) -> None:
        if "form" in self.__dict__ or self.mimetype != FORM:
            super()._load_form_data()
            return
        kind, written = self.parameter_storage_class, self.get_data(cache=False)
        try:
            fields = parse_qsl(written.decode(), keep_blank_values=True, errors="werkzeug.url_quote")
        except ValueError:
            fields = []  # what is no text says nothing
        self.__dict__.update(form=kind(fields), files=kind())

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        stream = super()._get_file_stream(total_content_length, content_type, filename, content_length)
        self.__dict__.setdefault("spooled", []).append(stream)
        return stream


class Answer(Response):
    """An answer: its headers are finished where they stand, and looked through only when one needs to be mended."""

    def get_wsgi_headers(self, environ: "WSGIEnvironment") -> Headers:
        """Return the headers with the length of what follows."""
        headers = self.headers
        # Asked for one by one, each header that is missing would cost as much as all of them.
        known = {name.lower(): value for name, value in headers}
        is_plain = self.status_code >= 200 and self.status_code not in (204, 304) and "content-location" not in known
        if not is_plain or not _PLAIN_ADDRESS.fullmatch(known.get("location", "")):
            return super().get_wsgi_headers(environ)
        if self.is_sequence and "content-length" not in known:
            headers.add("Content-Length", str(sum(map(len, self.iter_encoded()))))
        return headers


class Way(MapAdapter):
    """Finds a route, at once for a path that led somewhere a moment ago; what leads nowhere is not remembered."""

    ways: Ways

    def match(self, *given: Any, **named: Any) -> Any:
        """Return what werkzeug returns, or raise what it raises."""
        if given or named != {"return_rule": True}:
            return super().match(*given, **named)
        asked = (self.path_info, self.default_method)
        found = self.ways.get(asked)
        if found is None:
            if len(self.ways) >= MOST_WAYS:
                self.ways.clear()
            found = self.ways[asked] = super().match(return_rule=True)
        return found[0], dict(found[1])


class Addresses:
    """Finds the route of a request; names of this service that were judged once are not taken apart each time."""

    def __init__(self, routes: Map, trusted: list[str]) -> None:
        """Judge by these names; none stands for all."""
        self._routes = routes
        self._trusted = trusted
        self._known: dict[tuple[str, str | None], str] = {}
        self._ways: Ways = {}

    def of(self, request: Request) -> MapAdapter:
        """Return where to look for the route; raises SecurityError for a name that is not ours."""
        request.trusted_hosts = self._trusted
        request.host = host = self._host(request)
        where = (host.lower(), request.root_path, "", request.scheme, request.path, request.method)
        way = Way(self._routes, *where, request.query_string.decode(errors="replace"))
        way.ways = self._ways
        return way

    def _host(self, request: Request) -> str:
        named = (request.scheme, request.environ.get("HTTP_HOST"))
        host = self._known.get(named) if named[1] else None
        if host is None:
            host = get_host(request.environ, self._trusted)
            if len(self._known) < MOST_HOSTS:
                self._known[named] = host
        return host


def asked() -> Request:
    """Return the request itself, for who looks at it several times: each look through the proxy costs as much again."""
    found: Request = request._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001  # documented
    return found
