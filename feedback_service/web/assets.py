"""Files that browsers keep: read once, compressed once, named by their content."""

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, request
from werkzeug.exceptions import NotFound

from feedback_service.web.security import WITH_CAMERA

COMPRESSED = (".css", ".html", ".js", ".json", ".svg", ".webmanifest")
YEAR = "public, max-age=31536000, immutable"
CHECKED = "no-cache"
TYPES = {".webmanifest": "application/manifest+json", ".woff2": "font/woff2", ".js": "text/javascript"}


@dataclass(frozen=True)
class Asset:
    """One file as it is sent: its bytes, its gzip when that is smaller, and its fingerprint."""

    content: bytes
    zipped: bytes | None
    media_type: str
    fingerprint: str


def folder(root: Path) -> Mapping[str, Asset]:
    """Return every file below `root` by its path with forward slashes."""
    paths = sorted(path for path in root.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(root).as_posix(): _asset(path) for path in paths}


def install(app: Flask, static_folder: Path, kiosk_folder: Path) -> None:
    """Serve /static/ and /kiosk/, and give templates `static(name)`: an address that changes with its content."""
    static, kiosk = folder(static_folder), folder(kiosk_folder)

    def static_file(name: str) -> Response:
        found = static.get(name)
        is_named = found is not None and request.args.get("v") == found.fingerprint
        return _sent(found, YEAR if is_named else CHECKED)

    def kiosk_file(name: str) -> Response:
        response = _sent(kiosk.get(name), CHECKED)
        if name == "index.html":
            response.headers.update(WITH_CAMERA)
        return response

    def address(name: str) -> str:
        return f"/static/{name}?v={static[name].fingerprint}"

    app.add_url_rule("/static/<path:name>", "static", static_file)
    app.add_url_rule("/kiosk/", "kiosk", kiosk_file, defaults={"name": "index.html"})
    app.add_url_rule("/kiosk/<path:name>", "kiosk", kiosk_file)
    app.jinja_env.globals["static"] = address


def _asset(path: Path) -> Asset:
    content = path.read_bytes()
    kind = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    zipped = _zipped(content) if path.suffix in COMPRESSED else None
    return Asset(content, zipped, kind, hashlib.sha256(content).hexdigest()[:16])


@lru_cache(maxsize=256)
def _zipped(content: bytes) -> bytes | None:
    zipped = gzip.compress(content, 9, mtime=0)
    return zipped if len(zipped) < len(content) else None


def _sent(asset: Asset | None, caching: str) -> Response:
    if asset is None:
        raise NotFound
    is_zipped = asset.zipped is not None and request.accept_encodings.quality("gzip") > 0
    response = Response(asset.zipped if is_zipped else asset.content, mimetype=asset.media_type)
    if is_zipped:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = caching
    response.set_etag(f"{asset.fingerprint}{'-gzip' if is_zipped else ''}")
    response.make_conditional(request)
    return response
