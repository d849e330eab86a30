"""The ceiling: a bare Flask application that reads JSON and answers JSON, under the same gunicorn."""

import sys
from collections.abc import Callable, Iterable

from flask import Flask, Response, jsonify, request

from feedback_service.operations.commands.arbiter import Arbiter
from feedback_service.operations.commands.serve import gunicorn_settings

app = Flask("bare")


@app.post("/ratings")
def ratings() -> Response:
    """Answer as the service does, without doing anything."""
    sent = request.get_json()["ratings"]
    return jsonify(results=[{"id": one["id"], "outcome": "stored", "problem": None} for one in sent])


class BareArbiter(Arbiter):
    """gunicorn with the bare application."""

    def load(self) -> Callable[..., Iterable[bytes]]:
        """Return it."""
        return app


if __name__ == "__main__":
    port, workers, threads = sys.argv[1:]
    BareArbiter(gunicorn_settings(f"127.0.0.1:{port}", int(workers), int(threads))).run()
