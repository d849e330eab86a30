"""What offices open our files with: LibreOffice takes workbooks and texts as they are, PSPP reads the labels.

Each is asked where it is installed; where it is not, the run says so aloud.
"""

import csv
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from feedback_service.audit.export import write_workbook as write_ledger
from feedback_service.audit.queries import EntryRow
from feedback_service.core.canonical import canonical
from feedback_service.db import Database
from feedback_service.questionnaires.models import Questionnaire, QuestionnaireVersion
from feedback_service.reports.export.papers import form_bytes
from feedback_service.reports.queries.rows import Wanted
from feedback_service.reports.rules.columns import Format, Records
from feedback_service.reports.rules.documents import Document
from feedback_service.reports.rules.forms import FormKind, Written
from feedback_service.reports.service.inspecting import keep_inspection
from tests.databases import Databases
from tests.reports import records
from tests.reports.records import DONG_HA
from tests.reports.test_exports import exported
from tests.reports.test_forms import NOW, document, fill
from tests.reports.test_inspections import told

SECONDS = 180
OFFICE, STATISTICS = shutil.which("soffice"), shutil.which("pspp")
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("other programs")]
BALLOT = {"cs1": 2, "cs2": 2, "cs3": 2, "cs4": 2, "cs6": 2, "cs7": 2, "cs10": 3, "cs11": 3}


@pytest.fixture(scope="module")
def office(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A ward with dossier figures, scores, a ballot and ratings."""
    database = Database(databases.sqlite(tmp_path_factory.mktemp("office")))
    fill(database)
    with database.transaction() as session:
        records.add(
            session,
            Questionnaire,
            {"id": "phieu-9-chi-so", "title_vi": "Phiếu", "title_en": "Ballot", "kind": "survey"},
        )
        records.add(session, QuestionnaireVersion, records.version(9, "phieu-9-chi-so", 3))
        at = NOW.replace(month=9, day=20)
        ballot = {"version_id": 9, "level": 3, "levels": 3, "answers": canonical(BALLOT), "answered_at": at}
        records.add_rating(session, 1, counter_id=None, **ballot)
        low = canonical({"satisfaction": 1, "reasons": ["waiting"]})
        records.add_rating(session, 2, answers=low, level=1)
        keep_inspection(session, None, told(), frozenset({DONG_HA}), by="staff:1", now=NOW)
    yield database
    database.close()


@pytest.fixture(scope="module")
def forms(office: Database) -> dict[FormKind, Document]:
    """Every form, filled."""
    return {kind: document(office, kind) for kind in FormKind}


@pytest.mark.skipif(OFFICE is None, reason="LIBREOFFICE IS NOT INSTALLED: nobody looked whether it opens our workbooks")
def test_libreoffice_opens_every_workbook_as_it_is(
    office: Database, forms: dict[FormKind, Document], tmp_path: Path
) -> None:
    for kind, form in forms.items():
        (tmp_path / f"{kind.value}.xlsx").write_bytes(form_bytes(form, Written.XLSX, made_at=NOW))
    ratings = exported(office, Wanted(Records.RATINGS, None, None), Format.XLSX, tmp_path)
    (tmp_path / "ratings.xlsx").write_bytes(ratings)
    entry = EntryRow(0, 1, "2026-10-13T01:30:00", "unit.added", "=1+1", "unit", "2", "{}", "0" * 64)
    write_ledger(tmp_path / "ledger.xlsx", [entry], str)

    read = opened(tmp_path, "xlsx", "csv:Text - txt - csv (StarCalc):44,34,76")

    for kind, form in forms.items():
        cells = {cell for row in csv.reader(read[kind.value].splitlines()) for cell in row}
        assert {form.title, *form.grid.heads} <= cells, kind
    assert "19333" in read["ratings"]
    assert "=1+1" in read["ledger"]


@pytest.mark.skipif(OFFICE is None, reason="LIBREOFFICE IS NOT INSTALLED: nobody looked whether it opens our texts")
def test_libreoffice_opens_every_text_as_it_is(forms: dict[FormKind, Document], tmp_path: Path) -> None:
    for kind, form in forms.items():
        (tmp_path / f"{kind.value}.docx").write_bytes(form_bytes(form, Written.DOCX, made_at=NOW))

    read = opened(tmp_path, "docx", "txt:Text (encoded):UTF8")

    for kind, form in forms.items():
        assert form.title in read[kind.value], kind
        assert form.sources_title in read[kind.value], kind


@pytest.mark.skipif(STATISTICS is None, reason="PSPP IS NOT INSTALLED: nobody looked whether it reads our labels")
def test_pspp_reads_the_records_with_their_labels(office: Database, tmp_path: Path) -> None:
    wanted = Wanted(Records.RATINGS, frozenset({DONG_HA}), None)
    (tmp_path / "ratings.sav").write_bytes(exported(office, wanted, Format.SAV, tmp_path))
    (tmp_path / "look.sps").write_text(
        "GET FILE='ratings.sav'.\nDISPLAY DICTIONARY.\nFREQUENCIES /VARIABLES=satisfaction channel.\n", encoding="utf-8"
    )

    done = subprocess.run(
        [str(STATISTICS), "-O", "format=csv", "-o", "told.csv", "look.sps"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )

    told = (tmp_path / "told.csv").read_text(encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")
    assert "warning" not in told.lower()
    assert {"Kênh", "Máy tại quầy", "Rất hài lòng"} <= {cell for row in csv.reader(told.splitlines()) for cell in row}
    assert "Thời gian chờ đợi lâu" in told


def opened(folder: Path, ending: str, written_as: str) -> dict[str, str]:
    """Return what LibreOffice reads in each file of a folder; a file that it must repair it does not open here."""
    names = sorted(path.name for path in folder.glob(f"*.{ending}"))
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = [
        str(OFFICE),
        profile,
        "--headless",
        "--norestore",
        "--convert-to",
        written_as,
        "--outdir",
        "read",
        *names,
    ]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert done.returncode == 0, done.stderr
    return {path.stem: path.read_text(encoding="utf-8-sig") for path in (folder / "read").iterdir()}
