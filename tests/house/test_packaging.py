"""What is installed: locked by hash, vendored unchanged, and whole inside the wheel."""

import ast
import hashlib
import json
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import httpx
import pytest

from tests.databases import environment
from tests.house.sources import ROOT, files
from tests.servers import Server

LOCKS = sorted(ROOT.glob("requirements*.txt"))
LATE = {"psycopg", "tzdata"}
"""Loaded by name: a driver by SQLAlchemy, time zones by zoneinfo."""
PACKED = ("feedback_service", "kiosk_static", "migrations")


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_locked_package_is_pinned_with_its_hashes(lock: Path) -> None:
    entries = re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8").strip())

    assert [entry for entry in entries if not re.match(r"[\w.-]+==\S+ .*\\\n\s+--hash=sha256:", entry)] == []


def test_no_lock_names_a_registry() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (*LOCKS, ROOT / ".npmrc")]
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]

    assert [text for text in texts if re.search(r"https?://|index-url|registry\s*=", text)] == []
    assert [name for name, facts in packages.items() if "resolved" in facts] == []
    assert [name for name, facts in packages.items() if name and "integrity" not in facts] == []


def test_every_import_is_declared_and_every_declaration_imported() -> None:
    declared = {_plain(name) for name in _project()["dependencies"]}
    owners = packages_distributions()
    imported = {_plain(owner) for module in _imported_modules() for owner in owners.get(module, ())}

    assert imported - declared - LATE - {"feedback-service"} == set()
    assert declared - imported - LATE == set()


def test_every_vendored_file_is_the_publishers_own() -> None:
    listed = json.loads((ROOT / "vendor.json").read_text(encoding="utf-8"))["files"]
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["devDependencies"]

    assert [entry["path"] for entry in listed if _sha256(ROOT / entry["path"]) != entry["sha256"]] == []
    assert [entry["path"] for entry in listed if _sha256(_published(entry)) != entry["sha256"]] == []
    assert [entry["path"] for entry in listed if wanted[entry["package"]] != entry["version"]] == []


def test_every_file_in_a_vendor_folder_is_listed() -> None:
    listed = {entry["path"] for entry in json.loads((ROOT / "vendor.json").read_text(encoding="utf-8"))["files"]}
    kept = [
        path for place in ("kiosk_static", "feedback_service/static") for path in (ROOT / place).rglob("vendor/*/*")
    ]
    types = {path for path in kept if path.name.endswith(".d.ts")}  # ours: they only say where the types are

    assert {path.relative_to(ROOT).as_posix() for path in kept if path not in types} - listed == set()


@pytest.mark.slow
def test_the_wheel_runs_from_an_empty_folder(tmp_path: Path) -> None:
    server = Server(tmp_path / "office", {}, programs=_installed_wheel(tmp_path))
    server.folder.mkdir()

    server.start()

    try:
        pages = ("/", "/kiosk/", "/kiosk/main.js", "/static/styles/tokens.css")
        assert {page: httpx.get(server.url + page).status_code for page in pages} == dict.fromkeys(pages, 200)
    finally:
        server.end()


def test_the_wheel_holds_every_file_of_the_service(tmp_path: Path) -> None:
    sources = {path.name for place in PACKED for path in (ROOT / place).rglob("*.*") if "__pycache__" not in path.parts}

    with zipfile.ZipFile(_wheel(tmp_path)) as wheel:
        packed = {Path(name).name for name in wheel.namelist()}

    assert sources - packed == set()


def _wheel(place: Path) -> Path:
    _uv("build", "--wheel", "--no-build-isolation", "--out-dir", str(place), str(ROOT))
    return next(place.glob("*.whl"))


def _installed_wheel(place: Path) -> Path:
    """Install the wheel and what it is locked to into a new environment; return the folder of its programs."""
    home = place / "venv"
    _uv("venv", str(home), "--python", sys.executable)
    target = ("--python", str(home / "bin" / "python"))
    _uv("pip", "install", *target, "--require-hashes", "--requirement", str(ROOT / "requirements.txt"))
    _uv("pip", "install", *target, "--no-deps", str(_wheel(place)))
    return home / "bin"


def _uv(*words: str) -> None:
    """Run uv beside this Python; what is in its cache is not fetched again."""
    program = str(Path(sys.executable).with_name("uv"))
    for way in (("--offline",), ()):
        done = subprocess.run([program, *way, *words], env=environment(), capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return
    raise AssertionError(done.stderr)


def _project() -> dict[str, list[str]]:
    project: dict[str, list[str]] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return project


def _plain(requirement: str) -> str:
    return re.split(r"[\[<>=;~! ]", requirement, maxsplit=1)[0].lower().replace("_", "-")


def _imported_modules() -> set[str]:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in files(("feedback_service", "migrations"), ".py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    parts = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level}
    return {name.partition(".")[0] for name in plain | parts}


def _published(entry: dict[str, str]) -> Path:
    return ROOT / "node_modules" / entry["package"] / entry["from"]


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
