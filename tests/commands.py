"""The console script, run each time in a fresh copy of one process that has loaded the service and nothing else."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from multiprocessing import get_context
from pathlib import Path

_COPIES = get_context("forkserver")
_COPIES.set_forkserver_preload(["feedback_service.cli"])


def run(words: tuple[str, ...], variables: Mapping[str, str]) -> "subprocess.CompletedProcess[str]":
    """Run one command under these environment variables; return what it said and its exit code."""
    with tempfile.TemporaryDirectory() as folder:
        said, complained = Path(folder, "out"), Path(folder, "err")
        process = _COPIES.Process(target=_command, args=(words, dict(variables), str(said), str(complained)))
        process.start()
        process.join()
        code = process.exitcode
        process.close()
        assert code is not None
        return subprocess.CompletedProcess(words, code, _read(said), _read(complained))


def _command(words: tuple[str, ...], variables: dict[str, str], said: str, complained: str) -> None:
    from feedback_service.cli import main  # loaded in the process that this one is a copy of

    os.environ.clear()
    os.environ.update(variables)
    for number, path in ((1, said), (2, complained)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), number)
    sys.argv = ["feedback-service", *words]
    main()


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")
