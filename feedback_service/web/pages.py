"""Showing a page: one template, one frozen dataclass, and what stands around every page."""

from collections.abc import Iterator

from flask import Response, make_response, render_template, stream_with_context
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.web.exchange import Answer


def show(template: str, page: object, status: int = 200) -> Response:
    """Return `template` filled with `page`."""
    return make_response(render_template(template, page=page), status)


def blank(template: str, page: object, *, proof: str) -> str:
    """Return `template` filled with `page`, with `proof` where the proof of a form stands: a page for many readers."""
    return render_template(template, page=page, csrf_token=lambda: proof)


def seen_at(address: str) -> AnyResponse:
    """Send the browser to `address` with 303, so that going back never posts again."""
    return Answer(status=303, headers=[("Location", address)], mimetype="text/html")


def attachment(content: bytes, *, file_name: str, media_type: str) -> Response:
    """Return a file that somebody sent us: saved under its name, never opened by the browser as a page of ours."""
    response = Response(content, mimetype=media_type)
    response.headers.set("Content-Disposition", "attachment", filename=file_name)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def download(pieces: Iterator[bytes], *, file_name: str, media_type: str) -> Response:
    """Return a file that is sent while it is made; `file_name` is ASCII."""
    response = Response(stream_with_context(pieces), mimetype=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response
