"""The text of the project, for the tests that read it as text."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SERVICE = ("feedback_service", "migrations")
PROGRAM = (*SERVICE, "kiosk_static", "tools")
WHOLE = (*PROGRAM, "bench", "tests")
GENERATED = {"vendor", "written"}


def files(places: tuple[str, ...], *endings: str) -> Iterator[Path]:
    """Yield our own files with these endings; what is vendored or generated is not ours."""
    for place in places:
        for path in sorted((ROOT / place).rglob("*")):
            if path.suffix in endings and path.name != "precache.js" and GENERATED.isdisjoint(path.parts):
                yield path


def named(path: Path) -> str:
    """Return the name of a file as it stands in the project."""
    return path.relative_to(ROOT).as_posix()


def found(pattern: str, paths: Iterator[Path], *, but: tuple[str, ...] = ()) -> list[str]:
    """Return `file:line: text` for every line that matches, except in the named files and folders."""
    sought = re.compile(pattern)
    return [
        f"{named(path)}:{number}: {line.strip()}"
        for path in paths
        if not named(path).startswith(but)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if sought.search(line)
    ]
