"""The chain of migrations: numbered, single, and free of the application."""

import ast
import re
from pathlib import Path

from tests.migrations.revisions import ordered


def test_the_revisions_form_one_chain_without_gaps() -> None:
    chain = [(script.revision, script.down_revision) for script in ordered()]

    numbers = [f"{number:04}" for number in range(1, len(chain) + 1)]
    assert chain == list(zip(numbers, [None, *numbers[:-1]], strict=True))


def test_every_file_is_named_for_its_number_and_its_deed() -> None:
    names = [Path(script.path).name for script in ordered()]

    assert [name for name in names if not re.fullmatch(r"\d{4}_[a-z]+(_[a-z]+)+\.py", name)] == []
    assert [name[:4] for name in names] == [script.revision for script in ordered()]


def test_no_revision_imports_the_application() -> None:
    files = [*(Path(script.path) for script in ordered()), Path(ordered()[0].path).parents[1] / "env.py"]

    assert [path.name for path in files if "feedback_service" in _imported(path)] == []


def _imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        if isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names
