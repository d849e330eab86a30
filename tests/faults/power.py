"""Cutting the power: what is left is what the disk had been asked to sync, and nothing else."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.databases import environment

ROOT = Path(__file__).parents[2]
FEWEST = 5
"""How much is always said to be saved before the power is cut, however slow the machine is."""


def library(folder: Path, name: str) -> Path:
    """Build a library that is preloaded, with the compiler that the project installs, and return it."""
    source, built = Path(__file__).with_name(f"{name}.c"), folder / f"{name}.so"
    command = [sys.executable, "-m", "ziglang", "cc", "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", str(built)]
    subprocess.run([*command, str(source)], check=True, env={**os.environ, "ZIG_GLOBAL_CACHE_DIR": str(folder / "zig")})
    return built


@dataclass(frozen=True)
class Disk:
    """A folder that programs write to, and the image that would survive a power cut at this moment."""

    written: Path
    durable: Path
    preload: Path

    @classmethod
    def holding(cls, database: Path, folder: Path, preload: Path) -> "Disk":
        """Return a disk on which `database` lies safely and nothing else."""
        disk = cls(folder / "written", folder / "durable", preload)
        for image in (disk.written, disk.durable):
            image.mkdir(parents=True)
            shutil.copyfile(database, image / database.name)
        return disk

    @property
    def environment(self) -> dict[str, str]:
        """What a program must be started with to write to this disk."""
        return environment(LD_PRELOAD=str(self.preload), SYNCED_FROM=str(self.written), SYNCED_TO=str(self.durable))


@contextmanager
def writer(database: Path, *words: str, variables: Mapping[str, str]) -> Iterator[subprocess.Popen[str]]:
    """Run the little writing program on a database; it is gone when the block ends."""
    command = [sys.executable, "-m", "tests.faults.writer", str(database), *words]
    process = subprocess.Popen(command, cwd=ROOT, env=variables, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def acknowledged_until_cut(disk: Disk, seconds: float, *words: str) -> list[str]:
    """Let the writer work, cut the power so long after its first words, and return every id that it said was saved."""
    with writer(disk.written / "feedback.db", *words, variables=disk.environment) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        lines = [process.stdout.readline() for _ in range(FEWEST)]
        time.sleep(seconds)
        process.kill()
        lines += process.stdout.read().split("\n")[:-1]
    return [line.strip() for line in lines if line.strip()]
