"""The code of an appointment slip: by a scanner, on the glass or by the camera, it makes the voice of a dossier."""

from playwright.sync_api import Page, expect

from tests.kiosk.offices import TabletOffice, finish, inside
from tests.kiosk.test_visits import wait_until_stored

SCANNED, TYPED = "H56.14-261001-0001", "H56.14-261001-0002"


def test_a_slip_is_scanned_or_typed_and_each_dossier_has_one_voice(office: TabletOffice, paired: Page) -> None:
    office.hand_out(SCANNED)
    office.hand_out(TYPED)

    paired.locator(".begin").focus()
    assert paired.evaluate(inside("scan"), SCANNED) is True
    expect(paired.locator(".slip-taken")).to_have_text("Đã nhận mã phiếu hẹn")
    rate(paired, 5)

    paired.get_by_role("button", name="Tôi có phiếu hẹn").click()
    for key in "H56":
        paired.locator(f'.keyboard [data-name="{key}"]').click()
    paired.get_by_role("button", name="Xong").click()
    expect(paired.locator(".error-text")).to_contain_text("từ 6 chữ và số trở lên")
    for key in TYPED.removeprefix("H56"):
        paired.locator(f'.keyboard [data-name="{key}"]').click()
    paired.get_by_role("button", name="Xong").click()
    expect(paired.locator(".slip-taken")).to_be_visible()
    rate(paired, 4)

    paired.locator(".begin").click()
    assert paired.evaluate(inside("scan"), SCANNED) is True
    rate(paired, 1)
    wait_until_stored(office, paired, 3)
    assert [one.tier for one in office.ratings()] == ["dossier", "dossier", "suspicious"]
    kept = paired.evaluate(inside("everything"))
    assert [code for code in (SCANNED, TYPED) if code in kept + paired.content()] == []


def test_a_slip_that_was_scanned_or_half_typed_is_gone_with_its_person(office: TabletOffice, page: Page) -> None:
    page.clock.install()
    office.pair(page)

    for begin in (lambda: page.evaluate(inside("scan"), SCANNED), lambda: half_typed(page)):
        begin()
        page.clock.run_for(61_000)
        page.clock.run_for(21_000)
        expect(page.locator(".begin")).to_be_visible()
        assert "H56" not in page.content() + page.evaluate(inside("everything"))

    page.locator(".begin").click()
    expect(page.locator(".slip-taken")).to_have_count(0)
    page.locator(".skip").click()
    assert page.evaluate(inside("scan"), "045082001234") is True
    expect(page.get_by_role("status")).to_have_text("Đây không phải mã phiếu hẹn.")
    assert office.ratings() == []


def test_the_camera_reads_a_slip_when_it_is_asked_to_and_stops_at_once(office: TabletOffice, page: Page) -> None:
    page.add_init_script(f"({inside('camera')})('{office.server.url}/b/ABCD2345EFGH6789')")
    office.pair(page)
    assert page.evaluate("document.featurePolicy.allowsFeature('camera')") is True
    page.locator(".slip").click()
    camera = page.locator('[data-name="camera"]')
    camera.click()
    expect(camera).to_have_text("Dừng máy ảnh")
    expect(page.locator(".viewfinder")).to_be_visible()
    camera.click()
    expect(camera).to_have_text("Quét bằng máy ảnh")
    page.evaluate("broken = true")
    camera.click()
    expect(page.locator(".error-text")).to_contain_text("Không mở được máy ảnh")

    page.evaluate("broken = false, held = true")
    camera.click()

    expect(page.locator(".slip-taken")).to_be_visible()
    page.wait_for_function("tracks.length === 2 && tracks.every(({ readyState }) => readyState === 'ended')")
    expect(page.locator("video")).to_have_count(0)


def half_typed(page: Page) -> None:
    """Type the beginning of a code and go away."""
    page.locator(".slip").click()
    for key in "H56":
        page.locator(f'.keyboard [data-name="{key}"]').click()
    expect(page.locator(".slip-code")).to_have_text("H56")


def rate(page: Page, level: int) -> None:
    """Choose a face and go."""
    page.locator(f'.face[data-level="{level}"]').click()
    page.locator(".face").first.wait_for(state="detached")
    finish(page)
