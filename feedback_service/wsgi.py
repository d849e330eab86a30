"""What gunicorn loads."""

import os

from feedback_service.app import create_app
from feedback_service.settings import Settings
from feedback_service.web.logs import configure

configure()
app = create_app(Settings.from_environment(os.environ))
