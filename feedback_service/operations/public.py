"""Whether the service lives and is ready, and what its API offers."""

from flask import Blueprint, Response, jsonify

from feedback_service.core.errors import StorageUnavailable
from feedback_service.operations.queries import readiness
from feedback_service.web import api as web_api
from feedback_service.web import pages
from feedback_service.web.context import platform

probes = Blueprint("health_probe", __name__)
api = Blueprint("api_public", __name__)
API_TITLE = "Feedback Service"
API_VERSION = "1"


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


@api.get("/api/v1/openapi.json")
def description() -> Response:
    """Return the OpenAPI 3.1 description of the API."""
    return jsonify(web_api.document(API_TITLE, API_VERSION))


@api.get("/api/v1/docs")
def documentation() -> Response:
    """Show the same description to people."""
    return pages.show("operations/api.html", web_api.documented())
