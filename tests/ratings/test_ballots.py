"""One dossier has one voice: the first rating counts, at a tablet or on the web; later ones are shown as such."""

import json
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import insert

from feedback_service.accounts.rules.roles import Role
from feedback_service.core.clock import FixedClock
from feedback_service.core.errors import Refused
from feedback_service.db import Database
from feedback_service.procedures.models import Procedure
from feedback_service.ratings.models import Ballot, BallotUse, ProcedureTally, Rating
from feedback_service.ratings.rules import Given
from feedback_service.ratings.rules.ballots import (
    Dossier,
    ballot_key,
    dossiers_in,
    is_dossier_code,
    link_of,
    sealed,
)
from feedback_service.ratings.service import record
from feedback_service.ratings.service.balloting import Issued, Terms, issue
from tests.conftest import SECRET
from tests.databases import feedback_service
from tests.officers import officer
from tests.ratings.lobby import furnish
from tests.ratings.street import BALLOT, Street, settle

CODE = "H56.14-261001-0001"
LIST = f"dossier;due_on;returned_on;agency_due_on;agency_done_on\n{CODE};10/10/2026;09/10/2026;;\n"


@pytest.fixture
def street(app: Flask, clock: FixedClock) -> Street:
    """A street, once on each kind of database."""
    return settle(app, clock)


@pytest.fixture
def small_street(house: Flask, clock: FixedClock) -> Street:
    """A street on SQLite alone."""
    return settle(house, clock)


def issued(street: Street, text: str = LIST, *, days: int = 30) -> tuple[Issued, ...]:
    """Issue ballots for a list."""
    terms = Terms(street.lobby.unit_id, "phieu-9-chi-so", days)
    with street.platform.transaction() as session:
        return issue(session, dossiers_in(text), terms, secret=SECRET, by="system", now=street.clock.now())


def link(street: Street, text: str = LIST) -> str:
    """Issue one ballot and return its address on the portal."""
    return f"/b/{issued(street, text)[0].link}"


def tapped(street: Street, ballot: str, *, at: timedelta = timedelta()) -> Given:
    """Return a rating of a tablet with what was scanned."""
    moment = street.clock.now() + at
    return Given(str(uuid4()), 1, "kiosk-5", 1, moment, "vi", {"satisfaction": 4}, ballot_hash=sealed(SECRET, ballot))


def at_tablet(street: Street, *ratings: Given) -> None:
    """Send ratings from the tablet."""
    with street.platform.transaction() as session:
        record(session, street.lobby.place, ratings, now=street.clock.now())


def tiers(street: Street) -> list[str]:
    """Return the tiers of all ratings."""
    return sorted(row["tier"] for row in street.rows(Rating))


def test_a_link_counts_once_in_the_tier_of_dossiers_with_what_the_dates_say(street: Street) -> None:
    address = link(street)
    citizen = street.citizen()
    page = citizen.look_at(address)

    sent = citizen.send({**BALLOT, "q-cs1": "0"})
    seen = street.citizen().client.get(address)

    assert "Tổng thời gian ngắn hơn so với quy định" in page.text_content()
    assert (sent.status_code, sent.location) == (303, address)
    (rating,) = street.rows(Rating)
    assert (rating["tier"], rating["channel"]) == ("dossier", "web")
    assert json.loads(rating["answers"])["cs1"] == 2
    assert "cs2" not in json.loads(rating["answers"])
    assert "Hồ sơ này đã được đánh giá" in seen.text
    assert street.is_whole()


def test_a_list_names_procedures_and_the_voices_are_counted_for_them(street: Street) -> None:
    with street.platform.transaction() as session:
        row = {"code": "1.001193.000.00.00.H56", "key": "1.001193", "name": "Khai sinh", "folded_name": "khai sinh"}
        told = {**row, "field": "", "level": "commune", "service": "full", "fee": ""}
        procedure_id = session.execute(insert(Procedure).values(told).returning(Procedure.id)).scalar_one()
    issued(street, f"dossier;procedure\n{CODE};1.001193\nH56.14-261001-0002;")

    at_tablet(street, tapped(street, CODE), tapped(street, CODE), tapped(street, "H56.14-261001-0002"))

    counted = {(row["procedure_id"], row["tier"], row["level_4"]) for row in street.rows(ProcedureTally)}
    assert counted == {(procedure_id, "dossier", 1), (procedure_id, "suspicious", 1)}
    assert street.is_whole()
    with pytest.raises(Refused, match="A procedure of the list is not known here"):
        issued(street, "dossier;procedure\nH56.14-261001-0003;1.999999")


