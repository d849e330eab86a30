"""What passes a challenge, and what is said when it does not."""

import base64
import json
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from altcha import Challenge, solve_challenge
from hypothesis import given
from hypothesis import strategies as st

from feedback_service.bundled import own
from feedback_service.challenges.drawing.work import MOST_TRIES, answer_of, work
from feedback_service.challenges.rules import (
    ACCEPTED,
    CODE_LENGTH,
    DIGITS,
    RIPE_AFTER,
    WORDS,
    Answer,
    Budget,
    Ladder,
    Outcome,
    Proof,
    digits_of,
    judged,
    too_early,
    typed_code,
    work_done,
)
from feedback_service.web.i18n import Translations
from tests.conftest import SECRET
from tests.polls.polling import solved

NOON = datetime(2026, 10, 13, 5, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def short() -> tuple[str, str]:
    """Short work and its solution: the nonce, and what a form sends."""
    return _done(Proof.WORK)


@pytest.fixture(scope="module")
def long() -> tuple[str, str]:
    """Long work and its solution."""
    return _done(Proof.LONG_WORK)


@given(st.text(alphabet="0123456789abcdef", min_size=32, max_size=32))
def test_a_code_has_five_digits_and_never_a_one_or_a_seven(nonce: str) -> None:
    digits = digits_of(SECRET, nonce)

    assert len(digits) == CODE_LENGTH
    assert set(digits) <= set(DIGITS) == set("02345689")
    assert digits == digits_of(SECRET, nonce)


def test_every_digit_is_as_likely_as_every_other() -> None:
    drawn = "".join(digits_of(SECRET, f"{number:032x}") for number in range(4000))

    assert all(2300 < drawn.count(digit) < 2700 for digit in DIGITS)


def test_another_office_has_other_codes() -> None:
    nonces = [f"{number:032x}" for number in range(50)]

    assert [digits_of(SECRET, nonce) for nonce in nonces] != [digits_of("other" * 8, nonce) for nonce in nonces]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("23456", "23456"), (" 2 3 4 5 6 ", "23456"), ("２３４５６", "23456"), ("", ""), ("2345678", "234567")],
)
def test_a_code_is_understood_however_it_is_typed(typed: str, meant: str) -> None:
    assert typed_code(typed) == meant


def test_every_ladder_takes_code_and_work_in_its_way(short: tuple[str, str], long: tuple[str, str]) -> None:
    full, small, refused = Budget.FULL, Budget.SMALL, None
    table = {
        # code, work            code-work  work   code
        ("right", "none"): (small, small, full),
        ("right", "short"): (full, full, full),
        ("none", "short"): (refused, full, refused),
        ("none", "long"): (full, full, full),
        ("none", "none"): (refused, refused, refused),
    }

    for (code, kind), budgets in table.items():
        nonce, solution = {"none": (short[0], ""), "short": short, "long": long}[kind]
        answer = Answer(digits_of(SECRET, nonce) if code == "right" else "", solution, "")
        for ladder, budget in zip((Ladder.CODE_AND_WORK, Ladder.WORK, Ladder.CODE), budgets, strict=True):
            expected = (Outcome.PASSED, budget) if budget else (Outcome.MISSING, small)
            assert judged(answer, secret=SECRET, nonce=nonce, ladder=ladder) == expected, (code, kind, ladder)


def test_whoever_cannot_read_a_code_has_a_way_on_every_ladder() -> None:
    assert all(ACCEPTED[ladder].get(Proof.LONG_WORK) is Budget.FULL for ladder in Ladder)


def test_whoever_has_no_javascript_has_a_way_on_every_ladder() -> None:
    assert all(Proof.CODE in ACCEPTED[ladder] for ladder in Ladder)


