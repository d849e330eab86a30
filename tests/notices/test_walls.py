"""A webhook never reaches inside our own walls, whatever its address is spelled like or resolves to."""

import socket
from ipaddress import ip_network

import pytest

from feedback_service.notices.export import mail, webhook
from feedback_service.notices.export.undelivered import Undelivered
from feedback_service.notices.rules.addresses import Network
from feedback_service.notices.rules.events import Letter
from feedback_service.settings import MailServer
from tests.conftest import OPENING
from tests.notices.receivers import Hook, Mailbox

INSIDE = "This address is inside our own network and is not written to."
LOOPBACK: tuple[Network, ...] = (ip_network("127.0.0.0/8"),)
Answers = list[tuple[int, int, int, str, tuple[str, int]]]


def answers(*addresses: str) -> Answers:
    """Return what the name server says."""
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in addresses]


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "127.1", "0x7f.1", "2130706433", "0", "[::1]", "[::ffff:127.0.0.1]", "017700000001"],
)
def test_every_spelling_of_this_machine_is_refused_before_a_connection(hook: Hook, host: str) -> None:
    port = hook.url.rpartition(":")[2].partition("/")[0]

    with pytest.raises(Undelivered, match=INSIDE) as refusal:
        webhook.post(f"http://{host}:{port}/hook", "{}", {})

    assert refusal.value.is_final
    assert hook.posts == []


def test_the_keeper_of_cloud_secrets_is_refused() -> None:
    with pytest.raises(Undelivered, match=INSIDE):
        webhook.post("https://169.254.169.254/latest/meta-data/", "{}", {})


def test_a_name_with_one_address_inside_is_refused_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_words, **_more: answers("203.162.4.191", "10.0.0.1"))

    with pytest.raises(Undelivered, match=INSIDE):
        webhook.post("https://hooks.example.vn/", "{}", {})


def test_the_name_is_resolved_once_and_the_connection_goes_there(monkeypatch: pytest.MonkeyPatch, hook: Hook) -> None:
    port = int(hook.url.rpartition(":")[2].partition("/")[0])
    given = [answers("127.0.0.1")]
    genuine = socket.getaddrinfo

    def name_server(host: str, *words: object, **more: object) -> object:
        return given.pop() if host == "hooks.example.vn" else genuine(host, *words, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", name_server)

    assert webhook.post(f"http://hooks.example.vn:{port}/hook", "{}", {}, allowed=LOOPBACK) == 204
    assert given == []
    assert hook.posts[0].headers["Host"] == f"hooks.example.vn:{port}"


def test_a_redirection_is_not_followed(hook: Hook) -> None:
    hook.status, hook.location = 302, hook.url.replace("/hook", "/elsewhere")

    with pytest.raises(Undelivered, match="refuses") as refusal:
        webhook.post(hook.url, "{}", {}, allowed=LOOPBACK)

    assert refusal.value.code == 302
    assert [post.path for post in hook.posts] == ["/hook"]


def test_a_system_that_says_it_is_gone_is_not_asked_again(hook: Hook) -> None:
    hook.status = 410

    with pytest.raises(Undelivered) as refusal:
        webhook.post(hook.url, "{}", {}, allowed=LOOPBACK)

    assert refusal.value.is_final


def test_outside_only_encrypted_addresses_are_written_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_words, **_more: answers("203.162.4.191"))

    with pytest.raises(Undelivered, match="https"):
        webhook.post("http://hooks.example.vn/", "{}", {})


def test_a_system_without_encryption_behind_https_is_not_spoken_to(hook: Hook) -> None:
    with pytest.raises(Undelivered, match="cannot be reached"):
        webhook.post(hook.url.replace("http:", "https:"), "{}", {}, allowed=LOOPBACK)

    assert hook.posts == []


def test_our_password_is_never_sent_in_the_clear(monkeypatch: pytest.MonkeyPatch, mailbox: Mailbox) -> None:
    genuine = socket.create_connection
    monkeypatch.setattr(
        socket, "create_connection", lambda address, *words, **more: genuine(("127.0.0.1", address[1]), *words, **more)
    )
    server = MailServer("mail.example.vn", mailbox.port, "motcua", "secret", is_tls=False, sender="gopy@example.vn")
    envelope = mail.Envelope("gopy@example.vn", "Dong Ha", "a@example.vn", "notice-1", OPENING)

    with pytest.raises(Undelivered, match="no encryption"):
        mail.send(server, mail.compose(Letter("Subject", "Text\n"), envelope))

    assert mailbox.messages == []


def test_a_mail_server_that_is_away_is_said_to_be_away() -> None:
    server = MailServer("127.0.0.1", 9, "", "", is_tls=False, sender="gopy@example.vn")
    envelope = mail.Envelope("gopy@example.vn", "Dong Ha", "a@example.vn", "notice-1", OPENING)

    with pytest.raises(Undelivered, match="cannot be reached") as refusal:
        mail.send(server, mail.compose(Letter("Subject", "Text\n"), envelope))

    assert not refusal.value.is_final
