"""Every setting, read once from the environment; each may also stand in a file named by NAME_FILE."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from feedback_service.core.ids import new_token

SECRET_LETTERS = 32
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")


class SettingsError(Exception):
    """A setting cannot be used; the sentence names it and says what to write instead."""


@dataclass(frozen=True)
class Setting:
    """One line of the documentation: the name, what it is for, what holds when it is absent."""

    name: str
    purpose: str
    default: str


DOCUMENTED = (
    Setting("FEEDBACK_DATABASE_URL", "where records are kept", "sqlite, feedback.db in the data folder"),
    Setting("FEEDBACK_DATA_DIR", "the folder of everything that this service keeps", "./instance"),
    Setting("FEEDBACK_SECRET_KEY", "signs codes and forms, at least 32 characters", "made once, kept in secret.key"),
    Setting("FEEDBACK_BASE_URL", "the public address, used in links and QR codes", "http://127.0.0.1:8000"),
    Setting("FEEDBACK_HOSTS", "host names that are answered, separated by commas", "this machine and the base address"),
    Setting("FEEDBACK_TRUSTED_PROXIES", "how many proxies of ours stand in front", "0"),
)


@dataclass(frozen=True)
class Settings:
    """What the office decided before the start."""

    database_url: str
    data_dir: Path
    secret_key: str
    base_url: str
    hosts: tuple[str, ...]
    trusted_proxies: int

    @property
    def is_https(self) -> bool:
        """Whether citizens reach us over TLS."""
        return self.base_url.startswith("https://")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """Return the settings; makes the data folder and the secret when absent; raises SettingsError."""
        data_dir = Path(_read(environment, "FEEDBACK_DATA_DIR") or "instance").resolve()
        _make_folder(data_dir)
        base_url = _base_url(_read(environment, "FEEDBACK_BASE_URL") or "http://127.0.0.1:8000")
        return cls(
            database_url=_database_url(_read(environment, "FEEDBACK_DATABASE_URL"), data_dir),
            data_dir=data_dir,
            secret_key=_secret(_read(environment, "FEEDBACK_SECRET_KEY"), data_dir),
            base_url=base_url,
            hosts=_hosts(_read(environment, "FEEDBACK_HOSTS"), base_url),
            trusted_proxies=_count(environment, "FEEDBACK_TRUSTED_PROXIES"),
        )


def _read(environment: Mapping[str, str], name: str) -> str:
    file_name = environment.get(f"{name}_FILE", "")
    if not file_name:
        return environment.get(name, "").strip()
    try:
        return Path(file_name).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingsError(f"{name}_FILE: cannot read {file_name}. Check the path and the rights.") from error


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"FEEDBACK_DATA_DIR: cannot make {folder}. Name a folder you may write to.") from error


def _base_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/"):
        raise SettingsError("FEEDBACK_BASE_URL: write the public address, such as https://feedback.example.vn")
    return f"{parts.scheme}://{parts.netloc}"


def _database_url(text: str, data_dir: Path) -> str:
    if not text:
        return f"sqlite:///{data_dir / 'feedback.db'}"
    scheme, _, rest = text.partition("://")
    if scheme in ("postgres", "postgresql", "postgresql+psycopg"):
        return f"postgresql+psycopg://{rest}"
    if scheme == "sqlite" and rest.startswith("/") and len(rest) > 1:
        return text
    raise SettingsError("FEEDBACK_DATABASE_URL: write sqlite:///path/to/file.db or postgresql://user@host/name")


def _secret(text: str, data_dir: Path) -> str:
    path = data_dir / "secret.key"
    if not text:
        if not path.exists():
            _keep_secret(path)
        text = path.read_text(encoding="utf-8").strip()
    if len(text) < SECRET_LETTERS:
        raise SettingsError(
            f"FEEDBACK_SECRET_KEY: too short. Use at least {SECRET_LETTERS} random characters, or leave it out."
        )
    return text


def _keep_secret(path: Path) -> None:
    try:
        path.touch(mode=0o600, exist_ok=False)
        path.write_text(new_token(48), encoding="utf-8")
    except FileExistsError:
        return
    except OSError as error:
        raise SettingsError(f"FEEDBACK_SECRET_KEY: cannot keep one in {path.parent}. Check the rights.") from error


def _hosts(text: str, base_url: str) -> tuple[str, ...]:
    named = tuple(host.strip() for host in text.split(",") if host.strip())
    for host in named:
        if "/" in host or " " in host:
            raise SettingsError(f"FEEDBACK_HOSTS: {host} is not a host name. Write names separated by commas.")
    own = _bracketed(urlsplit(base_url).hostname or "")
    return tuple(dict.fromkeys((*named, own, *LOCAL_HOSTS)))


def _bracketed(host: str) -> str:
    try:
        return f"[{host}]" if ipaddress.ip_address(host).version == 6 else host
    except ValueError:
        return host


def _count(environment: Mapping[str, str], name: str) -> int:
    text = _read(environment, name) or "0"
    if not text.isdecimal() or int(text) > 9:
        raise SettingsError(f"{name}: write how many proxies stand in front, a whole number from 0 to 9.")
    return int(text)
