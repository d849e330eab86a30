"""The queue at the desk: what stands in it, how it is found, many at once, and undone."""

from datetime import timedelta

import pytest
from lxml.html import HtmlElement

from feedback_service.accounts.rules.roles import Role
from feedback_service.core.clock import FixedClock
from feedback_service.suggestions.rules.kinds import Channel, Kind
from tests.officers import Officer
from tests.pages import Page
from tests.statements import counted
from tests.suggestions.desk import Desk, step

QUEUE = "/staff/suggestions"


@pytest.fixture
def hien(desk: Desk) -> Officer:
    """The officer of the one-stop shop."""
    return desk.officer(Role.ONE_STOP, name="chi-hien", full_name="Nguyễn Thị Hiền")


def numbers(page: Page) -> list[int]:
    """Return the numbers of the suggestions in the order of the page."""
    return [int(row.get("data-row") or "0") for row in page.all("tr[data-row]")]


def marks(page: Page, *chosen: int) -> list[str]:
    """Return what the boxes of the chosen lines send."""
    boxes: list[HtmlElement] = page.all("tr[data-row] input")
    values = [str(box.get("value")) for box in boxes]
    return [value for value in values if int(value.partition(".")[0]) in chosen]


def test_the_nearest_due_day_stands_first_and_is_said_in_words(desk: Desk, clock: FixedClock) -> None:
    late = desk.write("Trả sổ đỏ trễ ba tuần.")
    clock.move(timedelta(days=24))
    fresh = desk.write("Chờ chứng thực hơn hai giờ.")

    page = desk.officer().pages.get(QUEUE)

    assert numbers(page) == [late, fresh]
    assert page.texts("td.when-due span")[0] != page.texts("td.when-due span")[1]
    assert page.all("td.when-due .due-over")
    assert [element.text_content().strip() for element in page.all(".views a[aria-current] .number")] == ["2"]


def test_words_are_found_with_accents_and_without(desk: Desk, hien: Officer) -> None:
    wanted = desk.write("Trả sổ đỏ trễ ba tuần so với giấy hẹn.")
    desk.write("Nên có nước uống ở hành lang.")

    for sought in ("so do", "sổ đỏ", "SỔ ĐỎ", "so", "sổ đỏ tre"):
        assert numbers(hien.pages.get(f"{QUEUE}?q={sought}")) == [wanted], sought


def test_filters_narrow_the_queue_together(desk: Desk, hien: Officer) -> None:
    wanted = desk.write("Khen cô cán bộ.", kind=Kind.PRAISE, channel=Channel.KIOSK, counter_id=desk.box.counter_id)
    desk.write("Khen chú bảo vệ.", kind=Kind.PRAISE)
    desk.write("Chờ lâu quá.", channel=Channel.KIOSK, counter_id=desk.box.counter_id)

    page = hien.pages.get(f"{QUEUE}?kind=praise&place=counter:{desk.box.counter_id}&channel=kiosk")

    assert numbers(page) == [wanted]
    assert numbers(hien.pages.get(f"{QUEUE}?kind=none&channel=%00&place=x:y&whose=-1&after=nonsense")) == [1, 2, 3]


def test_what_came_in_a_month_a_quarter_or_a_year_is_found(desk: Desk, hien: Officer, clock: FixedClock) -> None:
    clock.move(timedelta(days=-20))
    september = desk.write("Nên có quạt ở sảnh.")
    clock.move(timedelta(days=20))
    october = desk.write("Cảm ơn Quầy 3.")

    found = {
        when: numbers(hien.pages.get(f"{QUEUE}?when={when}"))
        for when in ("", "month", "month-before", "quarter", "year", "year-before", "x")
    }

    assert found.pop("month") == found.pop("quarter") == [october]
    assert found.pop("month-before") == [september]
    assert found.pop("year-before") == []
    assert set(map(tuple, found.values())) == {(september, october)}


def test_an_answer_waits_among_those_to_be_published_until_everybody_can_read_it(desk: Desk, hien: Officer) -> None:
    number, unasked = desk.write("Nên có quạt ở sảnh.", is_public_wished=True), desk.write("Cảm ơn Quầy 3.")
    for answered in (number, unasked):
        step(hien, answered, "answer", text="Đã lắp hai quạt.")

    page = hien.pages.get(f"{QUEUE}?view=publication")
    assert numbers(page) == [number]
    assert page.text("td.when-due") == "Còn 2 ngàyCông khai chậm nhất ngày 15/10/2026."
    assert numbers(hien.pages.get(QUEUE)) == []

    step(hien, number, "publication", title="Quạt", question="Nên có quạt ở sảnh.", answer="Đã lắp hai quạt.")

    assert numbers(hien.pages.get(f"{QUEUE}?view=publication")) == []


