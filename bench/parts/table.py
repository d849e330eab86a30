"""The table of docs/performance.md: what was measured, the figure, its target, and with what.

A measurement prints a line for each figure: what it is, two spaces, the figure, and perhaps "target", a sign, a bound.
"""

import platform
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version

from psutil import cpu_count, getloadavg, virtual_memory

BEGINS, ENDS = "<!-- figures -->", "<!-- end of figures -->"
VERSIONS = ("flask", "werkzeug", "gunicorn", "sqlalchemy", "psycopg", "pydantic")
_TARGET = r"(?:\s{2,}target (?P<sign>[<>]=)? ?(?P<bound>[\d.,]+).*)?"
_LINE = re.compile(r"(?P<what>.*?\S)\s{2,}(?P<figure>-?\d[\d.,]*%?(?: MB)?(?:, \S.*?)?)" + _TARGET + r"\s*")
_NUMBER = re.compile(r"-?[\d,]*\.?\d+")


@dataclass(frozen=True)
class Row:
    """One figure; without a `sign` it has no target."""

    by: str
    what: str
    figure: str
    sign: str | None
    bound: str | None

    @property
    def verdict(self) -> str:
        """Say whether the target is met, nothing where there is none."""
        found = _NUMBER.search(self.figure)
        if self.bound is None or found is None:
            return ""
        figure, bound = (float(text.replace(",", "")) for text in (found[0], self.bound))
        is_met = figure >= bound if self.sign == ">=" else figure <= bound
        return "yes" if is_met else "**no**"


def row_of(by: str, line: str) -> Row | None:
    """Return the figure that a line of a measurement tells, None when it tells none."""
    found = _LINE.fullmatch(line.rstrip())
    if found is None:
        return None
    return Row(by, " ".join(found["what"].split()), found["figure"], found["sign"], found["bound"])


def written(page: str, rows: Sequence[Row], command: str) -> str:
    """Return the page with these figures between its marks; raises ValueError for a page without them."""
    before, rest = page.split(BEGINS)
    _old, after = rest.split(ENDS)
    return f"{before}{BEGINS}\n{_conditions(command)}\n\n{_table(rows)}\n{ENDS}{after}"


def _conditions(command: str) -> str:
    names = ", ".join(f"{name} {version(name)}" for name in VERSIONS)
    memory = virtual_memory().total / 1e9
    busy = getloadavg()[2]
    return "\n".join(
        (
            f"Measured on {datetime.now(UTC):%Y-%m-%d %H:%M} UTC by `{command}`: {cpu_count()} cores ({_processor()}),",
            f"{memory:.0f} GB, {platform.system()} {platform.release()}, Python {platform.python_version()},",
            f"SQLite {sqlite3.sqlite_version}, {names}.",
            f"Load of the machine over the last quarter of an hour: {busy:.1f}, these measurements included.",
        )
    )


def _table(rows: Sequence[Row]) -> str:
    lines = ["| measured by | what | figure | target | met |", "|---|---|--:|--:|---|"]
    for row in rows:
        target = f"{'≤' if row.sign != '>=' else '≥'} {row.bound}" if row.bound else ""
        lines.append(f"| bench.{row.by} | {row.what} | {row.figure} | {target} | {row.verdict} |")
    return "\n".join(lines)


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as told:  # noqa: PTH123  # a file of the kernel
            return next((line.partition(":")[2].strip() for line in told if line.startswith("model name")), "unknown")
    except FileNotFoundError:
        return platform.processor() or "unknown"
