"""The table of routes: who may open what, tried over HTTP for every route, every role and every method."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from feedback_service.accounts import guard
from feedback_service.accounts.rules.access import ACCESS, Audience
from feedback_service.accounts.rules.roles import Role
from feedback_service.core.clock import FixedClock
from feedback_service.questionnaires.service import load_builtin as load_questionnaires
from feedback_service.units.service import load_builtin as load_units
from feedback_service.web.context import EXTENSION, Platform
from tests.officers import officer
from tests.pages import read
from tests.statements import counted

DOOR = "/staff/sign-in"
STRANGE_METHODS = ("PUT", "DELETE", "PATCH", "TRACE")
SIGN_OUT = "accounts_staff.sign_out"
COOKIE_FREE = ("/api/", "/embed/", "/challenges", "/receipts")
"""Where no cookie speaks for anybody: programs, frames, and two questions whose answers change nothing."""


@dataclass(frozen=True)
class Visitor:
    """Somebody at the doors: a role of the staff, or None for a passer-by."""

    role: Role | None
    client: FlaskClient
    token: str

    def knock(self, method: str, address: str) -> tuple[int, str]:
        """Return the status and where one is sent."""
        fields = {"csrf_token": self.token} if method == "POST" else None
        answer = self.client.open(address, method=method, data=fields)
        return answer.status_code, answer.headers.get("Location", "")


def address_of(rule: Rule) -> str:
    """Return an address of the route, with things in it that do not exist."""
    return re.sub(r"<(?:(\w+)(?:\((\w+).*?\))?:)?\w+>", _place, rule.rule)


def _place(found: re.Match[str]) -> str:
    kind, first_choice = found[1], found[2]
    return first_choice if kind == "any" else "999999" if kind == "int" else "nothing"


def routes(app: Flask) -> Iterator[tuple[Rule, str, str]]:
    """Yield every route with each of its methods and an address."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.endpoint, rule.rule)):
        for method in sorted((rule.methods or set()) - {"OPTIONS"}):
            yield rule, method, address_of(rule)


def visitor(app: Flask, role: Role | None) -> Visitor:
    """Return somebody who may have signed in, with the token of his own forms."""
    client = officer(app, role).pages.client if role else app.test_client()
    page = read(client.get("/staff/account" if role else DOOR).text)
    return Visitor(role, client, page.cssselect("input[name=csrf_token]")[0].get("value") or "")


def test_every_route_has_a_row_and_every_row_a_route(house: Flask) -> None:
    assert {rule.endpoint for rule in house.url_map.iter_rules()} == set(ACCESS)


def test_the_application_does_not_start_with_a_route_that_nobody_thought_of(house: Flask) -> None:
    house.add_url_rule("/forgotten", "forgotten", lambda: "open to all")

    with pytest.raises(RuntimeError, match="'forgotten'"):
        guard.install(house)


def test_a_route_without_a_row_is_closed_even_so(house: Flask) -> None:
    house.add_url_rule("/forgotten", "forgotten", lambda: "open to all")

    assert house.test_client().get("/forgotten").status_code == 404


def test_what_is_for_staff_is_for_roles_and_nothing_under_staff_is_public(house: Flask) -> None:
    open_doors = {rule.endpoint for rule in house.url_map.iter_rules() if rule.rule.startswith("/staff")} & {
        endpoint for endpoint, grant in ACCESS.items() if isinstance(grant, Audience)
    }

    assert open_doors == {"accounts_staff.door", "accounts_staff.sign_in"}


@pytest.mark.parametrize("role", [*Role, None])
def test_every_role_passes_where_its_row_says_and_nowhere_else(house: Flask, role: Role | None) -> None:
    person = visitor(house, role)
    wrong = []
    for rule, method, address in routes(house):
        grant = ACCESS[rule.endpoint]
        if isinstance(grant, Audience) or rule.endpoint == SIGN_OUT:
            continue
        status, sent_to = person.knock(method, address)
        if role is None:
            is_right = status == 303 and sent_to.startswith(DOOR)
        elif role in grant:
            is_right = status not in (401, 403, 405, 500) and not sent_to.startswith(DOOR)
        else:
            is_right = status == 403
        if not is_right:
            wrong.append(f"{method} {address} as {role}: {status} {sent_to}")

    assert not wrong, "\n".join(wrong)


def test_a_tablets_token_opens_no_page_and_a_session_no_door_of_tablets(house: Flask) -> None:
    person = visitor(house, Role.ADMINISTRATOR)
    wrong = []
    for rule, method, address in routes(house):
        grant = ACCESS[rule.endpoint]
        if grant is Audience.KIOSK and person.client.open(address, method=method, json={}).status_code != 401:
            wrong.append(f"{method} {address} with a session")
        if not isinstance(grant, Audience):
            bearer = {"Authorization": f"Bearer {'0' * 64}"}
            answer = house.test_client().get(address, headers=bearer) if method == "GET" else None
            if answer and not answer.headers.get("Location", "").startswith(DOOR):
                wrong.append(f"{method} {address} with a token")

    assert not wrong, "\n".join(wrong)


def test_other_methods_are_no_way_in(house: Flask) -> None:
    person = visitor(house, Role.ADMINISTRATOR)

    found = {
        f"{method} {address}: {status}"
        for rule, _, address in routes(house)
        for method in STRANGE_METHODS
        if (status := person.client.open(address, method=method, data={"csrf_token": person.token}).status_code) != 405
    }

    assert not found


@pytest.mark.parametrize("header", ["X-HTTP-Method-Override", "X-Method-Override", "X-HTTP-Method"])
def test_a_method_cannot_be_swapped_by_a_header(house: Flask, header: str) -> None:
    person = visitor(house, Role.ADMINISTRATOR)

    answer = person.client.get("/staff/account", headers={header: "POST"})

    assert answer.status_code == 200


def test_no_form_is_taken_without_its_token_or_from_another_site(house: Flask) -> None:
    person = visitor(house, Role.ADMINISTRATOR)
    wrong = []
    for rule, method, address in routes(house):
        is_free = isinstance(ACCESS[rule.endpoint], Audience) and rule.rule.startswith(COOKIE_FREE)
        if method != "POST" or is_free:
            continue
        without = person.client.post(address, data={}).status_code
        made_up = person.client.post(address, data={"csrf_token": "made.up"}).status_code
        fields = {"csrf_token": person.token}
        foreign = [
            person.client.post(address, data=fields, headers={"Origin": origin}).status_code
            for origin in ("https://evil.example", "null", "http://localhost.evil.example")
        ]
        own_answers = {400} if rule.rule.startswith("/staff") else {303, 400, 404}  # some keep what was written
        if not {without, made_up} <= own_answers or set(foreign) != {403}:
            wrong.append(f"{address}: {without} {made_up} {foreign}")

    assert not wrong, "\n".join(wrong)


def test_opening_pages_writes_nothing(house: Flask, clock: FixedClock) -> None:
    platform: Platform = house.extensions[EXTENSION]
    with platform.transaction() as session:
        load_units(session, now=clock.now())
        load_questionnaires(session, clock.now())
    person = visitor(house, Role.ADMINISTRATOR)
    places = {address for _, method, address in routes(house) if method == "GET"}
    places |= {address.replace("999999", "1") for address in places}

    with counted() as said:
        for address in sorted(places):
            page = person.client.get(address)
            page.close()

    assert len(said) > 50
    assert [text for text in said if not text.lstrip().upper().startswith(("SELECT", "WITH", "PRAGMA", "BEGIN"))] == []
