"""Accounts taken in from a file: every row is looked at first, nobody gives more than he has, slips come out once."""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import insert

from feedback_service.accounts.queries import WITNESSES, credentials, named
from feedback_service.accounts.rules.roles import Role
from feedback_service.accounts.service.passwords import fits
from feedback_service.audit.queries import findings
from feedback_service.core.clock import FixedClock
from feedback_service.units.models import Unit
from feedback_service.web.context import EXTENSION, Platform
from tests.databases import feedback_service
from tests.officers import Officer, officer
from tests.pages import Page
from tests.procedures.test_procedures import workbook
from tests.ratings.lobby import Lobby, furnish

PAGE = "/staff/accounts/file"
HEAD = "name;full_name;role;unit\n"
LIST = """Tên đăng nhập;Họ và tên;Vai trò;Mã đơn vị
chi-hien;Nguyễn Thị Hiền;Một cửa;19333
anh-thanh;Lê Văn Thành;cán bộ xử lý;19333
"""


@dataclass(frozen=True)
class Town:
    """The application, with two wards."""

    app: Flask
    lobby: Lobby

    @property
    def platform(self) -> Platform:
        """What the application stands on."""
        platform: Platform = self.app.extensions[EXTENSION]
        return platform

    def rows(self, *names: str) -> dict[str, tuple[str, str, int | None]]:
        """Return full name, role and unit of accounts."""
        with self.platform.reading() as session:
            return {name: (one.full_name, one.role.value, one.unit_id) for name, one in named(session, names).items()}


@pytest.fixture
def town(app: Flask, clock: FixedClock) -> Town:
    """A town, once on each kind of database."""
    return Town(app, furnish(app.extensions[EXTENSION].database))


def sent(who: Officer, content: bytes | str, status: int = 200) -> Page:
    """Send a file and return what would become of its rows."""
    told = content.encode() if isinstance(content, str) else content
    form = who.pages.get(PAGE).form()
    return who.pages.post(PAGE, {**form, "file": (io.BytesIO(told), "a.csv")}, status=status)


def stored(who: Officer, looked_at: Page, status: int = 200) -> Page:
    """Confirm the rows."""
    form = looked_at.form("form[action$=confirmation]")
    return who.pages.post(f"{PAGE}/confirmation", form, status=status)


def slips_of(page: Page) -> Mapping[str, str]:
    """Return the one-time passwords by sign-in names."""
    words = page.texts(".account-slips code")
    return dict(zip(words[::2], words[1::2], strict=True))


def test_officers_are_taken_in_once_and_get_slips_with_passwords_that_hold(town: Town) -> None:
    admin = officer(town.app, Role.ADMINISTRATOR)
    ward = town.lobby.unit_id

    looked_at = sent(admin, workbook(LIST))
    before = town.rows("chi-hien", "anh-thanh")
    slips = slips_of(stored(admin, looked_at))
    again = stored(admin, looked_at)
    changed = stored(admin, sent(admin, LIST.replace("Một cửa", "Lãnh đạo")))

    assert "mới: 2" in looked_at.text("main")
    assert before == {}
    assert town.rows("chi-hien", "anh-thanh") == {
        "chi-hien": ("Nguyễn Thị Hiền", "leader", ward),
        "anh-thanh": ("Lê Văn Thành", "handler", ward),
    }
    with town.platform.reading() as session:
        known = [credentials(session, name) for name in slips]
        assert [bool(one and fits(slips[one.name], one.password_hash)) for one in known] == [True, True]
    assert "Không có tài khoản mới" in again.text("main") + changed.text("main")
    assert not again.all(".account-slips")
    with town.platform.database.inspecting() as session:
        assert list(findings(session, WITNESSES)) == []


