"""Where files lie: for good, or for two hours while their form is being mended, found again by a signed token."""

from datetime import timedelta
from typing import Any, cast

from flask import request

from feedback_service.core.errors import NotFound
from feedback_service.core.tokens import BadToken
from feedback_service.suggestions.rules.hands import CleanFile
from feedback_service.suggestions.service.shelf import WAITING, Shelf
from feedback_service.web.context import platform

KEPT = timedelta(hours=2)
MOST_KEPT = 300
"""Files that wait for their form; beyond that they have to be chosen again."""
_PURPOSE = "kept files"


def kept() -> tuple[CleanFile, ...]:
    """Return the files that were kept for this form, as far as they are still there."""
    token = request.form.get("kept_files", "")
    if not token:
        return ()
    try:
        facts, _ = platform().signer(_PURPOSE).read(token, now=platform().now(), life=KEPT)
        return tuple(_restored(entry) for entry in cast("list[dict[str, str]]", facts["files"]))
    except (BadToken, NotFound):
        return ()


def keep(files: tuple[CleanFile, ...]) -> str:
    """Keep files until their form is mended and return the token that finds them again; empty when there is no room."""
    shelf = _waiting()
    shelf.sweep(before=platform().now() - KEPT)
    here = set(shelf.ids())
    fresh = [file for file in files if file.id not in here]
    if not files or len(here) + len(fresh) > MOST_KEPT:
        return ""
    with shelf.holding(fresh):
        facts: list[dict[str, Any]] = [
            {"id": file.id, "name": file.name, "media_type": file.media_type, "sha256": file.sha256} for file in files
        ]
    return platform().signer(_PURPOSE).sign({"files": facts}, now=platform().now())


def forget(files: tuple[CleanFile, ...]) -> None:
    """Take files away from where they waited: their form has arrived."""
    _waiting().remove(file.id for file in files)


def is_dropping() -> bool:
    """Say whether the form asks for nothing but that one of its files be taken away."""
    return "drop_file" in request.form


def shelf() -> Shelf:
    """Return where the files of suggestions lie."""
    return Shelf.at(platform().settings.data_dir)


def _restored(entry: dict[str, str]) -> CleanFile:
    return CleanFile(entry["id"], entry["name"], entry["media_type"], _waiting().read(entry["id"]), entry["sha256"])


def _waiting() -> Shelf:
    return Shelf(platform().settings.data_dir / WAITING)