def test_a_view_is_saved_opened_and_deleted(desk: Desk, hien: Officer) -> None:
    desk.write("Khen cô cán bộ.", kind=Kind.PRAISE)
    page = hien.pages.get(f"{QUEUE}?kind=praise")

    page = hien.pages.send(page, {"name": "Lời khen"}, selector=".filter-kept form")

    assert page.text(".views a[aria-current]") == "Lời khen"
    page = hien.pages.send(page, {}, selector=".filter-kept form")
    assert "Lời khen" not in page.text(".views")


def test_a_view_of_somebody_else_is_not_there(desk: Desk, hien: Officer) -> None:
    page = hien.pages.get(f"{QUEUE}?kind=praise")
    page = hien.pages.send(page, {"name": "Lời khen"}, selector=".filter-kept form")
    duc = desk.officer(Role.HANDLER)

    sent = duc.pages.get(f"{QUEUE}?kind=praise")
    assert "Lời khen" not in sent.text(".views")
    duc.pages.post(f"{QUEUE}/views/1/removal", {"csrf_token": sent.form(".filter-kept form")["csrf_token"]}, status=404)


def test_many_are_assigned_at_once_and_taken_back(desk: Desk, hien: Officer) -> None:
    first, second, third = (desk.write(f"Góp ý thứ {number} của tôi.") for number in (1, 2, 3))
    page = hien.pages.get(QUEUE)
    chosen = "&".join(f"id={mark}" for mark in marks(page, first, third))

    page = hien.pages.get(f"{QUEUE}/bulk?act=assign&{chosen}")
    assert numbers(page) == [first, third]
    sent = {**page.form(), "id": marks_of(page), "handler_id": str(desk.box.accounts["thanh"])}
    page = hien.pages.post(f"{QUEUE}/bulk", sent)
    assert [desk.box.case(number).row.handler_name for number in (first, second, third)] == ["Thanh", "", "Thanh"]

    page = hien.pages.send(page, {}, selector="form.undo")

    assert [desk.box.case(number).row.handler_name for number in (first, second, third)] == ["", "", ""]
    assert desk.box.case(first).row.state == "received"
    assert not page.all("form.undo")
    assert desk.box.broken() == []


def marks_of(page: Page) -> list[str]:
    """Return every number with its version that a page of many sends on."""
    return [str(element.get("value")) for element in page.all("main form input[name=id]")]


def test_what_has_changed_meanwhile_is_left_alone_and_said(desk: Desk, hien: Officer) -> None:
    first, second = desk.write("Góp ý thứ nhất của tôi."), desk.write("Góp ý thứ hai của tôi.")
    page = hien.pages.get(QUEUE)
    chosen = "&".join(f"id={mark}" for mark in marks(page, first, second))
    page = hien.pages.get(f"{QUEUE}/bulk?act=assign&{chosen}")
    step(desk.officer(Role.CONTROLLER), second, "note", text="Đã gọi.")

    sent = {**page.form(), "id": marks_of(page), "handler_id": str(desk.box.accounts["thanh"])}
    page = hien.pages.post(f"{QUEUE}/bulk", sent)

    assert desk.box.acts(first) == ["receive", "assign"]
    assert desk.box.acts(second) == ["receive", "note"]
    assert page.all(".notice-soon")


def test_many_are_merged_into_one_and_parted_again(desk: Desk, hien: Officer) -> None:
    first, second = desk.write("Quạt ở sảnh hỏng rồi."), desk.write("Quạt ở sảnh bị hỏng.")
    page = hien.pages.get(f"{QUEUE}/bulk?act=merge&id={first}.1&id={second}.1")

    page = hien.pages.post(f"{QUEUE}/bulk", {**page.form(), "id": marks_of(page), "into_id": str(first)})
    assert desk.box.case(second).merged_into_id == first
    hien.pages.send(page, {}, selector="form.undo")

    assert (desk.box.case(second).merged_into_id, desk.box.case(second).row.state) == (None, "received")


