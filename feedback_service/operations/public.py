"""Whether the service lives and is ready, and what its API offers."""

from datetime import timedelta

from flask import Blueprint, Flask, Response, current_app, jsonify, request

from feedback_service.core.canonical import same
from feedback_service.core.errors import NotFound, StorageUnavailable
from feedback_service.operations.export import Meter
from feedback_service.operations.queries import readiness
from feedback_service.web import api as web_api
from feedback_service.web import pages
from feedback_service.web.context import Platform, platform

probes = Blueprint("health_probe", __name__)
api = Blueprint("api_public", __name__)
METER = "meter"
HALF_A_YEAR = timedelta(days=183)
API_TITLE = "Feedback Service"
API_VERSION = "1"


def install(app: Flask, running: Platform) -> None:
    """Measure every answer when the office has named a token for whoever reads the figures."""
    if running.settings.metrics_token:
        meter = app.extensions[METER] = Meter(running)
        app.before_request(meter.begin)
        app.after_request(meter.finish)


@probes.get("/healthz")
def alive() -> Response:
    """Say that the process answers."""
    return jsonify(status="alive")


@probes.get("/readyz")
def ready() -> Response:
    """Say whether the database answers, its tables are current and its disk takes writes."""
    try:
        found = readiness(platform().database, platform().settings.data_dir)
    except StorageUnavailable:
        found = {"database": False}
    response = jsonify(status="ready" if all(found.values()) else "not ready", checks=found)
    response.status_code = 200 if all(found.values()) else 503
    return response


@probes.get("/metrics")
def metrics() -> Response:
    """Tell Prometheus everything that is measured; whoever does not say the token learns nothing of it."""
    token = platform().settings.metrics_token
    if not token or not same(request.headers.get("Authorization", ""), f"Bearer {token}"):
        raise NotFound("There is nothing at this address. Please check it, or start from the home page.")
    meter: Meter = current_app.extensions[METER]
    return Response(meter.page(), mimetype="text/plain")


@api.get("/.well-known/security.txt")
def security_contact() -> Response:
    """Say where a weakness is to be told (RFC 9116); it is renewed each month for half a year."""
    base_url, month = platform().settings.base_url, platform().now().replace(day=1, hour=0, minute=0, second=0)
    lines = (
        f"Contact: {base_url}/suggestions/new",
        f"Expires: {(month + HALF_A_YEAR).strftime('%Y-%m-%dT%H:%M:%SZ')}",
        "Preferred-Languages: vi, en",
        f"Canonical: {base_url}/.well-known/security.txt",
    )
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@api.get("/api/v1/openapi.json")
def description() -> Response:
    """Return the OpenAPI 3.1 description of the API."""
    return jsonify(web_api.document(API_TITLE, API_VERSION))


@api.get("/api/v1/docs")
def documentation() -> Response:
    """Show the same description to people."""
    return pages.show("operations/api.html", web_api.documented())
