"""The list of everything that a tablet keeps; a version is known by the content of its files."""

import hashlib
import json
from pathlib import Path

from feedback_service.web.assets import folder

LIST = "precache.js"
WORKER = "sw.js"
LEFT_OUT = (".d.ts", ".md", "LICENSE")
SHARED = (
    "art/faces.svg",
    "art/icons.svg",
    "art/rings.svg",
    "fonts/be-vietnam-pro-latin-400-normal.woff2",
    "fonts/be-vietnam-pro-latin-600-normal.woff2",
    "fonts/be-vietnam-pro-vietnamese-400-normal.woff2",
    "fonts/be-vietnam-pro-vietnamese-600-normal.woff2",
    "fonts/lang-nghe-figures-400.woff2",
    "fonts/lang-nghe-figures-600.woff2",
    "styles/base.css",
    "styles/tokens.css",
)
"""What the tablet shows that portal and desk show too: one source for all three."""


def precache(kiosk_folder: Path, static_folder: Path) -> str:
    """Return the text of precache.js for these folders; its version is a digest of every file a tablet gets."""
    own, shared = folder(kiosk_folder), folder(static_folder)
    prints = {f"/kiosk/{name}": asset.fingerprint for name, asset in own.items() if _is_kept(name)}
    prints |= {f"/static/{name}": shared[name].fingerprint for name in SHARED}
    digest = hashlib.sha256(json.dumps(prints, sort_keys=True).encode())
    files = ["/kiosk/", *sorted(name for name in prints if name not in ("/kiosk/index.html", f"/kiosk/{WORKER}"))]
    return _module(digest.hexdigest()[:12], sorted([*files, f"/kiosk/{LIST}"]))


def write_precache(kiosk_folder: Path, static_folder: Path) -> bool:
    """Bring precache.js up to date and return whether it had to be changed."""
    path = kiosk_folder / LIST
    text = precache(kiosk_folder, static_folder)
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    path.write_text(text, encoding="utf-8", newline="\n")
    return True


def _is_kept(name: str) -> bool:
    return name != LIST and not name.endswith(LEFT_OUT)


def _module(version: str, files: list[str]) -> str:
    lines = "".join(f"  {json.dumps(name)},\n" for name in files)
    return (
        "/** Written by `feedback-service kiosk precache`: every file of this version. */\n"
        f'export const version = "{version}";\n'
        f"export const files = [\n{lines}];\n"
    )
