"""Files that come with a form, checked one by one: what is good is kept when something else has to be mended."""

from dataclasses import dataclass

from flask import Response, jsonify, request

from feedback_service.core.errors import Fault, Limited, Refused
from feedback_service.core.text import one_line
from feedback_service.suggestions.drawing import MOST_BYTES, MOST_FILES, TOO_MANY, Upload, cleaned, renewed
from feedback_service.suggestions.guard.waiting import forget, is_dropping, keep, kept, shelf
from feedback_service.suggestions.rules.hands import CleanFile
from feedback_service.suggestions.rules.words import shown_letters
from feedback_service.web.context import network, platform
from feedback_service.web.i18n import language
from feedback_service.web.problems import as_json, problem_of

__all__ = ["BODY_BYTES", "Given", "attached", "forget", "gathered", "is_dropping", "keep", "renewed", "shelf", "told"]
BODY_BYTES = MOST_FILES * MOST_BYTES + 512 * 1024
UPLOADS = "40 per hour"
"""Forms with files of one network."""


@dataclass(frozen=True)
class Given:
    """The files of a form, those kept before among them; `refusal` says what is wrong with others."""

    files: tuple[CleanFile, ...] = ()
    refusal: Refused | Limited | None = None


def attached() -> Given:
    """Return the files of a citizen's form; one network sends UPLOADS."""
    if any(upload.filename for upload in request.files.getlist("files")):
        try:
            platform().limits.hit("attachments", network(), UPLOADS)
        except Limited as refusal:
            return Given(_staying(), refusal)
    return gathered()


def gathered() -> Given:
    """Return the files of a form that somebody known sends."""
    files, faults = list(_staying()), []
    for upload in request.files.getlist("files"):
        if upload.filename and len(files) == MOST_FILES:
            faults.append(Fault("files", TOO_MANY))
        elif upload.filename:
            try:
                files.append(cleaned(Upload(upload.filename, upload.stream.read(MOST_BYTES + 1))))
            except Refused as refusal:
                faults.append(Fault("files", _naming(upload.filename, refusal.message)))
    wrong = Refused("Some files could not be taken.", faults=tuple(dict.fromkeys(faults))) if faults else None
    return Given(tuple(files), wrong)


def told(given: Given) -> Response:
    """Return as JSON what is kept for a form that is still being written, and what could not be."""
    files = [{"id": file.id, "name": file.name, "size": len(file.content)} for file in given.files]
    content: dict[str, object] = {"token": keep(given.files), "files": files}
    if given.refusal is None:
        return jsonify(content)
    problem = problem_of(given.refusal, platform().translations)
    response = jsonify(as_json(problem, request.path) | content)
    response.status_code = problem.status
    return response


def _staying() -> tuple[CleanFile, ...]:
    dropped = set(request.form.getlist("drop_file"))
    return tuple(file for file in kept() if file.id not in dropped)


def _naming(name: str, message: str) -> str:
    shown = shown_letters(one_line(name.replace("\x00", "")))[:100]
    return f"{shown}: {platform().translations.word(message, language())}"
