"""The counts of a poll for programs and for spreadsheets."""

import csv
from datetime import datetime
from io import StringIO

from feedback_service.core.numbers import spelled
from feedback_service.core.period import local_time
from feedback_service.polls.queries import PollRow, Results

BYTE_ORDER_MARK = "\ufeff"
"""Without it a spreadsheet takes Vietnamese for another alphabet."""
FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
HEADINGS = (
    "Answer",
    "All votes",
    "Share of all votes, %",
    "Without suspicious votes",
    "Share without them, %",
    "Number of votes",
)
"""Message ids of the columns, and of the line below them."""


def as_json(poll: PollRow, results: Results, *, now: datetime) -> dict[str, object]:
    """Return the counts as they are published: in all, and without suspicious votes."""
    return {
        "poll": poll.slug,
        "question": {"vi": poll.question.vi, "en": poll.question.en or None},
        "phase": poll.phase.value,
        "counted_at": local_time(now).isoformat(timespec="seconds"),
        "votes": {"all": results.votes, "clean": results.clean, "suspicious": results.suspicious},
        "leader_changes": results.leader_changes,
        "options": [
            {
                "id": count.option.id,
                "text": {"vi": count.option.text.vi, "en": count.option.text.en or None},
                "all": count.votes,
                "clean": count.clean,
            }
            for count in results.counts
        ],
    }


def as_csv(results: Results, *, headings: tuple[str, ...], language: str) -> bytes:
    """Return the table of the results page under translated HEADINGS: UTF-8 with a byte order mark, semicolons."""
    content = StringIO(newline="")
    table = csv.writer(content, delimiter=";", lineterminator="\r\n")
    *columns, total = headings
    table.writerow(columns)
    for count in results.counts:
        shares = (_percent(count.votes_share, language), _percent(count.clean_share, language))
        words = cell_of(count.option.text.said_in(language))
        table.writerow([words, count.votes, shares[0], count.clean, shares[1]])
    table.writerow([total, results.votes, "", results.clean, ""])
    return (BYTE_ORDER_MARK + content.getvalue()).encode()


def cell_of(text: str) -> str:
    """Return text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA_BEGINS) else text


def _percent(share: float | None, language: str) -> str:
    return "" if share is None else spelled(share * 100, decimals=1, language=language)
