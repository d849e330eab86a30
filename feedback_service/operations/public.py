"""Whether the service lives and is ready, and what its API offers."""

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


@api.get("/api/v1/openapi.json")
def description() -> Response:
    """Return the OpenAPI 3.1 description of the API."""
    return jsonify(web_api.document(API_TITLE, API_VERSION))


@api.get("/api/v1/docs")
def documentation() -> Response:
    """Show the same description to people."""
    return pages.show("operations/api.html", web_api.documented())