def test_a_row_that_cannot_stand_keeps_all_of_them_out(house: Flask) -> None:
    town = Town(house, furnish(house.extensions[EXTENSION].database))
    admin = officer(house, Role.ADMINISTRATOR)
    wrong = {
        "Chị Hiền;Nguyễn Thị Hiền;Một cửa;19333": "Xin dùng 2 đến 60 ký tự",
        "chi-hien;;Một cửa;19333": "Họ tên phải có",
        "chi-hien;Nguyễn Thị Hiền;giám đốc;19333": "Không có vai trò này: giám đốc",
        "chi-hien;Nguyễn Thị Hiền;Một cửa;99999": "không có đơn vị mang mã 99999",
        "anh-thanh;Nguyễn Thị Hiền;Một cửa;19333": "Dòng trước đã có",
        "administrator;Nguyễn Thị Hiền;Một cửa;19333": "tài khoản của chính Ông/Bà",
    }

    pages = {row: sent(admin, f"{HEAD}anh-thanh;Lê Văn Thành;handler;19333\n{row}\n", 422) for row in wrong}

    assert [row for row, words in wrong.items() if words not in pages[row].text("tbody")] == []
    assert [row for row in wrong if pages[row].all("form[action$=confirmation]")] == []
    assert town.rows("anh-thanh") == {}


def test_nobody_gives_rights_beyond_his_own_unit(house: Flask) -> None:
    town = Town(house, furnish(house.extensions[EXTENSION].database))
    admin = officer(house, Role.ADMINISTRATOR, unit_id=town.lobby.unit_id)
    officer(house, Role.LEADER, name="ngoai", unit_id=other_ward(town))
    officer(house, Role.LEADER, name="tinh")
    wrong = {
        "moi;Lê Văn Mới;leader;19334": "không có đơn vị mang mã 19334",
        "moi;Lê Văn Mới;administrator;": "Xin ghi đơn vị",
        "ngoai;Lê Văn Mới;leader;19333": "đã có người dùng",
        "tinh;Lê Văn Mới;handler;19333": "đã có người dùng",
    }

    pages = {row: sent(admin, f"{HEAD}{row}\n", 422) for row in wrong}
    forged = {**sent(admin, LIST).form("form[action$=confirmation]"), "rows": f"{HEAD}moi;Lê Văn Mới;leader;\n"}
    refused = admin.pages.post(f"{PAGE}/confirmation", forged, status=422)

    assert [row for row, words in wrong.items() if words not in pages[row].text("tbody")] == []
    assert "Có dòng cần sửa" in refused.text(".error-summary")
    assert town.rows("moi") == {}
    assert [one[:2] for one in town.rows("ngoai", "tinh").values()] == [("Ngoai", "leader"), ("Tinh", "leader")]


def test_only_administrators_take_files_in(house: Flask) -> None:
    leader = officer(house, Role.LEADER)

    assert leader.pages.client.get(PAGE).status_code == 403


def test_the_command_line_takes_a_file_in_and_prints_each_password(tmp_path: Path) -> None:
    settings = {"FEEDBACK_DATA_DIR": str(tmp_path / "office")}
    feedback_service("db", "upgrade", **settings)
    feedback_service("unit", "import", "builtin", **settings)
    (tmp_path / "a.csv").write_text(LIST + "chi-lan;Hồ Thị Lan;Quản trị;\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text(LIST.replace("19333", "99999"), encoding="utf-8")

    wrong, tried, taken, again = (
        feedback_service("user", "import", str(tmp_path / name), *words, **settings)
        for name, words in (("b.csv", ()), ("a.csv", ("--dry-run",)), ("a.csv", ()), ("a.csv", ()))
    )

    assert [run.returncode for run in (wrong, tried, taken, again)] == [1, 0, 0, 0]
    assert "row 2  refused  chi-hien: There is no unit with the code 99999" in wrong.stdout
    assert "dry run" in tried.stdout
    assert re.findall(r"^([a-z-]+): [0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}$", taken.stdout, re.MULTILINE) == [
        *("chi-hien", "anh-thanh", "chi-lan")
    ]
    assert again.stdout.count("unchanged") == 3
    assert "passwords" not in again.stdout


def other_ward(town: Town) -> int:
    """Add another ward and return its id."""
    unit = {"code": "19334", "name": "Phường Nam Đông Hà", "folded_name": "phuong nam dong ha", "kind": "ward"}
    with town.platform.transaction() as session:
        return session.execute(insert(Unit).values(**unit).returning(Unit.id)).scalar_one()