def test_a_transfer_is_taken_back_whole(desk: Desk, hien: Officer) -> None:
    number = desk.write("Quầy 3 hẹn lại nhiều lần.", counter_id=desk.box.counter_id)
    step(hien, number, "assignment", handler_id=str(desk.box.accounts["duc"]))

    page = step(hien, number, "transfer", unit_id=str(desk.box.other_ward_id), reason="Thuộc phường khác")
    assert numbers(page) == []
    hien.pages.send(page, {}, selector="form.undo")

    case = desk.box.case(number)
    assert (case.unit_id, case.counter_id, case.row.handler_name) == (desk.box.ward_id, desk.box.counter_id, "Duc")
    assert case.row.state == "assigned"


def test_a_step_is_not_taken_back_after_a_quarter_of_an_hour(desk: Desk, hien: Officer, clock: FixedClock) -> None:
    number = desk.write("Quạt ở sảnh hỏng rồi.")
    page = step(hien, number, "assignment", handler_id=str(desk.box.accounts["duc"]))
    page = hien.pages.get(QUEUE)
    token = page.form("form.undo")

    clock.move(timedelta(minutes=16))
    hien.pages.post(f"{QUEUE}/undo", token)

    assert desk.box.case(number).row.handler_name == "Duc"


def test_a_step_of_somebody_else_is_not_taken_back(desk: Desk, hien: Officer) -> None:
    number = desk.write("Quạt ở sảnh hỏng rồi.")
    step(hien, number, "assignment", handler_id=str(desk.box.accounts["duc"]))
    page = hien.pages.get(QUEUE)
    step(desk.officer(Role.CONTROLLER), number, "assignment", handler_id=str(desk.box.accounts["thanh"]))

    hien.pages.send(page, {}, selector="form.undo")

    assert desk.box.case(number).row.handler_name == "Thanh"


def test_pages_go_on_where_the_last_one_ended_without_loss_or_repeat(desk: Desk, hien: Officer) -> None:
    written = [desk.write(f"Góp ý thứ {number} về giờ làm việc.") for number in range(60)]

    for filters, expected in (("", written), ("?view=all", written[::-1]), ("?view=all&when=month", written[::-1])):
        first = hien.pages.get(f"{QUEUE}{filters}")
        second = hien.pages.get(str(first.all(".pages a")[0].get("href")))

        assert numbers(first) + numbers(second) == expected, filters


def test_a_longer_queue_costs_no_more_questions(desk: Desk, hien: Officer) -> None:
    for number in range(3):
        desk.write(f"Góp ý thứ {number} về giờ làm việc.")
    with counted() as few:
        hien.pages.get(QUEUE)
    for number in range(30):
        desk.write(f"Góp ý thứ {number + 3} về giờ làm việc.")

    with counted() as many:
        hien.pages.get(QUEUE)

    assert len(many) == len(few)


def test_an_empty_view_says_what_comes_next(desk: Desk, hien: Officer) -> None:
    assert "Không còn góp ý nào đang mở." in hien.pages.get(QUEUE).text(".empty")
    desk.write("Quạt ở sảnh hỏng rồi.")

    assert "03/11/2026" in hien.pages.get(f"{QUEUE}?view=overdue").text(".empty")
    assert "Không tìm thấy" in hien.pages.get(f"{QUEUE}?q=khong+co").text(".empty")


def test_another_ward_sees_none_of_it(desk: Desk) -> None:
    number = desk.write("Quạt ở sảnh hỏng rồi.")
    stranger = desk.elsewhere()

    assert numbers(stranger.pages.get(f"{QUEUE}?view=all")) == []
    stranger.pages.get(f"{QUEUE}/{number}", status=404)
    page = stranger.pages.get(f"{QUEUE}/bulk?act=assign&id={number}.1")
    assert numbers(page) == []
    sent = {**page.form(), "id": [f"{number}.1"], "handler_id": str(desk.box.accounts["elsewhere"])}
    stranger.pages.post(f"{QUEUE}/bulk", sent)
    assert desk.box.acts(number) == ["receive"]


def test_oversight_reads_and_changes_nothing(desk: Desk) -> None:
    number = desk.write("Quạt ở sảnh hỏng rồi.")
    overseer = desk.officer(Role.OVERSEER)

    page = overseer.pages.get(QUEUE)
    assert not page.all("tr[data-row] input, #bulk")
    page = overseer.pages.get(f"{QUEUE}/{number}")

    assert [form.get("action") for form in page.all("main form")] == []
    assert not page.all(".next-steps")
