"""The service as an office runs it: gunicorn in its own process, on a port of this machine."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from itertools import count
from pathlib import Path

import httpx

from tests.databases import environment

READY_SECONDS = 120
OUR_PROGRAMS = Path(sys.executable).parent
CONTEXT = httpx.create_ssl_context()
"""Made once: it takes longer than a request, and nobody here speaks TLS."""
_PORTS = count(20_000 + os.getpid() * 37 % 10_000)
"""Below the ports that Linux lends to outgoing connections, so that a killed server gets its own again."""


class Server:
    """`feedback-service run` with its own data folder; may be killed and started again on the same port."""

    def __init__(self, folder: Path, settings: Mapping[str, str], *, programs: Path = OUR_PROGRAMS) -> None:
        self.folder = folder
        self.programs = programs
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.settings = {"FEEDBACK_DATA_DIR": str(folder), "FEEDBACK_BASE_URL": self.url, **settings}
        self._clients: list[httpx.Client] = []
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *words: str) -> None:
        """Start gunicorn and wait until it is ready for citizens."""
        command = [
            str(self.programs / "feedback-service"),
            "run",
            "--host",
            "127.0.0.1",
            "--port",
            str(self.port),
            *words,
        ]
        with self._log.open("ab") as log:
            self._process = process = subprocess.Popen(
                command,
                cwd=self.folder,
                env=environment(**self.settings),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + READY_SECONDS
        while not self.is_ready():
            if process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise RuntimeError(f"the server did not start:\n{self.log}")
            time.sleep(0.05)

    def is_ready(self) -> bool:
        """Whether /readyz says yes."""
        try:
            return httpx.get(f"{self.url}/readyz", timeout=5).status_code == 200
        except httpx.TransportError:
            return False

    def stop(self) -> int:
        """End the server in good order and return its exit code."""
        return self._end(signal.SIGTERM)

    def kill(self) -> None:
        """Cut off every process of the server by SIGKILL, whatever it is doing."""
        self._end(signal.SIGKILL)

    def client(self) -> httpx.Client:
        """Return a client that keeps its cookies and asks this server."""
        client = httpx.Client(base_url=self.url, verify=CONTEXT, timeout=30)
        self._clients.append(client)
        return client

    def end(self) -> None:
        """Close every client that was handed out and cut the server off."""
        for client in self._clients:
            client.close()
        self.kill()

    @property
    def process_id(self) -> int:
        """The process of gunicorn's master."""
        assert self._process
        return self._process.pid

    @property
    def log(self) -> str:
        """Everything that the server has written so far."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    @property
    def _log(self) -> Path:
        return self.folder / "server.log"

    def _end(self, how: signal.Signals) -> int:
        if self._process is None:
            return 0
        if how is signal.SIGKILL or self._process.poll() is not None:
            _kill_group(self._process.pid)
        else:
            self._process.send_signal(how)
        code = self._process.wait(READY_SECONDS)
        self._process = None
        return code


def free_port() -> int:
    """Return a port of this machine that nobody uses."""
    for port in _PORTS:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise AssertionError("unreachable: the count has no end")


def _kill_group(leader: int) -> None:
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        return
