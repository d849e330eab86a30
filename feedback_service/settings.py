"""Every setting, read once from the environment; each may also stand in a file named by NAME_FILE."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from feedback_service.core.ids import new_token

SECRET_LETTERS = 32
SECRET_FILE = "secret.key"  # noqa: S105 - the name of the file, not what is in it
SECRET_BYTES = 48
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
MAIL_PORTS = {"smtp": 587, "smtps": 465}
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


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
    Setting(
        "FEEDBACK_MAIL_URL",
        "the mail server of notices, smtp://user:password@host:port or smtps://..., ?from=address names the sender",
        "no mail is sent",
    ),
    Setting(
        "FEEDBACK_WEBHOOK_NETWORKS",
        "networks inside our own walls that webhooks may write to, such as 10.20.0.0/24, separated by commas",
        "none",
    ),
    Setting(
        "FEEDBACK_WORKER",
        "where notices and daily jobs are done: inside the server, or apart by `feedback-service worker`",
        "inside",
    ),
    Setting(
        "FEEDBACK_REDIS_URL",
        "a Valkey or Redis that counts limits for many processes, redis://host:port/0 or rediss://... for TLS",
        "each process counts by itself",
    ),
    Setting(
        "FEEDBACK_METRICS_TOKEN",
        "what Prometheus says to read /metrics, at least 32 characters: `Authorization: Bearer ...`",
        "/metrics is not there",
    ),
)


@dataclass(frozen=True)
class MailServer:
    """Who takes our mail; `user` is empty when it asks for no password."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    is_tls: bool
    sender: str


@dataclass(frozen=True)
class Settings:
    """What the office decided before the start."""

    database_url: str
    data_dir: Path
    keys: tuple[str, ...] = field(repr=False)
    """The newest first: it signs, and the others are still believed."""
    base_url: str
    hosts: tuple[str, ...]
    trusted_proxies: int
    mail: MailServer | None = None
    webhook_networks: tuple[Network, ...] = ()
    has_worker_inside: bool = True
    metrics_token: str = field(default="", repr=False)
    valkey_url: str = field(default="", repr=False)

    @property
    def secret_key(self) -> str:
        """What tokens are signed with from now on."""
        return self.keys[0]

    @property
    def former_keys(self) -> tuple[str, ...]:
        """What tokens that are still good may be signed with."""
        return self.keys[1:]

    @property
    def lasting_key(self) -> str:
        """What codes, slips and seals are derived from, for they outlive every key that signs."""
        return self.keys[-1]

    @property
    def is_https(self) -> bool:
        """Whether citizens reach us over TLS."""
        return self.base_url.startswith("https://")

    @property
    def backups(self) -> Path:
        """Where copies are kept."""
        return self.data_dir / "backups"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """Return the settings; makes the data folder and the secret when absent; raises SettingsError."""
        data_dir = Path(_read(environment, "FEEDBACK_DATA_DIR") or "instance").resolve()
        _make_folder(data_dir)
        base_url = _base_url(_read(environment, "FEEDBACK_BASE_URL") or "http://127.0.0.1:8000")
        return cls(
            database_url=_database_url(_read(environment, "FEEDBACK_DATABASE_URL"), data_dir),
            data_dir=data_dir,
            keys=_keys(_read(environment, "FEEDBACK_SECRET_KEY"), data_dir),
            base_url=base_url,
            hosts=_hosts(_read(environment, "FEEDBACK_HOSTS"), base_url),
            trusted_proxies=_count(environment, "FEEDBACK_TRUSTED_PROXIES"),
            mail=_mail(_read(environment, "FEEDBACK_MAIL_URL"), base_url),
            webhook_networks=_networks(_read(environment, "FEEDBACK_WEBHOOK_NETWORKS")),
            has_worker_inside=_is_inside(_read(environment, "FEEDBACK_WORKER")),
            valkey_url=_valkey_url(_read(environment, "FEEDBACK_REDIS_URL")),
            metrics_token=_metrics_token(_read(environment, "FEEDBACK_METRICS_TOKEN")),
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


def _keys(text: str, data_dir: Path) -> tuple[str, ...]:
    path = data_dir / SECRET_FILE
    if not text:
        if not path.exists():
            _keep_secret(path)
        text = path.read_text(encoding="utf-8")
    keys = tuple(line.strip() for line in text.splitlines() if line.strip())
    if not keys or min(map(len, keys)) < SECRET_LETTERS:
        raise SettingsError(
            f"FEEDBACK_SECRET_KEY: too short. Use at least {SECRET_LETTERS} random characters, or leave it out."
        )
    return keys


def _keep_secret(path: Path) -> None:
    try:
        path.touch(mode=0o600, exist_ok=False)
        path.write_text(new_token(SECRET_BYTES), encoding="utf-8")
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


def _mail(text: str, base_url: str) -> MailServer | None:
    if not text:
        return None
    parts = urlsplit(text)
    sender = parse_qs(parts.query).get("from", [f"no-reply@{urlsplit(base_url).hostname}"])[0]
    try:
        port = parts.port or MAIL_PORTS[parts.scheme]
    except (ValueError, KeyError):
        port = 0
    if not port or not parts.hostname or " " in sender or sender.count("@") != 1 or parts.path not in ("", "/"):
        raise SettingsError(
            "FEEDBACK_MAIL_URL: write smtp://user:password@host:587?from=address, or smtps://... for TLS"
        )
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return MailServer(parts.hostname, port, user, password, is_tls=parts.scheme == "smtps", sender=sender)


def _networks(text: str) -> tuple[Network, ...]:
    try:
        return tuple(ipaddress.ip_network(part.strip()) for part in text.split(",") if part.strip())
    except ValueError as error:
        raise SettingsError("FEEDBACK_WEBHOOK_NETWORKS: write networks such as 10.20.0.0/24,192.168.1.7/32") from error


def _is_inside(text: str) -> bool:
    if text not in ("", "inside", "apart"):
        raise SettingsError("FEEDBACK_WORKER: write inside, or apart when `feedback-service worker` runs by itself.")
    return text != "apart"


def _metrics_token(text: str) -> str:
    if text and len(text) < SECRET_LETTERS:
        raise SettingsError(
            f"FEEDBACK_METRICS_TOKEN: too short. Use at least {SECRET_LETTERS} random characters, or leave it out."
        )
    return text


def _valkey_url(text: str) -> str:
    scheme, _, rest = text.partition("://")
    known = {"redis": "valkey", "valkey": "valkey", "rediss": "valkeys", "valkeys": "valkeys"}
    if not text:
        return ""
    if scheme not in known or not urlsplit(text).hostname:
        raise SettingsError("FEEDBACK_REDIS_URL: write redis://host:6379/0, or rediss://... for TLS")
    if find_spec("valkey") is None:
        raise SettingsError("FEEDBACK_REDIS_URL: its library is missing. Run: pip install 'feedback_service[valkey]'")
    return f"{known[scheme]}://{rest}"
