"""Every attack of the list is tried by tests that are there."""

import ast
from pathlib import Path

import pytest

from tests.attacks.listed import ATTACKS
from tests.house.sources import ROOT

TESTS = ROOT / "tests"
NAMED = sorted({test for attack in ATTACKS.values() for test in attack.tests})


def functions(path: Path) -> set[str]:
    """Return the names of the tests of a file."""
    return {
        node.name for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.FunctionDef)
    }


def test_the_list_goes_from_1_to_65_and_tries_each() -> None:
    assert list(ATTACKS) == list(range(1, 66))
    assert [number for number, attack in ATTACKS.items() if not attack.tests] == []


@pytest.mark.parametrize("file", sorted({name.partition("::")[0] for name in NAMED}))
def test_every_test_of_the_list_is_there(file: str) -> None:
    known = functions(TESTS / file)

    assert [name for name in NAMED if name.startswith(f"{file}::") and name.partition("::")[2] not in known] == []


def test_every_test_of_this_folder_is_on_the_list_or_watches_over_it() -> None:
    own = {f"attacks/{path.name}::{name}" for path in (TESTS / "attacks").glob("test_*.py") for name in functions(path)}
    tried = {name for name in own if name.partition("::")[2].startswith("test_")}

    assert {name.partition("::")[0] for name in tried - set(NAMED)} <= WATCHING


WATCHING = {f"attacks/test_{name}.py" for name in ("headers", "listed", "patterns", "holes", "fuzzing")}
"""Headers and input of every kind are not numbered in the list; the others test the tests."""
