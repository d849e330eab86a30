"""The tallies hold what the ratings say, and are made again when they do not."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from feedback_service.questionnaires.rules import questions_of
from feedback_service.questionnaires.service import builtin
from feedback_service.ratings import queries, service
from feedback_service.ratings.rules import Countable, lane_choices_of, lane_days_of, lane_hours_of, sums_of, tallied
from tests.databases import feedback_service
from tests.ratings.lobby import OPENING, Lobby, rating

ASKED = [questions_of(wording.questions) for wording in builtin()]
VERSIONS = {number: asked for number, asked in enumerate(ASKED) if asked[0].id == "satisfaction"}
"""The questionnaires of the counter: they begin with faces."""
RATINGS = st.lists(
    st.builds(
        Countable,
        unit_id=st.integers(1, 2),
        day=st.just(OPENING.date()),
        counter_id=st.none() | st.integers(1, 2),
        version_id=st.sampled_from(sorted(VERSIONS)),
        channel=st.sampled_from(["kiosk", "web"]),
        tier=st.sampled_from(["kiosk", "web"]),
        procedure_id=st.none() | st.integers(1, 2),
        is_marked=st.booleans(),
        answers=st.fixed_dictionaries(
            {"satisfaction": st.integers(1, 3)},
            optional={"reasons": st.lists(st.sampled_from(["waiting", "late", "fees"]), unique=True)},
        ),
    )
)


@given(RATINGS)
def test_every_rating_is_counted_once_whatever_the_order(ratings: list[Countable]) -> None:
    tally = tallied(ratings, VERSIONS)

    assert tally == tallied(reversed(ratings), VERSIONS)
    assert sum(map(sum, tally.levels.values())) == len(ratings)
    assert sum(map(sum, tally.hours.values())) == len(ratings)
    assert sum(map(sum, tally.marks.values())) == sum(rating.is_marked for rating in ratings)
    of_procedures = [rating for rating in ratings if rating.procedure_id]
    assert sum(map(sum, tally.procedures.values())) == len(of_procedures)
    marked = sum(sum(levels) for cell, levels in tally.procedures.items() if cell.is_marked)
    assert marked == sum(rating.is_marked for rating in of_procedures)
    assert sum(tally.choices.values()) == sum(_reasons(rating) for rating in ratings)


def test_a_wrong_tally_is_found_and_made_again(lobby: Lobby, tmp_path: Path) -> None:
    lobby.record(rating(5), rating(1, answers={"satisfaction": 1, "reasons": ["waiting", "late"]}))
    with lobby.database.transaction() as session:
        session.execute(text("UPDATE rating_tally SET level_5 = 7, total = 8"))
        session.execute(text("DELETE FROM choice_tally WHERE value = 'late'"))
    with lobby.database.inspecting() as session:
        found = list(queries.tally_differences(session))

    settings = {
        "FEEDBACK_DATABASE_URL": lobby.database.url.render_as_string(hide_password=False),
        "FEEDBACK_DATA_DIR": str(tmp_path),
    }
    before = feedback_service("db", "check", **settings)
    rebuilt = feedback_service("tally", "rebuild", **settings)
    after = feedback_service("db", "check", **settings)

    assert [sentence.partition(": ")[2].split(" differs")[0] for sentence in found] == [
        "the tally of levels",
        "the tally of choices",
        "the tally of the month",
        "its tally",
        "its tally",
    ]
    assert (before.returncode, rebuilt.returncode, after.returncode) == (1, 0, 0)
    assert lobby.tallies_agree()


def test_a_tally_without_a_rating_is_taken_away(lobby: Lobby) -> None:
    lobby.record(rating(5))
    with lobby.database.transaction() as session:
        session.execute(text("UPDATE rating_tally SET question = 'other'"))

    with lobby.database.transaction() as session:
        service.rebuild(session, lobby.unit_id, OPENING.date())

    assert lobby.tallies_agree()


def test_a_wrong_month_is_found_and_made_again(lobby: Lobby) -> None:
    lobby.record(rating(5), rating(1))
    with lobby.database.transaction() as session:
        session.execute(text("UPDATE month_tally SET level_5 = 7, total = 8"))
        session.execute(text("DELETE FROM weekday_tally"))
    with lobby.database.inspecting() as session:
        found = list(queries.tally_differences(session))

    with lobby.database.transaction() as session:
        service.rebuild(session, lobby.unit_id, OPENING.date())

    assert [sentence.partition(": ")[2] for sentence in found] == [
        "the tally of the month differs from those of its days.",
        "its tally differs from those of its units.",
    ]
    assert lobby.tallies_agree()


@given(RATINGS)
def test_months_weekdays_and_lanes_hold_every_rating_of_their_days_once(ratings: list[Countable]) -> None:
    tally = tallied(ratings, VERSIONS)

    summed = (*sums_of(tally)[:2], lane_days_of(tally.levels), lane_hours_of(tally.hours))
    assert [sum(map(sum, cells.values())) for cells in summed] == [len(ratings)] * 4
    assert sum(lane_choices_of(tally.choices).values()) == sum(tally.choices.values())


def test_a_damaged_rating_is_named_and_nothing_breaks(lobby: Lobby) -> None:
    lobby.record(rating(5))
    with lobby.database.transaction() as session:
        session.execute(text("UPDATE rating SET answers = 'not JSON'"))

    with lobby.database.inspecting() as session:
        found = list(queries.tally_differences(session))

    assert [sentence.split(": ")[1] for sentence in found] == ["a rating cannot be read. Run"]


def _reasons(rating: Countable) -> int:
    chosen = rating.answers.get("reasons", [])
    return len(chosen) if isinstance(chosen, list) else 0
