"""Paper and telephone: keyed twice by two people, compared, settled by a person, counted under their channel."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import insert

from feedback_service.accounts.rules.roles import Role
from feedback_service.core.clock import FixedClock
from feedback_service.questionnaires.rules import Kind, Question, questions_of
from feedback_service.ratings.models import BallotUse, HourTally, PaperBatch, PaperSheet, Rating, RatingTally
from feedback_service.ratings.rules.paper import Keyed, Pair, keyed_in, typed
from feedback_service.ratings.rules.settling import Said, differences, settlement
from feedback_service.suggestions.models import Suggestion
from feedback_service.units.models import Unit
from tests.officers import Officer, officer
from tests.pages import Page
from tests.ratings.street import Street, settle
from tests.ratings.test_ballots import CODE, link

FACES = [{"value": 5, "text": {"vi": "Rất hài lòng"}}, {"value": 1, "text": {"vi": "Rất không hài lòng"}}]
REASONS = [{"value": name, "text": {"vi": name}} for name in ("slow", "rude", "dear")]
QUESTIONS: tuple[Question, ...] = questions_of(
    json.dumps(
        [
            {"id": "face", "kind": "faces", "text": {"vi": "?"}, "required": True, "options": FACES},
            {
                "id": "why",
                "kind": "multiple",
                "text": {"vi": "?"},
                "required": False,
                "options": REASONS,
                "show_if": {"question": "face", "in": [1]},
            },
            {"id": "tips", "kind": "scale", "text": {"vi": "?"}, "required": True},
            {"id": "on", "kind": "date", "text": {"vi": "?"}, "required": False},
            {"id": "fee", "kind": "number", "text": {"vi": "?"}, "required": False},
            {"id": "words", "kind": "text", "text": {"vi": "?"}, "required": False},
        ]
    )
)
FULL = {"q-face": "2", "q-why": "1, 3", "q-tips": "10", "q-on": "13/10/2026", "q-fee": "15,5", "q-words": "chờ lâu"}


@dataclass
class Desk:
    """Two people who key the same pile."""

    street: Street
    first: Officer
    second: Officer
    pile: str = ""

    def open(self, questionnaire: str = "kiosk-5", channel: str = "paper") -> None:
        """Let the first one open a pile."""
        blank = self.first.pages.get("/staff/papers/new")
        shown = self.first.pages.send(
            blank,
            {"questionnaire": questionnaire, "channel": channel, "counter": "", "answered_on": "2026-10-12"},
        )
        self.pile = shown.address

    def key(self, who: Officer, *sheets: Mapping[str, str]) -> Page:
        """Key sheets one after the other and say that these are all."""
        for sheet in sheets:
            who.pages.send(who.pages.get(self.pile), sheet, selector="form[data-keying]")
        return who.pages.post(f"{self.pile}/ends", who.pages.get(self.pile).form("form[data-keying]"))


@pytest.fixture
def desk(app: Flask, clock: FixedClock) -> Desk:
    """A ward with two officers, once on each kind of database."""
    street = settle(app, clock)
    unit_id = street.lobby.unit_id
    return Desk(
        street,
        officer(app, Role.ONE_STOP, name="mai", unit_id=unit_id),
        officer(app, Role.ONE_STOP, name="binh", unit_id=unit_id),
    )


def test_a_pile_is_keyed_twice_and_what_differs_is_settled_by_a_person(desk: Desk) -> None:
    link(desk.street)
    desk.open()

    handed = desk.key(desk.first, {"q-satisfaction": "1"}, {"q-satisfaction": "4", "ballot": CODE})
    alone = desk.first.pages.get(desk.pile)
    compared = desk.key(desk.second, {"q-satisfaction": "2"}, {"q-satisfaction": "4", "ballot": CODE})
    open_still = desk.second.pages.send(compared, {}, status=422)
    counted = desk.second.pages.send(open_still, {"d-1-satisfaction": "second"})

    assert "chuyển tập phiếu" in handed.text("main")
    assert not alone.all("form[data-keying]")
    assert compared.texts("fieldset .choice span") == [
        *("Lần một: 1 – Rất hài lòng", "Lần hai: 2 – Hài lòng", "Cả hai đều sai; trên phiếu là:")
    ]
    assert "Xin chọn điều ghi trên phiếu." in open_still.text(".error-summary")
    assert "Đã tính lúc" in counted.text("main")
    told = sorted((row["tier"], row["channel"], row["level"]) for row in desk.street.rows(Rating))
    assert told == [("dossier", "paper", 2), ("web", "paper", 4)]
    assert len(desk.street.rows(BallotUse)) == 1
    assert desk.street.rows(PaperSheet) == []
    assert {row["channel"] for row in desk.street.rows(RatingTally)} == {"paper"}
    assert desk.street.rows(HourTally) == []
    assert desk.street.is_whole()


def test_whoever_keyed_first_neither_keys_again_nor_counts_alone(desk: Desk) -> None:
    desk.open(channel="phone")
    form = desk.first.pages.get(desk.pile).form("form[data-keying]")
    desk.key(desk.first, {"q-satisfaction": "1"})

    again = desk.first.pages.post(f"{desk.pile}/sheets", {**form, "q-satisfaction": "1"}, status=409)
    nothing = desk.first.pages.client.post(f"{desk.pile}/settlement", data=form)

    assert "Người nhập lần một không được nhập lần hai." in again.text(".error-summary")
    assert nothing.status_code == 303
    assert desk.street.rows(Rating) == []


def test_a_sheet_that_one_of_the_two_keyed_is_counted_or_left_out_by_choice(desk: Desk) -> None:
    desk.open("phieu-9-chi-so")
    sheet = {"q-cs3": "1", "q-cs10": "2"}
    desk.key(desk.first, sheet, sheet)

    compared = desk.key(desk.second, sheet, {"q-cs3": "1", "q-cs10": "2 "}, {"q-cs4": "1"}, sheet)
    desk.second.pages.send(compared, {"d-3-sheet": "second", "d-4-sheet": "first"})

    assert len(desk.street.rows(Rating)) == 3
    (pile,) = desk.street.rows(PaperBatch)
    assert (pile["sheets"], pile["differences"], pile["left_out"]) == (4, 2, 1)


def test_words_on_paper_become_a_suggestion(desk: Desk) -> None:
    desk.open("phieu-9-chi-so")
    sheet = {"q-cs3": "1", "q-y-kien": "Ghế chờ quá ít"}
    desk.key(desk.first, sheet)

    desk.second.pages.send(desk.key(desk.second, sheet), {})

    (rating,) = desk.street.rows(Rating)
    (suggestion,) = desk.street.rows(Suggestion)
    assert (suggestion["channel"], suggestion["rating_id"]) == ("paper", rating["id"])
    assert "Ghế" not in rating["answers"]
    assert desk.street.is_whole()


def test_a_pile_can_be_put_aside_and_nothing_of_it_stays(desk: Desk) -> None:
    desk.open()
    desk.first.pages.send(desk.first.pages.get(desk.pile), {"q-satisfaction": "1"}, selector="form[data-keying]")

    listed = desk.first.pages.send(desk.first.pages.get(desk.pile), {}, selector="details form")

    assert "bỏ ra" in listed.text("tbody")
    assert desk.street.rows(PaperSheet) == desk.street.rows(Rating) == []
    assert desk.street.lobby.broken() == []


def elsewhere(street: Street) -> int:
    """Add another ward and return its id."""
    facts = {"code": "19351", "name": "Phường Nam Đông Hà", "folded_name": "phuong nam dong ha", "kind": "ward"}
    with street.platform.transaction() as session:
        return session.execute(insert(Unit).values(**facts).returning(Unit.id)).scalar_one()


def test_nobody_beyond_reach_sees_a_pile(desk: Desk) -> None:
    desk.open()
    stranger = officer(desk.street.app, Role.ONE_STOP, name="xa", unit_id=elsewhere(desk.street))

    assert stranger.pages.client.get(desk.pile).status_code == 404
    assert "Chưa có tập phiếu nào." in stranger.pages.get("/staff/papers").text("main")


def test_what_is_keyed_is_read_and_shown_again_as_it_was_typed() -> None:
    keyed, faults = keyed_in(QUESTIONS, FULL)

    assert faults == ()
    assert keyed.answers == {
        "face": 1,
        "why": ["slow", "dear"],
        "tips": 10,
        "on": "2026-10-13",
        "fee": 15.5,
        "words": "chờ lâu",
    }
    shown = {f"q-{question.id}": typed(question, keyed.part(question.id)) for question in QUESTIONS}
    assert shown == {**FULL, "q-why": "1 3"}


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"q-face": "3"}, "q-face"),
        ({"q-face": "1 2"}, "q-face"),
        ({"q-face": "2", "q-why": "1 1"}, "q-why"),
        ({"q-tips": "11"}, "q-tips"),
        ({"q-on": "31/02/2026"}, "q-on"),
        ({"q-fee": "nhiều"}, "q-fee"),
        ({"q-words": "x" * 2001}, "q-words"),
        ({}, "main"),
        ({"q-why": "1"}, "main"),
    ],
)
def test_what_cannot_stand_on_a_sheet_is_named_beside_its_field(fields: dict[str, str], wrong: str) -> None:
    _keyed, faults = keyed_in(QUESTIONS, fields)

    assert wrong in {fault.pointer for fault in faults}


def pair(first: Mapping[str, object] | None, second: Mapping[str, object] | None) -> Pair:
    """Return a sheet with number 1."""
    sides = [None if side is None else Keyed(side) for side in (first, second)]  # type: ignore[arg-type]  # answers
    return Pair("a", 1, *sides)


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ({"face": 1}, {"face": 1}, []),
        ({"face": 1}, {"face": 5}, ["face"]),
        ({"face": 1}, {}, ["face"]),
        ({"why": ["a", "b"]}, {"why": ["b", "a"]}, []),
        ({"words": "chờ  lâu "}, {"words": "chờ lâu"}, []),
        ({"words": "chờ lâu"}, {"words": "chờ lau"}, ["words"]),
        ({"face": 1}, None, ["sheet"]),
    ],
)
def test_keyings_differ_in_what_they_say_and_not_in_how_it_is_spaced(
    first: dict[str, object], second: dict[str, object] | None, found: list[str]
) -> None:
    assert [one.name for one in differences(QUESTIONS, [pair(first, second)])] == found


def test_a_third_reading_takes_the_place_of_both_and_is_checked_like_them() -> None:
    differing = [pair({"face": 1, "tips": 3}, {"face": 5, "tips": 3})]

    def read(text: str) -> tuple[list[dict[str, object]], list[str]]:
        sheets, faults = settlement(QUESTIONS, differing, Said({"d-1-face": "other"}, {"d-1-face": text}, {}))
        return [dict(sheet.keyed.answers) for sheet in sheets], [fault.pointer for fault in faults]

    assert read("2") == ([{"face": 1, "tips": 3}], [])
    assert read("")[0] == [{"tips": 3}]
    assert read("7")[1] == ["d-1-face"]
    assert QUESTIONS[0].kind is Kind.FACES


def test_an_answer_that_the_settlement_leaves_without_its_condition_is_named() -> None:
    differing = [pair({"face": 1, "why": ["slow"]}, {"face": 5, "why": ["slow"]})]

    _sheets, faults = settlement(QUESTIONS, differing, Said({"d-1-face": "second"}, {}, {}))

    assert [fault.pointer for fault in faults] == ["d-1-face"]
