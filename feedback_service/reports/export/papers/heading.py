"""What stands around the table of every form: who files it, for which days, when it was made."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from feedback_service.core.period import Period, local_time
from feedback_service.core.words import Sentence
from feedback_service.reports.rules.documents import Letterhead

Word = Callable[[str], str]
"""Returns the Vietnamese of a message id."""


@dataclass(frozen=True)
class Heading:
    """Who files a form for which days, and when it is made."""

    unit: str
    office: str
    days: Period
    made_at: datetime
    word: Word


def letterhead(heading: Heading) -> Letterhead:
    """Return what stands at the head of the paper."""
    word, today = heading.word, local_time(heading.made_at)
    month = f"{today:%m}" if today.month < 3 else str(today.month)
    facts = {"place": heading.unit, "day": f"{today:%d}", "month": month, "year": f"{today:%Y}"}
    return Letterhead(
        authority=" ".join((word("People's Committee of"), heading.unit)).upper(),
        office=heading.office.upper(),
        nation=word("SOCIALIST REPUBLIC OF VIET NAM"),
        motto=word("Independence – Freedom – Happiness"),
        dated=word("{place}, {day}/{month}/{year}").format(**facts),
    )


def period_lines(heading: Heading) -> tuple[str, ...]:
    """Return the lines that say whose report it is, and of which days."""
    word, days = heading.word, heading.days
    period = word("Period of the report: from {first} to {last}")
    return (
        word("Reporting unit: {unit}").format(unit=heading.unit),
        period.format(first=f"{days.first_on:%d/%m/%Y}", last=f"{days.last_on:%d/%m/%Y}"),
    )


def made(heading: Heading) -> tuple[tuple[str, str], ...]:
    """Return the line that says when the paper was made."""
    return ((heading.word("Made by the software"), moment(heading.made_at)),)


def moment(at: datetime) -> str:
    """Return a moment as a paper writes it, by the local clock."""
    return f"{local_time(at):%H:%M, %d/%m/%Y}"


def spoken(word: Word, sentence: Sentence) -> str:
    """Return a sentence in Vietnamese, with its days written as 31/10/2026."""
    facts = {name: _fact(word, fact) for name, fact in sentence.facts.items()}
    return word(sentence.message).format_map(facts)


def _fact(word: Word, fact: object) -> object:
    if isinstance(fact, Sentence):
        return spoken(word, fact)
    return f"{fact:%d/%m/%Y}" if isinstance(fact, date) else fact
