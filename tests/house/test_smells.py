"""The ten smells of our style; the linters find two, four and six, and tests elsewhere eight and nine."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.sources import PROGRAM, ROOT, SERVICE, WHOLE, files, found, named

DRAWERS = {"utils", "helpers", "common", "misc", "shared", "manager", "base"}
LONGEST_FILE = 300
LONGEST_FUNCTION = 40
CEILINGS = {
    "public": 200,
    "staff": 200,
    "api": 200,
    "commands": 200,
    "guard": 80,
    "forms": 120,
    "payloads": 120,
    "export": 200,
    "drawing": 200,
    "service": 250,
    "queries": 250,
    "models": 200,
    "rules": 250,
    "app": 120,
}
PYTHON_CLOCK = r"\b(datetime\.now|datetime\.utcnow|date\.today|time\.time|time\.monotonic|perf_counter)\("
PYTHON_CHANCE = r"\b(random|secrets)\.\w|\buuid[147]\(|urandom"
SCRIPT_CLOCK_OR_CHANCE = r"Date\.now\(|new Date\(\)|performance\.now\(|Math\.random|randomUUID|getRandomValues"
OWN_WORDS = ("feedback_service/translations/", "kiosk_static/i18n/", "kiosk_static/keyboard/")
VIETNAMESE = r"(?:(?<!\b[QN])|(?!Đ\b))[À-ÖØ-öø-ɏḀ-ỿ]"
"""Any such letter but that of a decree or decision, which is cited by the name it bears (NĐ 61/2018, QĐ-TTg)."""


def test_only_the_edge_of_the_database_commits() -> None:
    commits = found(r"(?<!\bfile)\.(commit|rollback|begin|flush)\(", files(("feedback_service",), ".py"))

    assert [line for line in commits if not line.startswith("feedback_service/db.py:")] == []


def test_there_is_no_junk_drawer() -> None:
    assert [named(path) for path in files(WHOLE, ".py", ".js") if path.stem in DRAWERS] == []


def test_no_file_is_longer_than_its_ceiling() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in files(WHOLE, ".py", ".js")}

    assert [f"{named(path)}: {lines}" for path, lines in lengths.items() if lines > _ceiling(path)] == []


def test_no_function_is_longer_than_a_screen() -> None:
    own = (path for path in files(WHOLE, ".py") if path.parent.name != "versions")  # a migration is a list of columns

    long = [place for path in own for place in _long_functions(path)]

    assert long == []


def test_the_clock_is_read_in_one_place() -> None:
    assert found(PYTHON_CLOCK, files(PROGRAM, ".py"), but=("feedback_service/core/clock.py",)) == []


def test_chance_is_drawn_in_one_place() -> None:
    assert found(PYTHON_CHANCE, files(PROGRAM, ".py"), but=("feedback_service/core/ids.py",)) == []


def test_the_tablet_reads_its_clock_and_draws_chance_in_one_place() -> None:
    scripts = files(("kiosk_static", "feedback_service/static"), ".js")

    assert found(SCRIPT_CLOCK_OR_CHANCE, scripts, but=("kiosk_static/lib/clock.js",)) == []


def test_no_error_is_swallowed() -> None:
    assert found(r"except\s*(\(?\s*Exception\b.*)?:\s*(#.*)?$", files(WHOLE, ".py")) == []
    assert found(r"catch\s*(\([^)]*\))?\s*\{\s*\}|\.catch\(\s*\(\w*\)\s*=>\s*\{\s*\}\s*\)", files(WHOLE, ".js")) == []


def test_no_test_patches_our_own_code() -> None:
    assert found(r"(patch|setattr)\(.*feedback_service", files(("tests",), ".py"), but=(named(Path(__file__)),)) == []


def test_no_test_is_left_out_but_where_a_program_is_missing_and_then_aloud() -> None:
    left_out = r"mark\.(skip|skipif|xfail)\b|pytest\.(skip|xfail|importorskip)\(|\btest\.(skip|todo)\("

    lines = found(left_out, files(("tests",), ".py", ".js"), but=(named(Path(__file__)),))

    assert len(lines) == 3  # LibreOffice for workbooks and for texts, PSPP for records
    assert all(line.startswith("tests/reports/test_other_programs.py") and "IS NOT INSTALLED" in line for line in lines)


def test_no_text_becomes_markup() -> None:
    unsafe = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\|\s*safe\b|\bMarkup\(|render_template_string"

    assert found(unsafe, files(PROGRAM, ".py", ".js", ".html")) == []


def test_vietnamese_words_stand_in_the_translations() -> None:
    texts = files(PROGRAM, ".py", ".js", ".html")

    assert found(VIETNAMESE, texts, but=(*OWN_WORDS, "feedback_service/core/text.py")) == []


def test_nothing_is_left_for_later() -> None:
    later = r"\b(TODO|FIXME|XXX|HACK)\b"

    assert found(later, files(WHOLE, ".py", ".js", ".html", ".css"), but=(named(Path(__file__)),)) == []


@pytest.mark.parametrize("place", SERVICE)
def test_every_file_says_in_one_line_what_it_is(place: str) -> None:
    silent = [named(path) for path in files((place,), ".py") if not _docstring(path) and path.name != "__init__.py"]

    assert silent == []


def _ceiling(path: Path) -> int:
    if path.parts[len(ROOT.parts)] != "feedback_service":
        return LONGEST_FILE
    return CEILINGS.get(path.stem, CEILINGS.get(path.parent.name, LONGEST_FILE))


def _long_functions(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or 0) - node.lineno + 1
            if lines > LONGEST_FUNCTION:
                yield f"{named(path)}:{node.lineno}: {node.name} has {lines} lines"


def _docstring(path: Path) -> str | None:
    return ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