def test_a_wrong_part_spoils_a_right_one(short: tuple[str, str]) -> None:
    nonce, solution = short
    right = digits_of(SECRET, nonce)

    for ladder in Ladder:
        outcomes = [
            judged(Answer(code, proof, website), secret=SECRET, nonce=nonce, ladder=ladder)[0]
            for code, proof, website in (("11111", solution, ""), (right, "no solution", ""), (right, solution, "x"))
        ]
        assert outcomes == [Outcome.WRONG_CODE, Outcome.WRONG_WORK, Outcome.TRAPPED]


def test_work_is_done_for_one_nonce_under_one_secret(short: tuple[str, str], long: tuple[str, str]) -> None:
    nonce, solution = short

    assert work_done(solution, secret=SECRET, nonce=nonce) is Proof.WORK
    assert work_done(long[1], secret=SECRET, nonce=long[0]) is Proof.LONG_WORK
    assert work_done(solution, secret=SECRET, nonce=long[0]) is None
    assert work_done(solution, secret="other" * 8, nonce=nonce) is None


def test_no_part_of_a_solution_can_be_changed(short: tuple[str, str]) -> None:
    nonce, solution = short
    sent = json.loads(base64.b64decode(solution))
    parameters = sent["challenge"]["parameters"]

    wrong: tuple[object, ...] = ("", None, 1, [], {})
    named: list[tuple[str, object]] = [("data", {"proof": "long-work"}), ("expiresAt", 4102444800)]
    for name, value in [*product(parameters, wrong), *named]:
        if parameters.get(name) != value:
            changed = {**sent, "challenge": {**sent["challenge"], "parameters": {**parameters, name: value}}}
            told = base64.b64encode(json.dumps(changed).encode()).decode()
            assert work_done(told, secret=SECRET, nonce=nonce) is None, (name, value)
    for unsigned in ({"signature": None}, {"signature": ""}, {"signature": "0" * 64}):
        told = base64.b64encode(json.dumps({**sent, "challenge": {**sent["challenge"], **unsigned}}).encode()).decode()
        assert work_done(told, secret=SECRET, nonce=nonce) is None


@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda content: base64.b64encode(content).decode()))
def test_nonsense_is_no_work_and_no_fault(sent: str) -> None:
    assert work_done(sent, secret=SECRET, nonce="0" * 32) is None


def test_work_is_done_by_trying_one_number_after_the_other() -> None:
    nonce = f"{5:032x}"

    found = solve_challenge(Challenge.from_dict(json.loads(work(SECRET, nonce, Proof.WORK))))

    assert found
    assert found.counter == answer_of(SECRET, nonce, Proof.WORK)


def test_the_numbers_to_be_found_lie_everywhere_below_their_limit() -> None:
    answers = [answer_of(SECRET, f"{number:032x}", Proof.WORK) for number in range(4000)]

    assert (min(answers), max(answers)) == (0, MOST_TRIES[Proof.WORK] - 1)
    assert 240 < sum(answers) / len(answers) < 271


def test_long_work_is_several_times_as_long() -> None:
    assert MOST_TRIES[Proof.LONG_WORK] >= 5 * MOST_TRIES[Proof.WORK]


def test_two_seconds_are_needed_and_a_clock_set_back_is_no_haste() -> None:
    assert too_early(NOON, NOON)
    assert too_early(NOON, NOON + RIPE_AFTER - timedelta(milliseconds=1))
    assert not too_early(NOON, NOON + RIPE_AFTER)
    assert not too_early(NOON, NOON - timedelta(minutes=3))


def test_everything_that_can_go_wrong_has_vietnamese_words() -> None:
    vietnamese = Translations.read(own("translations")).words["vi"]

    assert set(WORDS) == set(Outcome) - {Outcome.PASSED, Outcome.REPEATED}
    assert [words for words in WORDS.values() if words not in vietnamese] == []


def _done(proof: Proof) -> tuple[str, str]:
    nonce = f"{len(proof):032x}"
    return nonce, solved(work(SECRET, nonce, proof))