def test_nothing_of_a_dossier_is_stored_but_seals(street: Street) -> None:
    address = link(street)

    street.citizen().answer(address)

    kept = json.dumps([street.rows(table) for table in (Ballot, BallotUse, Rating)], default=str)
    assert CODE not in kept
    assert address.removeprefix("/b/") not in kept


@pytest.mark.parametrize(
    "scanned", [CODE, CODE.lower(), "https://gopy.example{address}"], ids=["code", "typed", "link"]
)
def test_what_was_rated_at_the_tablet_is_not_rated_again_on_the_web(street: Street, scanned: str) -> None:
    address = link(street)
    waiting = street.citizen()
    waiting.look_at(address)

    at_tablet(street, tapped(street, scanned.replace("{address}", address)))
    late = waiting.send(BALLOT)

    assert late.status_code == 409
    assert "Đánh giá tại máy ở quầy." in late.text
    assert tiers(street) == ["dossier"]
    assert street.is_whole()


def test_a_second_rating_at_the_tablet_is_stored_and_shown_as_such(street: Street) -> None:
    address = link(street)
    street.citizen().answer(address)
    again = tapped(street, CODE)

    at_tablet(street, again, tapped(street, CODE))
    at_tablet(street, again)

    assert tiers(street) == ["dossier", "suspicious", "suspicious"]
    assert len(street.rows(BallotUse)) == 1
    assert street.is_whole()


def test_two_ratings_of_one_batch_are_one_voice(street: Street) -> None:
    issued(street)

    at_tablet(street, tapped(street, CODE), tapped(street, CODE))

    assert tiers(street) == ["dossier", "suspicious"]


@pytest.mark.parametrize("made_up", ["H56.14-261001-9999", "0123456789ABCDEF", "x" * 200, "/b/"])
def test_a_forged_code_makes_nothing_of_a_rating_and_leads_nowhere(small_street: Street, made_up: str) -> None:
    issued(small_street)

    at_tablet(small_street, tapped(small_street, made_up))

    assert tiers(small_street) == ["kiosk"]
    assert small_street.citizen().client.get(f"/b/{made_up.replace('/', '')}x").status_code == 404


def test_an_expired_ballot_counts_no_more_but_a_rating_given_in_time_does(small_street: Street) -> None:
    address = link(small_street)
    waiting = small_street.citizen()
    waiting.look_at(address)
    small_street.clock.move(timedelta(days=30, minutes=1))

    late, seen = waiting.send(BALLOT), waiting.client.get(address)
    at_tablet(small_street, tapped(small_street, CODE))
    at_tablet(small_street, tapped(small_street, CODE, at=timedelta(days=-2)))

    assert (late.status_code, seen.status_code) == (409, 200)
    assert "Phiếu này đã hết hạn" in seen.text
    assert tiers(small_street) == ["dossier", "kiosk"]


def test_a_form_of_another_ballot_or_questionnaire_is_not_taken(small_street: Street) -> None:
    one, other = (f"/b/{ballot.link}" for ballot in issued(small_street, f"{CODE}\nH56.14-261001-0002"))
    citizen = small_street.citizen()
    citizen.look_at(one)

    wrong_ballot = citizen.client.post(other, data={**citizen.fields, **BALLOT})
    wrong_version = citizen.send({**BALLOT, "version": "99", "questionnaire": "kiosk-5"})

    assert wrong_ballot.status_code == 422
    assert wrong_version.status_code == 303
    assert [row["tier"] for row in small_street.rows(Rating)] == ["dossier"]


def test_a_list_gives_each_dossier_one_link_and_the_same_again(street: Street) -> None:
    first = issued(street, f"{CODE}\nH56.14-261001-0002\n{CODE}")
    again = issued(street, f"{CODE}\nH56.14-261001-0003")

    assert [one.is_new for one in first] == [True, True]
    assert [one.is_new for one in again] == [False, True]
    assert first[0].link == again[0].link
    assert len(street.rows(Ballot)) == 3


