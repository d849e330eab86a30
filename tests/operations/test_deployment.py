"""Units, proxy and containers: as locked down as they say, and an upgrade refuses nobody."""

import re
import shutil
import signal
import socket
import subprocess
import threading
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from flask.testing import FlaskClient

from tests.conftest import SECRET
from tests.databases import environment
from tests.house.sources import ROOT
from tests.servers import OUR_PROGRAMS, free_port

DEPLOY = ROOT / "deploy"
LOCKED = {
    *("CapabilityBoundingSet=", "DynamicUser=yes", "IPAddressDeny=any", "LockPersonality=yes", "NoNewPrivileges=yes"),
    *("MemoryDenyWriteExecute=yes", "PrivateDevices=yes", "PrivateTmp=yes", "PrivateUsers=yes", "ProtectHome=yes"),
    *("ProtectProc=invisible", "ProtectSystem=strict", "RestrictNamespaces=yes", "SystemCallFilter=@system-service"),
    *("UMask=0077", "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6", "MemoryMax=512M"),
}
READY_SECONDS = 30
MOST_EXPOSED = 1.5


@pytest.fixture
def door() -> Iterator[socket.socket]:
    """The listening socket that systemd would hold."""
    with socket.create_server(("127.0.0.1", free_port()), backlog=512) as listening:
        yield listening


def served(door: socket.socket, folder: Path) -> "subprocess.Popen[bytes]":
    """Start the service as systemd does: the open socket is file 3, and it says so."""
    words = [str(OUR_PROGRAMS / "feedback-service"), "run"]
    told = environment(FEEDBACK_DATA_DIR=str(folder), FEEDBACK_SECRET_KEY=SECRET, LISTEN_FDS="1")
    handed_over = 'exec 3<&"$DOOR"; LISTEN_PID=$$ exec "$0" "$@"'
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            ["/bin/bash", "-c", handed_over, *words],
            env=told | {"DOOR": str(door.fileno())},
            pass_fds=[door.fileno()],
            stdout=log,
            stderr=log,
        )


class Caller(threading.Thread):
    """Somebody who asks again and again, each time on a new connection, and notes every answer."""

    def __init__(self, url: str) -> None:
        super().__init__(daemon=True)
        self.url = url
        self.answers: list[int] = []
        self.faults: list[str] = []
        self.is_over = threading.Event()

    def run(self) -> None:
        """Ask until it is over."""
        while not self.is_over.is_set():
            try:
                self.answers.append(httpx.get(f"{self.url}/polls", timeout=READY_SECONDS).status_code)
            except httpx.TransportError as fault:
                self.faults.append(repr(fault))


def test_an_upgrade_refuses_nobody(door: socket.socket, tmp_path: Path) -> None:
    first = served(door, tmp_path)
    callers = [Caller(f"http://127.0.0.1:{door.getsockname()[1]}") for _ in range(4)]
    for caller in callers:
        caller.start()
    _wait_for(callers, more_than=5)

    first.send_signal(signal.SIGTERM)
    first.wait(READY_SECONDS)
    before = sum(len(caller.answers) for caller in callers)
    second = served(door, tmp_path)
    _wait_for(callers, more_than=before // len(callers) + 5)
    for caller in callers:
        caller.is_over.set()
    for caller in callers:
        caller.join(READY_SECONDS)
    second.send_signal(signal.SIGTERM)
    second.wait(READY_SECONDS)

    log = (tmp_path / "log").read_text()
    assert [fault for caller in callers for fault in caller.faults] == [], log
    assert {answer for caller in callers for answer in caller.answers} == {200}, log
    assert (first.returncode, second.returncode) == (0, 0), log


def _wait_for(callers: list[Caller], *, more_than: int) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while min(len(caller.answers) for caller in callers) <= more_than and time.monotonic() < deadline:
        time.sleep(0.05)
    assert all(len(caller.answers) > more_than for caller in callers)


def test_the_unit_gives_the_service_as_little_as_can_be() -> None:
    lines = (DEPLOY / "systemd" / "feedback-service.service").read_text(encoding="utf-8").splitlines()

    assert LOCKED - set(lines) == set()


def test_the_unit_is_as_little_exposed_as_systemd_itself_can_tell() -> None:
    judge = shutil.which("systemd-analyze")
    if judge is None:
        warnings.warn("NOT ON THIS MACHINE: systemd-analyze; only the lines of the unit were compared", stacklevel=1)
        return
    unit = DEPLOY / "systemd" / "feedback-service.service"
    told = subprocess.run(
        [judge, "security", "--offline=true", "--no-pager", str(unit)], capture_output=True, text=True, check=False
    )
    (exposure,) = re.findall(r"exposure level for \S+: ([0-9.]+)", told.stdout)

    assert float(exposure) <= MOST_EXPOSED


def test_the_log_of_the_proxy_knows_no_address() -> None:
    conf = (DEPLOY / "nginx" / "feedback-service.conf").read_text(encoding="utf-8")
    (form,) = re.findall(r"log_format without_addresses '(.*)';", conf)

    assert "access_log /var/log/nginx/feedback-service.log without_addresses;" in conf
    assert not {"$remote_addr", "$http_user_agent", "$http_referer", "$args", "$request "} & set(
        re.findall(r"\$\w+ ?", form)
    )
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in conf


def test_no_container_runs_with_rights_that_it_does_not_need() -> None:
    compose = (DEPLOY / "container" / "compose.yaml").read_text(encoding="utf-8")
    recipe = (DEPLOY / "container" / "Containerfile").read_text(encoding="utf-8")
    ours = re.split(r"\n  (?=\w)", compose)

    for name in ("service:", "worker:", "valkey:"):
        (block,) = [part for part in ours if part.startswith(name)]
        assert "read_only: true" in block, name
        assert "cap_drop: [ALL]" in block, name
        assert "no-new-privileges:true" in block, name
    assert "USER 10001" in recipe
    assert "--require-hashes" in recipe
    assert not re.search(r"PASSWORD: |SECRET_KEY: ", compose)


def test_whoever_finds_a_weakness_is_told_where_to_say_so(client: FlaskClient) -> None:
    answer = client.get("/.well-known/security.txt")

    assert answer.mimetype == "text/plain"
    assert answer.text.splitlines() == [
        "Contact: http://127.0.0.1:8000/suggestions/new",
        "Expires: 2027-04-02T00:00:00Z",
        "Preferred-Languages: vi, en",
        "Canonical: http://127.0.0.1:8000/.well-known/security.txt",
    ]
