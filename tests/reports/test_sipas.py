"""What answers come to: the indices that citizens answer and SIPAS, told again from the ratings one by one."""

import json
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from statistics import mean

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from feedback_service.core.canonical import canonical
from feedback_service.core.period import Period, local_day
from feedback_service.db import Database
from feedback_service.operations.service.demo.chance import Draws
from feedback_service.questionnaires.models import Questionnaire, QuestionnaireVersion
from feedback_service.questionnaires.rules import questions_of
from feedback_service.questionnaires.service import builtin
from feedback_service.ratings.models import Rating
from feedback_service.ratings.service import rebuild
from feedback_service.reports.queries.indicators import Indicators, indicators
from feedback_service.reports.queries.places import places
from feedback_service.reports.rules.nine import ASKED, asked_index
from feedback_service.reports.rules.satisfaction import PROTECTING
from feedback_service.reports.rules.sipas import POLICIES, SERVICES, sipas
from tests.reports import records
from tests.reports.records import COUNTER_3, DONG_HA, MONDAY, NAM_DONG_HA, PROVINCE

WORDINGS = {wording.id: wording for wording in builtin()}
BALLOT, FORM = 91, 92
DAYS = Period(local_day(MONDAY), local_day(MONDAY) + timedelta(days=1))


def test_an_index_that_citizens_answer_is_the_mean_of_their_points() -> None:
    found = asked_index(3, {"2": 6, "1": 3, "0": 1})

    assert (found.part, found.whole, found.rounded) == (Fraction(15), 10, Decimal("1.50"))
    assert [term.product for term in found.terms] == [12, 3, 0]
    assert asked_index(3, {}).rounded is None
    few = asked_index(3, {"2": 4})
    assert few.rounded is None
    assert few.withheld


ITEMS = [f"s{number:02}" for number in range(1, 34)]


def test_sipas_is_the_mean_of_items_then_of_factors_and_neutral_is_not_satisfied() -> None:
    answers = {item: {"5": 4, "4": 4, "3": 2} for item in ITEMS} | {"s15": {"3": 5, "1": 5}, "s01": {}}

    found = {one.key: one for one in sipas(answers, {"s15": "Thông tin dễ tìm"})}

    access = found["sipas-15"]
    assert access.share == Fraction(8 * 3, 10 * 4)
    assert access.terms[0].text == "Thông tin dễ tìm"
    assert found["sipas-1"].whole == 1  # nobody answered item 1, which is no zero
    assert found["sipas-services"].share == (access.share + 4 * Fraction(8, 10)) / 5
    assert found["sipas"].share == (access.share + 8 * Fraction(8, 10)) / 9
    assert len(found) == 3 + 9


def test_sipas_holds_back_what_fewer_than_five_answered_and_is_silent_without_answers() -> None:
    few = {one.key: one for one in sipas({item: {"5": 9 if item != "s33" else 4} for item in ITEMS}, {})}

    assert few["sipas-31"].share is None
    assert few["sipas-31"].withheld == few["sipas"].withheld == few["sipas-services"].withheld
    assert few["sipas-policies"].share == 1
    assert sipas({}, {}) == ()
    only_services = {one.key: one for one in sipas({item: {"4": 5} for item in ITEMS[14:]}, {})}
    assert only_services["sipas-services"].share == 1
    assert only_services["sipas"].share is None


@given(st.lists(st.lists(st.integers(0, 30), min_size=5, max_size=5), min_size=33, max_size=33))
def test_a_mean_of_sipas_lies_between_its_items(counts: list[list[int]]) -> None:
    answers = {item: dict(zip("12345", chosen, strict=True)) for item, chosen in zip(ITEMS, counts, strict=True)}

    for one in sipas(answers, {}):
        if one.share is not None:
            shares = [term.product for term in one.terms]
            assert 0 <= min(shares) <= one.share <= max(shares) <= 1


def test_the_questionnaire_of_sipas_asks_every_item_of_its_factors() -> None:
    (wording,) = [one for one in builtin() if one.id == "sipas-2023"]
    asked = {question.id: question for question in questions_of(wording.questions)}

    for factor in (*POLICIES, *SERVICES):
        groups = {asked[item].group["vi"] for item in factor.questions}
        assert len(groups) == 1
        assert {str(option.value) for item in factor.questions for option in asked[item].options} == set("12345")
    assert [item for factor in (*POLICIES, *SERVICES) for item in factor.questions] == ITEMS


