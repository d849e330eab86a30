"""Addresses that may be written to, and all the spellings of those that may not."""

from ipaddress import ip_address, ip_network

import pytest

from feedback_service.notices.rules.addresses import endpoint, is_mail_address, is_outside, is_own_machine

INSIDE = (
    *("127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1"),  # noqa: S104  # nothing is bound
    *("224.0.0.1", "239.1.1.1", "255.255.255.255", "240.0.0.1", "192.0.2.1", "198.18.0.1"),
    *("::1", "::", "fe80::1", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1"),
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2001:0:1::1"),
)
OUTSIDE = ("203.162.4.191", "8.8.8.8", "2400:cb00::1", "::ffff:8.8.8.8", "64:ff9b::808:808")


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_inside_our_walls_is_never_written_to(address: str) -> None:
    assert not is_outside(ip_address(address))


@pytest.mark.parametrize("address", OUTSIDE)
def test_an_address_out_in_the_world_may_be_written_to(address: str) -> None:
    assert is_outside(ip_address(address))


def test_the_operator_may_open_a_network_of_ours_and_no_other() -> None:
    allowed = (ip_network("10.20.0.0/24"),)

    assert is_outside(ip_address("10.20.0.9"), allowed)
    assert is_outside(ip_address("::ffff:10.20.0.9"), allowed)
    assert not is_outside(ip_address("10.20.1.9"), allowed)
    assert not is_outside(ip_address("::1"), allowed)


@pytest.mark.parametrize(
    "url",
    [
        *("file:///etc/passwd", "ftp://example.vn/", "gopher://example.vn/", "javascript:alert(1)", "example.vn", ""),
        *("https://user:pass@example.vn/", "https://a@example.vn/", "https://example.vn/#part", "https:///path"),
        *("https://example.vn:22/", "https://example.vn:25/", "https://example.vn:99999/", "https://exa mple.vn/"),
        *("https://example.vn/\r\nHost: evil", "https://example.vn/\x00", "https://[::1", f"https://e.vn/{'a' * 500}"),
    ],
)
def test_what_is_no_plain_web_address_is_refused(url: str) -> None:
    assert endpoint(url) is None


def test_a_web_address_is_taken_apart() -> None:
    found = endpoint("https://hooks.example.vn:8443/in?key=1")

    assert found is not None
    assert (found.host, found.port, found.path, found.is_encrypted) == ("hooks.example.vn", 8443, "/in?key=1", True)


@pytest.mark.parametrize(
    "text",
    [
        *("a", "a@b", "a@@b.vn", "a b@c.vn", "a@b.vn ", "a@b.vn\n", "a@b.vn\r\nBcc: x@y.vn", "a@b.vn,c@d.vn", ""),
        *("<a@b.vn>", ".a@b.vn", "a..b@c.vn", "a@-.vn\t", f"{'a' * 65}@b.vn", f"a@{'b' * 250}.vn", "a@[127.0.0.1]"),
    ],
)
def test_what_is_not_one_mail_address_is_refused(text: str) -> None:
    assert not is_mail_address(text)


@pytest.mark.parametrize("text", ["motcua@dongha.quangtri.gov.vn", "nguyen.thi-hien+1@example.com", "a@b.vn"])
def test_a_mail_address_is_known(text: str) -> None:
    assert is_mail_address(text)


def test_only_this_machine_takes_a_password_without_encryption() -> None:
    assert is_own_machine("127.0.0.1")
    assert is_own_machine("localhost")
    assert is_own_machine("[::1]")
    assert not is_own_machine("mail.example.vn")
