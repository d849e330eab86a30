"""What gunicorn loads: the application, and the worker beside it unless it runs apart."""

import os

from feedback_service.app import create_app, worker_of
from feedback_service.notices.commands import start
from feedback_service.ratings.public.codes import keep_writing
from feedback_service.settings import Settings
from feedback_service.web.logs import configure

configure()
settings = Settings.from_environment(os.environ)
app = create_app(settings)
keep_writing(app)
if settings.has_worker_inside:
    start(worker_of(app))
