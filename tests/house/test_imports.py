"""Imports point down; the contract stands in pyproject.toml."""

import subprocess
import sys
from pathlib import Path

from tests.house.sources import ROOT


def test_imports_keep_the_contract() -> None:
    program = str(Path(sys.executable).with_name("lint-imports"))

    done = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout[done.stdout.find("Broken contracts") :] or done.stderr
