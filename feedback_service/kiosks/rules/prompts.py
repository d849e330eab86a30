"""What a tablet says in other languages and aloud: words and recordings of the office, never of a machine."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

SPOKEN = ("vi", "bru", "pac")
"""Languages that the office may speak itself; English is read by the browser."""
WRITTEN = ("bru", "pac")
"""Languages that the office writes itself: no text in them has been checked, and none is made by a machine."""
SOUND_BYTES = 600 * 1024
SOUND_ADDRESS = "/kiosk/sounds/"
MARKS: tuple[tuple[bytes, int, str], ...] = (
    (b"ID3", 0, "audio/mpeg"),
    (b"\xff\xfb", 0, "audio/mpeg"),
    (b"\xff\xf3", 0, "audio/mpeg"),
    (b"\xff\xf2", 0, "audio/mpeg"),
    (b"OggS", 0, "audio/ogg"),
    (b"WAVE", 8, "audio/wav"),
    (b"ftyp", 4, "audio/mp4"),
    (b"\x1aE\xdf\xa3", 0, "audio/webm"),
)
"""How the recordings begin that every browser plays."""
Words = Mapping[str, str]


@dataclass(frozen=True)
class Prompt:
    """One sentence in one language: its words ("" where the Vietnamese stands) and its recording ("" for none)."""

    language: str
    source: str
    text: str
    sound: str


def media_type(content: bytes) -> str | None:
    """Return what kind of recording this is, None for none that browsers play."""
    return next((kind for mark, at, kind in MARKS if content[at : at + len(mark)] == mark), None)


def languages_of(chosen: Sequence[str], prompts: Sequence[Prompt]) -> tuple[str, ...]:
    """Return the languages that a tablet offers: those chosen in which there is something to read or to hear."""
    known = {prompt.language for prompt in prompts}
    return tuple(code for code in chosen if code not in WRITTEN or code in known)


def texts_of(prompts: Sequence[Prompt], own: Words) -> dict[str, dict[str, str]]:
    """Return by language the words of the tablet's own sentences, which `own` holds in Vietnamese by their id."""
    found: dict[str, dict[str, str]] = {}
    for prompt in prompts:
        if prompt.text:
            ids = [name for name, sentence in own.items() if sentence == prompt.source]
            found.setdefault(prompt.language, {}).update(dict.fromkeys(ids, prompt.text))
    return {language: texts for language, texts in found.items() if texts}


def sounds_of(prompts: Sequence[Prompt]) -> dict[str, dict[str, str]]:
    """Return by language the address of each recording, by the sentence as it stands on the glass."""
    found: dict[str, dict[str, str]] = {}
    for prompt in prompts:
        if prompt.sound:
            shown = " ".join((prompt.text or prompt.source).split())
            found.setdefault(prompt.language, {})[shown] = f"{SOUND_ADDRESS}{prompt.sound}"
    return found


def with_words(asked: Mapping[str, object], prompts: Sequence[Prompt]) -> dict[str, object]:
    """Return what a tablet asks with the office's words beside the Vietnamese wherever there are some."""
    known = {(prompt.language, prompt.source): prompt.text for prompt in prompts if prompt.text}
    return {name: _worded(value, known) for name, value in asked.items()}


def sentences_in(asked: object) -> Iterator[str]:
    """Yield every Vietnamese sentence of a questionnaire in the order in which it is asked."""
    if isinstance(asked, Mapping):
        if isinstance(asked.get("vi"), str):
            yield str(asked["vi"])
        else:
            for value in asked.values():
                yield from sentences_in(value)
    elif isinstance(asked, list | tuple):
        for value in asked:
            yield from sentences_in(value)


def _worded(value: object, known: Mapping[tuple[str, str], str]) -> object:
    if isinstance(value, list):
        return [_worded(one, known) for one in value]
    if not isinstance(value, Mapping):
        return value
    if isinstance(value.get("vi"), str):
        return {**value, **{code: text for (code, source), text in known.items() if source == value["vi"]}}
    return {name: _worded(one, known) for name, one in value.items()}
