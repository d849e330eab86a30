"""Which addresses may be written to: mail boxes of one line, web addresses outside our own walls."""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
MAIL_LETTERS = 254
URL_LETTERS = 500
OPEN_PORTS = frozenset({80, 443})
"""Below 1024 only these: a webhook must not speak to a mail server or a shell."""
_MAIL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@([A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}")
_HOST = re.compile(r"[A-Za-z0-9._:-]{1,253}")
_TRANSLATED = IPv6Network("64:ff9b::/96")
_TUNNELS = (IPv6Network("2002::/16"), IPv6Network("2001::/32"))


@dataclass(frozen=True)
class Endpoint:
    """A web address taken apart: `path` carries its query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def is_encrypted(self) -> bool:
        """Whether it is spoken to over TLS."""
        return self.scheme == "https"


def is_mail_address(text: str) -> bool:
    """Say whether `text` is one mail address and nothing else (a line break would add headers)."""
    local = text.partition("@")[0]
    return (
        len(text) <= MAIL_LETTERS
        and _MAIL.fullmatch(text) is not None
        and ".." not in text
        and not local.startswith(".")
        and not local.endswith(".")
    )


def endpoint(url: str) -> Endpoint | None:
    """Return a web address taken apart, None when it is not one that may be written to."""
    if len(url) > URL_LETTERS or any(letter.isspace() or not letter.isprintable() for letter in url):
        return None
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        return None
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or not _HOST.fullmatch(host):
        return None
    if parts.fragment or (port < 1024 and port not in OPEN_PORTS):
        return None
    path = parts.path or "/"
    return Endpoint(parts.scheme, host, port, f"{path}?{parts.query}" if parts.query else path)


def is_outside(address: Address, allowed: tuple[Network, ...] = ()) -> bool:
    """Say whether an address is out in the world, or in a network that the operator has named."""
    if is_named(address, allowed):
        return True
    if isinstance(address, IPv6Address):
        inner = _inside(address)
        if inner is not None:
            return is_outside(inner, allowed)
        if any(address in tunnel for tunnel in _TUNNELS):
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def is_named(address: Address, allowed: tuple[Network, ...]) -> bool:
    """Say whether the operator has named the network of an address."""
    return any(address in network for network in allowed if network.version == address.version)


def is_own_machine(host: str) -> bool:
    """Say whether a host name of the operator's settings is this very machine."""
    address = known_address(host.strip("[]"))
    return address.is_loopback if address else host.casefold() == "localhost"


def known_address(text: str) -> Address | None:
    """Return an IP address as the resolver spells it, without its zone; None for anything else."""
    try:
        return ip_address(text.partition("%")[0])
    except ValueError:
        return None


def _inside(address: IPv6Address) -> IPv4Address | None:
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return IPv4Address(int(address) & 0xFFFFFFFF) if address in _TRANSLATED else None