@pytest.mark.parametrize(
    ("code", "is_usual"),
    [
        *(("H56.14-240223-0001", True), ("000.00.14.H56-240223-0001", True), ("H50.12.3-260228-010001", True)),
        *(("H56.14-240231-0001", False), ("H56-2402-1", False), ("hồ sơ 5", False), ("", False)),
    ],
)
def test_old_and_new_codes_of_dossiers_are_known(code: str, is_usual: bool) -> None:
    assert is_dossier_code(code) is is_usual


def test_a_link_is_read_forgivingly_and_a_code_is_not_taken_for_one() -> None:
    letters = link_of(SECRET, CODE)

    assert ballot_key(f"https://gopy.example/b/{letters}") == letters
    assert ballot_key(" ".join(letters[place : place + 4].lower() for place in range(0, 16, 4))) == letters
    assert ballot_key("H56-240223-0000001") == "H56-240223-0000001"
    assert sealed(SECRET, CODE.lower()) == sealed(SECRET, CODE)


@pytest.mark.parametrize(
    ("due", "done", "points"),
    [("10/10/2026", "09/10/2026", 2), ("10/10/2026", "2026-10-10", 1), ("10/10/2026", "11/10/2026", 0)],
)
def test_dates_answer_the_first_two_indices(due: str, done: str, points: int) -> None:
    (dossier,) = dossiers_in(
        f"dossier;due_on;returned_on;agency_due_on;agency_done_on\n{CODE};{due};{done};{due};{done}"
    )

    assert dossier.filled == {"cs1": points, "cs2": points}
    assert Dossier(CODE).filled == {}


@pytest.mark.parametrize(
    "text", ["", "due_on\n1", f"{CODE};32/13/2026", ";1", "x" * 61, "\n".join(f"a{n}" for n in range(1001))]
)
def test_a_list_that_cannot_be_read_is_refused_in_words(text: str) -> None:
    with pytest.raises(Refused):
        dossiers_in(text)


def test_an_officer_issues_ballots_and_prints_their_slips(small_street: Street) -> None:
    writer = officer(small_street.app, Role.ONE_STOP, unit_id=small_street.lobby.unit_id)
    blank = writer.pages.get("/staff/ballots")

    wrong = writer.pages.send(blank, {"dossiers": ""}, status=422)
    shown = writer.pages.send(blank, {"dossiers": f"{CODE}\nhồ sơ 5"})
    fields = shown.form("form[action$='/slips']")
    slips = writer.pages.client.post("/staff/ballots/slips", data=fields)
    links = writer.pages.client.post("/staff/ballots/list", data=fields)

    assert "Xin nhập mã các hồ sơ." in wrong.text("main")
    assert "1 mã không giống mã hồ sơ" in shown.text("main")
    assert f"/b/{link_of(SECRET, CODE)}" in shown.text("tbody")
    assert slips.data.startswith(b"%PDF")
    assert f"/b/{link_of(SECRET, CODE)};no;yes" in links.get_data(as_text=True)
    assert "2" in writer.pages.get("/staff/ballots").text("section tbody")


def test_ballots_are_issued_by_command(engine_url: str, database: Database, tmp_path: Path) -> None:
    furnish(database)
    given, out = tmp_path / "list.csv", tmp_path / "links.csv"
    given.write_text(f"{CODE}\nhồ sơ 5\n", encoding="utf-8")
    office = {"FEEDBACK_DATABASE_URL": engine_url, "FEEDBACK_DATA_DIR": str(tmp_path), "FEEDBACK_SECRET_KEY": SECRET}

    done = feedback_service("ballot", "issue", str(given), "--unit", "19333", "--out", str(out), **office)
    printed = feedback_service("ballot", "issue", str(given), "--unit", "19333", **office)
    nowhere = [feedback_service("ballot", "issue", str(given), *unit, **office) for unit in (["--unit", "0"], [])]

    assert (done.returncode, *(one.returncode for one in nowhere)) == (0, 1, 1), done.stderr
    assert f"/b/{link_of(SECRET, CODE)};no;yes" in printed.stdout
    assert "no unit yet" in nowhere[1].stderr
    assert done.stdout.startswith("2 new ballots of 2")
    assert "hồ sơ 5".upper() in done.stderr
    assert link_of(SECRET, CODE) in out.read_text(encoding="utf-8-sig")
