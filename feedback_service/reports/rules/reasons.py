"""Reasons that people gave, the most frequent first (Pareto)."""

from collections.abc import Mapping
from dataclasses import dataclass

from feedback_service.core.numbers import share
from feedback_service.core.words import Sentence

MAIN_SHARE = 0.8
"""The reasons up to this cumulative share are the main ones."""
ENOUGH_MENTIONS = 30


@dataclass(frozen=True)
class Reason:
    """One reason: how often it was named, its share of the ratings asked, the share of mentions up to here."""

    text: str
    count: int
    of_asked: float | None
    cumulative: float | None
    is_main: bool


@dataclass(frozen=True)
class Reasons:
    """All reasons of one question; `asked` is how many ratings led to the question."""

    lines: tuple[Reason, ...]
    mentions: int
    asked: int

    @property
    def main_count(self) -> int:
        """How many reasons it takes to reach 80 % of the mentions."""
        return sum(line.is_main for line in self.lines)


def ranked(counts: Mapping[str, int], asked: int) -> Reasons:
    """Return reasons by their count, equal counts in the order given."""
    mentions = sum(counts.values())
    lines: list[Reason] = []
    so_far = 0
    for text, count in sorted(counts.items(), key=lambda one: -one[1]):
        is_main = count > 0 and so_far < MAIN_SHARE * mentions
        so_far += count
        lines.append(Reason(text, count, share(count, asked), share(so_far, mentions), is_main))
    return Reasons(tuple(lines), mentions, asked)


def finding(reasons: Reasons, subject: Sentence) -> Sentence:
    """Return a heading that names how few reasons make most mentions, else the plain `subject`."""
    count = reasons.main_count
    if reasons.mentions < ENOUGH_MENTIONS or count == 0 or 2 * count > len(reasons.lines):
        return subject
    reached = reasons.lines[count - 1].cumulative
    if count == 1:
        return Sentence("{subject}: one makes up {share}", {"subject": subject, "share": reached})
    return Sentence("{subject}: {count} make up {share}", {"subject": subject, "count": count, "share": reached})
