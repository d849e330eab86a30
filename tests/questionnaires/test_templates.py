"""The questionnaires that ship with the service are those of the law, and say what is still to be verified."""

import pytest

from feedback_service.questionnaires.rules import Kind, Source, asked_of_citizens, faults_in, flaws, questions_of
from feedback_service.questionnaires.rules.asking import answers_in, groups_of
from feedback_service.questionnaires.rules.wording import Wording
from feedback_service.questionnaires.service import builtin

SHIPPED = {wording.id: wording for wording in builtin()}


@pytest.mark.parametrize("wording", SHIPPED.values(), ids=SHIPPED)
def test_what_ships_is_sound_names_its_basis_and_presets_nothing(wording: Wording) -> None:
    assert flaws(questions_of(wording.questions), is_kiosk=wording.kind == "kiosk") == ()
    assert wording.is_unverified
    assert wording.legal_basis
    assert "default" not in wording.questions


@pytest.mark.parametrize("wording", SHIPPED.values(), ids=SHIPPED)
def test_what_ships_lost_no_end_of_a_sentence(wording: Wording) -> None:
    questions = questions_of(wording.questions)
    options = [option for question in questions for option in question.options]

    texts = [
        text for said in (*(one.text for one in questions), *(one.text for one in options)) for text in said.values()
    ]

    assert [text for text in texts if text.count("(") != text.count(")")] == []


def test_the_ballot_asks_citizens_six_of_nine_indices_and_fills_two_from_dates() -> None:
    questions = questions_of(SHIPPED["phieu-9-chi-so"].questions)

    by_source = {source: [one.id for one in questions if one.source is source] for source in Source}

    assert by_source[Source.DOSSIER] == ["cs1", "cs2"]
    assert by_source[Source.UNIT] == ["cs5", "cs8", "cs9"]
    assert [name for name in by_source[Source.CITIZEN] if name.startswith("cs")] == [
        *("cs3", "cs4", "cs6", "cs7", "cs10", "cs11")
    ]
    indices = [question for question in questions if question.id in {f"cs{number}" for number in range(1, 10)}]
    assert all([option.value for option in index.options] == [2, 1, 0] for index in indices)


def test_a_citizen_cannot_answer_what_dates_or_the_unit_say() -> None:
    questions = questions_of(SHIPPED["phieu-9-chi-so"].questions)
    answers = {"cs3": 2, "cs4": 2, "cs6": 2, "cs7": 2, "cs10": 3, "cs11": 3}

    assert faults_in(questions, answers) == ()
    assert [fault.pointer for fault in faults_in(questions, {**answers, "cs1": 2, "cs5": 2})] == [
        *("/answers/cs1", "/answers/cs5")
    ]
    assert "cs5" not in answers_in(questions, {"q-cs5": ["2"], "q-cs3": ["2"]})


def test_indices_from_dates_are_shown_only_where_the_dates_are_known() -> None:
    questions = questions_of(SHIPPED["phieu-9-chi-so"].questions)

    shown = [[asked.question.id for asked in group.asked] for group in groups_of(questions, {"cs1": 2})]

    assert shown[0] == ["cs1"]
    assert not any(name in ("cs2", "cs5", "cs8", "cs9") for names in shown for name in names)


def test_sipas_asks_33_items_in_nine_groups() -> None:
    questions = questions_of(SHIPPED["sipas-2023"].questions)

    items = [question for question in questions if question.id.startswith("s")]

    assert len(items) == 33
    assert len({question.group["vi"] for question in items}) == 9
    assert all(len(question.options) == 5 and question.kind is Kind.SINGLE for question in items)
    assert len(asked_of_citizens(questions)) == 42


def test_hue_has_twelve_criteria() -> None:
    assert len(questions_of(SHIPPED["hue-12-tieu-chi"].questions)) == 12
