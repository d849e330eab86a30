"""Proposals what to mask before a text is published; an officer decides on each (product M3, domain 6)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from feedback_service.core.text import composed
from feedback_service.suggestions.rules.lists import word_lists

LONGEST_NAME = 5
_TOKEN = re.compile(r"[^\W\d_]+")
_DOSSIER = re.compile(r"\b(?:[A-Z]\d{2}(?:\.\d{1,3}){0,3}|\d{3}\.\d{2}\.\d{2,3}\.[A-Z]\d{2})-\d{6}-\d{4,}\b")
"""Codes of dossiers are kept: they name no person (domain 4.2)."""
_HOTLINE = re.compile(r"(?<!\d)1[89]00(?:[ .\-]?\d){4,6}(?!\d)")


class MaskKind(StrEnum):
    """What is proposed to be masked; where two overlap the first one holds."""

    EMAIL = "email"
    ACCOUNT = "account"
    TAX = "tax"
    INSURANCE = "insurance"
    PHONE = "phone"
    IDENTITY = "identity"
    PLATE = "plate"
    PASSPORT = "passport"
    ADDRESS = "address"
    NAME = "name"


MASK_NAMES = {
    MaskKind.EMAIL: "E-mail address",
    MaskKind.ACCOUNT: "Bank account",
    MaskKind.TAX: "Tax number",
    MaskKind.INSURANCE: "Insurance number",
    MaskKind.PHONE: "Telephone number",
    MaskKind.IDENTITY: "Identity number",
    MaskKind.PLATE: "Number plate",
    MaskKind.PASSPORT: "Passport number",
    MaskKind.ADDRESS: "House address",
    MaskKind.NAME: "Name of a person",
}
"""Message ids of the names as people read them."""


@dataclass(frozen=True)
class Proposal:
    """One stretch of the composed text that names a person, and what would stand in its place."""

    kind: MaskKind
    start: int
    end: int
    found: str
    replacement: str


def proposals(text: str) -> tuple[Proposal, ...]:
    """Return what names a person in a text, in its order; positions are those of the composed text."""
    plain = composed(text)
    taken = [found.span() for pattern in (_DOSSIER, _HOTLINE) for found in pattern.finditer(plain)]
    kept: list[Proposal] = []
    for kind in MaskKind:
        for start, end in _spans(kind, plain):
            if not any(start < other_end and other_start < end for other_start, other_end in taken):
                taken.append((start, end))
                kept.append(Proposal(kind, start, end, plain[start:end], replacement(kind)))
    return tuple(sorted(kept, key=lambda proposal: proposal.start))


def masked(text: str, accepted: Iterable[Proposal]) -> str:
    """Return the composed text with the accepted proposals carried out."""
    plain = composed(text)
    for proposal in sorted(accepted, key=lambda one: one.start, reverse=True):
        plain = plain[: proposal.start] + proposal.replacement + plain[proposal.end :]
    return plain


def replacement(kind: MaskKind) -> str:
    """Return what stands in the place of something masked."""
    return word_lists("masking")[f"replaced_{kind.value}"][0]


def _spans(kind: MaskKind, text: str) -> Iterator[tuple[int, int]]:
    if kind is MaskKind.NAME:
        yield from _names(text)
        return
    for pattern in _patterns()[kind]:
        for found in pattern.finditer(text):
            yield found.span(found.re.groups)


@lru_cache(maxsize=1)
def _patterns() -> dict[MaskKind, tuple[re.Pattern[str], ...]]:
    """Return the patterns by kind; the last group of a pattern, or all of it, is what is masked."""
    number = r"\d(?:[ .\-]?\d)"
    return {
        MaskKind.EMAIL: (re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,4}[A-Za-z]{2,24}\b"),),
        MaskKind.ACCOUNT: (_after("account_words", rf"({number}{{5,18}})(?!\d)"),),
        MaskKind.TAX: (_after("tax_words", r"(\d{10}(?:-\d{3})?|\d{12})(?!\d)"),),
        MaskKind.INSURANCE: (_after("insurance_words", r"((?:[A-Z]{2}\d)?\d{10,12})(?!\d)"),),
        MaskKind.PHONE: (
            re.compile(r"(?<![\d.\-])(?:\+?84|0)[ .\-]?[35789](?:[ .\-]?\d){8}(?!\d)"),
            re.compile(r"(?<![\d.\-])\(?(?:\+?84[ .\-]?|0)2\d{1,2}\)?(?:[ .\-]?\d){7}(?!\d)"),
        ),
        MaskKind.IDENTITY: (
            re.compile(r"(?<!\d)0(?:[0-8]\d|9[0-6])[ ]?\d{3}[ ]?\d{3}[ ]?\d{3}(?!\d)"),
            _after("identity_words", r"(\d(?:[ .]?\d){8,11})(?!\d)"),
            re.compile(r"(?<![\d.,\-/])\d{9}(?![\d.,\-/])"),
        ),
        MaskKind.PLATE: (re.compile(r"\b[1-9]\d[ \-]?[A-Z]{1,2}\d?[ \-.]?\d{3}[.]?\d{1,2}\b"),),
        MaskKind.PASSPORT: (
            re.compile(r"\b[A-Z]\d{7,8}\b"),
            _after("passport_words", r"([A-Za-z]?\d{7,8})\b"),
        ),
        MaskKind.ADDRESS: (
            _after("address_words", r"(\d{1,4}[A-Za-z]?(?:/\d{1,4}[A-Za-z]?){0,3})\b"),
            re.compile(r"\b(?:[Kk]i\u1ec7t|[Nn]g\u00f5|[Hh]\u1ebbm) \d{1,4}(?:/\d{1,4}){1,3}\b"),
        ),
    }


def _after(words: str, pattern: str) -> re.Pattern[str]:
    named = "|".join(re.escape(word) for word in word_lists("masking")[words])
    return re.compile(rf"(?<!\w)(?i:{named})(?!\w)[^\d\n]{{0,20}}?{pattern}")


def _names(text: str) -> Iterator[tuple[int, int]]:
    tokens = list(_TOKEN.finditer(text))
    position = 0
    while position < len(tokens):
        length = _name_at(text, tokens, position)
        if length:
            yield tokens[position].start(), tokens[position + length - 1].end()
        position += max(1, length)


def _name_at(text: str, tokens: list[re.Match[str]], position: int) -> int:
    """Return how many words of a name begin at a token, 0 when none does."""
    lists = word_lists("masking")
    length = _capitals(text, tokens, position)
    before = tokens[position - 1].group().casefold() if position else ""
    is_near = bool(position) and text[tokens[position - 1].end() : tokens[position].start()] == " "
    if length == 0 or (is_near and before in lists["streets"]):
        return 0
    words = [token.group().casefold() for token in tokens[position : position + length]]
    if any(f" {phrase} " in f" {' '.join(words)} " for phrase in lists["not_names"]):
        return 0
    if is_near and before in lists["titles"]:
        return length
    starts_family = length >= 2 and words[0] in lists["family_names"]
    return length if starts_family and (length >= 3 or words[1] in lists["middle_names"]) else 0


def _capitals(text: str, tokens: list[re.Match[str]], position: int) -> int:
    length = 0
    while length < LONGEST_NAME and position + length < len(tokens):
        token = tokens[position + length]
        is_joined = length == 0 or text[tokens[position + length - 1].end() : token.start()] == " "
        word = token.group()
        if not is_joined or not word[0].isupper() or (len(word) > 1 and word.isupper() and length == 0):
            break
        if length == 0 and word.casefold() in word_lists("masking")["titles"]:
            break
        length += 1
    return length
