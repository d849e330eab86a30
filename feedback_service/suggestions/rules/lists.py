"""Word lists of the package, read once: they are data, edited by whoever knows the language."""

import json
from functools import lru_cache
from pathlib import Path

_FOLDER = Path(__file__).resolve().parents[1] / "data"


@lru_cache(maxsize=16)
def word_lists(name: str) -> dict[str, tuple[str, ...]]:
    """Return the lists of one file by their names."""
    found: dict[str, list[str]] = json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return {key: tuple(words) for key, words in found.items()}
