"""Copies the browser files that vendor.json lists from node_modules, unchanged, and writes down what they are."""

import hashlib
import json
import shutil
from pathlib import Path

ROOT = Path(__file__).parents[1]
LIST = ROOT / "vendor.json"


def main() -> None:
    """Copy every listed file and rewrite the list with version, licence and hash."""
    listed = json.loads(LIST.read_text(encoding="utf-8"))
    listed["files"] = [_copied(**entry) for entry in listed["files"]]
    LIST.write_text(json.dumps(listed, indent=2) + "\n", encoding="utf-8")


def _copied(**entry: str) -> dict[str, str]:
    package = ROOT / "node_modules" / entry["package"]
    path = ROOT / entry["path"]
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(package / entry["from"], path)
    about = json.loads((package / "package.json").read_text(encoding="utf-8"))
    print(f"{about['name']} {about['version']}: {entry['path']}")
    facts = {"version": about["version"], "licence": about["license"]}
    return entry | facts | {"sha256": hashlib.sha256(path.read_bytes()).hexdigest()}


if __name__ == "__main__":
    main()
