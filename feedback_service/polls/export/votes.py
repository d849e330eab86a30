"""Every vote of a poll as a table: when, how it counts, what was chosen; never who."""

import csv
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO, StringIO

from feedback_service.core.period import local_time
from feedback_service.polls.export.results import BYTE_ORDER_MARK, cell_of
from feedback_service.polls.queries import PollRow, VoteRow

VOTE_HEADINGS = ("Time", "Tier", "Answers")
"""Message ids of the columns."""
BETWEEN = " | "
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
WIDTHS = (20, 14, 60)
Votes = Sequence[VoteRow]


def votes_csv(votes: Votes, headings: tuple[str, ...]) -> bytes:
    """Return the table: UTF-8 with a byte order mark, semicolons, local time, no cell that runs as a formula."""
    content = StringIO(newline="")
    table = csv.writer(content, delimiter=";", lineterminator="\r\n")
    table.writerow(headings)
    for vote in votes:
        moment = f"{local_time(vote.stored_at):%d/%m/%Y %H:%M:%S}"
        table.writerow((moment, vote.tier.value, cell_of(BETWEEN.join(vote.chosen))))
    return (BYTE_ORDER_MARK + content.getvalue()).encode()


def votes_xlsx(votes: Votes, headings: tuple[str, ...]) -> bytes:
    """Return the table as a workbook with real dates and no formula."""
    from xlsxwriter import Workbook  # only a workbook needs it, and the server starts without

    content = BytesIO()
    with Workbook(content, OPTIONS) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True, "bottom": 1})
        dated = book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"})
        sheet.freeze_panes(1, 0)
        for place, (heading, width) in enumerate(zip(headings, WIDTHS, strict=True)):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, heading, bold)
        for line, vote in enumerate(votes, start=1):
            sheet.write_datetime(line, 0, local_time(vote.stored_at).replace(tzinfo=None), dated)
            sheet.write_string(line, 1, vote.tier.value)
            sheet.write_string(line, 2, BETWEEN.join(vote.chosen))
    return content.getvalue()


def written(poll: PollRow) -> dict[str, object]:
    """Return a poll as it is written down, so that another office may ask the same; no count and no vote."""
    return {
        "slug": poll.slug,
        "question": {"vi": poll.question.vi, "en": poll.question.en},
        "note": {"vi": poll.note.vi, "en": poll.note.en},
        "options": [{"vi": option.text.vi, "en": option.text.en} for option in poll.options],
        "kind": poll.kind.value,
        "most_choices": poll.most_choices,
        "ladder": poll.ladder.value,
        "results_shown": poll.results_shown.value,
        "opens_at": local_time(poll.opens_at).isoformat(timespec="minutes"),
        "closes_at": local_time(poll.closes_at).isoformat(timespec="minutes") if poll.closes_at else None,
        "portals": list(poll.portals),
    }


VOTE_FORMATS: Mapping[str, tuple[Callable[[Votes, tuple[str, ...]], bytes], str]] = {
    "csv": (votes_csv, "text/csv"),
    "xlsx": (votes_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
