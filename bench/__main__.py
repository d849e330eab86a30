"""Every measurement, one after the other: `python -m bench` prints each and writes the table of docs/performance.md.

With --short the largest ones take fewer rows, which the table tells; it then takes six to ten minutes.
"""

import os
import subprocess
import sys
from pathlib import Path
from time import perf_counter

from bench.parts.table import Row, row_of, written

SHORT = "--short"
MEASUREMENTS = (
    "polls",
    "ratings",
    "processes",
    "workers",
    "standing",
    "queue",
    "exports",
    "dashboards",
    "kiosk",
    "hostile",
)
FEWER = {"BENCH_DASHBOARDS_ROWS": "1000000", "BENCH_EXPORTS_ROWS": "100000", "BENCH_HOSTILE_SECONDS": "10"}
PAGE = Path(__file__).parent.parent / "docs" / "performance.md"


def main() -> None:
    """Measure everything, print it, and put the table in its place; a measurement that fails ends the run."""
    settings = {**os.environ, **(FEWER if SHORT in sys.argv else {}), "PYTHONUNBUFFERED": "1"}
    begun, rows = perf_counter(), []
    for name in MEASUREMENTS:
        print(f"\n{name}", flush=True)
        rows += measured(name, settings)
    command = f"python -m bench{' ' + SHORT if SHORT in sys.argv else ''}"
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8"), rows, command), encoding="utf-8")
    print(f"\n{len(rows)} figures in {(perf_counter() - begun) / 60:.1f} minutes: {PAGE.relative_to(Path.cwd())}")


def measured(name: str, settings: dict[str, str]) -> list[Row]:
    """Run one measurement, pass on what it prints, and return the figures among it."""
    rows = []
    words = [sys.executable, "-m", f"bench.{name}"]
    with subprocess.Popen(words, env=settings, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        for line in process.stdout:
            print(line, end="", flush=True)
            if row := row_of(name, line):
                rows.append(row)
    if process.returncode:
        raise SystemExit(process.returncode)
    return rows


if __name__ == "__main__":
    main()
