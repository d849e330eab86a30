"""Every sentence that a person may see has its Vietnamese, and no Vietnamese is left over."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from jinja2.ext import babel_extract

from feedback_service.bundled import own

PACKAGE = own("app.py").parent
CATALOGUES = sorted(own("translations").glob("vi/*.po"))
KEYWORDS = ("_", "gettext", "ngettext")
SPEAKING_CALLS = {
    # the name of a call, and which of its arguments is a sentence
    "word": 0,
    "flash": 0,
    "say": 0,
    "needed": 0,
    "Fault": 1,
    "MenuItem": 1,
    "Sentence": 0,
    "Tile": 0,
    "Group": 0,
    "_word": 0,
    "Malformed": 0,
    "WrongMediaType": 0,
    "Refused": 0,
    "NotSignedIn": 0,
    "Forbidden": 0,
    "NotFound": 0,
    "Conflict": 0,
    "TooLarge": 0,
    "Limited": 0,
    "StorageUnavailable": 0,
    "BadToken": 0,
    "ExpiredToken": 0,
}


def sources() -> Iterator[tuple[Path, ast.Module]]:
    """Yield every module of the package, parsed."""
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def spoken_by_templates() -> Iterator[tuple[str, str]]:
    """Yield (place, sentence) for everything that templates say."""
    for path in sorted(own("templates").rglob("*.html")):
        with path.open("rb") as template:
            for line, _function, said, _comments in babel_extract(template, KEYWORDS, [], {}):
                for sentence in (said,) if isinstance(said, str) else (said or ()):
                    if sentence:
                        yield f"{path.name}:{line}", sentence


def spoken_by_modules() -> Iterator[tuple[str, str]]:
    """Yield (place, sentence) for sentences that stand as such in calls."""
    for path, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                place = SPEAKING_CALLS.get(_name(node.func))
                if place is not None and len(node.args) > place:
                    said = node.args[place]
                    if isinstance(said, ast.Constant) and isinstance(said.value, str):
                        yield f"{path.name}:{node.lineno}", said.value


def _name(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""


def translated() -> dict[str, str]:
    """Return every Vietnamese sentence by its English."""
    return {
        entry.msgid: entry.msgstr or entry.msgstr_plural.get(0, "")
        for path in CATALOGUES
        for entry in polib.pofile(str(path))
    }


def test_every_sentence_has_its_vietnamese() -> None:
    known = translated()

    missing = {
        f"{place}: {said}" for place, said in (*spoken_by_templates(), *spoken_by_modules()) if said not in known
    }

    assert not missing, "\n".join(sorted(missing))


def test_no_vietnamese_is_left_over() -> None:
    written = {said for _, said in spoken_by_templates()}
    for _, tree in sources():
        written |= {
            node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }

    left = {said for said in translated() if said not in written}

    assert not left, "\n".join(sorted(left))


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_a_catalogue_is_whole_and_keeps_its_places(path: Path) -> None:
    for entry in polib.pofile(str(path)):
        vietnamese = entry.msgstr or entry.msgstr_plural.get(0, "")
        assert vietnamese, entry.msgid
        assert not entry.fuzzy, entry.msgid
        assert _places(vietnamese) <= _places(entry.msgid) | _places(entry.msgid_plural), entry.msgid


def test_one_english_sentence_has_one_vietnamese() -> None:
    seen: dict[str, str] = {}
    for path in CATALOGUES:
        for entry in polib.pofile(str(path)):
            assert seen.setdefault(entry.msgid, entry.msgstr) == entry.msgstr, f"{path.stem}: {entry.msgid}"


def _places(sentence: str) -> set[str]:
    return set(re.findall(r"\{\w+\}|%\(\w+\)[sd]", sentence or ""))
