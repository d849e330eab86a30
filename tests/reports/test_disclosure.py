"""No small group can be worked out of what is shown: neither at the desk nor from every published table together."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from feedback_service.core.canonical import canonical
from feedback_service.core.words import Sentence
from feedback_service.db import Database
from feedback_service.operations.service.demo.chance import Draws
from feedback_service.ratings.models import Rating, RatingLabel
from feedback_service.ratings.service import rebuild
from feedback_service.reports.queries.places import desks
from feedback_service.reports.queries.published import Asking, publication
from feedback_service.reports.rules.disclosure import SMALLEST_GROUP, guarded, hidden_of
from feedback_service.reports.rules.hours import finding as hour_finding
from feedback_service.reports.rules.hours import hour_map
from feedback_service.reports.rules.satisfaction import ENOUGH, LevelCounts, Scale, Standing, finding
from feedback_service.units.models import Counter, Office
from tests.reports import records
from tests.reports.records import DONG_HA, NAM_DONG_HA, PROVINCE
from tests.reports.recovery import bounds

NOW = datetime(2026, 10, 13, 5, tzinfo=UTC)
DAY = date(2026, 8, 12)
MORNING = datetime(2026, 8, 12, 2, tzinfo=UTC)
SUBJECT = Sentence("Satisfaction by counter")


def counts(*levels: int) -> LevelCounts:
    """Return counts on five levels, the lowest first."""
    return LevelCounts(Scale.FIVE, levels)


def tables(number: int) -> list[LevelCounts]:
    """Return some groups, many of them small."""
    draws = Draws("tables", number)
    sizes = [draws.one_of((0, 1, 2, 3, 4, 6, 9, 14)) for _ in range(2 + draws.below(5))]
    found = []
    for size in sizes:
        levels = [0] * 5
        for _ in range(size):
            levels[draws.one_of((4, 4, 4, 3, 2, 0))] += 1
        found.append(counts(*levels))
    return found


def worked_out(groups: list[LevelCounts], hidden: frozenset[int]) -> list[tuple[int, int]]:
    """Return the positive numbers of held back groups that follow from the total, the others and their sizes."""
    held = sorted(hidden)
    names = {(group, level): place for place, (group, level) in enumerate((g, lv) for g in held for lv in range(5))}
    sums = [(frozenset(names[group, level] for level in range(5)), groups[group].total) for group in held]
    sums += [
        (frozenset(names[group, level] for group in held), sum(groups[group].counts[level] for group in held))
        for level in range(5)
    ]
    found = []
    for (group, level), place in names.items():
        least, most = bounds(sums, len(names), place)
        if groups[group].counts[level] and least == most:
            found.append((group, level))
    return found


@pytest.mark.parametrize("number", range(40))
def test_no_group_held_back_at_the_desk_follows_from_the_others(number: int) -> None:
    groups = tables(number)

    hidden = hidden_of(groups)

    assert {place for place, one in enumerate(groups) if 0 < one.total < ENOUGH} <= hidden
    pooled = sum((groups[place] for place in hidden), counts(0, 0, 0, 0, 0))
    others = [one for place, one in enumerate(groups) if one.total and place not in hidden]
    if hidden and others:
        assert sum(count > 0 for count in pooled.counts) > 1
        assert worked_out(groups, hidden) == []


def test_a_single_small_group_takes_the_next_smallest_with_it() -> None:
    lines = guarded(
        [
            Standing("1", counts(0, 0, 0, 1, 2)),
            Standing("2", counts(1, 0, 0, 3, 9)),
            Standing("3", counts(9, 9, 9, 9, 9)),
        ]
    )

    assert [line.is_hidden for line in lines] == [True, True, False]
    assert [line.is_shown for line in lines] == [False, False, True]


def test_nothing_is_held_back_where_every_group_is_large_enough() -> None:
    assert hidden_of([counts(0, 0, 0, 1, 4), counts(0, 0, 0, 0, 0), counts(1, 1, 1, 1, 1)]) == frozenset()


def test_a_line_that_is_held_back_is_never_named_in_a_heading() -> None:
    large = counts(0, 0, 0, 0, 90)
    small = Standing("Quầy 9", counts(60, 0, 0, 0, 0), is_hidden=True)

    assert finding([small, Standing("1", large), Standing("2", large)], SUBJECT).facts.get("name") is None


def test_the_hour_of_most_dissatisfied_is_named_only_when_the_intervals_support_it() -> None:
    calm = {(weekday, hour): counts(0, 1, 0, 9, 30) for weekday in range(5) for hour in (8, 9, 14)}
    loud = {**calm, (0, 9): counts(20, 10, 0, 5, 5)}

    assert hour_finding(hour_map(calm), SUBJECT) is SUBJECT
    found = hour_finding(hour_map(loud), SUBJECT)
    assert (found.facts["weekday"], found.facts["hour"]) == (Sentence("Monday"), 9)
    assert hour_map({}).rows == ()


DESKS = {DONG_HA: (11, 12, 14, 15, 16), NAM_DONG_HA: (13, 17, 18, 19)}
CELLS = tuple((unit_id, counter_id) for unit_id, own in DESKS.items() for counter_id in own)


@pytest.fixture
def offices(sqlite_url: str) -> Iterator[Database]:
    """A province with two wards and nine counters, many of them with few ratings."""
    database = Database(sqlite_url)
    with database.transaction() as session:
        records.found_office(session)
        office = {"id": 1, "product": "Lắng nghe dân", "office_name": "", "unit_id": PROVINCE, "is_demo": False}
        session.execute(delete(Office))
        records.add(session, Office, office)
        for unit_id, counter_id in CELLS:
            if counter_id > 13:
                row = {"id": counter_id, "unit_id": unit_id, "name": f"Quầy {counter_id}", "field": ""}
                records.add(session, Counter, {**row, "opened_on": DAY})
    yield database
    database.close()


def rate_anew(session: Session, number: int) -> list[list[int]]:
    """Write ratings of one day, some of them marked, count them, and return them by counter.

    Of each: how many were not satisfied and how many were; then the same of the marked ones.
    """
    draws = Draws("published", number)
    for table in (RatingLabel, Rating):
        session.execute(delete(table))
    found, written = [], 0
    for unit_id, counter_id in CELLS:
        cell = [0, 0, 0, 0]
        for _ in range(draws.one_of((0, 2, 3, 5, 8, 11, 16))):
            level, is_marked = draws.one_of((5, 5, 4, 3, 1)), draws.happens(0.4)
            cell[2 * is_marked + (level >= 4)] += 1
            written += 1
            row = {"unit_id": unit_id, "counter_id": counter_id, "answered_at": MORNING, "level": level}
            records.add_rating(session, written, **row, answers=canonical({"satisfaction": level}))
            if is_marked:
                records.add_label(session, written, "pace", None)
        found.append(cell)
    for unit_id in DESKS:
        rebuild(session, unit_id, DAY)
    return found


def read(session: Session, unit_id: int | None) -> list[tuple[frozenset[int], int]]:
    """Return every sum that one page publishes.

    The unknowns are four a counter: not satisfied and satisfied, first the unmarked, then the marked.
    """
    figures = publication(session, Asking("2026-q3", unit_id, "không rõ"), now=NOW).figures
    if figures is None:
        return []
    own = {desk.name: [CELLS.index((figures.unit.id, desk.id))] for desk in desks(session, [figures.unit.id])}
    wards = {unit: [place for place, cell in enumerate(CELLS) if cell[0] == unit] for unit in DESKS}
    groups = [(wards.get(figures.unit.id, list(range(len(CELLS)))), figures.total)]
    groups += [(wards.get(line.unit_id or 0) or own[line.name], line.counts) for line in figures.comparison.lines]
    if figures.rest:
        shown = {place for places, _counts in groups[1:] for place in places}
        groups.append(([place for place in groups[0][0] if place not in shown], figures.rest))
    sums: list[tuple[list[int], LevelCounts, tuple[int, ...]]] = [(places, one, (0, 2)) for places, one in groups]
    if figures.unmarked:
        sums.append((groups[0][0], figures.unmarked, (0,)))
    return [
        (
            frozenset(4 * place + mark + part for place in places for mark in marks),
            (one.total - one.satisfied, one.satisfied)[part],
        )
        for places, one, marks in sums
        for part in (0, 1)
    ]


def follows(sums: list[tuple[frozenset[int], int]], group: frozenset[int]) -> bool:
    """Say whether a sum that is not published follows from those that are."""
    whole = len(CELLS) * 4
    least, most = bounds([*sums, (group | {whole}, 10_000)], whole + 1, whole)
    return least == most


@pytest.mark.parametrize("number", range(3))
def test_no_small_group_follows_from_all_published_pages_together(offices: Database, number: int) -> None:
    with offices.transaction() as session:
        cells = rate_anew(session, number)

    with offices.reading() as session:
        sums = [one for unit_id in (None, *DESKS) for one in read(session, unit_id)]

    assert sums
    for places, marks, name in small_groups(cells):
        parts = [frozenset(4 * place + mark + part for place in places for mark in marks) for part in (0, 1)]
        assert [follows(sums, part) for part in parts] != [True, True], name


def small_groups(cells: list[list[int]]) -> Iterator[tuple[list[int], tuple[int, ...], str]]:
    """Yield every group that must stay unknown: small counters, and small groups of marked ratings."""
    for place, cell in enumerate(cells):
        if 0 < sum(cell) < SMALLEST_GROUP:
            yield [place], (0, 2), f"{CELLS[place]}"
    wards = [[place for place, cell in enumerate(CELLS) if cell[0] == unit] for unit in DESKS]
    for places in (*wards, *([place] for place in range(len(CELLS)))):
        if 0 < sum(sum(cells[place][2:]) for place in places) < SMALLEST_GROUP:
            yield places, (2,), f"marked of {places}"