def fill(database: Database) -> None:
    """Write forty ballots and forty forms of two days, some of them suspicious."""
    with database.transaction() as session:
        records.found_office(session)
        for version_id, name in ((BALLOT, "phieu-9-chi-so"), (FORM, "sipas-2023")):
            titles = {"title_vi": name, "title_en": name, "kind": "survey"}
            records.add(session, Questionnaire, {"id": name, **titles})
            row = {**records.version(version_id, name, 3), "questions": WORDINGS[name].questions}
            records.add(session, QuestionnaireVersion, row)
        for number in range(80):
            draws, is_ballot = Draws("answers", number), number % 2 == 0
            asked = [f"cs{index}" for index in ASKED] if is_ballot else ITEMS
            chosen = {one: draws.below(3) if is_ballot else 1 + draws.below(5) for one in asked if draws.happens(0.9)}
            told = {"version_id": BALLOT if is_ballot else FORM, "level": None, "levels": None}
            at = {"answered_at": MONDAY + timedelta(days=number // 2 % 2), "channel": "web"}
            tier = "suspicious" if draws.happens(0.2) else "web"
            records.add_rating(session, number, tier=tier, answers=canonical(chosen), **told, **at)
        for day in (DAYS.first_on, DAYS.last_on):
            rebuild(session, DONG_HA, day)


def read(database: Database) -> tuple[Indicators, Sequence[dict[str, int]], Sequence[dict[str, int]]]:
    """Return the indicators, and the answers of every ballot and form that is not suspicious."""
    with database.reading() as session:
        found = indicators(session, places(session), DONG_HA, DAYS, now=MONDAY)
        raw = session.execute(select(Rating.version_id, Rating.answers).where(Rating.tier != "suspicious")).all()
    told = {one: [json.loads(text) for version_id, text in raw if version_id == one] for one in (BALLOT, FORM)}
    return found, told[BALLOT], told[FORM]


def test_the_indices_of_ballots_agree_with_a_recount_of_the_answers(database: Database) -> None:
    fill(database)

    found, ballots, _forms = read(database)

    for number in ASKED:
        given_points = [one[f"cs{number}"] for one in ballots if f"cs{number}" in one]
        assert found.nine[number].share == Fraction(sum(given_points), len(given_points))
    assert sorted(found.nine) == [1, 2, 3, 4, 6, 7, 8]


def test_a_ward_holds_its_answers_back_where_they_would_give_those_of_the_other_ward_away(database: Database) -> None:
    fill(database)
    with database.transaction() as session:
        for number in range(100, 103):
            answers = canonical({"cs3": 0, "s15": 1})
            for place, version_id in enumerate((BALLOT, FORM)):
                told = {"version_id": version_id, "level": None, "levels": None, "channel": "web", "tier": "web"}
                at = {"unit_id": NAM_DONG_HA, "counter_id": COUNTER_3, "answers": answers}
                records.add_rating(session, 2 * number + place, **told, **at)
        rebuild(session, NAM_DONG_HA, DAYS.first_on)

    with database.reading() as session:
        everywhere, at_home = places(session), places(session, scope=frozenset({DONG_HA}))
        beside, alone, province = (
            indicators(session, within, unit_id, DAYS, now=MONDAY)
            for within, unit_id in ((everywhere, DONG_HA), (at_home, DONG_HA), (everywhere, PROVINCE))
        )

    factors = [{one.key: one for one in found.sipas}["sipas-15"] for found in (beside, alone, province)]
    assert [found.nine[3].withheld for found in (beside, alone, province)] == [PROTECTING, None, None]
    assert [one.withheld for one in factors] == [PROTECTING, None, None]
    assert (beside.nine[4].withheld, beside.nine[3].share) == (None, None)


def test_sipas_agrees_with_a_recount_of_the_answers(database: Database) -> None:
    fill(database)

    found, _ballots, forms = read(database)

    shares = {}
    for item in ITEMS:
        answers = [form[item] for form in forms if item in form]
        shares[item] = Fraction(sum(answer >= 4 for answer in answers), len(answers))
    of_factors = [mean(shares[item] for item in factor.questions) for factor in (*SERVICES, *POLICIES)]
    assert [one.share for one in found.sipas] == [
        mean(of_factors),
        mean(of_factors[:5]),
        mean(of_factors[5:]),
        *of_factors,
    ]
    assert found.sipas[3].terms[0].text.startswith("Cơ quan cung cấp thông tin về việc giải quyết")
