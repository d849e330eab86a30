"""Addresses and tokens that were made for something else (attacks 3, 8, 16, 30, 37, 53; ASVS 5.0, 9.2)."""

from collections.abc import Iterator, Mapping
from itertools import permutations

import pytest
from flask.testing import FlaskClient

from feedback_service.accounts.rules.access import ACCESS, Audience
from feedback_service.challenges.guard import PURPOSE as CHALLENGE
from feedback_service.core.clock import FixedClock
from feedback_service.core.tokens import BadToken, Signer
from feedback_service.polls.guard.memory import PURPOSE as VOTED
from feedback_service.polls.guard.memory import RECEIPT
from tests.attacks.siege import Siege
from tests.conftest import SECRET
from tests.polls.polling import PollingPlace

EVIL = "evil.example"
STEERING = {
    "X-Forwarded-Host": EVIL,
    "X-Forwarded-For": "203.0.113.7",
    "X-Forwarded-Proto": f"https://{EVIL}",
    "X-Forwarded-Scheme": EVIL,
    "X-Forwarded-Server": EVIL,
    "X-Forwarded-Prefix": f"//{EVIL}",
    "X-Forwarded-Port": "6666",
    "X-Original-URL": f"/{EVIL}",
    "X-Rewrite-URL": f"/{EVIL}",
    "X-Host": EVIL,
    "Forwarded": f"host={EVIL};for=203.0.113.7",
    "Referer": f"https://{EVIL}/",
    "User-Agent": f"<script src=//{EVIL}>",
    "Accept-Language": f"vi-{EVIL}",
}
"""What no cache tells apart, and what must therefore change nothing that it could keep (attack 53)."""
PURPOSES = (CHALLENGE, VOTED, RECEIPT, "staff session", "form session", "export", "kept files")
UNASKED = {
    **dict.fromkeys(("tier", "counted", "status", "role", "is_public", "unit_id", "id"), "1"),
    **dict.fromkeys(("at", "created_at", "stored_at"), "2020-01-01"),
    "poll_id": "2",
    "count": "1000",
}
"""Names that stand in tables and in no form of ours."""


def public_pages(siege: Siege) -> Iterator[str]:
    """Yield the address of every page that is open to everybody."""
    for door in siege.doors:
        if door.method == "GET" and ACCESS[door.endpoint] is Audience.PUBLIC:
            yield door.address


@pytest.mark.xdist_group("siege")
def test_nothing_that_a_cache_ignores_changes_a_page(siege: Siege) -> None:
    wrong = []
    for address in public_pages(siege):
        (steered, said), (plain, said_after) = seen(siege, address, STEERING), seen(siege, address, {})
        wrong += [f"{address}: {steered} for {plain}"] if steered != plain or EVIL in said + said_after else []

    assert wrong == []


def seen(siege: Siege, address: str, headers: Mapping[str, str]) -> tuple[int, str]:
    """Return the status of a page, and all that is said in it and in its headers."""
    answer = siege.app.test_client().get(address, headers=headers)
    said = answer.get_data().decode("utf-8", "replace") + str(answer.headers)
    answer.close()
    return answer.status_code, said


def test_a_token_is_good_for_what_it_was_made_for_and_nothing_else(clock: FixedClock) -> None:
    now = clock.now()
    passed = []
    for made_for, shown_as in permutations(PURPOSES, 2):
        token = Signer(SECRET, made_for).sign({"poll": 1, "nonce": "0" * 32, "form": "poll:x", "ms": 0}, now=now)
        try:
            Signer(SECRET, shown_as).read_for_good(token)
            passed.append((made_for, shown_as))
        except BadToken:
            continue

    assert passed == []


def test_a_cookie_is_no_token_and_a_token_is_no_cookie(place: PollingPlace) -> None:
    poll = place.open()
    citizen = place.citizen().look_at(poll)
    token = citizen.fields["form_token"]
    cookie = citizen.client.get_cookie("form")
    assert cookie

    instead = citizen.send(poll, poll.option_ids[0], form_token=cookie.value)
    staff = _with(place.app.test_client(), {"staff": token, "form": token, f"voted-{poll.id}": token})
    doors = [staff.get(address) for address in ("/staff/", f"/polls/{poll.slug}", "/suggestions/track")]
    bearer = {"Authorization": f"Bearer {token}"}
    tablet = place.app.test_client().get("/api/v1/kiosk/configuration", headers=bearer)

    assert instead.status_code == 422
    assert [answer.status_code for answer in doors] == [303, 200, 200]
    assert tablet.status_code == 401
    assert place.votes() == 0


def test_fields_that_no_form_has_change_nothing_of_a_vote(place: PollingPlace) -> None:
    poll = place.open()

    answer = place.citizen().look_at(poll).send(poll, poll.option_ids[0], **UNASKED)

    assert answer.status_code == 303
    assert place.votes() == 1
    assert place.tally() == {(poll.option_ids[0], "clean"): 1, (0, "clean"): 1}
    assert place.broken() == []


def _with(client: FlaskClient, cookies: Mapping[str, str]) -> FlaskClient:
    for name, value in cookies.items():
        client.set_cookie(name, value)
    return client
