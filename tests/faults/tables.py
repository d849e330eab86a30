"""What a fault came to, and the table of all of them that `make faults` leaves in build/faults.md."""

from dataclasses import dataclass
from pathlib import Path

from tests.faults.crowd import Sent
from tests.faults.offices import Office

HEAD = "| fault | database | times | acknowledged | lost | doubled | refused in words | broken off | longest wait, s |"


@dataclass(frozen=True)
class Verdict:
    """Who was told yes without a row, and rows that nobody was told of."""

    lost: set[str]
    doubled: set[str]


@dataclass(frozen=True)
class Line:
    """One fault, done so many times to one kind of database."""

    fault: str
    engine: str
    times: int
    acknowledged: int
    lost: int
    doubled: int
    refused: int
    broken_off: int
    worst_wait: float

    @classmethod
    def of(cls, fault: str, engine: str, times: int, sent: Sent, verdict: Verdict) -> "Line":
        """Return what the citizens and the records say."""
        lost, doubled = len(verdict.lost), len(verdict.doubled)
        refused, worst = sum(sent.refusals.values()), max(sent.waits)
        return cls(fault, engine, times, len(sent.acknowledged), lost, doubled, refused, sent.broken_off, worst)

    def __str__(self) -> str:
        counts = f"{self.acknowledged} | {self.lost} | {self.doubled} | {self.refused} | {self.broken_off}"
        return f"| {self.fault} | {self.engine} | {self.times} | {counts} | {self.worst_wait:.1f} |"


class Table:
    """Lines as they come in."""

    def __init__(self) -> None:
        self._lines: list[Line] = []

    def add(self, line: Line) -> None:
        """Add one line."""
        self._lines.append(line)

    def write(self, path: Path) -> None:
        """Write the table, and below it the sum."""
        if not self._lines:
            return
        lines = sorted(map(str, self._lines), key=lambda line: int(line[3:].partition(" ")[0]))
        total = (
            f"{sum(line.times for line in self._lines)} faults, {sum(line.acknowledged for line in self._lines)} acks"
        )
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join((HEAD, "| --- " * 9 + "|", *lines, "", total, "")), encoding="utf-8")


def verdict(office: Office, sent: Sent, before: set[str]) -> Verdict:
    """Compare what was acknowledged with what the records hold, once everybody is quiet."""
    told, stored = set(sent.acknowledged), office.stored()
    return Verdict(lost=told - stored, doubled=stored - before - told)
