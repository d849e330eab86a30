"""What is hidden, what is told about completeness, and what a questionnaire asked."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_service.core.words import Sentence
from feedback_service.reports.rules import questions, reasons
from feedback_service.reports.rules.completeness import Report, completeness
from feedback_service.reports.rules.disclosure import SMALLEST_GROUP, publishable
from feedback_service.reports.rules.satisfaction import LevelCounts, Scale, Standing

END = datetime(2026, 9, 30, 17, tzinfo=UTC)
LATER = END + timedelta(days=3)
SUBJECT = Sentence("Reasons of dissatisfaction")


def line(name: str, total: int) -> Standing:
    """Return a counter that everybody likes."""
    return Standing(name, LevelCounts(Scale.FIVE, (0, 0, 0, 0, total)))


def test_a_counter_with_nine_ratings_is_not_published() -> None:
    published = publishable([line("Quầy 1", 50), line("Quầy 2", 9), line("Quầy 3", 8)])

    assert [one.name for one in published.shown] == ["Quầy 1"]
    assert published.rest is not None
    assert published.rest.total == 17


def test_a_single_small_counter_cannot_be_worked_out_from_the_total() -> None:
    published = publishable([line("Quầy 1", 50), line("Quầy 2", 20), line("Quầy 3", 3)])

    assert [one.name for one in published.shown] == ["Quầy 1"]
    assert published.rest is not None
    assert published.rest.total == 23


@given(st.lists(st.integers(0, 60), max_size=12))
def test_no_published_number_stands_for_fewer_than_ten_people(totals: list[int]) -> None:
    published = publishable([line(f"Quầy {index}", total) for index, total in enumerate(totals)])

    assert all(one.counts.total >= SMALLEST_GROUP for one in published.shown)
    left_over = sum(totals) - sum(one.counts.total for one in published.shown)
    assert left_over == (published.rest.total if published.rest else left_over)
    assert not published.shown or left_over == 0 or left_over >= SMALLEST_GROUP


def test_figures_are_final_when_every_tablet_has_sent_all_and_reported_after_the_end() -> None:
    found = completeness([Report(LATER, 0), Report(END, 0)], until=END, now=LATER)

    assert found.is_final
    assert found.headline == Sentence("Figures complete to the end of {day}", {"day": date(2026, 9, 30)})


@pytest.mark.parametrize(
    ("reports", "headline"),
    [
        ([Report(END - timedelta(hours=2), 0)], "Provisional figures, complete up to {moment}"),
        ([Report(LATER, 0), Report(LATER, 2)], "Provisional figures: tablets still have to report"),
        ([Report(LATER, 0), Report(None, 0)], "Provisional figures: tablets still have to report"),
    ],
)
def test_figures_are_provisional_while_a_tablet_may_still_send(reports: list[Report], headline: str) -> None:
    found = completeness(reports, until=END, now=LATER)

    assert not found.is_final
    assert found.headline.message == headline


def test_a_period_that_still_runs_is_provisional() -> None:
    now = END - timedelta(days=1)

    assert not completeness([Report(now, 0)], until=END, now=now).is_final
    assert not completeness([], until=END, now=now).is_final


def test_reasons_are_sorted_and_add_up() -> None:
    named = {"Chờ lâu": 38, "Khó hiểu": 24, "Đi lại": 21, "Trễ hẹn": 14, "Chỗ ngồi": 9, "Thái độ": 7, "a": 4, "b": 4}

    found = reasons.ranked(named, asked=64)

    assert found.mentions == 121
    assert found.main_count == 4
    assert [line.count for line in found.lines] == sorted(named.values(), reverse=True)
    assert found.lines[3].cumulative == pytest.approx(0.8017, abs=1e-4)
    assert found.lines[0].of_asked == pytest.approx(0.594, abs=1e-3)
    assert reasons.finding(found, SUBJECT).facts["count"] == 4


def test_a_heading_about_reasons_needs_thirty_mentions() -> None:
    few = reasons.ranked({"a": 20, "b": 3, "c": 2}, asked=20)

    assert reasons.finding(few, SUBJECT) == SUBJECT


def test_a_questionnaire_tells_its_faces_and_which_answers_lead_to_reasons() -> None:
    text = {"vi": "", "en": ""}
    ticks = [{"value": "wait", "text": {"vi": "Chờ lâu", "en": "Long wait"}}]
    version = [
        {"id": "overall", "kind": "faces", "options": [{"value": str(n), "text": text} for n in (5, 4, 3, 2, 1)]},
        {"id": "why", "kind": "multiple", "show_if": {"question": "overall", "in": ["1", "2"]}, "options": ticks},
        {"id": "praise", "kind": "multiple", "show_if": {"question": "overall", "in": ["4", "5"]}, "options": ticks},
        {"id": "age", "kind": "single", "show_if": None, "options": ticks},
        {"id": "more", "kind": "text", "options": []},
    ]

    found = questions.asked(7, json.dumps(version))

    assert found is not None
    assert (found.faces, found.scale) == ("overall", Scale.FIVE)
    assert [(question.id, question.after) for question in found.choices] == [
        ("why", questions.LOW),
        ("praise", questions.HIGH),
        ("age", questions.ANY),
    ]


def test_a_questionnaire_without_faces_has_no_satisfaction() -> None:
    assert questions.asked(8, json.dumps([{"id": "age", "kind": "single", "options": []}])) is None
