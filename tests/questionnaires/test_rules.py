"""Which answers fit a questionnaire, and which questionnaires may be published."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_service.questionnaires.rules import Kind, Question, face_of, faults_in, flaws, is_asked, questions_of
from feedback_service.questionnaires.service import builtin

FACES = {
    "id": "faces",
    "kind": "faces",
    "text": {"vi": "Hài lòng không?"},
    "required": True,
    "options": [{"value": value, "text": {"vi": str(value)}} for value in (3, 2, 1)],
}
TABLETS = [wording for wording in builtin() if wording.kind == "kiosk"]
KIOSK_5 = next(questions_of(wording.questions) for wording in builtin() if wording.id == "kiosk-5")


def asked(**changes: object) -> tuple[Question, ...]:
    """Return the faces and one more question."""
    more = {"id": "more", "kind": "text", "text": {"vi": "Thêm?"}, "required": False, "show_if": None, **changes}
    return questions_of(json.dumps([FACES, more]))


def wrong(question: tuple[Question, ...], answer: object) -> list[str]:
    """Return what is wrong with an answer to the second question."""
    return [fault.message for fault in faults_in(question, {"faces": 3, "more": answer})]  # type: ignore[dict-item]


@pytest.mark.parametrize(
    ("kind", "fitting", "unfit"),
    [
        ("scale", [0, 7, 10], [-1, 11, 7.0, "7", True, [7]]),
        ("text", ["", "Chờ lâu"], [5, ["Chờ"], "x" * 2001]),
        ("number", [0, -3, 2.5], ["3", [3], True, float("nan"), float("inf"), 10**400]),
        ("date", ["2026-10-13"], ["13/10/2026", "2026-02-30", 20261013, "2026-W42-2", ["2026-10-13"]]),
    ],
)
def test_an_answer_is_of_the_kind_that_is_asked(kind: str, fitting: list[object], unfit: list[object]) -> None:
    question = asked(kind=kind)

    assert [answer for answer in fitting if wrong(question, answer)] == []
    assert [answer for answer in unfit if not wrong(question, answer)] == []


def test_a_condition_decides_whether_a_question_is_asked() -> None:
    reasons, praise = KIOSK_5[1], KIOSK_5[2]

    shown = {
        level: (is_asked(reasons, {"satisfaction": level}), is_asked(praise, {"satisfaction": level}))
        for level in range(1, 6)
    }

    assert shown == {1: (True, False), 2: (True, False), 3: (False, False), 4: (False, True), 5: (False, True)}


def test_a_required_question_that_is_not_asked_needs_no_answer() -> None:
    question = asked(kind="number", required=True, show_if={"question": "faces", "in": [1]})

    assert faults_in(question, {"faces": 3}) == ()
    assert [fault.pointer for fault in faults_in(question, {"faces": 1})] == ["/answers/more"]


@given(
    st.dictionaries(
        st.sampled_from([question.id for question in KIOSK_5]), st.integers() | st.text() | st.lists(st.text())
    )
)
def test_whatever_is_answered_is_judged_without_breaking(answers: dict[str, object]) -> None:
    faults = faults_in(KIOSK_5, answers)  # type: ignore[arg-type]

    if not faults:
        chosen = face_of(KIOSK_5, answers)  # type: ignore[arg-type]
        assert chosen
        assert chosen[0] in range(1, 6)


@pytest.mark.parametrize("wording", TABLETS, ids=lambda wording: wording.id)
def test_what_ships_for_tablets_is_sound_and_asks_as_long_after_praise_as_after_blame(wording: object) -> None:
    questions = questions_of(wording.questions)  # type: ignore[attr-defined]

    assert flaws(questions) == ()
    assert questions[0].kind is Kind.FACES
    blame, praise = (question for question in questions if question.kind is Kind.MULTIPLE)
    assert len(blame.options) == len(praise.options)
    assert all({"vi", "en"} <= set(option.text) for question in questions for option in question.options)
    assert all({"vi", "en"} <= set(question.text) for question in questions)


@pytest.mark.parametrize(
    ("changes", "flaw"),
    [
        ({"id": "Tên"}, "a name for programs is made of small letters"),
        ({"id": "faces"}, "faces: its name for programs stands twice"),
        ({"text": {"en": "More?"}}, "the Vietnamese text is missing"),
        ({"kind": "single", "options": []}, "there is nothing to choose from"),
        ({"kind": "faces", "options": [{"value": 1, "text": {"vi": "một"}}]}, "faces have three levels"),
        ({"show_if": {"question": "later", "in": [1]}}, "names no question before it"),
        ({"show_if": {"question": "faces", "in": [9]}}, "names an option that does not exist"),
    ],
    ids=str,
)
def test_a_flaw_is_named(changes: dict[str, object], flaw: str) -> None:
    assert any(flaw in str(found) for found in flaws(asked(**changes)))


def test_nothing_to_ask_is_a_flaw() -> None:
    assert [str(flaw) for flaw in flaws(())] == ["it asks citizens nothing"]
