"""The board and the exports in a real browser, with the records of the demonstration."""

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from feedback_service.operations.service.demo import sign_ins
from tests.accessibility import barriers
from tests.databases import Databases
from tests.servers import Server

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("reports")]
PASSWORDS = {name: password for name, password, _role in sign_ins()}


@pytest.fixture(scope="module")
def office(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A running office with the records of the demonstration."""
    folder = tmp_path_factory.mktemp("office")
    server = Server(folder, {"FEEDBACK_DATABASE_URL": databases.demonstration(folder)})
    server.start()
    yield server
    server.end()


def sign_in(page: Page, office: Server, name: str) -> None:
    """Sign in by the form."""
    page.goto(f"{office.url}/staff/sign-in")
    page.locator("[name=name]").fill(name)
    page.locator("[name=password]").fill(PASSWORDS[name])
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)


def test_days_of_ones_own_are_asked_for_only_when_they_are_chosen(office: Server, page: Page) -> None:
    sign_in(page, office, "lanhdao")
    page.goto(f"{office.url}/staff/reports")
    first = page.get_by_label("Từ ngày")
    expect(first).to_be_hidden()

    page.get_by_label("Kỳ báo cáo").select_option("free")
    expect(first).to_be_visible()
    first.fill("2026-08-01")
    page.get_by_label("Đến ngày").fill("2026-08-31")
    page.get_by_role("button", name="Xem").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Kết quả đánh giá, 01/08/2026 – 31/08/2026")
    assert barriers(page) == []


def test_a_leader_of_the_province_goes_from_a_unit_to_its_counters(office: Server, page: Page) -> None:
    sign_in(page, office, "quantri")
    page.goto(f"{office.url}/staff/reports")

    page.get_by_role("link", name="Tỉnh Quảng Trị").click()
    page.locator(".drill").get_by_role("link", name="Phường Đông Hà").click()

    rows = page.locator(".figure-wide svg text", has_text="Quầy")
    expect(rows).to_have_count(4)
    page.get_by_text("Bảng số liệu").first.click()
    expect(page.get_by_role("row", name="Quầy 4, Bảo trợ xã hội")).to_be_visible()


def test_the_printed_board_has_its_letterhead_its_tables_and_nothing_to_press(office: Server, page: Page) -> None:
    sign_in(page, office, "giamsat")
    page.goto(f"{office.url}/staff/reports")
    expect(page.get_by_role("button", name="In")).to_be_visible()

    page.emulate_media(media="print")

    expect(page.get_by_text("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")).to_be_visible()
    expect(page.get_by_role("row", name="Quầy 1, Đất đai")).to_be_visible()
    expect(page.get_by_text("NGƯỜI TỔNG HỢP")).to_be_visible()
    for pressed in (page.locator(".desk-side"), page.locator("form.period"), page.locator("summary").first):
        expect(pressed).to_be_hidden()


def test_a_workbook_is_downloaded_with_the_rows_that_were_announced(office: Server, page: Page, tmp_path: Path) -> None:
    sign_in(page, office, "kiemsoat")
    page.goto(f"{office.url}/staff/reports")
    page.get_by_role("link", name="Xuất số liệu").click()
    announced = page.locator(".export-order h2").inner_text()

    with page.expect_download() as waiting:
        page.get_by_role("button", name="Tải về").click()
    waiting.value.save_as(tmp_path / "ratings.xlsx")

    book = openpyxl.load_workbook(tmp_path / "ratings.xlsx")
    sheet = book["ratings"]
    book.close()
    assert announced == f"{_dotted(sum(1 for _row in sheet.iter_rows()) - 1)} dòng để xuất"


def _dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")
