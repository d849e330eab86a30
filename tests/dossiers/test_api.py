"""Other systems report dossier figures with a token: by row and column, replaced only once both were seen."""

from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask

from feedback_service.accounts.rules.programs import Scope
from feedback_service.accounts.service.programs import ProgramFacts, make_token
from feedback_service.core.clock import FixedClock
from tests.conftest import SECRET
from tests.dossiers.test_desk import Desk, desk_of

QUARTER = {
    "unit": "19333",
    "first_on": "2026-07-01",
    "last_on": "2026-09-30",
    "received": 100,
    "received_online": 60,
    "received_in_person": 30,
    "carried_over": 10,
    "resolved": 90,
    "resolved_early": 50,
    "resolved_on_time": 38,
    "resolved_late": 2,
    "pending": 10,
    "pending_in_time": 9,
    "pending_late": 1,
    "source": "Một cửa điện tử",
}
CORRECTED = {**QUARTER, "resolved_early": 42, "resolved_late": 10}


@dataclass(frozen=True)
class Software:
    """The one-stop software of Phường Đông Hà, and the desk beside it."""

    desk: Desk
    bearer: str

    def reports(self, *figures: dict[str, Any], **told: Any) -> tuple[int, Any]:
        """Send figures; return status and answer."""
        return self._ask("POST", json={"figures": list(figures), **told})

    def reads(self, query: str = "") -> tuple[int, Any]:
        """Read what stands."""
        return self._ask("GET", query)

    def _ask(self, method: str, query: str = "", **body: Any) -> tuple[int, Any]:
        headers = {"Authorization": f"Bearer {self.bearer}"}
        client = self.desk.app.test_client()
        answer = client.open(f"/api/v1/dossiers{query}", method=method, headers=headers, **body)
        return answer.status_code, answer.get_json()


def software_of(app: Flask, clock: FixedClock, scope: Scope = Scope.DOSSIERS) -> Software:
    """Give the software of a ward its token."""
    desk = desk_of(app, clock)
    platform = app.extensions["feedback_service"]
    facts = ProgramFacts("Một cửa điện tử tỉnh", frozenset({scope}), desk.ward_id, 30)
    with platform.transaction() as session:
        bearer = make_token(session, facts, secret=SECRET, by="system", now=clock.now())
    return Software(desk, bearer)


@pytest.fixture
def software(house: Flask, clock: FixedClock) -> Software:
    """The software beside an office on SQLite."""
    return software_of(house, clock)


def pointers(answer: Any) -> list[str]:
    """Return what a refusal points to."""
    return [fault["pointer"] for fault in answer["errors"]]


def test_figures_are_stored_read_again_and_replaced_only_once_both_were_seen(app: Flask, clock: FixedClock) -> None:
    software = software_of(app, clock)

    first, again = software.reports(QUARTER), software.reports(QUARTER)
    unseen = software.reports(CORRECTED)
    trial = software.reports(CORRECTED, is_trial=True)
    guessed = software.reports(CORRECTED, confirmed="0" * 64)
    stood = software.reads()
    confirmed = software.reports(CORRECTED, confirmed=trial[1]["confirmation"])

    assert [status for status, _ in (first, again, unseen, trial, guessed)] == [200, 200, 409, 200, 409]
    assert [told["figures"][0]["outcome"] for _, told in (first, again, trial)] == ["added", "unchanged", "replaced"]
    assert pointers(unseen[1]) == ["/figures/0"]
    assert trial[1]["figures"][0]["standing"] == {"received": 100, "on_time": 88, "source": "Một cửa điện tử"}
    ours = [one for one in stood[1]["figures"] if one["unit"] == "19333"]
    assert [{**QUARTER, "field": "", "on_time": 88, "id": ours[0]["id"]}] == ours
    assert (confirmed[0], confirmed[1]["is_stored"]) == (200, True)
    page = software.desk.pages.get(f"/staff/dossiers/{ours[0]['id']}")
    assert "88 / 100" in page.text("section[aria-labelledby=earlier-title]")
    assert "Một cửa điện tử tỉnh" in page.text("section[aria-labelledby=earlier-title]")


@pytest.mark.parametrize(
    ("change", "pointed"),
    [
        ({"received": 101}, "received"),
        ({"pending_late": 2}, "pending"),
        ({"resolved": -1}, "resolved"),
        ({"received": "100"}, "received"),
        ({"first_on": "2026-02-30"}, "first_on"),
        ({"last_on": "2026-06-30"}, "last_on"),
        ({"unit": "99999"}, "unit"),
        ({"unit": "19351"}, "unit"),
        ({"unit": "461"}, "unit"),
        ({"overdue": 3}, "overdue"),
    ],
)
def test_a_bad_row_keeps_all_out_and_is_pointed_at(software: Software, change: dict[str, Any], pointed: str) -> None:
    month = {**QUARTER, "first_on": "2026-07-01", "last_on": "2026-07-31"}

    status, answer = software.reports(month, {**QUARTER, **change})

    assert status == 422
    assert f"/figures/1/{pointed}" in pointers(answer)
    assert not [one for one in software.reads()[1]["figures"] if one["unit"] == "19333"]


def test_the_same_place_twice_is_refused_and_shared_days_are_told(software: Software) -> None:
    twice = software.reports(QUARTER, CORRECTED)
    software.reports(QUARTER)
    cut = software.reports({**QUARTER, "first_on": "2026-06-15", "last_on": "2026-07-14"}, is_trial=True)

    assert twice[0] == 422
    assert pointers(twice[1]) == ["/figures/1/field"]
    shared = {"first_on": "2026-07-01", "last_on": "2026-09-30"}
    assert (cut[1]["is_stored"], cut[1]["figures"][0]["overlaps"]) == (False, [shared])


def test_the_figures_of_the_article_are_read_under_the_code_of_the_old_city(software: Software) -> None:
    told = [one for one in software.reads()[1]["figures"] if one["unit"] == "461"]

    assert sorted((one["on_time"], one["received"]) for one in told) == [(2249, 2413), (9413, 9728)]
    after = software.reads(f"?after={told[-1]['id']}")
    assert after == (200, {"figures": [], "next": None})
    assert software.reads("?after=x")[0] == 422


def test_a_token_for_ballots_opens_no_figures(house: Flask, clock: FixedClock) -> None:
    software = software_of(house, clock, Scope.BALLOTS)

    assert (software.reports(QUARTER)[0], software.reads()[0]) == (403, 403)
