"""The page of indicators opens every number, and takes the scores of the nine indices."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import polib
import pytest
from flask import Flask

from feedback_service.accounts.rules.roles import Role
from feedback_service.audit.queries import findings
from feedback_service.bundled import own
from feedback_service.core.words import Sentence
from feedback_service.dossiers.models import DossierFigure
from feedback_service.ratings.service import rebuild
from feedback_service.reports.queries.indicators import objected
from feedback_service.reports.queries.scores import WITNESSES
from feedback_service.reports.rules import national, nine, on_time, sipas, weighted
from feedback_service.reports.rules.indicators import Indicator
from feedback_service.reports.rules.satisfaction import LevelCounts, Scale
from feedback_service.web.context import EXTENSION, Platform
from tests.officers import officer
from tests.pages import PageClient
from tests.reports import records
from tests.reports.records import DONG_HA, NAM_DONG_HA

AUGUST = datetime(2026, 8, 12, 2, tzinfo=UTC)
QUARTER = "period=2026-q3"
COLUMNS = {
    "received": 400,
    "on_time": 380,
    "received_online": 200,
    "received_in_person": 200,
    "carried_over": 0,
    "resolved": 400,
    "resolved_early": 352,
    "resolved_on_time": 28,
    "resolved_late": 20,
    "pending": 0,
    "pending_in_time": 0,
    "pending_late": 0,
}


def fill(app: Flask) -> None:
    """Write ratings of August, some with a dossier code, and the dossier figures of the quarter."""
    platform: Platform = app.extensions[EXTENSION]
    with platform.transaction() as session:
        records.found_office(session)
        for number in range(40):
            told = {"answered_at": AUGUST, "tier": "dossier" if number < 20 else "kiosk"}
            records.add_rating(session, number, **told)
        rebuild(session, DONG_HA, AUGUST.date())
        days = {"first_on": date(2026, 7, 1), "last_on": date(2026, 9, 30)}
        row = {"unit_id": DONG_HA, "field": "", "source": "II.06a", "recorded_at": AUGUST}
        records.add(session, DossierFigure, {**row, **days, **COLUMNS})


@pytest.fixture
def pages(app: Flask) -> PageClient:
    """The officer who controls procedures in a ward, once on each kind of database."""
    fill(app)
    return officer(app, Role.CONTROLLER, unit_id=DONG_HA).pages


def test_every_number_opens_its_fraction_rule_source_version_and_rounding(pages: PageClient) -> None:
    page = pages.get(f"/staff/reports/indicators?{QUARTER}")

    opened = page.texts("section[aria-labelledby=on-time] details")
    assert [text.split("%")[0][-4:] for text in opened] == ["95,0"] * 3
    assert "380400= 95,0%" in opened[0].replace(" ", "").replace("=", "= ")
    assert "TT 01/2020/TT-VPCP" in opened[1]
    assert "cần kiểm chứng" in opened[1]
    assert "Làm tròn (nửa thì lên): 95,0; cắt bỏ: 95,0." in opened[0]
    assert "100,0%" in page.text("section[aria-labelledby=satisfaction]")
    assert "1,83" in page.text("section[aria-labelledby=nine] tbody")
    group = page.text("section[aria-labelledby=national]")
    assert "95,00% 6,00 trên 6 điểm" in group
    assert "Điểm của nhóm: không có số liệu" in group
    assert "thêm 600" in page.text("section[aria-labelledby=what-if]")


def test_fewer_than_five_ratings_show_neither_share_nor_levels(app: Flask) -> None:
    platform: Platform = app.extensions[EXTENSION]
    with platform.transaction() as session:
        records.found_office(session)
        for number, tier in enumerate(("dossier", "kiosk", "kiosk", "kiosk")):
            records.add_rating(session, number, answered_at=AUGUST, tier=tier)
        rebuild(session, DONG_HA, AUGUST.date())
    pages = officer(app, Role.CONTROLLER, unit_id=DONG_HA).pages

    page = pages.get(f"/staff/reports/indicators?{QUARTER}")

    told = page.texts("section[aria-labelledby=satisfaction] summary strong")
    assert told == ["chưa đủ để hiện", "chưa đủ để hiện"]
    assert "Chưa đủ số liệu: 4 lượt, cần ít nhất 5" in page.text("section[aria-labelledby=satisfaction]")
    assert page.all("section[aria-labelledby=satisfaction] table") == []
    assert "chưa đủ để hiện" in page.text("section[aria-labelledby=national]")


@pytest.mark.parametrize(
    ("tiers", "expected"),
    [
        ({"dossier": 4}, Sentence("Not enough figures: {count} ratings; a share is shown from {enough} on.")),
        ({"dossier": 6, "kiosk": 3}, Sentence("Held back, so that no smaller group can be worked out.")),
        ({"dossier": 6, "kiosk": 7}, 6),
        ({"kiosk": 3}, None),
    ],
)
def test_ratings_of_dossiers_are_counted_only_where_no_small_group_is_given_away(
    tiers: dict[str, int], expected: Sentence | int | None
) -> None:
    found = objected([{name: LevelCounts(Scale.FIVE, (number, 0, 0, 0, 0)) for name, number in tiers.items()}])

    assert getattr(found, "message", found) == getattr(expected, "message", expected)


def test_own_and_appraised_scores_stand_side_by_side_with_the_reason(app: Flask, pages: PageClient) -> None:
    form = pages.get(f"/staff/reports/scores?{QUARTER}")
    own = {f"own_{number}": "1,70" for number in range(1, 9)} | {"own_9": "1.40"}
    wrong = pages.send(form, {**own, "appraised_1": "2,5", "appraised_2": "1,60"}, status=422)
    assert wrong.texts(".error-summary a") == [
        "Xin ghi điểm từ 0 đến 2, nhiều nhất hai chữ số thập phân.",
        "Xin ghi lý do điểm thẩm định khác điểm tự chấm.",
    ]

    page = pages.send(wrong, {"appraised_1": "", "reason_2": "Một hồ sơ trễ"})

    nine_indices = page.text("section[aria-labelledby=nine]")
    assert "15,00 Xuất sắc" in nine_indices.replace("15,00Xuất", "15,00 Xuất")
    assert "Một hồ sơ trễ" in nine_indices
    assert "1,70 + 1,70 + 1,70 + 1,70 + 1,70 + 1,70 + 1,70 + 1,70 + 1,40 = 15,00" in nine_indices
    assert "Đơn vị tự chấm chỉ số này" in nine_indices
    assert "Điểm do người chấm nhập, lần cuối ngày" in nine_indices
    assert "8,50 trên 10 điểm: hoàn thành 100% nhiệm vụ" in nine_indices
    again = pages.get(f"/staff/reports/scores?{QUARTER}")
    pages.send(again, {"own_9": "1,39"})
    assert "còn thiếu 0,01 điểm để đạt loại “Xuất sắc”" in pages.get(f"/staff/reports/indicators?{QUARTER}").text()
    platform: Platform = app.extensions[EXTENSION]
    with platform.database.inspecting() as session:
        assert [one for one in findings(session, WITNESSES) if one.subject_kind == "index_score"] == []


def test_a_period_without_figures_has_no_values(pages: PageClient) -> None:
    page = pages.get("/staff/reports/indicators?period=2025-q3")

    assert "không có số liệu" in page.text("section[aria-labelledby=on-time]")
    old = pages.get("/staff/reports/indicators?period=2017-y1")
    assert "không áp dụng trong kỳ này" in old.text("section[aria-labelledby=national]")
    assert "không áp dụng trong kỳ này" not in page.text("section[aria-labelledby=national]")
    assert "%" not in page.text("section[aria-labelledby=on-time] summary")
    assert page.all("section[aria-labelledby=what-if]") == []


def test_scores_belong_to_a_quarter_and_to_units_within_reach(pages: PageClient) -> None:
    month = pages.get("/staff/reports/indicators?period=2026-m8")
    assert "Chín chỉ số chấm theo quý" in month.text("section[aria-labelledby=nine]")

    pages.get("/staff/reports/scores?period=2026-m8", status=404)
    pages.get("/staff/reports/scores?period=2026-q3-cut", status=404)
    pages.get(f"/staff/reports/scores?{QUARTER}&unit={NAM_DONG_HA}", status=404)
    pages.get("/staff/reports/indicators?period=free&from=2026-10-31&to=2026-10-01", status=422)


def spoken() -> Iterator[str]:
    """Yield every message id that the rules of indicators name."""
    five, enough = LevelCounts(Scale.FIVE, (1, 1, 1, 1, 1)), LevelCounts(Scale.FIVE, (2, 2, 2, 2, 2))
    counted: list[Indicator] = [
        *on_time.on_time(COLUMNS),
        nine.time_index(1, 1, 1),
        nine.answers_index(1, 1),
        *national.group_five(national.Reports(1, 1, 1, 0, 0), dossiers=1, overdue=0, objected=0),
        weighted.weighted(five),
        weighted.satisfied(five),
        nine.asked_index(1, {"2": 9}),
        nine.asked_index(3, {"2": 9}),
        *[one for one in (weighted.unmarked(enough, five),) if one],
        *sipas.sipas({f"s{number:02}": {"5": 9} for number in range(1, 34)}, dict.fromkeys(map(str, range(9)), "")),
    ]
    for one in counted:
        yield from (
            one.name,
            one.rule,
            one.origin,
            one.basis.name,
            *(term.label for term in one.terms if not term.text),
        )
    yield from nine.INDEX_NAMES.values()
    yield from (name for _least, name in (*nine.CLASSES, *nine.OFFICER_BANDS))


def test_everything_that_an_indicator_says_has_its_vietnamese() -> None:
    known = {entry.msgid for path in own("translations").glob("vi/*.po") for entry in polib.pofile(str(path))}

    assert sorted(set(spoken()) - known) == []
