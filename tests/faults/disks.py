"""Disks of an office that fill up or refuse: a small file system of its own, or a library in front of the real one."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.offices import Office
from tests.faults.power import library
from tests.servers import OUR_PROGRAMS

SMALL_BYTES = 24 * 1024 * 1024
APART = ["unshare", "--user", "--map-root-user", "--mount"]
MOUNTING = """#!/bin/sh
exec {apart} sh -c 'mount -t tmpfs -o size={size},mode=0700 tmpfs "$0" && cp -a "$1/." "$0/" && shift && exec "$@"' \\
  {home} {kept} {program} "$@"
"""


def can_be_apart() -> bool:
    """Whether this machine lets an ordinary program mount a small file system of its own."""
    if shutil.which("unshare") is None:
        return False
    tried = subprocess.run([*APART, "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True, check=False)
    return tried.returncode == 0


def small_disk(home: Path) -> Path:
    """Return the folder of a console script that serves with `home` on a small file system that nobody else sees."""
    programs, kept = home.with_name("programs"), home.with_name("kept")
    programs.mkdir()
    shutil.copytree(home, kept)
    script = programs / "feedback-service"
    words = {"apart": " ".join(APART), "size": SMALL_BYTES, "home": home, "kept": kept}
    script.write_text(MOUNTING.format(**words, program=OUR_PROGRAMS / "feedback-service"))
    script.chmod(0o700)
    return programs


@contextmanager
def filled(office: Office, *, spare_bytes: int) -> Iterator[None]:
    """Leave only so many bytes on the small disk of an office while the block runs."""
    filler = office.home / "filler"
    block = b"\0" * 4096
    try:
        with filler.open("wb", buffering=0) as file:
            while file.write(block) == len(block):
                pass
    except OSError:
        pass
    with filler.open("r+b") as file:
        file.truncate(max(0, filler.stat().st_size - spare_bytes))
    yield
    filler.unlink()


class RefusingDisk:
    """The real disk, behind a library that refuses every change with an error while it is told to."""

    def __init__(self, folder: Path, below: Path) -> None:
        self._flag = folder / "flag"
        self._flag.write_bytes(b"\0")
        preload = str(library(folder, "refusing_disk"))
        self.settings = {"LD_PRELOAD": preload, "REFUSING_FLAG": str(self._flag), "REFUSING_BELOW": str(below)}

    @contextmanager
    def refusing(self, error: int) -> Iterator[None]:
        """Refuse with this number of the system while the block runs."""
        self._say(error)
        yield
        self._say(0)

    def _say(self, error: int) -> None:
        with self._flag.open("r+b", buffering=0) as file:
            file.write(bytes([error]))
