"""An office under siege: the demonstration with every door and every form of it, and one who may open them all."""

import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from lxml.html import FormElement
from sqlalchemy import text
from werkzeug.routing import Rule
from werkzeug.test import TestResponse
from wtforms.fields.core import UnboundField

import feedback_service
from feedback_service.accounts.rules.programs import Scope
from feedback_service.accounts.rules.roles import Role
from feedback_service.accounts.service.programs import ProgramFacts, make_token
from feedback_service.app import create_app
from feedback_service.core.clock import FixedClock, SystemClock
from feedback_service.kiosks.guard import code_hash
from feedback_service.operations.service import demo
from feedback_service.settings import Settings
from feedback_service.web.context import EXTENSION, Platform
from feedback_service.web.forms import Form
from feedback_service.web.limits import Limits
from tests.conftest import SECRET, TEMPLATES
from tests.officers import officer
from tests.pages import read

LEFT_ALONE = frozenset({"accounts_staff.sign_out", "accounts_staff.own_password", "accounts_staff.own_session_end"})
"""Whoever sends these forms has no session for the next one; sessions have tests of their own."""
KNOWN = {
    "slug": "chuyen-muc-dang",
    "questionnaire_id": "kiosk-5",
    "question_id": "satisfaction",
    "month_text": "2026-10",
    "shape": "png",
    "name": "nothing",
    "token": "nothing",
    "other": "1",
}
"""What stands in addresses besides numbers; a number is that of the first record."""
IN_SOURCE = re.compile(r"""(?:args|form|values)(?:\.get|\.getlist|)[(\[]\s*"([a-z_]+)\"""")


@dataclass(frozen=True)
class Door:
    """One method of one route, at an address where there is something behind it."""

    method: str
    address: str
    endpoint: str


@dataclass(frozen=True)
class Filled:
    """A form of a page as a browser would send it untouched."""

    method: str
    address: str
    fields: Mapping[str, str]


@dataclass(frozen=True)
class Siege:
    """The application; `staff` is the browser of an administrator, `token` the proof of his forms."""

    app: Flask
    clock: FixedClock
    staff: FlaskClient
    token: str
    bearers: Mapping[str, str]
    """The token of a tablet under "kiosk", of other software under "program"."""

    @property
    def platform(self) -> Platform:
        """What the application stands on."""
        platform: Platform = self.app.extensions[EXTENSION]
        return platform

    @cached_property
    def doors(self) -> tuple[Door, ...]:
        """Every method of every route but those that end the session."""
        rules = sorted(self.app.url_map.iter_rules(), key=lambda rule: (rule.endpoint, rule.rule))
        return tuple(
            Door(method, address_of(rule), rule.endpoint)
            for rule in rules
            if rule.endpoint not in LEFT_ALONE
            for method in sorted((rule.methods or set()) - {"OPTIONS", "HEAD"})
        )

    @cached_property
    def forms(self) -> tuple[Filled, ...]:
        """Every form that the pages show, each address once; a door that no form leads to has an empty one."""
        found: dict[tuple[str, str], Filled] = {}
        for door in self.doors:
            if door.method == "GET":
                found |= {(one.method, one.address): one for one in self._forms_at(door.address)}
        bare = ((door.method, door.address) for door in self.doors if not door.address.startswith("/api/"))
        return tuple({**{one: Filled(*one, {}) for one in bare}, **found}.values())

    def knock(self, method: str, address: str, **sent: object) -> TestResponse:
        """Send a request as the administrator; nothing of it is kept open."""
        answer = self.staff.open(address, method=method, **sent)  # type: ignore[arg-type]  # as werkzeug names them
        answer.close()
        return answer

    def is_signed_in(self) -> bool:
        """Whether the administrator still is who he was: nothing is proved by somebody who stands outside."""
        return self.staff.get("/staff/accounts").status_code == 200

    def rows(self, table: str) -> int:
        """Count the rows of a table."""
        with self.platform.reading() as session:
            return int(session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())  # our own name

    def _forms_at(self, address: str) -> Iterator[Filled]:
        answer = self.staff.get(address)
        if answer.status_code != 200 or answer.mimetype != "text/html":
            answer.close()
            return
        for form in read(answer.text).forms:
            action, method = urlsplit(form.get("action") or address), (form.get("method") or "get").upper()
            if (
                not action.netloc
                and method in ("GET", "POST")
                and self._endpoint(method, action.path) not in LEFT_ALONE
            ):
                yield Filled(method, action.path, _fields(form))

    def _endpoint(self, method: str, address: str) -> str:
        return str(self.app.url_map.bind("localhost").match(address, method=method)[0])


def _fields(form: FormElement) -> dict[str, str]:
    empty = {str(name): "" for name in form.xpath(".//@name")}
    return {**empty, **{name: str(value) for name, value in form.form_values()}}


def besiege(url: str, folder: str, **settings: str) -> Siege:
    """Open a demonstration office at a database that holds one."""
    variables = {"FEEDBACK_DATABASE_URL": url, "FEEDBACK_DATA_DIR": folder, "FEEDBACK_SECRET_KEY": SECRET, **settings}
    clock, known = FixedClock(SystemClock().now()), Settings.from_environment(variables)
    app = create_app(known, clock=clock, limits=Limits(is_open=True))
    app.config["PREFERRED_URL_SCHEME"] = "https" if known.is_https else "http"  # what a test client asks by
    app.jinja_env.bytecode_cache = TEMPLATES
    staff = officer(app, Role.ADMINISTRATOR, name="besieged").pages.client
    page = read(staff.get("/staff/account").text)
    token = page.cssselect("input[name=csrf_token]")[0].get("value") or ""
    return Siege(app, clock, staff, token, _bearers(app, clock))


def _bearers(app: Flask, clock: FixedClock) -> dict[str, str]:
    platform: Platform = app.extensions[EXTENSION]
    now = clock.now()
    with platform.transaction() as session:
        figures = demo.tablet_code(session, hashed=lambda drawn: code_hash(SECRET, drawn), now=now)
        facts = ProgramFacts("siege", frozenset(Scope), None, days=1)
        made = make_token(session, facts, secret=SECRET, by="system", now=now)
    answer = app.test_client().post("/api/v1/kiosk/enrolment", json={"code": figures}).get_json()
    return {"kiosk": answer["token"], "program": made}


def address_of(rule: Rule) -> str:
    """Return an address of a route with the first record of its kind behind it."""
    return re.sub(r"<(?:(\w+)(?:\(([\w]+).*?\))?:)?(\w+)>", _part, rule.rule)


def _part(found: re.Match[str]) -> str:
    kind, first, name = found[1], found[2], found[3]
    return str(first) if kind == "any" else "1" if kind == "int" else KNOWN.get(name, "nothing")


def names_of_fields() -> tuple[str, ...]:
    """Return every name that a form or a route of ours reads."""
    named: set[str] = set()
    for found in pkgutil.walk_packages(feedback_service.__path__, "feedback_service."):
        module = importlib.import_module(found.name) if not found.name.endswith("wsgi") else None
        source = getattr(module, "__file__", None)
        if source:
            named |= set(IN_SOURCE.findall(Path(source).read_text(encoding="utf-8")))
    waiting = [Form]
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        named |= {name for name in dir(form) if isinstance(getattr(form, name), UnboundField)}
    return tuple(sorted(named))
