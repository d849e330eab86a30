"""Settings: what holds when nothing is set, and the sentence for each wrong value."""

from pathlib import Path

import pytest

from feedback_service.settings import DOCUMENTED, Settings, SettingsError


def read(tmp_path: Path, **changed: str) -> Settings:
    """Read settings with a data folder of the test."""
    return Settings.from_environment({"FEEDBACK_DATA_DIR": str(tmp_path / "office"), **changed})


def test_an_office_that_sets_nothing_gets_one_folder_and_a_secret_of_its_own(tmp_path: Path) -> None:
    settings = read(tmp_path)

    assert settings.database_url == f"sqlite:///{tmp_path / 'office' / 'feedback.db'}"
    assert len(settings.secret_key) >= 32
    assert read(tmp_path).secret_key == settings.secret_key
    assert (tmp_path / "office" / "secret.key").stat().st_mode & 0o077 == 0
    assert settings.hosts == ("127.0.0.1", "localhost", "[::1]")


def test_every_setting_may_stand_in_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "credential"
    secret.write_text("k" * 40 + "\n", encoding="utf-8")

    assert read(tmp_path, FEEDBACK_SECRET_KEY_FILE=str(secret)).secret_key == "k" * 40


def test_a_public_address_with_tls_is_known(tmp_path: Path) -> None:
    settings = read(tmp_path, FEEDBACK_BASE_URL="https://gopy.example.vn/", FEEDBACK_HOSTS="noi-bo.example.vn")

    assert settings.is_https
    assert settings.base_url == "https://gopy.example.vn"
    assert settings.hosts[:2] == ("noi-bo.example.vn", "gopy.example.vn")


def test_postgresql_is_named_in_any_of_its_spellings(tmp_path: Path) -> None:
    for scheme in ("postgres", "postgresql", "postgresql+psycopg"):
        settings = read(tmp_path, FEEDBACK_DATABASE_URL=f"{scheme}://feedback@localhost/feedback")
        assert settings.database_url == "postgresql+psycopg://feedback@localhost/feedback"


def test_a_mail_server_is_named_in_one_line_and_its_password_is_not_shown(tmp_path: Path) -> None:
    settings = read(
        tmp_path, FEEDBACK_MAIL_URL="smtps://motcua%40dongha.vn:p%2Fw-secret@mail.dongha.vn?from=gopy@dongha.vn"
    )

    mail = settings.mail
    assert mail is not None
    assert (mail.host, mail.port, mail.user, mail.password) == ("mail.dongha.vn", 465, "motcua@dongha.vn", "p/w-secret")
    assert (mail.is_tls, mail.sender) == (True, "gopy@dongha.vn")
    assert "secret" not in repr(mail)
    assert read(tmp_path).mail is None


def test_the_operator_names_the_inner_networks_that_webhooks_may_write_to(tmp_path: Path) -> None:
    settings = read(tmp_path, FEEDBACK_WEBHOOK_NETWORKS="10.20.0.0/24, fd00::/8")

    assert [str(network) for network in settings.webhook_networks] == ["10.20.0.0/24", "fd00::/8"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FEEDBACK_SECRET_KEY", "short"),
        ("FEEDBACK_DATABASE_URL", "mysql://root@localhost/x"),
        ("FEEDBACK_DATABASE_URL", "sqlite://"),
        ("FEEDBACK_BASE_URL", "gopy.example.vn"),
        ("FEEDBACK_BASE_URL", "https://gopy.example.vn/portal"),
        ("FEEDBACK_HOSTS", "https://gopy.example.vn"),
        ("FEEDBACK_TRUSTED_PROXIES", "-1"),
        ("FEEDBACK_TRUSTED_PROXIES", "many"),
        ("FEEDBACK_SECRET_KEY_FILE", "nowhere/at/all"),
        ("FEEDBACK_MAIL_URL", "mail.example.vn"),
        ("FEEDBACK_MAIL_URL", "smtp://"),
        ("FEEDBACK_MAIL_URL", "smtp://mail.example.vn:port"),
        ("FEEDBACK_MAIL_URL", "smtp://mail.example.vn?from=a@b.vn, c@d.vn"),
        ("FEEDBACK_WEBHOOK_NETWORKS", "10.0.0.0/40"),
        ("FEEDBACK_WORKER", "no"),
        ("FEEDBACK_WEBHOOK_NETWORKS", "10.0.0.1/24"),
    ],
)
def test_a_wrong_value_stops_the_start_and_names_the_setting(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name.removesuffix("_FILE")):
        read(tmp_path, **{name: value})


def test_every_setting_that_is_read_is_documented() -> None:
    source = (Path(__file__).parent.parent / "feedback_service" / "settings.py").read_text(encoding="utf-8")

    for setting in DOCUMENTED:
        assert source.count(f'"{setting.name}"') >= 2, setting.name


def test_the_operating_page_lists_every_setting_as_the_doctor_does() -> None:
    page = (Path(__file__).parent.parent / "docs" / "operate.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| `FEEDBACK_")]

    assert rows == [f"| `{one.name}` | {one.purpose} | {one.default} |" for one in DOCUMENTED]
