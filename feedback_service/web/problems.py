"""The only table from refusal to status, and the only handlers: words for people, problem details for programs."""

from collections.abc import Mapping
from dataclasses import dataclass
from errno import EDQUOT, EIO, EMFILE, ENFILE, ENOSPC, EROFS, errorcode
from http import HTTPStatus

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException

from feedback_service.core.errors import DomainError, Fault, Limited, StorageUnavailable
from feedback_service.engines import NOT_RECORDED
from feedback_service.web import pages
from feedback_service.web.context import request_id
from feedback_service.web.i18n import Translations, language
from feedback_service.web.logs import logger

STATUS: Mapping[str, int] = {
    "malformed": 400,
    "not-signed-in": 401,
    "forbidden": 403,
    "not-found": 404,
    "method-not-allowed": 405,
    "conflict": 409,
    "too-large": 413,
    "wrong-media-type": 415,
    "invalid": 422,
    "refused": 422,
    "bad-token": 422,
    "expired-token": 422,
    "wrong-code": 422,
    "too-many-requests": 429,
    "fault": 500,
    "storage-unavailable": 503,
}
TITLES: Mapping[str, str] = {
    "malformed": "This request cannot be read",
    "not-signed-in": "Please sign in first",
    "forbidden": "This is not yours to open",
    "not-found": "This page does not exist",
    "method-not-allowed": "This address does not take that kind of request",
    "conflict": "It was already done differently",
    "too-large": "That is too much at once",
    "wrong-media-type": "This kind of content is not read here",
    "invalid": "Something needs to be mended",
    "refused": "This cannot be done",
    "bad-token": "This form is no longer good",
    "expired-token": "This form was open for too long",
    "wrong-code": "The code does not match",
    "too-many-requests": "Too many tries",
    "fault": "Something went wrong on our side",
    "storage-unavailable": "Nothing can be recorded just now",
}
DETAILS: Mapping[int, tuple[str, str]] = {
    400: ("malformed", "The request could not be read. Please open the page again and try once more."),
    404: ("not-found", "There is nothing at this address. Please check it, or start from the home page."),
    405: ("method-not-allowed", "Please open the page again and use its buttons."),
    413: ("too-large", "Please send less at once: shorter text or smaller files."),
    415: ("wrong-media-type", "Please send application/json."),
    429: ("too-many-requests", "That was too often in a short time. Please wait a little and try again."),
}


REFUSALS_OF_THE_SYSTEM = frozenset({EMFILE, ENFILE, ENOSPC, EDQUOT, EROFS, EIO})
"""No file left to open, no room, or a disk that takes nothing: no fault of ours, and over when it is mended."""


@dataclass(frozen=True)
class Problem:
    """One refusal as a page shows it."""

    code: str
    status: int
    title: str
    detail: str
    faults: tuple[Fault, ...] = ()
    retry_seconds: int | None = None


def install(app: Flask, translations: Translations) -> None:
    """Register the two handlers."""

    def known(error: DomainError) -> Response:
        if isinstance(error, StorageUnavailable):
            logger().warning("storage refused", cause=_cause(error), path=request.path)
        return respond(problem_of(error, translations))

    def unknown(error: Exception) -> Response:
        if isinstance(error, HTTPException):
            return respond(_http_problem(error, translations))
        if isinstance(error, OSError) and error.errno in REFUSALS_OF_THE_SYSTEM:
            logger().warning("system refused", cause=errorcode[error.errno], path=request.path)
            return known(StorageUnavailable(NOT_RECORDED))
        logger().error("fault", exc_info=error, request_id=str(request_id()), path=request.path)
        detail = translations.word("It has been noted. Please try again in a moment.", language())
        return respond(Problem("fault", 500, translations.word(TITLES["fault"], language()), detail))

    app.register_error_handler(DomainError, known)
    app.register_error_handler(Exception, unknown)


def _cause(error: StorageUnavailable) -> str:
    """Return what the database calls the fault, without a word of what was to be stored."""
    found: BaseException = error
    while found.__cause__ is not None:
        found = found.__cause__
    return str(getattr(found, "sqlite_errorname", None) or getattr(found, "sqlstate", None) or type(found).__name__)


def problem_of(error: DomainError, translations: Translations) -> Problem:
    """Return a refusal in the words of this request's language."""
    spoken = language()
    wait = error.retry_seconds if isinstance(error, Limited | StorageUnavailable) else None
    return Problem(
        code=error.code,
        status=STATUS[error.code],
        title=translations.word(TITLES[error.code], spoken),
        detail=translations.word(error.message, spoken).format_map(error.facts),
        faults=tuple(Fault(fault.pointer, translations.word(fault.message, spoken)) for fault in error.faults),
        retry_seconds=wait,
    )


def faults_in_words(error: DomainError, translations: Translations) -> tuple[tuple[Fault, ...], int]:
    """Return what a form is told about a refusal, field by field or as a whole ("form"), and the status."""
    problem = problem_of(error, translations)
    return problem.faults or (Fault("form", problem.detail),), problem.status


def as_json(problem: Problem, instance: str) -> dict[str, object]:
    """Return a refusal as RFC 9457 problem details."""
    return {
        "type": f"/problems/{problem.code}",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "instance": instance,
        "errors": [{"pointer": fault.pointer, "detail": fault.message} for fault in problem.faults],
    }


def respond(problem: Problem) -> Response:
    """Return a refusal as JSON under /api/, as a page elsewhere."""
    if request.path.startswith("/api/"):
        response = jsonify(as_json(problem, request.path))
        response.content_type = "application/problem+json"
    else:
        response = pages.show("problems/problem.html", problem)
    response.status_code = problem.status
    if problem.retry_seconds is not None:
        response.headers["Retry-After"] = str(problem.retry_seconds)
    return response


def _http_problem(error: HTTPException, translations: Translations) -> Problem:
    status = error.code or 500
    code, detail = DETAILS.get(status, ("refused", error.description or HTTPStatus(status).phrase))
    return Problem(code, status, translations.word(TITLES[code], language()), translations.word(detail, language()))
