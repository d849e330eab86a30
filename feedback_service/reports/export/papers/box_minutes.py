"""The minutes of opening a paper box: when and where, who was there, what was in it, who signs."""

from collections.abc import Iterator
from dataclasses import replace

from feedback_service.core.numbers import spelled
from feedback_service.core.period import local_time
from feedback_service.reports.export.papers.heading import Heading, Word, letterhead, made, moment
from feedback_service.reports.rules.documents import Document, Grid, Part, Value
from feedback_service.suggestions.queries.paper import Opening
from feedback_service.suggestions.rules.kinds import KIND_NAMES, Kind

HEADS = ("Line number", "Class", "Count", "Remark")
WIDTHS = (8, 44, 12, 22)


def filled_minutes(heading: Heading, opening: Opening) -> Document:
    """Return the minutes in words, after the layout of NĐ 30/2020/NĐ-CP."""
    word, row = heading.word, opening.row
    return Document(
        code=word("No. {number}").format(number=f"{row.number}/BB"),
        title=word("Minutes of opening the suggestion box").upper(),
        lines=(),
        head=letterhead(replace(heading, made_at=row.opened_at)),
        parts=_parts(word, opening),
        table_title=word("What was in the box"),
        grid=Grid(
            groups=tuple(("", 1) for _ in HEADS),
            heads=tuple(word(head) for head in HEADS),
            marks=(),
            widths=WIDTHS,
            rows=tuple(_rows(word, opening)),
            totals=((None, word("Slips counted in all"), row.figures.slips, ""),),
        ),
        notes=tuple(_notes(word, opening)),
        signers=tuple((one.position or word("Present")).upper() for one in opening.people),
        names=tuple(one.name for one in opening.people),
        sources_title=word("Sources of the figures"),
        sources=tuple(_sources(heading, opening)),
        sources_heads=(word("What is told"), word("Where it is from")),
        is_wide=False,
        sheet_name=word("Minutes"),
    )


def _parts(word: Word, opening: Opening) -> tuple[Part, ...]:
    at = local_time(opening.row.opened_at)
    told = word("At {hour:02d}:{minute:02d} on {day}, at {place}, the suggestion box was opened.").format(
        hour=at.hour, minute=at.minute, day=f"{at:%d/%m/%Y}", place=opening.row.place
    )
    people = tuple(
        f"{number}. {one.name}, {one.position}" if one.position else f"{number}. {one.name}"
        for number, one in enumerate(opening.people, start=1)
    )
    return Part(word("Time and place"), (told,)), Part(word("Those present"), people)


def _rows(word: Word, opening: Opening) -> Iterator[tuple[Value, ...]]:
    figures = opening.row.figures
    counts = [(KIND_NAMES[kind], figures.typed.get(kind, 0)) for kind in Kind]
    counts += [("Complaints and denunciations in law", figures.legal), ("Blank or unreadable", figures.blank)]
    if figures.left > 0:
        counts.append(("Still to type", figures.left))
    for number, (name, count) in enumerate(counts, start=1):
        yield number, word(name), count, ""


def _notes(word: Word, opening: Opening) -> Iterator[str]:
    yield f"{word('Note')}: {opening.note or word('None.')}"
    yield word("Photographs: {count}").format(count=spelled(len(opening.photos)))
    if opening.finished_at:
        yield word("Every slip was typed in and given a code and a due day in the software.")
    else:
        yield word("The slips are still being typed in; these minutes are not final.")


def _sources(heading: Heading, opening: Opening) -> Iterator[tuple[str, str]]:
    word = heading.word
    yield (
        word("Slips in all, complaints, blank slips"),
        word("Counted by those present, written down when it was opened"),
    )
    yield word("Slips by class"), word("Slips of this opening that were typed into the software, each with its code")
    if opening.photos:
        yield word("Photographs"), "; ".join(photo.name for photo in opening.photos)
    if opening.noted_by:
        yield word("Written down by"), opening.noted_by
    if opening.finished_at:
        yield word("Minutes finished"), moment(opening.finished_at)
    yield word("Layout"), f"NĐ 30/2020/NĐ-CP; {word('to be verified')}"
    yield from made(heading)
