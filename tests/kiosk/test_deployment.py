"""What a technician installs on a tablet and on its server works as the guide says."""

import json
import re
import shutil
import socket
import ssl
import subprocess
from pathlib import Path
from threading import Thread

import pytest

from tests.house.sources import ROOT

DEPLOY = ROOT / "deploy" / "kiosk"
GUIDE = ROOT / "docs" / "guides" / "kiosk-locking.md"
NAME, ADDRESS = "danhgia.example.vn", "127.0.0.1"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the certificates of an office."""
    folder = tmp_path_factory.mktemp("tls")
    run = subprocess.run(
        ["/bin/sh", DEPLOY / "certificate.sh", NAME, ADDRESS, folder], capture_output=True, text=True, check=True
    )
    assert "Lock ca.key away" in run.stdout
    return folder


@pytest.mark.parametrize(("host", "is_trusted"), [(NAME, True), (ADDRESS, True), ("other.example.vn", False)])
def test_a_tablet_that_trusts_the_office_trusts_its_server_and_no_other(
    made: Path, host: str, *, is_trusted: bool
) -> None:
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(made / "server.crt", made / "server.key")
    tablet = ssl.create_default_context(cafile=made / "ca.crt")

    assert shaken(server, tablet, host) is is_trusted


def test_keys_are_for_their_owner_alone_and_a_renewal_keeps_the_authority(made: Path, tmp_path: Path) -> None:
    assert [oct((made / name).stat().st_mode & 0o777) for name in ("ca.key", "server.key")] == ["0o600", "0o600"]
    copy = Path(shutil.copytree(made, tmp_path / "again"))

    subprocess.run(["/bin/sh", DEPLOY / "certificate.sh", NAME, ADDRESS, copy], capture_output=True, check=True)

    assert (copy / "ca.crt").read_bytes() == (made / "ca.crt").read_bytes()
    assert (copy / "server.crt").read_bytes() != (made / "server.crt").read_bytes()


def test_without_a_name_the_script_says_how_it_is_used() -> None:
    run = subprocess.run(["/bin/sh", DEPLOY / "certificate.sh"], capture_output=True, text=True, check=False)

    assert (run.returncode, "usage" in run.stderr) == (2, True)


def test_the_policies_block_everything_but_the_office() -> None:
    policies = json.loads((DEPLOY / "chromium-policies.json").read_text(encoding="utf-8"))

    assert (policies["URLBlocklist"], policies["URLAllowlist"]) == (["*"], [f"https://{NAME}"])
    for name in ("AllowFileSelectionDialogs", "PrintingEnabled", "PasswordManagerEnabled", "AutofillAddressEnabled"):
        assert policies[name] is False
    assert (policies["DeveloperToolsAvailability"], policies["DefaultPopupsSetting"]) == (2, 2)
    assert "ClearBrowsingDataOnExitList" not in policies, "ratings that wait would be lost"


def test_every_file_is_named_in_the_guide_and_every_picture_of_the_guides_is_there() -> None:
    text = GUIDE.read_text(encoding="utf-8")

    assert [path.name for path in DEPLOY.iterdir() if path.name not in text] == []
    for guide in (GUIDE, GUIDE.with_name("kiosk.md")):
        linked = re.findall(r"\]\(([^)#]+)\)", guide.read_text(encoding="utf-8"))
        assert [name for name in linked if "://" not in name and not (guide.parent / name).exists()] == []


def shaken(server: ssl.SSLContext, tablet: ssl.SSLContext, host: str) -> bool:
    """Whether a tablet that asks for this host shakes hands with the server."""
    ours, theirs = socket.socketpair()

    def answer() -> None:
        try:
            server.wrap_socket(theirs, server_side=True).close()
        except (ssl.SSLError, OSError):
            theirs.close()

    thread = Thread(target=answer)
    thread.start()
    try:
        tablet.wrap_socket(ours, server_hostname=host).close()
    except ssl.SSLCertVerificationError:
        return False
    finally:
        ours.close()
        thread.join()
    return True
