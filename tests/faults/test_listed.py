"""Every fault of the list is injected by tests that are there, and each has one that would notice a hole."""

import tomllib
from pathlib import Path

import pytest

from tests.attacks.test_listed import functions
from tests.house.sources import ROOT

LISTED = tomllib.loads(Path(__file__).with_name("listed.toml").read_text(encoding="utf-8"))
NAMED = sorted({name for fault in LISTED.values() for name in (*fault["tests"], *fault["controls"])})


def test_the_list_goes_from_1_to_20_and_each_fault_has_its_control() -> None:
    assert list(LISTED) == [f"F{number}" for number in range(1, 21)]
    assert [name for name, fault in LISTED.items() if not fault["tests"] or not fault["controls"]] == []


@pytest.mark.parametrize("file", sorted({name.partition("::")[0] for name in NAMED}))
def test_every_test_of_the_list_is_there(file: str) -> None:
    known = functions(ROOT / "tests" / file)

    assert [name for name in NAMED if name.startswith(f"{file}::") and name.partition("::")[2] not in known] == []
