"""Files that are whole or not there at all."""

import os
from collections.abc import Iterable
from pathlib import Path


def lay(path: Path, pieces: Iterable[bytes], *, mode: int = 0o600) -> int:
    """Write a file that gets its name when it is whole and on the disk; return how many bytes it has.

    An earlier one of this name is replaced. Whatever goes wrong on the way, nothing half-made is left; raises OSError.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        part.touch(mode=mode)
        with part.open("wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
            size = file.tell()
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return size
