"""The complete service under another kind of gunicorn's worker than its own."""

import sys

from feedback_service.operations.commands.arbiter import Arbiter
from feedback_service.operations.commands.serve import gunicorn_settings

if __name__ == "__main__":
    address, worker, threads = sys.argv[1:]
    Arbiter({**gunicorn_settings(address, 1, int(threads)), "worker_class": worker}).run()
