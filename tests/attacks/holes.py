"""Holes of holes.toml, planted one at a time in a copy of the service: do the tests of the attack notice?"""

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tests.attacks.listed import ATTACKS
from tests.databases import environment
from tests.house.sources import ROOT
from tests.runs import FOLDER

COPIED = ("feedback_service", "tests", "migrations", "kiosk_static", "bench", "tools", "docs", "pyproject.toml")
SLOW = ("browser/", "kiosk/", "faults/")
"""Where Chromium or a power cut is needed; a hole that only they would notice is none of this list."""
FOUND = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)
LONGEST_SECONDS = 900


@dataclass(frozen=True)
class Hole:
    """What is changed in which file of the service, on which kind of database, and the tests that must notice."""

    name: str
    file: str
    old: str
    new: str
    engine: str
    tests: tuple[str, ...]


def _read() -> tuple[Hole, ...]:
    told = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["hole"]
    return tuple(_hole(**one) for one in told)


def _hole(*, attack: int = 0, tests: tuple[str, ...] = (), engine: str = "sqlite", **what: str) -> Hole:
    tried = tests or [name for name in ATTACKS[attack].tests if not name.startswith(SLOW)]
    return Hole(**what, engine=engine, tests=tuple(f"tests/{one}" for one in tried))


HOLES = _read()


class Copy:
    """A copy of the project in which one hole at a time is planted."""

    def __init__(self, folder: Path) -> None:
        """Copy everything that the tests need."""
        self.folder = folder
        for name in COPIED:
            place = shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile
            place(ROOT / name, folder / name)

    def failures(self, *holes: Hole) -> set[str]:
        """Return the tests of these holes that fail once all of them are planted, without their parameters."""
        honest = [(file := self.folder / "feedback_service" / hole.file, file.read_text("utf-8")) for hole in holes]
        for hole, (file, text) in zip(holes, honest, strict=True):
            _write(file, text.replace(hole.old, hole.new))
        done = self._tried(*holes)
        for file, text in honest:
            _write(file, text)
        assert done.returncode in (0, 1), done.stdout + done.stderr
        return {found.partition("[")[0] for found in FOUND.findall(done.stdout)}

    def alarms(self, *holes: Hole) -> set[str]:
        """Return the tests of these holes that fail although none is planted."""
        return self.failures(*(replace(hole, new=hole.old) for hole in holes))

    def _tried(self, *holes: Hole) -> "subprocess.CompletedProcess[str]":
        variables = environment(PYTHONPATH=str(self.folder))
        variables.pop("FAULTS", None)  # the short form of each test must notice
        if holes[0].engine != "sqlite":
            variables.pop(FOLDER, None)  # it starts a PostgreSQL of its own
        words = ["-q", "-p", "no:cacheprovider", "-k", _only(holes[0].engine), *_once(holes)]
        return subprocess.run(
            [sys.executable, "-m", "pytest", *words],
            cwd=self.folder,
            env=variables,
            capture_output=True,
            text=True,
            timeout=LONGEST_SECONDS,
            check=False,
        )


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    shutil.rmtree(file.parent / "__pycache__", ignore_errors=True)


def _once(holes: Sequence[Hole]) -> list[str]:
    return list(dict.fromkeys(test for hole in holes for test in hole.tests))


def _only(engine: str) -> str:
    return f"not {'sqlite' if engine == 'postgresql' else 'postgresql'}"
