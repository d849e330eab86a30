"""gunicorn inside this process: a second interpreter would load everything once more and double the start."""

import gc
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

    def run(self) -> None:
        """Serve. What is loaded by now is not looked through for rubbish again: workers so share it, 35 MB of it."""
        gc.collect()
        gc.freeze()
        super().run()

    def load(self) -> Callable[..., Iterable[bytes]]:
        """Build the application in a worker; it is there for good, and need not be looked through either."""
        application: Callable[..., Iterable[bytes]] = import_app("feedback_service.wsgi:app")
        gc.collect()
        gc.freeze()
        return application
