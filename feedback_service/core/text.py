"""Vietnamese text: one composed spelling, search without accents, the order of the dictionary."""

import unicodedata

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_RANK = {letter: rank for rank, letter in enumerate(_LETTERS, start=1)}
_TONE_RANK = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_SHAPE_MARKS = {"\u0302", "\u0306", "\u031b"}
_KEPT_CONTROLS = {"\n", "\t"}


def composed(text: str) -> str:
    """Return NFC with control characters and lone surrogates gone and line ends made plain."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (letter for letter in plain if letter in _KEPT_CONTROLS or unicodedata.category(letter) not in ("Cc", "Cs"))
    return unicodedata.normalize("NFC", "".join(kept))


def one_line(text: str) -> str:
    """Return composed text on one line, with single spaces and none at the ends."""
    return " ".join(composed(text).split())


def folded(text: str) -> str:
    """Return what a search compares: no marks, no case, and đ as d, which Unicode does not fold."""
    decomposed = unicodedata.normalize("NFD", text)
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return bare.replace("đ", "d").replace("Đ", "D").casefold()


def order_key(text: str) -> str:
    """Return a key that sorts as a Vietnamese dictionary: letters first, then tones, syllable by syllable."""
    return " ".join(_syllable_key(syllable) for syllable in composed(text).casefold().split())


def plain_digits(text: str) -> str:
    """Return `text` with full-width and other decimal digits written 0 to 9 and spaces dropped."""
    if text.isascii():
        return "".join(text.split())
    return "".join(
        str(unicodedata.digit(letter)) if letter.isdecimal() else letter for letter in text if not letter.isspace()
    )


def _syllable_key(syllable: str) -> str:
    ranks: list[str] = []
    tone = 0
    for letter in syllable:
        parts = unicodedata.normalize("NFD", letter)
        tone = next((_TONE_RANK[mark] for mark in parts if mark in _TONE_RANK), tone)
        shaped = unicodedata.normalize("NFC", parts[0] + "".join(mark for mark in parts[1:] if mark in _SHAPE_MARKS))
        rank = _LETTER_RANK.get(shaped)
        ranks.append(f"{rank:02d}" if rank else f"{shaped}")
    return f"{''.join(ranks)}!{tone}"
