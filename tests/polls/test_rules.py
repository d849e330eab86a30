"""When one may vote, what a vote may name, who sees the counts, and what a poll must be."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_service.bundled import own
from feedback_service.polls import rules
from feedback_service.polls.rules import (
    MOST_OPTIONS,
    SLUG,
    STEPS,
    Kind,
    Phase,
    ResultsShown,
    Status,
    Words,
    chosen_of,
    flaw_of_choice,
    flaws_of,
    may_see_results,
    phase_of,
    slug_of,
)
from feedback_service.web.i18n import Translations
from tests.conftest import OPENING
from tests.polls.polling import CITY, HOURS

KNOWN = (3, 4, 5)


@pytest.mark.parametrize(
    ("status", "opens", "closes", "phase"),
    [
        (Status.DRAFT, -1, 1, Phase.DRAFT),
        (Status.OPEN, 1, 2, Phase.WAITING),
        (Status.OPEN, 0, 1, Phase.OPEN),
        (Status.OPEN, -1, None, Phase.OPEN),
        (Status.OPEN, -2, 0, Phase.CLOSED),
        (Status.CLOSED, -1, 1, Phase.CLOSED),
        (Status.ARCHIVED, -1, None, Phase.ARCHIVED),
    ],
)
def test_a_poll_is_open_from_its_first_moment_up_to_its_last(
    status: Status, opens: int, closes: int | None, phase: Phase
) -> None:
    closes_at = None if closes is None else OPENING + timedelta(seconds=closes)

    assert phase_of(status, OPENING + timedelta(seconds=opens), closes_at, OPENING) is phase


def test_who_sees_the_counts_and_when() -> None:
    #            phase           voted  always  after vote  after close
    table = (
        (Phase.DRAFT, True, False, False, False),
        (Phase.WAITING, True, False, False, False),
        (Phase.OPEN, False, True, False, False),
        (Phase.OPEN, True, True, True, False),
        (Phase.CLOSED, False, True, True, True),
        (Phase.ARCHIVED, False, True, True, True),
    )

    for phase, has_voted, *seen in table:
        assert [may_see_results(shown, phase, has_voted=has_voted) for shown in ResultsShown] == seen, (
            phase,
            has_voted,
        )


@pytest.mark.parametrize(
    ("values", "most", "flaw"),
    [
        (["3"], 1, None),
        (["5", "3"], 2, None),
        (["003"], 1, None),
        ([], 1, "Please choose an answer first."),
        (["6"], 1, "Please choose among the answers on this page."),
        (["3", "x"], 2, "Please choose among the answers on this page."),
        (["3", "3"], 2, "Each answer can be chosen once."),
        (["3", "4"], 1, "More answers are chosen than one vote may name."),
    ],
)
def test_a_vote_names_answers_of_this_poll_each_once(values: list[str], most: int, flaw: str | None) -> None:
    assert flaw_of_choice(values, KNOWN, most) == flaw


@given(st.lists(st.text(max_size=12) | st.sampled_from(["3", "4", "5"])), st.integers(1, 3))
def test_whatever_is_sent_a_vote_is_well_formed_or_refused(values: list[str], most: int) -> None:
    chosen = chosen_of(values, KNOWN)

    assert set(chosen) <= set(KNOWN)
    if flaw_of_choice(values, KNOWN, most) is None:
        assert 1 <= len(chosen) == len(set(chosen)) == len(values) <= most


def test_an_address_is_made_of_a_question() -> None:
    assert slug_of("Bạn đánh giá thế nào về Đường 9?") == "ban-danh-gia-the-nao-ve-duong-9"
    assert slug_of("???") == ""


@given(st.text(max_size=300))
def test_an_address_is_always_short_and_plain(question: str) -> None:
    slug = slug_of(question)

    assert len(slug) <= rules.SLUG_LETTERS
    assert slug == "" or SLUG.fullmatch(slug)


def test_the_polls_of_the_tests_and_the_city_are_sound() -> None:
    assert flaws_of(CITY) == flaws_of(HOURS) == ()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"slug": "Có dấu"}, "slug"),
        ({"slug": ""}, "slug"),
        ({"slug": "a--b"}, "slug"),
        ({"question": Words("")}, "question_vi"),
        ({"options": (Words("Tốt"),)}, "options_vi"),
        ({"options": tuple(Words(str(number)) for number in range(MOST_OPTIONS + 1))}, "options_vi"),
        ({"options": (Words("Tốt"), Words("TỐT"))}, "options_vi"),
        ({"options": (Words("Tốt", "Good"), Words("Kém"))}, "options_en"),
        ({"options": (Words("Tốt", "Good"), Words("", "Bad"))}, "options_en"),
        ({"kind": Kind.MULTIPLE, "most_choices": 1}, "most_choices"),
        ({"kind": Kind.MULTIPLE, "most_choices": 5}, "most_choices"),
        ({"closes_at": CITY.opens_at}, "closes_at"),
    ],
)
def test_each_flaw_of_a_poll_is_named_at_its_field(changes: dict[str, object], field: str) -> None:
    found = flaws_of(replace(CITY, **changes))  # type: ignore[arg-type]  # the test names the fields

    assert [fault.pointer for fault in found] == [field]


def test_a_poll_goes_one_way() -> None:
    phase, way = Phase.DRAFT, [Phase.DRAFT]
    while phase in STEPS:
        phase = Phase(STEPS[phase].value)
        way.append(phase)

    assert way == [Phase.DRAFT, Phase.OPEN, Phase.CLOSED, Phase.ARCHIVED]


def test_every_name_and_flaw_has_vietnamese_words() -> None:
    vietnamese = Translations.read(own("translations")).words["vi"]
    names = (*rules.KIND_NAMES.values(), *rules.LADDER_NAMES.values(), *rules.SHOWN_NAMES.values())
    broken = replace(CITY, slug="", question=Words(""), options=(), closes_at=CITY.opens_at)
    choices: tuple[list[str], ...] = ([], ["6"], ["3", "3"], ["3", "4"])
    flaws = (*(fault.message for fault in flaws_of(broken)), *(flaw_of_choice(sent, KNOWN, 1) for sent in choices))

    assert [said for said in (*names, *flaws) if said not in vietnamese] == []


def test_a_text_without_english_is_read_in_vietnamese() -> None:
    assert Words("Tốt").said_in("en") == "Tốt"
    assert Words("Tốt", "Good").said_in("en") == "Good"
    assert Words("Tốt", "Good").said_in("vi") == "Tốt"
