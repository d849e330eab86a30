"""gunicorn inside this process: a second interpreter would load everything once more and double the start."""

from collections.abc import Callable, Iterable, Mapping

from gunicorn.app.base import BaseApplication
from gunicorn.util import import_app


class Arbiter(BaseApplication):
    """Starts the workers and watches over them; each builds the application for itself after the fork."""

    def __init__(self, settings: Mapping[str, object]) -> None:
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Take the settings of gunicorn that the command has chosen."""
        for name, value in self._settings.items():
            self.cfg.set(name, value)

    def load(self) -> Callable[..., Iterable[bytes]]:
        """Build the application in a worker."""
        return import_app("feedback_service.wsgi:app")
