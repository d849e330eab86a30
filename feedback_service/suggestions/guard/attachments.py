"""Files that come with a form: checked at once, and kept for two hours when the form has to be mended."""

from datetime import timedelta
from typing import Any, cast

from flask import request

from feedback_service.core.errors import NotFound
from feedback_service.core.tokens import BadToken
from feedback_service.suggestions.drawing import MOST_BYTES, MOST_FILES, Upload, cleaned, refuse_many, renewed
from feedback_service.suggestions.rules.hands import CleanFile
from feedback_service.suggestions.service.shelf import WAITING, Shelf
from feedback_service.web.context import network, platform

BODY_BYTES = MOST_FILES * MOST_BYTES + 512 * 1024
KEPT = timedelta(hours=2)
__all__ = ["BODY_BYTES", "attached", "forget", "keep", "kept", "renewed", "shelf"]
UPLOADS = "40 per hour"
"""Forms with files of one network."""
MOST_KEPT = 300
"""Files that wait for their form; beyond that they have to be chosen again."""
_PURPOSE = "kept files"


def attached() -> tuple[CleanFile, ...]:
    """Return the files of this request with those that were kept before; raises Refused, Limited."""
    sent = [upload for upload in request.files.getlist("files") if upload.filename]
    if sent:
        platform().limits.hit("attachments", network(), UPLOADS)
    before = kept()
    dropped = set(request.form.getlist("drop_file"))
    staying = tuple(file for file in before if file.id not in dropped)
    fresh = cleaned([Upload(upload.filename or "", upload.stream.read(MOST_BYTES + 1)) for upload in sent])
    refuse_many(len(staying) + len(fresh))
    return (*staying, *fresh)


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


def shelf() -> Shelf:
    """Return where the files of suggestions lie."""
    return Shelf.at(platform().settings.data_dir)


def _restored(entry: dict[str, str]) -> CleanFile:
    return CleanFile(entry["id"], entry["name"], entry["media_type"], _waiting().read(entry["id"]), entry["sha256"])


def _waiting() -> Shelf:
    return Shelf(platform().settings.data_dir / WAITING)
