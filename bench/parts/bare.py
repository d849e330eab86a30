"""The ceiling: a bare Flask application that answers without doing anything, under the same gunicorn."""

import sys
from collections.abc import Callable, Iterable

from flask import Flask, Response, jsonify, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.operations.commands.arbiter import Arbiter
from feedback_service.operations.commands.serve import gunicorn_settings

app = Flask("bare")
PAGE = "x" * 10_000


@app.post("/ratings")
def ratings() -> Response:
    """Answer as the service does, without doing anything."""
    sent = request.get_json()["ratings"]
    return jsonify(results=[{"id": one["id"], "outcome": "stored", "problem": None} for one in sent])


@app.post("/votes")
def votes() -> AnyResponse:
    """Take a form and lead on, as the service does, without doing anything."""
    return redirect(f"/results?{request.form['option']}", 303)


@app.get("/page")
def page() -> Response:
    """Show a page of the length of a poll."""
    return Response(PAGE, mimetype="text/html")


class BareArbiter(Arbiter):
    """gunicorn with the bare application."""

    def load(self) -> Callable[..., Iterable[bytes]]:
        """Return it."""
        return app


if __name__ == "__main__":
    port, workers, threads = sys.argv[1:]
    BareArbiter(gunicorn_settings(f"127.0.0.1:{port}", int(workers), int(threads))).run()
