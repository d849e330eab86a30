"""Folders that stand beside the package in a checkout and inside it in the wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """Return `kiosk_static` or `migrations`; raises FileNotFoundError when the installation is not whole."""
    for place in (_PACKAGE / "bundled_files" / name, _PACKAGE.parent / name):
        if place.is_dir():
            return place
    raise FileNotFoundError(f"{name} is missing: install the package again")


def own(name: str) -> Path:
    """Return a file or folder of the package itself, such as `static` or `translations`."""
    return _PACKAGE / name
