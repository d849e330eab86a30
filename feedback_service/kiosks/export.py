"""Files that are written for the tablet: the first screen in one script and one sheet, and the list of all it keeps."""

import hashlib
import json
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

LIST = "precache.js"
SCRIPT = "written/first.js"
SHEET = "written/first.css"
ENTRY = "boot.js"
WORKER = "sw.js"
MAIN = "main.js"
OTHERS = ("index.html", "app.webmanifest", "icon.svg", "styles/screens.css", "styles/keyboard.css")
SHEETS = ("static/styles/tokens.css", "static/styles/base.css", "kiosk/styles/kiosk.css")
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
)
"""What the tablet shows that portal and desk show too: one source for all three."""
WORDS = "i18n/vi.js"
_SENTENCE = re.compile(r'^    (?:"([^"]+)"|(\w+)):\s+"([^"]*)",$', re.MULTILINE)
_REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)
_IMPORT = re.compile(r'^import (?:\* as (\w+)|\{([^}]*)\}) from "(\.[^"]+)";$', re.MULTILINE)
_FROM = re.compile(r'^(?:import|export) [^"]*? from "(\.[^"]+)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class) (\w+))", re.MULTILINE)
_WRITTEN = "/* Written by `feedback-service kiosk precache`: change the sources, not this. */\n"


def current_version(kiosk_folder: Path) -> str:
    """Return the version that tablets are given, empty before the list was ever written."""
    path = kiosk_folder / LIST
    found = re.search(r'version = "(\w+)"', path.read_text(encoding="utf-8")) if path.exists() else None
    return found[1] if found else ""


@lru_cache(maxsize=4)
def own_sentences(kiosk_folder: Path) -> Mapping[str, str]:
    """Return what the tablet says by itself: each sentence in Vietnamese by its English id."""
    text = (kiosk_folder / WORDS).read_text(encoding="utf-8")
    return {quoted or bare: spoken for quoted, bare, spoken in _SENTENCE.findall(text)}


def write_precache(kiosk_folder: Path, static_folder: Path) -> bool:
    """Bring the written files up to date and return whether one had to be changed."""
    changed = [_write(kiosk_folder / name, text) for name, text in written(kiosk_folder, static_folder).items()]
    return any(changed)


def written(kiosk_folder: Path, static_folder: Path) -> Mapping[str, str]:
    """Return the text of every written file by its name; raises ValueError for an import that cannot be followed."""
    texts = {SCRIPT: first_script(kiosk_folder), SHEET: first_sheet(kiosk_folder, static_folder)}
    kiosk_folder = kiosk_folder.resolve()
    used = {kiosk_folder / name for name in OTHERS} | _used(kiosk_folder / MAIN) | _used(kiosk_folder / WORKER)
    kept = {f"/kiosk/{path.relative_to(kiosk_folder).as_posix()}": path.read_bytes() for path in used}
    kept |= {f"/kiosk/{name}": text.encode() for name, text in texts.items()}
    kept |= {f"/static/{name}": (static_folder / name).read_bytes() for name in SHARED}
    return {**texts, LIST: _list(kept)}


def first_script(kiosk_folder: Path) -> str:
    """Return boot.js and all it imports as one module: one request instead of fifteen."""
    modules: dict[Path, str] = {}
    _link(kiosk_folder / ENTRY, modules)
    return _WRITTEN + "\n".join(modules.values()) + "\n"


def first_sheet(kiosk_folder: Path, static_folder: Path) -> str:
    """Return tokens, base and the first sheet of the tablet as one, addresses made absolute."""
    folders = {"static": static_folder, "kiosk": kiosk_folder}
    texts = [(folders[name.split("/")[0]] / name.split("/", 1)[1]).read_text(encoding="utf-8") for name in SHEETS]
    return _WRITTEN + _bare("\n".join(texts)).replace('url("../', 'url("/static/') + "\n"


def _used(path: Path) -> set[Path]:
    text = path.read_text(encoding="utf-8")
    found = {(path.parent / name).resolve() for name in _FROM.findall(text)}
    return {path} | {used for other in found if other.name != LIST for used in _used(other)}


def _link(path: Path, modules: dict[Path, str]) -> None:
    text = _bare(path.read_text(encoding="utf-8"))
    for found in _IMPORT.finditer(text):
        source = (path.parent / found[3]).resolve()
        if source not in modules:
            _link(source, modules)
    names = {source: f"m{number}" for number, source in enumerate(modules)}
    body = _IMPORT.sub(lambda found: _taken(found, names[(path.parent / found[3]).resolve()]), text)
    if re.search(r"^(import|export) (?!const|function|class|async)", body, re.MULTILINE):
        raise ValueError(f"{path.name} imports or exports in a way that cannot be followed")
    modules[path.resolve()] = _closed(body, f"m{len(modules)}", is_entry=path.name == ENTRY)


def _taken(found: re.Match[str], module: str) -> str:
    if found[1]:
        return f"const {found[1]} = {module};"
    return f"const {{{re.sub(r' as ', ': ', ' '.join(found[2].split()))}}} = {module};"


def _closed(body: str, name: str, *, is_entry: bool) -> str:
    if is_entry:
        return body.replace('import("./', 'import("/kiosk/')
    exported = ", ".join(found[1] for found in _EXPORT.finditer(body))
    return f"const {name} = (() => {{\n{_EXPORT.sub('', body)}\nreturn {{ {exported} }};\n}})();"


def _bare(text: str) -> str:
    lines = (line.strip() for line in _REMARK.sub("", text).splitlines())
    return "\n".join(line for line in lines if line)


def _list(kept: Mapping[str, bytes]) -> str:
    prints = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(kept.items())}
    version = hashlib.sha256(json.dumps(prints).encode()).hexdigest()[:12]
    files = sorted({*kept, "/kiosk/", f"/kiosk/{LIST}"} - {"/kiosk/index.html", f"/kiosk/{WORKER}"})
    lines = "".join(f"  {json.dumps(name)},\n" for name in files)
    return f'{_WRITTEN}export const version = "{version}";\nexport const files = [\n{lines}];\n'


def _write(path: Path, text: str) -> bool:
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return True
