"""Files that are small on the way and enormous once they are opened: refused quickly, in little memory (attack 42)."""

import resource
import time
from collections.abc import Callable
from io import BytesIO

import pytest

from tests.attacks.bombs import BOOKS, PICTURES
from tests.attacks.siege import Siege
from tests.dossiers.sheets import workbook

MOST_SECONDS = 1.0
MOST_BYTES = 100_000_000
IMPORTS = (
    "/staff/dossiers/file",
    "/staff/units/file",
    "/staff/procedures/file",
    "/staff/kiosks/rosters/file",
    "/staff/questionnaires/file",
)
pytestmark = pytest.mark.xdist_group("siege")
UPLOADS = (("/suggestions/files", "files"), ("/staff/office/logo", "picture"))


def opened(siege: Siege, address: str, field: str, content: bytes) -> tuple[int, float, int, str]:
    """Send a file; return the status, the seconds it took, the bytes by which memory grew, and what is said."""
    before, begun = _most_memory(), time.process_time()
    answer = siege.staff.post(address, data={"csrf_token": siege.token, field: (BytesIO(content), "tep.xlsx")})
    told = answer.status_code, time.process_time() - begun, _most_memory() - before, answer.text
    answer.close()
    answer.request.environ["wsgi.input"].close()  # where the client of the test laid down what it sends
    return told


def _most_memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


@pytest.mark.parametrize("make", BOOKS.values(), ids=BOOKS.keys())
def test_no_workbook_fills_memory_or_holds_up_the_desk(siege: Siege, make: Callable[[], bytes]) -> None:
    content = make()

    told = {address: opened(siege, address, "file", content) for address in IMPORTS}

    assert {address: one[:3] for address, one in told.items() if one[0] >= 500} == {}
    assert {address: one[1] for address, one in told.items() if one[1] > MOST_SECONDS} == {}
    assert {address: one[2] for address, one in told.items() if one[2] > MOST_BYTES} == {}
    assert not [address for address, one in told.items() if "root:" in one[3]]


@pytest.mark.parametrize("make", PICTURES.values(), ids=PICTURES.keys())
def test_no_picture_or_document_does(siege: Siege, make: Callable[[], bytes]) -> None:
    content = make()

    told = {address: opened(siege, address, field, content)[:3] for address, field in UPLOADS}

    assert {address: one for address, one in told.items() if one[0] >= 500} == {}
    assert {address: one for address, one in told.items() if one[1] > MOST_SECONDS or one[2] > MOST_BYTES} == {}


def test_a_damaged_workbook_is_refused_wherever_it_is_damaged(siege: Siege) -> None:
    whole = workbook([("Mã", "Tên", "Loại"), ("19333", "Phường Đông Hà", "ward")])
    statuses = set()
    for place in range(0, len(whole), 150):
        for address in IMPORTS[::2]:
            damaged = whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
            statuses.add(opened(siege, address, "file", damaged)[0])

    assert statuses <= {200, 303, 422}
