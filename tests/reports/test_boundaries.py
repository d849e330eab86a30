"""Figures of units that have ended: by the units of that time, or by today's boundaries, never added silently."""

from datetime import date

import pytest
from flask import Flask

from feedback_service.accounts.rules.roles import Role
from feedback_service.core.clock import FixedClock
from feedback_service.db import Database
from feedback_service.dossiers.service import article_unit_code, load_article
from feedback_service.reports.queries.places import Places, places
from feedback_service.reports.rules.boundaries import Boundaries, parents_now
from feedback_service.units import queries, service
from feedback_service.web.context import EXTENSION, Platform
from tests.officers import officer

BEFORE, TODAY = date(2025, 6, 30), date(2026, 10, 13)


@pytest.mark.parametrize(
    ("parents", "heirs", "expected"),
    [
        ({1: None, 2: 1}, {}, {1: None, 2: 1}),
        # a ward (3) of the old city (2) that merged to the ward 4 of the province 1
        ({1: None, 2: 1, 3: 2, 4: 1}, {3: {4}}, {1: None, 2: 1, 3: 4, 4: 1}),
        # the city (2) was divided between 4 and 5: it belongs to the province, to neither ward
        ({1: None, 2: 9, 4: 1, 5: 1, 9: None}, {2: {4, 5}, 9: {1}}, {1: None, 2: 1, 4: 1, 5: 1, 9: 1}),
        # renamed twice
        ({1: None, 2: 1, 3: 1, 4: 1}, {2: {3}, 3: {4}}, {1: None, 2: 3, 3: 4, 4: 1}),
        # divided between two provinces: it belongs nowhere today
        ({1: None, 2: None, 3: 1}, {3: {1, 2}}, {1: None, 2: None, 3: None}),
        # links in a circle are no reason to wait for ever
        ({1: None, 2: 1, 3: 1}, {2: {3}, 3: {2}}, {1: None, 2: 3, 3: 1}),
    ],
)
def test_an_old_unit_stands_below_the_smallest_one_that_holds_all_its_heirs(
    parents: dict[int, int | None], heirs: dict[int, set[int]], expected: dict[int, int | None]
) -> None:
    assert parents_now(parents, {unit: frozenset(after) for unit, after in heirs.items()}) == expected


def names(within: Places, unit_ids: frozenset[int]) -> set[str]:
    return {within.by_id[unit_id].name for unit_id in unit_ids}


def test_the_old_city_is_in_the_province_of_today_and_in_neither_ward(database: Database, clock: FixedClock) -> None:
    with database.transaction() as session:
        service.load_builtin(session, now=clock.now())
    with database.reading() as session:
        then, now = (places(session, boundaries=one) for one in Boundaries)
        found = [queries.by_code(session, code, on=TODAY) for code in ("44", "19333", "19351")]
    province, ward, other = (one.id for one in found if one)

    assert names(then, then.below(ward)) == {"Phường Đông Hà"}
    merged = {"Phường 1", "Phường 3", "Phường 4", "Phường Đông Giang", "Phường Đông Thanh"}
    assert names(now, now.below(ward)) == {"Phường Đông Hà", *merged}
    assert "Thành phố Đông Hà" in names(now, now.below(province))
    assert "Thành phố Đông Hà" not in names(now, now.below(ward) | now.below(other))
    assert [one.name for one in now.apart(ward)] == ["Thành phố Đông Hà"]
    assert now.below(province) == frozenset(now.by_id)


def test_a_report_of_the_ward_leads_to_the_city_and_does_not_add_it(app: Flask, clock: FixedClock) -> None:
    platform: Platform = app.extensions[EXTENSION]
    with platform.transaction() as session:
        service.load_builtin(session, now=clock.now())
        city = queries.by_code(session, article_unit_code(), on=BEFORE)
        ward = queries.by_code(session, "19333", on=TODAY)
        assert city
        assert ward
        load_article(session, city.id, by="system", now=clock.now())
    pages = officer(app, Role.CONTROLLER, unit_id=ward.id).pages
    year = "period=free&from=2017-01-01&to=2017-12-31"

    then = pages.get(f"/staff/reports/indicators?unit={ward.id}&{year}")
    now = pages.get(f"/staff/reports/indicators?unit={ward.id}&{year}&boundaries=now")
    of_city = pages.get(f"/staff/reports/indicators?unit={city.id}&{year}&boundaries=now")

    assert "chưa có trong kỳ: thành lập từ ngày 01/07/2025" in then.text("main .notice")
    assert "Số liệu trước đó nằm ở các đơn vị tiền thân" in then.text("main .notice")
    assert "Cộng cùng theo địa giới nay: Phường Đông Giang, Phường Đông Thanh" in now.text("main .notice")
    assert "Không cộng vào đây vì đã chia cho nhiều đơn vị: Thành phố Đông Hà" in now.text("main .notice")
    assert "9.413" not in then.text("main") + now.text("main")
    assert "9.413" in of_city.text("main")
