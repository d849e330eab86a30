"""Quang Tri before and after 1 July 2025, as it is shipped."""

from datetime import date

import pytest

from feedback_service.audit.queries import findings
from feedback_service.core.clock import FixedClock
from feedback_service.db import Database
from feedback_service.units import queries, service
from feedback_service.units.queries import WITNESSES

TODAY = date(2026, 10, 13)
BEFORE = date(2025, 6, 30)


@pytest.fixture
def shipped(database: Database, clock: FixedClock) -> Database:
    """A database with the shipped units, once on each kind."""
    with database.transaction() as session:
        service.load_builtin(session, now=clock.now())
    return database


def test_the_province_has_seventy_eight_units(shipped: Database) -> None:
    with shipped.reading() as session:
        province = queries.by_code(session, "44", on=TODAY)
        assert province
        below = queries.below(session, province.id, on=TODAY)

    kinds = [unit.kind for unit in below]

    assert (kinds.count("ward"), kinds.count("commune"), kinds.count("special-zone")) == (8, 69, 1)


def test_one_code_names_two_wards_at_two_times(shipped: Database) -> None:
    with shipped.reading() as session:
        then, now = (queries.by_code(session, "19333", on=day) for day in (BEFORE, TODAY))

    assert then
    assert now
    assert (then.name, then.parent_name) == ("Phường 1", "Thành phố Đông Hà")
    assert (now.name, now.parent_name) == ("Phường Đông Hà", "Tỉnh Quảng Trị")


def test_the_old_city_is_followed_by_two_wards_that_together_hold_its_nine(shipped: Database) -> None:
    with shipped.reading() as session:
        city = queries.by_code(session, "461", on=BEFORE)
        assert city
        wards = queries.below(session, city.id, on=BEFORE)
        heirs = queries.successors(session, city.id)
        came_from = [queries.predecessors(session, heir.unit.id) for heir in heirs]

    assert [heir.unit.name for heir in heirs] == ["Phường Đông Hà", "Phường Nam Đông Hà"]
    assert {heir.kind for heir in heirs} == {"split"}
    old_wards = {one.unit.id for group in came_from for one in group if one.kind == "merge"}
    assert old_wards == {ward.id for ward in wards}
    assert len(wards) == 9


def test_every_old_commune_went_into_exactly_one_new_one(shipped: Database) -> None:
    with shipped.reading() as session:
        everywhere = queries.reach(session, None)
        old = [
            unit
            for unit in queries.units(session, on=BEFORE, scope=everywhere)
            if unit.kind in ("ward", "commune", "township")
        ]
        heirs = {unit.name: [heir.kind for heir in queries.successors(session, unit.id)] for unit in old}

    assert len(old) == 264
    assert all(kinds in (["merge"], ["move"]) for kinds in heirs.values())


def test_loading_again_changes_nothing(shipped: Database, clock: FixedClock) -> None:
    with shipped.transaction() as session:
        assert service.load_builtin(session, now=clock.now()) == 0

    with shipped.inspecting() as session:
        assert list(findings(session, WITNESSES)) == []


@pytest.mark.parametrize("words", ["dong ha", "ĐÔNG HÀ", "Đông Hà", "đông ha", "19333"])
def test_a_unit_is_found_without_its_accents(shipped: Database, words: str) -> None:
    with shipped.reading() as session:
        found = queries.units(session, words=words, on=TODAY, scope=queries.reach(session, None))

    assert "Phường Đông Hà" in [unit.name for unit in found]


def test_a_percent_sign_is_a_letter_like_any_other(shipped: Database) -> None:
    with shipped.reading() as session:
        found = queries.units(session, words="%", on=TODAY, scope=queries.reach(session, None))

    assert found == ()


def test_a_ward_reaches_itself_and_what_it_followed_and_nothing_beside_it(shipped: Database) -> None:
    with shipped.reading() as session:
        ward = queries.by_code(session, "19333", on=TODAY)
        assert ward
        names = set(queries.names(session, queries.reach(session, ward.id)).values())

    assert names == {
        *("Phường Đông Hà", "Phường 1", "Phường 3", "Phường 4", "Phường Đông Giang", "Phường Đông Thanh"),
        "Thành phố Đông Hà",
    }


def test_a_province_reaches_everything_below_it(shipped: Database) -> None:
    with shipped.reading() as session:
        province = queries.by_code(session, "44", on=TODAY)
        assert province
        assert len(queries.reach(session, province.id)) == 363


def test_the_office_signs_with_the_shipped_name_until_it_is_settled(shipped: Database, clock: FixedClock) -> None:
    with shipped.transaction() as session:
        first = queries.office(session)
        ward = queries.by_code(session, "19333", on=TODAY)
        assert ward
        service.settle_office(session, ward.id, "  Trung tâm Phục vụ  hành chính công ", by="system", now=clock.now())
        settled = queries.office(session)

    assert first
    assert settled
    assert (first.product, first.unit_id, first.is_demo) == ("Lắng nghe dân", None, False)
    assert (settled.office_name, settled.unit_name) == ("Trung tâm Phục vụ hành chính công", "Phường Đông Hà")
