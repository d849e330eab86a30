"""The text of a citizen cut into parts, with what names a person marked by number."""

from dataclasses import dataclass

from feedback_service.core.text import composed
from feedback_service.suggestions.rules.masking import MASK_NAMES, Proposal, proposals
from feedback_service.suggestions.rules.words import shown_letters


@dataclass(frozen=True)
class Part:
    """A stretch of the text; `number` is that of the proposal it belongs to, None for plain words."""

    text: str
    number: int | None


@dataclass(frozen=True)
class ProposalRow:
    """One proposal as the desk shows it; `name` is the message id of its kind."""

    number: int
    name: str
    found: str
    replacement: str


@dataclass(frozen=True)
class Marked:
    """Paragraphs of parts, and the proposals that they point to."""

    paragraphs: tuple[tuple[Part, ...], ...]
    rows: tuple[ProposalRow, ...]


def marked(text: str) -> Marked:
    """Return a text with its proposals marked and with letters that are not seen made visible."""
    plain = composed(text)
    found = proposals(plain)
    rows = tuple(
        ProposalRow(number, MASK_NAMES[one.kind], one.found, one.replacement) for number, one in enumerate(found, 1)
    )
    return Marked(_paragraphs(_parts(plain, found)), rows)


def _parts(plain: str, found: tuple[Proposal, ...]) -> list[Part]:
    parts: list[Part] = []
    position = 0
    for number, one in enumerate(found, 1):
        parts += [Part(plain[position : one.start], None), Part(one.found, number)]
        position = one.end
    return [*parts, Part(plain[position:], None)]


def _paragraphs(parts: list[Part]) -> tuple[tuple[Part, ...], ...]:
    paragraphs: list[list[Part]] = [[]]
    for part in parts:
        first, *rest = part.text.split("\n\n") if part.number is None else [part.text]
        paragraphs[-1].append(Part(shown_letters(first), part.number))
        paragraphs += [[Part(shown_letters(piece), None)] for piece in rest]
    kept = (tuple(part for part in paragraph if part.text.strip()) for paragraph in paragraphs)
    return tuple(paragraph for paragraph in kept if paragraph)
