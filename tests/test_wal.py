"""One sync for many commits, and never an answer before it."""

import threading
from pathlib import Path
from time import sleep

import pytest

from feedback_service.wal import WalSync


class SlowDisk(WalSync):
    """A disk that takes its time and remembers what was committed when each sync began."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.begun_at: list[int] = []
        self.is_broken = False

    def _sync(self) -> None:
        self.begun_at.append(self._committed)
        sleep(0.01)
        if self.is_broken:
            raise OSError(5, "Input/output error")


def test_many_commits_share_a_sync_and_each_is_covered_by_one_that_began_after_it(tmp_path: Path) -> None:
    disk = SlowDisk(tmp_path / "x.db")
    covered: list[bool] = []

    def commit() -> None:
        for _ in range(20):
            ticket = disk.committed()
            disk.wait(ticket)
            covered.append(any(began >= ticket for began in disk.begun_at))

    threads = [threading.Thread(target=commit) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert covered == [True] * 320
    assert len(disk.begun_at) < 160


def test_a_disk_that_refuses_fails_everybody_who_waits(tmp_path: Path) -> None:
    disk = SlowDisk(tmp_path / "x.db")
    disk.is_broken = True

    for _ in range(2):
        with pytest.raises(OSError, match="Input/output"):
            disk.wait(disk.committed())


def test_a_log_that_was_replaced_is_the_one_that_is_synced(tmp_path: Path) -> None:
    log = tmp_path / "x.db-wal"
    disk = WalSync(tmp_path / "x.db")
    disk.wait(disk.committed())
    log.write_bytes(b"first")
    disk.wait(disk.committed())
    held = disk._file

    log.unlink()
    (tmp_path / "kept").write_bytes(b"takes the old place")
    log.write_bytes(b"second")
    disk.wait(disk.committed())

    assert held is not None
    assert Path(f"/proc/self/fd/{disk._file}").resolve() == log
    disk.close()
